"""Exemplary practice: a score of 0 to 100 with reasons that quote the passage, so that a clerk can check them.

For: figures, outcome figures, a practice with a name of its own, who does what when, firsts and awards. Against:
slogans, plans, problems, openings. The sum is simple on purpose; the weights are here, the words in exemplary.toml.
"""

import re

from search_app.labelling.tables import ExemplaryRule, exemplary_rule
from search_app.model import Exemplary

_UNIT = (
    "(?:个?工作日|个?百分点|个月|件次|人次|场次|余场|件|次|场|人|份|个|名|起|户|条|期|处|项|张|组|支|天|小时"
    "|公里|㎡|平方米|万?元|例|宗|批|家|本|幅|块|面|盏|台|位)"
)
#: Begins with the characters that a figure can begin with, so that a text is passed over quickly; nothing in it is
#: tried twice (``++``), so that a text of digits alone takes no longer than another.
_FIGURE = re.compile(
    r"[\d零百](?:(?<=\d)(?:(?<![\d.]\d)(?!(?<=2)4\s*+小时)\d*+(?:[.,，]\d++){0,6}+"
    rf"\s*+(?:余|多|万余?|千余?)?\s*+{_UNIT}"
    r"|(?<!\d\d)\d*+(?:\.\d++)?[%％])|(?<=零)起|(?<=百)分之[一二三四五六七八九十百点]+)"
)
_QUOTED = re.compile(r"“([^”“]{2,16})”([\u4e00-\u9fff]{0,6})")
_WRONG_FOR = {
    "下年度安排": (25, "属于下年度安排，还没有做"),
    "不足和原因": (15, "讲的是不足，不是做法"),
    "导语": (20, "是开头的概述"),
}
_QUOTED_WORDS = 3
_TO_LAST_STOP = re.compile("(?s:.*)[，。；：、！？,;:!?\n（）()“”《》]")
_CLAUSE_END = re.compile("[，。；：！？,;!?\n（(]")
_UNIT_AFTER = re.compile(rf"[\d.]*+\s*+(?:个?百分点|个?工作日|{_UNIT}|[%％])?")
_OPEN_END = re.compile("[先不未再后由]$|^先")
#: How many characters of the clause a reason may take along, before and after the find.
_BEFORE, _AFTER = 20, 8
_SOLID, _TOGETHER = 30, 8  # who does what, and figures or a name with it, are worth more than each alone


def rate(text: str, section: str) -> Exemplary:
    """Return how concrete and replicable the practice of a passage is, and why."""
    if section in _WRONG_FOR:
        limit, reason = _WRONG_FOR[section]
        points, figures = _figures(text)
        return Exemplary(score=min(limit, points), reasons=tuple(filter(None, (figures, reason))))
    rule = exemplary_rule()
    said = (
        _figures(text),
        _outcome(text, rule),
        _named(text, rule),
        _procedure(text, rule),
        _first(text, rule),
        _slogans(text, rule),
    )
    score = sum(points for points, _ in said)
    reasons = tuple(reason for _, reason in said if reason)
    if score >= _SOLID and any(reason.startswith("写明") for reason in reasons) and len(reasons) > 1:
        score += _TOGETHER
    if len(text) < 40:
        score = min(score, 40)
    return Exemplary(score=max(0, min(100, score)), reasons=reasons)


def _quoted(text: str, found: re.Match[str], *, before: bool = True) -> str:
    """Return a find with the clause around it, so that a reason is words of the passage and no torn-off piece."""
    start, end = found.span()
    if before:
        earliest = max(0, start - _BEFORE - 1)
        stop = _TO_LAST_STOP.match(text, earliest, start)
        opening = stop.end() if stop else earliest
        start = opening if start - opening <= _BEFORE else start
    latest = end + _AFTER + 1
    if closing := _CLAUSE_END.search(text, end, latest):
        end = closing.start()
    elif latest > len(text):
        end = len(text)
    elif unit := _UNIT_AFTER.match(text, end):
        end = unit.end()
    return " ".join(text[start:end].split())


def _distinct(found: list[str]) -> list[str]:
    return list(dict.fromkeys(map(str.strip, found))) if found else found


def _figures(text: str) -> tuple[int, str]:
    found = _distinct(_FIGURE.findall(text))
    if not found:
        return 0, ""
    return min(34, 6 + 7 * len(found)), "有数据：" + "、".join(found[:_QUOTED_WORDS])


def _outcome(text: str, rule: ExemplaryRule) -> tuple[int, str]:
    found = _distinct([_quoted(text, one) for one in rule.outcome.finditer(text)])
    if not found:
        return 0, ""
    return min(26, 8 + 6 * len(found)), "有成效：" + "、".join(found[:_QUOTED_WORDS])


def _named(text: str, rule: ExemplaryRule) -> tuple[int, str]:
    names = []
    for found in _QUOTED.finditer(text):
        inside, after = found.groups()
        if rule.common.fullmatch(inside):
            continue
        if rule.names.match(after) or any(one.end() == len(inside) for one in rule.names.finditer(inside)):
            names.append(f"“{inside}”")
    names = _distinct(names)
    if not names:
        return 0, ""
    return 24, "有自己的名称：" + "、".join(names[:_QUOTED_WORDS])


def _procedure(text: str, rule: ExemplaryRule) -> tuple[int, str]:
    who = _distinct(rule.who.findall(text))
    how = _distinct([_whole_step(text, one) for one in rule.how.finditer(text)]) if who else []
    if not how:
        return 0, ""
    points = min(28, 6 + 3 * min(len(who), 3) + 4 * min(len(how), 4))
    return points, f"写明由谁怎么做：{'、'.join(who[:2])}；{'、'.join(how[:_QUOTED_WORDS])}"


def _whole_step(text: str, found: re.Match[str]) -> str:
    """Return a step of a procedure; one that ends in the middle (先…再, 未经…不) is quoted to its clause's end."""
    return _quoted(text, found, before=False) if _OPEN_END.search(found.group()) else found.group()


def _first(text: str, rule: ExemplaryRule) -> tuple[int, str]:
    found = _distinct(rule.first.findall(text))
    return (24, "首创或获奖：" + "、".join(found[:2])) if found else (0, "")


def _slogans(text: str, rule: ExemplaryRule) -> tuple[int, str]:
    found = _distinct(rule.slogans.findall(text))
    share = len(found) * 100 / max(len(text), 60)
    if len(found) < 2 or share < 1.2:
        return -3 * len(found), ""
    return -min(30, 6 * len(found)), "套话较多：" + "、".join(found[:_QUOTED_WORDS])
