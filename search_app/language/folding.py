"""Folding: one normalisation for index and query, which keeps the length of the text so that offsets stay true.

Character by character, without regard to neighbours: what is folded alone and inside a longer text must be the same,
or a quoted part of the text would not be found in it.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain


def _table() -> dict[int, int]:
    """Return code point -> code point: lower case, half width, plain characters for radicals and their like."""
    table: dict[int, int] = {}
    cased = chain(range(0x41, 0x590), range(0x10A0, 0x2190), range(0x2C00, 0x2E00), range(0xA640, 0xA800))
    full_width = chain(range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
    # PDFs write 立 as the radical ⽴ (U+2F74), which looks the same and is typed by nobody
    look_alike = chain(range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
    for code in cased:
        table[code] = _single(chr(code).lower(), code)
    for code in chain(full_width, look_alike):
        table[code] = _single(unicodedata.normalize("NFKC", chr(code)).lower(), code)
    # Halves of characters from broken files cannot be written as UTF-8: they become the replacement character.
    table |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    return {code: folded for code, folded in table.items() if code != folded}


def _single(folded: str, code: int) -> int:
    return ord(folded) if len(folded) == 1 else code


_FOLDED = _table()
#: Most texts hold nothing to fold, which is seen ten times as fast as translating them.
_FOLDS = re.compile(f"[{''.join(map(re.escape, map(chr, _FOLDED)))}]")


def fold(text: str) -> str:
    """Return the text with letters and digits in half width and lower case; same length as the input.

    Punctuation keeps its width: in quotes it is part of what was asked for.
    """
    return text.translate(_FOLDED) if _FOLDS.search(text) else text


def squeezed(text: str) -> str:
    """Return the folded text without white space."""
    return "".join(fold(text).split())


def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """Return what :func:`squeezed` does, and for each character left its offset in the input."""
    folded = fold(text)
    if len(folded.split()) == 1 and not folded[0].isspace() and not folded[-1].isspace():
        return folded, range(len(folded))  # nothing to leave out, as in most texts
    kept = [(char, offset) for offset, char in enumerate(folded) if not char.isspace()]
    return "".join(char for char, _ in kept), tuple(offset for _, offset in kept)
