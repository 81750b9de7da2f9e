"""Evaluation: a query tree -> which passages match, and how well.

One segment after the other, over arrays of the segment's length, which fit into a processor's cache: first the masks
of the whole tree, from the places of its characters; then scores, only of what the tree matches. How rare a word is,
all segments tell together. Words score by BM25F (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond", 2009, section 3.6): one weight per word summed over fields, each normalised by its own length,
saturated once. Phrases by BM25's saturation of their own frequency. The numbers are in :mod:`search_app.query.weights`.

The surprise: whether a word is *there* is asked of the characters, not of the words, so nothing that holds what was
typed is missed, however it was cut; the words decide the score, and what is only part of one scores as a fragment.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Columns, Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.facet_counts import accepted
from search_app.engines.whoosh.search.segment_lookup import Lookup, Mask, Scores
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.language import packed_meaning, squeezed, terms, words
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
        found = list(_Evaluation(snapshot, search.ranking).tree(search.query))
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in found)])
        relevance = np.concatenate([np.zeros(0), *(scores for _, scores in found)])
    if search.exemplary:  # before anything is reckoned for them: few are
        kept = columns.practice[rows] >= EXEMPLARY_FLOOR
        rows, relevance = rows[kept], relevance[kept]
    return Scored(rows, relevance)


def matching(snapshot: Snapshot, search: Search) -> Ints:
    """Return the passages that :func:`evaluate` does, without scores."""
    columns = snapshot.columns
    if search.query is None:
        rows = np.flatnonzero(columns.live)
    else:
        found = _Evaluation(snapshot, search.ranking).rows(search.query)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    return rows[columns.practice[rows] >= EXEMPLARY_FLOOR] if search.exemplary else rows


def weighed(columns: Columns, search: Search, scored: Scored) -> Scored:
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
        self._places = [Lookup(snapshot, at, ranking) for at in range(len(snapshot.segments))]
        self._rarities: dict[tuple[str, str], float] = {}
        self._meanings: dict[str, NDArray[np.float32]] = {}

    def tree(self, node: Node) -> Iterator[tuple[Ints, Scores]]:
        """Yield for each segment the rows that match and their scores."""
        for place in self._places:
            docs = np.flatnonzero(self._mask(node, place) & place.live)
            yield docs + place.base, self._scores(node, place, docs)

    def rows(self, node: Node) -> Iterator[Ints]:
        """Yield for each segment the rows that match."""
        for place in self._places:
            yield np.flatnonzero(self._mask(node, place) & place.live) + place.base

    def _mask(self, node: Node, place: Lookup) -> Mask:
        """Return where a node matches; looked for once in each segment, not to be written to."""
        known = place.masks.get(id(node))
        if known is None:
            known = place.masks[id(node)] = self._look_for(node, place)
        return known

    def _look_for(self, node: Node, place: Lookup) -> Mask:
        match node:
            case Words():
                sought = _sought(node)
                mask = _all_of(place, (place.holding(*part) for part in sought.parts))
                return mask if len(sought.parts) == 1 else mask | place.holding(*sought.literal)
            case Phrase():
                return place.holding(*_literal(node))
            case In(facet=facet, value=value):
                return accepted(self._columns, facet, value, place.rows)
            case Years(first=first, last=last):
                year = np.append(self._columns.year, 0)[self._columns.report[place.rows]]
                return (year > 0) & (year >= (first or 0)) & (year <= (last or 9999))
            case Not(child=child):
                return ~self._mask(child, place)
            case AllOf(children=children):
                return _all_of(place, (self._mask(child, place) for child in children))
            case AnyOf(children=children):
                return _any_of(place, (self._mask(child, place) for child in children))
            case SomeOf(children=children, least=least):
                many = np.zeros(place.size, dtype=np.uint16)
                for child in children:
                    many += place.trees.get(child, lambda child=child: self._mask(child, place))  # type: ignore[misc]
                return many >= least
            case BestOf(children=ways):
                return _any_of(place, (self._mask(way.node, place) for way in ways))
            case Raised(child=child):
                return self._mask(child, place)
            case About(text=text, least=least):
                return place.near(self._meaning(text), slice(None)) >= least

    def _scores(self, node: Node, place: Lookup, docs: Ints) -> Scores:
        """Return how much a node adds to the score of each document, 0 where it does not match."""
        if not len(docs):
            return np.zeros(0)
        match node:
            case Words():
                return self._words_scores(node, place, docs) * self._mask(node, place)[docs]
            case Phrase():
                often = place.often(*_literal(node))[docs]
                return self._rarity(*_literal(node)) * _saturated(often, self._ranking)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                scores = np.zeros(len(docs))
                for child in children:
                    scores += self._scores(child, place, docs)
                return scores * self._mask(node, place)[docs]
            case BestOf(children=ways):
                scores = np.zeros(len(docs))
                for way in ways:
                    np.maximum(scores, self._scores(way.node, place, docs) * way.weight, out=scores)
                return scores
            case Raised(child=child, by=others):
                scores = self._scores(child, place, docs)
                matching = self._mask(child, place)[docs]
                for other in others:
                    best = _best(scores, _NEAREST) if isinstance(other.node, About) else slice(None)
                    gain = self._scores(other.node, place, docs[best]) * other.weight
                    scores[best] += gain * matching[best]
                return scores
            case About(text=text, least=least):
                nearness = place.near(self._meaning(text), docs)
                return np.where(nearness >= least, nearness, 0)
            case In() | Years():
                return self._mask(node, place)[docs].astype(np.float64)
            case Not():
                return np.zeros(len(docs))

    def _words_scores(self, node: Words, place: Lookup, docs: Ints) -> Scores:
        sought = _sought(node)
        weigh = place.weighing(docs, heading_only=node.field == "heading")
        scores, total = np.zeros(len(docs)), 0.0
        for kind, token in sought.tokens:
            rarity, weights = self._rarity(kind, token), weigh(token)
            weights[weights == 0] = self._ranking.fragment
            scores += rarity * _saturated(weights, self._ranking)
            total += rarity
        worth = self._ranking.literal * (total if sought.tokens else self._rarity(*sought.literal))
        scores += worth if sought.parts == (sought.literal,) else worth * place.holding(*sought.literal)[docs]
        return scores

    def _meaning(self, text: str) -> NDArray[np.float32]:
        if text not in self._meanings:
            packed = np.frombuffer(packed_meaning(terms(text)), dtype=np.int8)
            self._meanings[text] = packed.astype(np.float32)
        return self._meanings[text]

    def _rarity(self, kind: str, what: str) -> float:
        """Return how rare something is over all segments: BM25's inverse document frequency.

        That of a word is reckoned from the field in which it is less rare.
        """
        if (kind, what) not in self._rarities:
            counts = [place.counts(kind, what) for place in self._places]
            count = max(map(sum, zip(*counts, strict=True)), default=0)
            self._rarities[kind, what] = math.log(1 + (self._columns.size - count + 0.5) / (count + 0.5))
        return self._rarities[kind, what]


def _best(scores: Scores, count: int) -> Ints | slice:
    """Return the positions of so many of the best scores, all where there are no more."""
    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else slice(None)


def _saturated(often: Scores, ranking: Ranking) -> Scores:
    """Return BM25's saturation of a frequency."""
    return often * (ranking.k1 + 1) / (often + ranking.k1)


