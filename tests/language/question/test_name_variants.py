"""Name variants: a practice is found however its name is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import shorten_name, vary_name
from search_app.language.question.name_variants import MOST


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1+3+N调解", "一三n调解"),
        ("1+3+N调解", "“1+3+n”调解"),
        ("一三N", "1+3+n"),
        ("1+三+N", "1+3+n"),
        ("一加N", "1+n"),
        ("一加五加N工作法", "“1+5+n”工作法"),
        ("1+N", "一加n"),
        ("双随机一公开", "双随机、一公开"),
        ("双随机、一公开", "双随机一公开"),
        ("五心调解法", "“五心”调解法"),
        ("“五心”调解法", "五心调解法"),
    ],
)
def test_a_name_is_written_in_other_ways(typed: str, written: str) -> None:
    assert written in vary_name(typed)


@pytest.mark.parametrize("text", ["调解", "法律顾问", "100%", "98.5%", "2023年", "十四五", ""])
def test_words_and_figures_are_no_names(text: str) -> None:
    assert vary_name(text) == ()


@given(st.text(st.sampled_from("一三5+加Nnx“”、调解法律顾问 "), max_size=14))
def test_there_are_few_ways_each_once_and_none_is_what_was_typed(text: str) -> None:
    ways = vary_name(text)

    assert len(ways) <= MOST
    assert len({*ways, text}) == len(ways) + 1


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("四步调解法", "四步调解"),
        ("板凳议事工作法", "板凳议事"),
        ("红黄牌预警机制", "红黄牌预警"),
        ("巷议堂评理制度", "巷议堂评理"),
    ],
)
def test_a_name_is_shortened_by_the_word_for_what_it_names(name: str, short: str) -> None:
    assert shorten_name(name) == short


@pytest.mark.parametrize("text", ["行政处罚法", "法律顾问制度", "合法性审查机制", "执法", "河长制", "村民自治章程", ""])
def test_terms_of_the_law_are_not_shortened(text: str) -> None:
    assert shorten_name(text) == ""
