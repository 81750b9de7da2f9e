"""The stamp is scarce: the best fifth of what was done, of what is concrete at all."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR, count_scores, find_stamp_floor, settle
from search_app.model import Exemplary, Passage

SCORES = st.lists(st.integers(0, 100), min_size=50, max_size=300, unique=False)


def test_about_a_fifth_of_many_concrete_passages_carries_the_stamp() -> None:
    scores = [60 + at % 40 for at in range(400)]

    floor = find_stamp_floor(count_scores(scores))

    assert sum(score >= floor for score in scores) == 80


def test_where_few_passages_are_concrete_all_of_them_carry_the_stamp() -> None:
    assert find_stamp_floor(count_scores([10] * 95 + [70] * 5)) == EXEMPLARY_FLOOR


def test_of_a_handful_of_passages_no_fifth_is_taken() -> None:
    assert find_stamp_floor(count_scores([95] * 20)) == EXEMPLARY_FLOOR


@given(scores=SCORES)
def test_no_floor_would_come_nearer_to_a_fifth_than_the_one_found(scores: list[int]) -> None:
    def off(floor: int) -> float:
        return abs(sum(score >= floor for score in scores) - len(scores) / 5)

    found = find_stamp_floor(count_scores(scores))

    assert found == EXEMPLARY_FLOOR or off(found) == min(map(off, range(EXEMPLARY_FLOOR, 101)))


def test_a_passage_loses_the_stamp_with_the_points_for_what_many_say() -> None:
    passage = Passage(id="1", report="", number=1, headings=(), text="", exemplary=Exemplary(score=70, stamped=True))

    assert settle(passage, similar=0, stamp_floor=65).exemplary.stamped
    assert not settle(passage, similar=7, stamp_floor=65).exemplary.stamped
