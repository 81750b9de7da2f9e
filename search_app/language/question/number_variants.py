"""Number variants: the other ways in which the figures of a typed text may be written.

In goes what was typed, out come whole texts that say the same: 十二个 and 12个, 二〇二三年 and 2023年, 95% and
百分之九十五, 24h and 24小时, 12·4 and 12月4日, 1.2万 and 12000, 〔2023〕5号 and （2023）5号, 八五普法 and “八五”普法.
The surprise: figures that belong to a name stay as they are (一是, 三项制度, 十四五, 第一责任人): a numeral needs a
unit behind it.
"""

from collections.abc import Callable, Iterator
from itertools import islice, product
from re import Match, Pattern

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import (
    ANY_NUMERAL,
    DIGITS,
    LIMIT,
    NUMERALS,
    ZEROS,
    arabic_digits,
    digits_in_characters,
    in_characters,
    number_of,
    year_in_characters,
)
from search_app.language.analysis.years import DIGIT_YEAR
from search_app.lazy_patterns import lazy_pattern

#: So many other ways of writing at most for one text.
MOST = 12


#: What a unit is no unit before, but part of a name: 三家镇.
_NO_NAME = "(?![镇乡街桥村])"
#: Behind one of these a numeral of several characters is a quantity …
_UNITS = (
    "(?:个|(?:件|起|次|名|人次|人|户|家|场次|场|期|份|条|处|支|辆|台|间|张|部|篇|册|本|天|小时|分钟|万元|元|亩|公里"
    f"|平方米|项|位|批|轮|套|幅|块|座|所|遍|课时|学时|余|多|款){_NO_NAME})"
)
#: … but a single one only behind these, which names (三项制度, 四个意识) are seldom made with.
_SURE_UNITS = (
    f"(?:(?:件(?!事|套)|起|次|名|户|场|份|辆|台|小时|万元|元|亩|公里){_NO_NAME}|个(?=$|\\s|[村社站点组队网室中乡镇调]))"
)
_HAN = f"[{ANY_NUMERAL}]"
_FIGURES = frozenset(ANY_NUMERAL)
_DOT = "[·.•・‧∙⋅]"
_LONE = r"(?<![\d.])"
#: Units as letters and as they are said.
_MEASURES = {"h": "小时", "km": "公里", "kg": "公斤", "㎡": "平方米", "m2": "平方米"}
#: What makes a point of 12.4 a decimal one.
_NO_MEASURE = "(?![\\d.%a-z万亿千百个件名元米亩吨公平倍人次户分])"


def vary_numbers(text: str) -> tuple[str, ...]:
    """Return the text with its figures written in other ways, at most :data:`MOST`; empty where there are none."""
    folded = fold(text)
    if not any(char in _FIGURES or char.isdecimal() for char in folded):
        return ()  # as most texts: no pattern has to be looked for, nor compiled
    spots = list(_spots(folded))
    if not spots:
        return ()
    options = [_ways(text[start:end], others) for start, end, others in spots]
    edges = [0, *(edge for start, end, _ in spots for edge in (start, end)), len(text)]
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    made = (
        "".join((between[0], *(part + rest for part, rest in zip(chosen, between[1:], strict=True))))
        for chosen in product(*options)
    )
    few = islice(made, 1, MOST + 1)  # a pasted sentence with twenty figures has millions
    return tuple(other for other in dict.fromkeys(few) if fold(other) != folded)


