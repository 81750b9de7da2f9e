"""Figure conditions: a bound or a margin at a figure is understood as clerks mean it, and a bare figure is none."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.analysis.han_numbers import in_characters
from search_app.language.question.figure_conditions import find_figure_conditions

#: How each is said -> whether a number fulfils it, of a figure that is no percentage.
SAID: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    ("{}件以上", lambda figure, number: number >= figure),
    ("{}件及以上", lambda figure, number: number >= figure),
    ("不少于{}件", lambda figure, number: number >= figure),
    ("至少{}件", lambda figure, number: number >= figure),
    ("超过{}件", lambda figure, number: number > figure),
    ("多于{}件", lambda figure, number: number > figure),
    ("达到{}件", lambda figure, number: number >= figure),
    ("{}件以下", lambda figure, number: number <= figure),
    ("不超过{}件", lambda figure, number: number <= figure),
    ("不到{}件", lambda figure, number: number < figure),
    ("少于{}件", lambda figure, number: number < figure),
    ("近{}件", lambda figure, number: figure * 9 <= number * 10 <= figure * 10),
    ("约{}件", lambda figure, number: figure * 9 <= number * 10 <= figure * 11),
    ("{}件左右", lambda figure, number: figure * 9 <= number * 10 <= figure * 11),
)
NUMBERS = st.integers(2, 9999)


@given(st.sampled_from(SAID), NUMBERS, NUMBERS, st.booleans(), st.sampled_from(["", "调解纠纷", "全年 "]))
def test_a_condition_is_fulfilled_by_the_numbers_that_it_says(
    said: tuple[str, Callable[[int, int], bool]], figure: int, number: int, in_words: bool, before: str
) -> None:
    written, meant = said
    typed = before + written.format(in_characters(figure) if in_words else figure)

    (condition,) = find_figure_conditions(typed)

    assert condition.is_fulfilled(number) == meant(figure, number)
    assert typed[condition.start : condition.end] == typed[len(before) :]
    assert condition.figure in typed


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("30余起", 30, 39), ("300多人", 300, 399), ("120余场", 120, 129), ("1000余件", 1000, 1999),
        ("2万余人", 20000, 29999), ("二十多名", 20, 29), ("百余件", 100, 199), ("98%以上", 98, 100),
        ("不低于百分之九十五", 95, 100), ("95%左右", 93, 97), ("近１００人", 90, 100),
        ("超过1.2万人次", 12000, float("inf")),
    ],
)  # fmt: skip
def test_the_range_of_a_figure_is_as_wide_as_its_words_say(typed: str, least: float, most: float) -> None:
    (condition,) = find_figure_conditions(typed)

    assert condition.least == pytest.approx(least)
    assert condition.most == pytest.approx(most)


@pytest.mark.parametrize(
    "typed",
    [
        "100%", "60学时", "28件", "24小时以内", "60岁以上", "2022年以上", "签约10份", "附近3个村", "12345热线",
        "三项制度", "三家镇以上", "第3次", "一村一法律顾问", "村级以上", "以上28件", "12月4日左右", "1+3+N",
    ],
)  # fmt: skip
def test_a_figure_without_bound_or_margin_and_a_time_are_no_conditions(typed: str) -> None:
    assert list(find_figure_conditions(typed)) == []


def test_units_that_count_the_same_are_one() -> None:
    (condition,) = find_figure_conditions("100名左右")

    assert condition.units == ("人", "名", "位")


@given(st.text(alphabet="0123456789一十百千万余多近约超以上下左右不低于%件人次个.,％ ", max_size=16))
def test_conditions_lie_in_the_text_in_order_and_apart(typed: str) -> None:
    found = list(find_figure_conditions(typed))

    assert all(each.least <= each.most and each.figure in typed[each.start : each.end] for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
