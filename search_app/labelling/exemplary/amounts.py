"""Amounts: the figures of a passage, and those of them that are results.

In goes a text that tells what was done, out come figures with their units, and results with the words that say of
what. The surprise: whether less or more is better depends on of what (投诉下降, 满意率上升); where that is not known, a
change is no result.
"""

import re
from collections.abc import Iterator
from re import Match

from search_app.labelling.exemplary.clauses import Quote, cut_before, is_named, quote_amount
from search_app.labelling.rule_tables import ExemplaryRule
from search_app.language.analysis.han_numbers import DIGITS, NUMERALS

_UNIT = (
    "(?:个?工作日|个?百分点|个月|件次|人次|场次|批次|余场|件|次|场|人|份|个(?!方面|环节|原则|意识|确保|带头|到位)|名|起|户"
    "|条|期|处|项|张|组|支|天|小时|分钟|公里|㎡|平方米|亩|万?元|吨|例|宗|批|家|本|幅|块|面|盏|台|位|趟|艘|辆|棵|株|卷|间"
    "|篇|节次|节|部|桩|笔|套|枚|把)"
)
_DIGITS = r"\d++(?:[.,，]\d++)*+ *+(?:余|多)? *+[万千亿]?(?:余|多)?"
_TENTHS = f"[{DIGITS}]成"
#: Begins with the characters that a figure can begin with, so that a text is passed over quickly; nothing in it is
#: tried twice (``++``), so that a text of digits alone takes no longer than another. No figures are: 第14条,
#: 〔2021〕15号, 最多跑1次, 24小时 on duty.
_FIGURE = re.compile(
    rf"[\d零百{DIGITS}](?:(?<=\d)(?:(?<![\d.第跑〕\]]\d)(?<![\d第]\d\d)(?<!\d[至到~]\d)(?!(?<=2)4 *+小时)"
    rf"\d*+(?:[.,，]\d++){{0,6}}+ *+(?:余|多|万余?|千余?)? *+{_UNIT}"
    rf"|(?<!\d\d)\d*+(?:\.\d++)?[%％])|(?<=零)起|(?<=百)分之[{NUMERALS}百点]+"
    rf"|(?<=[降减少升增近超约占到达足过][{DIGITS}])成)"
)
_AMOUNT = re.compile(rf"{_DIGITS}(?:{_UNIT}|[%％])|{_TENTHS}(?:[{DIGITS}半])?")
_CHANGE = re.compile(
    "下降|减少|降低|缩短|压减|压缩|少了|再减|降[到至为]|减[到至为]|压[到至为]|缩[到至为]"
    "|提高|提升|上升|增长|增加|升[到至为]|增[到至为]"
)
_UPWARDS = "提上增升"
_CHANGED_BY = re.compile(
    rf"[了近约超过到至为成不足低于同比 ]{{0,6}}(?:{_DIGITS}(?:{_UNIT}|[%％]|分)|{_TENTHS}|基本没有|零)"
)
_NONE = re.compile(
    "无一[起例件人份次名户宗笔]|没有一[起例件人份次名户宗笔]|零(?:上访|投诉|事故|发生|复议|败诉|发案|诉讼|死亡|差错)"
    "|率为零|率均为零"
)
#: 9处差错都改了, 反馈的6个问题全部销号
_MENDED = re.compile(
    r"\d+(?:余|多)?[个处项件条起](?!村|社区|镇|乡)[^，。；：,;\n\d]{0,16}?(?:都|均|全部|全都|已全部)(?:已经?|予以)?"
    "(?:改[了完好]|整改|纠正|补正|销号|解决|清零|补齐)(?!方案|措施|责任)"
)
#: Units of what is held, handed out or attended: none of them is settled.
_OF_EVENTS = re.compile("(?:场|次|期|份|人次|场次|节|张|本|篇|条|批)$")


def find_figures(text: str) -> Iterator[str]:
    """Yield the figures of a text with their units; dates and numbers of things are none."""
    yield from _FIGURE.findall(text)


def quote_figures(text: str) -> Iterator[Quote]:
    """Yield the same, each with its place."""
    for found in _FIGURE.finditer(text):
        yield Quote(found.group(), *found.span())


def find_results(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield what came of it: rates, things settled, changes for the better, what never happened."""
    for one in rule.rates.finditer(text):
        if not rule.no_result.search(cut_before(text, one.start())):
            yield quote_amount(text, *one.span())
    for one in rule.solved.finditer(text):
        counted = _AMOUNT.match(text, one.end() - 1)
        if counted and _is_settled(text, one, counted, rule):
            yield quote_amount(text, one.start(), counted.end())
    for one in _CHANGE.finditer(text):
        by = _CHANGED_BY.match(text, one.end())
        if by and _is_better(cut_before(text, one.start()), one, rule):
            yield quote_amount(text, one.start(), by.end())
    for pattern in (_NONE, _MENDED):
        for one in pattern.finditer(text):
            if not is_named(text, one.start()):
                yield quote_amount(text, *one.span())


def _is_settled(text: str, found: Match[str], counted: Match[str], rule: ExemplaryRule) -> bool:
    """Say whether what is counted is what was settled: neither what was held, nor what settling is only named in."""
    if rule.not_solved.search(found.group()) or _OF_EVENTS.search(counted.group()):
        return False
    opening = cut_before(text, found.start())
    return not rule.no_result.search(opening + found.group()) and not rule.not_solved.search(opening[-4:])


def _is_better(of_what: str, change: Match[str], rule: ExemplaryRule) -> bool:
    """Say whether less of it, or more of it, is what one wants."""
    if rule.no_result.search(of_what):
        return False
    fewer, more = rule.fewer.search(of_what), rule.more.search(of_what)
    if change.group()[0] not in _UPWARDS:
        return fewer is not None
    return more is not None and not (fewer and fewer.start() > more.start())
