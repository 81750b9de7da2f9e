"""What became of collected passages: same, moved, changed or gone, and always with the text as it was collected."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search_app.collecting import Kept, Standing, State, stand
from search_app.errors import NoSuchReport
from search_app.model import Passage, Report
from tests.collecting.making import of
from tests.conftest import make_passages, make_report

REPORT = make_report("甲/湖口镇.txt", town="湖口镇")
PASSAGES = make_passages(REPORT, "第一段。", "调解一百件。", "第三段。")
KEPT = Kept(id=7, snapshot=of(REPORT, PASSAGES[1]), note="", collected_at=datetime(2026, 1, 1, tzinfo=UTC))


def standing(*texts: str, read_anew: bool = True, elsewhere: Iterable[tuple[Passage, Report]] = ()) -> Standing:
    """Return how the kept passage stands where its report now has these texts; none = the report is gone."""
    report = replace(REPORT, fingerprint="new" if read_anew else REPORT.fingerprint)

    def read(report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        assert read_anew, "a report that was not read anew is not opened"
        assert report_id == REPORT.id
        return report, make_passages(report, *texts)

    held = {report.id: report} if texts else {}
    return stand([KEPT], held, read, find=lambda _: elsewhere)[7]


def test_a_report_that_was_not_read_anew_is_not_even_opened() -> None:
    assert standing("x", read_anew=False).state is State.SAME


def test_the_same_text_at_the_same_place_is_the_same() -> None:
    found = standing("别的。", "调解一百件。")

    assert (found.state, found.passage and found.passage.number) == (State.SAME, 2)


def test_the_same_text_at_another_place_has_moved() -> None:
    found = standing("调解一百件。", "新的一段。")

    assert (found.state, found.passage and found.passage.number) == (State.MOVED, 1)


def test_another_text_at_the_place_has_changed() -> None:
    found = standing("第一段。", "调解两百件。")

    assert (found.state, found.passage and found.passage.text) == (State.CHANGED, "调解两百件。")


def test_a_place_that_is_no_more_in_a_report_that_is_leads_to_the_report() -> None:
    found = standing("第一段。")

    assert (found.state, found.passage, found.report and found.report.id) == (State.GONE, None, REPORT.id)


def test_a_report_that_is_gone_leaves_nothing_to_lead_to() -> None:
    assert standing() == Standing(state=State.GONE)


def test_the_same_text_in_another_file_has_moved_there() -> None:
    other = make_report("乙/湖口镇.txt", town="湖口镇")
    there = make_passages(other, "调解一百件。")[0]

    assert standing(elsewhere=[(there, other)]) == Standing(state=State.MOVED, passage=there, report=other)


def test_the_same_text_in_a_report_of_another_place_is_not_where_it_moved_to() -> None:
    other = make_report("乙/石湾镇.txt", town="石湾镇")
    there = make_passages(other, "调解一百件。")[0]

    assert standing(elsewhere=[(there, other)]).state is State.GONE


def test_a_report_that_goes_while_it_is_looked_at_is_gone() -> None:
    def read(report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        raise NoSuchReport(report_id)

    held = {REPORT.id: replace(REPORT, fingerprint="new")}
    assert stand([KEPT], held, read, find=lambda _: ())[7].state is State.GONE


@pytest.mark.parametrize("text", ["调解一百件。 ", "調解一百件。"])
def test_layout_and_traditional_writing_are_no_change(text: str) -> None:
    assert standing("别的。", text).state is State.SAME
