"""Evaluation: a query tree -> which passages match, and how well.

One segment after the other, over arrays of the segment's length, which fit into a processor's cache: first the masks
of the whole tree, from the positions of its characters; then scores, only of what the tree matches. How rare a word is,
all segments tell together. Words score by BM25F (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond", 2009, section 3.6): one weight per word summed over fields, each normalised by its own length,
saturated once. Phrases by BM25's saturation of their own frequency. The numbers are in :mod:`search_app.query.weights`.

The surprise: whether a word is *there* is asked of the characters, not of the words, so nothing that holds what was
typed is missed, however it was cut; the words decide the score, and what is only part of one scores as a fragment.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.facet_counts import accept_rows
from search_app.engines.whoosh.search.lookup_keys import LookupKey, literal_of, split_words
from search_app.engines.whoosh.search.masks import all_of, any_of
from search_app.engines.whoosh.search.segment_lookup import Lookup, Mask, Scores
from search_app.language import cut_terms, minhash, pack_embedding
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


def evaluate(evaluation: "Evaluation", search: Search) -> Scored:
    """Return the passages that match the query, if asked for only exemplary or new ones, with BM25F's sums."""
    columns = evaluation.columns
    if search.query is None:
        rows = np.flatnonzero(columns.live)
        scored = Scored(rows, np.zeros(len(rows)), np.zeros(len(rows), dtype=np.uint8))
    else:
        none = Scored(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.uint8))
        found = (none, *evaluation.score_matches(search.query, search.first))
        scored = Scored(*map(np.concatenate, zip(*found, strict=True)))
    return scored.only(_wanted(evaluation, search, scored.rows))  # before anything is reckoned for them: few are


def _wanted(evaluation: "Evaluation", search: Search, rows: Ints) -> Mask | slice:
    """Return which of the rows are exemplary, and new, where only such are asked for."""
    columns, wanted = evaluation.columns, []
    if search.exemplary:
        wanted.append(columns.practice[rows] >= columns.stamp_floor)
    if evaluation.after is not None:
        wanted.append(columns.since[rows] > evaluation.after)
    return np.logical_and.reduce(wanted) if wanted else slice(None)


def match_rows(evaluation: "Evaluation", search: Search) -> Ints:
    """Return the passages that :func:`evaluate` does, without scores."""
    columns = evaluation.columns
    if search.query is None:
        rows = np.flatnonzero(columns.live)
    else:
        found = evaluation.match_rows(search.query)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    return rows[_wanted(evaluation, search, rows)]


