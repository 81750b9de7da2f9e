"""Evaluation: a query tree -> which passages match, and how well.

Every node becomes two arrays of length P: a mask, and scores that are 0 outside the mask. Words score by BM25F
(S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6): one weight
per word summed over fields, each normalised by its own length, saturated once. Phrases by BM25's saturation of their
own frequency.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.faceting import accepted
from search_app.engines.whoosh.schema import grams
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.language import squeeze, words
from search_app.query import AllOf, AnyOf, In, Node, Not, Phrase, Words, Years

Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]

#: Saturation and length normalisation: the values of the paper, also Lucene's defaults.
K1, B = 1.2, 0.75
#: A word in a heading says what the passage is about; one in the text may be said in passing.
HEADING_WEIGHT = 1.5
#: What was typed, standing there as typed, is worth this share of its words again.
LITERAL_SHARE = 0.5
#: The most concrete practice is worth this much more than a slogan that matches as well.
EXEMPLARY_SHARE = 0.5
#: So many of a phrase's rarest pairs choose its candidates; more cost more reading than they save.
_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    mask: Mask
    scores: Scores


def evaluate(snapshot: Snapshot, query: Node | None) -> Scored:
    """Return the matching passages and their final scores: (1 + relevance), raised by exemplary practice."""
    found = Scored(_all(snapshot), _nothing(snapshot)) if query is None else _Evaluation(snapshot).node(query)
    raised = 1 + EXEMPLARY_SHARE * snapshot.columns.exemplary / 100
    return Scored(found.mask, (1 + found.scores) * raised)


class _Evaluation:
    """One evaluation over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._columns = snapshot.columns
        self._known: dict[Node, Scored] = {}  # a relaxed question asks for the same words in many combinations

    def node(self, node: Node) -> Scored:
        """Return what a node matches and its scores, evaluated once however often it stands in the tree."""
        if node not in self._known:
            self._known[node] = self._evaluated(node)
        return self._known[node]

    def _evaluated(self, node: Node) -> Scored:
        match node:
            case Words():
                return self._words(node)
            case Phrase():
                return self._phrase(node)
            case In(facet=facet, value=value):
                return self._filter(accepted(self._columns, facet, value))
            case Years(first=first, last=last):
                year = self._columns.year[self._columns.report]
                return self._filter((year > 0) & (year >= (first or 0)) & (year <= (last or 9999)))
            case Not(child=child):
                return self._filter(~self.node(child).mask)
            case AllOf(children=children):
                return self._joined(children, every=True)
            case AnyOf(children=children):
                return self._joined(children, every=False)

    def _filter(self, mask: Mask) -> Scored:
        return Scored(mask, _nothing(self._snapshot))

    def _joined(self, children: tuple[Node, ...], *, every: bool) -> Scored:
        mask = np.full(self._snapshot.size, every, dtype=np.bool_)
        scores = _nothing(self._snapshot)
        for child in children:
            found = self.node(child)
            mask = mask & found.mask if every else mask | found.mask
            scores += found.scores
        return Scored(mask, np.where(mask, scores, 0.0))

    def _words(self, node: Words) -> Scored:
        tokens = sorted({token.text for token in words(node.text)})
        mask = np.full(self._snapshot.size, bool(tokens), dtype=np.bool_)
        scores, weight_of_words = _nothing(self._snapshot), 0.0
        for token in tokens:
            weights = self._weights(token, node)
            holding = weights > 0
            idf = self._idf(int(np.count_nonzero(holding)))
            scores += idf * weights * (K1 + 1) / (weights + K1)
            weight_of_words += idf
            if node.field == "heading":
                holding |= self._has_title_word(token)
            mask &= holding
        literal = self._literal(node)
        gain = weight_of_words if tokens else self._idf(int(np.count_nonzero(literal)))
        scores[literal] += LITERAL_SHARE * gain
        mask |= literal
        return Scored(mask, np.where(mask, scores, 0.0))

    def _weights(self, token: str, node: Words) -> Scores:
        """Return BM25F's weight of one word per passage: frequency over length norm, summed over the fields."""
        weights = _nothing(self._snapshot)
        fields = ((1, "headings", HEADING_WEIGHT),) if node.field == "heading" else _BOTH_FIELDS
        for number, field, share in fields:
            rows, often = self._snapshot.postings(field, token)
            weights[rows] += share * often / (1 - B + B * self._columns.norms[rows, number])
        return weights

    def _has_title_word(self, token: str) -> Mask:
        held = np.zeros(self._snapshot.size, dtype=np.bool_)
        held[self._snapshot.postings("title", token)[0]] = True
        return held

    def _phrase(self, node: Phrase) -> Scored:
        needle = squeeze(node.text)[0]
        mask = self._literal(node)
        if node.field == "heading":
            paths, titles = self._in_headings(needle)
            often = self._snapshot.headings.often(needle, paths)[self._columns.heading]
            often += self._snapshot.titles.often(needle, titles)[self._columns.report]
        else:
            often = self._snapshot.texts.often(needle, mask)
        scores = self._idf(int(np.count_nonzero(mask))) * often * (K1 + 1) / (often + K1)
        return Scored(mask, np.where(mask, scores, 0.0))

    def _literal(self, node: Words | Phrase) -> Mask:
        """Return the passages that contain these characters where the node looks: text, headings, title."""
        needle = squeeze(node.text)[0]
        if not needle:
            return np.zeros(self._snapshot.size, dtype=np.bool_)
        if node.field == "heading":
            paths, titles = self._in_headings(needle)
            return paths[self._columns.heading] | titles[self._columns.report]
        if isinstance(node, Phrase):
            return self._in_text(needle)
        return self._in_text(needle) | self._snapshot.headings.holding(needle)[self._columns.heading]

    def _in_headings(self, needle: str) -> tuple[Mask, Mask]:
        return self._snapshot.headings.holding(needle), self._snapshot.titles.holding(needle)

    def _in_text(self, needle: str) -> Mask:
        """Return the passages whose text holds the needle: rare pairs find candidates, the text itself decides."""
        pairs = [gram for gram in grams(needle) if len(gram) == min(2, len(needle))]
        counts = {gram: self._snapshot.count("grams", gram) for gram in pairs}
        candidates = _all(self._snapshot)
        for gram in sorted(pairs, key=lambda gram: (counts[gram], gram))[:_PAIRS]:
            holding = np.zeros(self._snapshot.size, dtype=np.bool_)
            holding[self._snapshot.postings("grams", gram)[0]] = True
            candidates &= holding
            if not candidates.any():
                break
        return candidates if len(needle) <= 2 else self._snapshot.texts.holding_among(needle, candidates)

    def _idf(self, holding: int) -> float:
        return math.log(1 + (self._snapshot.size - holding + 0.5) / (holding + 0.5))


_BOTH_FIELDS = ((0, "words", 1.0), (1, "headings", HEADING_WEIGHT))


def _all(snapshot: Snapshot) -> Mask:
    return np.ones(snapshot.size, dtype=np.bool_)


def _nothing(snapshot: Snapshot) -> Scores:
    return np.zeros(snapshot.size, dtype=np.float64)
