"""The page of a passage's genealogy, who wrote it first and who took it over, and the same as a file."""

from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.genealogy_table import tabulate
from search_app.exporting.genealogy_wording import CAUTION, MEASURE
from search_app.exporting.table import write_table
from search_app.model import Passage
from search_app.searching import Request
from search_app.web.downloads import disposition, read_file_format
from search_app.web.genealogies import address, count_leaves, trace_passage, turn_to
from search_app.web.pages.passage_pages import show_subject
from search_app.web.state import site
from search_app.web.view_models import links, pager
from search_app.web.view_models.export_links import Exports
from search_app.web.view_models.genealogy_view import view
from search_app.web.view_models.links import Link

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
        caution=CAUTION,
        measure=MEASURE,
        exports=_exports(passage_id),
        pager=pager.numbered(leaf, count_leaves(found), lambda page: address(passage_id, page)),
        similar=links.similar(held, found.total - 1, Request()) if found.total > 1 else None,
        related=links.related(held),
    )


@histories.get("/export")
def export(passage_id: str) -> Response:
    """Hand out the whole genealogy as a file."""
    form = read_file_format(request.args.to_dict(flat=False))
    table = tabulate(trace_passage(passage_id), made=datetime.now().astimezone(), address=_address)
    held = BytesIO()
    with site().gate:
        write_table(table, form, held)
    response = Response(held.getvalue(), mimetype=form.media_type)
    response.headers["Content-Disposition"] = disposition(name_file(table, form))
    response.headers["Cache-Control"] = "no-store"
    return response


def _exports(passage_id: str) -> Exports:
    return Exports(
        links=tuple(
            Link(text=form.label, url=f"{address(passage_id)}/export?format={form.value}") for form in FileFormat
        )
    )


def _address(passage: Passage) -> str:
    return request.host_url.rstrip("/") + links.passage_url(passage)
