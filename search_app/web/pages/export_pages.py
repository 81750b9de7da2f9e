"""Export pages: a result list, a report or a basket as a file."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from search_app.web.downloads import download

exports = Blueprint("exports", __name__)


@exports.get("/export")
def export() -> ResponseReturnValue:
    """Send the passages of a search, a report or a basket as Word, Markdown, CSV or Excel."""
    return download(request.args.to_dict(flat=False))
