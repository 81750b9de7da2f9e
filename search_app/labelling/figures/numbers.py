"""Numbers: how a number with its unit is written in a text -> its value and how exact it claims to be.

Arabic and Chinese numbers (28件, 1.3万份, 三十二件, 二十余场). No numbers of things are: ordinals (第14条), ends of a
range (3至5件), one alone in Chinese (一件), which is mostly no count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from re import Match, Pattern
from string import ascii_letters

from search_app.labelling.figures.things import words
from search_app.language.analysis.han_numbers import ALL_DIGITS, NUMERALS, number_of

_TENS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
#: What stands before a number that is no count: part of a longer one, a date, an ordinal, the end of a range.
_NO_COUNT_BEFORE = re.compile(r"(?:[\d.·〔\[第A-Za-z/每]|\d[-—－~～至到]|[几数上百千万][十百千]?|[-—－~～+])$")
_SUSPECT = frozenset(ALL_DIGITS + ascii_letters + ".·〔[第/每几数上百千万十-—－~～至到+")
_RANGES = frozenset(" -—－~～至到")
_MORE = "余多来几"
_TO_ANOTHER = re.compile(r"\s*(?:[-—－~～至到]|—{2})\s*\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with its unit as it stands at ``start`` to ``end``; ``qualifier`` is 余 (and more), 以上, 约 or ""."""

    value: float
    unit: str
    qualifier: str
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers with a unit that some thing is counted in, those in digits first."""
    for pattern in _patterns():
        for found in pattern.finditer(text):
            number = _read(text, found)
            if number is not None:
                yield number


def read_value(text: str) -> float | None:
    """Return the value of a number that stands alone, as in a cell; None where it is none."""
    found = _ALONE.fullmatch(text.strip())
    return _value(found) if found else None


_DIGITS = r"(?P<digits>\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,8}(?:\.\d{1,4})?)\s{0,2}"
_SCALE = rf"(?P<more>[{_MORE}])?(?P<scale>[百千万亿])?(?P<more_too>[{_MORE}])?"
_HAN = NUMERALS + "百千万两零"
_ALONE = re.compile(rf"{_DIGITS}(?P<more>[{_MORE}])?(?P<scale>[万])?(?P<more_too>[{_MORE}])?(?P<han>(?!))?")


@cache
def _patterns() -> tuple[Pattern[str], Pattern[str]]:
    """Return how numbers are written in digits and in Chinese; each begins with what is found quickly."""
    units = "|".join(re.escape(unit) for unit in words().units if unit != "%")
    return (
        re.compile(rf"{_DIGITS}{_SCALE}\s?(?P<unit>{units}|[%％])(?P<han>(?!))?"),
        re.compile(rf"(?P<han>[{_HAN}]{{1,9}})(?P<more>[{_MORE}])?(?P<more_too>(?!))?(?P<unit>{units})"),
    )


def _read(text: str, found: Match[str]) -> Number | None:
    start, end = found.span()
    before = text[start - 1] if start else ""
    if before in _SUSPECT and _NO_COUNT_BEFORE.search(text, max(0, start - 3), start):
        return None
    if (found["han"] and before in _HAN and before) or (
        text[end : end + 1] in _RANGES and _TO_ANOTHER.match(text, end)
    ):
        return None
    value = _value(found)
    if value is None or (found["han"] and value < 2):
        return None
    qualifier = "余" if found["more"] or found["more_too"] else ""
    if text.startswith(("以上", "及以上"), end):
        qualifier, end = "以上", text.index("上", end) + 1
    elif text.startswith("左右", end):
        qualifier, end = "约", end + 2
    unit = "%" if found["unit"] == "％" else found["unit"]
    return Number(value=value, unit=unit, qualifier=qualifier, start=start, end=end)


def _value(found: Match[str]) -> float | None:
    if found["han"]:
        return number_of(found["han"])
    digits, scale = found["digits"], found["scale"]
    if not scale and digits.isdigit():
        return int(digits)
    value = Decimal(digits.replace(",", "").replace("，", "")) * _TENS[scale or ""]
    return int(value) if value == value.to_integral_value() else float(value)
