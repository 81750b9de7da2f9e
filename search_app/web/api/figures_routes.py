"""The API of figures: what the reports count as JSON, and as a file."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.searching.paging import count_full_pages
from search_app.web.figures_answers import SIZE, find, levels_of, read_asked, tell_of
from search_app.web.pages.figures_page import hand_out

figures_api = Blueprint("figures_api", __name__, url_prefix="/api/v1")


@figures_api.get("/figures")
def figures() -> ResponseReturnValue:
    """Return how much there is of each thing, and one page of the figures."""
    asked = read_asked(request.args.to_dict(flat=False))
    found = find(asked)
    pages = count_full_pages(len(found.rows), asked.page, SIZE)
    told = tell_of(found.table.entries(found.rows[(asked.page - 1) * SIZE : asked.page * SIZE].tolist()))
    names = {asked.wanted.what} if asked.wanted.what else {one.entry.thing.name for one in told}
    levels = levels_of(found, tuple(sorted(name for name in names if name)))
    return jsonify(json_shapes.figures(found, told, levels, page=asked.page, pages=pages, size=SIZE))


@figures_api.get("/figures/export")
def export() -> Response:
    """Return the same as a file."""
    return hand_out(request.args.to_dict(flat=False))
