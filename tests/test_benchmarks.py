"""A grown corpus is made of whole, distinct reports, the same ones each time."""

from itertools import islice

from benchmarks.reports import Item, grown
from tests.conftest import make_passages, make_report


def sample() -> list[Item]:
    reports = [make_report(f"{town}.txt", town=town) for town in ("湖口镇", "杉岭乡")]
    return [(report, make_passages(report, "调解纠纷42件。", "聘请法律顾问2名。")) for report in reports]


def test_grown_reports_are_distinct_and_their_passages_belong_to_them() -> None:
    items = list(grown(sample(), 7))

    assert len({report.id for report, _ in items}) == 7
    assert all(
        passage.report == report.id and passage.id == f"{report.id}-{passage.number}"
        for report, passages in items
        for passage in passages
    )


def test_growing_begins_with_the_sample_itself() -> None:
    assert list(islice(grown(sample(), 5), 2)) == sample()


def test_growing_gives_the_same_reports_each_time() -> None:
    assert list(grown(sample(), 9)) == list(grown(sample(), 9))
