"""Rule tables: the rules that a non-programmer may edit (search_app/data/*.toml), compiled once.

A word in a table is plain characters, in which ``.`` and ``(甲|乙)`` may stand for others. A table with a mistake is
reported with its name and the word, in Chinese, when the program starts to label.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import product
from re import Pattern
from typing import Any

from search_app.errors import ConfigError
from search_app.labelling.rule_patterns import split_branches, split_by_first_character, write_out
from search_app.lazy_patterns import lazy_pattern
from search_app.model import SECTIONS, TOPICS
from search_app.prepared_tables import Decoded, language_table

#: How much a word of each kind counts; 排除 takes away what other words in it give.
CROSSED = "排除"
WORD_WEIGHTS = {"专指": 1.0, "明确": 0.7, "提示": 0.3, CROSSED: -0.5}
NAMING = ("专指", "明确")  # the kinds that name a topic
#: The name of :func:`topic_words` among the prepared tables.
TOPIC_WORDS = "topics"
_NEVER = "(?!)"
_IN_CLAUSE = r"[^，。；：！？,;\n]"  # what . stands for in exemplary.toml
_GAP = _IN_CLAUSE + "{0,16}?"  # what … stands for there
_GAP_IN_ITEM = r"[^，。；：！？,;、“”\n]{0,16}?"
_NEAR = r"[^，。；：！？,;\n]{0,12}"
_POINT = lazy_pattern(r"(\\.|\[\^?\]?[^\]]*\])|\.")
_GROUP = lazy_pattern(r"(\\.|\[\^?\]?[^\]]*\])|\((?!\?)")


#: Part of the rule: the row of exemplary.toml that it is, or that it is made of together with others.
_EXEMPLARY_ROWS = {
    "common": "通用提法",
    "name_ends": "做法名称",
    "name_begins": "名称之后",
    "introduced": "推出",
    "not_own": "不是自己的",
    "who": "谁",
    "served": "对谁",
    "does": "做什么",
    "not_doing": "不是动作",
    "rules": "怎么办",
    "no_practice": "不是做法",
    "handled": "办理环节",
    "levels": "层级",
    "borrowed": "搬来的组合",
    "own_title": "自己的文件",
    "issued": "出台",
    "demands": "要求",
    "issuing": "制定过程",
    "consequences": "后果",
    "household": "家常规矩",
    "posts": "新设",
    "furniture": "家常摆设",
    "firsts": "首创",
    "awards": "获奖",
    "visited": "有人来学",
    "spread": "推广",
    "spreadable": "可推广的",
    "not_yet": "还没得到",
    "rates": "好的比率",
    "fewer": "越少越好的",
    "more": "越多越好的",
    "solved": "办成了",
    "not_solved": "不算办成",
    "no_result": "不是成效",
    "planned": "打算",
    "lacking": "问题",
    "mending": "在解决",
    "routine": "常规",
    "slogans": "口号",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """What makes a heading, or a passage by itself, belong to one section."""

    name: str
    headings: Pattern[str]
    inner: Pattern[str]
    without: Pattern[str]
    openings: Pattern[str]
    evidence: Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemplaryRule:
    """What speaks for and against a concrete, replicable practice; each is a row of exemplary.toml, or some joined."""

    common: Pattern[str]
    name_ends: Pattern[str]
    name_begins: Pattern[str]
    introduced: Pattern[str]
    not_own: Pattern[str]
    steps: Pattern[str]
    served: Pattern[str]
    rules: Pattern[str]
    household: Pattern[str]
    no_practice: Pattern[str]
    handled: Pattern[str]
    levels: Pattern[str]
    borrowed: Pattern[str]
    own_title: Pattern[str]
    issued: Pattern[str]
    demands: Pattern[str]
    issuing: Pattern[str]
    consequences: Pattern[str]
    posts: Pattern[str]
    furniture: Pattern[str]
    firsts: Pattern[str]
    awards: Pattern[str]
    visited: Pattern[str]
    spread: Pattern[str]
    spreadable: Pattern[str]
    not_yet: Pattern[str]
    rates: Pattern[str]
    solved: Pattern[str]
    not_solved: Pattern[str]
    fewer: Pattern[str]
    more: Pattern[str]
    no_result: Pattern[str]
    unfinished: Pattern[str]
    planned: Pattern[str]
    lacking: Pattern[str]
    mending: Pattern[str]
    routine: Pattern[str]
    slogans: Pattern[str]


@cache
def topic_words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return each word of topics.toml with its (topic, kind) pairs; a kind is a key of WORD_WEIGHTS."""
    if prepared := language_table(TOPIC_WORDS):
        return Decoded(prepared, _decode_meanings)
    table = _table("topics.toml")
    made: dict[str, tuple[tuple[str, str], ...]] = {}
    for topic, kind in product(TOPICS, WORD_WEIGHTS):
        for entry in table.get(topic, {}).get(kind, []):
            for word in write_out(entry, where=f"“{topic}”"):
                if (topic, kind) not in made.get(word, ()):
                    made[word] = (*made.get(word, ()), (topic, kind))
    return made


