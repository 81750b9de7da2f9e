"""Facet panels: the counts of an answer -> groups of checkboxes, bars of years and chips.

The order and the words of the values are those of :mod:`search_app.facets`. Ten values are shown, up to a hundred more
unfold, the rest has a page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from search_app.facets import FACETS, PANELS
from search_app.model import Facet, FacetValue, Found
from search_app.searching import Request, Results
from search_app.web import urls

_GENERATION = re.compile(r"gen-(\d+)")
SHOWN = 10
UNFOLDED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value of a facet, as URLs write it and as a page says it.

    ``url`` ticks or unticks it, ``share`` is its length as a bar, 0 to 100.
    """

    id: str
    value: str
    text: str
    count: int
    reports: int
    selected: bool
    url: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One facet: the rows shown, those that unfold, and the page that lists all where there are more still."""

    name: str
    label: str
    shown: tuple[Row, ...]
    unfolded: tuple[Row, ...]
    beyond: int
    ticked: int
    distinct: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One active filter; ``url`` is the same search without it, ``count`` the passages it would then give, if known."""

    label: str
    text: str
    url: str
    count: int | None = None


def panels(found: Found, request: Request, *, path: str = "/") -> tuple[Panel, ...]:
    """Return the facets of an answer as groups of rows, in the order in which clerks narrow."""
    return tuple(panel(kind.facet, found, request, path=path) for kind in PANELS)


def panel(facet: Facet, answered: Found, request: Request, *, path: str = "/") -> Panel:
    """Return one facet of an answer that is shown at ``path``."""
    kind = FACETS[facet]
    found = kind.arrange(answered.facets.get(facet, ()))
    ticked = sum(value.selected for value in found)
    # Years stay in order and together; a list of places or topics is cut after ten.
    cut = len(found) if kind.chronological else max(SHOWN, ticked)
    # A country has tens of thousands of towns: rows are made of what is shown only.
    made = rows(facet, found[: cut + UNFOLDED], request, path=path)
    return Panel(
        name=facet.value,
        label=kind.label,
        shown=made[:cut],
        unfolded=made[cut:],
        beyond=max(0, len(found) - cut - UNFOLDED),
        ticked=ticked,
        distinct=sum(value.count > 0 for value in found),
        url=urls.build(replace(request, page=1), path=f"/facets/{facet.value}"),
    )


def rows(facet: Facet, values: Sequence[FacetValue], request: Request, *, path: str = "/") -> tuple[Row, ...]:
    """Return values of a facet as rows, the longest bar for the largest of them."""
    most = max((value.count for value in values), default=0) or 1
    return tuple(
        Row(
            id=f"{facet.value}-{crc32(urls.write_value(item.value).encode()):08x}",
            value=urls.write_value(item.value),
            text=FACETS[facet].say(item.value),
            count=item.count,
            reports=item.reports,
            selected=item.selected,
            url=urls.build(urls.toggle(request, facet, item.value), path=path),
            share=round(100 * item.count / most),
        )
        for item in values
    )


def known(values: Iterable[FacetValue]) -> int:
    """Return how many values of a facet are known."""
    return sum(value.value is not None for value in values)


def chips(request: Request, *, path: str = "/") -> tuple[Chip, ...]:
    """Return the active filters in the order in which they were ticked, facet by facet."""
    found = [
        Chip(
            label=FACETS[facet].label,
            text=FACETS[facet].say(value),
            url=urls.build(urls.toggle(request, facet, value), path=path),
        )
        for facet in Facet
        for value in request.selection.of(facet)
    ]
    if request.exemplary:
        found.append(
            Chip(label="只看", text="典型做法", url=urls.build(replace(request, exemplary=False, page=1), path=path))
        )
    if request.since is not None:
        url = urls.build(replace(request, since=None, page=1), path=path)
        found.append(Chip(label="只看", text=_since(request.since), url=url))
    return tuple(found)


def _since(name: str) -> str:
    """Return in words that only what is new since a generation is kept, which the answer has found to be one."""
    number = _GENERATION.match(name)
    return f"第 {int(number.group(1))} 代之后新增" if number else f"{name}之后新增"


def without(results: Results) -> tuple[Chip, ...]:
    """Return the filters that hide everything, each with the address without it and what that would give."""
    request = results.request
    found: list[Chip] = []
    for each in results.without:
        if each.name == "all":
            found.append(
                Chip(label="", text="全部筛选条件", url=urls.build(urls.clear_filters(request)), count=each.total)
            )
            continue
        if each.name == "exemplary":
            milder, label, text = replace(request, exemplary=False, page=1), "只看", "典型做法"
        elif each.name == "since":
            milder, label, text = replace(request, since=None, page=1), "只看", _since(request.since or "")
        else:
            kind = FACETS[Facet(each.name)]
            milder = replace(request, selection=request.selection.with_values(kind.facet, ()), page=1)
            label, text = kind.label, "、".join(map(kind.say, request.selection.of(kind.facet)))
        found.append(Chip(label=label, text=text, url=urls.build(milder), count=each.total))
    return tuple(found)
