"""The report view: head, outline and body of one report as a page shows them, with the matches marked.

The body follows the outline, so headings without text of their own are shown too. The surprise: a run-in heading
(``（一）加强组织领导。一是…``) opens its first passage's text already; it is made bold there and not printed twice.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from search_app.comparing.report_overlap import ReportOverlap
from search_app.exporting import citation
from search_app.indexing import superseded
from search_app.model import SECTIONS, Facet, OutlineEntry, Passage, Report
from search_app.query import Node
from search_app.searching import Request, snippets
from search_app.web import urls
from search_app.web.view_models import links, safe_html
from search_app.web.view_models.last_year_link import LastYear, last_year
from search_app.web.view_models.links import Link
from search_app.web.view_models.report_facts import Fact, read_facts
from search_app.web.view_models.report_find import Finder, Places

#: The parts that the national rule prescribes; the opening and the rest are free.
REQUIRED = SECTIONS[1:5]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body; ``run_in`` ones are printed by their first passage."""

    anchor: str
    text: Markup
    plain: str
    level: int
    section: str
    run_in: bool = False
    hits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A passage of the body; ``hit`` is its place among those with matches from 1, ``code`` its citation code.

    ``first`` and ``last`` are the numbers of the places in it that were looked for, 0 where there are none.
    """

    id: str
    code: str
    anchor: str
    html: Markup
    section: str
    topics: tuple[Link, ...]
    reasons: tuple[str, ...]
    score: int
    similar: Link | None
    history: Link
    related: Link
    quotation: str
    hit: int | None = None
    before: str | None = None
    after: str | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, if any, and the paragraphs directly below it."""

    heading: Heading | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report as a page shows it, a long one leaf by leaf; ``hits`` are those of this leaf.

    ``found`` counts the places on this leaf that were looked for, ``elsewhere`` those of the other leaves.
    """

    title: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    hits: tuple[str, ...]
    others: tuple[Link, ...]
    last_year: LastYear | None = None
    leaf: int = 1
    leaves: int = 1
    found: int = 0
    elsewhere: Mapping[int, int] = field(default_factory=dict)


def read(
    report: Report,
    passages: tuple[Passage, ...],
    query: Node | None,
    *,
    years: tuple[Report, ...],
    overlap: ReportOverlap | None = None,
    leaf: int = 1,
    finder: Finder | None = None,
) -> Reading:
    """Return a leaf of the report as a page shows it; ``years`` are the reports of the same town.

    ``overlap`` is how much of it stands in last year's, None where that is not held.
    """
    known = last_year(overlap) if overlap is not None else None
    finder = finder or Finder("")
    shown = [each for each in passages if links.leaf_of(each.number) == leaf]
    marks = {each.id: snippets.find_marks(each.text, query) if query else () for each in shown}
    present = {each.section for each in passages} | {entry.section for entry in report.outline}
    parts = tuple(_parts(report, passages, shown, _Marks(query=query, of=marks, finder=finder)))
    leaves = links.leaf_of(max((each.number for each in passages), default=1))
    return Reading(
        title=citation.title(report),
        facts=tuple(read_facts(report, known)),
        last_year=known,
        warnings=(*report.warnings, *(each.warning for each in superseded(years) if each.path == report.path)),
        parts=parts,
        missing=tuple(section for section in REQUIRED if section not in present),
        hits=tuple(_anchor(each) for each in shown if marks[each.id]),
        others=tuple(
            Link(text=_told_apart(other, years), url=f"/reports/{other.id}", current=other.id == report.id)
            for other in years
        ),
        leaf=leaf,
        leaves=leaves,
        found=finder.count,
        elsewhere=_elsewhere(report, passages, finder, leaf) if leaves > 1 else {},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What is marked: the matches of a query, those of the passages known already, and what is looked for."""

    query: Node | None
    of: Mapping[str, tuple[safe_html.Range, ...]]
    finder: Finder


def _elsewhere(report: Report, passages: tuple[Passage, ...], finder: Finder, leaf: int) -> Mapping[int, int]:
    """Return how often what is looked for stands on the other leaves, in headings of their own too."""
    by_id = {each.id: each for each in passages}
    texts = [(links.leaf_of(each.number), each.text) for each in passages]
    for entry, opens in zip(report.outline, _openings(report.outline, by_id), strict=True):
        mine = [by_id[each] for each in entry.passages if each in by_id]
        if not _run_in(entry, mine):
            texts.append((links.leaf_of(passages[-1].number if opens is None else opens), entry.heading))
    return {at: times for at, times in sorted(finder.count_by_leaf(texts).items()) if at != leaf}


def _told_apart(report: Report, among: tuple[Report, ...]) -> str:
    """Return a report's year, with its file where the year alone does not say which is meant."""
    alone = report.year is not None and sum(other.year == report.year for other in among) == 1
    return citation.year(report) + ("" if alone else f"（{report.path.rsplit('/', 1)[-1]}）")


