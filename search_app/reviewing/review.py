"""A review: what is asked of a year, a county or a town -> the wall, or the counties with what they add up to.

In: an engine and what was asked; what is left open is chosen: the latest year, the only county. Out: a review, in which
reports may wait for their check where there was no time for all: whoever asks again gets further.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.errors import BadSearch, NoSuchPlace
from search_app.model import UNKNOWN
from search_app.query import Deadline
from search_app.reviewing.checked_reports import Progress, check_until, checked_reports_of
from search_app.reviewing.register import Apart, Register, Town, register_of
from search_app.reviewing.wall import (
    CountySum,
    Row,
    Totals,
    find_apart,
    rows_of_county,
    rows_of_town,
    sum_up,
    sum_up_counties,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked: None where it is left open; ``未识别`` stands for the county that is not known."""

    year: int | None = None
    county: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A wall of a county in a year, of a town over its years, or all counties in a year.

    ``county`` and ``town`` are what the rows are of, by their names; without a county ``counties`` are told instead of
    rows. ``years`` are those that can be asked for, with how many towns handed in. ``only``: no other county is held.
    """

    year: int | None
    county: str | None
    town: str | None
    only: bool
    years: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]
    totals: Totals
    counties: tuple[CountySum, ...]
    apart: tuple[Apart, ...]
    generation: str


def review(
    engine: Engine, wanted: Wanted, *, deadline: Deadline | None = None, progress: Progress | None = None
) -> Review:
    """Return what was asked for, reports checked until the deadline. Raises BadSearch, NoSuchPlace, IndexProblem."""
    generation = engine.status().current.name
    register, checks = register_of(engine), checked_reports_of(engine)
    county, town = _find_place(register, wanted)
    whole, only = county is None, len(register.counties) == 1
    places = _towns(register, county, town)
    years = _years(places)
    year = wanted.year if wanted.year is not None else next((each for each, _ in years), None)
    if town is None:
        waiting = [reports[0] for each in places if year is not None and (reports := each.by_year.get(year))]
    else:
        waiting = [reports[0] for each in places for reports in each.by_year.values()]
    check_until(engine, checks, waiting, deadline=deadline, progress=progress)
    rows: tuple[Row, ...] = ()
    if town is not None:
        rows = rows_of_town(places[0], checks.known)
    elif not whole and year is not None:
        rows = rows_of_county(register, _key(county), year, checks.known)
    counties = sum_up_counties(register, year, checks.known) if whole and year is not None else ()
    return Review(
        year=None if town is not None else year,
        county=county,
        town=town,
        only=only,
        years=years,
        rows=rows,
        totals=sum_up(rows) if not whole else _add(counties),
        counties=counties,
        apart=find_apart(register, None if town is not None else year, None if whole or only else [_key(county)], town),
        generation=generation,
    )


def _find_place(register: Register, wanted: Wanted) -> tuple[str | None, str | None]:
    """Return the names of the county and the town that are meant, None where all are."""
    county, town = wanted.county, wanted.town
    if county is not None and _key(county) not in register.counties:
        raise NoSuchPlace(f"没有收录“{county}”的年度报告")
    if town is None:
        return county if county is not None else _only(register), None
    if county is None:
        return _county_of(register, town)
    for name in (town, town.removeprefix(county)):
        if name in register.counties[_key(county)]:
            return county, name
    raise _not_entered(register, town) or NoSuchPlace(f"没有收录“{county}”“{town}”的年度报告")


def _county_of(register: Register, town: str) -> tuple[str, str]:
    """Return the one county that has a town, which may be named together with it, and the town."""
    found = [(each or UNKNOWN, town) for each in register.find_counties(town)]
    found += [
        (each, name)
        for each, towns in register.counties.items()
        if each and town.startswith(each) and (name := town.removeprefix(each)) in towns
    ]
    if not found:
        raise _not_entered(register, town) or NoSuchPlace(f"没有收录“{town}”的年度报告")
    if len(found) > 1:
        raise BadSearch(f"{'、'.join(each for each, _ in found)}都有“{town}”", hint="请一并写明县（区、市）。")
    return found[0]


def _not_entered(register: Register, town: str) -> NoSuchPlace | None:
    """Return the error for a town that has reports, but none that can be entered; None where it has none at all."""
    if not any(each.report.town and town.endswith(each.report.town) for each in register.apart):
        return None
    return NoSuchPlace(
        f"“{town}”收录了报告，但没有能列进体检的",
        hint="它没有识别出年度，或者文种不是年度报告：见“体检”页下面“没有列进表里的报告”，可以用更正文件写明。",
    )


def _only(register: Register) -> str | None:
    names = tuple(register.counties)
    return (names[0] or UNKNOWN) if len(names) == 1 else None


def _key(county: str | None) -> str | None:
    """Return the county as the register has it."""
    return None if county == UNKNOWN else county


def _towns(register: Register, county: str | None, town: str | None) -> tuple[Town, ...]:
    if county is None:
        return tuple(each for towns in register.counties.values() for each in towns.values())
    towns = register.counties[_key(county)]
    return tuple(towns.values()) if town is None else (towns[town],)


def _years(towns: Iterable[Town]) -> tuple[tuple[int, int], ...]:
    """Return the years that towns handed in for, the newest first, each with how many did."""
    counted: dict[int, int] = {}
    for town in towns:
        for year in town.by_year:
            counted[year] = counted.get(year, 0) + 1
    return tuple(sorted(counted.items(), reverse=True))


def _add(counties: Iterable[CountySum]) -> Totals:
    return sum((each.totals for each in counties), Totals())
