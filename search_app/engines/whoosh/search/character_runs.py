"""Runs of characters: which documents of a segment hold one, and how often, in one kind of record.

A text is a record of one document; a heading path and a title stand above several. Whatever is looked for in all
records is looked for once. Where only few documents are of interest, only their texts are looked at: that costs a
search for each among the places of the rarest pair, whatever the length of the lists.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.segments.ascending import distinct
from search_app.engines.whoosh.segments.bigrams import Grams, Located, Places
from search_app.engines.whoosh.segments.doc_sets import Docs, DocSet, Mask, are_few, spread

#: Looking up one document in a list costs as much as spreading so many of the list.
LOOKED_UP = 8
_WIDE = np.uint32(16)  # bits of a position


class Run:
    """Characters that stand in texts of a segment, for one evaluation.

    ``whole`` asks for places at which a figure at an end of the characters is a whole one.
    """

    def __init__(self, grams: Grams, needle: str, located: Located, size: int, *, whole: bool) -> None:
        """Take the pairs of the texts, where those of the needle are among them, and how many documents there are."""
        self._grams, self._needle, self._located, self._whole = grams, needle, located, whole
        self._size = size
        self._places: Places | None = None

    @property
    def bound(self) -> int:
        """Return how many documents hold the characters at most."""
        return self._located.least

    def find(self) -> DocSet:
        """Return the documents that hold the characters."""
        docs = self._find_places() >> _WIDE
        if not self._located.in_order and are_few(len(docs), self._size):
            docs.sort()
        return DocSet.of_docs(docs, self._size)

    def among(self, docs: Docs) -> Mask:
        """Return which of a few documents, which ascend, hold the characters."""
        if not self._located.in_order or len(docs) * LOOKED_UP > self._located.least:
            return self.find().among(docs)
        places, first = self._places_in(docs), docs.astype(np.uint32) << _WIDE
        if not len(places):
            return np.zeros(len(docs), dtype=np.bool_)
        # behind the last place is the last place, which is in an earlier document
        among: Mask = places.take(places.searchsorted(first), mode="clip") >> _WIDE == docs
        return among

    def count(self, docs: Docs) -> NDArray[np.intp]:
        """Return how often each of the documents, which ascend, holds the characters."""
        if self._located.in_order and are_few(len(docs), self._size):
            return _count_equal(self._places_in(docs) >> _WIDE, docs)
        often: NDArray[np.intp] = np.bincount(self._find_places() >> _WIDE, minlength=self._size)[docs]
        return often

    def _find_places(self) -> Places:
        """Return every place of the characters."""
        if self._places is None:
            self._places = self._without_longer(self._grams.places_of(self._located))
        return self._places

    def _places_in(self, docs: Docs) -> Places:
        """Return the places of the characters in some documents, and perhaps in others."""
        if self._places is not None:
            return self._places
        return self._without_longer(self._grams.places_of(self._located, docs))

    def _without_longer(self, places: Places) -> Places:
        return self._grams.outside_figures(self._needle, places) if self._whole else places


class Above(NamedTuple):
    """Of records that stand above documents: how many there are, which is above each, and what is below some."""

    size: int
    record: NDArray[Any]
    below: Callable[[NDArray[Any]], Docs]


class RunAbove(Run):
    """Characters that stand in headings above documents of a segment, or in the titles of their reports."""

    def __init__(self, grams: Grams, needle: str, located: Located, above: Above, *, whole: bool) -> None:
        """Take what :class:`Run` does, of headings or titles, and what these stand above."""
        super().__init__(grams, needle, located, len(above.record), whole=whole)
        self._above = above

    @property
    def bound(self) -> int:
        """Return how many documents are below the characters, were all records alike."""
        return -(-super().bound * self._size // max(self._above.size, 1))

    def find(self) -> DocSet:
        records = distinct(self._find_records())
        if len(records) * LOOKED_UP > self._above.size:
            return DocSet.of_mask(spread(records, self._above.size)[self._above.record])
        return DocSet.of_docs(np.sort(self._above.below(records)), self._size)

    def among(self, docs: Docs) -> Mask:
        among: Mask = spread(self._find_places() >> _WIDE, self._above.size)[self._above.record[docs]]
        return among

    def count(self, docs: Docs) -> NDArray[np.intp]:
        records = self._find_records()
        if are_few(len(docs), self._size):
            return _count_equal(records, self._above.record[docs])
        often: NDArray[np.intp] = np.bincount(records, minlength=self._above.size)[self._above.record[docs]]
        return often

    def _find_records(self) -> NDArray[np.uint32]:
        """Return the records of all places of the characters, ascending."""
        records = self._find_places() >> _WIDE
        return records if self._located.in_order else np.sort(records)


def _count_equal(ascending: NDArray[Any], numbers: NDArray[Any]) -> NDArray[np.intp]:
    """Return how often each number stands among others, which ascend."""
    asked = numbers.astype(ascending.dtype)  # of two types, both would be copied
    often: NDArray[np.intp] = ascending.searchsorted(asked, side="right") - ascending.searchsorted(asked)
    return often
