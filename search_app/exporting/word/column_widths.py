"""Column widths: how the width of a page is shared among the columns of a table, by how much they hold.

In: rows of cells. Out: a width for each column. A number needs a finger's width, a sentence half a page; where all were
as wide, a table of findings would be three times as long. The surprise: beyond a few letters a column grows by the root
of what it holds, since a cell that is twice as full may be twice as high as well.
"""

from collections.abc import Sequence

#: Twentieths of a point: a Han character of a table's cell, and what is left free beside it.
_LETTER, _BESIDE = 190, 230
#: So many characters stand on one line in the narrowest column.
_FEWEST = 4
#: Of a longer cell no more counts.
_MOST = 200


def share_width(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the widths of all columns; together they are as wide as the page."""
    longest = [min(max(map(len, cells)), _MOST) for cells in zip(*rows, strict=True)]
    least = [min(each, _FEWEST) * _LETTER + _BESIDE for each in longest]
    wants = [max(0, each - _FEWEST) ** 0.5 for each in longest]
    spare = width - sum(least)
    if spare <= 0:
        return [width // len(longest)] * len(longest)
    if not any(wants):
        wants = [1.0] * len(longest)
    return [held + int(spare * want / sum(wants)) for held, want in zip(least, wants, strict=True)]
