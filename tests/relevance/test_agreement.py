"""Two judges: their grades are of passages that are there, and agreement is told beyond chance."""

import pytest

from tests.relevance.agreement import kappa, second_grades
from tests.relevance.judging import needs_of
from tests.relevance.scoring import library


def test_whatever_was_judged_twice_is_there() -> None:
    with library("tones") as held:
        grades = second_grades(held)

    assert grades.keys() <= {need.wish for need in needs_of("fifth")}
    assert all(grades.values())


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(True, True), (False, False)], 1),
        ([(True, True), (True, False), (False, True), (False, False)], 0),
        ([(True, False), (False, True)], -1),
        ([(True, True)], 1),
    ],
)
def test_agreement_is_told_beyond_chance(pairs: list[tuple[bool, bool]], expected: float) -> None:
    assert kappa(pairs) == pytest.approx(expected)
