"""Traditional characters -> simplified forms, for matching; the length of a text stays, so offsets stay true.

The table is data/simplified.txt. Characters that simplified writing uses too (乾县, 瞭望) are left as they are.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from re import Pattern

#: Shorter texts are translated without looking first: they come before the pattern is compiled, which takes longer.
_SHORT = 64


def simplify(text: str) -> str:
    """Return the text with traditional characters in their simplified form; same length as the input."""
    return text.translate(_table()) if len(text) <= _SHORT or _pattern().search(text) else text


def simple_forms() -> dict[int, int]:
    """Return the code points of traditional characters with those of their simplified forms."""
    return dict(_table())


@cache
def _table() -> Mapping[int, int]:
    raw = files("search_app.data").joinpath("simplified.txt").read_text(encoding="utf-8")
    traditional, simple = [line for line in raw.splitlines() if not line.startswith("#")]
    return {ord(char): ord(other) for char, other in zip(traditional, simple, strict=True)}


@cache
def _pattern() -> Pattern[str]:
    """Return what finds a traditional character: most texts hold none."""
    return re.compile(f"[{re.escape(''.join(map(chr, _table())))}]")
