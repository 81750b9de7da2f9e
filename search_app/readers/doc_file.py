"""The binary inside of a .doc (Word 97 and later): its text with the properties that matter, paragraph by paragraph.

In go the streams of the OLE container, out come characters and, for each paragraph, style, list, level, table marks.
The surprise: text lies in pieces, each in one or two bytes per character, and properties hang on file offsets, not on
characters. Layout: [MS-DOC] 2.4.1 (text), 2.4.6 (paragraph properties), 2.9 (structures); offsets are given in bytes.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search_app.readers.limits import MAX_CHARACTERS, MAX_DEPTH

_FIB_PAIRS = 0x9A  # where the table of (offset, length) pairs begins
_STYLES, _FOOTNOTE_TEXTS, _CHAR_PAGES, _PARA_PAGES, _CLX, LISTS, LIST_OVERRIDES = 1, 3, 12, 13, 33, 73, 74
_DELETED, _HIDDEN = 0x0800, 0x083C
#: Property modifiers by their code, and the field of Properties that each sets.
_SWITCHES = {0x2416: "in_table", 0x2417: "row_end", 0x244C: "inner_row_end"}
_NUMBERS = {0x6649: "nesting", 0x460B: "number", 0x260A: "depth", 0x2640: "outline"}
_TABLE_DEFINITION, _TABS = (0xD608, 0xD606), 0xC615
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, None, 3)


class Broken(Exception):
    """The structures contradict each other; the file is damaged, or older than Word 97."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a paragraph is: ``number`` is the list (0 = none, None = as the style says), ``outline`` 0..8 a heading."""

    style: int = 0
    number: int | None = None
    depth: int | None = None
    outline: int | None = None
    in_table: bool = False
    row_end: bool = False
    nesting: int = 0
    inner_row_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph: its text without the mark, the mark itself, its properties; ``gone`` = its mark was deleted."""

    text: str
    mark: str
    properties: Properties
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """Paragraph styles by number: what they add, and their Word identity (1..9 = heading 1..9)."""

    properties: Mapping[int, Properties] = field(default_factory=dict)
    identities: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)

    def chain(self, style: int) -> Iterator[int]:
        """Yield a style and those it is based on, nearest first; a circle ends, and so does a chain beyond reason."""
        seen: set[int] = set()
        while style in self.identities and style not in seen and len(seen) < MAX_DEPTH:
            seen.add(style)
            yield style
            style = self.parents.get(style, 0xFFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int  # character position
    end: int
    offset: int  # in the WordDocument stream
    width: int  # bytes per character


class WordFile:
    """One .doc, opened: ``main``, ``footnotes`` and ``boxes`` are its paragraphs, ``styles`` its style sheet.

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
        self._dropped: tuple[tuple[int, int], ...] = ()
        self._papx = _PropertyPages(word, b"")
        try:
            self._dropped = self._dropped_ranges()
            self._papx = _PropertyPages(word, self.part(_PARA_PAGES))
            self.styles = _read_styles(self.part(_STYLES))
        except (struct.error, IndexError):
            self.incomplete = True
        main, footnotes, headers, _, comments, endnotes, boxes, _ = lengths
        self.main = tuple(self._paragraphs(0, main))
        self.footnotes = tuple(self._paragraphs(main, footnotes)) if footnotes > 1 else ()
        start = main + footnotes + headers + comments + endnotes
        self.boxes = tuple(self._paragraphs(start, boxes)) if boxes > 1 else ()

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
        """Return the file ranges of text that tracked changes deleted or that is hidden."""
        pages = _PropertyPages(self._word, self.part(_CHAR_PAGES), paragraphs=False)
        return tuple(
            (start, end)
            for start, end, stored in pages.runs()
            if any(code in (_DELETED, _HIDDEN) and operand[:1] == b"\x01" for code, operand in modifiers(stored))
        )

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
                    gathered.append(char)
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


