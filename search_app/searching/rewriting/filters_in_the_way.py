"""Filters in the way: which of the filters that are set, taken off, would leave something to be shown.

In: whoever counts, and a search that found nothing. Out: the filters with what each would leave.
"""

from dataclasses import dataclass, replace

from search_app.model import Facet
from search_app.query import Search, Selection
from search_app.searching.rewriting.rewriter import Rewriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """How many passages would match if one filter were taken off.

    ``name`` is a facet whose ticks it is, ``not.`` and a facet whose exclusions, ``exemplary``, ``since`` or ``all``.
    """

    name: str
    total: int


def is_filtered(asked: Search) -> bool:
    """Tell whether filters are set."""
    return asked.exemplary or asked.since is not None or bool(asked.selection)


def without_any(asked: Search, total: int) -> Without:
    """Return how many passages would match without the filters, named as the one that there is, or as all."""
    names = [facet.value for facet in Facet if asked.selection.of(facet)] + ["exemplary"] * asked.exemplary
    return Without(name=names[0] if len(names) == 1 else "all", total=total)


def find_without(rewriter: Rewriter, asked: Search) -> tuple[Without, ...]:
    """Return the filters that, taken off, would leave something, with how much; empty where none would."""
    ticked = [facet for facet in Facet if asked.selection.of(facet)]
    excluded = [facet for facet in Facet if asked.selection.excluded(facet)]
    milder = {facet.value: replace(asked, selection=asked.selection.with_values(facet, ())) for facet in ticked}
    for facet in excluded:
        milder[f"not.{facet.value}"] = replace(asked, selection=asked.selection.with_excluded(facet, ()))
    if asked.exemplary:
        milder["exemplary"] = replace(asked, exemplary=False)
    if asked.since is not None:
        milder["since"] = replace(asked, since=None)
    if len(milder) > 1:
        milder["all"] = replace(asked, selection=Selection(), exemplary=False, since=None)
    totals = {name: rewriter.count(search.query, within=search) for name, search in milder.items()}
    return tuple(Without(name=name, total=total) for name, total in totals.items() if total)
