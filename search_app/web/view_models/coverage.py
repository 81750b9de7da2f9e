"""Coverage: which towns × years are held, so that "nobody wrote that" is told from "we do not have it", as a heat map.

In: the reports, and how many passages a town has in a year. Out: :class:`Coverage`: of few towns a row per town, its
cells shaded by their passages; of many a row per county, its cells shaded by the share of its towns that are held.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search_app.comparing.town_year_passages import select_town_year
from search_app.model import Report
from search_app.searching import Request
from search_app.web import urls
from search_app.web.view_models.charts.steps import Step, legend, step_of

#: Towns on one page of the matrix; beyond that it is shown county by county.
MOST_TOWNS = 200
#: Asked with a county, a town and a year, each of which may be unknown: how many passages are held.
Counter = Callable[[str | None, str | None, int | None], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One town and year: the reports held, usually one, how many passages they have, and the search for these."""

    reports: tuple[Report, ...]
    passages: int = 0
    search: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One town, with a cell for each year of the matrix."""

    town: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One county and year: how many of its towns are held, and in how many reports."""

    towns: int
    reports: int
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """One county with its towns; ``rows`` is empty where only the ``sums`` of its years are shown."""

    name: str
    reports: int
    towns: int
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The whole matrix; a year of ``None`` collects reports whose year is not known.

    ``steps`` say how many passages each shade of the towns' cells stands for.
    """

    years: tuple[int | None, ...]
    counties: tuple[County, ...]
    towns: int
    reports: int
    steps: tuple[Step, ...] = ()

    @property
    def shown(self) -> bool:
        """Tell whether towns are shown one by one."""
        return any(county.rows for county in self.counties)


def coverage(reports: Iterable[Report], *, count: Counter, county: str | None = None) -> Coverage:
    """Return the matrix of what is held; of all counties, or in detail of one where there are too many towns."""
    held = tuple(reports)
    years = _years(held)
    by_county: dict[str | None, dict[str | None, list[Report]]] = {}
    for report in held:
        by_county.setdefault(report.county, {}).setdefault(report.town, []).append(report)
    every = sum(map(len, by_county.values()))
    chosen = {
        name: towns
        for name, towns in sorted(by_county.items(), key=lambda each: _say(each[0], "县未识别"))
        if county is None or _say(name, "县未识别") == county
    }
    told = [name for name in chosen if every <= MOST_TOWNS or county is not None]
    passages = {
        (name, town, year): count(name, town, year)
        for name in told
        for town, of_town in chosen[name].items()
        for year in {report.year for report in of_town}
    }
    most = max(passages.values(), default=0)
    return Coverage(
        years=years,
        counties=tuple(
            County(
                name=_say(name, "县未识别"),
                reports=sum(map(len, towns.values())),
                towns=len(towns),
                rows=_rows(name, towns, years, passages, most) if name in told else (),
                sums=tuple(_sum(towns, year) for year in years),
            )
            for name, towns in chosen.items()
        ),
        towns=every,
        reports=len(held),
        steps=legend(most),
    )


def latest(reports: Iterable[Report], *, most: int) -> tuple[Report, ...]:
    """Return the newest reports: by reporting year, then by date of signature."""
    ordered = sorted(reports, key=lambda item: (item.year or 0, str(item.issued or ""), item.path), reverse=True)
    return tuple(ordered[:most])


def _say(name: str | None, unknown: str) -> str:
    return unknown if name is None else name


def _years(reports: tuple[Report, ...]) -> tuple[int | None, ...]:
    known = {report.year for report in reports if report.year is not None}
    # Years between are kept: an empty column shows what nobody handed in. A typo in one year must not make a hundred.
    filled = range(min(known), max(known) + 1) if known and max(known) - min(known) <= 20 else sorted(known)
    return (*filled, *((None,) if any(report.year is None for report in reports) else ()))


def _rows(
    county: str | None,
    towns: dict[str | None, list[Report]],
    years: tuple[int | None, ...],
    passages: dict[tuple[str | None, str | None, int | None], int],
    most: int,
) -> tuple[Row, ...]:
    def cell(town: str | None, year: int | None) -> Cell:
        found = tuple(report for report in towns[town] if report.year == year)
        if not found:
            return Cell(reports=())
        number = passages[county, town, year]
        search = urls.build(Request(selection=select_town_year(county, town, year)))
        return Cell(reports=found, passages=number, search=search, step=step_of(number, most))

    return tuple(
        Row(town=_say(town, "乡镇未识别"), cells=tuple(cell(town, year) for year in years))
        for town in sorted(towns, key=lambda name: _say(name, "乡镇未识别"))
    )


def _sum(towns: dict[str | None, list[Report]], year: int | None) -> Sum:
    held = [[report for report in reports if report.year == year] for reports in towns.values()]
    number = sum(map(bool, held))
    return Sum(towns=number, reports=sum(map(len, held)), step=step_of(number, len(towns)))
