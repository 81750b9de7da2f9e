"""Numbers of a spreadsheet -> the text that the cell shows: dates, percents, decimals, thousands.

In go the stored number and the format's code (ECMA-376 Part 1, 18.8.30), out comes text. The surprise: a date is a
number of days since 1899-12-30, and only the format says that it is one.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from search_app.language.analysis.han_numbers import in_characters

#: The formats that every program knows by number, those of Chinese systems among them.
BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
_MOST_DECIMALS = 10
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|_.|\*.", re.S)
_BRACKETS = re.compile(r"\[(?!h|m|s)[^\]]*\]", re.I)
_CHINESE = re.compile(r"\[DBNum[123]\]", re.I)
_DATE = re.compile(r"[ymdhs]", re.I)
_PART = re.compile(r"(y+|m+|d+|h+|s+|a+/p+|上午/下午|am/pm|\[h+\]|\[m+\]|\[s+\])", re.I)


def shown(stored: str, code: str, *, from_1904: bool = False) -> str:
    """Return the text of a number in a format; what is no number is given as it is."""
    try:
        number = float(stored)
    except ValueError:
        return stored
    if not abs(number) < 1e15:
        return stored
    sections = code.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    if number == 0 and len(sections) > 2 and sections[2].strip():
        section = sections[2]
    plain = _LITERAL.sub("", _BRACKETS.sub("", section))
    if section in ("", "@") or "general" in section.lower():
        before, _, after = re.sub("general", "\0", section, flags=re.I).partition("\0")
        return "".join((*_words(before), _general(number), *_words(after)))
    if _DATE.search(plain) and "#" not in plain and "0" not in plain.replace(".0", ""):
        return _date(number, section, from_1904=from_1904) or _general(number)
    if ("/" in plain and "?" in plain) or "e+" in plain.lower():
        return _general(number)
    return _decimal(number, section, plain, signed=section is sections[0])


def _general(number: float) -> str:
    """Write a number as a cell without a format does: no more digits than it needs."""
    if number == int(number):
        return str(int(number))
    return f"{number:.10f}".rstrip("0").rstrip(".") if 1e-5 < abs(number) < 1e11 else f"{number:.10g}"


def _decimal(number: float, section: str, plain: str, *, signed: bool) -> str:
    percent = plain.count("%") > 0
    value = number * 100 if percent else number
    found = re.search(r"\.([0#?]+)", plain)
    places = found[1] if found else ""
    if not re.search(r"[#0?]", plain):
        return "".join(_words(section)) or _general(number)  # a format that shows only words
    text = f"{abs(value):,.{min(len(places), _MOST_DECIMALS)}f}"
    if "#,#" not in plain and "0,0" not in plain:
        text = text.replace(",", "")
    least = len(re.findall("0", plain.partition(".")[0]))
    if least > 1 and "," not in text:
        whole, dot, rest = text.partition(".")
        text = whole.zfill(least) + dot + rest
    optional = len(places) - len(places.rstrip("#?"))
    if optional and "." in text:
        kept = len(text) - optional
        text = (text[:kept] + text[kept:].rstrip("0")).rstrip(".")
    before, after = _around(section)
    sign = "-" if number < 0 and signed and float(text.replace(",", "") or 0) else ""
    return f"{before}{sign}{text}{'%' if percent else ''}{after}".strip()


def _around(section: str) -> tuple[str, str]:
    """Return the words of a format before its digits and after them (¥, 元, 件)."""
    section = _BRACKETS.sub(_currency, section)
    match = re.search(r"[#0?][#0?,.]*", re.sub(r"\"[^\"]*\"|\\.", lambda found: "\x00" * len(found[0]), section))
    if match is None:
        return "", ""
    before, after = section[: match.start()], section[match.end() :]
    return "".join(_words(before)), "".join(_words(after)).replace("%", "")


def _currency(found: re.Match[str]) -> str:
    sign = re.match(r"\[\$([^-\]]+)", found[0])
    return f'"{sign[1]}"' if sign else ""


def _words(piece: str) -> list[str]:
    """Return the text that a piece of a format shows as it stands."""
    piece = _LITERAL.sub(lambda found: found[1] if found[1] is not None else found[2] or "", piece)
    return [char for char in piece if char not in "#0?@"]


def _date(number: float, section: str, *, from_1904: bool) -> str:
    if not 0 <= number <= _LAST_DAY:
        return ""
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=number) + timedelta(milliseconds=1)
    chinese = _CHINESE.search(section) is not None
    half = re.search("am/pm|a/p|上午/下午", section, re.I) is not None
    pieces: list[str] = []
    literals = re.split(r"(\"[^\"]*\"|\\.)", _BRACKETS.sub("", section))
    before = ""
    for piece in literals:
        if piece.startswith(('"', "\\")):
            pieces.append(piece.strip('"') if piece.startswith('"') else piece[1:])
            continue
        for part in _PART.split(re.sub(r"_.|\*.|@", "", piece)):
            minutes = part.lower().startswith("m") and (
                before.startswith("h") or ("s" in section.lower() and not before)
            )
            pieces.append(_piece(part, moment, minutes=minutes, chinese=chinese, half=half))
            if _PART.fullmatch(part):
                before = part.lower().strip("[")
    return "".join(pieces).strip()


def _piece(part: str, moment: datetime, *, minutes: bool, chinese: bool, half: bool) -> str:
    """Return what one part of a date's format shows (yyyy, mm, d, h …); all other text as it stands."""
    kind = part.lower().strip("[]")
    if not _PART.fullmatch(part):
        return part
    if kind[0] in "a上":
        return "上午" if moment.hour < 12 else "下午"
    if kind[0] == "y":
        year = str(moment.year) if len(kind) > 2 else f"{moment.year % 100:02d}"
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in year) if chinese else year
    if kind[0] == "d" and len(kind) > 2:
        return "星期" + "一二三四五六日"[moment.weekday()]
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    value = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}[kind[0]]
    if kind[0] == "m" and len(kind) > 2:
        return f"{value}月"
    if chinese:
        return in_characters(value)
    return f"{value:02d}" if len(kind) == 2 else str(value)
