"""Listing: an answer -> the cards, links and page numbers of a page of results."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from search_app.engines.base import EXEMPLARY_FLOOR
from search_app.model import Collapse, Facet, Passage, Report, Sort
from search_app.query import MAX_WINDOW, Note
from search_app.searching import Hit, Request, Results, snippets
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
#: What leads from a passage to other towns: to what they did, or where it is no practice, to what they wrote.
RELATED, RELATED_WORDING = "更多类似做法", "别的镇怎么写"
PRACTICE = ("主要举措和成效", "第一责任人履职", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its words; ``current`` marks the one in force, ``guessed`` what was concluded, not read."""

    text: str
    url: str
    current: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence about the answer, and the one click that mends or undoes what it tells of."""

    kind: str
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One listed passage as a page shows it; ``rank`` counts from 1 over all pages.

    ``folded`` leads to what is folded behind it, ``unfolds`` tells whether a page may show that in place. ``related``
    leads to what other towns did on the same thing, ``newer`` to the newer report where its town has two of that year.
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
    unfolds: bool
    related: Link
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
    """Return one hit of a search as a card, its values as links that narrow the same search."""
    passage, report, request = hit.match.passage, hit.match.report, results.request
    headings = [
        rendering.fragment(snippets.pieces(heading, results.meant, heading=True))
        for heading in passage.headings or (citing.title(report),)
    ]
    return replace(
        lone_card(hit, rank=rank, request=request),
        heading=headings[-1],
        above=tuple(headings[:-1]),
        url=result_url(request, report.id, rank, passage.number, highlight=request.text),
        folded=_folded(hit, results),
        unfolds=bool(hit.match.stands_for) and results.collapse is Collapse.SIMILAR,
    )


def lone_card(hit: Hit, *, rank: int, request: Request) -> Card:
    """Return a passage as a card that opens it in its report; its values are links that narrow the request."""
    passage, report = hit.match.passage, hit.match.report

    def narrow(facet: Facet, value: str | int) -> str:
        selection = replace(request.selection, **{facet.value: (value,)})
        return address.build(replace(request, selection=selection, page=1))

    return Card(
        rank=rank,
        url=passage_url(passage),
        heading=passage.headings[-1] if passage.headings else citing.title(report),
        above=passage.headings[:-1],
        fragments=tuple(rendering.fragment(pieces) for pieces in hit.snippet.fragments),
        places=places(report, narrow),
        section=Link(text=passage.section, url=narrow(Facet.SECTION, passage.section)),
        topics=tuple(Link(text=topic, url=narrow(Facet.TOPIC, topic)) for topic in passage.topics),
        score=passage.exemplary.score,
        exemplary=passage.exemplary.score >= EXEMPLARY_FLOOR,
        reasons=passage.exemplary.reasons,
        folded=None,
        unfolds=False,
        related=related(passage),
        quotation=citing.quotation(passage, report),
    )


def places(report: Report, url: Callable[[Facet, str | int], str]) -> tuple[Link, ...]:
    """Return town, county and year of a report as links, as far as they are known."""
    town = (report.county or "") + report.town if report.town and report.county else report.town
    here, then = citing.guessed_place(report), citing.guessed_year(report)
    found = [Link(text=report.town, url=url(Facet.TOWN, town), guessed=here)] if report.town and town else []
    if report.county:
        found.append(Link(text=report.county, url=url(Facet.COUNTY, report.county), guessed=here))
    if report.year:
        found.append(Link(text=f"{report.year} 年度", url=url(Facet.YEAR, report.year), guessed=then))
    return tuple(found)


def passage_url(passage: Passage, *, highlight: str = "") -> str:
    """Return the address of a passage in its report."""
    path, anchor = f"/reports/{passage.report}", f"p-{passage.number}"
    return address.build(Request(), path=path, anchor=anchor, hl=highlight or None)


def related(passage: Passage) -> Link:
    """Return the way to what other towns did, or wrote, on the same thing."""
    text = RELATED if passage.section in PRACTICE else RELATED_WORDING
    return Link(text=text, url=f"/passages/{passage.id}/related")


def similar(passage: Passage, count: int, request: Request) -> Link:
    """Return the way to those that say nearly the same, as many as the request finds."""
    path = f"/passages/{passage.id}/similar"
    url = address.build(replace(request, page=1, size=address.SIZES[0]), path=path)
    return Link(text=f"另有 {count:,} 处相近表述", url=url)


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


def pager(request: Request, last: int, *, path: str = "/") -> tuple[Link | None, ...]:
    """Return links to the first, the last and the pages around this one; None stands for pages left out."""
    wanted = sorted({1, last, *(page for page in range(request.page - 2, request.page + 3) if 1 <= page <= last)})
    found: list[Link | None] = []
    before = 0
    for page in wanted:
        if page > before + 1:
            found.append(None)
        url = address.build(replace(request, page=page), path=path)
        found.append(Link(text=str(page), url=url, current=page == request.page))
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


def notices(results: Results) -> tuple[Notice, ...]:
    """Return what a clerk should know about the answer, each with the link that mends or undoes it, once."""
    told = (*_switched(replace(results.request, page=1)), *(_notice(note, results.request) for note in results.notes))
    offered: set[str] = set()
    once = []
    for notice in told:
        again = notice.link is not None and notice.link.url in offered
        once.append(replace(notice, link=None) if again else notice)
        offered |= {notice.link.url} if notice.link else set()
    return tuple(once)


def _switched(request: Request) -> tuple[Notice, ...]:
    """Return what was switched off by a click, for this question and those typed after it, and the way back."""
    found: list[Notice] = []
    if request.literal:
        link = Link(text="恢复", url=address.build(replace(request, literal=False)))
        found.append(Notice(kind="literal", text="正在照原样检索：不改错字，不猜意思。", link=link))
    if not request.also:
        link = Link(text="也搜别的说法", url=address.build(replace(request, also=True)))
        found.append(Notice(kind="only", text="只搜了原词。", link=link))
    return tuple(found)


def _notice(note: Note, request: Request) -> Notice:
    same = replace(request, page=1)
    match note.kind:
        case "also":
            link = Link(text="只搜原词", url=address.build(replace(same, also=False)))
        case "planned" | "leaning":
            link = Link(text="照原样检索", url=address.build(replace(same, literal=True)))
        case "corrected":
            link = Link(text=f"仍搜“{request.text.strip()}”", url=address.build(replace(same, literal=True)))
        case "did_you_mean" if note.query:
            link = Link(text=note.query, url=address.build(replace(same, text=note.query)))
            return Notice(kind=note.kind, text=note.message.removesuffix(note.query), link=link)
        case _ if note.query:
            link = Link(text=f"改为检索：{note.query}", url=address.build(replace(same, text=note.query)))
        case _:
            return Notice(kind=note.kind, text=note.message)
    return Notice(kind=note.kind, text=note.message, link=link)


def _folded(hit: Hit, results: Results) -> Link | None:
    count, passage = hit.match.stands_for, hit.match.passage
    if not count:
        return None
    if results.collapse is Collapse.REPORT:
        url = passage_url(passage, highlight=results.request.text)
        return Link(text=f"本报告另有 {count} 段也符合", url=url)
    return similar(passage, count, results.request)
