"""Spreadsheets: a collection as .xlsx, one row per passage, and a second sheet that says what it is.

Every text is written as text, whatever it begins with, so nothing in it is ever run. A text that one cell cannot hold
goes on in rows of its own below it, which say so.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import TYPE_CHECKING, BinaryIO

from search_app.exporting.collection import Collection
from search_app.exporting.file_names import Titled
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.rows import ADDRESS, COLUMNS, TEXT, Cell, describe, make_rows
from search_app.exporting.table import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: What one cell holds, in units of UTF-16 as Excel counts; the longest link; the most links of a sheet.
MOST_IN_CELL, LONGEST_LINK, MOST_LINKS = 32_767, 2_079, 65_000
#: Characters of a text that is cut: of two units each, they still fit.
_PART = MOST_IN_CELL // 2
_LONGEST_TITLE = 200
#: Points: one line of text, and the highest row that there is.
_LINE, _HIGHEST = 15.0, 409.0
#: No column of a table is wider.
_WIDEST = 48
#: How wide the second column of the second sheet is.
_ABOUT = 90
_GOES_ON = "（接上一行）"


def write_xlsx(collection: Collection, into: BinaryIO) -> None:
    """Write a collection as .xlsx."""
    book, head, body, link = _open(collection, into)
    passages, about = book.add_worksheet("段落"), book.add_worksheet("说明")
    _write_passages(passages, collection, head=head, body=body, link=link)
    about.set_column(0, 0, 16, body)
    about.set_column(1, 1, _ABOUT, body)
    for at, (label, text) in enumerate(describe(collection)):
        about.write_string(at, 0, label, body)
        about.write_string(at, 1, text[:_PART], body)
        about.set_row(at, min(_LINE * (1 + _cells(text) // _ABOUT) + 3, _HIGHEST))
    book.close()


def write_xlsx_table(table: Table, into: BinaryIO) -> None:
    """Write a table as .xlsx: its rows below a header that stays, and a second sheet with its title and notes."""
    book, head, body, link = _open(table, into)
    sheet, about = book.add_worksheet("表"), book.add_worksheet("说明")
    rows = [tuple(_cut(_printable(cell)) for cell in row) for row in table.rows]
    for column, name in enumerate(table.columns):
        width = _width(name, (row[column] for row in rows))
        sheet.set_column(column, column, width, body)
        sheet.write_string(0, column, make_line(name), head)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            address = table.links.get((at, column), "") if len(table.links) <= MOST_LINKS else ""
            _write_linked(sheet, (at + 1, column), cell, address, link, body)
    _frame(sheet, len(rows), len(table.columns))
    about.set_column(0, 0, _ABOUT, body)
    for at, text in enumerate((table.title, *table.notes)):
        about.write_string(at, 0, make_line(text)[:_PART], body)
    book.close()


def _open(held: Titled, into: BinaryIO) -> "tuple[Workbook, Format, Format, Format]":
    """Return a new workbook with the formats of its header, its texts and its links."""
    from xlsxwriter import Workbook

    book = Workbook(into, {"in_memory": True})
    made = held.made.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": make_line(held.title)[:_LONGEST_TITLE], "created": made})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7ECF3", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#0563C1", "underline": 1})
    return book, head, body, link


def _frame(sheet: "Worksheet", rows: int, columns: int) -> None:
    """Let the header stay and filter, and the sheet be printed on its side."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, columns - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _write_passages(
    sheet: "Worksheet", collection: Collection, *, head: "Format", body: "Format", link: "Format"
) -> None:
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width, body)
        sheet.write_string(0, column, name, head)
    at = 0
    for at, row in enumerate(_fitting(make_rows(collection)), start=1):
        sheet.set_row(at, _height(row))
        for column, cell in enumerate(row):
            _write(sheet, at, column, cell, link if column == ADDRESS and at <= MOST_LINKS else None, body)
    _frame(sheet, at, len(COLUMNS))


def _height(row: tuple[Cell, ...]) -> float:
    """Return how high a row must be to show its texts wrapped: not every program finds out by itself."""
    lines = max(
        sum(-(-_cells(line) // (width - 1)) or 1 for line in cell.split("\n"))
        for cell, width in zip(row, COLUMNS.values(), strict=True)
        if isinstance(cell, str)
    )
    return min(_LINE * lines + 3, _HIGHEST)


def _cells(text: str) -> int:
    """Return how many columns of a fixed-width face a line takes."""
    return len(text) + sum(not char.isascii() for char in text)


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell, link: "Format | None", body: "Format") -> None:
    if cell is None or cell == "":
        return
    if not isinstance(cell, str):
        sheet.write_number(row, column, cell, body)
    elif link is not None and cell.startswith(("http://", "https://")) and len(cell) <= LONGEST_LINK:
        sheet.write_url(row, column, cell, link, cell)
    else:
        sheet.write_string(row, column, cell, body)


def _width(name: str, cells: Iterable[Cell]) -> int:
    """Return how wide a column must be for its longest line, within reason."""
    lines = (line for cell in cells if cell is not None for line in str(cell).split("\n"))
    return min(max(map(_cells, (make_line(name), *lines))) + 3, _WIDEST)


def _write_linked(
    sheet: "Worksheet", place: tuple[int, int], cell: Cell, address: str, link: "Format", body: "Format"
) -> None:
    """Write a cell that leads to an address, where a spreadsheet can hold such a link."""
    if cell is not None and cell != "" and address.startswith(("http://", "https://")) and len(address) <= LONGEST_LINK:
        sheet.write_url(*place, address, link, str(cell))
    else:
        _write(sheet, *place, cell, None, body)


def _printable(cell: Cell) -> Cell:
    return make_printable(cell) if isinstance(cell, str) else cell


def _fitting(rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows whose texts fit into cells: the body goes on below, of the others the end is cut and said to be."""
    for row in rows:
        first, *more = _parts(str(row[TEXT] or ""))
        yield tuple(first if at == TEXT else _cut(cell) for at, cell in enumerate(row))
        for part in more:
            yield tuple(_GOES_ON + part if at == TEXT else None for at in range(len(row)))


def _parts(text: str) -> list[str]:
    """Return a text in parts that fit into one cell each."""
    if _units(text) <= MOST_IN_CELL:
        return [text]
    step = _PART - len(_GOES_ON)
    return [text[at : at + step] for at in range(0, len(text), step)]


def _cut(cell: Cell) -> Cell:
    if not isinstance(cell, str) or _units(cell) <= MOST_IN_CELL:
        return cell
    said = f"……（共 {len(cell):,} 字，单元格装不下）"
    return cell[: _PART - len(said)] + said


def _units(text: str) -> int:
    """Return how many units of UTF-16 a text takes."""
    return len(text) + sum(char > "\uffff" for char in text)
