"""Bands of a table without lines -> its rows and cells.

The surprise: where a cell is broken into lines, nothing but distance tells its second line from the next row; and a
number set in the middle of its row's height stands between two lines of the cell beside it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from search_app.readers import clean_text
from search_app.readers.pdf_bands import Band, column_at
from search_app.readers.pdf_layout import glued
from search_app.readers.pdf_pieces import Piece

Gaps = Sequence[tuple[float, float]]


def rows_of(zone: Sequence[Band], gaps: Gaps) -> Iterator[tuple[list[Band], tuple[str, ...]]]:
    """Yield the rows of a table: their bands, and what each cell says."""
    most = [
        max((piece.right for band in zone for piece in band.pieces if column_at(piece, gaps) == at), default=0.0)
        for at in range(len(gaps) + 1)
    ]
    steps = _column_steps(zone, gaps)
    rows: list[list[Band]] = []
    for band in zone:
        if rows and _goes_on(rows[-1], band, gaps, most, steps):
            rows[-1].append(band)
        else:
            rows.append([band])
    for row in rows:
        cells: list[list[Piece]] = [[] for _ in range(len(gaps) + 1)]
        for band in row:
            for piece in band.pieces:
                cells[column_at(piece, gaps)].append(piece)
        yield row, tuple(cell_text(cell) for cell in cells)


def cell_text(pieces: Sequence[Piece]) -> str:
    """Return what a cell says, its lines put together."""
    text = ""
    for _, group in groupby(sorted(pieces, key=lambda piece: (piece.row, piece.left)), key=lambda piece: piece.row):
        text = glued(text, " ".join(piece.text for piece in group))
    return clean_text.close_up(text)


def end_of(zone: Sequence[Band], gaps: Sequence[tuple[float, float]]) -> int:
    """Return where a table ends: lines of text below it that happen to be short are no part of it."""
    end = len(zone)
    while end and len(zone[end - 1].pieces) < 2:
        end -= 1
    pitches = [later.base - band.base for band, later in pairwise(zone[:end])]
    usual = median(pitches) if pitches else 0.0
    for band, last in pairwise(zone[max(0, end - 1) :]):
        step = last.base - band.base
        if step > 1.05 * usual or (column_at(last.pieces[0], gaps) == 0 and step > 0.8 * usual):
            break
        end += 1  # a cell that goes on
    return end


def _column_steps(zone: Sequence[Band], gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Return how far each piece of a table is below the one above it in its column."""
    last: dict[int, float] = {}
    steps = []
    for band in zone:
        for piece in band.pieces:
            column = column_at(piece, gaps)
            if column in last and band.base - last[column] > 0.9 * piece.size:
                steps.append(band.base - last[column])
            last[column] = band.base
    return steps


def _goes_on(
    row: Sequence[Band], band: Band, gaps: Sequence[tuple[float, float]], most: Sequence[float], steps: Sequence[float]
) -> bool:
    """Tell whether a line of print continues cells of the row above, from how close it is and what was full there."""
    size, pitch = band.pieces[0].size, min(steps, default=0.0)
    above = {column_at(piece, gaps): piece for each in row for piece in each.pieces}
    shared = [(piece, above[column]) for piece in band.pieces if (column := column_at(piece, gaps)) in above]
    if any(piece.base - before.base > 1.15 * pitch for piece, before in shared):
        return False
    if band.base - row[-1].base < 0.95 * size:
        return True  # closer than two lines of one cell: cells of the same row, set in the middle of their height
    wrapped = any(before.right >= most[column_at(before, gaps)] - 1.3 * size for _, before in shared)
    if max(steps, default=0.0) >= 1.25 * pitch:
        return wrapped and (_is_partial([band], gaps) or _is_partial(row, gaps))
    return wrapped and 0 not in {column_at(piece, gaps) for piece in band.pieces}


def _is_partial(row: Sequence[Band], gaps: Sequence[tuple[float, float]]) -> bool:
    return len({column_at(piece, gaps) for band in row for piece in band.pieces}) <= len(gaps)
