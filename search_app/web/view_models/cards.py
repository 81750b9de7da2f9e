"""Cards: an answer -> the listed passages as a page of results shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from search_app.comparing.report_overlap import ReportOverlap
from search_app.exporting import citation
from search_app.exporting.wording import say_recognised
from search_app.genres import find_genre
from search_app.language import squeeze
from search_app.model import Collapse, Facet, Passage, Report
from search_app.query import Node
from search_app.searching import Hit, Request, Results, diff_wording, snippets
from search_app.web import urls
from search_app.web.view_models import safe_html
from search_app.web.view_models.last_year_link import LastYear, last_year
from search_app.web.view_models.links import Link, history, passage_url, related, result_url, similar, why

#: Longer passages are tables of many rows, which are read in their report.
MOST_UNFOLDED = 4_000
#: Percent of last year's wording from which on a result tells of it; strangers share a few by chance.
FROM = 10
#: Of a pasted text so much is marked in the report that is opened.
MAX_MARKED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One listed passage as a page shows it; ``rank`` counts from 1 over all pages, ``code`` is its citation code.

    ``fragments`` are what of its text is shown, ``whole`` is all of it where that is more and no endless table,
    ``before`` and ``after`` tell where more stands. ``near``: it does not hold what was asked for; ``other_wordings``
    are what it says instead of the words typed, ``shown_for`` why it is there without a mark, ``differs`` how it
    departs from a pasted text. ``folded`` leads to what is folded behind it, ``unfolds`` tells whether a page may
    show that in place. ``related`` leads to what other towns did on the same thing, ``why`` to the parts of its
    score, ``history`` to who wrote it first, ``newer`` to the newer report where its town has two of that year.
    ``last_year`` tells how much of its report stands in last year's, ``recognised`` that its text was read from
    pictures. ``genre`` says what a paper is that is no annual report, and leads to those; ``paper`` is its title.
    """

    id: str
    code: str
    rank: int
    url: str
    heading: str
    above: tuple[str, ...]
    fragments: tuple[Markup, ...]
    before: bool
    after: bool
    whole: Markup | None
    places: tuple[Link, ...]
    section: Link
    topics: tuple[Link, ...]
    score: int
    exemplary: bool
    reasons: tuple[str, ...]
    related: Link
    quotation: str
    folded: Link | None = None
    unfolds: bool = False
    near: bool = False
    other_wordings: tuple[str, ...] = ()
    shown_for: str = ""
    differs: Markup | None = None
    same: bool = False
    newer: str | None = None
    recognised: str | None = None
    why: Link | None = None
    last_year: LastYear | None = None
    history: Link | None = None
    genre: Link | None = None
    paper: str = ""

    @property
    def cut(self) -> bool:
        """Tell whether more of the passage stands in its report than is shown."""
        return self.before or self.after


def cards(
    results: Results,
    *,
    newer: Mapping[str, Report] = MappingProxyType({}),
    last_years: Mapping[str, ReportOverlap] = MappingProxyType({}),
) -> tuple[Card, ...]:
    """Return the hits of a page of results as cards.

    ``newer`` holds, by path, the newer report of that year, ``last_years``, by id, how much stands in last year's.
    """
    request = results.request
    first = (request.page - 1) * request.size + 1
    mark = cache(partial(_mark_heading, results.rewritten))  # passages of a page often stand under the same headings
    return tuple(
        card(
            hit,
            results,
            rank=first + place,
            mark=mark,
            newer=newer.get(hit.match.report.path),
            overlap=last_years.get(hit.match.report.id),
        )
        for place, hit in enumerate(results.hits)
    )


def _mark_heading(query: Node | None, heading: str) -> Markup:
    return safe_html.fragment(snippets.cut_pieces(heading, query, heading=True))


def card(
    hit: Hit,
    results: Results,
    *,
    rank: int,
    mark: Callable[[str], Markup] | None = None,
    newer: Report | None = None,
    overlap: ReportOverlap | None = None,
) -> Card:
    """Return one hit of a search as a card, its values as links that narrow the same search.

    ``mark`` makes HTML of a heading, its matches marked; cards of one page share it. ``newer`` is the newer report of
    that year, ``overlap`` tells how much stands in last year's.
    """
    passage, report, request = hit.match.passage, hit.match.report, results.request
    mark = mark or partial(_mark_heading, results.rewritten)
    narrowing = replace(request, text="") if results.pasted else request  # a paragraph in every link is too much
    return _card(
        hit,
        rank=rank,
        request=narrowing,
        query=results.rewritten,
        headings=[mark(heading) for heading in passage.headings or (citation.title(report),)],
        listed=_Listed(
            url=result_url(request, report.id, rank, passage.number, highlight=_highlight(hit, results)),
            related=related(passage, request, rank),
            last_year=_last_year(overlap),
            folded=_folded(hit, results),
            unfolds=bool(hit.match.stands_for) and results.collapse is Collapse.SIMILAR,
            why=why(passage, request),
            differs=_differs(hit, results),
            same=results.pasted and _same(passage.text, request.text),
            newer=f"/reports/{newer.id}" if newer is not None else None,
        ),
    )


