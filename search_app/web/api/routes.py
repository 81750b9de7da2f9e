"""The API routes: the same answers as the pages, as JSON under /api/v1, described by ``openapi``."""

from dataclasses import replace

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from search_app import json_shapes, searching
from search_app.facets import SUGGESTED
from search_app.model import Facet
from search_app.web import urls
from search_app.web.answers import answer, explain, find_by_topic, find_related, find_similar, parse_narrowing
from search_app.web.api import openapi
from search_app.web.state import site

api = Blueprint("api", __name__, url_prefix="/api/v1")

SUGGESTIONS = 10
#: The facet that each kind of suggestion narrows.
_NARROWING = {kind.name: kind.facet for kind in SUGGESTED}


@api.get("/search")
def search() -> ResponseReturnValue:
    """Answer a question; takes the parameters of the search page."""
    asked = urls.parse(request.args.to_dict(flat=False), allowed=("explain",))
    explain_hits = urls.parse_switch("explain", asked.extra, default=False)
    return jsonify(json_shapes.results(answer(replace(asked.request, explain=explain_hits))))


@api.get("/reports")
def reports() -> ResponseReturnValue:
    """List every report held, without text."""
    _bare()
    with site().gate:
        return jsonify({"reports": [json_shapes.report(each) for each in site().shelf.reports()]})


@api.get("/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:
    """Return one report with its outline and passages."""
    _bare()
    with site().gate:
        return jsonify(json_shapes.whole_report(*site().engine.report(report_id)))


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
    return jsonify(json_shapes.related(find_related(passage_id, parse_narrowing(request.args.to_dict(flat=False)))))


@api.get("/exemplary")
def exemplary() -> ResponseReturnValue:
    """Return the best exemplary passages of each topic, where the filters select."""
    return jsonify(json_shapes.practices(find_by_topic(urls.parse_filters(request.args.to_dict(flat=False)))))


@api.get("/facets")
def facets() -> ResponseReturnValue:
    """Return the values of all facets for a search."""
    asked = urls.parse(request.args.to_dict(flat=False)).request
    found = json_shapes.results(answer(asked))
    return jsonify({name: found[name] for name in ("facets", "total", "near_total", "partial", "generation")})


@api.get("/facets/<name>")
def facet(name: str) -> ResponseReturnValue:
    """Return the values of one facet for a search, those that contain ``find``."""
    if name not in {item.value for item in Facet}:
        abort(404)
    asked = urls.parse(request.args.to_dict(flat=False), allowed=("find",))
    find = asked.extra.get("find", "").strip().casefold()
    found = json_shapes.results(answer(asked.request))
    values = [each for each in found["facets"][name] if find in urls.write_value(each["value"]).casefold()]
    told = {each: found[each] for each in ("total", "near_total", "partial", "generation")}
    return jsonify({"facet": name, "values": values, **told})


@api.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Return topics and places that contain what is being typed, each with the address that narrows to it."""
    text = urls.parse(request.args.to_dict(flat=False)).request.text
    with site().gate:
        found = searching.suggest(site().engine, text, limit=SUGGESTIONS) if text.strip() else ()
    body = json_shapes.suggestions(found)
    for item, each in zip(body["suggestions"], found, strict=True):
        facet = _NARROWING.get(each.kind)
        asked = urls.narrow_to(facet, each.text) if facet else searching.Request(text=each.text)
        item["url"] = urls.build(asked)
    return jsonify(body)


@api.get("/status")
def status() -> ResponseReturnValue:
    """Return which generation answers, and what it holds."""
    _bare()
    with site().gate:
        return jsonify(json_shapes.status(site().watch.status()))


@api.get("/openapi.json")
def description() -> ResponseReturnValue:
    """Describe this API."""
    _bare()
    return jsonify(openapi.document(url_for("pages.search", _external=True).rstrip("/")))


@api.route("/", defaults={"path": ""})
@api.route("/<path:path>")
def unknown(path: str) -> ResponseReturnValue:  # noqa: ARG001 - the rule gives it
    """Answer every other address of the API with an error in JSON."""
    abort(404)


def _bare() -> None:
    """Refuse parameters where none are known: a misspelt one that is left out would look as if it had been heeded."""
    urls.refuse_others(request.args.to_dict(flat=False))
