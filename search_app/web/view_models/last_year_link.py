"""The last-year link: how much of a report stands in last year's, and the way to the two side by side."""

from dataclasses import dataclass

from search_app.comparing.report_overlap import ReportOverlap
from search_app.exporting.overlap_wording import MOSTLY_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """What is said, and where it leads; ``mostly`` is the mark of a report that is nearly last year's, "" of others."""

    percent: int
    text: str
    url: str
    mostly: str = ""


def last_year(overlap: ReportOverlap) -> LastYear:
    """Return how much of a report stands in last year's."""
    percent = overlap.total.percent
    return LastYear(
        percent=percent,
        text=f"与上年相同 {percent}%",
        url=f"/reports/{overlap.report.id}/years",
        mostly=MOSTLY_SAID if overlap.mostly else "",
    )
