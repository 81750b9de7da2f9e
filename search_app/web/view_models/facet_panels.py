"""Facet panels: the counts of an answer -> groups of checkboxes, bars of years and chips.

Values are ordered: ticked first, then most passages first, then by name; years run from new to old with the empty
years between kept, because a gap is news; passages on no topic stand last. Ten values are shown, up to a hundred more
unfold, the rest has a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from search_app.model import Facet, FacetValue, Found, Value
from search_app.searching import Request, Results
from search_app.web import urls

SHOWN = 10
UNFOLDED = 100
#: More empty years than this between two reports are a mistake in a date, not news.
LONGEST_GAP = 15
#: What passages without a topic are called.
NO_TOPIC = "未归类"
LABELS = {
    Facet.YEAR: "年度",
    Facet.COUNTY: "县（区、市）",
    Facet.TOWN: "乡镇（街道）",
    Facet.SECTION: "章节类型",
    Facet.TOPIC: "主题",
}
#: The facet that each kind of suggestion narrows.
SUGGESTED = {"主题": Facet.TOPIC, "镇": Facet.TOWN, "县": Facet.COUNTY}
#: Short groups first, so that all of them can be reached without a long way down.
ORDER = (Facet.YEAR, Facet.TOWN, Facet.SECTION, Facet.TOPIC, Facet.COUNTY)


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
    return tuple(panel(facet, found, request, path=path) for facet in ORDER)


def panel(facet: Facet, answered: Found, request: Request, *, path: str = "/") -> Panel:
    """Return one facet of an answer that is shown at ``path``."""
    found = ordered(facet, answered.facets.get(facet, ()))
    ticked = sum(value.selected for value in found)
    # Years stay in order and together; a list of places or topics is cut after ten.
    cut = len(found) if facet is Facet.YEAR else max(SHOWN, ticked)
    # A country has tens of thousands of towns: rows are made of what is shown only.
    made = rows(facet, found[: cut + UNFOLDED], request, path=path)
    return Panel(
        name=facet.value,
        label=LABELS[facet],
        shown=made[:cut],
        unfolded=made[cut:],
        beyond=max(0, len(found) - cut - UNFOLDED),
        ticked=ticked,
        distinct=sum(value.count > 0 for value in found),
        url=urls.build(replace(request, page=1), path=f"/facets/{facet.value}"),
    )


def ordered(facet: Facet, values: Iterable[FacetValue]) -> list[FacetValue]:
    """Return the values of a facet that are shown, in their order."""
    kept = [value for value in values if value.count or value.selected]
    if facet is Facet.YEAR:
        return _with_empty_years(kept)
    rest = facet is Facet.TOPIC
    kept.sort(
        key=lambda item: (
            rest and item.value is None,
            not item.selected,
            -item.count,
            item.value is None,
            urls.written(item.value),
        )
    )
    return kept


def rows(facet: Facet, values: Sequence[FacetValue], request: Request, *, path: str = "/") -> tuple[Row, ...]:
    """Return values of a facet as rows, the longest bar for the largest of them."""
    most = max((value.count for value in values), default=0) or 1
    return tuple(
        Row(
            id=f"{facet.value}-{crc32(urls.written(item.value).encode()):08x}",
            value=urls.written(item.value),
            text=said(facet, item.value),
            count=item.count,
            reports=item.reports,
            selected=item.selected,
            url=urls.build(urls.toggled(request, facet, item.value), path=path),
            share=round(100 * item.count / most),
        )
        for item in values
    )


def said(facet: Facet, value: Value) -> str:
    """Return a facet value in the words of a page: a passage on no topic was read well enough, it just has none."""
    return NO_TOPIC if facet is Facet.TOPIC and value is None else urls.written(value)


def known(values: Iterable[FacetValue]) -> int:
    """Return how many values of a facet are known."""
    return sum(value.value is not None for value in values)


def chips(request: Request, *, path: str = "/") -> tuple[Chip, ...]:
    """Return the active filters in the order in which they were ticked, facet by facet."""
    found = [
        Chip(
            label=LABELS[facet],
            text=said(facet, value),
            url=urls.build(urls.toggled(request, facet, value), path=path),
        )
        for facet in Facet
        for value in request.selection.of(facet)
    ]
    if request.exemplary:
        found.append(
            Chip(label="只看", text="典型做法", url=urls.build(replace(request, exemplary=False, page=1), path=path))
        )
    return tuple(found)


def _with_empty_years(values: list[FacetValue]) -> list[FacetValue]:
    known = {item.value: item for item in values if isinstance(item.value, int)}
    years = sorted((year for year in known if isinstance(year, int)), reverse=True)
    found: list[FacetValue] = []
    for place, year in enumerate(years):
        found.append(known[year])
        gap = range(year - 1, years[place + 1], -1) if place + 1 < len(years) else range(0)
        if len(gap) <= LONGEST_GAP:
            found += [FacetValue(value=empty, count=0, reports=0) for empty in gap]
    return found + [item for item in values if item.value is None]


def without(results: Results) -> tuple[Chip, ...]:
    """Return the filters that hide everything, each with the address without it and what that would give."""
    request = results.request
    found: list[Chip] = []
    for each in results.without:
        if each.name == "all":
            found.append(Chip(label="", text="全部筛选条件", url=urls.build(urls.cleared(request)), count=each.total))
            continue
        if each.name == "exemplary":
            milder, label, text = replace(request, exemplary=False, page=1), "只看", "典型做法"
        else:
            facet = Facet(each.name)
            milder = replace(request, selection=request.selection.with_values(facet, ()), page=1)
            label, text = LABELS[facet], "、".join(said(facet, value) for value in request.selection.of(facet))
        found.append(Chip(label=label, text=text, url=urls.build(milder), count=each.total))
    return tuple(found)
