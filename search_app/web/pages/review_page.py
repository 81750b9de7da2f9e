"""The county wall: towns × required parts of a year, years × parts of a town, and the same as a file."""

from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.review_table import Ways, tabulate
from search_app.exporting.review_wording import MARKS, SIGNS, STANDING_SIGNS, STANDINGS, explain
from search_app.exporting.table import Table, write_table
from search_app.model import Report
from search_app.reviewing.part_floors import PARTS
from search_app.web import urls
from search_app.web.downloads import disposition, read_file_format
from search_app.web.review_answers import PATH, find_review, read_wanted
from search_app.web.state import site
from search_app.web.view_models import review_view

reviews = Blueprint("review", __name__)


@reviews.get(PATH)
def wall() -> ResponseReturnValue:
    """Show which town left out, thinned or copied which part."""
    found = find_review(read_wanted(request.args.to_dict(flat=False)))
    return render_template(
        "review.html",
        page=review_view.show(found),
        found=found,
        parts=PARTS,
        signs=[(mark.value, SIGNS[mark], text) for mark, text in MARKS.items()],
        standings=[(each.value, STANDING_SIGNS[each], text) for each, text in STANDINGS.items()],
        rules=explain(of_town=found.town is not None),
    )


@reviews.get(review_view.EXPORT)
def export() -> Response:
    """Hand out the same as a file."""
    return hand_out(request.args.to_dict(flat=False))


def hand_out(parameters: urls.Parameters) -> Response:
    """Return the file of a review that these parameters ask for. Raises BadSearch, NoSuchPlace, IndexProblem."""
    form = read_file_format(parameters)
    found = find_review(read_wanted(parameters), for_file=True)
    table = tabulate(found, form, made=datetime.now().astimezone(), ways=Ways(read=_read, compare=_compare))
    with site().gate:
        response = Response(_written(table, form), mimetype=form.media_type)
    response.headers["Content-Disposition"] = disposition(name_file(table, form))
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(table: Table, form: FileFormat) -> bytes:
    held = BytesIO()
    write_table(table, form, held)
    return held.getvalue()


def _read(report: Report, number: int | None) -> str:
    return request.host_url.rstrip("/") + review_view.read_url(report, number)


def _compare(report: Report, other: Report) -> str:
    return request.host_url.rstrip("/") + review_view.compare_url(report, other)
