"""The API of two reports opposite each other."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.web.leaves import check_leaf
from search_app.web.years_answers import choose_rows, compare, count_leaves, download_comparison, read_asked, take_leaf

years_api = Blueprint("years_api", __name__, url_prefix="/api/v1/reports/<report_id>/years")


@years_api.get("")
def opposite(report_id: str) -> ResponseReturnValue:
    """Return a report opposite last year's, or the one that is named, paragraph by paragraph."""
    asked = read_asked(request.args.to_dict(flat=False))
    comparison = compare(report_id, asked)
    rows = choose_rows(comparison, asked)
    leaves = count_leaves(rows)
    check_leaf(asked.leaf, leaves, lambda leaf: replace(asked, leaf=leaf).url(request.path))
    shown = take_leaf(rows, asked.leaf)
    return jsonify(json_shapes.comparison(comparison, shown, total=len(rows), leaf=asked.leaf, leaves=leaves))


@years_api.get("/export")
def export(report_id: str) -> Response:
    """Send the rows of a comparison as a file."""
    return download_comparison(report_id, request.args.to_dict(flat=False))
