"""The genealogy of a passage as its page shows it: the first, the way down, a tree where it is small, a timeline."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from search_app.comparing.genealogy import Genealogy, Kinship, Member
from search_app.exporting import citation
from search_app.exporting.genealogy_wording import name_report, say_kinship, say_share, tell, tell_first
from search_app.model import Facet, Report
from search_app.searching import diff_wording
from search_app.web import urls
from search_app.web.genealogies import LEAF, address
from search_app.web.view_models import cards, safe_html
from search_app.web.view_models.charts.descent import Node, descent
from search_app.web.view_models.links import Link, passage_url

#: Trees of more members are no help; the table by year and the timeline tell them.
MOST_DRAWN = 30
_KINDS = {Kinship.KEPT: 1, Kinship.TAKEN: 2, Kinship.DERIVED: 3, Kinship.ALONE: 4}
#: What the marks of the tree mean, in the order of their numbers.
_KEYS = ("沿用：本镇早年写过", "采用：可能来自别的镇", "来自更早的一段，乡镇未识别", "之前没有写得相近的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member: its ``tag`` in a word, ``told`` in a sentence; ``changed`` is its text marked against its parent.

    ``verdict`` says where nothing, or nothing but figures, is changed.
    """

    id: str
    code: str
    anchor: str
    url: str
    heading: str
    places: tuple[Link, ...]
    genre: Link | None
    paper: str
    town: str
    year: str
    issued: str
    tag: str
    kind: str
    told: str
    parent: Link | None
    parent_name: str
    share: str
    changed: Markup
    verdict: str
    marked: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """The members of one year, counted; ``url`` is where the timeline has them."""

    year: str
    url: str
    passages: int
    reports: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGroup:
    """The entries of one year that stand on this page."""

    anchor: str
    year: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenealogyView:
    """Everything a template shows; ``years`` are the entries of this page by year, ``keys`` name the tree's marks."""

    first: str
    years: tuple[YearGroup, ...]
    rows: tuple[YearRow, ...]
    lineage: tuple[Entry, ...]
    tree: Markup | None
    keys: tuple[tuple[int, str], ...]
    left_out: int


def view(found: Genealogy, shown: Sequence[Member]) -> GenealogyView:
    """Return the page of a genealogy that tells these members in full."""
    entries = [_entry(found, member) for member in shown]
    known = {entry.id: entry for entry in entries}
    lineage = [known.get(member.id) or _entry(found, member) for member in found.lineage]
    return GenealogyView(
        first=tell_first(found),
        years=tuple(_groups(shown, entries)),
        rows=_by_year(found),
        lineage=tuple(lineage) if len(lineage) > 1 else (),
        tree=_tree(found),
        keys=_keys(found),
        left_out=found.total - len(found.members),
    )


def _groups(shown: Sequence[Member], entries: Sequence[Entry]) -> Iterator[YearGroup]:
    for year, pairs in groupby(zip(shown, entries, strict=True), key=lambda pair: pair[0].report.year):
        kept = tuple(entry for _, entry in pairs)
        yield YearGroup(anchor=f"y-{year or 0}", year=kept[0].year, entries=kept)


def _only(facet: Facet, value: str | int) -> str:
    return urls.narrowed_url(facet, value)


def _entry(found: Genealogy, member: Member) -> Entry:
    passage, report = member.match.passage, member.report
    parent = found.by_id[member.parent] if member.parent is not None else None
    parts = diff_wording(passage.text, parent.match.passage.text) if parent is not None else ()
    same = bool(parts) and all(part.instead is None for part in parts)
    figures = parent is not None and not same and member.shared == member.letters == parent.letters
    return Entry(
        id=member.id,
        code=citation.code(passage, report),
        anchor=f"m-{member.id}",
        url=passage_url(passage),
        heading=passage.headings[-1] if passage.headings else citation.title(report),
        places=cards.places(report, _only),
        genre=cards.genre(report, _only),
        paper=cards.paper(passage, report),
        town=report.town or "乡镇未识别",
        year=_say_year(report),
        issued=f"{report.issued:%Y-%m-%d} 成文" if report.issued is not None else "",
        tag=say_kinship(found, member),
        kind=member.kinship.value,
        told=tell(found, member),
        parent=Link(text=f"看 {name_report(parent.report)}的那一段", url=passage_url(parent.match.passage))
        if parent is not None
        else None,
        parent_name=name_report(parent.report) if parent is not None else "",
        share=say_share(member) if parent is not None else "",
        changed=safe_html.changes(parts) if parts else safe_html.passage(passage.text),
        verdict="一字不差" if same else "只改了数字和标点" if figures else "",
        marked=bool(parts),
        here=member.id == found.subject.passage.id,
    )


def _say_year(report: Report) -> str:
    return f"{report.year} 年度" if report.year is not None else "年度未识别"


def _by_year(found: Genealogy) -> tuple[YearRow, ...]:
    rows = []
    at = 0
    for year, group in groupby(found.members, key=lambda member: member.report.year):
        members = list(group)
        kinds = Counter(member.kinship for member in members)
        rows.append(
            YearRow(
                year=_say_year(members[0].report),
                url=f"{address(found.subject.passage.id, at // LEAF + 1)}#y-{year or 0}",
                passages=len(members),
                reports=len({member.report.id for member in members}),
                counts=tuple(_count(kinds, each) for each in (Kinship.TAKEN, Kinship.KEPT, Kinship.ALONE)),
            )
        )
        at += len(members)
    return tuple(rows)


def _count(kinds: Counter[Kinship], wanted: Kinship) -> int:
    """Return how many are of a kind; whatever comes from an unknown town is counted with what is taken over."""
    return kinds[wanted] + (kinds[Kinship.DERIVED] if wanted is Kinship.TAKEN else 0)


def _tree(found: Genealogy) -> Markup | None:
    dated = [member for member in found.members if member.report.year is not None]
    if not 2 <= len(dated) <= MOST_DRAWN or found.total > len(found.members):
        return None
    return descent("tree", "谁可能来自谁", tuple(_nodes(found, dated)))


def _keys(found: Genealogy) -> tuple[tuple[int, str], ...]:
    used = {_KINDS[member.kinship] for member in found.members if member.kinship in _KINDS}
    return tuple((number, name) for number, name in enumerate(_KEYS, 1) if number in used)


def _nodes(found: Genealogy, dated: Iterable[Member]) -> Iterable[Node]:
    for member in dated:
        yield Node(
            id=member.id,
            year=member.report.year or 0,
            parent=member.parent,
            name=member.report.town or "未识别",
            said=f"{name_report(member.report)}：{say_kinship(found, member)}。{tell(found, member)}",
            url=f"#m-{member.id}",
            kind=_KINDS[member.kinship],
            here=member.id == found.subject.passage.id,
        )
