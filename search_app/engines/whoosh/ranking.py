"""Ranking: the best of many rows in a stable order, near-duplicates or reports folded, without sorting them all.

Order: the sort's own key, then score (to nine digits, so that sums in another order are equal), then report path and
place in it. Equal input gives equal pages, so they never overlap.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints
from search_app.engines.whoosh.evaluation import Scored
from search_app.model import Collapse, Sort


class Page(NamedTuple):
    """Positions in the ranked rows, how many further rows each stands for, and how many there are on all pages."""

    positions: Ints
    folded: Ints
    listed: int


def page(columns: Columns, scored: Scored, *, sort: Sort, collapse: Collapse, start: int, stop: int) -> Page:
    """Return what stands at places start to stop of the ranked and folded rows."""
    count = len(scored.rows)
    keys = _keys(columns, scored, sort)
    if collapse == Collapse.NONE:
        shown = _best(keys, count, stop)[start:]
        return Page(shown, np.zeros(len(shown), dtype=np.int64), count)
    groups = columns.cluster[scored.rows] if collapse == Collapse.SIMILAR else columns.report[scored.rows]
    sizes = np.bincount(groups)
    listed = int(np.count_nonzero(sizes))
    wanted = min(stop, listed)
    asked = 2 * stop
    while True:
        ranked = _best(keys, count, asked)
        firsts = np.sort(np.unique(groups[ranked], return_index=True)[1])
        if len(firsts) >= wanted or asked >= count:
            shown = ranked[firsts[start:stop]]
            return Page(shown, sizes[groups[shown]] - 1, listed)
        asked *= 4


def _keys(columns: Columns, scored: Scored, sort: Sort) -> list[NDArray[Any]]:
    """Return what decides, first key first; smaller is better."""
    score = -np.round(scored.scores, 9)
    match sort:
        case Sort.RELEVANCE:
            own: list[NDArray[Any]] = []
        case Sort.EXEMPLARY:
            own = [-columns.exemplary[scored.rows].astype(np.int16)]
        case Sort.NEWEST:
            own = [-columns.year[columns.report[scored.rows]]]
        case Sort.OLDEST:
            own = [np.where(columns.year > 0, columns.year, 9999)[columns.report[scored.rows]]]
    return [*own, score, columns.report[scored.rows], scored.rows]


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
    return chosen[np.lexsort([key[chosen] for key in reversed(keys)])][:wanted]
