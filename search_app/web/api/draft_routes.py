"""The API of the draft check: a text, a JSON object or a file by POST, its findings as JSON; nothing is kept."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.web.drafts import check, from_program

draft_api = Blueprint("draft_api", __name__, url_prefix="/api/v1")


@draft_api.post("/draft")
def draft() -> ResponseReturnValue:
    """Check a draft."""
    response = jsonify(json_shapes.draft_check(check(from_program())))
    response.headers["Cache-Control"] = "no-store"
    return response
