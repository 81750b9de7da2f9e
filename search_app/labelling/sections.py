"""Sections: the role of each heading and passage, one of model.SECTIONS.

First-level headings decide; inner headings inherit, unless they name a role outright. The surprise: a heading that
names no role (强化组织领导) is 主要举措和成效 before the problems and plans, and a heading that names two (问题及打算)
leaves it to each passage, as does one that is a number alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from search_app import genres
from search_app.labelling.parts import DOINGS, DONE, DUTY, FIRST_OF_LIST, NUMBER, OPENING, OTHER, PLANS, PROBLEMS
from search_app.labelling.rule_tables import SectionRule, section_rules
from search_app.labelling.turns import (
    by_evidence,
    is_closing,
    is_done,
    is_settled,
    labelled,
    of_mixed,
    opening,
    says_nothing_else,
    without_heading,
)
from search_app.language.analysis.asked_lines import question_of
from search_app.language.analysis.han_numbers import is_number_alone
from search_app.model import OutlineEntry, Passage, Report

_AROUND = "【】［］◆◇■□●★▶➢▲ "  # what a name may stand in or behind
_STOPS = "。：:；;？?！"
_NAME = 32  # characters that an inner heading names its part in; more is a text of its own
_FIRST_CLAUSE = re.compile(r"[。，：；,:;]")
_AHEAD = re.compile(r"下一?步|今后|打算|明年|来年|思路|整改|改进|努力方向|下一?(?:年|阶段)|(?:安排|计划)[。：:]?$")
#: What only a report of things done is headed by, whatever year is written there.
_ACHIEVED = re.compile("成效|成绩|取得|完成情况|落实情况|开展情况|回顾")
_CLOSINGS = 2  # passages at the end that a closing is looked for in
_SHORT = 120  # characters of a passage that only leads over to the problems
_YEAR = re.compile(r"(20\d{2})年")
#: An opening that leads to the report itself, which may stand below several paragraphs.
_ANNOUNCED = re.compile(r"(?:情况|报告|汇报|总结|说明|公开|通报)(?:说明|公开)?如下")
_MOST_ANNOUNCED, _MOST_PLAIN = 4, 8  # passages in which it does; those where none before it tells of doings
_LONGEST_PREFACE = 4  # passages without doings that open a report above its first heading
_LED = re.compile(r"[^。]{0,40}在[^。]{2,40}(?:坚强|正确)?(?:领导|指导)下")
_ON_DUTY = re.compile(r"^[^及和暨与、]*负责人履行[^及和暨与、]*第一责任人?[^及和暨与、]*$")
#: What an account of successes ends with before it turns to what is left.
_CONCEDED = re.compile(
    r".{0,40}(?:虽|尽管|但|同时).{0,30}(?:看到|意识到|认识到|存在|还有|仍有).{0,40}(?:不足|问题|薄弱环节|差距|短板)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The section of a heading; ``mixed`` where problems and plans share it, ``stated`` where words name it.

    ``bare`` is a number without words: what stands below it tells by itself what it is.
    """

    section: str
    mixed: bool = False
    stated: bool = True
    bare: bool = False


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


def find_heading_roles(
    outline: tuple[OutlineEntry, ...], year: int | None, texts: Mapping[str, str] | None = None
) -> tuple[Role, ...]:
    """Return the role of every heading, in reading order; ``texts`` are the passages, by their ids."""
    texts = texts or {}
    roles: list[Role] = []
    above: list[tuple[int, Role]] = []
    seen: list[str] = []
    outer: list[str] = []
    for entry in outline:
        while above and above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1] if above and not above[-1][1].bare else None
        if parent is None:
            role = _first_level(entry.heading, year, seen, outer)
            outer.append(role.section)
        else:
            text = texts.get(entry.passages[0], "") if entry.passages else ""
            role = _inner(entry.heading, parent, text)
        seen.append(role.section)
        roles.append(role)
        above.append((entry.level, role))
    return tuple(roles)


def _words(heading: str) -> str:
    """Return the words of a heading without its number and the marks around them."""
    return NUMBER.sub("", question_of(heading).strip(_AROUND)).rstrip(_STOPS)


def _first_level(heading: str, year: int | None, seen: Sequence[str], outer: Sequence[str]) -> Role:
    """Return the role of a heading by its words, after ``seen``, of which ``outer`` are parts of the first level."""
    if is_number_alone(heading):
        return Role(section=OTHER if _is_over(seen) else DONE, stated=False, bare=True)
    words, rules = _words(heading), section_rules()
    named = [name for name in (DUTY, PROBLEMS, PLANS, DONE, OTHER) if _names(rules[name], words)]
    if PROBLEMS in named and PLANS in named:
        return Role(section=PROBLEMS, mixed=True)
    next_year = year is not None and str(year + 1) in _YEAR.findall(heading) and str(year) not in _YEAR.findall(heading)
    if next_year and PROBLEMS not in named and not _ACHIEVED.search(heading):
        return Role(section=PLANS)
    told = PROBLEMS not in outer or _ACHIEVED.search(heading)  # after the problems 主要任务和措施 are those to come
    if PLANS in named and DONE in named and told and _AHEAD.search(heading) is None:
        named.remove(PLANS)
    late = PROBLEMS in seen or (year is None and DONE in seen)
    if late and PLANS not in seen and named in ([], [DONE]) and _YEAR.search(heading):
        return Role(section=DONE if _ACHIEVED.search(heading) else PLANS)  # 2025年重点工作, whatever the report's year
    if named:
        return Role(section=named[0])
    over = _is_over(seen) and question_of(heading) == heading  # who asks keeps to no order
    return Role(section=OTHER if over else DONE, stated=False)


