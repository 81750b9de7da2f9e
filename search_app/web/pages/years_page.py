"""The page of two reports opposite each other: this year's and last year's, or any other two."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.comparing.report_comparison import Comparison
from search_app.exporting import citation
from search_app.exporting.comparison_table import COUNTED, name_other, say_missing
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.overlap_wording import MOSTLY_SAID
from search_app.web.leaves import check_leaf
from search_app.web.view_models import comparison_view, pager
from search_app.web.view_models.export_links import Exports
from search_app.web.view_models.links import Link
from search_app.web.years_answers import (
    Asked,
    choose_rows,
    compare,
    count_leaves,
    download_comparison,
    read_asked,
    say_shown,
    take_leaf,
)

years = Blueprint("years", __name__, url_prefix="/reports/<report_id>/years")


@years.get("")
def opposite(report_id: str) -> ResponseReturnValue:
    """Show a report opposite last year's, or the one that is named, paragraph by paragraph."""
    asked = read_asked(request.args.to_dict(flat=False))
    comparison = compare(report_id, asked)
    path = f"/reports/{comparison.report.id}/years"
    rows = choose_rows(comparison, asked)
    leaves = count_leaves(rows)

    def turn(leaf: int) -> str:
        return replace(asked, leaf=leaf).url(path)

    check_leaf(asked.leaf, leaves, turn)
    return render_template(
        "years.html",
        **_pair(comparison),
        kinds=comparison_view.tally_kinds(comparison, asked, path),
        every_kind=comparison_view.tally_all(comparison, asked, path),
        parts=comparison_view.list_parts(comparison, asked, path),
        whole_section=replace(asked, section=None, leaf=1).url(path) if asked.section else None,
        asked=asked,
        shown=say_shown(comparison, asked),
        total=len(rows),
        rows=comparison_view.show_rows(comparison, take_leaf(rows, asked.leaf)),
        pages_of_rows=pager.numbered(asked.leaf, leaves, turn),
        years=comparison_view.choose_years(comparison, path),
        alike=comparison_view.choose_alike(comparison, path),
        exports=_exports(asked, path),
    )


def _pair(comparison: Comparison) -> dict[str, object]:
    """Return what the page says of the two reports, and of why there is no other one."""
    report, other = comparison.report, comparison.other
    return {
        "title": comparison_view.title_of(comparison),
        "comparison": comparison,
        "report": report,
        "report_title": citation.title(report),
        "other": other,
        "other_name": name_other(comparison),
        "other_title": citation.title(other) if other is not None else "",
        "lack": comparison_view.LACKS[comparison.lack] if comparison.lack else "",
        "missing": say_missing(comparison),
        "counted": COUNTED,
        "mostly_said": MOSTLY_SAID,
    }


def _exports(asked: Asked, path: str) -> Exports:
    """Return the files of the rows that are shown, of all leaves."""
    same = replace(asked, leaf=1)
    return Exports(
        links=tuple(Link(text=form.label, url=same.url(f"{path}/export", format=form.value)) for form in FileFormat)
    )


@years.get("/export")
def export(report_id: str) -> Response:
    """Send the rows of a comparison as Word, Markdown, CSV or Excel."""
    return download_comparison(report_id, request.args.to_dict(flat=False))
