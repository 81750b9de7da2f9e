"""Years: how they are written, and which range holds which."""

import re

import pytest

from search_app.language.analysis.years import ASKED_YEARS, DIGIT_YEAR, ENTERED_YEARS, HAN_YEAR, REPORTED_YEARS


@pytest.mark.parametrize("written", ["2023", "1998", "二〇二三", "二○二三", "二零二三"])
def test_a_year_is_told_from_other_numbers(written: str) -> None:
    assert re.fullmatch(f"{DIGIT_YEAR}|{HAN_YEAR}", written)


@pytest.mark.parametrize("written", ["1234", "2123", "一九九八", "二二〇三"])
def test_a_number_of_four_digits_need_not_be_a_year(written: str) -> None:
    assert re.fullmatch(f"{DIGIT_YEAR}|{HAN_YEAR}", written) is None


def test_what_a_report_can_report_on_can_be_entered_and_asked_for() -> None:
    assert set(REPORTED_YEARS) < set(ENTERED_YEARS) < set(ASKED_YEARS)
