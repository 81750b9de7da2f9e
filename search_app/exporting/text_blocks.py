"""Text blocks: the lines of a passage, and the tables among them.

A reader writes a table as its rows joined by newlines, the cells by `` | ``. Two such rows or more are a table again; a
single line with a bar in it is a line.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import TypeAlias

#: What stands between two cells of a row.
CELL = " | "

Rows: TypeAlias = list[list[str]]


def split_blocks(text: str) -> Iterator[str | Rows]:
    """Yield each line that says something, and each table as its rows, all equally long."""
    lines = (item.strip() for item in text.splitlines() if item.strip())
    for looks_like_row, group in groupby(lines, key=lambda line: CELL in line):
        found = list(group)
        if looks_like_row and len(found) > 1:
            yield _padded([[cell.strip() for cell in row.split(CELL)] for row in found])
        else:
            yield from found


def _padded(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]
