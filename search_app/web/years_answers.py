"""Comparisons of two reports, as pages, API and files ask for them: which report, opposite which, which rows of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from urllib.parse import urlencode

from flask import Response, request

from search_app.comparing.alignment import Kind, Row
from search_app.comparing.report_comparison import Comparison, compare_reports
from search_app.errors import BadSearch
from search_app.exporting.comparison_table import kind_words, lay_side_by_side, tabulate_comparison
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.table import write_table
from search_app.model import SECTIONS, Passage
from search_app.web.downloads import disposition, read_file_format
from search_app.web.parameters import (
    LABELS,
    MAX_VALUE,
    BadParameter,
    Parameters,
    read_choice,
    read_scalars,
    read_whole,
)
from search_app.web.state import site
from search_app.web.view_models.links import passage_url

#: Rows of a comparison that one page shows; the differences of so many are marked in a tenth of a second.
ROWS = 60
MAX_LEAF = 10_000


class Shown(StrEnum):
    """Which rows of a comparison are shown."""

    SAME = Kind.SAME.value
    FIGURES = Kind.FIGURES.value
    CHANGED = Kind.CHANGED.value
    NEW = Kind.NEW.value
    GONE = Kind.GONE.value
    MOVED = "moved"
    REGROUPED = "regrouped"

    def holds(self, row: Row) -> bool:
        """Tell whether a row is among those shown."""
        match self:
            case Shown.MOVED:
                return row.moved
            case Shown.REGROUPED:
                return row.split or row.merged
            case _:
                return row.kind.value == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of a comparison: the other report, the rows that are shown, and which leaf of them."""

    other: str | None = None
    shown: Shown | None = None
    section: str | None = None
    leaf: int = 1

    def url(self, path: str, **extra: str) -> str:
        """Return the address that asks for this."""
        pairs = {"with": self.other, "kind": self.shown, "section": self.section, **extra}
        if self.leaf > 1:
            pairs["leaf"] = str(self.leaf)
        query = urlencode({name: value for name, value in pairs.items() if value})
        return path + (f"?{query}" if query else "")


def read_asked(parameters: Parameters) -> Asked:
    """Return what an address asks for. Raises BadParameter."""
    scalars = read_scalars(parameters, ("with", "kind", "section", "leaf"))
    section = scalars.get("section", "").strip() or None
    if section is not None and section not in SECTIONS:
        raise BadParameter(
            f"网址里“{LABELS['section']}”（section）写成了“{section[:MAX_VALUE]}”，用不了",
            name="section",
            hint=f"可以写：{'、'.join(SECTIONS)}。",
        )
    return Asked(
        other=scalars.get("with", "").strip() or None,
        shown=read_choice(Shown, "kind", scalars),
        section=section,
        leaf=read_whole("leaf", scalars, default=1, most=MAX_LEAF),
    )


def compare(report_id: str, asked: Asked) -> Comparison:
    """Return a report opposite another one when its turn has come. Raises NoSuchReport, SameReport."""
    with site().gate:
        return compare_reports(site().engine, report_id, asked.other)


def choose_rows(comparison: Comparison, asked: Asked) -> tuple[Row, ...]:
    """Return the rows that are shown, of all leaves."""
    rows = comparison.alignment.rows if comparison.alignment is not None else ()
    return tuple(
        row
        for row in rows
        if (asked.shown is None or asked.shown.holds(row)) and (asked.section is None or row.section == asked.section)
    )


def count_leaves(rows: tuple[Row, ...]) -> int:
    """Return on how many leaves rows are shown, one at least."""
    return max(-(-len(rows) // ROWS), 1)


def take_leaf(rows: tuple[Row, ...], leaf: int) -> tuple[Row, ...]:
    """Return the rows of one leaf."""
    return rows[(leaf - 1) * ROWS : leaf * ROWS]


def say_shown(comparison: Comparison, asked: Asked) -> str:
    """Return in words which rows are shown."""
    parts = [asked.section] if asked.section else []
    match asked.shown:
        case None:
            parts.append("全部")
        case Shown.MOVED:
            parts.append("换了地方的")
        case Shown.REGROUPED:
            parts.append("拆分、合并的")
        case _:
            parts.append(kind_words(comparison)[Kind(asked.shown.value)])
    return " · ".join(parts)


def download_comparison(report_id: str, parameters: Parameters) -> Response:
    """Return the rows that an address asks for, of all leaves, as a file. Raises BadSearch where there are none."""
    form, asked, made = read_file_format(parameters), read_asked(parameters), datetime.now().astimezone()
    comparison = compare(report_id, asked)
    if comparison.other is None:
        raise BadSearch("没有可对照的报告，导不出文件", hint="请在对照页上另选一份报告。")
    rows, shown = choose_rows(comparison, asked), say_shown(comparison, asked)
    if form in (FileFormat.DOCX, FileFormat.MARKDOWN):
        table = lay_side_by_side(comparison, rows, made=made, shown=shown)
    else:
        table = tabulate_comparison(comparison, rows, made=made, shown=shown, address=_address)
    held = BytesIO()
    with site().gate:
        write_table(table, form, held)
    return _answer(held.getvalue(), name_file(table, form), form)


def _answer(content: bytes, name: str, form: FileFormat) -> Response:
    response = Response(content)
    response.mimetype = form.media_type
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(passage: Passage) -> str:
    return request.host_url.rstrip("/") + passage_url(passage)
