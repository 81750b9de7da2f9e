"""Han numbers: what is written is read back, and the sets hold what they must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.language.analysis.han_numbers import (
    ANY_NUMERAL,
    TYPED_ZEROS,
    in_characters,
    in_formal_characters,
    informal,
    number_below_hundred,
    number_of,
    surely_arabic_digits,
    year_in_characters,
    year_of,
)


@given(st.integers(0, 99_999_999))
def test_a_number_in_characters_is_read_back(value: int) -> None:
    assert number_of(in_characters(value)) == value


@given(st.integers(1, 99))
def test_the_number_of_a_paragraph_is_read_back(value: int) -> None:
    assert number_below_hundred(in_characters(value)) == value


@given(st.integers(1000, 9999))
def test_a_year_digit_by_digit_is_read_back(year: int) -> None:
    assert year_of(year_in_characters(str(year))) == year


@pytest.mark.parametrize("written", ["二〇〇四", "二○○四", "二零零四", "二ＯＯ四", "二OO四", "2004"])
def test_a_year_is_read_however_its_noughts_are_typed(written: str) -> None:
    assert year_of(written) == 2004


@pytest.mark.parametrize("written", ["十四五", "八五", "百", ""])
def test_names_with_numerals_are_no_numbers(written: str) -> None:
    assert number_of(written) is None


def test_a_letter_in_a_year_that_is_asked_for_stays_a_letter() -> None:
    assert surely_arabic_digits("2O２三") == "2O23"


def test_numerals_of_cheques_are_written_and_read() -> None:
    assert (in_formal_characters(12), informal("拾贰")) == ("壹拾贰", "十二")


def test_similarity_masks_these_numerals_and_no_others() -> None:
    assert sorted(ANY_NUMERAL) == sorted("一二三四五六七八九十百千万两零〇"), "signatures in indexes were made so"


def test_folding_leaves_one_sign_for_the_circle_and_the_nought() -> None:
    assert set(fold(TYPED_ZEROS)) <= set(ANY_NUMERAL)
