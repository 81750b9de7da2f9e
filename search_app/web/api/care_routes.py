"""The routes of failures, copies and warnings: the same lists as the pages, as JSON."""

from urllib.parse import urlencode

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from search_app.web.care import read_care
from search_app.web.view_models.care_lists import LEAF, Care

care_api = Blueprint("care_api", __name__, url_prefix="/api/v1/status")


@care_api.get("/<which>")
def care(which: str) -> ResponseReturnValue:
    """Return one leaf of a list, and how its remarks begin."""
    if which not in set(Care):
        abort(404)

    def address(find: str, leaf: int) -> str:
        return f"/api/v1/status/{which}?{urlencode({'find': find, 'leaf': leaf})}"

    found, _ = read_care(Care(which), request.args.to_dict(flat=False), address)
    return jsonify(
        {
            "list": found.care.value,
            "total": found.total,
            "matching": found.matching,
            "leaf": found.leaf,
            "leaves": found.leaves,
            "size": LEAF,
            "kinds": [{"text": each.text, "count": each.count} for each in found.kinds],
            "entries": [
                {"path": each.path, "text": each.text, "hint": each.hint, "report": each.report, "of": each.of}
                for each in found.entries
            ],
        }
    )
