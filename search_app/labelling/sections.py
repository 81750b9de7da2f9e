"""Sections: the role of each heading and passage, one of model.SECTIONS.

First-level headings decide; inner headings inherit, unless they name a role outright. The surprise: a heading that
names no role (强化组织领导) is 主要举措和成效 before the problems and plans, and a heading that names two (问题及打算)
leaves it to each passage.
"""

import re
from dataclasses import dataclass

from search_app import genres
from search_app.labelling.rule_tables import SectionRule, section_rules
from search_app.language.analysis.han_numbers import NUMERALS
from search_app.model import OutlineEntry, Passage, Report

OPENING, DUTY, DONE, PROBLEMS, PLANS, OTHER = (
    "导语",
    "第一责任人履职",
    "主要举措和成效",
    "不足和原因",
    "下年度安排",
    "其他",
)
#: A number needs its mark (、 . 是 or brackets): 2025年安排 and 十四五规划 begin with words.
_NUMBER = re.compile(
    rf"^\s*(?:[（(]\s*[{NUMERALS}\d]{{1,3}}\s*[）)]|[{NUMERALS}\d]{{1,3}}(?:[）)、．\s]|\.(?!\d)|是)"
    rf"|第[{NUMERALS}]+(?:章|节|部分|[，,])|[①-⑳])+\s*"
)
_NAME = 32  # characters that an inner heading names its part in; more is a text of its own
_FIRST_CLAUSE = re.compile(r"[。，：；,:;]")
_AHEAD = re.compile(r"下一?步|今后|打算|明年|来年|思路|整改|改进|努力方向|下一?(?:年|阶段)|(?:安排|计划)[。：:]?$")
#: What only a report of things done is headed by, whatever year is written there.
_ACHIEVED = re.compile("成效|成绩|取得|完成情况|落实情况|开展情况|回顾")
_SHORT = 120  # characters of a passage that only leads over to the problems
_YEAR = re.compile(r"(20\d{2})年")
_ON_DUTY = re.compile(r"^[^及和暨与、]*负责人履行[^及和暨与、]*第一责任人?[^及和暨与、]*$")
#: What an account of successes ends with before it turns to what is left.
_CONCEDED = re.compile(
    r".{0,40}(?:虽|尽管|但|同时).{0,30}(?:看到|意识到|认识到|存在|还有|仍有).{0,40}(?:不足|问题|薄弱环节|差距|短板)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The section of a heading; ``mixed`` where problems and plans share it, ``stated`` where words name it."""

    section: str
    mixed: bool = False
    stated: bool = True


def adapt_to_kind(section: str, report: Report) -> str:
    """Return the section in a document of this kind: only accounts of a year tell what was done.

    Who reports on themselves reports what the head did.
    """
    if genres.is_account(report.kind):
        return _of_account(section, report)
    if report.kind in genres.OTHER_ACCOUNTS:
        return OTHER if section in (DONE, DUTY) else section
    return section if section == OPENING and report.kind not in genres.WITHOUT_OPENING else OTHER


def _of_account(section: str, report: Report) -> str:
    if section == DONE and (report.kind == genres.ON_DUTY or _ON_DUTY.match(report.title or "")):
        return DUTY
    return section


def find_heading_roles(outline: tuple[OutlineEntry, ...], year: int | None) -> tuple[Role, ...]:
    """Return the role of every heading, in reading order."""
    roles: list[Role] = []
    above: list[tuple[int, Role]] = []
    seen: set[str] = set()
    for entry in outline:
        while above and above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1] if above else None
        role = _first_level(entry.heading, year, seen) if parent is None else _inner(entry.heading, parent)
        seen.add(role.section)
        roles.append(role)
        above.append((entry.level, role))
    return tuple(roles)


