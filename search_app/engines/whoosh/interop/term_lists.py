"""Term lists: the fields of a segment as Whoosh asks for them, term by term, in Python lists; for codec.py alone."""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np
from whoosh import formats

from search_app.engines.whoosh.segments.bigrams import Grams
from search_app.engines.whoosh.segments.postings import Postings, vocabulary
from search_app.engines.whoosh.segments.segment import Segment

_POSITIONS = formats.Positions()


class Listed(NamedTuple):
    """The postings of one term: documents, ascending, weights, and encoded positions where the field has some."""

    docs: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes] | None = None


class Terms(Protocol):
    """The terms of one field."""

    def all(self) -> Sequence[bytes]:
        """Return the terms in order."""

    def listed(self, term: bytes) -> Listed:
        """Return the postings of a term. Raises KeyError."""


class Words:
    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def all(self) -> Sequence[bytes]:
        return self._all

    @cached_property
    def _all(self) -> list[bytes]:
        return list(vocabulary(self._postings))

    def listed(self, term: bytes) -> Listed:
        docs, often = self._postings.holding(term)
        if not len(docs):
            raise KeyError(term)
        return Listed(docs.tolist(), often.astype(float).tolist())


class Titles(Words):
    """Words of titles, as words of every passage of the report; a report without passages has none."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment.title)
        self._segment = segment

    @cached_property
    def _all(self) -> list[bytes]:
        return [term for term in vocabulary(self._postings) if self._docs(term)]

    def listed(self, term: bytes) -> Listed:
        docs = self._docs(term)
        if not docs:
            raise KeyError(term)
        return Listed(docs, [1.0] * len(docs))

    def _docs(self, term: bytes) -> list[int]:
        return list(chain.from_iterable(map(self._segment.docs_of, self._postings.holding(term)[0].tolist())))


class Pairs:
    """Pairs of characters with their positions.

    Rare characters are two units each (surrogates), and positions count units: pairs with such a character are found,
    but not listed, and a phrase of Whoosh's own does not run over it. The engine's phrases do.
    """

    def __init__(self, grams: Grams) -> None:
        self._grams = grams

    def all(self) -> Sequence[bytes]:
        return self._all

    @cached_property
    def _all(self) -> list[bytes]:
        units = np.stack([self._grams.pairs >> np.uint32(16), self._grams.pairs & np.uint32(0xFFFF)], axis=1)
        whole = ~((units >= 0xD800) & (units < 0xE000)).any(axis=1) & (units[:, 1] > 0)
        return sorted((chr(first) + chr(second)).encode() for first, second in units[whole].tolist())

    def listed(self, term: bytes) -> Listed:
        places = self._grams.holding(term.decode())
        if not len(places):
            raise KeyError(term)
        docs, first = np.unique(places >> np.uint32(16), return_index=True)
        positions = np.split((places & np.uint32(0xFFFF)).astype(int), first[1:])
        encoded = [_POSITIONS.encode(each.tolist()) for each in positions]
        return Listed(docs.tolist(), [float(len(each)) for each in positions], encoded)


class Keys:
    """The ids of reports."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._number = {key.encode(): number for number, key in enumerate(segment.ids)}

    def all(self) -> Sequence[bytes]:
        return sorted(key for key, number in self._number.items() if self._segment.docs_of(number))

    def listed(self, term: bytes) -> Listed:
        docs = list(self._segment.docs_of(self._number[term]))
        if not docs:
            raise KeyError(term)
        return Listed(docs, [1.0] * len(docs))
