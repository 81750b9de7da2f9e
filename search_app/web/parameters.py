"""Parameters of addresses: their names in Chinese, and how each value is read strictly.

In: the text behind a name. Out: its value, or :class:`BadParameter`, which says in plain words which parameter is
wrong, what stands there and what may stand there. What is no parameter of ours is passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from search_app.errors import BadSearch
from search_app.facets import FACETS
from search_app.model import Collapse, Facet, Sort, Value

#: Values of one facet that may be ticked, or excluded, at once.
MAX_TICKED = 50
#: A value longer than any name of a place, section or topic.
MAX_VALUE = 64
#: What stands before a facet's name where its values are excluded, and where it says how they are ordered.
NOT, ORDER = "not.", "order."
#: Facets whose values may stand in another order than that of their counts; years run from new to old.
ORDERED = tuple(facet for facet, kind in FACETS.items() if not kind.chronological)

#: How a page calls each parameter.
LABELS: Mapping[str, str] = {
    "q": "检索词",
    "exemplary": "只看典型做法",
    "sort": "排序",
    "collapse": "折叠方式",
    "also": "也搜别的说法",
    "literal": "照原样检索",
    "page": "页码",
    "size": "每页条数",
    "hl": "标记的词",
    "n": "结果序号",
    "leaf": "第几部分",
    "find": "查找的字",
    "order": "排列方式",
    "to": "第几页",
    "apply": "应用",
    "explain": "说明得分",
    "back": "返回的检索",
    "since": "此后新增",
    "all_genres": "全部文种",
    "format": "导出格式",
    "report": "报告",
    "basket": "素材夹",
    "ask": "要确认的事",
    "with": "对照的报告",
    "kind": "变化",
    "what": "数据",
    **{facet.value: kind.label for facet, kind in FACETS.items()},
    **{f"{NOT}{facet.value}": f"不要的{kind.label}" for facet, kind in FACETS.items()},
    **{f"{ORDER}{facet.value}": f"{FACETS[facet].label}的排列方式" for facet in ORDERED},
    "p": "要对照的段落",
    "r": "要对照的报告",
    "base": "以哪一个为准",
    "rows": "行",
    "columns": "列",
    "best": "列出典型做法",
}
#: How a page calls the values of an order, and of a way of folding.
SAID: Mapping[str, str] = {
    Sort.RELEVANCE: "相关度",
    Sort.NEWEST: "年度新→旧",
    Sort.OLDEST: "年度旧→新",
    Sort.EXEMPLARY: "典型做法",
    Sort.TOWN: "乡镇",
    Sort.ADDED: "新收录在前",
    Collapse.SIMILAR: "折叠相近表述",
    Collapse.REPORT: "每份报告一段",
    Collapse.NONE: "全部列出",
    "same": "一字未改",
    "figures": "只改了数字",
    "changed": "改写",
    "new": "新写",
    "gone": "删去",
    "moved": "换了地方",
    "regrouped": "拆分合并",
    "topic": "主题",
    "section": "章节类型",
    "year": "年度",
    "county": "县",
}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF))

Choice = TypeVar("Choice", bound=StrEnum)
Parameters = Mapping[str, list[str]]


class Arrangement(StrEnum):
    """How the values of a facet are ordered: by how many passages they have, or by name."""

    COUNT = "count"
    NAME = "name"


class BadParameter(BadSearch):
    """A parameter of an address that cannot be meant; ``name`` is the one that is wrong."""

    def __init__(self, message: str, *, name: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.name = name


def clean(text: str) -> str:
    """Return the text without control characters, lone surrogates and marks that turn the reading direction."""
    kept = (" " if char in "\t\r\n" else char for char in text.translate(_BIDI))
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs"))


def read_scalars(parameters: Parameters, names: Iterable[str]) -> dict[str, str]:
    """Return the parameters of these names. Raises BadParameter where one is given twice."""
    found: dict[str, str] = {}
    for name in names:
        values = parameters.get(name, [])
        if len(values) > 1:
            message = f"网址里“{LABELS.get(name, name)}”（{name}）写了 {len(values)} 个"
            raise BadParameter(message, name=name, hint="这一项只能写一个，请只留一个。")
        if values:
            found[name] = clean(values[0])
    return found


def read_switch(name: str, scalars: Mapping[str, str], *, default: bool) -> bool:
    """Return whether a switch is on."""
    text = scalars.get(name, "")
    if text not in ("", "0", "1"):
        raise _bad(name, text, "只能写 1（是）或 0（否）。")
    return text == "1" if text else default


def read_choice(kind: type[Choice], name: str, scalars: Mapping[str, str]) -> Choice | None:
    """Return the member of an enumeration that is named; None where none is."""
    text = scalars.get(name, "")
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        known = "、".join(f"{item.value}（{SAID[item]}）" if item in SAID else item.value for item in kind)
        raise _bad(name, text, f"可以写：{known}。") from None


def read_whole(name: str, scalars: Mapping[str, str], *, default: int, most: int) -> int:
    """Return a whole number from 1 on."""
    text = scalars.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text) or int(text) > most:
        raise _bad(name, text, f"{LABELS[name]}应为 1 至 {most} 的整数。")
    return int(text)


def read_size(scalars: Mapping[str, str], sizes: tuple[int, ...]) -> int:
    """Return how many passages stand on a page."""
    text = scalars.get("size", "")
    if text and text not in map(str, sizes):
        raise _bad("size", text, f"每页条数可以是 {'、'.join(map(str, sizes))}。")
    return int(text or sizes[0])


def read_values(facet: Facet, texts: Iterable[str], *, name: str) -> tuple[Value, ...]:
    """Return the values of a facet that are ticked, or excluded, each once, in their order."""
    cleaned = [text for text in (clean(item).strip() for item in texts) if text]
    for text in cleaned:
        if len(text) > MAX_VALUE:
            raise _bad(name, text, f"一个条件最多 {MAX_VALUE} 个字。")
    try:
        values = tuple(dict.fromkeys(FACETS[facet].read(text) for text in cleaned))
    except BadSearch as refused:
        raise BadParameter(f"{LABELS[name]}（{name}）：{refused.message}", name=name, hint=refused.hint) from None
    if len(values) > MAX_TICKED:
        message = f"{LABELS[name]}选了 {len(values)} 个，最多选 {MAX_TICKED} 个"
        raise BadParameter(message, name=name, hint="按浏览器的“后退”可以回到刚才的选择，去掉几个再试。")
    return values


def _bad(name: str, text: str, hint: str) -> BadParameter:
    shown = text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"
    return BadParameter(f"网址里“{LABELS[name]}”（{name}）写成了“{shown}”，用不了", name=name, hint=hint)
