"""The binary inside of a .doc (Word 97 and later): its text with the properties that matter, paragraph by paragraph.

In go the streams of the OLE container, out come characters and, for each paragraph, style, list, level, table marks.
The surprise: text lies in pieces, each in one or two bytes per character, and properties hang on file offsets, not on
characters (``doc_properties``). Layout: [MS-DOC] 2.4.1 (text), 2.9 (structures); offsets are given in bytes.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from search_app.readers.doc_properties import Properties, PropertyPages, StyleSheet, changed, modifiers, read_styles
from search_app.readers.limits import MAX_CHARACTERS
from search_app.readers.symbol_fonts import sign

_FIB_PAIRS = 0x9A  # where the table of (offset, length) pairs begins
_STYLES, _HEADERS, _CHAR_PAGES, _PARA_PAGES, _CLX, LISTS, LIST_OVERRIDES = 1, 11, 12, 13, 33, 73, 74
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_MOST_SECTIONS = 500


class Broken(Exception):
    """The structures contradict each other; the file is damaged, or older than Word 97."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph: its text without the mark, the mark itself, its properties.

    ``gone`` = its mark was deleted; ``listed`` = it names a page, as the lines of a table of contents do.
    """

    text: str
    mark: str
    properties: Properties
    gone: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int  # character position
    end: int
    offset: int  # in the WordDocument stream
    width: int  # bytes per character


class WordFile:
    """One .doc, opened: ``main``, ``footnotes``, ``boxes`` … are its paragraphs, ``styles`` its style sheet.

    ``headers`` and ``footers`` are those of all sections, text boxes among them; ``hidden`` counts hidden characters.
    ``incomplete`` is true where the text is there but its properties (styles, tables, deletions) are not.
    """

    def __init__(self, word: bytes, table: bytes) -> None:
        self._word, self._table = word, table
        lengths = struct.unpack_from("<8i", word, 0x4C)
        if min(lengths) < 0 or sum(lengths) > MAX_CHARACTERS * 2:
            raise Broken("text lengths")
        self._pieces = self._read_pieces()
        self.styles = StyleSheet()
        self.incomplete = False
        self.hidden = 0
        self._dropped: tuple[tuple[int, int], ...] = ()
        self._symbols: dict[int, str] = {}
        self._papx = PropertyPages(word, b"")
        try:
            self._dropped = self._dropped_ranges()
            self._papx = PropertyPages(word, self.part(_PARA_PAGES))
            self.styles = read_styles(self.part(_STYLES))
        except (struct.error, IndexError):
            self.incomplete = True
        main, footnotes, headers, _, comments, endnotes, boxes, head_boxes = lengths
        starts = [0, *accumulate((main, footnotes, headers, comments, endnotes, boxes))]
        self.main = tuple(self._paragraphs(0, main))
        self.footnotes = self._story(starts[1], footnotes)
        self.comments = self._story(starts[3], comments)
        self.endnotes = self._story(starts[4], endnotes)
        self.boxes = self._story(starts[5], boxes)
        self.headers, self.footers = self._running(starts[2], headers)
        self.headers += self._story(starts[6], head_boxes)

    def _story(self, start: int, length: int) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a part of the text; one character alone is only its end mark."""
        return tuple(self._paragraphs(start, length)) if length > 1 else ()

    def _running(self, start: int, length: int) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
        """Return headers and footers: after six separators come, per section, two headers, two footers, one of each."""
        headers: list[Paragraph] = []
        footers: list[Paragraph] = []
        table = self.part(_HEADERS)[: 4 * 6 * _MOST_SECTIONS] if length > 1 else b""
        places = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        for number, (here, following) in enumerate(pairwise(places)):
            if number >= 6 and here < following <= length:
                (headers if number % 6 in (0, 1, 4) else footers).extend(
                    self._paragraphs(start + here, following - here)
                )
        return tuple(headers), tuple(footers)

    def part(self, index: int, *, beyond: int = 0) -> bytes:
        """Return one part of the table stream by its place in the directory; ``beyond`` reads on after its end."""
        start, length = struct.unpack_from("<II", self._word, _FIB_PAIRS + 8 * index)
        return self._table[start : start + length + beyond] if length else b""

    def _read_pieces(self) -> tuple[_Piece, ...]:
        clx = self.part(_CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:  # property modifiers of fast saving come first
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at + 5 > len(clx) or clx[at] != 2:
            raise Broken("piece table")
        size = struct.unpack_from("<I", clx, at + 1)[0]
        table = clx[at + 5 : at + 5 + size]
        count = (len(table) - 4) // 12
        if count < 1:
            raise Broken("no pieces")
        places = struct.unpack_from(f"<{count + 1}I", table)
        pieces = []
        for number in range(count):
            stored = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
            width = 1 if stored & 0x40000000 else 2
            offset = (stored & 0x3FFFFFFF) // (2 if width == 1 else 1)
            if places[number + 1] < places[number]:
                raise Broken("piece order")
            pieces.append(_Piece(start=places[number], end=places[number + 1], offset=offset, width=width))
        return tuple(pieces)

    def _dropped_ranges(self) -> tuple[tuple[int, int], ...]:
        """Return the file ranges of text that tracked changes deleted or that is hidden; note the symbols."""
        found: list[tuple[int, int]] = []
        for start, end, stored in PropertyPages(self._word, self.part(_CHAR_PAGES), paragraphs=False).runs():
            marks = dict(modifiers(stored))
            hidden, deleted = marks.get(_HIDDEN, b"")[:1] == b"\x01", marks.get(_DELETED, b"")[:1] == b"\x01"
            if hidden or deleted:
                found.append((start, end))
                self.hidden += (end - start) // 2 if hidden and not deleted else 0
            elif len(operand := marks.get(_SYMBOL, b"")) == 4:
                self._symbols[start] = sign(operand[2] | operand[3] << 8)
        return tuple(found)

    def _characters(self, start: int, length: int) -> Iterator[tuple[str, int]]:
        """Yield each character of a stretch with its file offset."""
        for piece in self._pieces:
            first, last = max(start, piece.start), min(start + length, piece.end)
            if first >= last:
                continue
            offset = piece.offset + (first - piece.start) * piece.width
            stored = self._word[offset : offset + (last - first) * piece.width]
            # UTF-16 is cut into units, so that offsets stay true beyond the basic plane; the halves are joined later.
            text = stored.decode("cp1252", "replace") if piece.width == 1 else _units(stored)
            yield from ((char, offset + at * piece.width) for at, char in enumerate(text))

    def _paragraphs(self, start: int, length: int) -> Iterator[Paragraph]:
        gathered: list[str] = []
        for char, offset in self._characters(start, length):
            if char not in "\r\x07\x0c":
                if not self._is_dropped(offset):
                    gathered.append(self._symbols.get(offset, char) if char == "(" else char)
                continue
            yield Paragraph(
                text=_whole("".join(gathered)),
                mark=char,
                properties=changed(Properties(), self._papx.at(offset), whole=True),
                gone=char == "\r" and self._is_dropped(offset),
            )
            gathered = []
        if gathered:
            yield Paragraph(text=_whole("".join(gathered)), mark="\r", properties=Properties())

    def _is_dropped(self, offset: int) -> bool:
        at = bisect_right(self._dropped, (offset, 1 << 40)) - 1
        return at >= 0 and self._dropped[at][0] <= offset < self._dropped[at][1]


def _units(stored: bytes) -> str:
    count = len(stored) // 2
    return "".join(map(chr, struct.unpack(f"<{count}H", stored[: count * 2])))


def _whole(text: str) -> str:
    """Join the halves of characters beyond the basic plane; a half alone becomes the replacement sign."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
