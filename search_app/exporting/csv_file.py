"""CSV files: a collection as comma-separated values that Excel and WPS open as they are (RFC 4180, UTF-8 with BOM).

The first line says what the file is, padded to the width of the table; the second names the columns; then one line per
passage. So a program reads it with one line skipped (``pandas.read_csv(path, skiprows=1)``). The surprise: a
spreadsheet runs what begins with a sign of a formula, full-width ones too, so such a cell begins with an apostrophe.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from search_app.exporting.collection import Collection
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.rows import COLUMNS, Cell, describe, make_rows
from search_app.exporting.table import Table

BOM = "\ufeff"
#: What a formula begins with, also behind characters that are not seen: a spreadsheet leaves these away.
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200d\u2060\u00ad]*[=+\\-@＝＋－＠]|[\t\r\n]")


def write_csv(collection: Collection) -> Iterator[str]:
    """Yield a collection as CSV, line by line."""
    said = "；".join(f"{label}：{text.rstrip('。')}" for label, text in describe(collection))
    yield from _write(said, tuple(COLUMNS), make_rows(collection))


def write_csv_table(table: Table) -> Iterator[str]:
    """Yield a table as CSV, line by line, as a collection is written."""
    said = "；".join(make_line(note).rstrip("。") for note in (table.title, *table.notes))
    columns = tuple(make_line(name) for name in table.columns)
    yield from _write(said, columns, (tuple(_printable(cell) for cell in row) for row in table.rows))


def _write(said: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\r\n")
    yield BOM
    for row in chain([(said, *("" for _ in columns[1:])), columns], rows):
        writer.writerow([_safe(cell) for cell in row])
        yield from lines
        lines.clear()


def _printable(cell: Cell) -> Cell:
    return make_printable(cell) if isinstance(cell, str) else cell


class _Lines:
    """Takes what a CSV writer writes, a line at a time."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        """Take one line."""
        self._lines.append(line)


def _safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
