"""Preceding reports: which report of the index is a town's report of the year before.

In: an engine and a report. Out: the report of the same place, of the year before or of the last year that is held. Of
two reports of one town and year the newest counts. Only papers of one genre precede each other: the plans of a town for
a year are not its report on it. Which report precedes which is kept per generation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from search_app.comparing.county_names import CountyNames
from search_app.engines.base import Engine
from search_app.genres import find_genre
from search_app.model import Report
from search_app.searching.per_generation import PerGeneration

#: County, as ``county_names`` tells it from its namesakes, and town: a town's name alone is that of hundreds.
Place: TypeAlias = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TownYears:
    """The reports of every town whose place and year are known, by place and genre; of each year the newest."""

    by_place: Mapping[tuple[Place, str], Mapping[int, Report]]
    counties: CountyNames

    def place(self, report: Report) -> Place | None:
        """Return a report's place; None where the town is not known."""
        return (self.counties.name(report), report.town) if report.town else None

    def of_place(self, report: Report) -> Mapping[int, Report]:
        """Return a town's reports of a report's genre by year, oldest first; none where town or year are not known."""
        place = self.place(report)
        return self.by_place.get((place, find_genre(report.kind)), {}) if place else {}

    def last_year(self, report: Report) -> Report | None:
        """Return the report of the same town of the year before; None where it is not held."""
        return self.of_place(report).get(report.year - 1) if report.year is not None else None

    def preceding(self, report: Report) -> Report | None:
        """Return the latest report of the same town of any earlier year; None where none is held."""
        if report.year is None:
            return None
        earlier = [year for year in self.of_place(report) if year < report.year]
        return self.of_place(report)[max(earlier)] if earlier else None


def _gather(engine: Engine) -> TownYears:
    reports = engine.reports()
    found: dict[tuple[Place, str], dict[int, Report]] = {}
    towns = TownYears(by_place=found, counties=CountyNames(reports))
    for report in sorted(reports, key=_age):
        place = towns.place(report)
        if place and report.year is not None:
            found.setdefault((place, find_genre(report.kind)), {})[report.year] = report
    return towns


def _age(report: Report) -> tuple[int, date, str]:
    """Return what reports are ordered by, so that the last of a year counts."""
    return report.year or 0, report.issued or date.min, report.path


#: The towns of an engine's generation in use, with their reports by year.
town_years_of = PerGeneration(_gather)
