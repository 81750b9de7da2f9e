"""Postings: which documents of a segment hold a term, and how often.

Three flat arrays per field: the terms in order of their UTF-8, the documents of each term one after another, and how
often. Documents are numbered within their segment, so 16 bits do. Shapes: T terms, P postings.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile, Parts
from search_app.engines.whoosh.segments.prepared import Said

Docs = NDArray[np.uint16]
Counts = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The inverted index of one field."""

    heads: NDArray[np.uint64]  # T: the first eight bytes of each term, as a number that sorts alike
    terms: NDArray[np.uint8]  # UTF-8 of all terms, end to end
    term_ends: NDArray[np.uint32]  # T
    ends: NDArray[np.uint32]  # T: where the postings of each term end
    docs: Docs | Parts  # P, ascending within a term
    often: Counts | Parts  # P

    @classmethod
    def of(cls, file: ArrayFile, field: str) -> "Postings":
        """Return the postings that :meth:`arrays` named; of the long arrays only what is looked up is read."""
        held: dict[str, Any] = {name: file[f"{field}.{name}"] for name in _NAMES if name not in _IN_PARTS}
        return cls(docs=file.parts(f"{field}.docs"), often=file.parts(f"{field}.often"), **held)

    def arrays(self, field: str) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, to be written."""
        return {f"{field}.{name}": getattr(self, name)[:] for name in _NAMES}

    def __len__(self) -> int:
        return len(self.ends)

    def term(self, number: int) -> bytes:
        """Return the UTF-8 of a term."""
        start = int(self.term_ends[number - 1]) if number else 0
        return self.terms[start : int(self.term_ends[number])].tobytes()

    def find(self, term: bytes) -> int:
        """Return the number of the first term that is not before this one."""
        head = np.uint64(_head(term))
        low = int(self.heads.searchsorted(head))
        if low < len(self.heads) and self.heads[low] == head and self.term(low) >= term:
            return low
        high = int(self.heads.searchsorted(head, side="right"))
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, term: bytes) -> int | None:
        """Return the number of a term, None where no document holds it."""
        at = self.find(term)
        return at if at < len(self.ends) and self.term(at) == term else None

    def span(self, number: int) -> slice:
        """Return where the postings of a term are."""
        return slice(int(self.ends[number - 1]) if number else 0, int(self.ends[number]))

    def holding(self, term: bytes) -> tuple[Docs, Counts]:
        """Return the documents that hold a term, ascending, and how often; both empty where none does."""
        span = self.span_of(term)
        return self.docs[span], self.often[span]

    def span_of(self, term: bytes) -> slice:
        """Return where the postings of a term are, an empty slice where no document holds it."""
        number = self.number(term)
        return slice(0, 0) if number is None else self.span(number)

    def frequent(self, limit: int) -> dict[str, int]:
        """Return the terms of two characters or more that most documents hold, with how many."""
        counts = np.diff(self.ends, prepend=np.uint32(0)).astype(np.int64)
        counts[np.diff(self.term_ends, prepend=np.uint32(0)) < _TWO_CHARACTERS] = 0
        order = np.argsort(-counts, kind="stable")[:limit]
        return {self.term(at).decode("utf-8", "surrogatepass"): int(counts[at]) for at in order if counts[at]}

    def numerals(self) -> list[str]:
        """Return the terms that begin with a digit."""
        return [self.term(at).decode("utf-8", "surrogatepass") for at in range(self.find(b"0"), self.find(b":"))]


#: Bytes of the shortest word of two Han characters; one Han character has three or four.
_TWO_CHARACTERS = 6
_NAMES = ("heads", "terms", "term_ends", "ends", "docs", "often")
_IN_PARTS = ("docs", "often")


def _head(term: bytes) -> int:
    return int.from_bytes(term[:8].ljust(8, b"\0"), "big")


class Gathering:
    """Takes the words of documents, some at a time; memory: 4 bytes per word said, and the vocabulary."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._said: list[NDArray[np.uint32]] = []
        self._lengths: list[int] = []

    def add(self, said: Said) -> None:
        """Take the words of the next documents."""
        words = said.vocabulary.split()
        known = np.fromiter(map(self._numbers.__getitem__, words), dtype=np.uint32, count=len(words))
        self._said.append(known[said.numbers])
        self._lengths += said.lengths

    def lengths(self) -> Counts:
        """Return how many words each document has."""
        return shrink(np.array(self._lengths, dtype=np.uint32))

    def postings(self) -> Postings:
        """Return the inverted index of all documents taken."""
        vocabulary = [word.encode("utf-8", "surrogatepass") for word in self._numbers]
        order = sorted(range(len(vocabulary)), key=vocabulary.__getitem__)
        rank = np.empty(len(order), dtype=np.uint64)
        rank[order] = np.arange(len(order), dtype=np.uint64)
        said = np.concatenate(self._said) if self._said else np.zeros(0, dtype=np.uint32)
        docs = np.repeat(np.arange(len(self._lengths), dtype=np.uint64), self._lengths)
        return invert([vocabulary[number] for number in order], rank[said] << np.uint64(16) | docs)


