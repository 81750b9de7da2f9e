"""Evaluation: a query tree -> which passages match, and how well.

One segment after the other, over arrays that fit into a processor's cache: first where the whole tree matches
(matching.py), then scores, only there. How rare a word is, all segments tell together. Words score by BM25F
(S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6): one weight per
word summed over fields, each normalised by its own length, saturated once. Phrases by BM25's saturation of their own
frequency. The numbers are in :mod:`search_app.query.weights`.

The surprise: whether a word is *there* is asked of the characters, not of the words, so nothing that holds what was
typed is missed, however it was cut; the words decide the score, and what is only part of one scores as a fragment.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.lookup_keys import LookupKey, literal_of
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.matching import Matching
from search_app.engines.whoosh.search.segment_lookup import Lookup, Scores
from search_app.engines.whoosh.segments.doc_sets import Mask
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    Deadline,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.query.trees import walk

#: Fewer than one in so many documents are scored apart; of more than so many, only the best are held against a meaning.
_FEW, _NEAREST = 4, 4096


class Scored(NamedTuple):
    """The rows that match, ascending, the score of each, and its tier: what is in a lower one stands first."""

    rows: Ints
    scores: Scores
    tiers: NDArray[np.uint8]

    def only(self, kept: Mask | slice) -> "Scored":
        """Return the rows of a mask."""
        return Scored(self.rows[kept], self.scores[kept], self.tiers[kept])


class Evaluated(NamedTuple):
    """All rows that match, which of them were kept (None = all), and the scores of these."""

    rows: Ints
    kept: Mask | None
    scored: Scored


#: Tells of ascending rows which are meant; None = all.
Keeping: TypeAlias = Callable[[Ints], Mask | None]


def evaluate(evaluation: "Evaluation", search: Search, admits: Keeping, keeps: Keeping) -> Evaluated:
    """Return the passages that match and are admitted, and BM25F's sums of those that are kept: no others are scored.

    The others are only counted.
    """
    parts = [_NOTHING]
    for lookup in evaluation.in_time(search.query):
        docs = evaluation.find_live(search.query, lookup)
        if not len(docs):
            continue
        rows = docs + lookup.base
        admitted = admits(rows)
        shown = rows if admitted is None else rows[admitted]
        kept = keeps(shown)
        scored = evaluation.score(search, lookup, docs, _both(admitted, kept))
        parts.append(Evaluated(shown, kept, scored))
    if len(parts) == 1:
        return _NOTHING
    masks = [part.kept for part in parts if part.kept is not None]
    return Evaluated(
        np.concatenate([part.rows for part in parts]),
        np.concatenate(masks) if masks else None,
        Scored(*map(np.concatenate, zip(*(part.scored for part in parts), strict=True))),
    )


def _both(admitted: Mask | None, kept: Mask | None) -> Mask | None:
    """Return which of all are kept, where a mask tells it of those that are admitted."""
    if admitted is None or kept is None:
        return kept if admitted is None else admitted
    both = admitted.copy()
    both[admitted] = kept
    return both


_NOTHING = Evaluated(
    np.zeros(0, dtype=np.int64), None, Scored(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.uint8))
)


def match_rows(evaluation: "Evaluation", search: Search) -> Ints:
    """Return the passages that match."""
    found = (evaluation.find_live(search.query, lookup) + lookup.base for lookup in evaluation.in_time(search.query))
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


class Evaluation:
    """One evaluation over one snapshot: where the whole tree matches first, then scores of that.

    ``after`` is the number of the generation since which passages are to be new.
    """

    def __init__(
        self, snapshot: Snapshot, ranking: Ranking, deadline: Deadline | None = None, *, after: int | None = None
    ) -> None:
        self.columns, self.after = snapshot.columns, after
        self.ranking = ranking
        self.matching = Matching(self.columns)
        self.lookups = [Lookup(snapshot, at, ranking) for at in range(len(snapshot.segments))]
        self._deadline = deadline
        self._done = len(self.lookups)
        self._counts: dict[LookupKey, int] = {}

    def score(self, search: Search, lookup: Lookup, docs: Ints, kept: Mask | None) -> Scored:
        """Return the rows that are kept of the matching documents of a segment, their scores and tiers."""
        own = docs if kept is None else docs[kept]
        if search.query is None or not len(own):
            scores = np.zeros(len(own))
        elif kept is not None and len(docs) > _NEAREST and _weighs_nearness(search.query):
            scores = self.scores(search.query, lookup, docs, matched=True)[kept]  # what is raised depends on all
        else:
            scores = self.scores(search.query, lookup, own, matched=True)
        return Scored(own + lookup.base, scores, self.tiers(search.first, lookup, own))

    def find_live(self, node: Node | None, lookup: Lookup) -> Ints:
        """Return the documents of a segment that match and were not removed, ascending; all where nothing is asked."""
        if node is None:
            return lookup.live.nonzero()[0]
        return lookup.keep_live(self.matching.find(node, lookup).docs)

    def tiers(self, first: tuple[Node, ...], lookup: Lookup, docs: Ints) -> NDArray[np.uint8]:
        """Return for each document which of the nodes it matches first; their number where it matches none."""
        tiers = np.full(len(docs), len(first), dtype=np.uint8)
        for tier in range(len(first) - 1 if len(docs) else -1, -1, -1):
            tiers[self.matching.among(first[tier], lookup, docs)] = tier
        return tiers

    def count_looked_at(self, held: int) -> int:
        """Return how many of the passages held were looked at; all, but where time was up before the last segment."""
        if self._done == len(self.lookups):
            return held
        return sum(int(np.count_nonzero(lookup.live)) for lookup in self.lookups[: self._done])

    def in_time(self, node: Node | None) -> Iterator[Lookup]:
        """Yield the first segment, and the others until time is up; all where nothing is asked of them."""
        for at, lookup in enumerate(self.lookups):
            if at and node is not None and self._deadline is not None and self._deadline.is_over():
                self._done = at
                return
            yield lookup

    def scores(self, node: Node, lookup: Lookup, docs: Ints, *, matched: bool = False) -> Scores:
        """Return how much a node adds to the score of each document, 0 where it does not match.

        ``matched`` says that it is known to match all of them.
        """
        if not len(docs):
            return np.zeros(0)
        match node:
            case Words():
                scores = self._words_scores(node, lookup, docs)
                return scores if matched else scores * self.matching.among(node, lookup, docs)
            case Phrase():
                often = lookup.count_occurrences(literal_of(node), docs)
                return self.rarity(literal_of(node)) * saturate(often, self.ranking)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                scores = np.zeros(len(docs))
                for child in children:
                    scores += self.scores(child, lookup, docs, matched=matched and isinstance(node, AllOf))
                return scores if matched else scores * self.matching.among(node, lookup, docs)
            case BestOf(children=ways):
                return self._best_scores(ways, lookup, docs)
            case Raised(child=child):
                scores = self.scores(child, lookup, docs, matched=matched)
                self.raise_scores(node, lookup, docs, scores)
                return scores
            case About(least=least):
                nearness = self.matching.measure_nearness(node, lookup, docs)
                return np.where(nearness >= least, nearness, 0)
            case SaysAlike(least=least):
                shares = self.matching.measure_likeness(node, lookup)[docs]
                return np.where(shares >= least, shares, 0)
            case In() | Years():
                return self.matching.among(node, lookup, docs).astype(np.float64)
            case Not():
                return np.zeros(len(docs))

    def _best_scores(self, ways: tuple[Weighted, ...], lookup: Lookup, docs: Ints) -> Scores:
        """Return for each document the best score of several ways to say the same."""
        scores = np.zeros(len(docs))
        for way in ways:
            used = self.used(way.node, lookup, docs)
            few = not isinstance(used, slice)
            made = self.scores(way.node, lookup, docs[used] if few else docs, matched=few)
            scores[used] = np.maximum(scores[used], made * way.weight)
        return scores

    def used(self, node: Node, lookup: Lookup, docs: Ints) -> Ints | slice:
        """Return the positions of the documents that a node matches; all where it matches many of them."""
        positions = self.matching.among(node, lookup, docs).nonzero()[0]
        return positions if len(positions) * _FEW < len(docs) else slice(None)

    def raise_scores(
        self, node: Raised, lookup: Lookup, docs: Ints, scores: Scores
    ) -> list[tuple[Weighted, Ints | slice]]:
        """Add to the scores of documents, in place, what raises them; return each raiser with the positions it is for.

        Meanings only raise the best, as those were raised until then.
        """
        matching, raisers = self.matching.among(node.child, lookup, docs), []
        for other in node.by:
            best = _best(scores, _NEAREST) if isinstance(other.node, About) else slice(None)
            gain = self.scores(other.node, lookup, docs[best]) * other.weight
            scores[best] += gain * matching[best]
            raisers.append((other, best))
        return raisers

    def _words_scores(self, node: Words, lookup: Lookup, docs: Ints) -> Scores:
        split = self.matching.split(node)
        scores = np.zeros(len(docs))
        for token in split.tokens:
            scores += self.rarity(token) * saturate(self.weigh(token, lookup, docs), self.ranking)
        worth = self.ranking.literal * self.literal_rarity(node)
        scores += worth if split.parts == (split.literal,) else worth * lookup.among(split.literal, docs)
        return scores

    def weigh(self, token: LookupKey, lookup: Lookup, docs: Ints) -> Scores:
        """Return the weight of a word in each document; one whose characters are cut into others has some, too."""
        weights = lookup.weigh(token, docs)
        weights[weights == 0] = self.ranking.fragment
        return weights

    def literal_rarity(self, node: Words) -> float:
        """Return how rare words are together, by which it counts that they stand as they were typed."""
        split, total = self.matching.split(node), 0.0
        for token in split.tokens:
            total += self.rarity(token)
        return total if split.tokens else self.rarity(split.literal)

    def rarity(self, key: LookupKey) -> float:
        """Return how rare something is over all segments: BM25's inverse document frequency."""
        count = self.count(key)
        return math.log(1 + (self.columns.size - count + 0.5) / (count + 0.5))

    def count(self, key: LookupKey) -> int:
        """Return how many documents of all segments hold something: a word in the field in which it is less rare."""
        if key not in self._counts:
            counts = [lookup.count_docs(key) for lookup in self.lookups]
            self._counts[key] = max(map(sum, zip(*counts, strict=True)), default=0)
        return self._counts[key]


def _weighs_nearness(node: Node) -> bool:
    """Tell whether a meaning raises something in a tree."""
    return any(isinstance(other.node, About) for each in walk(node) if isinstance(each, Raised) for other in each.by)


def _best(scores: Scores, count: int) -> Ints | slice:
    """Return the positions of so many of the best scores, all where there are no more."""
    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else slice(None)


def saturate(often: Scores, ranking: Ranking) -> Scores:
    """Return BM25's saturation of a frequency."""
    return often * (ranking.k1 + 1) / (often + ranking.k1)
