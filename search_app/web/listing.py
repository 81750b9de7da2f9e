"""Listing: an answer -> the cards, links and page numbers of a page of results."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from search_app.engines.base import EXEMPLARY_FLOOR
from search_app.model import Collapse, Facet, Report, Sort
from search_app.query import MAX_WINDOW
from search_app.searching import Hit, Request, Results
from search_app.web import address, citing, rendering

SORTS = (
    (Sort.RELEVANCE, "相关度"),
    (Sort.NEWEST, "年度新→旧"),
    (Sort.OLDEST, "年度旧→新"),
    (Sort.EXEMPLARY, "典型做法"),
)
COLLAPSES = (
    (Collapse.SIMILAR, "折叠相近表述"),
    (Collapse.REPORT, "每份报告一段"),
    (Collapse.NONE, "全部列出"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its words; ``current`` marks the one in force, ``guessed`` what was concluded, not read."""

    text: str
    url: str
    current: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One listed passage as a page shows it; ``rank`` counts from 1 over all pages.

    ``newer`` is the address of the newer report where the same town has two of that year.
    """

    rank: int
    url: str
    heading: str
    above: tuple[str, ...]
    fragments: tuple[Markup, ...]
    places: tuple[Link, ...]
    section: Link
    topics: tuple[Link, ...]
    score: int
    exemplary: bool
    reasons: tuple[str, ...]
    folded: Link | None
    quotation: str
    newer: str | None = None


def cards(results: Results, *, newer: Callable[[str], Report | None] = lambda _: None) -> tuple[Card, ...]:
    """Return the hits of a page of results as cards; ``newer`` knows, by path, the newer report of that year."""
    request = results.request
    first = (request.page - 1) * request.size + 1
    found = (card(hit, results, rank=first + place) for place, hit in enumerate(results.hits))
    ahead = (newer(hit.match.report.path) for hit in results.hits)
    return tuple(
        replace(each, newer=f"/reports/{other.id}") if other is not None else each
        for each, other in zip(found, ahead, strict=True)
    )


def card(hit: Hit, results: Results, *, rank: int) -> Card:
    """Return one hit as a card, its values as links that narrow the same search."""
    passage, report, request = hit.match.passage, hit.match.report, results.request

    def narrow(facet: Facet, value: str | int) -> str:
        selection = replace(request.selection, **{facet.value: (value,)})
        return address.build(replace(request, selection=selection, page=1))

    town = (report.county or "") + report.town if report.town and report.county else report.town
    here, then = citing.guessed_place(report), citing.guessed_year(report)
    places = [Link(text=report.town, url=narrow(Facet.TOWN, town), guessed=here)] if report.town and town else []
    if report.county:
        places.append(Link(text=report.county, url=narrow(Facet.COUNTY, report.county), guessed=here))
    if report.year:
        places.append(Link(text=f"{report.year} 年度", url=narrow(Facet.YEAR, report.year), guessed=then))
    return Card(
        rank=rank,
        url=result_url(request, report.id, rank, passage.number, highlight=request.text),
        heading=passage.headings[-1] if passage.headings else citing.title(report),
        above=passage.headings[:-1],
        fragments=tuple(rendering.fragment(pieces) for pieces in hit.snippet.fragments),
        places=tuple(places),
        section=Link(text=passage.section, url=narrow(Facet.SECTION, passage.section)),
        topics=tuple(Link(text=topic, url=narrow(Facet.TOPIC, topic)) for topic in passage.topics),
        score=passage.exemplary.score,
        exemplary=passage.exemplary.score >= EXEMPLARY_FLOOR,
        reasons=passage.exemplary.reasons,
        folded=_folded(hit, results),
        quotation=citing.quotation(passage, report),
    )


def result_url(request: Request, report: str, rank: int, number: int, *, highlight: str) -> str:
    """Return the address of a listed passage in its report, from where the list can be walked on."""
    return address.build(
        replace(request, page=1),
        path=f"/reports/{report}",
        anchor=f"p-{number}",
        hl=highlight or None,
        n=rank,
    )


def list_url(request: Request, rank: int) -> str:
    """Return the address of the page of results that holds this rank, at its card."""
    return address.build(replace(request, page=(rank - 1) // request.size + 1), anchor=f"hit-{rank}")


def sorts(request: Request) -> tuple[Link, ...]:
    """Return the orders to choose from."""
    return tuple(
        Link(text=text, url=address.build(replace(request, sort=sort, page=1)), current=request.sort is sort)
        for sort, text in SORTS
    )


def collapses(results: Results) -> tuple[Link, ...]:
    """Return the ways of folding to choose from."""
    return tuple(
        Link(
            text=text,
            url=address.build(replace(results.request, collapse=collapse, page=1)),
            current=results.collapse is collapse,
        )
        for collapse, text in COLLAPSES
    )


def sizes(request: Request) -> tuple[Link, ...]:
    """Return the page sizes to choose from."""
    return tuple(
        Link(text=str(size), url=address.build(replace(request, size=size, page=1)), current=request.size == size)
        for size in address.SIZES
    )


def last_page(results: Results) -> int:
    """Return the number of the last page that is served."""
    return min(results.pages, MAX_WINDOW // results.request.size)


def pager(results: Results) -> tuple[Link | None, ...]:
    """Return links to the first, the last and the pages around this one; None stands for pages left out."""
    request, last = results.request, last_page(results)
    wanted = sorted({1, last, *(page for page in range(request.page - 2, request.page + 3) if 1 <= page <= last)})
    found: list[Link | None] = []
    before = 0
    for page in wanted:
        if page > before + 1:
            found.append(None)
        found.append(Link(text=str(page), url=address.build(replace(request, page=page)), current=page == request.page))
        before = page
    return tuple(found) if last > 1 else ()


def summary(results: Results) -> str:
    """Return the counts in one line: which are shown, of how many passages and reports."""
    found, request = results.found, results.request
    if not found.total:
        return "没有找到符合的段落"
    first = (request.page - 1) * request.size + 1
    last = first + len(results.hits) - 1
    counted = f"共 {found.total:,} 段，来自 {found.reports:,} 份报告"
    listed = f"（折叠后列出 {found.listed:,} 条）" if found.listed != found.total else ""
    return f"第 {first:,}–{last:,} 条，{counted}{listed}"


def _folded(hit: Hit, results: Results) -> Link | None:
    count, passage, report = hit.match.stands_for, hit.match.passage, hit.match.report
    if not count:
        return None
    if results.collapse is Collapse.REPORT:
        url = address.build(Request(), path=f"/reports/{report.id}", anchor=f"p-{passage.number}",
                            hl=results.request.text or None)  # fmt: skip
        return Link(text=f"本报告另有 {count} 段也符合", url=url)
    url = address.build(replace(results.request, collapse=Collapse.NONE, page=1))
    return Link(text=f"另有 {count} 处相近表述", url=url)