def invert(vocabulary: Sequence[bytes], keys: NDArray[np.uint64], often: Counts | None = None) -> Postings:
    """Return the postings of a vocabulary in order, from occurrences: term number << 16 | document.

    ``often`` says how often each (distinct) key counts; without it a key counts as often as it stands there.
    """
    if often is None:
        keys = np.sort(keys)
        firsts = np.flatnonzero(np.diff(keys, prepend=np.uint64(0xFFFF_FFFF_FFFF_FFFF)))
        often = np.diff(firsts, append=len(keys))
        keys = keys[firsts]
    else:
        order = np.argsort(keys)
        keys, often = keys[order], often[order]
    ends = np.searchsorted(keys, np.arange(1, len(vocabulary) + 1, dtype=np.uint64) << np.uint64(16))
    return Postings(
        heads=np.array([_head(term) for term in vocabulary], dtype=np.uint64),
        terms=np.frombuffer(b"".join(vocabulary), dtype=np.uint8),
        term_ends=np.cumsum([len(term) for term in vocabulary], dtype=np.uint32),
        ends=ends.astype(np.uint32),
        docs=(keys & np.uint64(0xFFFF)).astype(np.uint16),
        often=shrink(often),
    )


def merge_postings(parts: Iterable[tuple[Postings, NDArray[np.int64]]]) -> Postings:
    """Return the postings of several segments in one; each comes with the new number of its documents (-1 = gone)."""
    numbers: dict[bytes, int] = {}
    keys: list[NDArray[np.uint64]] = []
    often: list[Counts] = []
    for part, renumbered in parts:
        mine = np.fromiter((numbers.setdefault(term, len(numbers)) for term in vocabulary(part)), np.uint64, len(part))
        terms = np.repeat(mine, np.diff(part.ends, prepend=np.uint32(0)))
        docs = renumbered[part.docs[:]]
        kept = docs >= 0
        keys.append(terms[kept] << np.uint64(16) | docs[kept].astype(np.uint64))
        often.append(part.often[:][kept])
    held = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
    left = np.unique(held >> np.uint64(16))
    names = list(numbers)
    order = sorted(left.tolist(), key=names.__getitem__)
    rank = np.zeros(len(names), dtype=np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    held = rank[(held >> np.uint64(16)).astype(np.int64)] << np.uint64(16) | held & np.uint64(0xFFFF)
    counts = np.concatenate(often) if often else np.zeros(0, dtype=np.uint8)
    return invert([names[number] for number in order], held, counts)


def vocabulary(part: Postings) -> Iterator[bytes]:
    """Yield the terms in order."""
    raw, start = part.terms.tobytes(), 0
    for end in part.term_ends.tolist():
        yield raw[start:end]
        start = end


def shrink(counts: Counts) -> Counts:
    """Return the counts in the smallest type that holds them."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
