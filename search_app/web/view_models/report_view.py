"""The report view: head, outline and body of one report as a page shows them, with the matches marked.

The body follows the outline, so headings without text of their own are shown too. The surprise: a run-in heading
(``（一）加强组织领导。一是…``) opens its first passage's text already; it is made bold there and not printed twice.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from search_app.exporting import citation
from search_app.indexing import superseded
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.model import SECTIONS, Facet, OutlineEntry, Passage, Report
from search_app.query import Node
from search_app.searching import Request, snippets
from search_app.web import urls
from search_app.web.view_models import links, safe_html
from search_app.web.view_models.links import Link

#: The parts that the national rule prescribes; the opening and the rest are free.
REQUIRED = SECTIONS[1:5]
#: Copies of a report that its head names.
MOST_COPIES = 10
YEAR_FOUND = {
    "sidecar": "人工登记",
    "title": "取自标题",
    "intro": "取自开头一段",
    "heading": "取自小标题",
    "body": "取自正文",
    "issued": "按落款日期推定",
    "filename": "取自文件名",
    "inferred": "推定，请核对",
}
PLACE_FOUND = YEAR_FOUND | {"issued": "取自落款", "gazetteer": "按地名表补全"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the head: a label, what is known, and how it came to be known; ``more`` goes on below it."""

    label: str
    text: str
    url: str | None = None
    how: str | None = None
    wide: bool = False
    more: tuple[str, ...] = ()


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
    """A passage of the body; ``hit`` is its place among those with matches from 1, ``code`` its citation code."""

    id: str
    code: str
    anchor: str
    html: Markup
    section: str
    topics: tuple[Link, ...]
    reasons: tuple[str, ...]
    score: int
    similar: Link | None
    related: Link
    quotation: str
    hit: int | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, if any, and the paragraphs directly below it."""

    heading: Heading | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report as a page shows it, a long one leaf by leaf; ``hits`` are those of this leaf."""

    title: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    hits: tuple[str, ...]
    others: tuple[Link, ...]
    leaf: int = 1
    leaves: int = 1


def read(
    report: Report, passages: tuple[Passage, ...], query: Node | None, *, years: tuple[Report, ...], leaf: int = 1
) -> Reading:
    """Return a leaf of the report as a page shows it; ``years`` are the reports of the same town."""
    shown = [each for each in passages if links.leaf_of(each.number) == leaf]
    marks = {each.id: snippets.find_marks(each.text, query) if query else () for each in shown}
    present = {each.section for each in passages} | {entry.section for entry in report.outline}
    return Reading(
        title=citation.title(report),
        facts=tuple(_facts(report)),
        warnings=(*report.warnings, *(each.warning for each in superseded(years) if each.path == report.path)),
        parts=tuple(_parts(report, passages, shown, query, marks)),
        missing=tuple(section for section in REQUIRED if section not in present),
        hits=tuple(_anchor(each) for each in shown if marks[each.id]),
        others=tuple(
            Link(text=_told_apart(other, years), url=f"/reports/{other.id}", current=other.id == report.id)
            for other in years
        ),
        leaf=leaf,
        leaves=links.leaf_of(max((each.number for each in passages), default=1)),
    )


def _told_apart(report: Report, among: tuple[Report, ...]) -> str:
    """Return a report's year, with its file where the year alone does not say which is meant."""
    alone = report.year is not None and sum(other.year == report.year for other in among) == 1
    return citation.year(report) + ("" if alone else f"（{report.path.rsplit('/', 1)[-1]}）")


def _facts(report: Report) -> Iterator[Fact]:
    """Give the head's lines in the order in which public documents print them."""
    how = PLACE_FOUND.get(report.place_source)
    town = (report.county or "") + report.town if report.town else None
    yield Fact(
        label="乡镇（街道）",
        text=report.town or "未识别",
        url=urls.build(urls.narrow_to(Facet.TOWN, town)) if town else None,
        how=how if report.town else None,
    )
    yield Fact(
        label="县（区、市）",
        text=" ".join(part for part in (report.province, report.city, report.county) if part) or "未识别",
        url=urls.build(urls.narrow_to(Facet.COUNTY, report.county)) if report.county else None,
        how=how if report.county and citation.guessed_place(report) else None,
    )
    yield Fact(
        label="报告年度",
        text=f"{report.year} 年" if report.year else "未识别",
        url=urls.build(urls.narrow_to(Facet.YEAR, report.year)) if report.year else None,
        how=YEAR_FOUND.get(report.year_source) if report.year else None,
    )
    issued = report.issued
    yield Fact(label="落款日期", text=f"{issued.year} 年 {issued.month} 月 {issued.day} 日" if issued else "未写明")
    yield Fact(label="源文件", text=report.path, wide=True)
    if report.copies:
        first, *others = (copy.path for copy in report.copies)
        left = len(others) - MOST_COPIES + 1
        shown = others if left <= 0 else [*others[: MOST_COPIES - 1], f"……另有 {left} 个"]
        yield Fact(label="同样内容的文件", text=first, wide=True, more=tuple(shown))


def _parts(
    report: Report,
    passages: tuple[Passage, ...],
    shown: list[Passage],
    query: Node | None,
    marks: Mapping[str, tuple[safe_html.Range, ...]],
) -> Iterator[Part]:
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
        heading = _heading(place, entry, mine, query, marks)
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
        opens = next((by_id[each].number for each in entry.passages if each in by_id), opens)
        found.append(opens)
    return found[::-1]


def _heading(
    place: int,
    entry: OutlineEntry,
    mine: list[Passage],
    query: Node | None,
    marks: Mapping[str, tuple[safe_html.Range, ...]],
) -> Heading:
    run_in = bool(_run_in(entry, mine))
    return Heading(
        anchor=_anchor(mine[0]) if run_in else f"h-{place + 1}",
        text=safe_html.line(entry.heading, marks=snippets.find_marks(entry.heading, query) if query else ()),
        plain=entry.heading,
        level=min(max(entry.level, 1) + 1, 6),
        section=entry.section,
        run_in=run_in,
        hits=sum(bool(marks[each.id]) for each in mine),
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

    def __init__(
        self, report: Report, passages: list[Passage], marks: Mapping[str, tuple[safe_html.Range, ...]]
    ) -> None:
        self._report, self._marks = report, marks
        self._hits = [_anchor(each) for each in passages if marks[each.id]]

    def show(self, passage: Passage, *, bold: Mapping[str, int]) -> Paragraph:
        anchor, marks = _anchor(passage), self._marks[passage.id]
        place = self._hits.index(anchor) if marks else None
        exemplary = passage.exemplary.score >= EXEMPLARY_FLOOR
        return Paragraph(
            id=passage.id,
            code=citation.code(passage, self._report),
            anchor=anchor,
            html=safe_html.passage(passage.text, marks=marks, bold=bold.get(passage.id, 0)),
            section=passage.section,
            topics=tuple(
                Link(text=topic, url=urls.build(urls.narrow_to(Facet.TOPIC, topic))) for topic in passage.topics
            ),
            reasons=passage.exemplary.reasons if exemplary else (),
            score=passage.exemplary.score,
            similar=links.similar(passage, passage.similar, Request()) if passage.similar else None,
            related=links.related(passage),
            quotation=citation.quotation(passage, self._report),
            hit=place + 1 if place is not None else None,
            before=self._hits[place - 1] if place else None,
            after=self._hits[place + 1] if place is not None and place + 1 < len(self._hits) else None,
        )


def _anchor(passage: Passage) -> str:
    return f"p-{passage.number}"
