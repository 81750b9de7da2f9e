"""Evaluation: a query tree -> which passages match, and how well.

First the leaves: for each word and each literal run of characters, the documents of every segment that hold it, and
how often; from all of them together how rare it is. Then the tree, one segment after the other, over arrays of the
segment's length, which fit into a processor's cache. Words score by BM25F (S. Robertson, H. Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6): one weight per word summed over fields, each
normalised by its own length, saturated once. Phrases by BM25's saturation of their own frequency.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints
from search_app.engines.whoosh.faceting import accepted
from search_app.engines.whoosh.segment import Segment
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.language import squeezed, terms
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


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Something looked for in all segments: which documents of each hold it, and how rare it is.

    Rarity is BM25's inverse document frequency.
    """

    held: tuple[Mask, ...]
    rarity: float


def evaluate(snapshot: Snapshot, query: Node | None) -> Scored:
    """Return the matching passages and their final scores: (1 + relevance), raised by exemplary practice."""
    columns = snapshot.columns
    if query is None:
        rows = np.flatnonzero(columns.live)
        relevance = np.zeros(len(rows))
    else:
        found = list(_Evaluation(snapshot).tree(query))
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in found)])
        relevance = np.concatenate([np.zeros(0), *(scores for _, scores in found)])
    return Scored(rows, (1 + relevance) * (1 + EXEMPLARY_SHARE / 100 * columns.exemplary[rows]))


class _Evaluation:
    """One evaluation over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._columns = snapshot.columns
        self._places = [_Place(snapshot.columns, segment, at) for at, segment in enumerate(snapshot.segments)]
        self._leaves: dict[tuple[str, str], _Leaf] = {}

    def tree(self, node: Node) -> Iterator[tuple[Ints, Scores]]:
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
        heading = node.field == "heading"
        needle = squeezed(node.text)
        tokens = sorted(set(terms(node.text)))
        leaves = [self._leaf("heading word" if heading else "word", token) for token in tokens]
        literal = self._leaf("heading" if heading else "either", needle)
        mask = np.logical_and.reduce([leaf.held[place.at] for leaf in leaves]) if leaves else place.none()
        mask = mask | literal.held[place.at]
        scores = place.nothing()
        docs = np.flatnonzero(mask)
        if len(docs):
            gained, weigh = np.zeros(len(docs)), place.weighing(docs, heading_only=heading)
            for token, leaf in zip(tokens, leaves, strict=True):
                weights = weigh(token)
                gained += leaf.rarity * (K1 + 1) * weights / (weights + K1)
            bonus = sum(leaf.rarity for leaf in leaves) if leaves else literal.rarity
            scores[docs] = gained + LITERAL_SHARE * bonus * literal.held[place.at][docs]
        return mask, scores

    def _leaf(self, kind: str, what: str) -> _Leaf:
        """Return a leaf, looked for once however often it stands in the tree."""
        if (kind, what) not in self._leaves:
            held = tuple(place.holding(kind, what) for place in self._places)
            count = sum(int(np.count_nonzero(mask)) for mask in held)
            rarity = math.log(1 + (self._columns.size - count + 0.5) / (count + 0.5))
            self._leaves[kind, what] = _Leaf(held, rarity)
        return self._leaves[kind, what]

    def _phrase(self, node: Phrase, place: "_Place") -> tuple[Mask, Scores]:
        kind, needle = "heading" if node.field == "heading" else "text", squeezed(node.text)
        leaf = self._leaf(kind, needle)
        scores = place.nothing()
        docs = np.flatnonzero(leaf.held[place.at])
        if len(docs):
            often = place.often(kind, needle)[docs]
            scores[docs] = leaf.rarity * often * (K1 + 1) / (often + K1)
        return leaf.held[place.at], scores


class _Place:
    """One segment in one evaluation. Arrays are as long as the segment has documents."""

    def __init__(self, columns: Columns, segment: Segment, at: int) -> None:
        self.at, self.size = at, len(segment)
        self.base = columns.bases[at]
        self.rows = slice(self.base, self.base + self.size)
        self.live = columns.live[self.rows]
        self._segment = segment
        self._averages = columns.average_lengths
        self._known: dict[str, NDArray[np.uint32]] = {}

    def nothing(self) -> Scores:
        """Return a score of 0 for every document."""
        return np.zeros(self.size)

    def none(self) -> Mask:
        """Return a mask without any document."""
        return np.zeros(self.size, dtype=np.bool_)

    def holding(self, kind: str, what: str) -> Mask:
        """Return the documents that hold a word, or characters in their text, their headings or either."""
        mask = self.none()
        match kind:
            case "word":
                for postings in (self._segment.words, self._segment.headings):
                    mask[postings.holding(_utf8(what))[0]] = True
            case "heading word":
                mask[self._segment.headings.holding(_utf8(what))[0]] = True
                mask |= self._spread(self._segment.title.holding(_utf8(what))[0], "report")
            case _:
                if kind != "heading":
                    mask[self._in_text(what)] = True
                if kind != "text":
                    mask |= self._spread(self._segment.paths.holding(what) >> np.uint32(16), "path")
                if kind == "heading":
                    mask |= self._spread(self._segment.titles.holding(what) >> np.uint32(16), "report")
        return mask & self.live

    def weighing(self, docs: Ints, *, heading_only: bool) -> Callable[[str], Scores]:
        """Return a function that gives BM25F's weight of a word in these documents.

        The weight is the word's frequency over the length norm, summed over the fields.
        """
        segment = self._segment
        fields = [(segment.headings, HEADING_WEIGHT / self._norm("headings", 1, docs))]
        if not heading_only:
            fields.append((segment.words, 1 / self._norm("words", 0, docs)))

        def weigh(word: str) -> Scores:
            weights = np.zeros(len(docs))
            for postings, share in fields:
                holding, often = postings.holding(_utf8(word))
                if len(holding):
                    dense = np.zeros(self.size, dtype=often.dtype)
                    dense[holding] = often
                    weights += dense[docs] * share
            return weights

        return weigh

    def _norm(self, field: str, number: int, docs: Ints) -> Scores:
        return 1 - B + B / self._averages[number] * self._segment.array(f"lengths.{field}")[docs]

    def often(self, kind: str, needle: str) -> Scores:
        """Return how often characters stand in the text, or in headings and title, of each document."""
        if kind == "text":
            return np.bincount(self._in_text(needle), minlength=self.size).astype(np.float64)
        made = self.nothing()
        for grams, column in ((self._segment.paths, "path"), (self._segment.titles, "report")):
            own = self._segment.array(column)
            places = grams.holding(needle) >> np.uint32(16)
            made += np.bincount(places, minlength=int(own.max(initial=0)) + 1)[own]
        return made

    def _in_text(self, needle: str) -> NDArray[np.uint32]:
        """Return the document of every place where these characters stand."""
        if needle not in self._known:
            self._known[needle] = self._segment.text.holding(needle) >> np.uint32(16)
        return self._known[needle]

    def _spread(self, held: NDArray[Any], column: str) -> Mask:
        """Return the documents whose heading path or report is among these."""
        if not len(held):
            return self.none()
        own = self._segment.array(column)
        chosen = np.zeros(max(int(own.max(initial=0)), int(held.max())) + 1, dtype=np.bool_)
        chosen[held] = True
        mask: Mask = chosen[own]
        return mask


def _utf8(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
