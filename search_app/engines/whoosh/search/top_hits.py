"""Top hits: the best of many rows in a stable order, near-duplicates or reports folded, without sorting them all.

Order: the sort's own key, then tier, then score (to nine digits, so that sums in another order are equal), then report
path and number in it; by town, the score counts for nothing. By relevance, the first ranks are then spread over towns,
each tier by itself. Equal input gives equal pages, so they never overlap.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Columns, Ints
from search_app.engines.whoosh.search.evaluation import Scored
from search_app.engines.whoosh.search.segment_lookup import Scores
from search_app.model import Collapse, Sort
from search_app.query import SPREAD, Search


class Page(NamedTuple):
    """Positions in the ranked rows, their scores, how many further rows each stands for, how many all pages hold."""

    positions: Ints
    scores: Scores
    folded: Ints
    listed: int


_NONE: Ints = np.zeros(0, dtype=np.int64)
_EMPTY = Page(_NONE, np.zeros(0), _NONE, 0)


def page(columns: Columns, scored: Scored, search: Search) -> Page:
    """Return what stands on the page asked for, of the ranked and folded rows."""
    if not len(scored.rows):
        return _EMPTY
    start, stop = (search.page - 1) * search.size, search.page * search.size
    spread = search.sort == Sort.RELEVANCE and start < SPREAD
    firsts, folded, listed = _listed(columns, scored, search, max(stop, SPREAD) if spread else stop)
    scores = scored.scores[firsts]
    if spread:
        order, scores[:SPREAD] = _spread(columns, scored, firsts[:SPREAD], search.ranking.same_town)
        firsts[:SPREAD], folded[:SPREAD] = firsts[order], folded[order]
    return Page(firsts[start:stop], scores[start:stop], folded[start:stop], listed)


def _listed(columns: Columns, scored: Scored, search: Search, stop: int) -> tuple[Ints, Ints, int]:
    """Return the first listed positions in order, what is folded behind each, and how many could be listed."""
    count = len(scored.rows)
    keys = _keys(columns, scored, search.sort)
    if search.collapse == Collapse.NONE:
        shown = _best(keys, count, stop)
        return shown, np.zeros(len(shown), dtype=np.int64), count
    groups = columns.cluster[scored.rows] if search.collapse == Collapse.SIMILAR else columns.report[scored.rows]
    sizes = np.bincount(groups)
    listed = int(np.count_nonzero(sizes))
    wanted = min(stop, listed)
    asked = stop + stop // 4
    while True:
        ranked = _best(keys, count, asked)
        firsts = np.sort(np.unique(groups[ranked], return_index=True)[1])
        if len(firsts) >= wanted or asked >= count:
            shown = ranked[firsts[:stop]]
            return shown, sizes[groups[shown]] - 1, listed
        asked *= 4


def _spread(columns: Columns, scored: Scored, listed: Ints, share: float) -> tuple[Ints, Scores]:
    """Return the order of the first ranks in which each further passage of a town scores less, and those scores."""
    if len(listed) < 2:
        return np.arange(len(listed)), scored.scores[listed]
    nth = _count_before(columns.town[columns.report[scored.rows[listed]]])
    lowered = scored.scores[listed] * share**nth
    order = np.lexsort((-np.round(lowered, 9), scored.tiers[listed]))
    return order, lowered[order]


def count_of_town_before(columns: Columns, scored: Scored, search: Search, position: int) -> int | None:
    """Return how many passages of its town stand before a ranked row among those that are spread over towns.

    None where it is not one of those.
    """
    if search.sort != Sort.RELEVANCE:
        return None
    firsts = _listed(columns, scored, search, SPREAD)[0][:SPREAD]
    at = np.flatnonzero(firsts == position)
    return int(_count_before(columns.town[columns.report[scored.rows[firsts]]])[at[0]]) if len(at) else None


def _count_before(town: Ints) -> Ints:
    """Return how often each town of a list stands before it."""
    before: dict[int, int] = {}
    nth = []
    for one in town.tolist():  # some hundred at most
        nth.append(before.get(one, 0))
        before[one] = nth[-1] + 1
    return np.array(nth, dtype=np.int64)


def _keys(columns: Columns, scored: Scored, sort: Sort) -> list[NDArray[Any]]:
    """Return what decides, first key first; smaller is better."""
    score = -np.round(scored.scores, 9)
    match sort:
        case Sort.RELEVANCE:
            own: list[NDArray[Any]] = []
        case Sort.EXEMPLARY:
            own = [-columns.practice[scored.rows].astype(np.int16)]
        case Sort.ADDED:
            own = [-columns.since[scored.rows].astype(np.int64)]
        case Sort.NEWEST:
            own = [-columns.year[columns.report[scored.rows]]]
        case Sort.OLDEST:
            own = [np.where(columns.year > 0, columns.year, 9999)[columns.report[scored.rows]]]
        case Sort.TOWN:
            return [columns.by_town[columns.report[scored.rows]], scored.rows]
    return [*own, scored.tiers, score, columns.report[scored.rows], scored.rows]


def _best(keys: list[NDArray[Any]], count: int, wanted: int) -> Ints:
    """Return the positions of the best, in order."""
    sure: list[Ints] = []
    tied = np.arange(count)
    for key in keys:
        missing = wanted - sum(map(len, sure))
        if len(tied) <= missing or missing <= 0:
            break
        values = key[tied]
        worst = np.partition(values, missing - 1)[missing - 1]
        sure.append(tied[values < worst])
        tied = tied[values == worst]
    chosen = np.concatenate([*sure, tied])
    if len(chosen) < 2:
        return chosen[:wanted]
    return chosen[np.lexsort([key[chosen] for key in reversed(keys)])][:wanted]
