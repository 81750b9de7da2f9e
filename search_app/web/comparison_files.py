"""Comparison files: a comparison or a matrix as the file that its page hands out."""

from datetime import datetime
from io import BytesIO

from flask import Response, request

from search_app.exporting.collection import Collection
from search_app.exporting.compared import collect_beside, collect_columns
from search_app.exporting.file_formats import FileFormat, write
from search_app.exporting.file_names import name_file
from search_app.exporting.matrix_table import make_table
from search_app.exporting.table import Table, write_table
from search_app.model import Passage
from search_app.web import urls
from search_app.web.comparisons import LookedUp, compare_passages, compare_reports
from search_app.web.downloads import disposition
from search_app.web.matrices import MatrixAsked, find_matrix
from search_app.web.parameters import BadParameter, read_choice, read_scalars
from search_app.web.state import site
from search_app.web.view_models import links, matrix_view


def read_form(parameters: urls.Parameters) -> FileFormat:
    """Return the format that an address asks for. Raises BadParameter where it asks for none of ours."""
    form = read_choice(FileFormat, "format", read_scalars(parameters, ("format",)))
    if form is None:
        known = "、".join(f"{each.value}（{each.label}）" for each in FileFormat)
        raise BadParameter("没有写明导出成什么格式", name="format", hint=f"网址里请写 format=，可用：{known}。")
    return form


def send_comparison(found: LookedUp, form: FileFormat) -> Response:
    """Return passages or reports that stand beside each other as a file."""
    made, generation = datetime.now().astimezone(), site().engine.status().current.name
    if found.subjects:
        columns = compare_passages(found)
        return _send(collect_columns(columns, made=made, generation=generation, address=_address), form)
    beside = compare_reports(found)
    return _send(collect_beside(beside, made=made, generation=generation, address=_address), form)


def send_matrix(asked: MatrixAsked, form: FileFormat) -> Response:
    """Return a matrix as a file."""
    table = make_table(
        find_matrix(asked),
        best=asked.best,
        made=datetime.now().astimezone(),
        search=lambda row, column: _host() + matrix_view.cell_url(asked, row, column),
        passage=_address,
        say_best=matrix_view.name_practice,
    )
    return _send(table, form)


def _send(held: Collection | Table, form: FileFormat) -> Response:
    into = BytesIO()
    with site().gate:
        if isinstance(held, Table):
            write_table(held, form, into)
        else:
            write(held, form, into)
    response = Response(into.getvalue())
    response.mimetype = form.media_type
    response.headers["Content-Disposition"] = disposition(name_file(held, form))
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(passage: Passage) -> str:
    return _host() + links.passage_url(passage)


def _host() -> str:
    return request.host_url.rstrip("/")
