"""The register: which town has handed in which report for which year, and what cannot be entered, with the reason.

In: the reports of an index. Out: counties, their towns, and of each town the annual reports by year. Of two of one town
and year the newest counts; the others stand behind it. Nothing is dropped: what has no town, no year, or is of another
kind stands apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from search_app.comparing.county_names import CountyNames
from search_app.language.analysis.pinyin import to_syllables
from search_app.model import REPORT_KIND, Report
from search_app.searching.per_generation import PerGeneration


class Reason(StrEnum):
    """Why a report cannot be entered; the first that holds is given."""

    OTHER_KIND = "other_kind"
    NO_TOWN = "no_town"
    NO_YEAR = "no_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A report that is held but not entered."""

    report: Report
    county: str | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of a county; of each year the reports, the one that counts first."""

    county: str | None
    name: str
    by_year: Mapping[int, tuple[Report, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Counties by the name that tells them from their namesakes (None = not known), by sound, with their towns."""

    counties: Mapping[str | None, Mapping[str, Town]]
    apart: tuple[Apart, ...]

    def find_counties(self, town: str) -> tuple[str | None, ...]:
        """Return the counties that have a town of this name."""
        return tuple(county for county, towns in self.counties.items() if town in towns)


def enter(reports: Iterable[Report]) -> Register:
    """Return the register of reports."""
    reports = tuple(reports)
    names = CountyNames(reports)
    held: dict[str | None, dict[str, dict[int, list[Report]]]] = defaultdict(lambda: defaultdict(dict))
    apart = []
    for report in sorted(reports, key=_newest_first, reverse=True):
        reason, county = _refuse(report), names.name(report)
        if reason is None and report.town and report.year is not None:
            held[county][report.town].setdefault(report.year, []).append(report)
        else:
            apart.append(Apart(report=report, county=county, reason=reason or Reason.NO_TOWN))
    known = {*held, *(each.county for each in apart if each.county is not None)}  # some have no report in its place
    counties = {
        county: {
            town: Town(county=county, name=town, by_year={year: tuple(of_year) for year, of_year in by_year.items()})
            for town, by_year in sorted(held[county].items(), key=lambda item: sound(item[0]))
        }
        for county in sorted(known, key=sound)
    }
    return Register(counties=counties, apart=tuple(sorted(apart, key=lambda each: each.report.path)))


def sound(name: str | None) -> tuple[bool, tuple[str, ...], str]:
    """Return what places are ordered by; what is not known is last."""
    return name is None, to_syllables(name or ""), name or ""


def _refuse(report: Report) -> Reason | None:
    if report.kind != REPORT_KIND:
        return Reason.OTHER_KIND
    if not report.town:
        return Reason.NO_TOWN
    return Reason.NO_YEAR if report.year is None else None


def _newest_first(report: Report) -> tuple[date, str]:
    return report.issued or date.min, report.path


#: The register of an engine's generation in use.
register_of = PerGeneration(lambda engine: enter(engine.reports()))