class _Listed(NamedTuple):
    """What a card says of a passage by where it is listed; most of it only in the answer to a search."""

    url: str
    related: Link
    last_year: LastYear | None
    folded: Link | None = None
    unfolds: bool = False
    why: Link | None = None
    differs: Markup | None = None
    same: bool = False
    newer: str | None = None


def _last_year(overlap: ReportOverlap | None) -> LastYear | None:
    """Return how much of a report stands in last year's; less than FROM percent is noise on every result."""
    return last_year(overlap) if overlap is not None and overlap.total.percent >= FROM else None


def _same(text: str, pasted: str) -> bool:
    return squeeze(text) == squeeze(pasted)


def _differs(hit: Hit, results: Results) -> Markup | None:
    """Return a passage with what it words otherwise than a pasted text, where the two are about as long."""
    text, pasted = hit.match.passage.text, results.request.text.strip()
    if not results.pasted or hit.near or _same(text, pasted) or not len(text) / 2 < len(pasted) < len(text) * 2:
        return None
    return safe_html.changes(diff_wording(text, pasted))


def lone_card(
    hit: Hit, *, rank: int, request: Request, query: Node | None = None, overlap: ReportOverlap | None = None
) -> Card:
    """Return a passage as a card that opens it in its report; its values are links that narrow the request.

    ``query`` is what is marked in the whole of it, ``overlap`` tells how much of its report stands in last year's.
    """
    passage = hit.match.passage
    headings = passage.headings or (citation.title(hit.match.report),)
    return _card(
        hit,
        rank=rank,
        request=request,
        query=query,
        headings=headings,
        listed=_Listed(url=passage_url(passage), related=related(passage), last_year=_last_year(overlap)),
    )


def _card(
    hit: Hit, *, rank: int, request: Request, query: Node | None, headings: Sequence[str], listed: _Listed
) -> Card:
    """Return what a card says of a passage in any list, under its headings."""
    passage, report, narrow = hit.match.passage, hit.match.report, partial(urls.narrow_only, request)
    return Card(
        id=passage.id,
        code=citation.code(passage, report),
        rank=rank,
        heading=headings[-1],
        above=tuple(headings[:-1]),
        fragments=tuple(safe_html.fragment(pieces) for pieces in hit.snippet.fragments),
        before=hit.snippet.before,
        after=hit.snippet.after,
        whole=_whole(hit, query),
        places=places(report, narrow),
        section=Link(text=passage.section, url=narrow(Facet.SECTION, passage.section)),
        topics=tuple(Link(text=topic, url=narrow(Facet.TOPIC, topic)) for topic in passage.topics),
        score=passage.exemplary.score,
        exemplary=passage.exemplary.stamped,
        reasons=passage.exemplary.reasons,
        history=history(passage) if passage.similar else None,
        quotation=citation.quotation(passage, report),
        near=hit.near,
        other_wordings=hit.other_wordings,
        shown_for=hit.why,
        recognised=say_recognised(report),
        genre=genre(report, narrow),
        paper=paper(passage, report),
        **listed._asdict(),
    )


def genre(report: Report, url: Callable[[Facet, str], str]) -> Link | None:
    """Return what a paper is that is no annual report, as a link; None for an annual report."""
    kind = citation.other_genre(report)
    return Link(text=kind, url=url(Facet.GENRE, find_genre(kind))) if kind is not None else None


def paper(passage: Passage, report: Report) -> str:
    """Return the title of a paper that is no annual report, where its passage is not headed by it."""
    return citation.title(report) if passage.headings and citation.other_genre(report) else ""


def _whole(hit: Hit, query: Node | None) -> Markup | None:
    """Return the whole passage with its matches marked, where the card shows less of it."""
    text, shown = hit.match.passage.text, hit.snippet
    if len(text) > MOST_UNFOLDED or not (shown.before or shown.after):
        return None
    return safe_html.passage(text, marks=snippets.find_marks(text, query))


def places(report: Report, url: Callable[[Facet, str | int], str]) -> tuple[Link, ...]:
    """Return town, county and year of a report as links, as far as they are known."""
    town = (report.county or "") + report.town if report.town and report.county else report.town
    here, then = citation.guessed_place(report), citation.guessed_year(report)
    found = [Link(text=report.town, url=url(Facet.TOWN, town), guessed=here)] if report.town and town else []
    if report.county:
        found.append(Link(text=report.county, url=url(Facet.COUNTY, report.county), guessed=here))
    if report.year:
        found.append(Link(text=f"{report.year} 年度", url=url(Facet.YEAR, report.year), guessed=then))
    return tuple(found)


def _folded(hit: Hit, results: Results) -> Link | None:
    count, passage = hit.match.stands_for, hit.match.passage
    if not count:
        return None
    if results.collapse is Collapse.REPORT:
        url = passage_url(passage, highlight=results.request.text)
        return Link(text=f"本报告另有 {count} 段也符合", url=url)
    if results.pasted:
        return similar(passage, passage.similar, Request())
    return similar(passage, count, results.request)


def _highlight(hit: Hit, results: Results) -> str:
    """Return what is marked in the report: what was typed, or the longest piece of it that stands there."""
    if not results.pasted:
        return results.request.text
    pieces = (piece.text for fragment in hit.snippet.fragments for piece in fragment if piece.match)
    longest = max(pieces, key=len, default="")[:MAX_MARKED]
    return f"“{longest.strip('“”')}”" if longest else ""
