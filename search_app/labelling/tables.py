"""Tables: the rules that a non-programmer may edit (search_app/data/*.toml), compiled once.

A word in a table is plain characters, in which ``.`` and ``(甲|乙)`` may stand for others. A table with a mistake is
reported with its name and the word, in Chinese, when the program starts to label.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from re import Pattern
from typing import Any

from search_app.errors import ConfigError
from search_app.labelling.words import by_first_character, written_out
from search_app.model import SECTIONS, TOPICS

#: How much a word of each kind counts; 排除 takes away what other words in it give.
CROSSED = "排除"
WORD_WEIGHTS = {"专指": 1.0, "明确": 0.7, "提示": 0.3, CROSSED: -0.5}
NAMING = ("专指", "明确")  # the kinds that name a topic
_NEVER = "(?!)"
_GROUP = re.compile(r"(\\.|\[\^?\]?[^\]]*\])|\((?!\?)")


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
    """What speaks for and against a concrete, replicable practice."""

    common: Pattern[str]
    names: Pattern[str]
    who: Pattern[str]
    how: Pattern[str]
    first: Pattern[str]
    outcome: Pattern[str]
    slogans: Pattern[str]


@cache
def topic_words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return each word of topics.toml with its (topic, kind) pairs; a kind is a key of WORD_WEIGHTS."""
    table = _table("topics.toml")
    made: dict[str, tuple[tuple[str, str], ...]] = {}
    for topic, kind in product(TOPICS, WORD_WEIGHTS):
        for entry in table.get(topic, {}).get(kind, []):
            for word in written_out(entry, where=f"“{topic}”"):
                if (topic, kind) not in made.get(word, ()):
                    made[word] = (*made.get(word, ()), (topic, kind))
    return made


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
    """Return the rule for exemplary practice."""
    table: dict[str, dict[str, list[str]]] = {"典型做法": _rows("exemplary.toml")}
    parts = ("通用提法", "做法名称", "谁", "怎么做", "首创获奖", "成效", "口号")
    fields = ("common", "names", "who", "how", "first", "outcome", "slogans")
    return ExemplaryRule(**{field: _any(table, "典型做法", part) for field, part in zip(fields, parts, strict=True)})


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = _read(name)
    return table


def _rows(name: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = _read(name)
    return rows


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files("search_app.data").joinpath(name).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表 {name} 写法有误：{error}", hint="请检查引号和逗号，或换回原来的文件。") from error


def _any(table: dict[str, dict[str, list[str]]], section: str, key: str) -> Pattern[str]:
    """Compile the words of one row into one pattern."""
    parts: list[str] = []
    for word in table.get(section, {}).get(key, []):
        found = by_first_character(word)
        try:
            re.compile(word), re.compile("|".join(found))
        except re.error as error:
            raise ConfigError(f"词表“{section}”的“{key}”里，“{word}”写法有误：{error}") from error
        parts += found
    whole = _GROUP.sub(lambda found: found[1] or "(?:", "|".join(parts))  # what is found is the whole, never a group
    return re.compile(whole or _NEVER)
