"""What is last year's is measured ahead, gently, once for each generation, and stops when it is told to."""

from collections.abc import Iterable, Mapping
from time import monotonic, sleep

import pytest

from search_app.comparing.report_overlap import ReportOverlap, measure_last_years
from search_app.engines.base import Engine
from search_app.model import Report
from search_app.web import last_years
from search_app.web.last_years import LastYears
from tests.web import years_sample as sample


class _Counting:
    """Stands in for measuring, and remembers of which reports it was asked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        measure = measure_last_years

        def counted(engine: Engine, reports: Iterable[Report]) -> Mapping[str, ReportOverlap]:
            held = tuple(reports)
            self.asked += [each.id for each in held]
            return measure(engine, held)

        patch.setattr(last_years, "measure_last_years", counted)


def wait_for(count: int, counting: _Counting) -> None:
    until = monotonic() + 20
    while len(counting.asked) < count and monotonic() < until:
        sleep(0.01)


@pytest.mark.index_folder
def test_all_reports_are_measured_before_anybody_asks_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    counting, engine = _Counting(monkeypatch), sample.engine()
    ahead = LastYears(lambda: engine)

    ahead.begin()
    wait_for(len(sample.held()), counting)
    ahead.end()

    years = {each.id: each.year or 0 for each in engine.reports()}
    assert sorted(counting.asked) == sorted(years)
    assert [years[each] for each in counting.asked] == sorted(years.values(), reverse=True)


def test_a_new_generation_is_measured_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_years, "LOOK_AGAIN", 0.02)
    counting, engine = _Counting(monkeypatch), sample.engine()
    ahead = LastYears(lambda: engine)

    ahead.begin()
    wait_for(len(sample.held()), counting)
    with engine.writing() as writer:
        writer.put(*sample.filed("望杉镇", 2025, (sample.KEPT,)))
    wait_for(2 * len(sample.held()) + 1, counting)
    ahead.end()

    assert sample.report_id("望杉镇", 2025) in counting.asked


def test_measuring_ends_at_once_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_years, "RESTS", 1e6)
    counting = _Counting(monkeypatch)
    engine = sample.engine()
    ahead = LastYears(lambda: engine)
    ahead.begin()
    wait_for(1, counting)

    started = monotonic()
    ahead.end()

    assert monotonic() - started < 10
    assert len(counting.asked) == 1


def test_no_more_are_measured_ahead_than_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_years, "MOST_AHEAD", 2)
    counting, engine = _Counting(monkeypatch), sample.engine()

    LastYears(lambda: engine).measure_ahead(engine.status().current)

    assert len(counting.asked) == 2


def test_what_is_asked_is_measured_whether_or_not_it_was_before() -> None:
    engine = sample.engine()

    found = LastYears(lambda: engine).of(engine.reports())

    assert {found[each].report.year for each in found} == {2023, 2024}