class Evaluation:
    """One evaluation over one snapshot: masks of the whole tree first, then scores of what it matches.

    ``after`` is the number of the generation since which passages are to be new.
    """

    def __init__(
        self, snapshot: Snapshot, ranking: Ranking, deadline: Deadline | None = None, *, after: int | None = None
    ) -> None:
        self.columns, self.after = snapshot.columns, after
        self.ranking = ranking
        self.lookups = [Lookup(snapshot, at, ranking) for at in range(len(snapshot.segments))]
        self._deadline = deadline
        self._done = len(self.lookups)
        self._counts: dict[LookupKey, int] = {}
        self._meanings: dict[str, NDArray[np.float32]] = {}
        self._signatures: dict[str, bytes] = {}

    def score_matches(self, node: Node, first: tuple[Node, ...]) -> Iterator[Scored]:
        """Yield for each segment the rows that match, their scores and tiers."""
        for lookup in self._in_time():
            docs = np.flatnonzero(self.mask(node, lookup) & lookup.live)
            tiers = self.tiers(first, lookup, docs)
            yield Scored(docs + lookup.base, self.scores(node, lookup, docs), tiers)

    def tiers(self, first: tuple[Node, ...], lookup: Lookup, docs: Ints) -> NDArray[np.uint8]:
        """Return for each document which of the nodes it matches first; their number where it matches none."""
        tiers = np.full(len(docs), len(first), dtype=np.uint8)
        for tier in range(len(first) - 1 if len(docs) else -1, -1, -1):
            tiers[self.mask(first[tier], lookup)[docs]] = tier
        return tiers

    def match_rows(self, node: Node) -> Iterator[Ints]:
        """Yield for each segment the rows that match."""
        for lookup in self._in_time():
            yield np.flatnonzero(self.mask(node, lookup) & lookup.live) + lookup.base

    def count_looked_at(self, held: int) -> int:
        """Return how many of the passages held were looked at; all, but where time was up before the last segment."""
        if self._done == len(self.lookups):
            return held
        return sum(int(np.count_nonzero(lookup.live)) for lookup in self.lookups[: self._done])

    def _in_time(self) -> Iterator[Lookup]:
        """Yield the first segment, and the others until time is up."""
        for at, lookup in enumerate(self.lookups):
            if at and self._deadline is not None and self._deadline.is_over():
                self._done = at
                return
            yield lookup

    def mask(self, node: Node, lookup: Lookup) -> Mask:
        """Return where a node matches; looked for once in each segment, not to be written to."""
        known = lookup.masks.get(id(node))
        if known is None:
            known = lookup.masks[id(node)] = self._look_for(node, lookup)
        return known

    def _look_for(self, node: Node, lookup: Lookup) -> Mask:
        match node:
            case Words():
                split = split_words(node)
                mask = all_of(lookup, map(lookup.find, split.parts))
                return mask if len(split.parts) == 1 else mask | lookup.find(split.literal)
            case Phrase():
                return lookup.find(literal_of(node))
            case In(facet=facet, value=value):
                return accept_rows(self.columns, facet, value, lookup.rows)
            case Years(first=first, last=last):
                year = np.append(self.columns.year, 0)[self.columns.report[lookup.rows]]
                return (year > 0) & (year >= (first or 0)) & (year <= (last or 9999))
            case Not(child=child):
                return ~self.mask(child, lookup)
            case AllOf(children=children):
                return all_of(lookup, (self.mask(child, lookup) for child in children))
            case AnyOf(children=children):
                return any_of(lookup, (self.mask(child, lookup) for child in children))
            case SomeOf(children=children, least=least):
                many = np.zeros(lookup.size, dtype=np.uint16)
                for child in children:
                    many += lookup.trees.get(child, lambda child=child: self.mask(child, lookup))  # type: ignore[misc]
                return many >= least
            case BestOf(children=ways):
                return any_of(lookup, (self.mask(way.node, lookup) for way in ways))
            case Raised(child=child):
                return self.mask(child, lookup)
            case About(text=text, least=least):
                return lookup.measure_nearness(self._meaning(text), slice(None)) >= least
            case SaysAlike(text=text, least=least):
                return lookup.measure_likeness(self._signature(text)) >= least

    def scores(self, node: Node, lookup: Lookup, docs: Ints) -> Scores:
        """Return how much a node adds to the score of each document, 0 where it does not match."""
        if not len(docs):
            return np.zeros(0)
        match node:
            case Words():
                return self._words_scores(node, lookup, docs) * self.mask(node, lookup)[docs]
            case Phrase():
                often = lookup.count_occurrences(literal_of(node))[docs]
                return self.rarity(literal_of(node)) * saturate(often, self.ranking)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                scores = np.zeros(len(docs))
                for child in children:
                    scores += self.scores(child, lookup, docs)
                return scores * self.mask(node, lookup)[docs]
            case BestOf(children=ways):
                scores = np.zeros(len(docs))
                for way in ways:
                    used = self.used(way.node, lookup, docs)
                    made = self.scores(way.node, lookup, docs if isinstance(used, slice) else docs[used])
                    scores[used] = np.maximum(scores[used], made * way.weight)
                return scores
            case Raised(child=child):
                scores = self.scores(child, lookup, docs)
                self.raise_scores(node, lookup, docs, scores)
                return scores
            case About(text=text, least=least):
                nearness = lookup.measure_nearness(self._meaning(text), docs)
                return np.where(nearness >= least, nearness, 0)
            case SaysAlike(text=text, least=least):
                shares = lookup.measure_likeness(self._signature(text))[docs]
                return np.where(shares >= least, shares, 0)
            case In() | Years():
                return self.mask(node, lookup)[docs].astype(np.float64)
            case Not():
                return np.zeros(len(docs))

    def used(self, node: Node, lookup: Lookup, docs: Ints) -> Ints | slice:
        """Return the positions of the documents that a node matches; all where it matches many of them."""
        positions = np.flatnonzero(self.mask(node, lookup)[docs])
        return positions if len(positions) * _FEW < len(docs) else slice(None)

    def raise_scores(
        self, node: Raised, lookup: Lookup, docs: Ints, scores: Scores
    ) -> list[tuple[Weighted, Ints | slice]]:
        """Add to the scores of documents, in place, what raises them; return each raiser with the positions it is for.

        Meanings only raise the best, as those were raised until then.
        """
        matching, raisers = self.mask(node.child, lookup)[docs], []
        for other in node.by:
            best = _best(scores, _NEAREST) if isinstance(other.node, About) else slice(None)
            gain = self.scores(other.node, lookup, docs[best]) * other.weight
            scores[best] += gain * matching[best]
            raisers.append((other, best))
        return raisers

    def _words_scores(self, node: Words, lookup: Lookup, docs: Ints) -> Scores:
        split = split_words(node)
        scores = np.zeros(len(docs))
        for token in split.tokens:
            scores += self.rarity(token) * saturate(self.weigh(token, lookup, docs), self.ranking)
        worth = self.ranking.literal * self.literal_rarity(node)
        scores += worth if split.parts == (split.literal,) else worth * lookup.find(split.literal)[docs]
        return scores

    def weigh(self, token: LookupKey, lookup: Lookup, docs: Ints) -> Scores:
        """Return the weight of a word in each document; one whose characters are cut into others has some, too."""
        weights = lookup.weigh(token, docs)
        weights[weights == 0] = self.ranking.fragment
        return weights

    def literal_rarity(self, node: Words) -> float:
        """Return how rare words are together, by which it counts that they stand as they were typed."""
        split, total = split_words(node), 0.0
        for token in split.tokens:
            total += self.rarity(token)
        return total if split.tokens else self.rarity(split.literal)

    def _meaning(self, text: str) -> NDArray[np.float32]:
        if text not in self._meanings:
            packed = np.frombuffer(pack_embedding(cut_terms(text)), dtype=np.int8)
            self._meanings[text] = packed.astype(np.float32)
        return self._meanings[text]

    def _signature(self, text: str) -> bytes:
        if text not in self._signatures:
            self._signatures[text] = minhash(text)
        return self._signatures[text]

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


def _best(scores: Scores, count: int) -> Ints | slice:
    """Return the positions of so many of the best scores, all where there are no more."""
    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else slice(None)


def saturate(often: Scores, ranking: Ranking) -> Scores:
    """Return BM25's saturation of a frequency."""
    return often * (ranking.k1 + 1) / (often + ranking.k1)
