"""Figure levels: what a thing amounts to in a town's year, how the towns of a year spread, and who stands apart.

A town's year has a level where its report gives one value for the whole: parts and what is counted over more than the
year are none, and nothing is added up. Where a report gives several, it has none. The spread of a year is told by
median and quartiles. Outliers are outside Tukey's fences (J. W. Tukey, Exploratory Data Analysis, 1977: one and a half
times the distance of the quartiles beyond them), on a logarithmic scale, as counts spread by factors and not by sums;
rates are measured as they are.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

import numpy as np

from search_app.comparing.figures_table import Entry, FiguresTable, Place, Rows

#: Of fewer towns nobody can say which one stands apart.
LEAST = 8
FENCE = 1.5
#: Years have four digits.
_YEARS = 10_000
HIGH, LOW = "high", "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSpread:
    """How the levels of a year's towns spread; quartiles and fences are None where there are too few towns."""

    year: int
    towns: int
    median: float
    first_quartile: float | None = None
    third_quartile: float | None = None
    low_fence: float | None = None
    high_fence: float | None = None

    def side(self, value: float) -> str | None:
        """Return on which side a value stands apart, None where it does not."""
        if self.high_fence is None or self.low_fence is None:
            return None
        return HIGH if value > self.high_fence else LOW if value < self.low_fence else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The levels of one thing by town and year, and how those of each year spread.

    ``several`` counts the town years that have no level because their report gives several.
    """

    by_town: Mapping[tuple[Place, int], float]
    spreads: Mapping[int, YearSpread]
    several: int

    def side(self, entry: Entry) -> str | None:
        """Return on which side a figure stands apart from the towns of its year, None where it does not."""
        year = entry.report.year
        if year is None or self.by_town.get((entry.place, year)) != entry.value or not is_whole(entry):
            return None
        return self.spreads[year].side(entry.value)


def is_whole(entry: Entry) -> bool:
    """Tell whether a figure may be a level: the whole, of the year."""
    return not (entry.part or entry.cumulative)


def find_levels(table: FiguresTable, rows: Rows) -> Levels:
    """Return the levels of the figures of one thing, given as rows of the table."""
    known = np.array([bool(place.town) for place in table.place_names], dtype=np.bool_)
    rows = rows[(table.columns["marks"][rows] == 0) & (table.years[rows] > 0) & known[table.places[rows]]]
    keys = table.places[rows].astype(np.int64) * _YEARS + table.years[rows]
    order = np.argsort(keys, kind="stable")
    values, keys = table.columns["value"][rows][order], keys[order]
    each, starts = np.unique(keys, return_index=True)
    if not len(each):
        return Levels(by_town={}, spreads={}, several=0)
    least, most = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    one = least == most
    years = each[one] % _YEARS
    rate = table.things[int(table.columns["thing"][rows[0]])].units[0] == "%"
    return Levels(
        by_town={
            (table.place_names[key // _YEARS], key % _YEARS): value
            for key, value in zip(each[one].tolist(), least[one].tolist(), strict=True)
        },
        spreads={
            year: _spread(year, np.sort(least[one][years == year]).tolist(), rate=rate)
            for year in np.unique(years).tolist()
        },
        several=int(np.count_nonzero(~one)),
    )


def _spread(year: int, values: Sequence[float], *, rate: bool) -> YearSpread:
    middle = _quartiles(values)[1] if len(values) > 1 else values[0]
    if len(values) < LEAST:
        return YearSpread(year=year, towns=len(values), median=middle)
    first, middle, third = _quartiles(values)
    into, back = _scales(rate=rate)
    scaled = _quartiles([into(value) for value in values])
    beyond = FENCE * (scaled[2] - scaled[0])
    return YearSpread(
        year=year,
        towns=len(values),
        median=middle,
        first_quartile=first,
        third_quartile=third,
        low_fence=back(scaled[0] - beyond),
        high_fence=back(scaled[2] + beyond),
    )


def _quartiles(values: Sequence[float]) -> list[float]:
    return quantiles(values, n=4, method="inclusive")


def _scales(*, rate: bool) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return the scale that values are measured on, and the way back."""
    return (float, float) if rate else (math.log1p, math.expm1)
