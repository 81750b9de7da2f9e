"""The matrix: topics (or sections) × towns, counties or years, each cell with its counts and its best practice.

In: a request, which facet makes the rows, which the columns, and which columns are wanted. Out: :class:`Matrix`. Every
number is the total of the search that it leads to. The surprise: no cell is counted by itself. One search per row has
the counts of all its cells, as the values of the columns' facet; one more, by exemplary score, has most of their best.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from search_app.engines.base import Engine
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Collapse, Facet, FacetValue, Found, Match, Report, Sort, Value
from search_app.query import MAX_SIZE, Deadline, Search
from search_app.searching.answer import search
from search_app.searching.results import Request, Results

#: So many columns stand beside each other, about the towns of a county; more are turned over.
MOST_COLUMNS = 30
#: So often the best of the cells that have none yet are looked for all at once; then one by one.
_AT_ONCE = 3


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
    lines, partial = [], results.found.partial
    for value in _row_values(results.found, asked, down):
        row = replace(asked, selection=asked.selection.with_values(down, (value,)))
        found = engine.search(row)
        counted = {each.value: each for each in found.facets[beside]}
        practices = _find_best(engine, row, beside, [each.value for each in shown]) if best and found.total else {}
        cells = tuple(_cell(counted.get(each.value), practices.get(each.value)) for each in shown)
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


def _find_best(engine: Engine, row: Search, beside: Facet, columns: Sequence[Value]) -> Mapping[Value, Match]:
    """Return the most exemplary passage of each column that has one."""
    practice = replace(row, exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.NONE, size=MAX_SIZE)
    best: dict[Value, Match] = {}
    wanted = list(columns)
    for _ in range(_AT_ONCE):
        if not wanted:
            return best
        found = engine.search(_narrowed(practice, beside, wanted))
        for match in found.matches:
            for value in _answering(match.report, beside, wanted):
                best.setdefault(value, match)
        if found.total <= len(found.matches):
            return best
        held = {each.value for each in found.facets[beside] if each.count}
        wanted = [value for value in wanted if value in held and value not in best]
    for value in wanted:
        for match in engine.search(replace(_narrowed(practice, beside, (value,)), size=1)).matches:
            best[value] = match
    return best


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