def _parts(report: Report, passages: tuple[Passage, ...], shown: list[Passage], marks: _Marks) -> Iterator[Part]:
    """Give the body in the order of the passages shown, each heading before the first passage at or below it."""
    paragraphs = _Paragraphs(report, shown, marks)
    by_id = {each.id: each for each in shown}
    waiting = deque(shown)
    heading: Heading | None = None
    bold: dict[str, int] = {}
    for place, entry, opens in _entries_of(report.outline, passages, shown):
        above = []
        while waiting and (opens is None or waiting[0].number < opens):
            above.append(waiting.popleft())
        if heading or above:
            yield Part(heading=heading, paragraphs=tuple(paragraphs.show(each, bold=bold) for each in above))
        mine = [by_id[each] for each in entry.passages if each in by_id]
        heading = _heading(place, entry, mine, marks)
        bold |= {mine[0].id: _run_in(entry, mine)} if mine else {}
    if heading or waiting:
        yield Part(heading=heading, paragraphs=tuple(paragraphs.show(each, bold=bold) for each in waiting))


def _entries_of(
    outline: tuple[OutlineEntry, ...], passages: tuple[Passage, ...], shown: list[Passage]
) -> list[tuple[int, OutlineEntry, int | None]]:
    """Return the headings that stand on a leaf, each with its place and the first passage at or below it."""
    openings = _openings(outline, {each.id: each for each in passages})
    last = not shown or shown[-1] is passages[-1]
    first, end = (shown[0].number, shown[-1].number) if shown else (0, 0)
    return [
        (place, entry, opens)
        for place, (entry, opens) in enumerate(zip(outline, openings, strict=True))
        if (last if opens is None else first <= opens <= end or not shown)
    ]


def _openings(outline: tuple[OutlineEntry, ...], by_id: Mapping[str, Passage]) -> list[int | None]:
    """Return for each heading the number of the first passage at or below it; None where none follows."""
    found: list[int | None] = []
    opens: int | None = None
    for entry in reversed(outline):
        own = next((by_id[each].number for each in entry.passages if each in by_id), opens)
        opens = own if own is None or opens is None else min(own, opens)  # it may go on after its sub-headings
        found.append(opens)
    return found[::-1]


def _heading(place: int, entry: OutlineEntry, mine: list[Passage], marks: _Marks) -> Heading:
    run_in = bool(_run_in(entry, mine))
    places = Places() if run_in else marks.finder.find(entry.heading)
    matches = snippets.find_marks(entry.heading, marks.query) if marks.query else ()
    return Heading(
        anchor=_anchor(mine[0]) if run_in else f"h-{place + 1}",
        text=safe_html.line(entry.heading, marks=matches, found=places.ranges, first=places.first),
        plain=entry.heading,
        level=min(max(entry.level, 1) + 1, 6),
        section=entry.section,
        run_in=run_in,
        hits=sum(bool(marks.of[each.id]) for each in mine),
    )


def _run_in(entry: OutlineEntry, mine: list[Passage]) -> int:
    """Return how many characters of the first passage are its run-in heading, 0 where the heading stands alone."""
    heading = entry.heading.strip()
    if not mine or not heading or not mine[0].text.startswith(heading):
        return 0
    end = len(heading)
    return end + (mine[0].text[end : end + 1] in ("。", "：", "；", ":") if heading[-1] not in "。：；:" else 0)


class _Paragraphs:
    """Makes passages into paragraphs that know the match before and after them."""

    def __init__(self, report: Report, passages: list[Passage], marks: _Marks) -> None:
        self._report, self._marks = report, marks
        self._hits = [_anchor(each) for each in passages if marks.of[each.id]]

    def show(self, passage: Passage, *, bold: Mapping[str, int]) -> Paragraph:
        anchor, marks, places = _anchor(passage), self._marks.of[passage.id], self._marks.finder.find(passage.text)
        place = self._hits.index(anchor) if marks else None
        exemplary = passage.exemplary.stamped
        return Paragraph(
            id=passage.id,
            code=citation.code(passage, self._report),
            anchor=anchor,
            html=safe_html.passage(
                passage.text, marks=marks, bold=bold.get(passage.id, 0), found=places.ranges, first=places.first
            ),
            section=passage.section,
            topics=tuple(Link(text=topic, url=urls.narrowed_url(Facet.TOPIC, topic)) for topic in passage.topics),
            reasons=passage.exemplary.reasons if exemplary else (),
            score=passage.exemplary.score,
            similar=links.similar(passage, passage.similar, Request()) if passage.similar else None,
            history=links.history(passage),
            related=links.related(passage),
            quotation=citation.quotation(passage, self._report),
            hit=place + 1 if place is not None else None,
            before=self._hits[place - 1] if place else None,
            after=self._hits[place + 1] if place is not None and place + 1 < len(self._hits) else None,
            first=places.first if places.ranges else 0,
            last=places.last if places.ranges else 0,
        )


def _anchor(passage: Passage) -> str:
    return f"p-{passage.number}"
