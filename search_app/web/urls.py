"""URLs <-> requests. The whole state of a search is in its URL, so every state can be kept and sent.

In: the query string of a page. Out: a :class:`Request`, and the links that change one thing about it. Filters are read
strictly: a misspelt filter that is silently left out would give a wrong answer that looks right. The surprise: an
unknown *value* is no error, it stays as a filter that finds nothing, because links outlive the reports they name.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from search_app.errors import BadSearch
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Collapse, Facet, Sort, Value
from search_app.query import Selection
from search_app.searching import Request

SIZES = (10, 20, 50, 100)
#: Values of one facet that may be ticked at once.
MAX_TICKED = 50
#: A value longer than any name of a place, section or topic.
MAX_VALUE = 64
#: The largest page number that is looked at; what the engine serves is checked again behind.
MAX_PAGE = 10_000

_SCALARS = ("q", "exemplary", "sort", "collapse", "also", "literal", "page", "size", "since")
#: Added by chat programs and web counters to links that people pass on; they say nothing about the question.
_HARMLESS = re.compile(r"utm_\w+|spm|from|isappinstalled|_")
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF))

Choice = TypeVar("Choice", bound=StrEnum)
Parameters = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as its URL states it; ``extra`` holds the page's own parameters (``hl``, ``n`` …)."""

    request: Request
    extra: Mapping[str, str] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return the text without control characters, lone surrogates and marks that turn the reading direction."""
    kept = (" " if char in "\t\r\n" else char for char in text.translate(_BIDI))
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs"))


def parse(parameters: Parameters, *, allowed: Iterable[str] = ()) -> Asked:
    """Return the question that these parameters ask; what cannot be meant raises BadSearch."""
    allowed = frozenset(allowed)
    facets = {facet.value for facet in Facet}
    refuse_others(
        {name: values for name, values in parameters.items() if name not in facets}, (*_SCALARS, *sorted(allowed))
    )
    scalars = {name: clean(values[0]) for name, values in parameters.items() if name not in facets and values}
    request = Request(
        text=scalars.get("q", ""),
        selection=Selection(**{facet.value: _ticked(facet, parameters.get(facet.value, [])) for facet in Facet}),
        exemplary=parse_switch("exemplary", scalars, default=False),
        sort=_choice(Sort, scalars.get("sort", ""), "排序方式") or Sort.RELEVANCE,
        collapse=_choice(Collapse, scalars.get("collapse", ""), "折叠方式"),
        page=_whole(scalars.get("page", ""), "页码", default=1, most=MAX_PAGE),
        size=_size(scalars.get("size", "")),
        also=parse_switch("also", scalars, default=True),
        literal=parse_switch("literal", scalars, default=False),
        since=scalars.get("since", "").strip() or None,
    )
    return Asked(request=request, extra={name: scalars[name] for name in allowed if name in scalars})


def parse_filters(parameters: Parameters) -> Request:
    """Return the filters alone that these parameters tick; anything else raises BadSearch."""
    facets = [facet.value for facet in Facet]
    others = {name: values for name, values in parameters.items() if name not in facets}
    try:
        refuse_others(others)
    except BadSearch as refused:
        raise BadSearch(refused.message, hint=f"能用的条件：{'、'.join(facets)}。") from None
    return parse({name: values for name, values in parameters.items() if name in facets}).request


def refuse_others(parameters: Parameters, known: Iterable[str] = ()) -> None:
    """Raise BadSearch where a page is given parameters that it does not know, or one of them twice."""
    known = tuple(known)
    for name, values in parameters.items():
        if _HARMLESS.fullmatch(name):
            continue
        if name not in known:
            usable = (*known, *(facet.value for facet in Facet)) if "q" in known else known
            hint = f"能用的条件：{'、'.join(usable)}。" if usable else "这个网址后面不用加条件。"
            raise BadSearch(f"网址里有不认识的条件“{clean(name)[:MAX_VALUE]}”", hint=hint)
        if len(values) > 1:
            raise BadSearch(f"条件“{name}”在网址里出现了不止一次", hint="请只留一个，或从检索框重新查起。")


def parse_position(text: str | None) -> int | None:
    """Return a result's place in its list, counting from 1, or None where none is given."""
    return _whole(text, "结果序号", default=1, most=MAX_PAGE) if text else None


