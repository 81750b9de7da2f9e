"""The figures table: every figure that the reports of a generation count, in columns, to be narrowed at once.

In: an engine. Out: a table that says of each figure which report and passage it stands in, of what, how much; the text
stays in the index until a row is shown. Made by one pass over the reports; what a report counts is kept while the
report does not change, so a new generation reads only what is new. Of a town's reports of one year the newest counts,
and other kinds of documents are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.report_state import State, state_of
from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.labelling.figures.things import Thing, thing_named, things
from search_app.model import REPORT_KIND, Figure, Passage, Report
from search_app.searching.per_generation import PerEngine, PerGeneration

#: What tells one state of a report from another.
_State = tuple[str, str, str]
#: A figure of one report: passage number, place among the passage's figures, thing, marks, value, unit, how rough.
_COLUMNS = np.dtype(
    {
        "names": ["passage", "at", "thing", "marks", "value", "unit", "rough"],
        "formats": ["<u2", "u1", "<u2", "u1", "<f8", "u1", "u1"],
    }
)
_PART, _CUMULATIVE = 1, 2
#: How exact a number claims to be, as figures have it.
_ROUGH = ("", "余", "近", "约", "以上", "超", "不足")
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What is asked for; None leaves open."""

    topic: str | None = None
    what: str | None = None
    year: int | None = None
    county: str | None = None
    town: str | None = None


class Place(NamedTuple):
    """A town of a county, as the table names it; empty where it is not known."""

    county: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure of the table, without its text: ``at`` is its place among the figures of its passage."""

    row: int
    report: Report
    passage: int
    at: int
    thing: Thing
    value: float
    unit: str
    qualifier: str
    part: bool
    cumulative: bool

    @property
    def place(self) -> Place:
        """Return whose figure it is."""
        return Place(self.report.county or "", self.report.town or "")


@dataclass(frozen=True, kw_only=True)
class FiguresTable:
    """All figures in order of thing, place, year (newest first) and passage."""

    reports: tuple[Report, ...]
    things: tuple[Thing, ...]
    columns: NDArray[np.void]
    report: NDArray[np.uint32]
    years: NDArray[np.int32] = field(repr=False)
    places: NDArray[np.uint32] = field(repr=False)
    place_names: tuple[Place, ...]

    def __len__(self) -> int:
        return len(self.columns)

    @cached_property
    def bytes(self) -> int:
        """Return how much memory the columns take."""
        return sum(each.nbytes for each in (self.columns, self.report, self.years, self.places))

    def narrow(self, wanted: Narrowing) -> Rows:
        """Return the rows that are wanted, in order."""
        kept = np.ones(len(self), dtype=np.bool_)
        if wanted.topic is not None or wanted.what is not None:
            fit = [
                at
                for at, thing in enumerate(self.things)
                if wanted.topic in (None, thing.topic) and wanted.what in (None, thing.name)
            ]
            kept &= np.isin(self.columns["thing"], fit)
        if wanted.year is not None:
            kept &= self.years == wanted.year
        if wanted.county is not None or wanted.town is not None:
            fit = [
                at
                for at, place in enumerate(self.place_names)
                if wanted.county in (None, place.county)
                and wanted.town in (None, place.town, place.county + place.town)
            ]
            kept &= np.isin(self.places, fit)
        return np.flatnonzero(kept)

    def entry(self, row: int) -> Entry:
        """Return one row."""
        column = self.columns[row]
        marks = int(column["marks"])
        value = float(column["value"])
        thing = self.things[int(column["thing"])]
        return Entry(
            row=row,
            report=self.reports[int(self.report[row])],
            passage=int(column["passage"]),
            at=int(column["at"]),
            thing=thing,
            unit=thing.units[int(column["unit"])],
            qualifier=_ROUGH[int(column["rough"])],
            value=int(value) if value.is_integer() else value,
            part=bool(marks & _PART),
            cumulative=bool(marks & _CUMULATIVE),
        )

    def entries(self, rows: Iterable[int]) -> tuple[Entry, ...]:
        """Return some rows."""
        return tuple(self.entry(int(row)) for row in rows)


def _is_wanted(place: Place, wanted: Narrowing) -> bool:
    in_county = wanted.county in (None, place.county)
    return in_county and wanted.town in (None, place.town, place.county + place.town)


#: What each report counts, by the state that it was read in.
_read: PerEngine[dict[State, NDArray[np.void]]] = PerEngine(dict)


def _gather(engine: Engine) -> FiguresTable:
    known = _read(engine)
    order = {thing.name: at for at, thing in enumerate(things())}
    reports = _counting(engine)
    read: dict[State, NDArray[np.void]] = {}
    for report in reports:
        state = state_of(engine, report)
        read[state] = known[state] if state in known else _columns_of(_passages(engine, report), order)
    known.clear()
    known.update(read)
    return _joined(reports, list(read.values()))


def _passages(engine: Engine, report: Report) -> tuple[Passage, ...]:
    try:
        return engine.report(report.id)[1]
    except NoSuchReport:  # it went with a generation that came meanwhile, for which the table is made anew
        return ()


def _counting(engine: Engine) -> tuple[Report, ...]:
    """Return the reports whose figures count, by place and from the newest year to the oldest."""
    newest = town_years_of(engine)
    kept = [
        report
        for report in engine.reports()
        if report.kind == REPORT_KIND
        and (not report.town or report.year is None or newest.of_place(report).get(report.year, report).id == report.id)
    ]
    return tuple(sorted(kept, key=lambda one: (one.county or "", one.town or "", -(one.year or 0), one.path)))


def _columns_of(passages: Sequence[Passage], order: Mapping[str, int]) -> NDArray[np.void]:
    return np.array(
        [
            (
                passage.number,
                at,
                order[figure.what],
                _PART * figure.part + _CUMULATIVE * figure.cumulative,
                figure.number,
                _unit(figure),
                _ROUGH.index(figure.qualifier),
            )
            for passage in passages
            for at, figure in enumerate(passage.figures[:256])
            if figure.what in order and passage.number < 1 << 16
        ],
        dtype=_COLUMNS,
    )


def _unit(figure: Figure) -> int:
    """Return which of its thing's units a figure is in."""
    thing = thing_named(figure.what)
    return thing.units.index(figure.unit) if thing is not None and figure.unit in thing.units else 0


def _joined(reports: tuple[Report, ...], held: Sequence[NDArray[np.void]]) -> FiguresTable:
    columns = np.concatenate([np.empty(0, dtype=_COLUMNS), *held])
    report = np.repeat(np.arange(len(reports), dtype=np.uint32), [len(each) for each in held])
    order = np.argsort(columns["thing"], kind="stable")
    columns, report = columns[order], report[order]
    names: defaultdict[Place, int] = defaultdict()
    names.default_factory = names.__len__
    place = np.array([names[Place(one.county or "", one.town or "")] for one in reports], dtype=np.uint32)
    years = np.array([one.year or 0 for one in reports], dtype=np.int32)
    return FiguresTable(
        reports=reports,
        things=things(),
        columns=columns,
        report=report,
        years=years[report],
        places=place[report],
        place_names=tuple(names),
    )


#: The figures of an engine's generation in use.
figures_table_of = PerGeneration(_gather)
