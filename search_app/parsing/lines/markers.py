"""Markers: the marks that open numbered paragraphs, from 一、 to 一是, in full and half width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from search_app.language.analysis.han_numbers import (
    ALL_DIGITS,
    FORMAL_NUMERALS,
    NUMERALS,
    informal,
    number_below_hundred,
)
from search_app.lazy_patterns import lazy_pattern
from search_app.parsing.lines.heading_names import is_name


class MarkerKind(StrEnum):
    """The kinds of numbers, outer ones before inner ones where the document itself shows no other order."""

    PART = "part"  #: 第一部分
    COMMA = "comma"  #: 一、
    INNER = "inner"  #: 一、 below another 一、
    PAREN = "paren"  #: （一）
    DOT = "dot"  #: 1.
    DECIMAL = "decimal"  #: 1.1
    DEEPER = "deeper"  #: 1.1.1
    ARABIC = "arabic"  #: （1）
    CIRCLE = "circle"  #: ①
    ORDINAL = "ordinal"  #: 第一，
    ITEM = "item"  #: 一是


_HAN = f"[{NUMERALS}]{{1,3}}"
#: As on cheques: 壹、
_FORMAL = f"[{FORMAL_NUMERALS}]{{1,3}}"
#: A dash that was typed for 一: （—）, —、.
_DASH = "[—―－ー]"
#: A digit that a collection of model papers has masked: *.  （*）  ×、
_MASK = "[*＊×✕]{1,2}"
#: What a figure counts or measures, so that 1.1 before it numbers no paragraph.
_MEASURES = (
    "[年月日号时个名人次件场起条项家户亩元万亿千百余多级类处所村支座部台辆组岁周天届期批份本张套"
    "米公里吨平倍度分秒折成点以至到和升]"
)
_MARKER = lazy_pattern(
    rf"(?P<part>第(?:{_HAN}|\d{{1,2}})(?:部分|章|节|篇))[、，：:\s]*"
    rf"|(?P<comma>(?:{_HAN}|{_FORMAL}|[Ⅰ-Ⅻ]|{_DASH})\s?[、．.]|{_HAN}[，,：:])\s*"
    rf"|(?P<paren>[（(〔【]?\s?{_HAN}\s?[）)〕】]|[（(]\s?{_DASH}\s?[）)]|[㈠-㈩])[、.．，,]?\s*"
    rf"|(?P<item>{_HAN}(?:是|要))[，,]?"
    rf"|(?P<ordinal>[第其]{_HAN}(?:[，,、：:]|是)|(?:问题|举措|措施|做法|亮点|经验|特色|任务){_HAN}[：:、])"
    rf"|(?P<decimal>\d{{1,2}}[.．]\d{{1,2}}[.．、]?(?:\s+|(?!{_MEASURES}))(?=[\u4e00-\u9fff]))"
    r"|(?P<deeper>\d{1,2}(?:[.．]\d{1,2}){2}[.．、]?\s+(?=[\u4e00-\u9fff]))"
    rf"|(?P<dot>\d{{1,2}}\s?[.．、](?!\d)|{_MASK}\s?[.．、](?=[“《\u4e00-\u9fff])|[⒈-⒛])\s*"
    rf"|(?P<arabic>[（(]\s?(?:\d{{1,2}}|{_MASK})\s?[）)](?![、，。]?年)|\d{{1,2}}[）)]|[⑴-⒇])[、.．]?\s*"
    r"|(?P<circle>[①-⑳])[、.．]?\s*"
)
#: Numbers that are one character, the first and the last of each kind.
_SINGLE = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩"), ("Ⅰ", "Ⅻ"))
#: What a number can begin with: most lines are told to have none by their first character.
_OPENERS = frozenset(
    ALL_DIGITS + NUMERALS + FORMAL_NUMERALS + "其问举措做亮经特任—―－ー*＊×✕第（(〔【"
    + "".join(chr(code) for first, last in _SINGLE for code in range(ord(first), ord(last) + 1))
)  # fmt: skip
#: How far inside each kind usually stands.
RANK = {kind: rank for rank, kind in enumerate(MarkerKind)}
#: Kinds written with brackets, which authors mix within one series: （一）（2）（三）.
BRACKETED = {MarkerKind.PAREN, MarkerKind.ARABIC}
_SPACED = lazy_pattern(rf"(?:{_HAN}|(?P<digits>\d{{1,2}}))\s+(?=[\u4e00-\u9fff])|{_HAN}$")
_LONGEST_SPACED = 40
#: A digit right before its words, which are no measure and soon end.
_UNDOTTED = lazy_pattern(
    r"\d{1,2}(?![年月日号时个名人次件场起条项家户亩元万亿千百余多级类处所村支座部台辆组岁周天届期批份本张套笔宗种类位])(?=[\u4e00-\u9fff“][^。；：]{3,34}(?:[。：]|$))"
)
_FAR = 12  # paragraphs between a number and the one that it goes on from
_NUMBERS = lazy_pattern(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The number that opens a paragraph (0 = masked); ``end`` is where the words begin."""

    kind: MarkerKind
    number: int
    end: int


