"""Pieces of text -> bands, and the strips of white that part them into columns.

A band is what stands on one line. The surprise: a strip of white has no width of its own worth trusting; what counts is
that nothing crosses it for several bands, however their heights differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from search_app.readers.pdf_layout import Line
from search_app.readers.pdf_pieces import Piece

_GUTTER = 0.75  #: ems of white between two columns, at least
_NARROW = 7.0  #: ems; a column of text is at least as wide
_FULL = 0.72  #: of its column's width, a line of text is at least as long


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Pieces that stand on one line, or a table that is ready."""

    pieces: tuple[Piece, ...] = ()
    table: tuple[Line, ...] = ()
    left: float
    right: float
    base: float


def band_of(pieces: tuple[Piece, ...]) -> Band:
    """Return the band of pieces that stand on one line."""
    base = pieces[0].base
    right = max(piece.right for piece in pieces)
    return Band(pieces=pieces, left=pieces[0].left, right=right, base=base)


def zone_of(bands: Sequence[Band], start: int, *, apart: bool = False) -> tuple[int, list[tuple[float, float]]]:
    """Return how far strips of white go on downwards from a band, and the strips.

    With ``apart``, only as far as all pieces that stand on one line stay apart, as the cells of a table do.
    """
    covered = _merged([], bands[start])
    gaps = _gaps(covered, bands[start])
    between = _between(bands[start])
    end = start + 1
    while end < len(bands) and not (apart and (bands[end].table or bands[start].table)):
        if _is_off(bands[end - 1], bands[end]) or (not apart and _is_far(bands[max(start, end - 12) : end + 1])):
            break
        wider = _merged(covered, bands[end])
        left = _gaps(wider, bands[end])
        between += _between(bands[end])
        if are_close(bands, end):
            between += _beside(bands[end - 1], bands[end])
        if bands[end].table and len(left) < len(gaps):
            break  # a table across columns ends them
        if not left or (apart and not all(any(a <= gap[0] and gap[1] <= b for gap in left) for a, b in between)):
            break
        covered, gaps = wider, left
        end += 1
    return end, gaps


def are_close(bands: Sequence[Band], at: int) -> bool:
    """Tell whether a band is closer to the one above than two lines are: they stand beside each other."""
    if not 0 < at < len(bands) or not bands[at].pieces or not bands[at - 1].pieces:
        return False
    return bands[at].base - bands[at - 1].base < 0.9 * min(bands[at].pieces[0].size, bands[at - 1].pieces[0].size)


def _beside(above: Band, below: Band) -> list[tuple[float, float]]:
    """Return the white between the pieces of two bands that stand beside each other."""
    pieces = sorted((*above.pieces, *below.pieces), key=lambda piece: piece.left)
    return [(one.edge - 0.01, other.left + 0.01) for one, other in pairwise(pieces) if one.edge < other.left]


def _is_off(above: Band, below: Band) -> bool:
    """Tell whether there is so much white between two bands that they belong to nothing in common."""
    sizes = [piece.size for piece in (*above.pieces, *below.pieces)]
    return bool(above.pieces) and below.base - above.base > 6 * max(sizes)


def _is_far(bands: Sequence[Band]) -> bool:
    """Tell whether the last of some bands is set off from those before: what follows is another block."""
    steps = [step for at in range(1, len(bands)) if (step := _step(bands, at)) is not None]
    size = bands[0].pieces[0].size if bands[0].pieces else 12.0
    if bands[-2].table:
        return False
    last = _step(bands, len(bands) - 1) or bands[-1].base - bands[-2].base
    if len(steps) < 3:
        return last > 3 * size
    return last > 1.7 * max(median(steps[:-1]), 0.8 * size)


def _step(bands: Sequence[Band], at: int) -> float | None:
    """Return how far a band is below the one above it in the same column, None where that is not near."""
    for above in reversed(bands[max(0, at - 4) : at]):
        if above.table:
            return None
        if any(one.left < other.right and other.left < one.right for one in above.pieces for other in bands[at].pieces):
            return bands[at].base - above.base
    return None


def _between(band: Band) -> list[tuple[float, float]]:
    """Return the white between the pieces of a band."""
    return [(piece.edge - 0.01, later.left + 0.01) for piece, later in pairwise(band.pieces)]


def _merged(covered: Sequence[tuple[float, float]], band: Band) -> list[tuple[float, float]]:
    parts = [(piece.left, piece.edge) for piece in band.pieces] or [(band.left, band.right)]
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*covered, *parts]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _gaps(covered: Sequence[tuple[float, float]], band: Band) -> list[tuple[float, float]]:
    size = band.pieces[0].size if band.pieces else 12.0
    return [
        (before[1], after[0]) for before, after in pairwise(covered) if after[0] - before[1] >= _GUTTER * min(size, 18)
    ]


def columns_of(bands: Sequence[Band], gaps: Sequence[tuple[float, float]]) -> list[list[Band]]:
    """Return the bands of each column."""
    columns: list[list[Band]] = [[] for _ in range(len(gaps) + 1)]
    for band in bands:
        if band.table:
            columns[sum(band.left >= gap[1] - 0.01 for gap in gaps)].append(band)
        for column, group in groupby(band.pieces, key=lambda piece: column_at(piece, gaps)):
            columns[column].append(band_of(tuple(group)))
    return columns


def column_at(piece: Piece, gaps: Sequence[tuple[float, float]]) -> int:
    """Return which column a piece stands in."""
    return sum(piece.left >= gap[1] - 0.01 for gap in gaps)


def are_text(columns: Sequence[Sequence[Band]]) -> bool:
    """Tell columns of running text from those of a table: wide, several lines each, and most of them full."""
    return len(columns) > 1 and all(_is_text(column) for column in columns)


def _is_text(column: Sequence[Band], *, share: float = 0.55, narrow: float = _NARROW) -> bool:
    if len(column) < 3:
        return False
    left, right = min(band.left for band in column), max(band.right for band in column)
    sizes = [piece.size for band in column for piece in band.pieces]
    if len(sizes) < 3:
        return False
    size = median(sizes)
    full = sum(band.right - band.left >= _FULL * (right - left) for band in column)
    return right - left >= narrow * size and full >= share * len(column)


def beside_text(bands: Sequence[Band], gaps: Sequence[tuple[float, float]]) -> list[list[Band]]:
    """Return what stands on either side of a strip of white if one side is running text and the other as long.

    So a table in one of two columns is found; the text beside the short entries of a table's first column is not taken
    for a column.
    """
    for gap in gaps:
        sides = columns_of(bands, [gap])
        counts = [len(side) for side in sides]
        if min(counts) < 5 or min(counts) < 0.55 * max(counts):
            continue
        wide = [max(band.right for band in side) - min(band.left for band in side) for side in sides]
        if max(wide) < 1.6 * min(wide) and any(_is_text(side, share=0.6, narrow=9.5) for side in sides):
            return sides
    return []
