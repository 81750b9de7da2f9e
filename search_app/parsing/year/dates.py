"""Dates: the day a report was signed or published, in Arabic or Chinese numerals."""

import re
from datetime import date

_CHINESE = "〇○零Ｏ0一二三四五六七八九"
_ARABIC = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-./－／])\s*(\d{1,2})\s*(?:月|[-./－／])\s*(\d{1,2})(?!\d)\s*日?"
)
_HAN = re.compile(
    rf"([一二][{_CHINESE}O]{{3}})\s*年\s*([一二三四五六七八九十]{{1,2}}|元)\s*月\s*([一二三四五六七八九十]{{1,3}})\s*日"
)
_MONTH = re.compile(
    rf"(20\d{{2}})\s*年\s*(\d{{1,2}})\s*月|(二[{_CHINESE}O]{{3}})年([一二三四五六七八九十]{{1,2}}|元)月"
)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_APART = re.compile(r"2 0 \d \d ?年|20\d\d ?年 \d \d")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ0O", "0")
_MONTHS = {word: number for number, word in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)} | {"元": 1}


def plain_digits(text: str) -> str:
    """Return a text with full-width digits as usual ones, and digits set apart (2 0 2 3 年) closed up."""
    if "２" in text:
        text = text.translate(_WIDE)
    apart = ("2 0" in text or "年 " in text) and _APART.search(text)
    return re.sub(r"(?<=\d)\s(?=\d)", "", text) if apart else text


def find_date(text: str) -> date | None:
    """Return the first date in a text that exists in the calendar."""
    text = plain_digits(text)
    for found in _ARABIC.finditer(text):
        year, month, day = (int(part) for part in found.groups())
        if (made := _date(year, month, day)) is not None:
            return made
    for found in _HAN.finditer(text):
        year = int("".join(_DIGITS[char] for char in found.group(1)))
        if (made := _date(year, _MONTHS.get(found.group(2), 0), _day(found.group(3)))) is not None:
            return made
    return None


def only_date(text: str) -> bool:
    """Say whether a line is a date and nothing else, perhaps in brackets."""
    bare = plain_digits(text).strip("（()） \u3000。")
    return any(pattern.fullmatch(bare) is not None for pattern in (_ARABIC, _HAN, _MONTH))


def only_month(text: str) -> date | None:
    """Return the first day of the month that a line consists of, as some are signed, or None."""
    found = _MONTH.fullmatch(plain_digits(text).strip("（()） \u3000。"))
    if found is None:
        return None
    if found.group(1):
        return _date(int(found.group(1)), int(found.group(2)), 1)
    return _date(int("".join(_DIGITS[char] for char in found.group(3))), _MONTHS.get(found.group(4), 0), 1)


def without_dates(text: str) -> str:
    """Return the text with its full dates cut out."""
    return _HAN.sub("", _ARABIC.sub("", plain_digits(text)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    digits = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
