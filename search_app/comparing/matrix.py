"""The matrix: topics (or sections) × towns, counties or years, each cell with its counts and its best practice.

In: a request, which facet makes the rows, which the columns, and which columns are wanted. Out: :class:`Matrix`. Every
number is the total of the search that it leads to. The surprise: no cell is counted by itself. One search per row has
the counts of all its cells, as the values of the columns' facet; one for all rows, by exemplary score, has the best of
most cells, and only for the others more is asked. Rows are counted without scores, which take most of a search's time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from search_app.engines.base import Engine
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Collapse, Facet, FacetValue, Found, Match, Passage, Report, Sort, Value
from search_app.query import Deadline, Not, Search
from search_app.searching.answer import search
from search_app.searching.results import Request, Results

#: So many columns stand beside each other, about the towns of a county; more are turned over.
MOST_COLUMNS = 30
#: So many exemplary passages are looked at for all rows at once, and for one row; then cells are asked one by one.
_FOR_ALL, _FOR_A_ROW = 400, 100


class RowKind(StrEnum):
    """What the rows of a matrix are."""

    TOPIC = "topic"
    SECTION = "section"


class ColumnKind(StrEnum):
    """What the columns of a matrix are."""

    TOWN = "town"
    YEAR = "year"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many passages of how many reports there are, and the most exemplary one, None where none is exemplary."""

    passages: int = 0
    reports: int = 0
    best: Match | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: the counts of all its columns, each passage once, and a cell for each column that is shown."""

    value: Value
    passages: int
    reports: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows and columns; a column is a facet's value with the counts of all its rows, each passage once.

    ``results`` counts everything and tells how the query was understood. ``held`` is how many columns there are, of
    which ``columns`` are shown. ``partial``: time was up before everything was counted.
    """

    rows: Facet
    across: Facet
    results: Results
    columns: tuple[FacetValue, ...]
    held: int
    leaf: int
    leaves: int
    lines: tuple[Line, ...]
    partial: bool

    @property
    def most(self) -> int:
        """Return the largest count of a cell."""
        return max((cell.passages for line in self.lines for cell in line.cells), default=0)


Arranging = Callable[[Sequence[FacetValue]], Sequence[FacetValue]]