def _first_level(heading: str, year: int | None, seen: set[str]) -> Role:
    words, rules = _NUMBER.sub("", heading).rstrip("。：:；"), section_rules()
    named = [name for name in (DUTY, PROBLEMS, PLANS, DONE, OTHER) if _names(rules[name], words)]
    if PROBLEMS in named and PLANS in named:
        return Role(section=PROBLEMS, mixed=True)
    next_year = year is not None and str(year + 1) in _YEAR.findall(heading) and str(year) not in _YEAR.findall(heading)
    if next_year and PROBLEMS not in named and not _ACHIEVED.search(heading):
        return Role(section=PLANS)
    if PLANS in named and DONE in named and _AHEAD.search(heading) is None:
        named.remove(PLANS)
    late = PROBLEMS in seen or (year is None and DONE in seen)
    if late and PLANS not in seen and named in ([], [DONE]) and _YEAR.search(heading):
        return Role(section=DONE if _ACHIEVED.search(heading) else PLANS)  # 2025年重点工作, whatever the report's year
    if named:
        return Role(section=named[0])
    return Role(section=OTHER if PLANS in seen else DONE, stated=False)


def _names(rule: SectionRule, words: str) -> bool:
    return rule.headings.search(rule.without.sub("▒", words)) is not None


def _inner(heading: str, parent: Role) -> Role:
    words = _NUMBER.sub("", heading).rstrip("。：:；")
    for name in (DUTY, PROBLEMS, PLANS, OTHER):
        rule = section_rules()[name]
        if name == DUTY and parent.section != DONE:
            continue
        if name != parent.section and rule.inner.search(rule.without.sub("▒", words[:_NAME])):
            mixed = name == PROBLEMS and section_rules()[PLANS].inner.search(words) is not None
            return Role(section=name, mixed=mixed)
    if parent.mixed and section_rules()[PROBLEMS].inner.search(words):
        return Role(section=PROBLEMS)
    return parent


def find_sections(passages: tuple[Passage, ...], owners: tuple[int, ...], roles: tuple[Role, ...]) -> tuple[str, ...]:
    """Return the section of every passage; ``owners`` are the indices of their headings (-1 = none)."""
    stated_duty = any(role.section == DUTY for role in roles)
    made: list[str] = []
    seen: set[str] = set()
    before: tuple[int, str] | None = None
    headed = False  # whether a passage before this one stands below a heading
    for passage, owner in zip(passages, owners, strict=True):
        if owner < 0 and headed:
            section = _first_level(_FIRST_CLAUSE.split(passage.text, maxsplit=1)[0], None, seen).section
        elif owner < 0:
            section = _without_heading(passage, bool(roles), before[1] if before else None)
        else:
            earlier = before[1] if before and _shares_part(before[0], owner, roles) else None
            section = _below(passage, roles[owner], earlier, stated_duty=stated_duty)
        made.append(section)
        seen.add(section)
        before = (owner, section)
        headed = headed or owner >= 0
    return tuple(made)


def _shares_part(one: int, other: int, roles: tuple[Role, ...]) -> bool:
    return one >= 0 and roles[one].mixed and roles[other].mixed


def _without_heading(passage: Passage, has_headings: bool, before: str | None) -> str:
    """Tell the part of a passage above the first heading, or of a report that has none."""
    if has_headings or before is None:
        return OPENING
    for name in (OTHER, PLANS, PROBLEMS, DUTY):
        if section_rules()[name].openings.match(_NUMBER.sub("", passage.text)):
            return name
    return DONE if before == OPENING else before


def _below(passage: Passage, role: Role, earlier: str | None, *, stated_duty: bool) -> str:
    words = _NUMBER.sub("", passage.text)
    rules = section_rules()
    if rules[OTHER].openings.match(words):
        return OTHER
    if role.mixed:
        return _of_mixed(words, earlier)
    if (
        role.section in (PROBLEMS, DONE)
        and rules[PLANS].openings.match(words)
        and re.search(r"将|要|进一步|继续", words)
    ):
        return PLANS
    if role.section == DONE and len(words) <= _SHORT and _CONCEDED.match(words):
        return PROBLEMS
    if role.section == DONE and not role.stated and not stated_duty and rules[DUTY].openings.match(words):
        return DUTY
    return role.section


def _of_mixed(words: str, earlier: str | None) -> str:
    """Tell problems from plans by how a passage begins, then by which words weigh more."""
    rules = section_rules()
    if rules[PLANS].openings.match(words):
        return PLANS
    if rules[PROBLEMS].openings.match(words):
        return PROBLEMS
    problems = len(rules[PROBLEMS].evidence.findall(words))
    plans = len(rules[PLANS].evidence.findall(words))
    if problems == plans:
        return earlier or PROBLEMS
    return PROBLEMS if problems > plans else PLANS
