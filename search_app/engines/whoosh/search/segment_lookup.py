"""Segment lookup: which documents of one segment hold characters or words, and how much they weigh there.

Whatever is looked for in the whole segment is looked for once, however often it stands in the tree.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.lookup_keys import WORDS, LookupKey, Target
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.character_runs import LOOKED_UP, Above, Run, RunAbove
from search_app.engines.whoosh.segments.bigrams import Located
from search_app.engines.whoosh.segments.doc_sets import DocSet, Mask, are_few
from search_app.engines.whoosh.segments.postings import Postings
from search_app.language import UNIT
from search_app.query import Ranking

Scores: TypeAlias = NDArray[np.float64]

#: Meanings are widened so many at a time.
_AT_ONCE = 2048
#: Where a figure at an end of the characters is a whole one, and where titles count, not texts.
_WHOLE = frozenset({Target.EITHER, Target.HEADING})
_IN_TITLES = frozenset({Target.HEADING, Target.TITLE})


class Lookup:
    """What one segment holds, for one evaluation."""

    def __init__(self, snapshot: Snapshot, at: int, ranking: Ranking) -> None:
        columns, segment = snapshot.columns, snapshot.segments[at]
        self.at, self.size = at, len(segment)
        self.base = columns.bases[at]
        self.rows = slice(self.base, self.base + self.size)
        self.live = columns.live[self.rows]
        self.sets: dict[int, DocSet] = {}  # by the identity of a node of the tree being evaluated
        self._columns, self._segment = columns, segment
        self._ranking = ranking
        self._runs: dict[LookupKey, list[Run]] = {}
        self._alike: dict[bytes, Scores] = {}
        self._held = snapshot.characters[at]
        self._near = snapshot.cosines[at]
        self.trees = snapshot.trees[at]  # where whole trees match that are asked for in several searches
        self._located = snapshot.located[at]
        self._spans = snapshot.spans[at]
        self._shared: tuple[Ints, tuple[Scores, Scores]] | None = None
        self._whole = columns.whole[at]

    def keep_live(self, docs: Ints) -> Ints:
        """Return the documents that were not removed."""
        return docs if self._whole else docs[self.live[docs]]

    def bound(self, key: LookupKey) -> int:
        """Return about how many documents hold characters, 0 where none does; reads no list."""
        bound = 0
        for run in self._runs_of(key):
            bound += run.bound
        return bound

    def find(self, key: LookupKey) -> DocSet:
        """Return the documents that hold characters."""
        return self._held.get(key, lambda: self._look_for(key))

    def _look_for(self, key: LookupKey) -> DocSet:
        found = None
        for run in self._runs_of(key):
            found = run.find() if found is None else found | run.find()
        if found is None:
            return DocSet.none(self.size)
        return found if self._whole else found & DocSet(self.size, mask=self.live)

    def among(self, key: LookupKey, docs: Ints) -> Mask:
        """Return which of the documents, which ascend, hold characters."""
        if key in self._held or not are_few(len(docs), self.size):
            return self.find(key).among(docs)
        found = None
        for run in self._runs_of(key):
            found = run.among(docs) if found is None else found | run.among(docs)
        return np.zeros(len(docs), dtype=np.bool_) if found is None else found

    def count_occurrences(self, key: LookupKey, docs: Ints) -> Scores:
        """Return how often characters stand in headings, and in the text or (TITLE) the title, of each document."""
        often = np.zeros(len(docs))
        for run in self._runs_of(key):
            often += run.count(docs)
        return often

    def _runs_of(self, key: LookupKey) -> Sequence[Run]:
        """Return the characters in each of the fields that count for a key and hold them."""
        runs = self._runs.get(key)
        if runs is None:
            runs = self._runs[key] = []
            (target, needle), segment = key, self._segment
            located, in_paths = self._located.get(key, lambda: self._locate(key))
            whole = target in _WHOLE
            if located.spans and target in _IN_TITLES:
                runs.append(RunAbove(segment.titles, needle, located, self._below_titles, whole=whole))
            elif located.spans:
                runs.append(Run(segment.text, needle, located, self.size, whole=whole))
            if in_paths.spans:
                runs.append(RunAbove(segment.paths, needle, in_paths, self._below_headings, whole=whole))
        return runs

    def _locate(self, key: LookupKey) -> tuple[Located, Located]:
        """Return where the characters' pairs are, of the texts or titles and of the headings."""
        grams = self._segment.titles if key.target in _IN_TITLES else self._segment.text
        return grams.locate(key.text), self._segment.paths.locate(key.text)

    @cached_property
    def _below_headings(self) -> Above:
        return Above(len(self._segment.paths_held), self._columns.path[self.rows], self._segment.docs_under)

    @cached_property
    def _below_titles(self) -> Above:
        return Above(len(self._segment.heads), self._segment.array("report"), self._segment.docs_of_reports)

    def count_docs(self, key: LookupKey) -> tuple[int, ...]:
        """Return how many documents hold something, field by field where it is a word: in headings, in text."""
        if key.target not in WORDS:
            return (len(self.find(key)),)
        return tuple(
            span.stop - span.start if self._whole else int(np.count_nonzero(self.live[postings.docs[span]]))
            for postings, span in self._terms_of(key)
        )

    def _terms_of(self, key: LookupKey) -> tuple[tuple[Postings, slice], ...]:
        """Return the postings of each of the fields that count for a word, and where those of the word are in them."""
        headings, words = self._segment.headings, self._segment.words
        in_headings, in_text = self._spans.get(key.text, lambda: _spans_of(key.text, headings, words))
        return ((headings, in_headings), (words, in_text))[: 2 if key.target == Target.WORD else 1]

    def weigh(self, key: LookupKey, docs: Ints) -> Scores:
        """Return BM25F's weight of a word in these documents: its frequency over the length norm, over the fields."""
        weights = np.zeros(len(docs))
        for (postings, span), share in zip(self._terms_of(key), self.length_shares(docs), strict=False):
            if span.stop > span.start:
                weights += _often(postings, span, docs, self.size) * share
        return weights

    def count_in(self, key: LookupKey, docs: Ints) -> list[NDArray[Any]]:
        """Return how often each of these documents holds a word, in its headings and (for WORD) in its text."""
        return [_often(postings, span, docs, self.size) for postings, span in self._terms_of(key)]

    def length_shares(self, docs: Ints) -> tuple[Scores, Scores]:
        """Return what a word in the headings and in the text of each document is worth by their lengths."""
        if self._shared is None or self._shared[0] is not docs:  # the words of a tree are all asked of the same
            b = self._ranking.b
            in_text, in_headings = (norm[self.rows][docs] for norm in self._columns.norms)
            self._shared = docs, (self._ranking.heading / (1 - b + b * in_headings), 1 / (1 - b + b * in_text))
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


