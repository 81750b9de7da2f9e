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

from search_app.engines.whoosh.index.columns import Columns, Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.facet_counts import accepted
from search_app.engines.whoosh.search.needles import Needle, literal_of, split_words
from search_app.engines.whoosh.search.segment_lookup import Lookup, Mask, Scores
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.language import packed_meaning, terms
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    Search,
    SomeOf,
    Words,
    Years,
)

#: Of more documents than this in a segment, only so many are held against a meaning: the best without it.
_NEAREST = 4096


class Scored(NamedTuple):
    """The rows that match, ascending, and the score of each."""

    rows: Ints
    scores: Scores

    def only(self, kept: Mask) -> "Scored":
        """Return the rows of a mask."""
        return Scored(self.rows[kept], self.scores[kept])


def evaluate(snapshot: Snapshot, search: Search) -> Scored:
    """Return the passages that match the query, the exemplary ones if only those are asked for, with BM25F's sums."""
    columns = snapshot.columns
    if search.query is None:
        rows = np.flatnonzero(columns.live)
        relevance = np.zeros(len(rows))
    else:
        found = list(_Evaluation(snapshot, search.ranking).score_matches(search.query))
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in found)])
        relevance = np.concatenate([np.zeros(0), *(scores for _, scores in found)])
    if search.exemplary:  # before anything is reckoned for them: few are
        kept = columns.practice[rows] >= EXEMPLARY_FLOOR
        rows, relevance = rows[kept], relevance[kept]
    return Scored(rows, relevance)


def match_rows(snapshot: Snapshot, search: Search) -> Ints:
    """Return the passages that :func:`evaluate` does, without scores."""
    columns = snapshot.columns
    if search.query is None:
        rows = np.flatnonzero(columns.live)
    else:
        found = _Evaluation(snapshot, search.ranking).match_rows(search.query)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    return rows[columns.practice[rows] >= EXEMPLARY_FLOOR] if search.exemplary else rows


def apply_priors(columns: Columns, search: Search, scored: Scored) -> Scored:
    """Return final scores: what passages are worth whatever is asked (practice, section, rarity of wording) counts."""
    ranking = search.ranking
    shares = tuple(ranking.of_section(name, search.leaning) for name in columns.section_names)
    prior = columns.prior(ranking.exemplary, shares, ranking.common)
    return Scored(scored.rows, (1 + scored.scores) * prior[scored.rows])


