"""File formats: what a collection can become, how each is called, and the writer behind it.

Text formats are streamed piece by piece; the others are archives, which are whole only at their end, and are written
into a file that is handed in.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from search_app.exporting.collection import Collection


class FileFormat(StrEnum):
    """A format; the value is the ending of its files and its name in addresses and options."""

    DOCX = "docx"
    MARKDOWN = "md"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def is_text(self) -> bool:
        """Tell whether its files can be streamed as text."""
        return self in (FileFormat.MARKDOWN, FileFormat.CSV)

    @property
    def label(self) -> str:
        """Return how a clerk calls it."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """Return what it is called on the wire."""
        return MEDIA_TYPES[self]


_LABELS = {
    FileFormat.DOCX: "Word",
    FileFormat.MARKDOWN: "Markdown",
    FileFormat.CSV: "CSV",
    FileFormat.XLSX: "Excel",
}
MEDIA_TYPES = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.MARKDOWN: "text/markdown",
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Characters that are gathered before they are handed on.
_PIECE = 32_768


def read_format(name: str) -> FileFormat | None:
    """Return the format that a file's name ends in, or that is named itself; None where it is none of ours."""
    ending = name.rpartition(".")[2].casefold()
    return next((each for each in FileFormat if each == ending), None)


def stream(collection: "Collection", form: FileFormat) -> Iterator[bytes]:
    """Yield a collection as a text format, in pieces of some size."""
    from search_app.exporting.csv_file import write_csv
    from search_app.exporting.markdown_file import write_markdown

    gathered: list[str] = []
    length = 0
    for piece in write_csv(collection) if form is FileFormat.CSV else write_markdown(collection):
        gathered.append(piece)
        length += len(piece)
        if length >= _PIECE:
            yield "".join(gathered).encode()
            gathered, length = [], 0
    if gathered:
        yield "".join(gathered).encode()


def write(collection: "Collection", form: FileFormat, into: BinaryIO) -> None:
    """Write a collection in any format."""
    match form:
        case FileFormat.DOCX:
            from search_app.exporting.word.document import write_word

            write_word(collection, into)
        case FileFormat.XLSX:
            from search_app.exporting.xlsx_file import write_xlsx

            write_xlsx(collection, into)
        case _:
            for piece in stream(collection, form):
                into.write(piece)
