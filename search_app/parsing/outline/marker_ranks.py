"""Marker ranks: which kind of number stands inside which, as this document uses them.

The evidence is where a kind begins anew: if （1） starts again at one below every 1., it is inside; if 1. starts again
below every （1）, the author has them the other way round. Where a document shows nothing, the usual order holds.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from search_app.parsing.lines.markers import RANK, Marker, MarkerKind

#: Kinds whose places authors exchange; 一是 and 第一， stay innermost.
_MOVABLE = {MarkerKind.COMMA, MarkerKind.PAREN, MarkerKind.DOT, MarkerKind.ARABIC, MarkerKind.CIRCLE}


def rank_kinds(markers: Sequence[Marker | None]) -> Mapping[MarkerKind, int]:
    """Return the rank of each kind of number used, outermost lowest; in the usual order or the document's own."""
    used = [found for found in markers if found is not None]
    begins = _begins_below(used)
    order = sorted({found.kind for found in used}, key=RANK.__getitem__)
    for at in range(1, len(order)):
        here = at
        while here and _is_outer(order[here], order[here - 1], begins):
            order[here - 1], order[here] = order[here], order[here - 1]
            here -= 1
    return {kind: rank for rank, kind in enumerate(order)}


def _begins_below(markers: Sequence[Marker]) -> Counter[tuple[MarkerKind, MarkerKind]]:
    """Count for (outer, inner) how often inner's number one follows directly upon a number of outer's."""
    counts: Counter[tuple[MarkerKind, MarkerKind]] = Counter()
    for one, following in pairwise(markers):
        if following.number == 1 and following.kind is not one.kind and {one.kind, following.kind} <= _MOVABLE:
            counts[one.kind, following.kind] += 1
    return counts


def _is_outer(kind: MarkerKind, other: MarkerKind, begins: Mapping[tuple[MarkerKind, MarkerKind], int]) -> bool:
    """Say whether a kind that usually stands inside another is used outside of it; a slip of the pen proves nothing."""
    below, above = begins.get((kind, other), 0), begins.get((other, kind), 0)
    return below > 2 * above and (below > 1 or above == 0)