def _decode_meanings(kept: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((topic, kind) for topic, kind in kept)


@cache
def section_rules() -> dict[str, SectionRule]:
    """Return the rules of the sections that have some, by name."""
    table = _table("sections.toml")
    return {
        name: SectionRule(
            name=name,
            headings=_any(table, name, "标题"),
            inner=_any(table, name, "小标题"),
            without=_any(table, name, "排除"),
            openings=_any(table, name, "开头"),
            evidence=_any(table, name, "正文"),
        )
        for name in SECTIONS
        if name != "导语"
    }


@cache
def exemplary_rule() -> ExemplaryRule:
    """Return the rule for exemplary practice. Raises ConfigError where exemplary.toml lacks a row or has one more."""
    table = {"典型做法": _rows("exemplary.toml")}
    rows = {key: _in_clause(_alternatives(table, "典型做法", key)) for key in _EXEMPLARY_ROWS.values()}
    parts = {name: rows[key] for name, key in _EXEMPLARY_ROWS.items()}
    parts |= {
        "common": _alternatives(table, "典型做法", "通用提法"),
        "name_ends": f"(?:{rows['做法名称']})$",
        "introduced": f"(?:{rows['推出']}){_NEAR}$",
        "steps": f"(?:{rows['谁']}){_GAP_IN_ITEM}{_quick(rows['做什么'])}(?!{rows['不是动作']})",
        "handled": f"(?:{rows['办理环节']})(?:[、，—－→](?:{rows['办理环节']})){{2,}}",
        "served": f"(?:{rows['对谁']})[^，。；：由请让派]{{0,14}}$|[在到至往于不]$|未经?$|没有$|不[应该得能]$",
        "rates": f"(?:{rows['好的比率']})率[^，。；：,;\\n降跌]{{0,12}}?\\d+(?:\\.\\d+)?[%％](?!降|下降|跌)",
        "solved": f"(?:{rows['办成了']})[^，。；：、,;\\n\\d]{{0,14}}(?<!的)\\d",
        "unfinished": f"{rows['打算']}|{rows['问题']}",
    }
    wanted = {field.name for field in fields(ExemplaryRule)}
    return ExemplaryRule(**{name: re.compile(pattern) for name, pattern in parts.items() if name in wanted})


def _in_clause(pattern: str) -> str:
    """Return a pattern whose points stand for characters of one clause."""
    return _POINT.sub(lambda one: one[1] or _IN_CLAUSE, pattern)


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = _read(name)
    return table


def _rows(name: str) -> dict[str, list[str]]:
    """Return the rows of exemplary.toml, all of them and no others."""
    rows: dict[str, list[str]] = _read(name)
    wanted = set(_EXEMPLARY_ROWS.values())
    if lost := sorted(wanted - rows.keys()):
        raise ConfigError(
            f"词表 {name} 缺少这些行：{'、'.join(lost)}。", hint="请补上，没有词就写成 []，或换回原来的文件。"
        )
    if extra := sorted(rows.keys() - wanted):
        raise ConfigError(f"词表 {name} 里不认识这些行：{'、'.join(extra)}。", hint="请检查行名，或换回原来的文件。")
    for key, words in rows.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise ConfigError(
                f"词表 {name} 的“{key}”应当是一串加引号的词。", hint="请检查引号和逗号，或换回原来的文件。"
            )
    return rows


def _read(name: str) -> dict[str, Any]:
    import tomllib  # a search finds these tables prepared

    try:
        return tomllib.loads(files("search_app.data").joinpath(name).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表 {name} 写法有误：{error}", hint="请检查引号和逗号，或换回原来的文件。") from error


def _any(table: dict[str, dict[str, list[str]]], section: str, key: str) -> Pattern[str]:
    """Compile the words of one row into one pattern."""
    return re.compile(_alternatives(table, section, key))


def _alternatives(table: dict[str, dict[str, list[str]]], section: str, key: str) -> str:
    """Return the words of one row as one pattern, in which what is found is the whole, never a group."""
    parts: list[str] = []
    for word in table.get(section, {}).get(key, []):
        found = split_by_first_character(word.replace("…", _GAP))
        try:
            re.compile(word), re.compile("|".join(found))
        except re.error as error:
            raise ConfigError(f"词表“{section}”的“{key}”里，“{word}”写法有误：{error}") from error
        parts += found
    return _GROUP.sub(lambda found: found[1] or "(?:", "|".join(parts)) or _NEVER


def _quick(alternatives: str) -> str:
    """Return a pattern that finds the same, and gives up at once where none of the first characters stands."""
    first = {branch[:1] for branch in split_branches(alternatives)}
    if first & set("([.\\"):
        return f"(?:{alternatives})"
    return f"(?=[{''.join(sorted(first))}])(?:{alternatives})"
