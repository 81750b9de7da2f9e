"""Dates: the day a report was signed or published, in Arabic or Chinese numerals."""

import re
from datetime import date

from search_app.language.analysis.han_numbers import (
    DIGITS,
    MISTYPED_ZEROS,
    NUMERALS,
    half_width_digits,
    in_characters,
    number_below_hundred,
    year_of,
)
from search_app.language.analysis.years import DIGIT_YEAR

_IN_YEAR = MISTYPED_ZEROS + "0" + DIGITS
_ARABIC = re.compile(
    rf"(?<!\d)({DIGIT_YEAR})\s*(?:年|[-./－／])\s*(\d{{1,2}})\s*(?:月|[-./－／])\s*(\d{{1,2}})(?!\d)\s*日?"
)
_HAN = re.compile(rf"([一二][{_IN_YEAR}]{{3}})\s*年\s*([{NUMERALS}]{{1,2}}|元)\s*月\s*([{NUMERALS}]{{1,3}})\s*日")
_MONTH = re.compile(rf"(20\d{{2}})\s*年\s*(\d{{1,2}})\s*月|(二[{_IN_YEAR}]{{3}})年([{NUMERALS}]{{1,2}}|元)月")
_APART = re.compile(r"2 0 \d \d ?年|20\d\d ?年 \d \d")
_MONTHS = {in_characters(number): number for number in range(1, 13)} | {"元": 1}


def normalise_digits(text: str) -> str:
    """Return a text with full-width digits as usual ones, and digits set apart (2 0 2 3 年) closed up."""
    if "２" in text:
        text = half_width_digits(text)
    apart = ("2 0" in text or "年 " in text) and _APART.search(text)
    return re.sub(r"(?<=\d)\s(?=\d)", "", text) if apart else text


def find_date(text: str) -> date | None:
    """Return the first date in a text that exists in the calendar."""
    text = normalise_digits(text)
    for found in _ARABIC.finditer(text):
        year, month, day = (int(part) for part in found.groups())
        if (made := _date(year, month, day)) is not None:
            return made
    for found in _HAN.finditer(text):
        year = year_of(found.group(1))
        if (made := _date(year, _MONTHS.get(found.group(2), 0), _day(found.group(3)))) is not None:
            return made
    return None


def is_date(text: str) -> bool:
    """Say whether a line is a date and nothing else, perhaps in brackets."""
    bare = normalise_digits(text).strip("（()） \u3000。")
    return any(pattern.fullmatch(bare) is not None for pattern in (_ARABIC, _HAN, _MONTH))


def read_month(text: str) -> date | None:
    """Return the first day of the month that a line consists of, as some are signed, or None."""
    found = _MONTH.fullmatch(normalise_digits(text).strip("（()） \u3000。"))
    if found is None:
        return None
    if found.group(1):
        return _date(int(found.group(1)), int(found.group(2)), 1)
    return _date(year_of(found.group(3)), _MONTHS.get(found.group(4), 0), 1)


def remove_dates(text: str) -> str:
    """Return the text with its full dates cut out."""
    return _HAN.sub("", _ARABIC.sub("", normalise_digits(text)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str) -> int:
    """Return the day of a month, 0 where two digits stand without 十: 二三日 is none."""
    return number_below_hundred(text) if len(text) == 1 or "十" in text else 0


def unless_horizon(year: int | None, signed: date | None) -> int | None:
    """Return a year, None where it is too far from the day of signing to be a report's, or a plan's for the next."""
    return None if year is None or (signed is not None and year > signed.year + 1) else year