def find_marker(text: str) -> Marker | None:
    """Return the number that a paragraph opens with."""
    return _marker(text) if text[:1] in _OPENERS else None


@lru_cache(maxsize=2048)  # each line is asked about by several steps
def _marker(text: str) -> Marker | None:
    found = _MARKER.match(text)
    if found is None or found.lastgroup is None:
        return None
    return Marker(kind=MarkerKind(found.lastgroup), number=_value(found.group(found.lastgroup)), end=found.end())


def find_markers(texts: Sequence[str | None]) -> tuple[Marker | None, ...]:
    """Return the number of each paragraph (None = a table), also of kinds that only a series makes believable."""
    found = [None if text is None else find_marker(text) for text in texts]
    decimal = any(one is not None and one.kind is MarkerKind.DECIMAL for one in found)
    if decimal:
        found = _only_series(found)
    spaced: dict[int, Marker] = {}
    for at, text in enumerate(texts):
        if text and text[0] in _OPENERS and found[at] is None and (one := _spaced(text, decimal=decimal)) is not None:
            spaced[at] = one
    alone = {at for at, one in spaced.items() if one.end == len(texts[at] or "")}
    for at in alone:  # cells of a table stand one below the other, numbers of paragraphs do not
        if at - 1 in alone or at + 1 in alone:
            del spaced[at]
    for kind in (MarkerKind.COMMA, MarkerKind.DOT) if spaced else ():
        series = {at: one for at, one in spaced.items() if one.kind is kind}
        if [one.number for one in series.values()] == list(range(1, len(series) + 1)) and (decimal or len(series) > 1):
            for at, one in series.items():
                found[at] = one
    return tuple(_undotted(_unmasked(_nested(_outer_ordinals(found), texts)), texts))


def _undotted(found: list[Marker | None], texts: Sequence[str | None]) -> list[Marker | None]:
    """Believe a digit without its dot (2优化服务。…) where it goes on from the number before it."""
    for at, text in enumerate(texts):
        if not text or not text[0].isdecimal() or found[at] is not None or (bare := _UNDOTTED.match(text)) is None:
            continue
        number = int(bare.group())
        for before in reversed(found[max(at - _FAR, 0) : at]):
            if before is not None and before.kind in (MarkerKind.DOT, MarkerKind.PAREN):
                if before.number == number - 1:
                    found[at] = Marker(kind=before.kind, number=number, end=bare.end())
                break
    return found


def _outer_ordinals(found: list[Marker | None]) -> list[Marker | None]:
    """Take 第一、 for the outermost number where there is none other and it has numbers of its own below it."""
    used = [one for one in found if one is not None]
    if any(one.kind in (MarkerKind.PART, MarkerKind.COMMA) for one in used):
        return found
    parts = [at for at, one in enumerate(used) if one.kind is MarkerKind.ORDINAL]
    if [used[at].number for at in parts] != list(range(1, len(parts) + 1)) or len(parts) < 2 or parts[0]:
        return found
    below = [
        used[at + 1].number == 1 and used[at + 1].kind is not MarkerKind.ORDINAL for at in parts if at + 1 < len(used)
    ]
    if sum(below) < 2:
        return found
    return [
        replace(one, kind=MarkerKind.COMMA) if one is not None and one.kind is MarkerKind.ORDINAL else one
        for one in found
    ]


def _nested(found: list[Marker | None], texts: Sequence[str | None]) -> list[Marker | None]:
    """Tell 一、 directly below 一、 and what goes on from it from the numbers of the level above."""
    if sum(one is not None and one.kind is MarkerKind.COMMA and one.number == 1 for one in found) < 2:
        return found
    outer = inner = 0
    made: list[Marker | None] = []
    for at, one in enumerate(found):
        last = found[at - 1] if at else None
        if one is not None and one.kind is MarkerKind.COMMA:
            below = one.number == 1 and last is not None and (last.kind, last.number) == (MarkerKind.COMMA, 1)
            goes_on = (
                inner
                and one.number == inner + 1
                and not (one.number == outer + 1 and is_name(texts[at] or "", one.end))
            )
            if below or goes_on:
                inner = one.number
                one = replace(one, kind=MarkerKind.INNER)
            else:
                outer, inner = one.number, 0
        made.append(one)
    return made


