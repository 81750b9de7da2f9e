"""Passage pages: one passage beside those that say nearly the same, and those of other towns; its score explained.

The surprise: what is similar is looked for within the search that led here, so that as many are listed as were folded
there; the page says how many there are beyond it.
"""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from search_app import searching
from search_app.exporting import citation
from search_app.model import Collapse, Facet, Match
from search_app.searching import Request, Subject, Variant
from search_app.web import urls
from search_app.web.answers import explain, find_last_years, find_related, find_similar, parse_narrowing, sounds
from search_app.web.parameters import read_scalars
from search_app.web.state import site
from search_app.web.view_models import cards, facet_panels, links, pager, safe_html
from search_app.web.view_models.links import Link
from search_app.web.view_models.score_view import tell_order, view_score

passages = Blueprint("passages", __name__, url_prefix="/passages/<passage_id>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage in full as a page shows it, the subject itself or one that is held against it."""

    id: str
    code: str
    number: int
    url: str
    heading: str
    above: tuple[str, ...]
    places: tuple[Link, ...]
    html: Markup
    same: bool
    quotation: str
    genre: Link | None
    paper: str


@passages.get("")
def passage(passage_id: str) -> ResponseReturnValue:
    """Lead to a passage in its report: an address for notes and messages that needs nothing but the passage's id."""
    with site().gate:
        found = searching.find_subject(site().engine, passage_id).passage
    return redirect(links.passage_url(found))


@passages.get("/similar")
def similar(passage_id: str) -> ResponseReturnValue:
    """Show those that say nearly the same as a passage, with what differs."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    found = find_similar(passage_id, asked)
    held, searched = found.subject.passage, asked != _anywhere(asked)
    first = (asked.page - 1) * asked.size + 1
    return render_template(
        "similar.html",
        subject=show_subject(found.subject, highlight=asked.text),
        found=found.found,
        count=found.found.total,
        reports=found.found.reports,
        beyond=links.similar(held, held.similar, Request()) if found.found.total < held.similar else None,
        variants=[_variant(each, first + at, asked.text) for at, each in enumerate(found.variants)],
        pager=pager.pager(asked, found.pages, path=request.path),
        back=urls.build(replace(asked, page=1)) if searched else None,
        related=links.related(held),
        history=links.history(held),
        text=asked.text,
    )


@passages.get("/why")
def why(passage_id: str) -> ResponseReturnValue:
    """Show why a passage stands where it stands in the answer to a search."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    found = explain(passage_id, asked)
    return render_template(
        "why.html",
        subject=show_subject(found.subject, highlight=asked.text),
        asked=asked,
        text=asked.text,
        score=view_score(found.explanation),
        order=tell_order(asked),
        back=urls.build(asked),
    )


@passages.get("/related")
def related(passage_id: str) -> ResponseReturnValue:
    """Show passages of other towns on the same thing as a passage, with the way back to the search that led here."""
    asked = parse_narrowing(request.args.to_dict(flat=False))
    came = read_scalars(request.args.to_dict(flat=False), ("back", "n"))
    searched, rank = urls.read_back(came.get("back")), urls.parse_position(came.get("n"))
    kept = {"back": urls.write_back(searched)} if searched is not None else {}
    kept |= {"n": str(rank)} if rank is not None and searched is not None else {}
    found = find_related(passage_id, asked)
    first = (asked.page - 1) * asked.size + 1
    held = found.subject.passage
    last_years = find_last_years(hit.match.report for hit in found.hits)
    return render_template(
        "related.html",
        title=links.related(held).text,
        subject=show_subject(found.subject),
        similar=links.similar(held, held.similar, Request()) if held.similar else None,
        found=found.found,
        total=found.found.total,
        reports=found.found.reports,
        cards=[
            cards.lone_card(
                hit, rank=first + at, request=Request(), query=found.query, overlap=last_years.get(hit.match.report.id)
            )
            for at, hit in enumerate(found.hits)
        ],
        panels=[
            replace(panel, url=None)  # all values of these passages have no page of their own
            for panel in facet_panels.panels(found.found, asked, sounds=sounds, path=request.path, **kept)
        ],
        chips=facet_panels.chips(asked, path=request.path, **kept),
        cleared=urls.build(urls.clear_filters(asked), path=request.path, **kept),
        kept=[*kept.items(), *urls.to_hidden(asked)],
        sorts=pager.sorts(asked, path=request.path, **kept),
        pager=pager.pager(asked, found.pages, path=request.path, **kept),
        back=links.list_url(searched, rank) if searched and rank else urls.build(searched) if searched else None,
    )


def _anywhere(asked: Request) -> Request:
    """Return the request without anything that decides what is found."""
    return Request(page=asked.page, size=asked.size, sort=asked.sort, collapse=asked.collapse)


def show_subject(subject: Subject, *, highlight: str = "") -> Shown:
    """Return the passage that others are held against, as the head of a page shows it."""
    match = Match(passage=subject.passage, report=subject.report, score=0.0)
    return _shown(match, 0, safe_html.passage(subject.passage.text), highlight)


def _variant(variant: Variant, number: int, highlight: str) -> Shown:
    shown = _shown(variant.match, number, safe_html.changes(variant.parts), highlight)
    return replace(shown, same=all(part.instead is None for part in variant.parts))


def _shown(match: Match, number: int, html: Markup, highlight: str) -> Shown:
    def only(facet: Facet, value: str | int) -> str:
        return urls.build(replace(urls.narrow_to(facet, value), collapse=Collapse.SIMILAR))

    return Shown(
        id=match.passage.id,
        code=citation.code(match.passage, match.report),
        number=number,
        url=links.passage_url(match.passage, highlight=highlight),
        heading=match.passage.headings[-1] if match.passage.headings else citation.title(match.report),
        above=match.passage.headings[:-1],
        places=cards.places(match.report, only),
        html=html,
        same=False,
        quotation=citation.quotation(match.passage, match.report),
        genre=cards.genre(match.report, only),
        paper=cards.paper(match.passage, match.report),
    )