def _spans_of(word: str, headings: Postings, words: Postings) -> tuple[slice, slice]:
    """Return where the postings of a word are, in headings and in text."""
    term = word.encode("utf-8", "surrogatepass")
    return headings.span_of(term), words.span_of(term)


def _dots(held: NDArray[np.int8], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the products of all rows with a vector, some rows at a time, which stay in the processor's cache."""
    made = np.empty(len(held), dtype=np.float32)
    wide = np.empty((_AT_ONCE, held.shape[1]), dtype=np.float32)
    for start in range(0, len(held), _AT_ONCE):
        rows = held[start : start + _AT_ONCE]
        wide[: len(rows)] = rows
        made[start : start + len(rows)] = wide[: len(rows)] @ vector
    return made


def _often(postings: Postings, span: slice, docs: Ints, size: int) -> NDArray[Any]:
    """Return how often each of the documents holds a word, given where its postings are."""
    holding, often = postings.docs[span], postings.often[span]
    if len(docs) * LOOKED_UP < len(holding):
        at = holding.searchsorted(docs.astype(np.uint16))
        counts: NDArray[Any] = often.take(at, mode="clip") * (holding.take(at, mode="clip") == docs)
        return counts
    dense = np.zeros(size, dtype=often.dtype)
    dense[holding] = often
    return dense[docs]
