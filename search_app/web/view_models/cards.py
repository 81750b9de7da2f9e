"""Cards: an answer -> the listed passages as a page of results shows them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from search_app.exporting import citation
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.model import Collapse, Facet, Report
from search_app.searching import Hit, Request, Results, snippets
from search_app.web import urls
from search_app.web.view_models import safe_html
from search_app.web.view_models.links import Link, passage_url, related, result_url, similar, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One listed passage as a page shows it; ``rank`` counts from 1 over all pages, ``code`` is its citation code.

    ``folded`` leads to what is folded behind it, ``unfolds`` tells whether a page may show that in place. ``related``
    leads to what other towns did on the same thing, ``why`` to the parts of its score, ``newer`` to the newer report
    where its town has two of that year.
    """

    id: str
    code: str
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
    why: Link | None = None


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
        safe_html.fragment(snippets.cut_pieces(heading, results.rewritten, heading=True))
        for heading in passage.headings or (citation.title(report),)
    ]
    return replace(
        lone_card(hit, rank=rank, request=request),
        heading=headings[-1],
        above=tuple(headings[:-1]),
        url=result_url(request, report.id, rank, passage.number, highlight=request.text),
        folded=_folded(hit, results),
        unfolds=bool(hit.match.stands_for) and results.collapse is Collapse.SIMILAR,
        why=why(passage, request),
        related=related(passage, request, rank),
    )


def lone_card(hit: Hit, *, rank: int, request: Request) -> Card:
    """Return a passage as a card that opens it in its report; its values are links that narrow the request."""
    passage, report = hit.match.passage, hit.match.report

    def narrow(facet: Facet, value: str | int) -> str:
        selection = request.selection.with_values(facet, (value,))
        return urls.build(replace(request, selection=selection, page=1))

    return Card(
        id=passage.id,
        code=citation.code(passage, report),
        rank=rank,
        url=passage_url(passage),
        heading=passage.headings[-1] if passage.headings else citation.title(report),
        above=passage.headings[:-1],
        fragments=tuple(safe_html.fragment(pieces) for pieces in hit.snippet.fragments),
        places=places(report, narrow),
        section=Link(text=passage.section, url=narrow(Facet.SECTION, passage.section)),
        topics=tuple(Link(text=topic, url=narrow(Facet.TOPIC, topic)) for topic in passage.topics),
        score=passage.exemplary.score,
        exemplary=passage.exemplary.score >= EXEMPLARY_FLOOR,
        reasons=passage.exemplary.reasons,
        folded=None,
        unfolds=False,
        related=related(passage),
        quotation=citation.quotation(passage, report),
    )


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
    return similar(passage, count, results.request)
