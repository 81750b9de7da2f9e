"""Facet panels: the counts of an answer -> groups of checkboxes, bars of years and chips.

The order and the words of the values are those of :mod:`search_app.facets`, by name those of
:mod:`search_app.searching.value_sounds`. Ten values are shown, up to forty more unfold, the rest has a page.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from search_app.facets import FACETS, PANELS, PlaceFacet
from search_app.model import Facet, FacetValue, Found, Value
from search_app.searching import Request, Results
from search_app.searching.value_sounds import Sounds, read_keys
from search_app.web import urls
from search_app.web.parameters import NOT, ORDERED
from search_app.web.view_models.links import Link

_GENERATION = re.compile(r"gen-(\d+)")
SHOWN = 10
UNFOLDED = 40
#: What the orders of values are called.
BY_COUNT, BY_NAME = "按段数", "按名称"


class Row(NamedTuple):
    """One value of a facet, as URLs write it and as a page says it; a tuple, as a page makes more than a hundred.

    ``share`` is its length as a bar, 0 to 100. ``keys`` are the letters that it is found by: its initials, a blank, its
    syllables parted by apostrophes.
    """

    id: str
    value: str
    text: str
    keys: str
    passages: int
    reports: int
    selected: bool
    excluded: bool
    share: int
    address: Callable[[], str]

    @property
    def url(self) -> str:
        """Return the address that ticks or unticks it, or takes back that it is excluded.

        Built when it is asked for: most rows are boxes of a form, and a page has hundreds of them.
        """
        return self.address()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One facet: the rows shown, those that unfold, and the page that lists all where there are more still.

    ``order`` leads to the same values in the other order, by name or by count.
    """

    name: str
    label: str
    shown: tuple[Row, ...]
    unfolded: tuple[Row, ...]
    beyond: int
    ticked: int
    excluded: int
    distinct: int
    url: str | None
    order: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One active filter; ``url`` is the same search without it, ``count`` the passages it would then give, if known."""

    label: str
    text: str
    url: str
    count: int | None = None


def panels(
    found: Found, request: Request, *, sounds: Callable[[], Sounds], path: str = "/", **extra: str
) -> tuple[Panel, ...]:
    """Return the facets of an answer as groups of rows, in the order in which clerks narrow."""
    return tuple(
        panel(kind.facet, found, request, sounds=sounds, path=path, **extra)
        for kind in PANELS
        if kind.is_worth_showing(found.facets.get(kind.facet, ()))
    )


def panel(
    facet: Facet, answered: Found, request: Request, *, sounds: Callable[[], Sounds], path: str = "/", **extra: str
) -> Panel:
    """Return one facet of an answer that is shown at ``path``; ``extra`` are parameters that its links keep."""
    kind, by_name = FACETS[facet], facet in request.by_name
    values = answered.facets.get(facet, ())
    found: Sequence[FacetValue] = values
    ticked = excluded = 0
    if request.selection.touches(facet) or by_name or not isinstance(kind, PlaceFacet):
        found = sounds().by_name(facet, values) if by_name else kind.arrange(values)
        ticked, excluded = sum(value.selected for value in found), sum(value.excluded for value in found)
    if by_name:  # what is chosen stays in sight
        found = sorted(found, key=lambda value: (not value.selected, not value.excluded))
    # Years stay in order and together; a list of places or topics is cut after ten.
    cut = len(found) if kind.chronological else max(SHOWN, ticked + excluded)
    # A country has tens of thousands of towns, and an engine makes a value when it is asked for: where nothing is
    # chosen among them they stand in order already, and rows are made of what is shown only.
    made = rows(facet, found[: cut + UNFOLDED], request, path=path, **extra)
    return Panel(
        name=facet.value,
        label=kind.label,
        shown=made[:cut],
        unfolded=made[cut:],
        beyond=max(0, len(found) - cut - UNFOLDED),
        ticked=ticked,
        excluded=excluded,
        distinct=len(found) if found is values else sum(value.count > 0 for value in found),
        url=urls.build(urls.first_page(request), path=f"/facets/{facet.value}"),
        order=_order(facet, request, len(found), path, extra),
    )


def _order(facet: Facet, request: Request, count: int, path: str, extra: dict[str, str]) -> Link | None:
    """Return the way to the other order, where there is one and something to be ordered."""
    if facet not in ORDERED or count < 2:
        return None
    text = BY_COUNT if facet in request.by_name else BY_NAME
    return Link(text=text, url=urls.build(urls.rearrange(request, facet), path=path, **extra))


def rows(
    facet: Facet, values: Sequence[FacetValue], request: Request, *, path: str = "/", **extra: str
) -> tuple[Row, ...]:
    """Return values of a facet as rows, the longest bar for the largest of them."""
    most = max((value.count for value in values), default=0) or 1

    def row(item: FacetValue) -> Row:
        return Row(
            *_words(facet, item.value),
            item.count,
            item.reports,
            item.selected,
            item.excluded,
            round(100 * item.count / most),
            lambda: urls.build(_other_way(request, facet, item), path=path, **extra),
        )

    return tuple(map(row, values))


def _other_way(request: Request, facet: Facet, item: FacetValue) -> Request:
    """Return the request with a value ticked or unticked, or no longer excluded."""
    if not item.excluded:
        return urls.toggle(request, facet, item.value)
    named, own = request.selection.excluded(facet), str(item.value)
    # a town may have been named with or without its county
    held = (name for name in named if name and (own.endswith(str(name)) or str(name).endswith(own)))
    return urls.exclude(request, facet, item.value if item.value in named else next(held, item.value))


@lru_cache(maxsize=1 << 13)
def _words(facet: Facet, value: Value) -> tuple[str, str, str, str]:
    """Return what is the same of a value on every page: its id, the value as URLs write it, its name and its keys."""
    written, said = urls.write_value(value), FACETS[facet].say(value)
    read = read_keys(said)
    keys = f"{read.initials} {chr(39).join(read.syllables)}"
    return f"{facet.value}-{crc32(written.encode()):08x}", written, said, keys


def genres(values: Sequence[FacetValue]) -> tuple[Row, ...]:
    """Return the genres that an index holds, each leading to its passages; none where there is only one."""
    kind = FACETS[Facet.GENRE]
    return rows(Facet.GENRE, kind.arrange(values), Request()) if kind.is_worth_showing(values) else ()


def known(values: Iterable[FacetValue]) -> int:
    """Return how many values of a facet are known."""
    return sum(value.value is not None for value in values)


def chips(request: Request, *, path: str = "/", **extra: str) -> tuple[Chip, ...]:
    """Return the active filters in the order in which they were ticked, facet by facet, then what is excluded."""
    found = [
        Chip(
            label=FACETS[facet].label,
            text=FACETS[facet].say(value),
            url=urls.build(urls.toggle(request, facet, value), path=path, **extra),
        )
        for facet in Facet
        for value in request.selection.of(facet)
    ]
    found += [
        Chip(
            label="不含",
            text=_say_excluded(facet, value),
            url=urls.build(urls.exclude(request, facet, value), path=path, **extra),
        )
        for facet in Facet
        for value in request.selection.excluded(facet)
    ]
    if request.exemplary:
        milder = replace(request, exemplary=False, page=1)
        found.append(Chip(label="只看", text="典型做法", url=urls.build(milder, path=path, **extra)))
    if request.since is not None:
        url = urls.build(replace(request, since=None, page=1), path=path, **extra)
        found.append(Chip(label="只看", text=_since(request.since), url=url))
    return tuple(found)


def _since(name: str) -> str:
    """Return in words that only what is new since a generation is kept, which the answer has found to be one."""
    number = _GENERATION.match(name)
    return f"第 {int(number.group(1))} 代之后新增" if number else f"{name}之后新增"


def _say_excluded(facet: Facet, value: Value) -> str:
    """Return an excluded value so that it is clear without its facet: what is not known is not known of something."""
    kind = FACETS[facet]
    return f"{kind.label}{kind.say(value)}" if value is None else f"{value} 年" if kind.chronological else str(value)


def without(results: Results) -> tuple[Chip, ...]:
    """Return the filters that hide everything, each with the address without it and what that would give."""
    request = results.request
    found: list[Chip] = []
    for each in results.without:
        if each.name == "all":
            label, text, milder = "", "全部筛选条件", urls.clear_filters(request)
        elif each.name == "exemplary":
            label, text, milder = "只看", "典型做法", replace(request, exemplary=False, page=1)
        elif each.name == "since":
            label, text, milder = "只看", _since(request.since or ""), replace(request, since=None, page=1)
        elif each.name.startswith(NOT):
            facet = Facet(each.name.removeprefix(NOT))
            label = "不含"
            text = "、".join(_say_excluded(facet, value) for value in request.selection.excluded(facet))
            milder = replace(request, selection=request.selection.with_excluded(facet, ()), page=1)
        else:
            kind = FACETS[Facet(each.name)]
            label, text = kind.label, "、".join(map(kind.say, request.selection.of(kind.facet)))
            milder = replace(request, selection=request.selection.with_values(kind.facet, ()), page=1)
        found.append(Chip(label=label, text=text, url=urls.build(milder), count=each.total))
    return tuple(found)
