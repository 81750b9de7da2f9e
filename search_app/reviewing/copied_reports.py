"""Copied reports: those that say mostly the same as their town's report of the year before.

In: an engine. Out: how many do, and which, of those that there was time to compare: the latest years first. What was
measured is remembered (``comparing.report_overlap``), so whoever asks again gets further.
"""

from dataclasses import dataclass

from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.report_overlap import measure_last_year
from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.model import REPORT_KIND
from search_app.query import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedReports:
    """The paths of the reports that say mostly the same, and of how many of those that could, so many were compared."""

    paths: tuple[str, ...]
    compared: int
    of: int


def find_copied_reports(engine: Engine, *, deadline: Deadline | None = None) -> CopiedReports:
    """Return the reports that say mostly the same as last year's. Raises IndexProblem."""
    towns = town_years_of(engine)
    able = [each for each in engine.reports() if each.kind == REPORT_KIND and towns.last_year(each) is not None]
    paths, compared = [], 0
    for report in sorted(able, key=lambda each: (-(each.year or 0), each.path)):
        if deadline is not None and deadline.is_over():
            break
        try:
            overlap = measure_last_year(engine, report)
        except NoSuchReport:  # it went away meanwhile
            continue
        compared += 1
        if overlap is not None and overlap.mostly:
            paths.append(report.path)
    return CopiedReports(paths=tuple(paths), compared=compared, of=len(able))