def _spaced(text: str, *, decimal: bool) -> Marker | None:
    """Return the number of a short line that only a blank parts from its words, if any (一 主要做法; 一; 1 总则)."""
    if len(text) > _LONGEST_SPACED:
        return None
    found = _SPACED.match(text)
    if found is None or (found.group("digits") and not decimal) or text[-1] in "。；，、":
        return None
    kind = MarkerKind.DOT if found.group("digits") else MarkerKind.COMMA
    return Marker(kind=kind, number=_value(found.group().strip()), end=found.end())


def _only_series(found: Iterable[Marker | None]) -> list[Marker | None]:
    """Drop decimal numbers that are no paragraph's: those that go neither on nor begin anew."""
    kept: list[Marker | None] = []
    last = 0
    for one in found:
        if one is not None and one.kind is MarkerKind.DECIMAL:
            if one.number not in (1, last + 1):
                one = None
            else:
                last = one.number
        kept.append(one)
    return kept


def _unmasked(found: list[Marker | None]) -> list[Marker | None]:
    """Count masked numbers on from the one before, anew below an outer kind."""
    if all(one is None or one.number for one in found):
        return found
    counts: dict[MarkerKind, int] = {}
    made: list[Marker | None] = []
    for one in found:
        if one is not None:
            if one.number == 0:
                one = replace(one, number=counts.get(one.kind, 0) + 1)
            for kind in [kind for kind in counts if RANK[kind] > RANK[one.kind]]:
                del counts[kind]
            counts[one.kind] = one.number
        made.append(one)
    return made


def _value(mark: str) -> int:
    for first, last in _SINGLE:
        if first <= mark[0] <= last:
            return ord(mark[0]) - ord(first) + 1
    digits = _NUMBERS.findall(mark)
    if digits:
        return int(digits[-1])
    if any(char in mark for char in "—―－ー"):
        return 1
    return number_below_hundred("".join(char for char in informal(mark) if char in NUMERALS))


_ITEM = lazy_pattern(rf"(?:^|(?<=[。；;：:，,、！\s]))(?P<number>{_HAN})(?:是|要)")
_ORDINAL = lazy_pattern(rf"(?:^|(?<=[。；;：:，,！\s]))第(?P<number>{_HAN})(?:[，,、：:]|是)")
_IN_BRACKETS = lazy_pattern(r"(?:^|(?<=[。；;：:，,！\s]))[（(](?P<number>\d{1,2})[）)]")
_IN_HAN_BRACKETS = lazy_pattern(rf"(?:^|(?<=[。；;：:！\s]))[（(](?P<number>{_HAN})[）)]")
_DOTTED = lazy_pattern(r"(?:^|(?<=[。；;：:！\s]))(?P<number>\d{1,2})[.．、](?!\d)")
_CIRCLED = lazy_pattern(r"(?P<number>[①-⑳])")
#: The numbers that items usually have, so that they need not be worked out.
_SMALL = {numeral: number for number, numeral in enumerate(NUMERALS, 1)}
_WORDS = lazy_pattern(r"(?:^|(?<=[。；;：:！\s]))(?:首先|其次|再次|最后|此外|另外|同时|一方面|另一方面)[，,]")
#: Each kind of item, and what a text with its number one must hold.
_INLINE = (
    (_ITEM, ("一是", "一要")),
    (_ORDINAL, ("第一",)),
    (_IN_HAN_BRACKETS, ("（一", "(一")),
    (_IN_BRACKETS, ("（1", "(1", "（１", "(１")),
    (_DOTTED, ("1.", "1．", "1、", "１.", "１．", "１、")),
    (_CIRCLED, ("①",)),
)


def find_items(text: str) -> tuple[int, ...]:
    """Return where the items of a list inside a paragraph begin (一是…二是…, （1）…（2）…), or ().

    A list counts only when it starts at one and goes on, so that 二是 in other words is no item.
    """
    for pattern, first in _INLINE:
        for one in first:
            if one in text:
                break
        else:
            continue
        starts: list[int] = []
        expected = 1
        for found in pattern.finditer(text):
            number = _SMALL.get(found.group("number")) or _value(found.group("number"))
            if number == expected or (starts and number == 1):
                starts.append(found.start())
                expected = number + 1
        if len(starts) > 1:
            return tuple(starts)
    return ()


def find_turns(text: str) -> tuple[int, ...]:
    """Return where words such as 首先， or 其次， open a sentence: good places to cut a long paragraph."""
    return tuple(found.start() for found in _WORDS.finditer(text))