def _is_over(seen: Sequence[str]) -> bool:
    """Say whether plans were told after what was done: what follows belongs to no part."""
    first = next((at for at, section in enumerate(seen) if section in (DUTY, DONE, PROBLEMS)), len(seen))
    return PLANS in seen[first:]


def _names(rule: SectionRule, words: str) -> bool:
    return rule.headings.search(rule.without.sub("▒", words)) is not None


def _inner(heading: str, parent: Role, text: str) -> Role:
    """Return the role of a heading below another; ``text``, which it may open, may tell that it is done already."""
    words = _words(heading)
    for name in (DUTY, PROBLEMS, PLANS, OTHER):
        rule = section_rules()[name]
        if name == DUTY and parent.section != DONE:
            continue
        if name != parent.section and rule.inner.search(rule.without.sub("▒", words[:_NAME])):
            if parent.section == DONE and text.startswith(heading) and is_done(name, words, text[len(heading) :]):
                return parent
            mixed = name == PROBLEMS and section_rules()[PLANS].inner.search(words) is not None
            return Role(section=name, mixed=mixed)
    if parent.mixed and section_rules()[PROBLEMS].inner.search(words):
        return Role(section=PROBLEMS)
    return parent


def find_sections(
    passages: tuple[Passage, ...], owners: tuple[int, ...], roles: tuple[Role, ...], year: int | None = None
) -> tuple[str, ...]:
    """Return the section of every passage; ``owners`` are their headings' indices (-1 = none), ``year`` is told of."""
    stated_duty = any(role.section == DUTY for role in roles)
    opened = _count_opening(passages, owners, roles)
    made: list[str] = []
    last = stated_last = -1  # the heading of the passage before, numbers alone aside and with them
    headed = False  # whether a passage before this one stands below a heading
    for at, (passage, stated) in enumerate(zip(passages, owners, strict=True)):
        owner = -1 if stated >= 0 and roles[stated].bare else stated
        ends = at >= len(passages) - _CLOSINGS
        if at < opened:
            section = OPENING
        elif owner < 0:
            begins = stated >= 0 and stated != stated_last
            section = _by_itself(passage, made, year, headed=headed, begins=begins, ends=ends)
        else:
            earlier = made[-1] if made and _shares_part(last, owner, roles) else None
            section = _below(passage, roles[owner], earlier, stated_duty=stated_duty, year=year, ends=ends)
        made.append(section)
        last, stated_last = owner, stated
        headed = headed or owner >= 0
    return tuple(made)


def _by_itself(
    passage: Passage, made: Sequence[str], year: int | None, *, headed: bool, begins: bool, ends: bool
) -> str:
    """Tell the part of a passage below no heading, or below a number alone, which it may begin."""
    words = NUMBER.sub("", passage.text)
    before = made[-1] if made else OPENING
    if headed:
        name = _FIRST_CLAUSE.split(passage.text, maxsplit=1)[0]
        role = _first_level(name, None, made, made)
        settled = role.section == PROBLEMS and is_settled(passage.text)
        section, told = (DONE, True) if settled else (role.section, role.stated)
    else:
        section = without_heading(words, before, year, last=ends)
        told = section != before
    return by_evidence(words, section) if begins and not told and before in (DUTY, DONE, PROBLEMS) else section


def _count_opening(passages: Sequence[Passage], owners: Sequence[int], roles: Sequence[Role]) -> int:
    """Return how many passages open a report: the first, or a preface; not all that stands above the first heading."""
    first = next((at for at, owner in enumerate(owners) if owner >= 0), len(owners))
    above = [passage.text for passage in passages[:first]]
    if not above or FIRST_OF_LIST.match(above[0]):
        return 0
    if first == len(owners):
        return 1
    plain = next((at for at, text in enumerate(above) if at and DOINGS.search(text)), len(above))
    near = above[: max(_MOST_ANNOUNCED, min(plain, _MOST_PLAIN))]
    if announced := max((at for at, text in enumerate(near) if _ANNOUNCED.search(text)), default=0):
        return announced + 1
    whole = len(above) <= _LONGEST_PREFACE and roles[owners[first]].section not in (PROBLEMS, PLANS)
    goes_on = (whole or at == 1 or _LED.match(above[at]) for at in range(1, min(plain, _LONGEST_PREFACE)))
    return 1 + sum(takewhile(bool, map(bool, goes_on)))


def _shares_part(one: int, other: int, roles: tuple[Role, ...]) -> bool:
    return one >= 0 and roles[one].mixed and roles[other].mixed


def _below(
    passage: Passage, role: Role, earlier: str | None, *, stated_duty: bool, year: int | None, ends: bool
) -> str:
    words = NUMBER.sub("", passage.text)
    rules = section_rules()
    if is_closing(words, last=ends) or (role.section == DONE and not role.stated and says_nothing_else(words)):
        return OTHER
    if role.mixed:
        return of_mixed(words, earlier)
    if role.section in (PROBLEMS, DONE) and opening(PLANS, words, year) and re.search(r"将|要|进一步|继续", words):
        return PLANS
    if role.section == DONE and (turned := labelled(words, year)) is not None:
        return turned
    if role.section == DONE and len(words) <= _SHORT and _CONCEDED.match(words):
        return PROBLEMS
    if role.section == DONE and not role.stated and not stated_duty and rules[DUTY].openings.match(words):
        return DUTY
    return role.section
