"""The list tables of a .doc -> the lists that paragraphs count in; as docx_styles does for .docx.

Layout: [MS-DOC] 2.9.131 PlfLst (lists, their levels following), 2.9.130 PlfLfo (uses of lists, with overrides).
"""

import struct
from collections.abc import Mapping

from search_app.readers.word_numbering import Level, NumberedList

#: Word's number formats by their binary code; the names are those of .docx.
_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_SUFFIXES = ("tab", "space", "nothing")


def read_lists(lists: bytes, lists_length: int, uses: bytes) -> Mapping[int, NumberedList]:
    """Return the lists by the number that paragraphs name (1 = the first use).

    ``lists`` is PlfLst with the levels that follow it, ``lists_length`` the size of the former alone.
    """
    if len(lists) < 2 or len(uses) < 4:
        return {}
    abstract: dict[int, dict[int, Level]] = {}
    at = lists_length
    for number in range(struct.unpack_from("<H", lists)[0]):
        entry = 2 + 28 * number
        identity = struct.unpack_from("<i", lists, entry)[0]
        levels = abstract.setdefault(identity, {})
        for depth in range(1 if lists[entry + 26] & 1 else 9):
            levels[depth], at = _level(lists, at)
    return _uses(uses, abstract)


def _uses(stored: bytes, abstract: Mapping[int, Mapping[int, Level]]) -> Mapping[int, NumberedList]:
    count = struct.unpack_from("<I", stored)[0]
    at = 4 + 16 * count
    found: dict[int, NumberedList] = {}
    for number in range(count):
        identity = struct.unpack_from("<i", stored, 4 + 16 * number)[0]
        levels = dict(abstract.get(identity, {}))
        overrides: dict[int, int] = {}
        if at + 4 <= len(stored):
            at += 4
        for _ in range(stored[4 + 16 * number + 12]):
            start, flags = struct.unpack_from("<iI", stored, at)
            at += 8
            depth = flags & 0xF
            if flags & 0x20:
                levels[depth], at = _level(stored, at)
                start = levels[depth].start
            if flags & 0x10:
                overrides[depth] = start
        found[number + 1] = NumberedList(abstract=str(identity), levels=levels, overrides=overrides)
    return found


def _level(stored: bytes, at: int) -> tuple[Level, int]:
    """Read one level and return it with the place behind it."""
    start, code, flags = struct.unpack_from("<iBB", stored, at)
    follow = stored[at + 15]
    characters, paragraphs, limit = stored[at + 24], stored[at + 25], stored[at + 26]
    at += 28 + characters + paragraphs
    length = struct.unpack_from("<H", stored, at)[0]
    raw = stored[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in raw)
    level = Level(
        start=start,
        format=_FORMATS.get(code, "decimal"),
        text=text,
        restart=limit if flags & 0x08 else None,
        legal=bool(flags & 0x04),
        suffix=_SUFFIXES[follow] if follow < 3 else "tab",
    )
    return level, at + 2 + 2 * length
