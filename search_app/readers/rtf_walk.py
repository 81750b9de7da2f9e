"""The state of reading one RTF file: what holds inside a group, the text gathered so far, the open table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_app.model import Block
from search_app.readers import clean_text
from search_app.readers.rtf_fonts import Font, Fonts, decoded

SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "-": "",
    "\r": "\n", "\n": "\n",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What holds inside a group and is forgotten at its end; ``aside`` gathers what is no text of the page."""

    font: Font
    skip: bool = False
    deleted: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    in_table: bool = False
    level: int | None = None
    nested: bool = False  #: the definition of a table inside a cell
    aside: tuple[str, list[str]] | None = None


_HALF = re.compile("[\ud800-\udfff]")


class Walk:
    """One walk over the tokens; mutable, made afresh for each reading."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.state = State(font=fonts.default)
        self.stack: list[State] = []
        self.asides: dict[str, list[str]] = {}
        self.unknown: list[tuple[str, str]] = []
        self.lost = 0  # characters that no code page gives
        self.width = 0  # cells that the table's definition names
        self._after: int | None = None  # pieces of text before a paragraph was begun that may lie outside of a table
        self.to_skip = 0
        self.optional = False  # \* stands before the next word
        self.fresh = False  # a group has just been opened
        self.result_dropped = False  # of the field whose instruction was read last
        self._raw = bytearray()
        self._text: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    def add(self, text: str) -> None:
        """Gather text, where it belongs."""
        self.flush()
        self._gather(text)

    def bytes(self, stored: bytes) -> None:
        """Gather bytes; some may be the stand-in for a character that was given in Unicode."""
        dropped = min(self.to_skip, len(stored))
        self.to_skip -= dropped
        self._raw += stored[dropped:]

    def flush(self) -> None:
        """Decode the bytes gathered so far: a Chinese character comes as two escapes."""
        if self._raw:
            text = decoded(bytes(self._raw), self.state.font)
            self._raw.clear()
            if "\ufffd" in text and not self.state.skip and (self.state.aside or ("",))[0] in ("", "脚注", "尾注"):
                self.lost += text.count("\ufffd")
            self._gather(text)

    def _gather(self, text: str) -> None:
        state = self.state
        if state.skip or state.deleted:
            return
        if state.hidden:
            if state.aside is None:
                self.asides.setdefault("隐藏", []).append(text)
        elif state.aside is not None:
            state.aside[1].append(text)
        else:
            self._text.append(text)

    def taken(self) -> str:
        """Return the text gathered since the last paragraph."""
        self.flush()
        text, self._text, self._after = "".join(self._text), [], None
        return whole(text)

    def end_cell(self) -> None:
        """Close a cell; one more than the table's definition names begins a row whose predecessor was not ended."""
        if self.state.aside is not None:
            self.add(" ")
            return
        if self.width and len(self._cells) >= self.width:
            self.end_row()
        self._cells.append(self.taken())

    def end_row(self) -> None:
        """Close a row."""
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def begin_paragraph(self) -> None:
        """Note that what follows is another paragraph: unless it is said to be in a table, it is no part of a cell."""
        self.flush()
        self._after = len(self._text)

    def stay_inside(self) -> None:
        """Note that the paragraph is in the table after all."""
        self._after = None

    def table(self, *, at_end: bool = False) -> Iterator[Block | None]:
        """Yield the table that ends here, with cells that were never ended; ``at_end`` of the file one may be cut."""
        self.flush()
        cut = min(self._after or 0, len(self._text)) if self._cells else 0
        if at_end and self._after is None and (self._cells or self._rows):
            cut = len(self._text)
        rest, self._text = whole("".join(self._text[:cut])), self._text[cut:]
        if rest.strip():
            self._cells.append(rest)
        self.end_row()
        rows, self._rows = self._rows, []
        if rows and max(map(len, rows)) < 2:
            yield from (clean_text.paragraph(cell) for row in rows for cell in row)
        elif rows:
            yield clean_text.table(rows)


def whole(text: str) -> str:
    """Join the halves of characters beyond the basic plane, which come as two \\u escapes."""
    if _HALF.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
