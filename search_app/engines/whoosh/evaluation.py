"""Evaluation: a query tree -> which passages match, and how well.

First the leaves: for each word and each literal run of characters, the documents of every segment that hold it, and
how often; from all of them together how rare it is. Then the tree, one segment after the other, over arrays of the
segment's length, which fit into a processor's cache. Words score by BM25F (S. Robertson, H. Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6): one weight per word summed over fields, each
normalised by its own length, saturated once. Phrases by BM25's saturation of their own frequency.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints
from search_app.engines.whoosh.faceting import accepted
from search_app.engines.whoosh.segment import Segment
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


class Scored(NamedTuple):
    """The rows that match, ascending, and the score of each."""

    rows: Ints
    scores: Scores

    def only(self, kept: Mask) -> "Scored":
        """Return the rows of a mask."""
        return Scored(self.rows[kept], self.scores[kept])


class Hits(NamedTuple):
    """The documents of a segment that hold something, ascending, and a weight or frequency for each."""

    docs: NDArray[Any]
    values: Scores


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What is looked for in all segments, and how rare it is (BM25's inverse document frequency)."""

    hits: tuple[Hits, ...]
    rarity: float


def evaluate(snapshot: Snapshot, query: Node | None) -> Scored:
    """Return the matching passages and their final scores: (1 + relevance), raised by exemplary practice."""
    columns = snapshot.columns
    if query is None:
        rows = np.flatnonzero(columns.live)
        relevance = np.zeros(len(rows))
    else:
        found = list(_Evaluation(snapshot).tree(query))
        rows = np.concatenate([rows for rows, _ in found]) if found else np.zeros(0, dtype=np.int64)
        relevance = np.concatenate([scores for _, scores in found]) if found else np.zeros(0)
    return Scored(rows, (1 + relevance) * (1 + EXEMPLARY_SHARE / 100 * columns.exemplary[rows]))


