"""The API of genealogies: the same answers as the page, as JSON."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.web.genealogies import count_leaves, trace_passage, turn_to

history_api = Blueprint("history_api", __name__, url_prefix="/api/v1")


@history_api.get("/passages/<passage_id>/history")
def history(passage_id: str) -> ResponseReturnValue:
    """Return who wrote a passage first, and from which earlier one each later passage may come."""
    found = trace_passage(passage_id)
    page, shown = turn_to(found, request.args.to_dict(flat=False))
    return jsonify(json_shapes.genealogy(found, shown, page=page, pages=count_leaves(found)))
