"""Preceding reports: which report of the index is a town's report of the year before.

In: an engine and a report. Out: the report of the same place, of the year before or of the last year that is held. Of
two reports of one town and year the newest counts. Which report precedes which is kept per generation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from search_app.engines.base import Engine
from search_app.model import Report
from search_app.searching.per_generation import PerGeneration

#: Province, city, county and town: a town's name alone is that of hundreds.
Place: TypeAlias = tuple[str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TownYears:
    """The reports of every town whose place and year are known; of each year the newest."""

    by_place: Mapping[Place, Mapping[int, Report]]

    def of_place(self, report: Report) -> Mapping[int, Report]:
        """Return the reports of a report's town by year, oldest first; none where town or year are not known."""
        return self.by_place.get(_place(report), {}) if report.town else {}

    def last_year(self, report: Report) -> Report | None:
        """Return the report of the same town of the year before; None where it is not held."""
        return self.of_place(report).get(report.year - 1) if report.year is not None else None

    def preceding(self, report: Report) -> Report | None:
        """Return the latest report of the same town of any earlier year; None where none is held."""
        if report.year is None:
            return None
        earlier = [year for year in self.of_place(report) if year < report.year]
        return self.of_place(report)[max(earlier)] if earlier else None


def _place(report: Report) -> Place:
    return report.province, report.city, report.county, report.town


def _gather(engine: Engine) -> TownYears:
    found: dict[Place, dict[int, Report]] = {}
    for report in sorted(engine.reports(), key=lambda each: (each.year or 0, each.issued or date.min, each.path)):
        if report.town and report.year is not None:
            found.setdefault(_place(report), {})[report.year] = report
    return TownYears(by_place=found)


#: The towns of an engine's generation in use, with their reports by year.
town_years_of = PerGeneration(_gather)
