"""Widening: what follows where few passages hold all that was typed: those nearest to it in their words.

In: a search that found little. Out: the tree that finds the same first and then what holds most of the typed words and
of those that the best passages have beside them (pseudo-relevance feedback: J. Rocchio, "Relevance Feedback in
Information Retrieval", 1971; C. Manning et al., Introduction to Information Retrieval, 9.1.6). Of the typed and the
neighbouring words as many are demanded together as leave enough: so a rare name is not followed by the whole index.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search_app.language import FAINT, squeezed, terms
from search_app.model import Match
from search_app.query import About, AllOf, BestOf, Node, Phrase, Search, SomeOf, Weighted, Words
from search_app.searching.relaxing import longest_words
from search_app.searching.understanding import Asker

#: Fewer passages than this are followed by others.
FEW = 20
#: How many of the best passages are looked at, and how many words are taken from them.
_LOOKED_AT, _NEIGHBOURS = 8, 10
#: How near in meaning passages are to be, tried in turn; below the last they have little in common.
_NEARNESS = (0.7, 0.6, 0.5, 0.4, 0.3, 0.25)


def widened(asker: Asker, asked: Search, query: Node, total: int, best: Sequence[Match]) -> Node | None:
    """Return a tree that finds the ``total`` passages of ``query`` first and then what is near; None if nothing is.

    ``best`` are the best of them, in order.
    """
    parts = asked.query.children if isinstance(asked.query, AllOf) else (asked.query,)
    plain = [part for part in parts if isinstance(part, Words)]
    fixed = tuple(part for part in parts if part is not None and part not in plain)
    if not plain or any(isinstance(part, Phrase) for part in fixed):
        return None
    units: list[Node] = list(dict.fromkeys([*plain, *longest_words(plain)]))
    typed = {squeezed(part.text) for part in plain}.union(*(terms(part.text) for part in plain))
    near = neighbours(best[:_LOOKED_AT], typed, asker.vocabulary(), asker.passages)
    heaviest = max(near.values(), default=1.0)
    units += [
        _lowered(Words(text=word, whole=True), asker.ranking.neighbour * weight / heaviest)
        for word, weight in near.items()
    ]
    ways = [Weighted(node=query)]
    least = _strictest(asker, asked, units, fixed, FEW + total)
    further = _also_holding(SomeOf(children=tuple(units), least=least), fixed)
    ways.append(Weighted(node=further, weight=asker.ranking.partial))
    if near_in_meaning := nearest(asker, asked, fixed, FEW + total):
        ways.append(Weighted(node=near_in_meaning, weight=0.0))  # its meaning raises it anyway
    return BestOf(children=tuple(ways))


def nearest(asker: Asker, asked: Search, fixed: tuple[Node, ...], enough: int) -> Node | None:
    """Return the passages nearest in meaning to what was typed, some more than enough; None where nothing is near."""
    about = asker.wish.about
    if not about or not asker.ranking.meaning:
        return None
    node: Node | None = None
    for least in _NEARNESS:
        node = _also_holding(About(text=about, least=least), fixed)
        if asker.count(replace(asked, query=node)) >= enough:
            break
    return node


def neighbours(
    matches: Sequence[Match], typed: set[str], vocabulary: Mapping[str, int], passages: int
) -> dict[str, float]:
    """Return the words that tell the matches from other passages, with their weights, heaviest first.

    A word weighs by how often it stands in a match (two times at most), how rare it is in the index, the match's share
    of all scores, and less in a long passage.
    """
    scores = sum(match.score for match in matches) or 1.0
    weights: defaultdict[str, float] = defaultdict(float)
    for match in matches:
        headings = match.passage.headings[-1:]
        held = Counter(word for text in (match.passage.text, *headings) for word in terms(text) if len(word) > 1)
        share = match.score / scores / math.sqrt(sum(held.values()) or 1)
        for word, often in held.items():
            if vocabulary.get(word, 0) > 1 and word not in typed and word not in FAINT:
                weights[word] += share * min(often, 2) * math.log(passages / vocabulary[word])
    kept: dict[str, float] = {}
    for word, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if len(kept) == _NEIGHBOURS:
            break
        if weight > 0 and not any(word in other or other in word for other in kept):
            kept[word] = weight
    return kept


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


def _lowered(node: Node, weight: float) -> Node:
    return BestOf(children=(Weighted(node=node, weight=weight),))


def _also_holding(node: Node, fixed: tuple[Node, ...]) -> Node:
    return AllOf(children=(node, *fixed)) if fixed else node
