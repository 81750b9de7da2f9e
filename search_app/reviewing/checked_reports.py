"""Checked reports: what is to be said of the reports of an engine, each checked once.

Which reports another is held against: of its own town the one before it, and the earlier one that says most of it in
nearly the same words; of other towns, for each part, those of the same or an earlier year that say most of it in nearly
the same words. The engine tells these at once (``near_duplicates``); then each is measured exactly, run by run. A check
is remembered over generations, as long as neither the report nor any that it is held against changes; within a
generation it is not even looked at again. The oldest goes first where it is too much.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from search_app.comparing.preceding_reports import TownYears, town_years_of
from search_app.comparing.recent import Recent
from search_app.comparing.report_overlap import measure_passages, measure_report_overlap
from search_app.comparing.report_state import State, state_of
from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.language.similarity.shared_wording import letters
from search_app.model import Passage, Report
from search_app.query import Deadline
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.report_check import ReportCheck, check_report
from search_app.searching.per_generation import PerEngine, PerGeneration

#: So many reports of other towns are measured for each part, those first that say most of it in nearly the same words.
CANDIDATES = 2
#: So many checks are remembered over generations: a year of all towns of the country, or all years of a province.
MOST = 50_000
#: Told after each report: how many are checked, of how many.
Progress: TypeAlias = Callable[[int, int, str], None]


_remembered: PerEngine[Recent[tuple[State, ...], ReportCheck]] = PerEngine(lambda: Recent(MOST))


@dataclass(frozen=True, kw_only=True)
class CheckedReports:
    """The checks of one generation of an engine's reports, made when they are first asked for."""

    by_id: Mapping[str, Report]
    towns: TownYears
    memory: Recent[tuple[State, ...], ReportCheck]

    @cached_property
    def _checks(self) -> dict[str, ReportCheck]:
        return {}

    def known(self, report: Report) -> ReportCheck | None:
        """Return the check of a report where it was made already, without making it."""
        return self._checks.get(report.id)

    def check(self, engine: Engine, report: Report) -> ReportCheck:
        """Return the check of a report. Raises NoSuchReport, IndexProblem."""
        known = self._checks.get(report.id)
        if known is None:
            known = self._checks[report.id] = self._checked(engine, report)
        return known

    def _checked(self, engine: Engine, report: Report) -> ReportCheck:
        near = engine.near_duplicates(report.id)
        whole, passages = engine.report(report.id)
        preceding = self.towns.preceding(report)
        own = list(self._own(report, passages, near, preceding))
        others = list(self._others(report, passages, near))
        key = tuple(state_of(engine, each) for each in (report, *own, *others))
        known = self.memory.find(key)
        if known is not None:
            return replace(known, report=report)
        against = {
            each.id: measure_report_overlap(engine, report, each, passages=passages)  # asked for elsewhere too
            if each is preceding
            else measure_passages(engine, report, passages, each)
            for each in (*own, *others)
        }
        made = check_report(
            whole,
            passages,
            preceding=against[preceding.id] if preceding is not None else None,
            own=[against[each.id] for each in own],
            others=[against[each.id] for each in others],
        )
        made = replace(made, report=report)  # without outline and asides, which would be kept for long
        self.memory.put(key, made)
        return made

    def _own(
        self,
        report: Report,
        passages: Sequence[Passage],
        near: Mapping[str, tuple[str, ...]],
        preceding: Report | None,
    ) -> Iterator[Report]:
        """Yield the earlier reports of the same town that a report is held against, the latest first."""
        said = self._count(passages, near)
        earlier = [
            each
            for year, each in self.towns.of_place(report).items()
            if report.year is not None and year < report.year and each.id != report.id
        ]
        most = max(earlier, key=lambda each: (said[each.id], each.year or 0), default=None)
        chosen = {each.id: each for each in (preceding, most) if each is not None}
        yield from sorted(chosen.values(), key=lambda each: -(each.year or 0))

    def _others(
        self, report: Report, passages: Sequence[Passage], near: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Report]:
        """Yield the reports of other towns that a report is held against, the earliest first."""
        chosen: dict[str, Report] = {}
        for part in PARTS:
            said = self._count([passage for passage in passages if passage.section == part], near)
            eligible = [self.by_id[other] for other in said if self._may_be_source(report, other)]
            eligible.sort(key=lambda each: (-said[each.id], *_order(each)))
            chosen.update((each.id, each) for each in eligible[:CANDIDATES])
        yield from sorted(chosen.values(), key=_order)

    def _may_be_source(self, report: Report, other_id: str) -> bool:
        """Tell whether a report may be where another was copied from: of another known town, and not later."""
        other = self.by_id.get(other_id)
        if other is None or other.year is None or report.year is None or other.year > report.year:
            return False
        place = self.towns.place(other)
        return place is not None and place != self.towns.place(report)

    @staticmethod
    def _count(passages: Sequence[Passage], near: Mapping[str, tuple[str, ...]]) -> Counter[str]:
        """Return for each other report how many letters of these passages it says in nearly the same words."""
        said: Counter[str] = Counter()
        for passage in passages:
            size = len(letters(passage.text))
            for other in near.get(passage.id, ()):
                said[other] += size
        return said


def _order(report: Report) -> tuple[int, str]:
    return report.year or 0, report.path


def _begin(engine: Engine) -> CheckedReports:
    by_id = {report.id: report for report in engine.reports()}
    return CheckedReports(by_id=by_id, towns=town_years_of(engine), memory=_remembered(engine))


#: The checks of an engine's generation in use.
checked_reports_of = PerGeneration(_begin)


def check_until(
    engine: Engine,
    checks: CheckedReports,
    reports: Iterable[Report],
    *,
    deadline: Deadline | None = None,
    progress: Progress | None = None,
) -> None:
    """Check reports, one at least of those that are not, until time is up; one that went away meanwhile is left out."""
    waiting = [report for report in reports if checks.known(report) is None]
    for number, report in enumerate(waiting, start=1):
        try:
            checks.check(engine, report)
        except NoSuchReport:
            continue
        if progress is not None:
            progress(number, len(waiting), report.path)
        if deadline is not None and deadline.is_over():
            return
