"""Likenesses: the pages that lead from one passage to others, those that say nearly the same and those of other towns.

The surprise: what is similar is looked for within the search that led here, so that as many are listed as were folded
there; the page says how many there are beyond it.
"""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from search_app import searching
from search_app.model import Collapse, Facet, Match
from search_app.query import Search
from search_app.searching import Related, Request, Similar, Subject, Variant
from search_app.web import address, citing, listing, panels, rendering
from search_app.web.listing import Link
from search_app.web.site import site
from search_app.web.views import answer

likenesses = Blueprint("likenesses", __name__, url_prefix="/passages/<passage_id>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage in full as a page shows it, the subject itself or one that is held against it."""

    number: int
    url: str
    heading: str
    above: tuple[str, ...]
    places: tuple[Link, ...]
    html: Markup
    same: bool
    quotation: str


@likenesses.get("")
def passage(passage_id: str) -> ResponseReturnValue:
    """Lead to a passage in its report: an address for notes and messages that needs nothing but the passage's id."""
    address.alone(request.args.to_dict(flat=False))
    found = searching.subject_of(site().engine, passage_id).passage
    return redirect(listing.passage_url(found))


@likenesses.get("/similar")
def similar(passage_id: str) -> ResponseReturnValue:
    """Show those that say nearly the same as a passage, with what differs."""
    asked = address.parse(request.args.to_dict(flat=False)).request
    found = similar_to(passage_id, asked)
    held, searched = found.subject.passage, asked != _anywhere(asked)
    first = (asked.page - 1) * asked.size + 1
    return render_template(
        "similar.html",
        subject=_subject(found.subject, highlight=asked.text),
        count=found.found.total,
        reports=found.found.reports,
        beyond=listing.similar(held, held.similar, Request()) if found.found.total < held.similar else None,
        variants=[_variant(each, first + at, asked.text) for at, each in enumerate(found.variants)],
        pager=listing.pager(asked, found.pages, path=request.path),
        back=address.build(replace(asked, page=1)) if searched else None,
        related=listing.related(held),
        text=asked.text,
    )


@likenesses.get("/related")
def related(passage_id: str) -> ResponseReturnValue:
    """Show passages of other towns on the same thing as a passage."""
    asked = narrowed()
    found = related_to(passage_id, asked)
    first = (asked.page - 1) * asked.size + 1
    held = found.subject.passage
    return render_template(
        "related.html",
        title=listing.related(held).text,
        subject=_subject(found.subject),
        similar=listing.similar(held, held.similar, Request()) if held.similar else None,
        total=found.found.total,
        reports=found.found.reports,
        cards=[listing.lone_card(hit, rank=first + at, request=Request()) for at, hit in enumerate(found.hits)],
        chips=panels.chips(asked, path=request.path),
        cleared=request.path,
        pager=listing.pager(asked, found.pages, path=request.path),
    )


def similar_to(passage_id: str, asked: Request) -> Similar:
    """Return those that say nearly the same as a passage, of all that the request finds."""
    within = Search(selection=asked.selection, exemplary=asked.exemplary, page=asked.page, size=asked.size)
    if asked.text.strip():
        within = replace(within, query=answer(replace(asked, page=1)).searched)
    with site().gate:
        return searching.similar(site().engine, passage_id, within)


def related_to(passage_id: str, asked: Request) -> Related:
    """Return passages of other towns on the same thing as a passage, where the filters select."""
    with site().gate:
        within = Search(selection=asked.selection, page=asked.page, size=asked.size)
        return searching.related(site().engine, passage_id, within)


def narrowed() -> Request:
    """Return the filters and the page that the address asks for; words or an order would have no effect."""
    parameters = request.args.to_dict(flat=False)
    paging: address.Parameters = {name: parameters.pop(name) for name in ["page", "size"] if name in parameters}
    chosen = address.parse(paging).request
    return replace(address.filters(parameters), page=chosen.page, size=chosen.size)


def _anywhere(asked: Request) -> Request:
    """Return the request without anything that decides what is found."""
    return Request(page=asked.page, size=asked.size, sort=asked.sort, collapse=asked.collapse)


def _subject(subject: Subject, *, highlight: str = "") -> Shown:
    match = Match(passage=subject.passage, report=subject.report, score=0.0)
    return _shown(match, 0, rendering.passage(subject.passage.text), highlight)


def _variant(variant: Variant, number: int, highlight: str) -> Shown:
    shown = _shown(variant.match, number, rendering.changes(variant.parts), highlight)
    return replace(shown, same=all(part.instead is None for part in variant.parts))


def _shown(match: Match, number: int, html: Markup, highlight: str) -> Shown:
    def only(facet: Facet, value: str | int) -> str:
        return address.build(replace(address.only(facet, value), collapse=Collapse.SIMILAR))

    return Shown(
        number=number,
        url=listing.passage_url(match.passage, highlight=highlight),
        heading=match.passage.headings[-1] if match.passage.headings else citing.title(match.report),
        above=match.passage.headings[:-1],
        places=listing.places(match.report, only),
        html=html,
        same=False,
        quotation=citing.quotation(match.passage, match.report),
    )
