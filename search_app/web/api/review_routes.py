"""The API of reviews: the wall as JSON, and as a file."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.web.pages.review_page import hand_out
from search_app.web.review_answers import find_review, read_wanted

review_api = Blueprint("review_api", __name__, url_prefix="/api/v1")


@review_api.get("/review")
def review() -> ResponseReturnValue:
    """Return which town left out, thinned or copied which part."""
    return jsonify(json_shapes.review(find_review(read_wanted(request.args.to_dict(flat=False)))))


@review_api.get("/review/export")
def export() -> Response:
    """Return the same as a file."""
    return hand_out(request.args.to_dict(flat=False))
