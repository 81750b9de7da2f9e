"""Clauses: cut a passage at its punctuation, and leave out what has not been done.

In goes a text and a place in it, out come words of the text that can be read by themselves. The surprise: a condition
(凡…, …的) is quoted with the clause behind it, because it says nothing without what follows from it.
"""

import re
from collections.abc import Iterator
from re import Match, Pattern
from typing import NamedTuple

from search_app.labelling.rule_tables import ExemplaryRule
from search_app.language.analysis.han_numbers import DIGITS, NUMERALS

_STOPS = "，。；：！？,;:!?\n"
_TO_STOP = re.compile(f"(?s:.*)[{_STOPS}]")
_TO_STOP_OR_ITEM = re.compile(f"(?s:.*)[{_STOPS}、（）()“”《》]")
_STOP = re.compile(f"[{_STOPS}]")
_STOP_OR_BRACKET = re.compile(f"[{_STOPS}（(]")
_SENTENCE = re.compile("[^。；！？;\n]*[。；！？;\n]?")
_NUMBERING = re.compile(rf"^(?:\d{{1,2}}[.．、]|[（(][{NUMERALS}\d]{{1,3}}[)）]|[{DIGITS}]是)\s*")
#: 审查合同70份, 劝导三百余次: such a clause says how often, not how.
_COUNTED = re.compile(
    r"\d+(?:余|多)?万?余?(?:件次|人次|户次|场次|批次|[件起宗次场期人份条名批家项篇例页部张卷处个户])$"
    f"|[{NUMERALS}百千]+(?:余|多)?(?:件次|人次|户次|场次|批次|[件起宗次场期份条批例项名])$"
)
_UNITS = frozenset("次件起宗场期人份条名批家项篇例页部张卷处个户")
_SAID = re.compile("“[^”]*”")
_LONGEST = 60  # no clause is looked through further back than that
_AROUND = 26  # how many characters of a clause are quoted before a find, and after it
_BEFORE, _AFTER = 20, 14  # the same around a result, which is mostly its number


class Quote(NamedTuple):
    """Words of a text that can be read by themselves, and which piece of it they stand for; many are made."""

    words: str
    start: int
    end: int


def keep_finished(text: str, rule: ExemplaryRule) -> str:
    """Return a text without the sentences that tell what is planned or missing."""
    if not rule.unfinished.search(text):
        return text
    return "".join(one for one in _SENTENCE.findall(text) if not _unfinished(one, rule))


def _unfinished(sentence: str, rule: ExemplaryRule) -> bool:
    sentence = _SAID.sub("", sentence)  # what somebody said or signs (“还有话说”) is no shortcoming of the town
    if rule.planned.search(sentence):
        return True
    return bool(rule.lacking.search(sentence)) and not rule.mending.search(sentence)


def find_one_per_clause(pattern: Pattern[str], text: str) -> Iterator[Match[str]]:
    """Yield the first find of each clause."""
    at = 0
    while found := pattern.search(text, at):
        yield found
        closing = _STOP.search(text, found.end())
        if not closing:
            return
        at = closing.end()


def cut_before(text: str, at: int) -> str:
    """Return the clause up to a place."""
    earliest = max(0, at - _LONGEST)
    stop = _TO_STOP.match(text, earliest, at)
    return text[stop.end() if stop else earliest : at]


def proves_nothing(clause: str, rule: ExemplaryRule) -> bool:
    """Say whether a clause tells of meetings, training, ranks or how often something was done: no way of working."""
    if clause[-1:] in _UNITS and _COUNTED.search(clause):
        return True
    return rule.no_practice.search(clause) is not None


def is_named(text: str, at: int) -> bool:
    """Say whether a place is inside of quotation marks: what a name says is not thereby done."""
    opening = cut_before(text, at)
    return opening.rfind("“") > opening.rfind("”")


def quote_clause(text: str, start: int, end: int) -> Quote:
    """Return the clause of a find; where it is long, the find and what follows, with … for what is left out."""
    earliest = max(0, start - _AROUND)
    stop = _TO_STOP.match(text, earliest, start)
    whole = stop is not None or earliest == 0
    nearer = stop or (None if whole else _TO_STOP_OR_ITEM.match(text, earliest, start))
    opening = nearer.end() if nearer else earliest
    closing = _STOP.search(text, end, end + _AROUND + 1)
    if closing and closing.group() in "，," and (text[start] == "凡" or text[closing.start() - 1] == "的"):
        closing = _STOP.search(text, closing.end(), closing.end() + _AROUND + 1) or closing
    ending = closing.start() if closing else min(len(text), end + _AROUND)
    words = " ".join(_NUMBERING.sub("", text[opening:ending].strip()).split())
    before, after = "" if whole else "…", "" if closing or ending == len(text) else "…"
    return Quote(f"{before}{words}{after}", opening, ending)


def quote_amount(text: str, start: int, end: int) -> Quote:
    """Return an amount with the words of its clause that say of what."""
    earliest = max(0, start - _BEFORE - 1)
    stop = _TO_STOP_OR_ITEM.match(text, earliest, start)
    opening = stop.end() if stop else earliest
    start = opening if start - opening <= _BEFORE else start
    if closing := _STOP_OR_BRACKET.search(text, end, end + _AFTER + 1):
        end = closing.start()
    elif end + _AFTER >= len(text):
        end = len(text)
    return Quote(" ".join(_NUMBERING.sub("", text[start:end].strip()).split()), start, end)


def clause_around(text: str, start: int, end: int) -> str:
    """Return the whole clause that a find stands in."""
    closing = _STOP.search(text, end, end + _LONGEST)
    return cut_before(text, start) + text[start : closing.start() if closing else end + _LONGEST]
