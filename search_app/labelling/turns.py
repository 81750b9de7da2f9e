"""Turns: the part that a passage turns to by the words it opens with.

In: the words of a passage without its number. Out: one of model.SECTIONS, or none. The surprise: 不足 and 下步 also
open what was put right and what is done already (短板有效补齐。困难：…全部办结), which turns to nothing.
"""

import re

from search_app.labelling.parts import COUNTS, DONE, DUTY, OPENING, OTHER, PLANS, PROBLEMS
from search_app.labelling.rule_tables import section_rules

_YEAR = re.compile(r"(20\d{2})年")
_AHEAD = r"(?:将|要(?!求)|计划|安排|打算|准备|争取|力争|继续|先|重点是|重点(?:做|抓)好)"
#: How a passage begins that tells of a year to come (2024年：先把…); a month makes it a day in that year.
_YEAR_AHEAD = re.compile(rf"(20\d{{2}})年度?(?!\d{{1,2}}月)(?:[：:]|[^。；：:]{{0,12}}?{_AHEAD})")
#: The same of what is left of the year reported on.
_REST_OF_YEAR = re.compile(
    r"20\d{2}年的?(?:下半年|下一?个?季度|[第后][一二三四两]个?季度|[三四]季度|后[一二三四五六几]个月)[，,]?[^。；：:]{0,12}?"
    r"(?:[：:]|将(?:继续|进一步|持续|着力|重点|围绕|以|在|从|不断|坚持|加|全面|深)|要(?!求)|计划|打算|准备|争取|力争|继续)"
)
_SURELY_AHEAD = re.compile("将|计划|打算|力争")
_AHEAD_BY_NAME = re.compile(r"下|明|来年|今后|往后|开年")
#: A label that is nothing but a time to come, below which 完成 and 全年 say what shall be.
_BARE_LABEL = re.compile(
    r"(?:下一?步|下一?(?:年度?|阶段)|明年|来年|今后|往后|开年|开春)(?:子|后)?(?:要做)?的?(?:工作|主要|重点|打算|安排|计划|目标|事情?|想法|盼头)*[：:]"
)
_DONE_ALREADY = re.compile(r"[^。；]{0,6}(?:已经?(?!定)|累计|共[办受])")
_DONE_BELOW_LABEL = re.compile(
    r"[^。；]{0,20}(?:已经?|累计|共[办受]|(?:编制|修订)完成|全年[^。；]{0,14}\d|完成(?:率|[^。；]{0,6}\d))"
)
#: What was put right, beyond doubt or unless something is said to be left.
_SETTLED = re.compile(
    r"100\s?[%％]|百分之百|^有?(?:效|力|突破)|容缺(?:受理|办理)|(?<![没未不])全部[^。；没未不]{0,8}(?:重办|办结|化解|解决|整改|补齐|办好|到位|完成|销号)"
    r"|[均都已][^。；没未不]{0,8}(?:重办|办结|化解|解决|整改|补齐|办好|销号)"
)
_YET = re.compile("但|仍|尚|却|还(?!款|原)")
_PUT_RIGHT = re.compile(r"补齐|化解|办结|解决|整改到位|销号")
_LEFT = re.compile(r"[不没未仍还尚缺弱难少]|薄弱|欠")
_LEAST_EVIDENCE = 2
_MUST_LOOK_AHEAD = re.compile(r"下一?步|今后|明年|来年|往后|将|要(?!求)")
#: A closing may stand anywhere where it says that it is one, elsewhere only at the end.
_SURE_CLOSING = re.compile("以上|特此")
_LONGEST_CLOSING = 60
#: What a report says where it has nothing else to report, in the words that the rules on openness ask for.
_NOTHING_ELSE = re.compile(
    r"[^。；，]{0,24}(?:无|没有)(?:其[他它])?需要?(?:报告|说明)的|[^。；]{0,40}(?:收取|收)[^。；]{0,6}信息(?:公开)?(?:信息)?处理费"
)


def is_closing(words: str, *, last: bool) -> bool:
    """Say whether a passage takes leave of the reader; ``last`` is whether it stands at the end of the report."""
    if section_rules()[OTHER].openings.match(words) is None:
        return False
    short = len(words) <= _LONGEST_CLOSING and not any(char.isdecimal() for char in words)
    return _SURE_CLOSING.match(words) is not None or (last and short)


