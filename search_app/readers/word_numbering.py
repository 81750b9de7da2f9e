"""Automatic paragraph numbers of Word, as the text a reader of the page sees: 一、 （二） 3. ①.

In go list definitions (from .docx XML or .doc binary) and, paragraph by paragraph, list and level; out comes the label.
The surprise: counters belong to the *abstract* list, so two lists that share one continue each other, unless the
second says startOverride, which then holds once. Rules: ECMA-376 Part 1, 17.9 and 17.18.59.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from search_app.language.analysis.han_numbers import in_characters, in_formal_characters, year_in_characters

_LIMIT = 100_000  # no list has more paragraphs
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_CIRCLED = (range(0x2460, 0x2474), range(0x3251, 0x3260), range(0x32B1, 0x32C0))
_CLOSING = "、，。；：．.,;:)）]】〕》〉」』"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list: ``text`` holds %1..%9 where the numbers of the levels go."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  #: 0 = never; k = only after a level up to the k-th; None = after any higher level
    legal: bool = False  #: numbers of higher levels are shown as 1, 2, 3 whatever their own format
    suffix: str = "tab"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedList:
    """A list as paragraphs refer to it: its levels, whose counters it uses, and where it starts anew."""

    abstract: str
    levels: Mapping[int, Level]
    overrides: Mapping[int, int] = field(default_factory=dict)


class Counting:
    """The counters of one document; mutable, made afresh for each reading."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._overridden: set[tuple[str, int]] = set()

    def label(self, number: str, listed: NumberedList, depth: int) -> str:
        """Count one paragraph of list ``number`` at level ``depth`` (0-based) and return its label, with separator."""
        level = listed.levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(listed.abstract, {})
        override = listed.overrides.get(depth)
        if override is not None and (number, depth) not in self._overridden:
            self._overridden.add((number, depth))
            counts[depth] = override
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [at for at in counts if at > depth and _restarts(listed.levels.get(at), depth)]:
            del counts[deeper]
        return _separated(_shown(level, listed.levels, counts), level.suffix)


def _restarts(level: Level | None, used: int) -> bool:
    if level is None or level.restart is None:
        return True
    return used < level.restart


def _shown(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    """Return the level's text with the counters put in; a bullet shows nothing."""
    if level.format == "bullet":
        return ""
    shown = level.text
    for depth in range(9):
        if f"%{depth + 1}" in shown:
            other = levels.get(depth, Level())
            # ``format`` is this level's own for its own counter; isLgl turns every counter into plain digits.
            kind = "decimal" if level.legal else other.format
            shown = shown.replace(f"%{depth + 1}", numeral(counts.get(depth, other.start), kind))
    return shown


def _separated(label: str, suffix: str) -> str:
    """Put a blank after labels that would run into the text (第一章 总则), none after 一、 or （一）."""
    label = label.strip()
    if not label or suffix == "nothing":
        return label
    closed = label[-1] in _CLOSING or "\u2460" <= label[-1] <= "\u32bf"
    return label if closed else label + " "


def numeral(number: int, kind: str) -> str:
    """Return a number in one of Word's formats; an unknown format and a number out of its range give plain digits."""
    write = _FORMATS.get(kind)
    if write is None:
        return str(number)
    return write(number) or str(number)


def _chinese(number: int) -> str:
    """Write 0 to 99,999 the way people count: 十, 十一, 二十, 一百零三."""
    return in_characters(number) if 0 <= number < _LIMIT else ""


def _legal(number: int) -> str:
    """Write 1 to 99,999 in the digits used on cheques: 壹拾贰."""
    return in_formal_characters(number) if 0 <= number < _LIMIT else ""


def _digit_by_digit(number: int) -> str:
    return year_in_characters(str(number)) if number >= 0 else ""


def _short_counting(number: int) -> str:
    """Write up to 99 as 十一, beyond digit by digit, as Word's chineseCounting does."""
    return _chinese(number) if 0 < number < 100 else _digit_by_digit(number)


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return ""
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letters(number: int) -> str:
    """Write a..z, then aa, bb: Word repeats the letter."""
    return chr(0x61 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else ""


def _circled(number: int) -> str:
    if number == 0:
        return "⓪"
    for at, codes in zip((1, 21, 36), _CIRCLED, strict=True):
        if at <= number < at + len(codes):
            return chr(codes[number - at])
    return ""


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _from(first: int, count: int) -> Callable[[int], str]:
    """Return a writer for numerals that Unicode holds as one character each (⑴ ⒈ ㈠)."""
    return lambda number: chr(first + number - 1) if 1 <= number <= count else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "\u200b",  # shows nothing; invisible characters are taken out of every block's text
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "chineseCounting": _short_counting,
    "chineseCountingThousand": _chinese,
    "chineseLegalSimplified": _legal,
    "taiwaneseCounting": _short_counting,
    "taiwaneseCountingThousand": _chinese,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseCounting": _chinese,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": lambda number: f"{number}.",
}