def _ways(typed: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ways to write one figure, as typed first, each once and none that is read as another."""
    ways: dict[str, str] = {}
    for way in (typed, *others):
        ways.setdefault(fold(way), way)
    return tuple(ways.values())


def _spots(folded: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where figures stand and how else they are written, in order, none overlapping."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for pattern, rewrite in _RULES:
        for match in pattern.finditer(folded):
            apart = all(end <= match.start() or match.end() <= start for start, end, _ in found)
            if apart and (others := rewrite(match)):
                found.append((match.start(), match.end(), others))
    yield from sorted(found)


def _document(match: Match[str]) -> tuple[str, ...]:
    """〔2023〕5号: the brackets that are prescribed (GB/T 9704-2012, 7.2.5), and those that are typed."""
    return tuple(f"{left}{match[1]}{right}" for left, right in ("〔〕", "（）"))


def _day(match: Match[str]) -> tuple[str, ...]:
    """12·4, 12.4, 12月4日, 十二月四日."""
    month, day = _value(match[1]), _value(match[2])
    if not (month and day and month <= 12 and day <= 31):
        return ()
    return (f"{month}·{day}", f"{month}.{day}", f"{month}月{day}日", f"{in_characters(month)}月{in_characters(day)}日")


def _month(match: Match[str]) -> tuple[str, ...]:
    value = _value(match[1])
    return (f"{value}月", f"{in_characters(value)}月") if value and value <= 12 else ()


def _year(match: Match[str]) -> tuple[str, ...]:
    """二〇二三年, 2023年; 23年 where a unit of words begins with it."""
    digits = arabic_digits(match[1])
    value = digits if len(digits) == 4 else f"20{digits}"
    return (f"{value}年", f"{year_in_characters(value)}年")


def _percent(match: Match[str]) -> tuple[str, ...]:
    if match[1]:
        whole, _, part = match[1].partition(".")
        said = "百" if match[1] == "100" else in_characters(int(whole))
        return (f"百分之{said}{'点' if part else ''}{digits_in_characters(part)}",)
    whole, _, part = match[2].partition("点")
    value = 100 if whole == "百" else _value(whole)
    return () if value is None else (f"{value}{'.' if part else ''}{arabic_digits(part)}%",)


def _ten_thousands(match: Match[str]) -> tuple[str, ...]:
    """1.2万, 12000."""
    if match[1]:
        scaled = round(float(match[1]) * 10_000)
        return (str(scaled),) if scaled < LIMIT else ()
    value = int(match[2].replace(",", ""))
    if value < 10_000:
        return (str(value),) if "," in match[2] else ()
    plain = (str(value),) if "," in match[2] else ()
    return (*plain, f"{value / 10_000:g}万") if value % 100 == 0 and value < LIMIT else plain


def _quantity(match: Match[str]) -> tuple[str, ...]:
    """十二 or 12 before a unit."""
    written = match[0]
    if not written.isdecimal():
        value = number_of(written)
        return () if value is None else (str(value), *([f"{value / 10_000:g}万"] if value >= 10_000 else []))
    said = in_characters(int(written))
    return ("两" if written == "2" else said,)


def _measure(match: Match[str]) -> tuple[str, ...]:
    """24h, 24小时, 二十四小时."""
    value, unit = match[1], _MEASURES.get(match[2], match[2])
    letters = (f"{value}{short}" for short, said in _MEASURES.items() if said == unit)
    whole = (f"{in_characters(int(value))}{unit}",) if value.isdecimal() and len(value) <= 4 else ()
    return (f"{value}{unit}", *letters, *whole)


def _plan(match: Match[str]) -> tuple[str, ...]:
    """八五普法, “八五”普法: which five-year plan, with the quotation marks that many put around it."""
    return (match[1], f"“{match[1]}”")


def _value(written: str) -> int | None:
    return int(written) if written.isdecimal() else number_of(written)


#: The first rule that a place fits counts.
_RULES: tuple[tuple[Pattern[str], Callable[[Match[str]], tuple[str, ...]]], ...] = (
    (lazy_pattern(rf"[\[(<]({DIGIT_YEAR})[\])>](?=第?\d+号)"), _document),
    (lazy_pattern(rf"{_LONE}(\d{{1,2}}){_DOT}(\d{{1,2}}){_NO_MEASURE}"), _day),
    (
        lazy_pattern(rf"{_LONE}(\d{{1,2}}|[{NUMERALS}]{{1,2}})月(\d{{1,2}}|[{NUMERALS}]{{1,3}})[日号]"),
        _day,
    ),
    (lazy_pattern(rf"{_LONE}(?<!个)(\d{{1,2}}|[{NUMERALS}]{{1,2}})月(?!份?报|调度|通报)"), _month),
    (lazy_pattern(rf"(?<![\d{ZEROS}{DIGITS}])([12]\d{{3}}|[一二][{ZEROS}{DIGITS}]{{3}})年"), _year),
    (lazy_pattern(r"(?:^|(?<=\s))([12]\d)年(?![来间级龄])"), _year),
    (lazy_pattern(rf"{_LONE}(\d{{1,3}}(?:\.\d+)?)%|百分之({_HAN}+(?:点[{ZEROS}{DIGITS}]+)?|\d+)"), _percent),
    (
        lazy_pattern(rf"{_LONE}(\d+(?:\.\d+)?)万|{_LONE}(\d{{1,3}}(?:,\d{{3}})+|\d{{5,8}})(?![\d.,]|热线)"),
        _ten_thousands,
    ),
    (lazy_pattern(rf"{_LONE}(\d+(?:\.\d+)?)(h|km|kg|㎡|m2|小时|公里|公斤|平方米)(?![a-z0-9])"), _measure),
    (lazy_pattern(rf"{_LONE}[1-9]\d{{0,3}}(?={_UNITS})"), _quantity),
    (lazy_pattern(rf"(?<!{_HAN}){_HAN}{{2,}}(?={_UNITS}|$|\s)"), _quantity),
    (lazy_pattern(rf"(?<!{_HAN})[二两三四五六七八九十](?={_SURE_UNITS})"), _quantity),
    (lazy_pattern(rf"(?<![{NUMERALS}])[“\"]?(十?[{DIGITS}]五)[”\"]?(?=普法|规划|时期|期间)"), _plan),
)
