"""Backfill: passages shown after the full matches where these are few, nearest in words and in meaning first.

In: a query that finds little. Out: the ways to what is near: what holds most of the typed words, and what lies nearest
in meaning. Of either no more is taken than is needed: as many words are demanded together, and as
great a nearness, as leave enough, so that a rare name is not followed by the whole index. (Words that the best passages
have beside the typed ones, pseudo-relevance feedback, were tried: beside meanings they gained nothing.)
"""

from collections.abc import Callable
from dataclasses import replace

from search_app.query import About, AllOf, BestOf, Node, Not, Phrase, Raised, SomeOf, Weighted, Words
from search_app.query.trees import all_of, parts
from search_app.searching.rewriting.relaxation import find_longest_words
from search_app.searching.rewriting.rewriter import Rewriter

#: Fewer passages than this are followed by others.
FEW = 30
#: Words that so many further passages hold most of say too little, where there are meanings to go by.
MANY = 100
#: Of a line so many words are looked for, the longest.
MOST_UNITS = 12
#: How near in meaning passages are to be (cosines), tried in turn; below the last they have little in common. Between
#: one that leaves too few and one that leaves many it is halved so often.
_NEARNESS = (0.7, 0.6, 0.5, 0.4, 0.3, 0.25)
#: ... and in a place that was named: there are few passages of one town, and who names it wants to read these.
_NEARNESS_THERE = (*_NEARNESS, 0.1)
_HALVED = 4


def backfill(rewriter: Rewriter, intended: Node | None, total: int) -> tuple[Weighted, ...]:
    """Return the ways to what is near, beside ``total`` passages that are found; none where nothing is."""
    units, fixed = _parted(intended)
    if not units:
        return ()
    least = _strictest(rewriter, units, fixed, FEW + total)
    further = all_of((SomeOf(children=tuple(units), least=least), *fixed))
    ways: list[Weighted] = []
    near = find_nearest(rewriter, fixed, FEW + total)
    many = rewriter.count(further)
    if many <= total:  # nothing further holds several: what holds any, all of it where an unknown name has no meaning
        any_of_them = all_of((SomeOf(children=tuple(units), least=1), *fixed))
        held = rewriter.count(any_of_them)
        if held < MANY + total or near is None or rewriter.count(near) <= total:
            further, many = any_of_them, held
    if near is None or many < MANY + total:
        ways.append(Weighted(node=further, weight=rewriter.ranking.partial))
    if near is not None:
        ways.append(_by_meaning(rewriter, near, units))
    return tuple(ways)


def backfill_by_meaning(rewriter: Rewriter, intended: Node | None) -> tuple[Weighted, ...]:
    """Return the way to what is near in meaning, beside what holds most of the words already; none where nothing is."""
    units, fixed = _parted(intended)
    near = find_nearest(rewriter, fixed, FEW) if units else None
    return () if near is None else (_by_meaning(rewriter, near, units),)


def _parted(intended: Node | None) -> tuple[list[Node], tuple[Node, ...]]:
    """Return the typed words and the longest in them, and what else has to hold; no words beside a quoted phrase."""
    plain = [part for part in parts(intended) if isinstance(part, Words)]
    fixed = tuple(part for part in parts(intended) if part not in plain)
    if not plain or any(isinstance(part, Phrase) for part in fixed):
        return [], fixed
    longest = sorted(find_longest_words(plain), key=lambda unit: -len(unit.text))[:MOST_UNITS]
    return list(dict.fromkeys([*plain, *longest])), fixed


def _by_meaning(rewriter: Rewriter, near: Node, units: list[Node]) -> Weighted:
    said = tuple(Weighted(node=unit) for unit in units)
    return Weighted(node=Raised(child=near, by=said), weight=rewriter.ranking.near)


def without(ways: tuple[Weighted, ...], rewritten: Node) -> Node | None:
    """Return the query for what the ways find and a rewritten query does not; None where there is no way."""
    others = Not(child=rewritten)
    left = tuple(replace(way, node=AllOf(children=(way.node, others))) for way in ways)
    return BestOf(children=left) if left else None


def find_nearest(rewriter: Rewriter, fixed: tuple[Node, ...], enough: int, *, least: float = 0.0) -> Node | None:
    """Return the query for what is nearest in meaning to the typed words, enough and not many more.

    None where the words have no meaning that is known; the query may find nothing.

    ``least`` is how near (a cosine) passages have to be at the least; ``fixed`` has to hold as well.
    """
    about = rewriter.about
    if not about or not rewriter.ranking.meaning:
        return None

    def at(nearness: float) -> Node:
        return all_of((About(text=about, least=nearness), *fixed))

    query, above = None, None
    for nearness in _NEARNESS_THERE if rewriter.intent.placed else _NEARNESS:
        if nearness < least:
            break
        query = at(nearness)
        if (found := rewriter.count(query)) >= enough:
            if found > MANY + enough and above is not None:
                return _nearer(rewriter, at, nearness, above, enough)
            break
        above = nearness
    return query


def _nearer(rewriter: Rewriter, at: Callable[[float], Node], below: float, above: float, enough: int) -> Node:
    """Return the query between two nearnesses, one that leaves many and one too few, that leaves enough and fewest."""
    for _ in range(_HALVED):
        middle = (below + above) / 2
        count = rewriter.count(at(middle))
        if count >= enough:
            below = middle
        else:
            above = middle
        if enough <= count <= MANY + enough:
            break
    return at(below)


def _strictest(rewriter: Rewriter, units: list[Node], fixed: tuple[Node, ...], enough: int) -> int:
    """Return of how many units together there are enough passages; the fewest asked for is two, of one unit one."""
    low, high = min(2, len(units)), len(units)
    while low < high:  # how many passages hold so many units only falls with their number
        middle = (low + high + 1) // 2
        if rewriter.count(all_of((SomeOf(children=tuple(units), least=middle), *fixed))) >= enough:
            low = middle
        else:
            high = middle - 1
    return low
