"""Evaluation: a query tree -> which passages match, and how well.

One segment after the other, over arrays of the segment's length, which fit into a processor's cache: first the masks
of the whole tree, from the documents that hold each word and each run of characters; then scores, only of what the
tree matches. How rare a word is, all segments tell together. Words score by BM25F (S. Robertson, H. Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6): one weight per word summed over fields, each
normalised by its own length, saturated once. Phrases by BM25's saturation of their own frequency.
"""

import math
from collections.abc import Callable, Iterator
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

#: Looking up one document in a list costs as much as spreading so many of the list.
_LOOKED_UP = 16


class Scored(NamedTuple):
    """The rows that match, ascending, and the score of each."""

    rows: Ints
    scores: Scores

    def only(self, kept: Mask) -> "Scored":
        """Return the rows of a mask."""
        return Scored(self.rows[kept], self.scores[kept])


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
    """One evaluation over one snapshot: masks of the whole tree first, then scores of what it matches."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._columns = snapshot.columns
        self._places = [_Place(snapshot.columns, segment, at) for at, segment in enumerate(snapshot.segments)]
        self._rarities: dict[tuple[str, str], float] = {}

    def tree(self, node: Node) -> Iterator[tuple[Ints, Scores]]:
        """Yield for each segment the rows that match and their scores."""
        for place in self._places:
            docs = np.flatnonzero(self._mask(node, place) & place.live)
            yield docs + place.base, self._scores(node, place, docs)

    def _mask(self, node: Node, place: "_Place") -> Mask:
        match node:
            case Words():
                return self._words(node, place)
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
                mask = np.ones(place.size, dtype=np.bool_)
                for child in children:
                    mask &= self._mask(child, place)
                    if not mask.any():
                        break
                return mask
            case AnyOf(children=children):
                mask = np.zeros(place.size, dtype=np.bool_)
                for child in children:
                    mask |= self._mask(child, place)
                return mask

    def _words(self, node: Words, place: "_Place") -> Mask:
        """Return where all words stand, or the typed characters themselves: if those are the word, that is all."""
        tokens, (kind, needle) = _tokens(node), _literal(node)
        literal = place.holding(kind, needle)
        if node.field != "heading" and [token for _, token in tokens] == [needle]:
            return literal
        mask = np.full(place.size, bool(tokens))
        for token in tokens:
            mask &= place.holding(*token)
            if not mask.any():
                return literal
        mask |= literal
        return mask

    def _scores(self, node: Node, place: "_Place", docs: Ints) -> Scores:
        """Return how much a node adds to the score of each document, 0 where it does not match."""
        if not len(docs):
            return np.zeros(0)
        match node:
            case Words():
                return self._words_scores(node, place, docs)
            case Phrase():
                often = place.often(*_literal(node))[docs]
                return self._rarity(*_literal(node)) * often * (K1 + 1) / (often + K1)
            case AllOf(children=children) | AnyOf(children=children):
                scores = np.zeros(len(docs))
                for child in children:
                    scores += self._scores(child, place, docs)
                if len(children) > 1 or isinstance(node, AllOf):
                    scores *= self._mask(node, place)[docs]
                return scores
            case _:
                return np.zeros(len(docs))

    def _words_scores(self, node: Words, place: "_Place", docs: Ints) -> Scores:
        tokens, literal = _tokens(node), _literal(node)
        weigh = place.weighing(docs, heading_only=node.field == "heading")
        scores, total = np.zeros(len(docs)), 0.0
        for kind, token in tokens:
            rarity, weights = self._rarity(kind, token), weigh(token)
            scores += rarity * (K1 + 1) * weights / (weights + K1)
            total += rarity
        as_typed = place.holding(*literal)[docs]
        scores += LITERAL_SHARE * (total if tokens else self._rarity(*literal)) * as_typed
        return scores * self._words(node, place)[docs]

    def _rarity(self, kind: str, what: str) -> float:
        """Return how rare something is over all segments: BM25's inverse document frequency.

        That of a word is reckoned from the field in which it is less rare.
        """
        if (kind, what) not in self._rarities:
            counts = [place.counts(kind, what) for place in self._places]
            count = max(map(sum, zip(*counts, strict=True)), default=0)
            self._rarities[kind, what] = math.log(1 + (self._columns.size - count + 0.5) / (count + 0.5))
        return self._rarities[kind, what]


def _tokens(node: Words) -> list[tuple[str, str]]:
    """Return the different words of a node, and what holds them."""
    kind = "heading word" if node.field == "heading" else "word"
    return [(kind, token) for token in sorted(set(terms(node.text)))]


def _literal(node: Words | Phrase) -> tuple[str, str]:
    """Return the typed characters of a node, and what holds them."""
    kind = "heading" if node.field == "heading" else "text" if isinstance(node, Phrase) else "either"
    return kind, squeezed(node.text)


class _Place:
    """One segment in one evaluation. Arrays are as long as the segment has documents."""

    def __init__(self, columns: Columns, segment: Segment, at: int) -> None:
        self.at, self.size = at, len(segment)
        self.base = columns.bases[at]
        self.rows = slice(self.base, self.base + self.size)
        self.live = columns.live[self.rows]
        self._segment = segment
        self._path = columns.path[self.rows]
        self._norms = tuple(norm[self.rows] for norm in columns.norms)
        self._known: dict[str, NDArray[np.uint32]] = {}
        self._held: dict[tuple[str, str], Mask] = {}
        self._whole = bool(self.live.all())

    def nothing(self) -> Scores:
        """Return a score of 0 for every document."""
        return np.zeros(self.size)

    def none(self) -> Mask:
        """Return a mask without any document."""
        return np.zeros(self.size, dtype=np.bool_)

    def holding(self, kind: str, what: str) -> Mask:
        """Return the documents that hold a word, or characters in their text, their headings or either.

        Looked for once, however often it stands in the tree; not to be written to.
        """
        if (kind, what) not in self._held:
            self._held[kind, what] = self._look_for(kind, what)
        return self._held[kind, what]

    def _look_for(self, kind: str, what: str) -> Mask:
        mask = self.none()
        match kind:
            case "word":
                for postings in (self._segment.words, self._segment.headings):
                    mask[postings.holding(_utf8(what))[0]] = True
            case "heading word":
                mask[self._segment.headings.holding(_utf8(what))[0]] = True
                mask |= self._in(self._segment.title.holding(_utf8(what))[0])
            case _:
                if kind != "heading":
                    mask[self._in_text(what)] = True
                if kind != "text":
                    mask |= self._under(self._segment.paths.holding(what) >> np.uint32(16))
                if kind == "heading":
                    mask |= self._in(self._segment.titles.holding(what) >> np.uint32(16))
        return mask if self._whole else mask & self.live

    def counts(self, kind: str, what: str) -> tuple[int, ...]:
        """Return how many documents hold something, field by field where it is a word."""
        if kind not in ("word", "heading word"):
            return (int(np.count_nonzero(self.holding(kind, what))),)
        fields = [self._segment.headings, self._segment.words][: 2 if kind == "word" else 1]
        held = (postings.holding(_utf8(what))[0] for postings in fields)
        return tuple(len(docs) if self._whole else int(np.count_nonzero(self.live[docs])) for docs in held)

    def weighing(self, docs: Ints, *, heading_only: bool) -> Callable[[str], Scores]:
        """Return a function that gives BM25F's weight of a word in these documents.

        The weight is the word's frequency over the length norm, summed over the fields.
        """
        segment = self._segment
        fields = [(segment.headings, HEADING_WEIGHT / (1 - B + B * self._norms[1][docs]))]
        if not heading_only:
            fields.append((segment.words, 1 / (1 - B + B * self._norms[0][docs])))

        def weigh(word: str) -> Scores:
            weights = np.zeros(len(docs))
            for postings, share in fields:
                weights += _often(*postings.holding(_utf8(word)), docs, self.size) * share
            return weights

        return weigh

    def often(self, kind: str, needle: str) -> Scores:
        """Return how often characters stand in the text, or in headings and title, of each document."""
        if kind == "text":
            return np.bincount(self._in_text(needle), minlength=self.size).astype(np.float64)
        made = self.nothing()
        segment = self._segment
        for grams, column, count in (
            (segment.paths, "path", len(segment.paths_held)),
            (segment.titles, "report", len(segment.heads)),
        ):
            often = np.bincount(grams.holding(needle) >> np.uint32(16), minlength=count)
            made += often[segment.array(column)]
        return made

    def _in_text(self, needle: str) -> NDArray[np.uint32]:
        """Return the document of every place where these characters stand."""
        if needle not in self._known:
            self._known[needle] = self._segment.text.holding(needle) >> np.uint32(16)
        return self._known[needle]

    def _under(self, paths: NDArray[Any]) -> Mask:
        """Return the documents below these heading paths."""
        return self._chosen(len(self._segment.paths_held), paths, self._path) if len(paths) else self.none()

    def _in(self, reports: NDArray[Any]) -> Mask:
        """Return the documents of these reports."""
        own = self._segment.array("report")
        return self._chosen(len(self._segment.heads), reports, own) if len(reports) else self.none()

    @staticmethod
    def _chosen(count: int, some: NDArray[Any], of: NDArray[Any]) -> Mask:
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[some] = True
        mask: Mask = chosen[of]
        return mask


def _often(holding: NDArray[np.uint16], often: NDArray[Any], docs: Ints, size: int) -> NDArray[Any]:
    """Return how often each of the documents holds a word, given all that do."""
    if len(docs) * _LOOKED_UP < len(holding):
        at = np.searchsorted(holding, docs.astype(np.uint16))
        at[at == len(holding)] = 0
        return np.where(holding[at] == docs, often[at], 0)
    dense = np.zeros(size, dtype=often.dtype)
    dense[holding] = often
    return dense[docs]


def _utf8(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
