"""Segment lookup: which documents of one segment hold characters or words, and how much they weigh there.

Whatever is looked for is looked for once, however often it stands in the tree. Arrays are as long as the segment has
documents, masks are not to be written to.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.lookup_keys import WORDS, LookupKey, Target
from search_app.language import UNIT
from search_app.query import Ranking

Mask: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]

#: Looking up one document in a list costs as much as spreading so many of the list.
_LOOKED_UP = 16
#: Meanings are widened so many at a time.
_AT_ONCE = 2048


class Lookup:
    """What one segment holds, for one evaluation."""

    def __init__(self, snapshot: Snapshot, at: int, ranking: Ranking) -> None:
        columns, segment = snapshot.columns, snapshot.segments[at]
        self.at, self.size = at, len(segment)
        self.base = columns.bases[at]
        self.rows = slice(self.base, self.base + self.size)
        self.live = columns.live[self.rows]
        self.masks: dict[int, Mask] = {}  # by the identity of a node of the tree being evaluated
        self._segment = segment
        self._ranking = ranking
        self._path = columns.path[self.rows]
        self._norms = tuple(norm[self.rows] for norm in columns.norms)
        self._known: dict[str, NDArray[np.uint32]] = {}
        self._alike: dict[bytes, Scores] = {}
        self._held = snapshot.masks[at]
        self._near = snapshot.cosines[at]
        self.trees = snapshot.trees[at]  # where whole trees match that are asked for in several searches
        self._words: dict[str, tuple[tuple[NDArray[np.uint16], NDArray[Any]], ...]] = {}
        self._shared: tuple[Ints, tuple[Scores, Scores]] | None = None
        self._whole = bool(self.live.all())

    def empty_mask(self) -> Mask:
        """Return a mask without any document."""
        return np.zeros(self.size, dtype=np.bool_)

    def find(self, key: LookupKey) -> Mask:
        """Return the documents that hold something."""
        return self._held.get(key, lambda: self._look_for(key))

    def _look_for(self, key: LookupKey) -> Mask:
        target, what = key
        mask = self.empty_mask()
        match target:
            case Target.WORD | Target.HEADING_WORD:
                for docs, _ in self._postings_in(key):
                    mask[docs] = True
                if target == Target.HEADING_WORD:
                    mask |= self._in(self._segment.title.holding(_utf8(what))[0])
            case Target.VERBATIM:
                mask[self._in_text(what)] = True
                mask |= self._under(self._segment.paths.holding(what) >> np.uint32(16))
            case Target.EITHER:
                mask[self._segment.text.holding_figures(what) >> np.uint32(16)] = True
                mask |= self._under(self._segment.paths.holding_figures(what) >> np.uint32(16))
            case Target.HEADING | Target.TITLE:
                for grams, of in ((self._segment.paths, self._under), (self._segment.titles, self._in)):
                    found = grams.holding_figures(what) if target == Target.HEADING else grams.holding(what)
                    mask |= of(found >> np.uint32(16))
        return mask if self._whole else mask & self.live

    def count_docs(self, key: LookupKey) -> tuple[int, ...]:
        """Return how many documents hold something, field by field where it is a word: in headings, in text."""
        if key.target not in WORDS:
            return (int(np.count_nonzero(self.find(key))),)
        held = self._postings_in(key)
        return tuple(len(docs) if self._whole else int(np.count_nonzero(self.live[docs])) for docs, _ in held)

    def _postings_in(self, key: LookupKey) -> tuple[tuple[NDArray[np.uint16], NDArray[Any]], ...]:
        """Return the documents that hold a word and how often, in each of the fields that count for it."""
        return self._postings(key.text)[: 2 if key.target == Target.WORD else 1]

    def _postings(self, word: str) -> tuple[tuple[NDArray[np.uint16], NDArray[Any]], ...]:
        """Return the documents that hold a word and how often, in headings and in text."""
        if word not in self._words:
            term = _utf8(word)
            self._words[word] = (self._segment.headings.holding(term), self._segment.words.holding(term))
        return self._words[word]

    def weigh(self, key: LookupKey, docs: Ints) -> Scores:
        """Return BM25F's weight of a word in these documents: its frequency over the length norm, over the fields."""
        weights = np.zeros(len(docs))
        for counts, share in zip(self.count_in(key, docs), self.length_shares(docs), strict=False):
            weights += counts * share
        return weights

    def count_in(self, key: LookupKey, docs: Ints) -> list[NDArray[Any]]:
        """Return how often each of these documents holds a word, in its headings and (for WORD) in its text."""
        return [_often(*postings, docs, self.size) for postings in self._postings_in(key)]

    def length_shares(self, docs: Ints) -> tuple[Scores, Scores]:
        """Return what a word in the headings and in the text of each document is worth by their lengths."""
        if self._shared is None or self._shared[0] is not docs:  # the words of a tree are all asked of the same
            b = self._ranking.b
            headings = self._ranking.heading / (1 - b + b * self._norms[1][docs])
            self._shared = docs, (headings, 1 / (1 - b + b * self._norms[0][docs]))
        return self._shared[1]

    def measure_nearness(self, vector: NDArray[np.float32], docs: Ints | slice) -> Scores:
        """Return the cosine between a meaning and that of each document; 0 where one has none, or they are opposed.

        Both are whole numbers, whose products and sums are exact in 32-bit floats.
        """
        held = self._segment.array("meanings")
        if isinstance(docs, slice):
            dots = self._near.get(vector.tobytes(), lambda: _dots(held, vector))[docs]
        else:
            dots = held[docs].astype(np.float32) @ vector
        cosines: Scores = np.maximum(dots, 0).astype(np.float64) / UNIT**2
        return cosines

    def measure_likeness(self, signature: bytes) -> Scores:
        """Return the share of each document's signature that is equal to one; looked for once."""
        if signature not in self._alike:
            held = self._segment.array("signatures")
            equal = np.zeros(self.size, dtype=np.uint8)
            for place, byte in enumerate(signature):
                equal += held[place] == byte
            self._alike[signature] = equal.astype(np.float64) / len(signature)
        return self._alike[signature]

    def count_occurrences(self, key: LookupKey) -> Scores:
        """Return how often characters stand in headings, and in the text or (TITLE) the title, of each document."""
        segment = self._segment
        fields = [(segment.paths, "path", len(segment.paths_held))]
        if key.target == Target.TITLE:
            made = np.zeros(self.size)
            fields.append((segment.titles, "report", len(segment.heads)))
        else:
            made = np.bincount(self._in_text(key.text), minlength=self.size).astype(np.float64)
        for grams, column, count in fields:
            found = grams.holding(key.text) >> np.uint32(16)
            if len(found):
                made += np.bincount(found, minlength=count)[segment.array(column)]
        return made

    def _in_text(self, characters: str) -> NDArray[np.uint32]:
        """Return the document of every occurrence of these characters."""
        if characters not in self._known:
            self._known[characters] = self._segment.text.holding(characters) >> np.uint32(16)
        return self._known[characters]

    def _under(self, paths: NDArray[Any]) -> Mask:
        """Return the documents below these heading paths."""
        if len(paths) * _LOOKED_UP > len(self._segment.paths_held):
            return self._chosen(len(self._segment.paths_held), paths, self._path)
        mask = self.empty_mask()
        if len(paths):
            mask[self._segment.docs_under(distinct(paths))] = True
        return mask

    def _in(self, reports: NDArray[Any]) -> Mask:
        """Return the documents of these reports."""
        own = self._segment.array("report")
        return self._chosen(len(self._segment.heads), reports, own) if len(reports) else self.empty_mask()

    @staticmethod
    def _chosen(count: int, some: NDArray[Any], of: NDArray[Any]) -> Mask:
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[some] = True
        mask: Mask = chosen[of]
        return mask


def _dots(held: NDArray[np.int8], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the products of all rows with a vector, some rows at a time, which stay in the processor's cache."""
    made = np.empty(len(held), dtype=np.float32)
    wide = np.empty((_AT_ONCE, held.shape[1]), dtype=np.float32)
    for start in range(0, len(held), _AT_ONCE):
        rows = held[start : start + _AT_ONCE]
        wide[: len(rows)] = rows
        made[start : start + len(rows)] = wide[: len(rows)] @ vector
    return made


def _often(holding: NDArray[np.uint16], often: NDArray[Any], docs: Ints, size: int) -> NDArray[Any]:
    """Return how often each of the documents holds a word, given all that do."""
    if len(docs) * _LOOKED_UP < len(holding):
        at = holding.searchsorted(docs.astype(np.uint16))
        at[at == len(holding)] = 0
        return np.where(holding[at] == docs, often[at], 0)
    dense = np.zeros(size, dtype=often.dtype)
    dense[holding] = often
    return dense[docs]


def _utf8(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return each value once, in order, as np.unique does; but that loads masked arrays, a twentieth of a start."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: NDArray[Any] = ordered[first]
    return found
