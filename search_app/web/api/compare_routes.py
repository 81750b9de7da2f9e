"""The API of comparing: passages or reports side by side, and the matrix, as JSON."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.web import comparisons
from search_app.web.leaves import check_leaf
from search_app.web.matrices import find_matrix, read_matrix
from search_app.web.view_models.matrix_view import matrix_url

compare_api = Blueprint("compare_api", __name__, url_prefix="/api/v1")


@compare_api.get("/compare")
def compare() -> ResponseReturnValue:
    """Return two to four passages, or reports, side by side."""
    found = comparisons.look_up(comparisons.read_wanted(request.args.to_dict(flat=False)))
    comparisons.require(found)
    repeated = found.wanted.repeated
    if found.subjects:
        return jsonify(json_shapes.compared_passages(comparisons.compare_passages(found), repeated=repeated))
    return jsonify(json_shapes.compared_reports(comparisons.compare_reports(found), repeated=repeated))


@compare_api.get("/matrix")
def matrix() -> ResponseReturnValue:
    """Return how many passages each topic has in each town, county or year, with the best practice of each cell."""
    asked = read_matrix(request.args.to_dict(flat=False))
    found = find_matrix(asked)
    check_leaf(asked.leaf, found.leaves, lambda to: matrix_url(asked, leaf=to if to > 1 else None))
    return jsonify(json_shapes.matrix(found))
