"""Pieces of text on a frame -> lines in reading order: columns one after the other, tables row by row.

Columns of text and the columns of a table look alike: strips of white from top to bottom. Told apart by how full they
are: lines of text fill their column, entries of a table do not. The surprise: nothing here looks at the order of
drawing, which says as little of the order of reading as the order in a drawer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from search_app.readers import clean_text, pdf_cells, pdf_tables
from search_app.readers.pdf_bands import Band, are_close, are_text, band_of, beside_text, columns_of, zone_of
from search_app.readers.pdf_cells import cell_text, end_of
from search_app.readers.pdf_directions import Frame
from search_app.readers.pdf_layout import BOX, Line
from search_app.readers.pdf_lines import rows_of
from search_app.readers.pdf_pieces import Cuts, Piece, narrow_gutters, pieces_of
from search_app.readers.pdf_rules import Rules

_TRIES = 8  #: from so many bands on, one after the other, a strip of white is looked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where lines belong: their page, and the column of the document that they are set in."""

    page: int
    column: tuple[int, ...]
    scale: float  #: from the height of the frame to that of the page
    boxes: tuple[pdf_tables.Grid, ...] = ()  #: boxes that make the lines beside them shorter

    def column_of(self, band: Band) -> tuple[int, ...]:
        """Return the column that a line is set in: beside a box it is one of its own."""
        beside = next((at for at, box in enumerate(self.boxes) if box.top < band.base < box.bottom), None)
        return self.column if beside is None else (*self.column, _number(self.page, self.boxes[beside].top))


def lines_of(frame: Frame, rules: Rules, page: int, height: float) -> list[Line]:
    """Return the lines of a frame in reading order; ``height`` is what heights on this page are counted in."""
    rows = rows_of(frame.glyphs)
    grids = sorted(pdf_tables.grids_of(rules), key=lambda grid: (grid.right - grid.left) * (grid.bottom - grid.top))
    ruled = tuple((rule.place, rule.start, rule.end) for rule in rules.upright)
    pieces = pieces_of(rows, Cuts(ruled=ruled, white=tuple(narrow_gutters(rows))))
    place = _Place(page=page, column=(round(frame.width / 9), round(frame.height / 9)), scale=height / frame.height)
    grids = [grid for grid in grids if grid.has_columns or grid.stands_beside(pieces)]
    place = replace(place, boxes=tuple(grid for grid in grids if not grid.has_columns))
    free: list[Piece] = []
    within: dict[int, list[Piece]] = {}
    for piece in pieces:
        home = next((at for at, grid in enumerate(grids) if grid.holds(piece)), None)
        (free if home is None else within.setdefault(home, [])).append(piece)
    bands = [band_of(tuple(group)) for _, group in groupby(free, key=lambda piece: piece.row)]
    for at, held in within.items():
        bands += _ruled(grids[at], held, place) if grids[at].has_columns else _boxed(grids[at], held, place)
    return list(_ordered(sorted(bands, key=lambda band: band.base), place))


def _ruled(grid: pdf_tables.Grid, pieces: Sequence[Piece], place: _Place) -> Iterator[Band]:
    """Yield a ruled table, cut where a cell holds a text of its own."""
    lines: list[Line] = []
    number, start = _number(place.page, grid.top), grid.top
    for top, cells in pdf_tables.rows_of(grid, pieces):
        texts = [cell_text(cell.pieces) for cell in cells]
        whole = [cell for cell, text in zip(cells, texts, strict=True) if len(text) > pdf_tables.LONG_CELL]
        texts = ["" if cell in whole else text for cell, text in zip(cells, texts, strict=True)]
        first = next(piece for cell in cells for piece in cell.pieces)
        if any(texts):
            row = Line(
                text=" ".join(filter(None, texts)), page=place.page, left=grid.left, right=grid.right,
                y=max(top, grid.top) * place.scale + first.size, size=first.size, cells=tuple(texts), table=number,
                column=place.column,
            )  # fmt: skip
            start = start if lines else max(top, grid.top)
            lines.append(row)
        for cell in whole:
            if lines:
                yield _table(lines, grid, start)
                lines, number = [], number + 1
            for _, group in groupby(cell.pieces, key=lambda piece: piece.row):
                yield band_of(tuple(group))
    if lines:
        yield _table(lines, grid, start)


def _table(lines: Sequence[Line], grid: pdf_tables.Grid, start: float) -> Band:
    return Band(table=tuple(lines), left=grid.left, right=grid.right, base=start)


def _boxed(grid: pdf_tables.Grid, pieces: Sequence[Piece], place: _Place) -> Iterator[Band]:
    """Yield the text of a box with text beside it: read as one, before what stands beside it."""
    inside = _Place(page=place.page, column=(BOX, _number(place.page, grid.top)), scale=place.scale)
    bands = [band_of(tuple(group)) for _, group in groupby(pieces, key=lambda piece: piece.row)]
    lines = tuple(_ordered(bands, inside))
    yield Band(table=lines, left=grid.left, right=grid.right, base=grid.top)


def _ordered(bands: Sequence[Band], place: _Place) -> Iterator[Line]:
    """Yield lines in reading order."""
    at, tried, end = 0, 0, 0
    while at < len(bands):
        columns: list[list[Band]] = []
        tried = tried + 1 if at < end else 0
        if tried < _TRIES:  # what is no text from its first bands on may be from the next
            end, gaps = zone_of(bands, at)
            columns = columns_of(bands[at:end], gaps)
            if not are_text(columns):
                columns = beside_text(bands[at:end], gaps)
        if columns:
            for column in columns:
                yield from _ordered(column, _within(place, column))
            at = end
            continue
        if len(bands[at].pieces) > 1 or are_close(bands, at + 1):
            below, gaps = zone_of(bands, at, apart=True)
            below = at + end_of(bands[at:below], gaps)
            if sum(len(band.pieces) > 1 for band in bands[at:below]) > 1 or (gaps and below - at > 2):
                yield from _unruled(bands[at:below], gaps, place)
                at = below
                continue
        yield from _lines(bands[at : at + 1], place)
        at += 1


def _within(place: _Place, bands: Sequence[Band]) -> _Place:
    left, right = min(band.left for band in bands), max(band.right for band in bands)
    return replace(place, column=(*place.column, round(left / 9), round(right / 9)))


def _unruled(zone: Sequence[Band], gaps: pdf_cells.Gaps, place: _Place) -> Iterator[Line]:
    """Yield the rows of a table without lines."""
    number = _number(place.page, zone[0].base)
    for row, texts in pdf_cells.rows_of(zone, gaps):
        yield Line(
            text=" ".join(filter(None, texts)), page=place.page, left=min(band.left for band in row),
            right=max(band.right for band in row), y=row[0].base * place.scale, size=row[0].pieces[0].size,
            cells=texts, table=number, column=place.column,
        )  # fmt: skip


def _lines(bands: Sequence[Band], place: _Place) -> Iterator[Line]:
    """Yield bands as lines of text, and tables as they are."""
    for band in bands:
        if band.table:
            yield from band.table
            continue
        text = " ".join(piece.text for piece in band.pieces)
        yield Line(
            text=text, page=place.page, left=band.left, right=band.right, y=band.base * place.scale,
            size=max(piece.size for piece in band.pieces), column=place.column_of(band),
            cells=tuple(clean_text.close_up(piece.text) for piece in band.pieces),
        )  # fmt: skip


def _number(page: int, top: float) -> int:
    """Return a number that no other table of the document has."""
    return page * 1_000_000 + round(max(0.0, top) * 100) + 1
