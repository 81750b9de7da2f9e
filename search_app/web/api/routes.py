"""The API routes: the same answers as the pages, as JSON under /api/v1, described by ``openapi``."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from search_app import json_shapes, searching
from search_app.exporting import citation
from search_app.facets import SUGGESTED
from search_app.indexing import find_original
from search_app.model import Facet, Found
from search_app.query import Note, NoteKind
from search_app.searching import Request, Results
from search_app.web import urls
from search_app.web.answers import (
    answer,
    explain,
    find_by_topic,
    find_cited,
    find_last_years,
    find_related,
    find_similar,
    parse_narrowing,
    sounds,
)
from search_app.web.api import openapi
from search_app.web.downloads import download
from search_app.web.parameters import Arrangement, read_choice, read_switch
from search_app.web.sanitiser import find_sanitiser
from search_app.web.state import site
from search_app.web.suggestions import find_suggestions
from search_app.web.view_models.care_lists import LEAF
from search_app.web.view_models.links import passage_url

api = Blueprint("api", __name__, url_prefix="/api/v1")

SUGGESTIONS = 10
#: The facet that each kind of suggestion narrows.
_NARROWING = {kind.name: kind.facet for kind in SUGGESTED}


@api.get("/search")
def search() -> ResponseReturnValue:
    """Answer a question; takes the parameters of the search page."""
    asked = urls.parse(request.args.to_dict(flat=False), allowed=("explain",))
    explain_hits = read_switch("explain", asked.extra, default=False)
    found = _arranged(answer(replace(asked.request, explain=explain_hits)))
    if notice := site().notice():  # pages say it above everything
        found = replace(found, notes=(Note(kind=NoteKind.FALLEN_BACK, message=notice), *found.notes))
    last_years = find_last_years(hit.match.report for hit in found.hits)
    return jsonify(json_shapes.results(found, last_years))


@api.get("/reports")
def reports() -> ResponseReturnValue:
    """List every report held, without text."""
    with site().gate:
        return jsonify({"reports": [json_shapes.report(each) for each in site().shelf.reports]})


@api.get("/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:
    """Return one report with its outline and passages."""
    with site().gate:
        held, passages = site().engine.report(report_id)
        last_year = site().last_years.of((held,)).get(held.id)
    if find_original(site().settings.corpus, held.path) is None and (remark := site().watch.remark(held.path)):
        held = replace(held, warnings=(*held.warnings, remark))
    shape = json_shapes.whole_report(held, passages)
    return jsonify({**shape, "report": json_shapes.add_last_year(shape["report"], last_year)})


@api.get("/c/<code>")
def cited(code: str) -> ResponseReturnValue:
    """Return where the text stands that a citation code names."""
    return jsonify({"code": citation.write_code(citation.require_code(code)), **_cited(find_cited(code))})


def _cited(found: searching.Cited) -> dict[str, object]:
    """Return the passages of a text, each with its citation and its address."""
    shape = json_shapes.cited(found)
    for name, subjects in (("here", found.here), ("elsewhere", found.elsewhere)):
        for made, each in zip(shape[name], subjects, strict=True):
            made["code"] = citation.code(each.passage, each.report)
            made["citation"] = citation.source(each.passage, each.report)
            made["url"] = passage_url(each.passage)
    return shape


@api.get("/passages/<passage_id>/similar")
def similar(passage_id: str) -> ResponseReturnValue:
    """Return those that say nearly the same as a passage, of all that a search finds."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    return jsonify(json_shapes.similar(find_similar(passage_id, asked)))


@api.get("/passages/<passage_id>/why")
def why(passage_id: str) -> ResponseReturnValue:
    """Return why a passage has its score in the answer to a search."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    return jsonify(json_shapes.explained(explain(passage_id, asked)))


@api.get("/passages/<passage_id>/related")
def related(passage_id: str) -> ResponseReturnValue:
    """Return passages of other towns on the same thing as a passage, where the filters select."""
    asked = parse_narrowing(request.args.to_dict(flat=False))
    found = find_related(passage_id, asked)
    last_years = find_last_years(hit.match.report for hit in found.hits)
    return jsonify(json_shapes.related(replace(found, found=_by_name(found.found, asked)), last_years))


@api.get("/exemplary")
def exemplary() -> ResponseReturnValue:
    """Return the best exemplary passages of each topic, where the filters select."""
    asked = urls.parse_filters(request.args.to_dict(flat=False))
    found = find_by_topic(asked)
    last_years = find_last_years(hit.match.report for shelf in found.shelves for hit in shelf.hits)
    return jsonify(json_shapes.practices(replace(found, found=_by_name(found.found, asked)), last_years))


@api.get("/export")
def export() -> ResponseReturnValue:
    """Send the passages of a search, a report or a basket as a file."""
    return download(request.args.to_dict(flat=False))


@api.get("/facets")
def facets() -> ResponseReturnValue:
    """Return the values of all facets for a search."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    found = json_shapes.results(_arranged(answer(asked)), {})
    return jsonify({name: found[name] for name in ("facets", "total", "near_total", "partial", "generation")})


@api.get("/facets/<name>")
def facet(name: str) -> ResponseReturnValue:
    """Return the values of one facet for a search, those that contain ``find`` or are read so, in some ``order``."""
    if name not in {item.value for item in Facet}:
        abort(404)
    asked, wanted = urls.parse(request.args.to_dict(flat=False), allowed=("find", "order")), Facet(name)
    order, find = read_choice(Arrangement, "order", asked.extra), asked.extra.get("find", "")
    results = answer(urls.order_by(asked.request, wanted, order))
    values = _arranged(results).found.facets[wanted]
    values = sounds().find(wanted, values, find) if find.strip() else values
    return jsonify(json_shapes.facet_values(wanted, values, results))


@api.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Return what continues the text being typed, each with its address: a place or topic narrows to it."""
    text = urls.parse(request.args.to_dict(flat=False)).request.text
    found = find_suggestions(text, limit=SUGGESTIONS)
    body = json_shapes.suggestions(found)
    for item, each in zip(body["suggestions"], found, strict=True):
        facet = _NARROWING.get(each.kind)
        asked = urls.narrow_to(facet, each.text) if facet else searching.Request(text=each.text)
        item["url"] = urls.build(asked)
    return jsonify(body)


@api.get("/status")
def status() -> ResponseReturnValue:
    """Return which generation answers, and what it holds; lists from their beginning, the whole has its own address."""
    with site().gate:
        told = json_shapes.status(site().watch.status(), now=datetime.now(UTC), most=LEAF)
    return jsonify({**told, "sanitiser": find_sanitiser() is not None})


@api.get("/openapi.json")
def description() -> ResponseReturnValue:
    """Describe this API."""
    return jsonify(openapi.document(url_for("pages.search", _external=True).rstrip("/")))


@api.route("/", defaults={"path": ""})
@api.route("/<path:path>")
def unknown(path: str) -> ResponseReturnValue:  # noqa: ARG001 - the rule gives it
    """Answer every other address of the API with an error in JSON."""
    abort(404)


def _arranged(results: Results) -> Results:
    return replace(results, found=_by_name(results.found, results.request))


def _by_name(found: Found, asked: Request) -> Found:
    """Return what was found with the values of some facets in the order of their names, where that is asked for."""
    by_name = {facet: sounds().by_name(facet, found.facets[facet]) for facet in asked.by_name}
    return replace(found, facets={**found.facets, **by_name}) if by_name else found
