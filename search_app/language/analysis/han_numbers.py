"""Han numbers: the characters that numbers are written with in Chinese, and the values they stand for.

One table for all that reads or writes such numbers. The sets of characters are strings, to stand inside the brackets of
a pattern. They differ where what is read differs, and each says why: a stray letter O is a nought in 二OO三年, but not
where any number may stand.
"""

from search_app.lazy_patterns import lazy_pattern

WIDE_DIGITS = "０１２３４５６７８９"
ALL_DIGITS = "0123456789" + WIDE_DIGITS

DIGITS = "一二三四五六七八九"
#: What numbers below a hundred are written with: those of paragraphs, days and months.
NUMERALS = DIGITS + "十"
UNITS = "十百千万"
#: 零 stands between units (一百零三), 〇 among digits (二〇二三); either is written for the other.
ZEROS = "零〇"
#: The circle ○ is often typed for 〇. Folding makes one of both, so only texts that are not folded hold it.
TYPED_ZEROS = ZEROS + "○"
#: What documents have for 〇 besides, in years only: the letter O in both widths.
MISTYPED_ZEROS = TYPED_ZEROS + "ＯO"
#: What any number in words is made of in a folded text. What resembles what is kept in indexes, where each number in
#: words counts as one sign: with another set, old and new passages would no longer be compared alike.
ANY_NUMERAL = ZEROS + DIGITS + UNITS + "两"
#: As on cheques, one to ten.
FORMAL_NUMERALS = "壹贰叁肆伍陆柒捌玖拾"

_WRITTEN = "零" + DIGITS
_IN_YEARS = "〇" + DIGITS
_VALUES = {char: value for value, char in enumerate(DIGITS, 1)} | {"两": 2} | dict.fromkeys(TYPED_ZEROS, 0)
_UNIT_VALUES = {"十": 10, "百": 100, "千": 1000}
#: Ten thousand times ten thousand (亿) is beyond what a township counts.
LIMIT = 10**8

_ARABIC = str.maketrans(MISTYPED_ZEROS + DIGITS, "0" * len(MISTYPED_ZEROS) + "123456789")
#: In a question only what is surely a digit is taken for one: of 年:2O23 the reader is told that it is no year.
_SURELY_ARABIC = str.maketrans(TYPED_ZEROS + DIGITS + WIDE_DIGITS, "0" * len(TYPED_ZEROS) + "123456789" + "0123456789")
_HALF_WIDTH = str.maketrans(WIDE_DIGITS, "0123456789")
_FORMAL = str.maketrans(_WRITTEN + UNITS, "零" + FORMAL_NUMERALS + "佰仟萬")
_INFORMAL = str.maketrans(FORMAL_NUMERALS, NUMERALS)
_ALONE = lazy_pattern(rf"[（(]?[{NUMERALS}\d]{{1,3}}[）)]?[、.．]?|第[{NUMERALS}]+(?:章|节|部分)")


def arabic_digits(text: str) -> str:
    """Return a text of digits with Arabic ones for the Chinese, and for whatever is mistyped for 〇."""
    return text.translate(_ARABIC)


def surely_arabic_digits(text: str) -> str:
    """Return a text with usual digits for Chinese and full-width ones; the letter O stays as it is."""
    return text.translate(_SURELY_ARABIC)


def half_width_digits(text: str) -> str:
    """Return a text with usual digits for full-width ones."""
    return text.translate(_HALF_WIDTH)


def year_of(written: str) -> int:
    """Return the year that four digits stand for (二〇二三, 二OO三, 2023)."""
    return int(arabic_digits(written))


def year_in_characters(year: str) -> str:
    """Return a number written digit by digit, as years are (2023 = 二〇二三)."""
    return "".join(_IN_YEARS[int(digit)] for digit in year)


def digits_in_characters(digits: str) -> str:
    """Return digits as they are read one by one behind a point (05 = 零五)."""
    return "".join(_WRITTEN[int(digit)] for digit in digits)


def number_of(written: str) -> int | None:
    """Return the value of a number in Chinese characters below 亿, None where it is none (十四五, 八五)."""
    value = section = 0
    digit: int | None = None
    rank = LIMIT
    for char in written:
        if char in _VALUES:
            if digit:
                return None
            digit = _VALUES[char]
        elif char == "万":
            if value or not section + (digit or 0):
                return None
            value, section, digit, rank = (section + (digit or 0)) * 10_000, 0, None, LIMIT
        else:
            ten = _UNIT_VALUES[char]
            if ten >= rank or (not digit and ten > 10):
                return None
            section, digit, rank = section + (digit or 1) * ten, None, ten
    return value + section + (digit or 0) if written else None


def number_below_hundred(written: str) -> int:
    """Return the value of the number of a paragraph or day (二十三 = 23), 0 where it has none; slips do not matter."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _VALUES.get(written[-1:], 0)
    return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)


def in_characters(value: int) -> str:
    """Return a whole number from 0 to 99,999,999 in Chinese characters, as it is read (12 = 十二)."""
    high, low = divmod(value, 10_000)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return f"{in_characters(high)}万{gap}{_below_ten_thousand(low) if low else ''}"
    made = _below_ten_thousand(value) if value else "零"
    return made.removeprefix("一") if made.startswith("一十") else made


def is_number_alone(heading: str) -> bool:
    """Tell whether a heading is a number and nothing more (二, （三）, 第一部分)."""
    return _ALONE.fullmatch(heading.strip()) is not None


def in_formal_characters(value: int) -> str:
    """Return a whole number from 1 to 99,999 in the characters used on cheques (12 = 壹拾贰)."""
    written = in_characters(value)
    return (f"一{written}" if written.startswith("十") else written).translate(_FORMAL)


def informal(text: str) -> str:
    """Return a text with the usual numerals for those used on cheques."""
    return text.translate(_INFORMAL)


def _below_ten_thousand(value: int) -> str:
    """Return a number from 1 to 9,999 in characters, 10 as 一十."""
    made, gap = "", False
    for name, ten in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, ten)
        if digit:
            made += ("零" if gap and made else "") + _WRITTEN[digit] + name
            gap = False
        else:
            gap = True
    return made
