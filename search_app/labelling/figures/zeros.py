"""Zeros: clauses that say that there was none of a thing (全年无行政复议案件), which is 0 only where nothing limits it.

The surprise: such a clause has no digits; the figure stands where the clause does, from the word of saying no on.
"""

import re
from collections.abc import Iterator
from functools import cache
from re import Pattern

from search_app.labelling.figures.things import zeros
from search_app.model import Figure

_BEFORE = re.compile(
    r"(?:^|(?<=[，。；,;\n]))(?:20\d\d年度?|全年|今年(?:以来)?|本年度?|年内|[我全]?[镇乡]|[本全]?街道|镇政府|乡政府|共|均)*$"
)
_STOPS = "，。；,;\n"


def find_zeros(text: str) -> Iterator[Figure]:
    """Yield the figures 0 of a text."""
    for found in _said().finditer(text):
        start, end = found.span()
        before = _BEFORE.search(text, 0, start)
        if before and text[end : end + 1] in ("", *_STOPS):
            for thing in zeros()[found.group()]:
                yield Figure(
                    what=thing.name,
                    number=0,
                    unit=thing.units[0],
                    start=start,
                    end=end,
                    clause_start=before.start(),
                    clause_end=end,
                )


@cache
def _said() -> Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(zeros(), key=lambda clause: (-len(clause), clause)))))