class _Evaluation:
    """One evaluation over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._columns = snapshot.columns
        self._places = [_Place(snapshot.columns, segment, at) for at, segment in enumerate(snapshot.segments)]
        self._leaves: dict[tuple[str, ...], _Leaf] = {}

    def tree(self, node: Node) -> Iterable[tuple[Ints, Scores]]:
        """Yield for each segment the rows that match and their scores."""
        for place in self._places:
            mask, scores = self._node(node, place)
            docs = np.flatnonzero(mask & place.live)
            yield docs + place.base, scores[docs]

    def _node(self, node: Node, place: "_Place") -> tuple[Mask, Scores]:
        match node:
            case Words():
                return self._words(node, place)
            case Phrase():
                return self._phrase(node, place)
            case In(facet=facet, value=value):
                return accepted(self._columns, facet, value, place.rows), place.nothing()
            case Years(first=first, last=last):
                year = np.append(self._columns.year, 0)[self._columns.report[place.rows]]
                return (year > 0) & (year >= (first or 0)) & (year <= (last or 9999)), place.nothing()
            case Not(child=child):
                return ~self._node(child, place)[0], place.nothing()
            case AllOf(children=children):
                return self._joined(children, place, np.logical_and)
            case AnyOf(children=children):
                return self._joined(children, place, np.logical_or)

    def _joined(
        self, children: tuple[Node, ...], place: "_Place", join: Callable[[Mask, Mask], Mask]
    ) -> tuple[Mask, Scores]:
        mask, scores = np.full(place.size, join is np.logical_and), place.nothing()
        for child in children:
            own, gained = self._node(child, place)
            mask = join(mask, own)
            scores += gained
        scores[~mask] = 0
        return mask, scores

    def _words(self, node: Words, place: "_Place") -> tuple[Mask, Scores]:
        heading_only = node.field == "heading"
        tokens = sorted({token.text for token in words(node.text)})
        held, scores = np.zeros(place.size, dtype=np.uint16), place.nothing()
        total = 0.0
        for token in tokens:
            leaf = self._leaf(("heading word" if heading_only else "word", token))
            docs, weights = leaf.hits[place.at]
            scores[docs] += leaf.rarity * (K1 + 1) * weights / (weights + K1)
            total += leaf.rarity
            if heading_only:
                docs = np.union1d(docs, place.docs_of(place.segment.title.holding(token.encode())[0]))
            held[docs] += 1
        mask = (held == len(tokens)) & bool(tokens)
        literal = self._leaf(("heading" if heading_only else "either", squeeze(node.text)[0]))
        docs = literal.hits[place.at].docs
        scores[docs] += LITERAL_SHARE * (total if tokens else literal.rarity)
        mask[docs] = True
        scores[~mask] = 0
        return mask, scores

    def _phrase(self, node: Phrase, place: "_Place") -> tuple[Mask, Scores]:
        leaf = self._leaf(("heading" if node.field == "heading" else "text", squeeze(node.text)[0]))
        docs, often = leaf.hits[place.at]
        mask, scores = np.zeros(place.size, dtype=np.bool_), place.nothing()
        mask[docs] = True
        scores[docs] = leaf.rarity * often * (K1 + 1) / (often + K1)
        return mask, scores

    def _leaf(self, key: tuple[str, ...]) -> _Leaf:
        """Return a leaf, looked for once however often it stands in the tree."""
        if key not in self._leaves:
            kind, what = key
            hits = tuple(place.live_only(place.look_for(kind, what)) for place in self._places)
            holding = sum(len(each.docs) for each in hits)
            rarity = math.log(1 + (self._columns.size - holding + 0.5) / (holding + 0.5))
            self._leaves[key] = _Leaf(hits, rarity)
        return self._leaves[key]


class _Place:
    """One segment in one evaluation."""

    def __init__(self, columns: Columns, segment: Segment, at: int) -> None:
        self.at, self.segment, self.size = at, segment, len(segment)
        self.base = columns.bases[at]
        self.rows = slice(self.base, self.base + self.size)
        self.live = columns.live[self.rows]
        self._averages = columns.average_lengths

    def nothing(self) -> Scores:
        """Return a score of 0 for every document."""
        return np.zeros(self.size)

    @cached_property
    def _whole(self) -> bool:
        return bool(self.live.all())

    def live_only(self, hits: Hits) -> Hits:
        """Return the hits without removed documents."""
        if self._whole or not len(hits.docs):
            return hits
        kept = self.live[hits.docs]
        return Hits(hits.docs[kept], hits.values[kept])

    def look_for(self, kind: str, what: str) -> Hits:
        """Return the documents that hold a word (BM25F's weight) or characters (how often)."""
        match kind:
            case "word":
                return _summed(self.size, self._weighed("words", what), self._weighed("headings", what))
            case "heading word":
                return self._weighed("headings", what)
            case "text":
                return self._in_text(what)
            case "either":
                return _summed(self.size, self._in_text(what), self._in_paths(what))
            case _:
                return _summed(self.size, self._in_paths(what), self._in_titles(what))

    def docs_of(self, reports: NDArray[Any]) -> Ints:
        """Return the documents of reports."""
        chosen = np.zeros(len(self.segment.rows), dtype=np.bool_)
        chosen[reports] = True
        return np.flatnonzero(chosen[self.segment.array("report")])

    def _weighed(self, field: str, word: str) -> Hits:
        """Return BM25F's weight of one word in one field: frequency over length norm, times the field's weight."""
        number = 0 if field == "words" else 1
        postings = self.segment.words if field == "words" else self.segment.headings
        docs, often = postings.holding(word.encode("utf-8", "surrogatepass"))
        norms = self.segment.array("lengths")[docs, number] / self._averages[number]
        return Hits(docs, (HEADING_WEIGHT if number else 1.0) * often / (1 - B + B * norms))

    def _in_text(self, needle: str) -> Hits:
        return _counted(self.size, self.segment.text.holding(needle))

    def _in_paths(self, needle: str) -> Hits:
        return self._spread(self.segment.paths.holding(needle), "path", self.segment.paths_held.stop)

    def _in_titles(self, needle: str) -> Hits:
        return self._spread(self.segment.titles.holding(needle), "report", len(self.segment.rows))

    def _spread(self, places: NDArray[np.uint32], column: str, count: int) -> Hits:
        """Return the documents whose heading path or report holds something."""
        if not len(places):
            return Hits(places, np.zeros(0))
        often = np.bincount(places >> np.uint32(16), minlength=count)[self.segment.array(column)]
        docs = np.flatnonzero(often > 0)
        return Hits(docs, often[docs].astype(np.float64))


def _counted(size: int, places: NDArray[np.uint32]) -> Hits:
    """Return the documents of places, and how many places each has."""
    if not len(places):
        return Hits(places, np.zeros(0))
    often = np.bincount(places >> np.uint32(16), minlength=size)
    docs = np.flatnonzero(often > 0)
    return Hits(docs, often[docs].astype(np.float64))


def _summed(size: int, one: Hits, other: Hits) -> Hits:
    """Return the hits of both, values added."""
    if not len(other.docs):
        return one
    if not len(one.docs):
        return other
    dense = np.zeros(size)
    dense[one.docs] = one.values
    dense[other.docs] += other.values
    docs = np.flatnonzero(dense > 0)
    return Hits(docs, dense[docs])


