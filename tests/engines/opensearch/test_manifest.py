"""What the numbers in rows stand for."""

from dataclasses import replace

import pytest

from search_app.engines.opensearch.labels import unpack_labels
from search_app.engines.opensearch.manifest import Numbering, Registers, labels_of
from search_app.errors import IndexProblem
from tests.engines.contract import SPRING


def test_numbers_are_given_once_and_come_back_from_a_row() -> None:
    numbering = Numbering(Registers())
    later = replace(SPRING[0], year=2022, kind="自查报告")

    numbers = [numbering.report(report) for report in (SPRING[0], later, SPRING[0])]
    kinds = [numbering.kind("导语", topics) for topics in ((), ("信访",), ())]

    assert [each["report_number"] for each in numbers] == [0, 1, 2]
    assert kinds == [0, 1, 0]
    assert unpack_labels(labels_of(numbers[1], kinds[1])) == (0, 1, 1, 1)
    assert unpack_labels(labels_of(numbers[2], kinds[2])) == (0, 0, 0, 0)


def test_more_years_than_a_row_can_tell_apart_are_refused_and_never_mixed_up() -> None:
    numbering = Numbering(Registers())
    for year in range(256):
        numbering.report(replace(SPRING[0], year=2000 + year))

    with pytest.raises(IndexProblem, match="太多"):
        numbering.report(replace(SPRING[0], year=1999))
