"""Characters of an OFD page with their places -> printed lines in reading order.

Characters at one height are a row, whatever order they were drawn in; wide gaps cut a row into cells. The surprise: two
columns of prose look like a table with two wide cells in each row; where such rows follow each other around one strip
of white, the left column is read before the right one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import NamedTuple

from search_app.readers import clean_text
from search_app.readers.pdf_layout import Line

#: A gap of this many ems parts cells; prose in columns is at least so wide, in so many rows.
_GAP, _PROSE, _ROWS = 1.2, 9.0, 4
_SAME_HEIGHT, _WORD_GAP = 0.35, 0.3


class Character(NamedTuple):
    """One character: where it stands on its line, how wide and large it is, the direction of its line in degrees."""

    char: str
    x: float
    y: float
    width: float
    size: float
    angle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    text: str
    left: float
    right: float
    y: float
    size: float


def lines_of(characters: Sequence[Character], page: int) -> list[list[Line]]:
    """Return the lines of a page in reading order, cut into the parts that are each one column."""
    parts: list[list[Line]] = []
    for _, turned in groupby(sorted(characters, key=lambda each: each.angle), key=lambda each: each.angle):
        rows = [[piece for piece in _pieces(row) if piece.text] for row in _rows(list(turned))]
        parts += _columns([row for row in rows if row], page)
    return [part for part in parts if part]


def _rows(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield the characters of one height after the other, from top to bottom."""
    row: list[Character] = []
    for each in sorted(characters, key=lambda each: (each.y, each.x)):
        if row and each.y - row[-1].y > min(each.size, row[-1].size) * _SAME_HEIGHT:
            yield sorted(row, key=lambda other: other.x)
            row = []
        row.append(each)
    if row:
        yield sorted(row, key=lambda other: other.x)


def _pieces(row: Sequence[Character]) -> Iterator[_Piece]:
    """Cut a row at its wide gaps; a character printed twice in one place, as for bold print, counts once."""
    size = median(each.size for each in row) or 1.0
    text, part = "", list[Character]()
    blank = False
    for each in row:
        if each.char.isspace():
            blank = True
            continue
        if part and _is_double(part[-1], each):
            continue
        gap = each.x - part[-1].x - part[-1].width if part else 0.0
        if gap > size * _GAP:
            yield _piece(text, part, size)
            text, part = "", []
        elif part and (blank or gap > size * _WORD_GAP) and (part[-1].char.isascii() or each.char.isascii()):
            text += " "
        text += each.char
        part.append(each)
        blank = False
    if part:
        yield _piece(text, part, size)


def _piece(text: str, part: Sequence[Character], size: float) -> _Piece:
    return _Piece(
        text=clean_text.close_up(clean_text.visible(text)).strip(),
        left=part[0].x,
        right=part[-1].x + part[-1].width,
        y=median(each.y for each in part),
        size=size,
    )


def _is_double(before: Character, each: Character) -> bool:
    return before.char == each.char and abs(each.x - before.x) < each.size * 0.2


def _columns(rows: Sequence[Sequence[_Piece]], page: int) -> list[list[Line]]:
    gutter = _gutter(rows)
    if gutter is None:
        return [[_line(row, page) for row in rows]]
    parts: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):
            parts += [left, right]
            left, right = [], []
            whole.append(_line(row, page))
            continue
        parts.append(whole)
        whole = []
        for side, is_left in ((left, True), (right, False)):
            if pieces := [piece for piece in row if (piece.right <= gutter) == is_left]:
                side.append(_line(pieces, page))
    return [*parts, left, right, whole]


def _gutter(rows: Sequence[Sequence[_Piece]]) -> float | None:
    """Return where the strip of white between two columns of prose is, None where there is none."""
    gaps = [
        (row[0].right, row[1].left)
        for row in rows
        if len(row) == 2 and min(piece.right - piece.left for piece in row) > row[0].size * _PROSE
    ]
    if len(gaps) < _ROWS:
        return None
    start, end = median(gap[0] for gap in gaps), median(gap[1] for gap in gaps)
    inside = [gap for gap in gaps if gap[0] <= end and gap[1] >= start]
    start, end = max(gap[0] for gap in inside), min(gap[1] for gap in inside)
    return (start + end) / 2 if start < end and len(inside) >= _ROWS else None


def _line(row: Sequence[_Piece], page: int) -> Line:
    return Line(
        text=" ".join(piece.text for piece in row),
        page=page,
        left=row[0].left,
        right=row[-1].right,
        y=median(piece.y for piece in row),
        size=median(piece.size for piece in row),
        cells=tuple(piece.text for piece in row),
    )