def _all_of(place: Lookup, masks: Iterator[Mask]) -> Mask:
    made = np.ones(place.size, dtype=np.bool_)
    for mask in masks:
        made &= mask
        if not made.any():
            break
    return made


def _any_of(place: Lookup, masks: Iterator[Mask]) -> Mask:
    made = place.none()
    for mask in masks:
        made |= mask
    return made


class _Sought(NamedTuple):
    """What plain words ask for, each with what holds it."""

    tokens: tuple[tuple[str, str], ...]  # the different words: what is scored
    parts: tuple[tuple[str, str], ...]  # the longest of them, as characters: what must stand there, or
    literal: tuple[str, str]  # all the characters as typed


@lru_cache(maxsize=1024)
def _sought(node: Words) -> _Sought:
    kind, literal = "heading word" if node.field == "heading" else "word", _literal(node)
    found = words(node.text)
    whole = {
        token.text
        for token in found
        if not any(other != token and other.start <= token.start and token.end <= other.end for other in found)
    }
    parts = sorted(whole, key=lambda word: (-len(word), word)) if not node.whole else ()
    alone = len(parts) < 2  # a lone character beside words stands nearly everywhere inside of others
    return _Sought(
        tokens=tuple((kind, token) for token in sorted(set(terms(node.text)))),
        parts=tuple((literal[0] if alone or len(word) > 1 else kind, word) for word in parts) or (literal,),
        literal=literal,
    )


@lru_cache(maxsize=1024)
def _literal(node: Words | Phrase) -> tuple[str, str]:
    """Return the typed characters of a node, and what holds them."""
    if isinstance(node, Phrase):
        return "title" if node.field == "heading" else "text", squeezed(node.text)
    return "heading" if node.field == "heading" else "either", squeezed(node.text)
