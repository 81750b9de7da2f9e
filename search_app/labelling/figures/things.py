"""Things: what reports count, as search_app/data/figures.toml says it, written out once into tables to look up.

The surprise: words are looked up from their end, because in Chinese the thing stands right before its number, with all
that narrows it down in front.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from re import Pattern
from types import MappingProxyType
from typing import Any

from search_app.errors import ConfigError
from search_app.labelling.rule_patterns import write_out
from search_app.model import TOPICS

_TABLE = "figures.toml"
_KEYS = {"名称", "主题", "单位", "写法", "动作", "可省", "简称", "前文", "为零", "细分"}
_NEEDED = {"名称", "主题", "单位", "写法"}
_GAP = "[^，。；：！？\n]{0,12}"
_NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing that is counted; ``units`` mean the same, the first is the one that is shown.

    ``verbs`` are what may stand before it, longest first; ``bare`` tells whether it may stand without one,
    ``of_kinds`` whether a part may be counted by naming its kind in between.
    """

    name: str
    topic: str
    units: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    bare: bool = True
    of_kinds: bool = True
    before: Pattern[str] = _NEVER
    zero: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of all things: ``full`` say by themselves what is counted, ``short`` only after what stands before.

    ``sizes`` says how long, longest first, the words are that end with these two characters.
    """

    full: Mapping[str, tuple[Thing, ...]]
    short: Mapping[str, tuple[Thing, ...]]
    sizes: Mapping[str, tuple[int, ...]]
    units: tuple[str, ...]


@cache
def things() -> tuple[Thing, ...]:
    """Return all things in the order of the table. Raises ConfigError where the table is mistaken."""
    return tuple(_thing(row) for row in _rows())


@cache
def thing_named(name: str) -> Thing | None:
    """Return the thing of this name."""
    return next((thing for thing in things() if thing.name == name), None)


@cache
def words() -> Words:
    """Return the words of all things, to be looked up."""
    full: dict[str, list[Thing]] = {}
    short: dict[str, list[Thing]] = {}
    for row, thing in zip(_rows(), things(), strict=True):
        for key, made in (("写法", full), ("简称", short)):
            for word in _written_out(row.get(key, []), thing.name):
                if thing not in made.setdefault(word, []):
                    made[word].append(thing)
    units = {unit for thing in things() for unit in thing.units}
    return Words(
        full=MappingProxyType({word: tuple(held) for word, held in full.items()}),
        short=MappingProxyType({word: tuple(held) for word, held in short.items()}),
        sizes=MappingProxyType(
            {
                tail: tuple(sorted({len(word) for word in (*full, *short) if word.endswith(tail)}, reverse=True))
                for tail in {word[-2:] for word in (*full, *short)}
            }
        ),
        units=tuple(sorted(units, key=lambda unit: (-len(unit), unit))),
    )


@cache
def zeros() -> Mapping[str, tuple[Thing, ...]]:
    """Return the clauses that say that there was none of some things."""
    made: dict[str, tuple[Thing, ...]] = {}
    for thing in things():
        for clause in thing.zero:
            made[clause] = (*made.get(clause, ()), thing)
    return MappingProxyType(made)


def _thing(row: Mapping[str, Any]) -> Thing:
    verbs = _written_out(row.get("动作", []), row["名称"])
    before = "|".join(f"(?:{one.replace('…', _GAP)})" for one in row.get("前文", []))
    return Thing(
        name=row["名称"],
        topic=row["主题"],
        units=tuple(row["单位"]),
        verbs=tuple(sorted(verbs, key=lambda verb: (-len(verb), verb))),
        bare=bool(row.get("可省", not verbs)),
        of_kinds=bool(row.get("细分", True)),
        before=re.compile(before) if before else _NEVER,
        zero=_written_out(row.get("为零", []), row["名称"]),
    )


def _written_out(entries: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for entry in entries for word in _options(entry, name)))


def _options(entry: str, name: str) -> tuple[str, ...]:
    """Return the words of an entry; a single character stands for itself."""
    return (entry,) if len(entry) == 1 else write_out(entry, where=f"“{_TABLE}”的“{name}”")


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    try:
        table = tomllib.loads(files("search_app.data").joinpath(_TABLE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表 {_TABLE} 写法有误：{error}", hint="请检查引号和逗号，或换回原来的文件。") from error
    rows = tuple(table.get("数据", ()))
    names: set[str] = set()
    for row in rows:
        _check(row, names)
        names.add(row["名称"])
    return rows


def _check(row: Mapping[str, Any], names: set[str]) -> None:
    """Raise ConfigError for a row that cannot be understood."""
    name = row.get("名称", "（没有名称）")
    if lost := sorted(_NEEDED - row.keys()):
        raise ConfigError(f"词表 {_TABLE} 的“{name}”缺少：{'、'.join(lost)}。", hint="请补上，或换回原来的文件。")
    if extra := sorted(row.keys() - _KEYS):
        raise ConfigError(f"词表 {_TABLE} 的“{name}”里不认识：{'、'.join(extra)}。", hint="请检查行名。")
    if name in names:
        raise ConfigError(f"词表 {_TABLE} 里“{name}”写了两次。", hint="请合成一段，或改一个名称。")
    if row["主题"] not in TOPICS:
        raise ConfigError(f"词表 {_TABLE} 的“{name}”主题“{row['主题']}”不在 16 个主题里。", hint="请改正主题。")
    if not row["单位"]:
        raise ConfigError(f"词表 {_TABLE} 的“{name}”没有单位。", hint="请写上单位。")
