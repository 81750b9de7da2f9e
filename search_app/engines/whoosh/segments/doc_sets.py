"""Document sets: which documents of a segment match, as ascending numbers where they are few, else as a mask.

A mask costs as much as the segment is long, however few documents it tells of; numbers cost as much as there are. What
is few is reckoned in one place (:func:`are_few`), so that whoever has a choice of ways chooses alike. Sets are never
written to: they are kept and shared.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.segments.ascending import distinct, is_among

Docs: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]

_NONE: Docs = np.zeros(0, dtype=np.intp)
#: Fewer than one in so many documents of a segment are few.
FEW = 16


def are_few(count: int, size: int) -> bool:
    """Tell whether so many of a segment's documents are better looked at one by one."""
    return count * FEW < size


class DocSet:
    """Some of the documents of a segment that has ``size`` of them."""

    __slots__ = ("_docs", "_mask", "size")

    def __init__(self, size: int, docs: Docs = _NONE, mask: Mask | None = None) -> None:
        """Take ascending numbers, each once, or a mask, which then counts alone; see the functions below."""
        self.size, self._docs, self._mask = size, docs, mask

    @classmethod
    def of_docs(cls, docs: NDArray[Any], size: int) -> "DocSet":
        """Return the set of ascending numbers, each of which may stand several times."""
        if are_few(len(docs), size):
            return cls(size, distinct(docs).astype(np.intp, copy=False))
        return cls(size, mask=spread(docs, size))

    @classmethod
    def of_mask(cls, mask: Mask) -> "DocSet":
        """Return the set of those that a mask tells."""
        if are_few(int(np.count_nonzero(mask)), len(mask)):
            return cls(len(mask), mask.nonzero()[0])
        return cls(len(mask), mask=mask)

    @classmethod
    def none(cls, size: int) -> "DocSet":
        """Return the empty set."""
        return cls(size)

    @classmethod
    def all(cls, size: int) -> "DocSet":
        """Return the set of all documents."""
        return cls(size, mask=np.ones(size, dtype=np.bool_))

    @property
    def is_few(self) -> bool:
        """Tell whether the documents are held as numbers."""
        return self._mask is None

    @property
    def docs(self) -> Docs:
        """Return the documents, ascending."""
        return self._docs if self._mask is None else self._mask.nonzero()[0]

    @property
    def mask(self) -> Mask:
        """Return the documents as a mask."""
        return spread(self.docs, self.size) if self._mask is None else self._mask

    def __len__(self) -> int:
        return len(self._docs) if self._mask is None else int(np.count_nonzero(self._mask))

    def __bool__(self) -> bool:
        return len(self._docs) > 0 if self._mask is None else bool(self._mask.any())

    def among(self, docs: NDArray[Any]) -> Mask:
        """Return which of some documents, in any order, are in the set."""
        if self._mask is None and are_few(len(docs), self.size):
            return is_among(docs, self._docs)
        among: Mask = self.mask[docs]
        return among

    def only(self, kept: Mask) -> "DocSet":
        """Return the documents, held as numbers, for which a mask of their length says so."""
        return DocSet(self.size, self.docs[kept])

    def add_to(self, numbers: NDArray[Any], number: int) -> None:
        """Add a number to those of the documents in the set, in place."""
        if self._mask is None:
            numbers[self.docs] += numbers.dtype.type(number)
        else:
            numbers += self._mask * numbers.dtype.type(number)

    def __and__(self, other: "DocSet") -> "DocSet":
        if self._mask is not None and other._mask is not None:
            return DocSet.of_mask(self._mask & other._mask)
        small, large = (self, other) if self.is_few and not (other.is_few and len(other) < len(self)) else (other, self)
        return small.only(large.among(small.docs))

    def __or__(self, other: "DocSet") -> "DocSet":
        if self._mask is None and other._mask is None:
            if not len(self) or not len(other):
                return self if len(self) else other
            return DocSet.of_docs(np.sort(np.concatenate([self.docs, other.docs]), kind="stable"), self.size)
        small, large = (self, other) if self._mask is None else (other, self)
        if small._mask is not None:
            return DocSet(self.size, mask=small._mask | large.mask)
        mask = large.mask.copy()
        mask[small.docs] = True
        return DocSet(self.size, mask=mask)

    def __invert__(self) -> "DocSet":
        return DocSet.of_mask(~self.mask)


def spread(docs: NDArray[Any], size: int) -> Mask:
    """Return the mask of numbers in any order."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[docs] = True
    return mask
