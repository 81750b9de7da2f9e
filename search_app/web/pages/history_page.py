"""The page of a passage's genealogy: who wrote it first, who took it over, what each changed."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search_app.searching import Request
from search_app.web.genealogies import address, count_leaves, trace_passage, turn_to
from search_app.web.pages.passage_pages import show_subject
from search_app.web.view_models import links, pager
from search_app.web.view_models.genealogy_view import view

histories = Blueprint("histories", __name__, url_prefix="/passages/<passage_id>/history")


@histories.get("")
def history(passage_id: str) -> ResponseReturnValue:
    """Show the genealogy of a passage, year by year."""
    found = trace_passage(passage_id)
    leaf, shown = turn_to(found, request.args.to_dict(flat=False))
    held = found.subject.passage
    return render_template(
        "history.html",
        subject=show_subject(found.subject),
        found=found,
        told=view(found, shown),
        leaf=leaf,
        pager=pager.numbered(leaf, count_leaves(found), lambda page: address(passage_id, page)),
        similar=links.similar(held, found.total - 1, Request()) if found.total > 1 else None,
        related=links.related(held),
    )
