"""County names: what tells one county of an index from its namesakes, by the rule by which facets name them.

In: reports. Out: for each report's county and city the name of the county: bare where only one known city of the index
has it, else with its city before it (``东市甲县``), or with 未识别 where the city is not known. So a county is one
though only some of its reports say which city it lies in.
"""

from collections import defaultdict
from collections.abc import Iterable

from search_app.model import UNKNOWN, Report


class CountyNames:
    """The names of the counties of some reports."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._cities: dict[str, set[str]] = defaultdict(set)
        for report in reports:
            if report.county and report.city:
                self._cities[report.county].add(report.city)

    def name(self, report: Report) -> str | None:
        """Return the name of a report's county; None where it is not known."""
        if report.county is None or len(self._cities.get(report.county, ())) < 2:
            return report.county
        return (report.city or UNKNOWN) + report.county
