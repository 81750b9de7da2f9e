"""Numbering: the marks that open numbered paragraphs, from 一、 to 一是, in full and half width."""

import re
from dataclasses import dataclass

_HAN = "[一二三四五六七八九十]{1,3}"
_MARKER = re.compile(
    rf"(?P<part>第{_HAN}(?:部分|章|节|篇))[、，：:\s]*"
    rf"|(?P<comma>{_HAN}\s?[、．.])\s*"
    rf"|(?P<paren>[（(〔【]?\s?{_HAN}\s?[）)〕】]|[㈠-㈩])[、.．，,]?\s*"
    rf"|(?P<item>{_HAN}(?:是|要))[，,]?"
    rf"|(?P<ordinal>第{_HAN}(?:[，,、：:]|是))"
    r"|(?P<dot>\d{1,2}\s?[.．、](?!\d)|[⒈-⒛])\s*"
    r"|(?P<arabic>[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[）)]|[⑴-⒇])[、.．]?\s*"
    r"|(?P<circle>[①-⑳])[、.．]?\s*"
)
_OPENERS = frozenset(
    "第一二三四五六七八九十（(〔【㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
)
#: Outer kinds before inner ones, where the document itself does not show another order.
RANK = {
    kind: rank for rank, kind in enumerate(("part", "comma", "paren", "dot", "arabic", "circle", "ordinal", "item"))
}
#: Kinds written with brackets, which authors mix within one series: （一）（2）（三）.
BRACKETED = {"paren", "arabic"}
_SINGLE = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩"))
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The number that opens a paragraph; ``end`` is where the words begin."""

    kind: str
    number: int
    end: int


def marker(text: str) -> Marker | None:
    """Return the number that a paragraph opens with."""
    if text[:1] not in _OPENERS:
        return None
    found = _MARKER.match(text)
    if found is None or found.lastgroup is None:
        return None
    return Marker(kind=found.lastgroup, number=_value(found.group(found.lastgroup)), end=found.end())


def _value(mark: str) -> int:
    for first, last in _SINGLE:
        if first <= mark[0] <= last:
            return ord(mark[0]) - ord(first) + 1
    digits = "".join(char for char in mark if char.isdigit())
    if digits:
        return int(digits)
    return han_number("".join(char for char in mark if char in _DIGITS or char == "十"))


def han_number(text: str) -> int:
    """Return the value of a Chinese number below 100 (二十三 -> 23)."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text[-1:], 0)
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(ones, 0)


_ITEM = re.compile(rf"(?:^|(?<=[。；;：:，,、！\s]))(?P<number>{_HAN})(?:是|要)")
_ORDINAL = re.compile(rf"(?:^|(?<=[。；;：:，,！\s]))第(?P<number>{_HAN})(?:[，,、：:]|是)")
_IN_BRACKETS = re.compile(r"(?:^|(?<=[。；;：:，,！\s]))[（(](?P<number>\d{1,2})[）)]")
_IN_HAN_BRACKETS = re.compile(rf"(?:^|(?<=[。；;：:！\s]))[（(](?P<number>{_HAN})[）)]")
_DOTTED = re.compile(r"(?:^|(?<=[。；;：:！\s]))(?P<number>\d{1,2})[.．、](?!\d)")
_CIRCLED = re.compile(r"(?P<number>[①-⑳])")
_WORDS = re.compile(r"(?:^|(?<=[。；;：:！\s]))(?:首先|其次|再次|最后|此外|另外|同时|一方面|另一方面)[，,]")
#: Each kind of item, and what a text with its number one must hold.
_INLINE = (
    (_ITEM, ("一是", "一要")),
    (_ORDINAL, ("第一",)),
    (_IN_HAN_BRACKETS, ("（一", "(一")),
    (_IN_BRACKETS, ("（1", "(1", "（１", "(１")),
    (_DOTTED, ("1", "１")),
    (_CIRCLED, ("①",)),
)


def items(text: str) -> tuple[int, ...]:
    """Return where the items of a list inside a paragraph begin (一是…二是…, （1）…（2）…), or ().

    A list counts only when it starts at one and goes on, so that 二是 in other words is no item.
    """
    for pattern, first in _INLINE:
        if not any(one in text for one in first):
            continue
        starts: list[int] = []
        expected = 1
        for found in pattern.finditer(text):
            number = _value(found.group("number"))
            if number == expected or (starts and number == 1):
                starts.append(found.start())
                expected = number + 1
        if len(starts) > 1:
            return tuple(starts)
    return ()


def turns(text: str) -> tuple[int, ...]:
    """Return where words such as 首先， or 其次， open a sentence: good places to cut a long paragraph."""
    return tuple(found.start() for found in _WORDS.finditer(text))
