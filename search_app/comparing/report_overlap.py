"""Report overlap: how much of one report's wording stands in another, passage by passage.

In: an engine and two reports. Out: for each passage of the first how many of its letters there are and how many of them
stand in the second (``language.similarity.shared_wording``: runs of thirteen, figures left out). What was measured is
kept while neither report changes, over generations too; the oldest goes first where it is too much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.recent import Recent
from search_app.comparing.report_state import State, state_of
from search_app.engines.base import Engine
from search_app.language.similarity.shared_wording import Overlap, Wording, measure_overlap
from search_app.model import Passage, Report
from search_app.searching.per_generation import PerEngine

#: From so many percent on, a report is nearly last year's: 八成以上.
MOSTLY = 80
#: So many pairs are kept: the reports of ten thousand towns, against last year's and against one of another town.
MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class ReportOverlap:
    """How much of a report stands in the ``other``; ``passages`` has every passage of the report by its id."""

    report: Report
    other: Report
    passages: Mapping[str, Overlap]

    @cached_property
    def total(self) -> Overlap:
        """Return the overlap of the whole report."""
        return reduce(add, self.passages.values(), Overlap())

    @property
    def mostly(self) -> bool:
        """Tell whether nearly all of the report stands in the other."""
        return self.total.percent >= MOSTLY


_measured: PerEngine[Recent[tuple[State, State], ReportOverlap]] = PerEngine(lambda: Recent(MOST))


def measure_report_overlap(
    engine: Engine, report: Report, other: Report, *, passages: Sequence[Passage] | None = None
) -> ReportOverlap:
    """Return how much of a report stands in another; its passages are read unless given.

    Raises NoSuchReport, IndexProblem.
    """
    memory, key = _measured(engine), (state_of(engine, report), state_of(engine, other))
    known = memory.find(key)
    if known is None:
        own = engine.report(report.id)[1] if passages is None else passages
        known = measure_passages(engine, report, own, other)
        memory.put(key, known)
    return known


def measure_passages(engine: Engine, report: Report, passages: Sequence[Passage], other: Report) -> ReportOverlap:
    """Return how much of a report's passages stands in another, kept nowhere. Raises NoSuchReport, IndexProblem."""
    wording = Wording(passage.text for passage in engine.report(other.id)[1])
    measured = {each.id: measure_overlap(each.text, wording) for each in passages}
    return ReportOverlap(report=report, other=other, passages=measured)


def measure_last_year(engine: Engine, report: Report) -> ReportOverlap | None:
    """Return how much of a report stands in its town's report of the year before; None where that is not held."""
    other = town_years_of(engine).last_year(report)
    return measure_report_overlap(engine, report, other) if other is not None and other.id != report.id else None


def measure_last_years(engine: Engine, reports: Iterable[Report]) -> Mapping[str, ReportOverlap]:
    """Return by a report's id how much of it stands in last year's, of those of which that is held."""
    years = town_years_of(engine)
    found: dict[str, ReportOverlap] = {}
    for report in reports:
        other = years.last_year(report) if report.id not in found else None
        if other is not None and other.id != report.id:
            found[report.id] = measure_report_overlap(engine, report, other)
    return found