class _PropertyPages:
    """The 512-byte pages that map file ranges to stored properties, of paragraphs or of characters."""

    def __init__(self, word: bytes, index: bytes, *, paragraphs: bool = True) -> None:
        self._runs: list[tuple[int, int, bytes]] = []
        count = max(0, (len(index) - 4) // 8)
        for number in range(count):
            page = (struct.unpack_from("<I", index, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF) * 512
            self._runs += _page_runs(word[page : page + 512], 13 if paragraphs else 1)
        self._runs.sort(key=lambda run: run[0])
        self._starts = [run[0] for run in self._runs]

    def runs(self) -> Sequence[tuple[int, int, bytes]]:
        """Return all ranges with their stored properties, in file order."""
        return self._runs

    def at(self, offset: int) -> bytes:
        """Return the properties stored for a file offset; nothing where none are."""
        found = bisect_right(self._starts, offset) - 1
        return self._runs[found][2] if found >= 0 and offset < self._runs[found][1] else b""


def _page_runs(page: bytes, width: int) -> Iterator[tuple[int, int, bytes]]:
    if len(page) < 512:
        return
    count = page[511]
    if 4 * (count + 1) + width * count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = page[4 * (count + 1) + width * number] * 2
        stored = b""
        if at and width == 1:
            stored = page[at + 1 : at + 1 + page[at]]
        elif at:
            size = page[at]
            stored = page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * page[at + 1]]
        yield places[number], places[number + 1], stored


def modifiers(stored: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the property modifiers (code, operand) of a stored list; a cut-off one ends it."""
    at = 0
    while at + 2 < len(stored):
        code = struct.unpack_from("<H", stored, at)[0]
        size = _OPERAND_SIZES[code >> 13]
        at += 2
        if size is None:
            size = stored[at] + 1
            if code in _TABLE_DEFINITION and at + 2 <= len(stored):
                size = struct.unpack_from("<H", stored, at)[0] + 1
            elif code == _TABS and stored[at] == 255:
                return
        yield code, stored[at : at + size]
        at += size


def changed(base: Properties, stored: bytes, *, whole: bool = False) -> Properties:
    """Return the properties with stored modifiers applied; ``whole`` = a style number goes before them."""
    found: dict[str, int | bool] = {}
    if whole and len(stored) >= 2:
        found["style"] = struct.unpack_from("<H", stored)[0]
        stored = stored[2:]
    for code, operand in modifiers(stored):
        value = int.from_bytes(operand[:4], "little")
        if code in _SWITCHES:
            found[_SWITCHES[code]] = value == 1
        elif code in _NUMBERS:
            found[_NUMBERS[code]] = value
    # replace() cannot be typed by field here: the two tables above name fields of these very types.
    return replace(base, **found)  # type: ignore[arg-type]


def _read_styles(stored: bytes) -> StyleSheet:
    if len(stored) < 6:
        return StyleSheet()
    header, count, base_size = struct.unpack_from("<HHH", stored)
    sheet = StyleSheet(properties={}, identities={}, names={}, parents={})
    at = 2 + header
    for number in range(count):
        if at + 2 > len(stored):
            break
        size = struct.unpack_from("<H", stored, at)[0]
        _read_style(stored[at + 2 : at + 2 + size], base_size, number, sheet)
        at += 2 + size
    return sheet


def _read_style(stored: bytes, base_size: int, number: int, sheet: StyleSheet) -> None:
    """Add one paragraph style to the sheet under construction; character and table styles are passed over."""
    if len(stored) < base_size + 2 or len(stored) < 12:
        return
    identity, kind = struct.unpack_from("<HH", stored)
    if kind & 0xF != 1:
        return
    length = struct.unpack_from("<H", stored, base_size)[0]
    at = base_size + 2 + 2 * length + 2
    properties = Properties()
    if at + 2 <= len(stored):
        size = struct.unpack_from("<H", stored, at)[0]
        properties = changed(properties, stored[at + 2 : at + 2 + size], whole=True)
    # The dicts were made by _read_styles a moment ago and are handed out only when complete.
    for mapping, value in (
        (sheet.properties, properties),
        (sheet.identities, identity & 0xFFF),
        (sheet.names, stored[base_size + 2 : base_size + 2 + 2 * length].decode("utf-16-le", "replace")),
        (sheet.parents, kind >> 4),
    ):
        mapping[number] = value  # type: ignore[index]


def _units(stored: bytes) -> str:
    count = len(stored) // 2
    return "".join(map(chr, struct.unpack(f"<{count}H", stored[: count * 2])))


def _whole(text: str) -> str:
    """Join the halves of characters beyond the basic plane; a half alone becomes the replacement sign."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
