"""Ascending numbers: what arrays of documents and places are asked, at the cost of the shorter one where there are two.

``numpy.unique`` and ``numpy.intersect1d`` would sort, or hash, what is in order already: ten times the cost.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def distinct(ascending: NDArray[Any]) -> NDArray[Any]:
    """Return ascending numbers, each once."""
    if len(ascending) < 2:
        return ascending
    first = np.empty(len(ascending), dtype=np.bool_)
    first[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return ascending[first]


def is_among(numbers: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which numbers, in any order, are among ascending ones; O(numbers x log(ascending))."""
    if not len(ascending):
        return np.zeros(len(numbers), dtype=np.bool_)
    at = ascending.searchsorted(numbers.astype(ascending.dtype, copy=False))  # of two types, both would be copied
    among: NDArray[np.bool_] = ascending.take(at, mode="clip") == numbers  # beyond the last one is the last one
    return among


def in_both(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Return what is in both of two ascending lists; the shorter one is looked up in the longer."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return small[is_among(small, large)]


def ranges(starts: NDArray[Any], stops: NDArray[Any]) -> NDArray[np.intp]:
    """Return the numbers of several ranges, one after another."""
    sizes = (stops - starts).astype(np.intp)
    before = sizes.cumsum() - sizes
    made: NDArray[np.intp] = np.arange(int(sizes.sum())) + (starts - before).repeat(sizes)
    return made
