"""Stored properties of a .doc: the pages that map file ranges to them, the modifiers they consist of, the styles.

In go parts of the streams, out come the properties of a paragraph. Layout: [MS-DOC] 2.4.6 (paragraph properties), 2.6
(modifiers), 2.9.271 (style sheet); offsets are given in bytes.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search_app.readers.limits import MAX_DEPTH

#: Property modifiers by their code, and the field of Properties that each sets.
_SWITCHES = {0x2416: "in_table", 0x2417: "row_end", 0x244C: "inner_row_end"}
_NUMBERS = {0x6649: "nesting", 0x460B: "number", 0x260A: "depth", 0x2640: "outline"}
_TABLE_DEFINITION, _TABS = (0xD608, 0xD606), 0xC615
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, None, 3)


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


class PropertyPages:
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


def read_styles(stored: bytes) -> StyleSheet:
    """Read the style sheet; only paragraph styles are kept."""
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
    # The dicts were made by read_styles a moment ago and are handed out only when complete.
    for mapping, value in (
        (sheet.properties, properties),
        (sheet.identities, identity & 0xFFF),
        (sheet.names, stored[base_size + 2 : base_size + 2 + 2 * length].decode("utf-16-le", "replace")),
        (sheet.parents, kind >> 4),
    ):
        mapping[number] = value  # type: ignore[index]
