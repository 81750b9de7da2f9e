"""The wall: towns × required parts of one year, or years × parts of one town, what needs a look first.

In: a register and the checks of its reports, of which some may not be made yet. Out: rows, and what they add up to. A
town that handed in nothing for the year has a row too, as long as any report of it is held. What is not checked yet is
said to be so, and counts as neither good nor bad.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TypeAlias

from search_app.model import Report
from search_app.reviewing.deadlines import Dated, InTime, judge_dates
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Apart, Register, Town, sound
from search_app.reviewing.report_check import Mark, ReportCheck

#: Gives the check of a report, None where it is not made yet.
Known: TypeAlias = Callable[[Report], ReportCheck | None]


class Standing(StrEnum):
    """How far a row goes: the report is checked, waits for its check, or is not held."""

    CHECKED = "checked"
    PENDING = "pending"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A town in a year; ``older`` are its other annual reports of that year, ``years`` those it handed in for."""

    county: str | None
    town: str
    year: int
    report: Report | None
    check: ReportCheck | None
    dates: tuple[Dated, ...]
    older: tuple[Report, ...]
    years: tuple[int, ...]

    @property
    def standing(self) -> Standing:
        """Return how far the row goes."""
        if self.report is None:
            return Standing.ABSENT
        return Standing.PENDING if self.check is None else Standing.CHECKED

    @property
    def is_late(self) -> bool:
        """Tell whether any day that is known is past its deadline."""
        return any(each.state is InTime.LATE for each in self.dates)

    def count(self, mark: Mark) -> int:
        """Return of how many parts a mark holds."""
        return 0 if self.check is None else sum(mark in part.marks for part in self.check.parts)

    def lacks(self, part: str) -> bool:
        """Tell whether a part is known to be missing."""
        return self.check is not None and any(
            each.part == part and Mark.MISSING in each.marks for each in self.check.parts
        )

    @property
    def is_clean(self) -> bool:
        """Tell whether the report is checked and nothing needs a look."""
        return self.check is not None and self.check.marks == {Mark.PRESENT} and not self.is_late


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What rows add up to; each counts reports, but ``towns`` and ``absent``, which count rows."""

    towns: int = 0
    absent: int = 0
    pending: int = 0
    complete: int = 0
    clean: int = 0
    missing: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    thin: int = 0
    from_own: int = 0
    from_others: int = 0
    late: int = 0
    undated: int = 0

    @property
    def held(self) -> int:
        """Return how many have a report."""
        return self.towns - self.absent

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            missing={part: self.missing[part] + other.missing[part] for part in PARTS},
            **{name: getattr(self, name) + getattr(other, name) for name in _COUNTS},
        )


_COUNTS = tuple(each.name for each in fields(Totals) if each.name != "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySum:
    """A county in a year."""

    county: str | None
    totals: Totals


def rows_of_county(register: Register, county: str | None, year: int, known: Known) -> tuple[Row, ...]:
    """Return the towns of a county in a year, what needs a look first."""
    towns = register.counties.get(county, {}).values()
    return tuple(sorted((_row(town, year, known) for town in towns), key=attention))


def rows_of_town(town: Town, known: Known) -> tuple[Row, ...]:
    """Return the years of a town from the newest on, with the years between that it handed in nothing for."""
    first, last = min(town.by_year), max(town.by_year)
    years = range(first, last + 1) if last - first <= _LONGEST else sorted(town.by_year)
    return tuple(_row(town, year, known) for year in reversed(years))


#: Years between a town's reports that are shown one by one; more are a mistake in a date.
_LONGEST = 30


def sum_up(rows: Iterable[Row]) -> Totals:
    """Return what rows add up to."""
    rows = tuple(rows)
    checked = [row for row in rows if row.check is not None]
    return Totals(
        towns=len(rows),
        absent=sum(row.report is None for row in rows),
        pending=sum(row.standing is Standing.PENDING for row in rows),
        complete=sum(not row.count(Mark.MISSING) for row in checked),
        clean=sum(row.is_clean for row in checked),
        missing={part: sum(row.lacks(part) for row in checked) for part in PARTS},
        thin=sum(row.count(Mark.THIN) > 0 for row in checked),
        from_own=sum(row.count(Mark.FROM_OWN) > 0 for row in checked),
        from_others=sum(row.count(Mark.FROM_OTHERS) > 0 for row in checked),
        late=sum(row.is_late for row in rows),
        undated=sum(row.report is not None and not row.dates for row in rows),
    )


def sum_up_counties(register: Register, year: int, known: Known) -> tuple[CountySum, ...]:
    """Return every county with what its towns add up to in a year, by sound."""
    return tuple(
        CountySum(county=county, totals=sum_up(_row(town, year, known) for town in towns.values()))
        for county, towns in register.counties.items()
    )


def find_apart(
    register: Register, year: int | None, counties: Iterable[str | None] | None = None, town: str | None = None
) -> tuple[Apart, ...]:
    """Return what stands apart and may belong to a year: of it, or of an unknown one. None = of all.

    What has no town may be a town's as well.
    """
    wanted = None if counties is None else set(counties)
    return tuple(
        each
        for each in register.apart
        if (year is None or each.report.year in (None, year))
        and (wanted is None or each.county in wanted)
        and (town is None or each.report.town in (None, town))
    )


def attention(row: Row) -> tuple[object, ...]:
    """Return what rows are ordered by: not held, parts missing, copied from others, from itself, thin, late, the rest.

    What is not checked yet stands before what is found good.
    """
    return (
        row.report is not None,
        -row.count(Mark.MISSING),
        -row.count(Mark.FROM_OTHERS),
        -row.count(Mark.FROM_OWN),
        -row.count(Mark.THIN),
        not row.is_late,
        row.check is not None,
        sound(row.town),
    )


def _row(town: Town, year: int, known: Known) -> Row:
    report, *older = town.by_year.get(year, (None,))
    return Row(
        county=town.county,
        town=town.name,
        year=year,
        report=report,
        check=None if report is None else known(report),
        dates=() if report is None else judge_dates(report),
        older=tuple(each for each in older if each is not None),
        years=tuple(sorted(town.by_year)),
    )
