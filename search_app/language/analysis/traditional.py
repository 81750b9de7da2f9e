"""Traditional characters -> simplified forms, for matching; the length of a text stays, so offsets stay true.

The table is data/simplified.txt. Characters that simplified writing uses too (乾县, 瞭望) are left as they are.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from re import Pattern


def simplify(text: str) -> str:
    """Return the text with traditional characters in their simplified form; same length as the input."""
    table, pattern = _table()
    return text.translate(table) if pattern.search(text) else text


def simple_forms() -> dict[int, int]:
    """Return the code points of traditional characters with those of their simplified forms."""
    return dict(_table()[0])


@cache
def _table() -> tuple[Mapping[int, int], Pattern[str]]:
    raw = files("search_app.data").joinpath("simplified.txt").read_text(encoding="utf-8")
    traditional, simple = [line for line in raw.splitlines() if not line.startswith("#")]
    table = {ord(char): ord(other) for char, other in zip(traditional, simple, strict=True)}
    return table, re.compile(f"[{re.escape(traditional)}]")