def make_matrix(
    engine: Engine,
    request: Request,
    *,
    rows: RowKind,
    across: ColumnKind,
    leaf: int = 1,
    best: bool = True,
    arrange: Arranging,
    deadline: Deadline | None = None,
) -> Matrix:
    """Return the matrix of what a request finds; ``arrange`` puts columns in order, ``leaf`` counts from 1.

    A leaf after the last is the last. Raises BadSearch, NothingToSearch (signs only) and IndexProblem.
    """
    results = search(engine, replace(request, page=1, size=1, explain=False), deadline=deadline)
    asked, down, beside = replace(results.asked, page=1, size=1), Facet(rows.value), Facet(across.value)
    every = arrange(_columns(results.found, asked, beside))
    leaves = max(1, -(-len(every) // MOST_COLUMNS))
    leaf = min(leaf, leaves)
    shown = tuple(every[(leaf - 1) * MOST_COLUMNS : leaf * MOST_COLUMNS])
    practices = _find_best(engine, asked, down, beside, [each.value for each in shown]) if best else {}
    lines, partial = [], results.found.partial
    for value in _row_values(results.found, asked, down):
        found = engine.search(_narrowed(_unscored(asked), down, (value,)))
        counted = {each.value: each for each in found.facets[beside]}
        cells = tuple(_cell(counted.get(each.value), practices.get((value, each.value))) for each in shown)
        lines.append(Line(value=value, passages=found.total, reports=found.reports, cells=cells))
        partial = partial or found.partial
    return Matrix(
        rows=down,
        across=beside,
        results=results,
        columns=shown,
        held=len(every),
        leaf=leaf,
        leaves=leaves,
        lines=tuple(lines),
        partial=partial,
    )


def _cell(counted: FacetValue | None, best: Match | None) -> Cell:
    return Cell(passages=counted.count, reports=counted.reports, best=best) if counted is not None else Cell()


def _columns(found: Found, asked: Search, beside: Facet) -> list[FacetValue]:
    """Return the values that make columns: those that are ticked where any are, none that is excluded."""
    ticked = bool(asked.selection.of(beside))
    return [each for each in found.facets[beside] if not each.excluded and (each.selected if ticked else each.count)]


def _row_values(found: Found, asked: Search, down: Facet) -> list[Value]:
    """Return the values that make rows: those that are ticked, else all there are; of passages without one if held."""
    ticked, excluded = asked.selection.of(down), asked.selection.excluded(down)
    values: list[Value] = [*FACETS[down].values]
    if ticked:
        values += [value for value in ticked if value not in values]
        return [value for value in values if value in ticked and value not in excluded]
    unknown = any(each.value is None and each.count for each in found.facets[down])
    return [value for value in (*values, *((None,) if unknown else ())) if value not in excluded]


def _unscored(asked: Search) -> Search:
    """Return a search that finds the same and reckons no scores: what is excluded has none."""
    query = None if asked.query is None else Not(child=Not(child=asked.query))
    return replace(asked, query=query, sort=Sort.NEWEST, collapse=Collapse.NONE)


def _find_best(
    engine: Engine, asked: Search, down: Facet, beside: Facet, columns: Sequence[Value]
) -> Mapping[tuple[Value, Value], Match]:
    """Return the most exemplary passage of each cell that has one."""
    practice = replace(asked, exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.NONE)
    found = engine.search(replace(_narrowed(practice, beside, columns), size=_FOR_ALL))
    rows = _row_values(found, asked, down)
    best: dict[tuple[Value, Value], Match] = {}
    for match in found.matches:
        for row, column in product(_about(match.passage, down), _answering(match.report, beside, columns)):
            best.setdefault((row, column), match)
    if found.total > len(found.matches):
        held = {each.value for each in found.facets[down] if each.count}
        for row in rows:
            wanted = [column for column in columns if (row, column) not in best]
            if row in held and wanted:
                in_row = _best_of_row(engine, _narrowed(practice, down, (row,)), beside, wanted)
                best |= {(row, column): match for column, match in in_row.items()}
    return best


def _best_of_row(engine: Engine, row: Search, beside: Facet, wanted: Sequence[Value]) -> Mapping[Value, Match]:
    """Return the most exemplary passage of those columns of a row that have one."""
    found = engine.search(replace(_narrowed(row, beside, wanted), size=_FOR_A_ROW))
    best: dict[Value, Match] = {}
    for match in found.matches:
        for column in _answering(match.report, beside, wanted):
            best.setdefault(column, match)
    if found.total > len(found.matches):
        held = {each.value for each in found.facets[beside] if each.count}
        for column in (each for each in wanted if each in held and each not in best):
            # none where time is up, or a newer generation has come into use
            for match in engine.search(replace(_narrowed(row, beside, (column,)), size=1)).matches:
                best[column] = match
    return best


def _about(passage: Passage, down: Facet) -> tuple[Value, ...]:
    """Return the rows that a passage belongs to."""
    return (passage.section,) if down is Facet.SECTION else passage.topics or (None,)


def _narrowed(asked: Search, beside: Facet, values: Sequence[Value]) -> Search:
    return replace(asked, selection=asked.selection.with_values(beside, values))


def _answering(report: Report, beside: Facet, wanted: Sequence[Value]) -> list[Value]:
    """Return the columns that a report belongs to: a place is named alone, or with as much above it as tells it."""
    if beside is Facet.YEAR:
        return [report.year] if report.year in wanted else []
    name = report.town if beside is Facet.TOWN else report.county
    if name is None:
        return [None] if None in wanted else []
    above = (report.county,) if beside is Facet.TOWN else ()
    cities = ("", report.city or UNKNOWN)
    counties = ("", *(each or UNKNOWN for each in above))
    names = {f"{city}{county}{name}" for city, county in product(cities, counties)}
    return [value for value in wanted if value in names]