def says_nothing_else(words: str) -> bool:
    """Say whether a passage reports that there is nothing else to report."""
    return _NOTHING_ELSE.match(words) is not None


def opening(name: str, words: str, year: int | None) -> str:
    """Return the words by which a passage begins a part, "" for none; only a time after the report's begins plans."""
    if name == PLANS and year is not None and (dated := _YEAR.match(words)):
        return _opening_of_year(words, int(dated[1]), year)
    found = section_rules()[name].openings.match(words)
    if found is None:
        return ""
    said, told = found.group(), words[found.end() :]
    turned = (name == PROBLEMS and is_settled(told)) or (name == PLANS and _is_done_already(said, told))
    return "" if turned else said


def _opening_of_year(words: str, told: int, year: int) -> str:
    """Return how a passage begins that tells of a year to come, or of what is left of the report's year."""
    if told > year:
        ahead = _YEAR_AHEAD.match(words)
    else:
        ahead = _REST_OF_YEAR.match(words) if told == year else None
        if ahead and not _SURELY_AHEAD.search(ahead.group()) and COUNTS.search(words):
            ahead = None  # 2024年下半年，继续排查31次 was done
    return ahead.group() if ahead else ""


def is_settled(told: str) -> bool:
    """Say whether what follows the name of a lack says that it was put right."""
    first, _, rest = told.partition("。")
    second = rest.partition("。")[0]
    if _SETTLED.search(first):
        return _YET.search(first) is None
    if not first or _LEFT.search(first):
        return False
    return _PUT_RIGHT.search(first) is not None or (
        _SETTLED.search(second) is not None and _LEFT.search(second) is None
    )


def is_done(name: str, heading: str, told: str) -> bool:
    """Say whether what follows upon a heading, in its paragraph, says that what it names is done already."""
    told = told.lstrip("：:。")
    return (name == PROBLEMS and is_settled(told)) or (name == PLANS and _is_done_already(f"{heading}：", told))


def _is_done_already(label: str, told: str) -> bool:
    if label[-1] not in "：:":
        return False
    return (_DONE_ALREADY if _BARE_LABEL.fullmatch(label) else _DONE_BELOW_LABEL).match(told) is not None


def labelled(words: str, year: int | None) -> str | None:
    """Return the part that a passage below what was done turns to by a label (不足：… 下步：… 2024年：…)."""
    if (said := opening(PROBLEMS, words, year)) and said[-1] in "：:" and "问题" not in said:
        return PROBLEMS
    said = opening(PLANS, words, year)
    if said and (_YEAR.match(said) or (said[-1] in "：:" and _AHEAD_BY_NAME.match(said))):
        return PLANS
    return None


def without_heading(words: str, before: str, year: int | None, *, last: bool) -> str:
    """Tell the part of a passage above the first heading, or of a report that has none."""
    if is_closing(words, last=last):
        return OTHER
    for name in (PLANS, PROBLEMS, DUTY):
        if opening(name, words, year):
            return name
    return DONE if before == OPENING else before


def by_evidence(words: str, before: str) -> str:
    """Tell the part of the first passage below a number alone after what was done, which nothing else tells."""
    problems, plans = _weigh(words)
    if max(problems, plans) < _LEAST_EVIDENCE or COUNTS.search(words):
        return before
    if problems > plans and before != PLANS:
        return PROBLEMS
    return PLANS if plans > problems and _MUST_LOOK_AHEAD.search(words) else before


def of_mixed(words: str, earlier: str | None) -> str:
    """Tell problems from plans by how a passage begins, then by which words weigh more."""
    rules = section_rules()
    if rules[PLANS].openings.match(words):
        return PLANS
    if rules[PROBLEMS].openings.match(words):
        return PROBLEMS
    problems, plans = _weigh(words)
    if problems == plans:
        return earlier or PROBLEMS
    return PROBLEMS if problems > plans else PLANS


def _weigh(words: str) -> tuple[int, int]:
    rules = section_rules()
    return len(rules[PROBLEMS].evidence.findall(words)), len(rules[PLANS].evidence.findall(words))