def to_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request in their one order, defaults left out."""
    found = [("q", request.text)] if request.text else []
    found += [(facet.value, write_value(value)) for facet in Facet for value in request.selection.of(facet)]
    if request.exemplary:
        found.append(("exemplary", "1"))
    if request.since is not None:
        found.append(("since", request.since))
    if request.sort is not Sort.RELEVANCE:
        found.append(("sort", request.sort.value))
    if request.collapse is not None:
        found.append(("collapse", request.collapse.value))
    if not request.also:
        found.append(("also", "0"))
    if request.literal:
        found.append(("literal", "1"))
    if request.page != 1:
        found.append(("page", str(request.page)))
    if request.size != SIZES[0]:
        found.append(("size", str(request.size)))
    return found


def build(request: Request, *, path: str = "/", anchor: str = "", **extra: object) -> str:
    """Return the address of a request; ``extra`` parameters come first, those that are None are left out."""
    query = urlencode([(name, str(value)) for name, value in extra.items() if value is not None] + to_pairs(request))
    return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def toggle(request: Request, facet: Facet, value: Value) -> Request:
    """Return the request with one value ticked or unticked, from the first page again."""
    values = request.selection.of(facet)
    changed = tuple(item for item in values if item != value) if value in values else (*values, value)
    return replace(request, selection=request.selection.with_values(facet, changed), page=1)


def narrow_to(facet: Facet, value: Value, *, text: str = "") -> Request:
    """Return a fresh request that is narrowed by one value."""
    return toggle(Request(text=text), facet, value)


def clear_filters(request: Request) -> Request:
    """Return the request without any filter; words, order and page size stay."""
    return replace(request, selection=Selection(), exemplary=False, since=None, page=1)


def write_value(value: Value) -> str:
    """Return a facet value as URLs and pages write it."""
    return UNKNOWN if value is None else str(value)


def _ticked(facet: Facet, texts: list[str]) -> tuple[Value, ...]:
    cleaned = [text for text in (clean(item).strip() for item in texts) if text]
    if any(len(text) > MAX_VALUE for text in cleaned):
        raise BadSearch("筛选条件太长", hint=f"一个条件最多 {MAX_VALUE} 个字。")
    values = tuple(dict.fromkeys(FACETS[facet].read(text) for text in cleaned))
    if len(values) > MAX_TICKED:
        raise BadSearch(f"同一类筛选条件勾选了 {len(values)} 个，太多了", hint=f"最多勾选 {MAX_TICKED} 个。")
    return values


def parse_switch(name: str, scalars: Mapping[str, str], *, default: bool) -> bool:
    """Return whether a switch is on, as it stands in a URL. Raises BadSearch for anything but 1 and 0."""
    text = scalars.get(name, "")
    if text not in ("", "0", "1"):
        raise BadSearch(f"网址里的“{name}”只能写 1 或 0", hint="请用页面上的开关。")
    return text == "1" if text else default


def _choice(kind: type[Choice], text: str, what: str) -> Choice | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        known = "、".join(item.value for item in kind)
        raise BadSearch(f"没有“{text[:MAX_VALUE]}”这种{what}", hint=f"可用：{known}。") from None


def _whole(text: str, what: str, *, default: int, most: int) -> int:
    if not text:
        return default
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text) or int(text) > most:
        raise BadSearch(f"{what}“{text[:MAX_VALUE]}”不对", hint=f"{what}应为 1 至 {most} 的整数。")
    return int(text)


def _size(text: str) -> int:
    size = _whole(text, "每页条数", default=SIZES[0], most=SIZES[-1])
    if size not in SIZES:
        raise BadSearch(f"每页不能是 {size} 条", hint=f"可选：{'、'.join(map(str, SIZES))}。")
    return size
