"""A table: what is exported as rows and columns that are no passages, such as a wall of checks or a matrix of counts.

In: a title, notes that say what the table is, the names of its columns, and its rows. Out: a file in any of the
``file_formats``. Unknown is an empty cell, never a guess. Numbers are written as numbers, texts as texts that nothing
runs. A cell may lead somewhere: .xlsx, .docx and .md keep the address beside its text, .csv has no place for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.rows import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What one file holds; every row is as long as ``columns``.

    ``notes`` are sentences above the table (in .xlsx on a sheet of their own). ``links`` has the whole address of a
    cell by its row and column, both counted from 0.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    made: datetime
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has a cell for each column")

    def printed(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as text, an unknown cell as an empty one."""
        for row in self.rows:
            yield tuple("" if cell is None else str(cell) for cell in row)


def write_table(table: Table, form: FileFormat, into: BinaryIO) -> None:
    """Write a table in any format."""
    match form:
        case FileFormat.XLSX:
            from search_app.exporting.xlsx_file import write_xlsx_table

            write_xlsx_table(table, into)
        case FileFormat.DOCX:
            from search_app.exporting.word.document import write_word_table

            write_word_table(table, into)
        case FileFormat.CSV:
            from search_app.exporting.csv_file import write_csv_table

            into.writelines(line.encode() for line in write_csv_table(table))
        case FileFormat.MARKDOWN:
            from search_app.exporting.markdown_file import write_markdown_table

            into.writelines(line.encode() for line in write_markdown_table(table))
