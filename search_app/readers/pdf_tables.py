"""Ruled lines and pieces of text -> tables: what stands in which cell.

Lines that meet are one grid. A piece belongs to the cell between the nearest upright line on its left and the nearest
level line above it, as far as these reach; so merged cells need no rule of their own. The surprise: a grid is not
always a table. A frame around a page, or a box for a whole report in a form, holds text that is read as such.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_app.readers.pdf_pieces import Piece
from search_app.readers.pdf_rules import Rule, Rules

_MEET = 3.0  #: points; lines so close meet
_MOST_LINES = 700  #: of one frame, beyond which they are a drawing
#: Longer text in a cell is a text of its own, with paragraphs and headings.
LONG_CELL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Ruled lines that meet: level and upright ones, and the box around them."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def has_columns(self) -> bool:
        """Tell whether upright lines part it, as they do the cells of a table."""
        return any(self.left + _MEET < rule.place < self.right - _MEET for rule in self.upright)

    def stands_beside(self, pieces: Sequence[Piece]) -> bool:
        """Tell whether it is a box with text beside it, as a notice in a page."""
        return any(
            self.top < piece.base < self.bottom and not self.left - _MEET < (piece.left + piece.right) / 2 < self.right
            for piece in pieces
        )

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece of text stands in here."""
        middle = piece.base - piece.size * 0.35
        return (
            self.left - _MEET <= (piece.left + piece.right) / 2 <= self.right + _MEET
            and self.top < middle < self.bottom
        )

    def cell(self, piece: Piece) -> tuple[float, float]:
        """Return the cell that a piece stands in, by its upper and its left edge."""
        across = min((piece.left + piece.right) / 2, piece.left + piece.size)
        down = piece.base - piece.size * 0.35
        top = max((rule.place for rule in self.level if rule.place <= down and _spans(rule, across)), default=self.top)
        return top, self._edge(across, down)

    def edges(self, top: float) -> list[float]:
        """Return the left edges of the cells below an upper edge."""
        down = top + _MEET + 1
        inner = (rule.place for rule in self.upright if _spans(rule, down) and rule.place < self.right - _MEET)
        return sorted({self.left, *(place for place in inner if place > self.left + _MEET)})

    def _edge(self, across: float, down: float) -> float:
        edges = sorted({self.left, *(rule.place for rule in self.upright if _spans(rule, down))})
        edge = edges[max(0, bisect_right(edges, across) - 1)]
        return self.left if edge < self.left + _MEET else edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one cell, in reading order."""

    left: float
    pieces: tuple[Piece, ...]


def grids_of(rules: Rules) -> Iterator[Grid]:
    """Yield the grids of a frame, boxes with a single column among them."""
    level, upright = rules.level, rules.upright
    if not level or not upright or len(level) + len(upright) > _MOST_LINES:
        return
    parent = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, across in enumerate(level):
        for other, up in enumerate(upright, start=len(level)):
            if _spans(across, up.place) and _spans(up, across.place):
                parent[root(at)] = root(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(parent)):
        groups[root(at)].append(at)
    for group in groups.values():
        rows = tuple(level[at] for at in group if at < len(level))
        columns = tuple(upright[at - len(level)] for at in group if at >= len(level))
        if len(rows) >= 2 and columns:
            yield _grid(rows, columns)


def rows_of(grid: Grid, pieces: Sequence[Piece]) -> Iterator[tuple[float, list[Cell]]]:
    """Yield the rows of a grid: the upper edge and its cells, empty ones too."""
    cells: dict[tuple[float, float], list[Piece]] = defaultdict(list)
    for piece in pieces:
        cells[grid.cell(piece)].append(piece)
    for top in sorted({key[0] for key in cells}):
        lefts = sorted({*grid.edges(top), *(key[1] for key in cells if key[0] == top)})
        yield top, [Cell(left=left, pieces=tuple(cells.get((top, left), ()))) for left in lefts]


def _grid(level: tuple[Rule, ...], upright: tuple[Rule, ...]) -> Grid:
    return Grid(
        level=level,
        upright=upright,
        left=min(*(rule.start for rule in level), *(rule.place for rule in upright)),
        right=max(*(rule.end for rule in level), *(rule.place for rule in upright)),
        top=min(*(rule.start for rule in upright), *(rule.place for rule in level)),
        bottom=max(*(rule.end for rule in upright), *(rule.place for rule in level)),
    )


def _spans(rule: Rule, place: float) -> bool:
    return rule.start - _MEET <= place <= rule.end + _MEET
