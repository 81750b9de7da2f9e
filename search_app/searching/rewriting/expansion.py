"""Query expansion: what follows where few passages hold all that was typed, nearest in words and in meaning.

In: a search that found little. Out: the tree that finds the same first, then what holds most of the typed words, and
what lies nearest in meaning. Of either no more is taken than is needed: as many words are demanded together, and as
great a nearness, as leave enough, so that a rare name is not followed by the whole index. (Words that the best passages
have beside the typed ones, pseudo-relevance feedback, were tried: beside meanings they gained nothing.)
"""

from dataclasses import replace

from search_app.query import About, AllOf, BestOf, Node, Phrase, Search, SomeOf, Weighted, Words
from search_app.searching.rewriting.relaxation import longest_words
from search_app.searching.rewriting.rewriter import Asker

#: Fewer passages than this are followed by others.
FEW = 20
#: Words that so many further passages hold most of say too little, where there are meanings to go by.
MANY = 100
#: How near in meaning passages are to be, tried in turn; below the last they have little in common.
_NEARNESS = (0.7, 0.6, 0.5, 0.4, 0.3, 0.25)


def widened(asker: Asker, asked: Search, query: Node, total: int) -> Node | None:
    """Return a tree that finds the ``total`` passages of ``query`` first and then what is near; None if nothing is."""
    parts = asked.query.children if isinstance(asked.query, AllOf) else (asked.query,)
    plain = [part for part in parts if isinstance(part, Words)]
    fixed = tuple(part for part in parts if part is not None and part not in plain)
    if not plain or any(isinstance(part, Phrase) for part in fixed):
        return None
    units: list[Node] = list(dict.fromkeys([*plain, *longest_words(plain)]))
    least = _strictest(asker, asked, units, fixed, FEW + total)
    further = _also_holding(SomeOf(children=tuple(units), least=least), fixed)
    ways = [Weighted(node=query)]
    near = nearest(asker, asked, fixed, FEW + total)
    if near is None or asker.count(replace(asked, query=further)) < MANY + total:
        ways.append(Weighted(node=further, weight=asker.ranking.partial))
    if near is not None:
        ways.append(Weighted(node=near, weight=asker.ranking.near))
    return BestOf(children=tuple(ways))


def nearest(asker: Asker, asked: Search, fixed: tuple[Node, ...], enough: int, *, least: float = 0.0) -> Node | None:
    """Return the passages nearest in meaning to what was typed, some more than enough; None where nothing is near.

    ``least`` is how near they have to be at the least.
    """
    about = asker.wish.about
    if not about or not asker.ranking.meaning:
        return None
    node: Node | None = None
    for nearness in _NEARNESS:
        if nearness < least:
            break
        node = _also_holding(About(text=about, least=nearness), fixed)
        if asker.count(replace(asked, query=node)) >= enough:
            break
    return node


def _strictest(asker: Asker, asked: Search, units: list[Node], fixed: tuple[Node, ...], enough: int) -> int:
    """Return of how many units together there are enough passages; the fewest asked for is two, of one unit one."""
    low, high = min(2, len(units)), len(units)
    while low < high:  # how many passages hold so many units only falls with their number
        middle = (low + high + 1) // 2
        query = _also_holding(SomeOf(children=tuple(units), least=middle), fixed)
        if asker.count(replace(asked, query=query)) >= enough:
            low = middle
        else:
            high = middle - 1
    return low


def _also_holding(node: Node, fixed: tuple[Node, ...]) -> Node:
    return AllOf(children=(node, *fixed)) if fixed else node
