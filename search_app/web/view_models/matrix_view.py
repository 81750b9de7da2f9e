"""The matrix view: each cell as its page shows it, with the search it leads to, its shade and its best practice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import Any

from search_app.comparing.matrix import Cell, ColumnKind, Line, Matrix, RowKind
from search_app.comparing.passages_beside import MOST
from search_app.comparing.side_by_side import name_heading
from search_app.exporting import citation
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.matrix_table import name_axis
from search_app.facets import FACETS
from search_app.model import Facet, Match, Value
from search_app.web import urls
from search_app.web.matrices import MatrixAsked
from search_app.web.view_models import compare_view
from search_app.web.view_models.export_links import Exports
from search_app.web.view_models.links import Link, passage_url

PATH, FILES = "/matrix", "/matrix/export"
#: Shades from the palest to the deepest; every cell says its number as well.
SHADES = 5
#: So many characters name a practice in a cell.
_SHORT = 12
_QUOTED = re.compile("“([^“”]{2,})”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The best practice of a cell in a few words."""

    words: str
    score: int
    url: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """One cell: its number, the search that it leads to, and its shade, 0 where there is nothing."""

    passages: int
    reports: int
    url: str
    shade: int
    best: Practice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One row; ``closer`` compares its strongest practices side by side."""

    name: str
    total: ShownCell
    cells: tuple[ShownCell, ...]
    closer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownColumn:
    """One column's head: its name and its total."""

    name: str
    total: ShownCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """How rows and columns are called, and the addresses that choose others."""

    rows: str
    across: str
    row_kinds: tuple[Link, ...]
    column_kinds: tuple[Link, ...]
    best: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMatrix:
    """A matrix as its page shows it."""

    axes: Axes
    columns: tuple[ShownColumn, ...]
    lines: tuple[ShownLine, ...]
    total: ShownCell


def show_matrix(matrix: Matrix, asked: MatrixAsked) -> ShownMatrix:
    """Return a matrix with the search that every number leads to."""
    found = matrix.results.found
    whole = Cell(passages=found.total, reports=found.reports)
    return ShownMatrix(
        axes=_axes(asked),
        columns=tuple(
            ShownColumn(
                name=FACETS[matrix.across].say(each.value),
                total=_cell(Cell(passages=each.count, reports=each.reports), 0, cell_url(asked, (), (each.value,))),
            )
            for each in matrix.columns
        ),
        lines=tuple(_line(line, matrix, asked) for line in matrix.lines),
        total=_cell(whole, 0, cell_url(asked, (), ())),
    )


def cell_url(asked: MatrixAsked, row: Sequence[Value], column: Sequence[Value]) -> str:
    """Return the search behind a number: the request narrowed to a row, a column, or both."""
    selection = asked.request.selection
    if row:
        selection = selection.with_values(Facet(asked.rows.value), row)
    if column:
        selection = selection.with_values(Facet(asked.across.value), column)
    return urls.build(replace(asked.request, selection=selection))


def matrix_url(asked: MatrixAsked, *, path: str = PATH, **extra: object) -> str:
    """Return the address of a matrix."""
    own: dict[str, Any] = {
        "rows": asked.rows.value if asked.rows is not RowKind.TOPIC else None,
        "columns": asked.across.value if asked.across is not ColumnKind.TOWN else None,
        "best": None if asked.best else "0",
        "leaf": asked.leaf if asked.leaf > 1 else None,
    }
    return urls.build(asked.request, path=path, **(own | extra))


def exports(asked: MatrixAsked) -> Exports:
    """Return the files of a matrix."""
    return Exports(
        links=tuple(Link(text=form.label, url=matrix_url(asked, path=FILES, format=form.value)) for form in FileFormat)
    )


def hidden(asked: MatrixAsked) -> list[tuple[str, str]]:
    """Return what a form of filters keeps of a matrix."""
    own = [("rows", asked.rows.value), ("columns", asked.across.value)]
    return [*own, *([] if asked.best else [("best", "0")]), *urls.to_hidden(asked.request)]


def name_practice(match: Match) -> str:
    """Return a practice in a few words: the name it gave itself, else the words of its heading, else its beginning."""
    own = next((reason for reason in match.passage.exemplary.reasons if reason.startswith("有自己的名称：")), "")
    named = _QUOTED.search(own)
    heading = name_heading(match.passage.headings[-1]) if match.passage.headings else ""
    words = named[1] if named else heading or " ".join(match.passage.text.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"


def _axes(asked: MatrixAsked) -> Axes:
    first = replace(asked, leaf=1)
    return Axes(
        rows=name_axis(Facet(asked.rows.value)),
        across=name_axis(Facet(asked.across.value)),
        row_kinds=tuple(
            Link(
                text=name_axis(Facet(kind.value)),
                url=matrix_url(replace(first, rows=kind)),
                current=kind is asked.rows,
            )
            for kind in RowKind
        ),
        column_kinds=tuple(
            Link(
                text=name_axis(Facet(kind.value)),
                url=matrix_url(replace(first, across=kind)),
                current=kind is asked.across,
            )
            for kind in ColumnKind
        ),
        best=Link(
            text="只看数字" if asked.best else "列出典型做法", url=matrix_url(replace(asked, best=not asked.best))
        ),
    )


def _line(line: Line, matrix: Matrix, asked: MatrixAsked) -> ShownLine:
    shown = tuple(
        _cell(cell, matrix.most, cell_url(asked, (line.value,), (column.value,)))
        for column, cell in zip(matrix.columns, line.cells, strict=True)
    )
    best = sorted(
        {cell.best.passage.id: cell.best for cell in line.cells if cell.best is not None}.values(),
        key=lambda each: -each.passage.exemplary.score,
    )[: MOST - 1]
    return ShownLine(
        name=FACETS[matrix.rows].say(line.value),
        total=_cell(Cell(passages=line.passages, reports=line.reports), 0, cell_url(asked, (line.value,), ())),
        cells=shown,
        closer=compare_view.address("p", [each.passage.id for each in best]) if len(best) > 1 else None,
    )


def _cell(cell: Cell, most: int, url: str) -> ShownCell:
    shade = ceil(SHADES * sqrt(cell.passages / most)) if most and cell.passages else 0
    return ShownCell(
        passages=cell.passages,
        reports=cell.reports,
        url=url,
        shade=shade,
        best=_practice(cell.best) if cell.best is not None else None,
    )


def _practice(match: Match) -> Practice:
    return Practice(
        words=name_practice(match),
        score=match.passage.exemplary.score,
        url=passage_url(match.passage),
        where=citation.where(match.report),
    )


def narrow_to_county(asked: MatrixAsked, county: Value) -> MatrixAsked:
    """Return the matrix of one county."""
    selection = asked.request.selection.with_values(Facet.COUNTY, (county,))
    return replace(asked, request=replace(asked.request, selection=selection))
