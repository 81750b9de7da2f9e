"""Coverage: which towns × years are held, so that "nobody wrote that" is told from "we do not have it"."""

from collections.abc import Iterable
from dataclasses import dataclass

from search_app.model import Report

#: Towns on one page of the matrix; beyond that it is shown county by county.
MOST_TOWNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One town: for each year of the matrix the reports held, usually one."""

    town: str
    cells: tuple[tuple[Report, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """One county with its towns; ``rows`` is empty where only the sum is shown."""

    name: str
    reports: int
    towns: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The whole matrix; a year of ``None`` collects reports whose year is not known."""

    years: tuple[int | None, ...]
    counties: tuple[County, ...]
    towns: int
    reports: int

    @property
    def shown(self) -> bool:
        """Tell whether towns are shown one by one."""
        return any(county.rows for county in self.counties)


def coverage(reports: Iterable[Report], *, county: str | None = None) -> Coverage:
    """Return the matrix of what is held; of all counties, or in detail of one where there are too many towns."""
    held = tuple(reports)
    years = _years(held)
    by_county: dict[str, dict[str, list[Report]]] = {}
    for report in held:
        towns = by_county.setdefault(report.county or "县未识别", {})
        towns.setdefault(report.town or "乡镇未识别", []).append(report)
    every = sum(map(len, by_county.values()))
    return Coverage(
        years=years,
        counties=tuple(
            County(
                name=name,
                reports=sum(map(len, towns.values())),
                towns=len(towns),
                rows=_rows(towns, years) if every <= MOST_TOWNS or name == county else (),
            )
            for name, towns in sorted(by_county.items())
            if county is None or name == county
        ),
        towns=every,
        reports=len(held),
    )


def latest(reports: Iterable[Report], *, most: int) -> tuple[Report, ...]:
    """Return the newest reports: by reporting year, then by date of signature."""
    ordered = sorted(reports, key=lambda item: (item.year or 0, str(item.issued or ""), item.path), reverse=True)
    return tuple(ordered[:most])


def _years(reports: tuple[Report, ...]) -> tuple[int | None, ...]:
    known = {report.year for report in reports if report.year is not None}
    # Years between are kept: an empty column shows what nobody handed in. A typo in one year must not make a hundred.
    filled = range(min(known), max(known) + 1) if known and max(known) - min(known) <= 20 else sorted(known)
    return (*filled, *((None,) if any(report.year is None for report in reports) else ()))


def _rows(towns: dict[str, list[Report]], years: tuple[int | None, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(town=town, cells=tuple(tuple(item for item in reports if item.year == year) for year in years))
        for town, reports in sorted(towns.items())
    )
