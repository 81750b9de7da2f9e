"""Care pages: the whole of what failed, what is a copy and what was remarked, leaf by leaf."""

from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from search_app.web.care import read_care
from search_app.web.view_models import pager
from search_app.web.view_models.care_lists import Care

care_lists = Blueprint("care", __name__)


@care_lists.get("/about/<which>")
def care(which: str) -> ResponseReturnValue:
    """Show one list of what an administrator should look at."""
    if which not in set(Care):
        abort(404)
    wanted = Care(which)

    def address(find: str, leaf: int) -> str:
        told = {"find": find, "leaf": leaf if leaf > 1 else ""}
        query = urlencode({key: value for key, value in told.items() if value})
        return f"/about/{wanted}{'?' if query else ''}{query}"

    found, find = read_care(wanted, request.args.to_dict(flat=False), address)
    return render_template(
        "care.html",
        found=found,
        find=find,
        whole=address("", 1),
        kinds=[(kind, address(kind.text, 1)) for kind in found.kinds],
        leaves=pager.numbered(found.leaf, found.leaves, lambda leaf: address(find, leaf)),
    )
