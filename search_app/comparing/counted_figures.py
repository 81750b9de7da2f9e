"""Counted figures: what the reports count, for one question: all things, or one thing town by town and year by year.

In: an engine and a narrowing. Out: how many figures, towns and years each thing has, and the figures themselves, with
the clause that each stands in, read only for those that are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search_app.comparing.figure_levels import Levels, find_levels
from search_app.comparing.figures_table import Entry, FiguresTable, Narrowing, Rows, figures_table_of
from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.labelling.figures.things import Thing
from search_app.model import Figure, Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingCount:
    """One thing, how many figures there are of it, of how many towns, in which years (oldest first)."""

    thing: Thing
    figures: int
    towns: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure with the passage that it stands in."""

    entry: Entry
    passage: Passage
    figure: Figure

    @property
    def clause(self) -> str:
        """Return the clause, as the passage has it."""
        return self.passage.text[self.figure.clause_start : self.figure.clause_end].strip()


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is counted where it was asked for."""

    wanted: Narrowing
    table: FiguresTable
    rows: Rows
    things: tuple[ThingCount, ...]
    generation: str

    def entries(self) -> tuple[Entry, ...]:
        """Return all figures that were asked for."""
        return self.table.entries(self.rows.tolist())


def find_figures(engine: Engine, wanted: Narrowing) -> Figures:
    """Return what the reports count, narrowed. Raises IndexProblem."""
    table = figures_table_of(engine)
    rows = table.narrow(wanted)
    return Figures(
        wanted=wanted,
        table=table,
        rows=rows,
        things=count_things(table, rows),
        generation=engine.status().current.name,
    )


def find_all_levels(found: Figures, what: str) -> Levels:
    """Return the levels of one thing in all towns and years: where one stands is told by all, not by what is shown."""
    return find_levels(found.table, found.table.narrow(Narrowing(what=what)))


def count_things(table: FiguresTable, rows: Rows) -> tuple[ThingCount, ...]:
    """Return how much there is of each thing that some rows count, in the order of the table of things."""
    found: list[ThingCount] = []
    kinds = table.columns["thing"][rows]
    edges = np.flatnonzero(np.diff(kinds)) + 1
    for part in np.split(rows, edges) if len(rows) else ():
        years = np.unique(table.years[part])
        places = np.unique(table.places[part]).tolist()
        found.append(
            ThingCount(
                thing=table.things[int(table.columns["thing"][part[0]])],
                figures=len(part),
                towns=sum(bool(table.place_names[place].town) for place in places),
                years=tuple(int(year) for year in years if year),
            )
        )
    return tuple(found)


def tell(engine: Engine, entries: Sequence[Entry]) -> tuple[Told, ...]:
    """Return figures with their passages. Raises IndexProblem."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.report.id, set()).add(entry.passage)
    held: dict[str, dict[int, Passage]] = {}  # without what nobody asked for: a file may tell of all reports
    told: list[Told] = []
    for entry in entries:
        if entry.report.id not in held:
            numbers = wanted[entry.report.id]
            held[entry.report.id] = {one.number: one for one in _read(engine, entry.report) if one.number in numbers}
        passage = held[entry.report.id].get(entry.passage)
        if passage is not None and entry.at < len(passage.figures):
            figure = passage.figures[entry.at]
            if figure.what == entry.thing.name:  # else the report has changed since the table was made
                told.append(Told(entry=entry, passage=passage, figure=figure))
    return tuple(told)


def _read(engine: Engine, report: Report) -> tuple[Passage, ...]:
    try:
        return engine.report(report.id)[1]
    except NoSuchReport:  # it went with a generation that came meanwhile
        return ()