class _Evaluation:
    """One evaluation over one snapshot: masks of the whole tree first, then scores of what it matches."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._columns = snapshot.columns
        self._ranking = ranking
        self._lookups = [Lookup(snapshot, at, ranking) for at in range(len(snapshot.segments))]
        self._rarities: dict[Needle, float] = {}
        self._meanings: dict[str, NDArray[np.float32]] = {}

    def score_matches(self, node: Node) -> Iterator[tuple[Ints, Scores]]:
        """Yield for each segment the rows that match and their scores."""
        for lookup in self._lookups:
            docs = np.flatnonzero(self._mask(node, lookup) & lookup.live)
            yield docs + lookup.base, self._scores(node, lookup, docs)

    def match_rows(self, node: Node) -> Iterator[Ints]:
        """Yield for each segment the rows that match."""
        for lookup in self._lookups:
            yield np.flatnonzero(self._mask(node, lookup) & lookup.live) + lookup.base

    def _mask(self, node: Node, lookup: Lookup) -> Mask:
        """Return where a node matches; looked for once in each segment, not to be written to."""
        known = lookup.masks.get(id(node))
        if known is None:
            known = lookup.masks[id(node)] = self._look_for(node, lookup)
        return known

    def _look_for(self, node: Node, lookup: Lookup) -> Mask:
        match node:
            case Words():
                split = split_words(node)
                mask = _all_of(lookup, map(lookup.find, split.parts))
                return mask if len(split.parts) == 1 else mask | lookup.find(split.literal)
            case Phrase():
                return lookup.find(literal_of(node))
            case In(facet=facet, value=value):
                return accepted(self._columns, facet, value, lookup.rows)
            case Years(first=first, last=last):
                year = np.append(self._columns.year, 0)[self._columns.report[lookup.rows]]
                return (year > 0) & (year >= (first or 0)) & (year <= (last or 9999))
            case Not(child=child):
                return ~self._mask(child, lookup)
            case AllOf(children=children):
                return _all_of(lookup, (self._mask(child, lookup) for child in children))
            case AnyOf(children=children):
                return _any_of(lookup, (self._mask(child, lookup) for child in children))
            case SomeOf(children=children, least=least):
                many = np.zeros(lookup.size, dtype=np.uint16)
                for child in children:
                    many += lookup.trees.get(child, lambda child=child: self._mask(child, lookup))  # type: ignore[misc]
                return many >= least
            case BestOf(children=ways):
                return _any_of(lookup, (self._mask(way.node, lookup) for way in ways))
            case Raised(child=child):
                return self._mask(child, lookup)
            case About(text=text, least=least):
                return lookup.measure_nearness(self._meaning(text), slice(None)) >= least

    def _scores(self, node: Node, lookup: Lookup, docs: Ints) -> Scores:
        """Return how much a node adds to the score of each document, 0 where it does not match."""
        if not len(docs):
            return np.zeros(0)
        match node:
            case Words():
                return self._words_scores(node, lookup, docs) * self._mask(node, lookup)[docs]
            case Phrase():
                often = lookup.count_occurrences(literal_of(node))[docs]
                return self._rarity(literal_of(node)) * _saturate(often, self._ranking)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                scores = np.zeros(len(docs))
                for child in children:
                    scores += self._scores(child, lookup, docs)
                return scores * self._mask(node, lookup)[docs]
            case BestOf(children=ways):
                scores = np.zeros(len(docs))
                for way in ways:
                    np.maximum(scores, self._scores(way.node, lookup, docs) * way.weight, out=scores)
                return scores
            case Raised(child=child, by=others):
                scores = self._scores(child, lookup, docs)
                matching = self._mask(child, lookup)[docs]
                for other in others:
                    best = _best(scores, _NEAREST) if isinstance(other.node, About) else slice(None)
                    gain = self._scores(other.node, lookup, docs[best]) * other.weight
                    scores[best] += gain * matching[best]
                return scores
            case About(text=text, least=least):
                nearness = lookup.measure_nearness(self._meaning(text), docs)
                return np.where(nearness >= least, nearness, 0)
            case In() | Years():
                return self._mask(node, lookup)[docs].astype(np.float64)
            case Not():
                return np.zeros(len(docs))

    def _words_scores(self, node: Words, lookup: Lookup, docs: Ints) -> Scores:
        split = split_words(node)
        scores, total = np.zeros(len(docs)), 0.0
        for token in split.tokens:
            rarity, weights = self._rarity(token), lookup.weigh(token, docs)
            weights[weights == 0] = self._ranking.fragment
            scores += rarity * _saturate(weights, self._ranking)
            total += rarity
        worth = self._ranking.literal * (total if split.tokens else self._rarity(split.literal))
        scores += worth if split.parts == (split.literal,) else worth * lookup.find(split.literal)[docs]
        return scores

    def _meaning(self, text: str) -> NDArray[np.float32]:
        if text not in self._meanings:
            packed = np.frombuffer(packed_meaning(terms(text)), dtype=np.int8)
            self._meanings[text] = packed.astype(np.float32)
        return self._meanings[text]

    def _rarity(self, needle: Needle) -> float:
        """Return how rare something is over all segments: BM25's inverse document frequency.

        That of a word is reckoned from the field in which it is less rare.
        """
        if needle not in self._rarities:
            counts = [lookup.count_docs(needle) for lookup in self._lookups]
            count = max(map(sum, zip(*counts, strict=True)), default=0)
            self._rarities[needle] = math.log(1 + (self._columns.size - count + 0.5) / (count + 0.5))
        return self._rarities[needle]


def _best(scores: Scores, count: int) -> Ints | slice:
    """Return the positions of so many of the best scores, all where there are no more."""
    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else slice(None)


def _saturate(often: Scores, ranking: Ranking) -> Scores:
    """Return BM25's saturation of a frequency."""
    return often * (ranking.k1 + 1) / (often + ranking.k1)


def _all_of(lookup: Lookup, masks: Iterator[Mask]) -> Mask:
    made = np.ones(lookup.size, dtype=np.bool_)
    for mask in masks:
        made &= mask
        if not made.any():
            break
    return made


def _any_of(lookup: Lookup, masks: Iterator[Mask]) -> Mask:
    made = lookup.empty_mask()
    for mask in masks:
        made |= mask
    return made
