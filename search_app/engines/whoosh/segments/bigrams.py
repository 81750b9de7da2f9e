"""Bigrams: where pairs of characters stand, so that any run of characters is found exactly, however words are cut.

Records are texts without white space, folded, in UTF-16. Each pair of neighbouring units is a key, the last unit of a
record pairs with 0; its places are kept as ``record << 16 | position``. A run of four characters stands where its
first pair stands two places before its second, so no text is read to find it. A single character is all pairs that
begin with it: neighbours in the order of keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile, Parts

Places = NDArray[np.uint32]

#: Units that a record may have: positions are 16 bits wide.
LONGEST = 0xFFFF
_DIGITS = tuple("0123456789")
_NUL, _IN_ITS_PLACE = "\0", "\ufffe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """The pairs of the records of one segment. G distinct pairs, N places."""

    pairs: NDArray[np.uint32]  # G, ascending: first unit << 16 | second
    ends: NDArray[np.uint32]  # G: where the places of each pair end
    places: Places | Parts  # N, ascending within a pair

    @classmethod
    def of(cls, file: ArrayFile, field: str) -> "Grams":
        """Return the grams that :meth:`arrays` named; of the places only what is looked up is read."""
        return cls(pairs=file[f"{field}.pairs"], ends=file[f"{field}.ends"], places=file.parts(f"{field}.places"))

    def arrays(self, field: str) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, to be written."""
        return {f"{field}.{name}": getattr(self, name)[:] for name in _NAMES}

    def holding(self, needle: str) -> Places:
        """Return the places where these characters begin (squeezed like the records); none for no characters."""
        units = _units(needle)
        if len(units) == 0:
            return self.places[:0]
        if len(units) == 1:
            return self._between(int(units[0]) << 16, int(units[0]) << 16 | 0xFFFF)
        pairs = (units[:-1].astype(np.uint32) << np.uint32(16)) | units[1:]
        found_at = self.pairs.searchsorted(pairs)  # all at once: a call costs more than a search
        if not len(self.pairs) or not np.array_equal(self.pairs.take(found_at, mode="clip"), pairs):
            return self.places[:0]  # one that stands nowhere is seen before any list is read
        lists = {at: self._of(place) for at, place in enumerate(found_at.tolist())}
        rarest = min(lists, key=lambda at: len(lists[at]))
        if len(lists) == 1 or not len(lists[rarest]):
            return lists[rarest]
        needed = {*range(0, len(lists), 2), len(lists) - 1} - {rarest}
        found = _before(lists[rarest], rarest)
        for at in sorted(needed, key=lambda at: len(lists[at])):
            if not len(found):
                break
            found = _common(found, _before(lists[at], at))
        return found

    def holding_figures(self, needle: str) -> Places:
        """Return what :meth:`holding` does, but not where a figure at an end of the needle is part of a longer one."""
        found = self.holding(needle)
        if not len(found):
            return found
        for digit in _DIGITS if needle[:1] in _DIGITS and len(found) else "":
            before = self._pair(digit + needle[0])
            found = found[~_among(found - np.uint32(1), before)]
        last = np.uint32(len(_units(needle)) - 1)
        for digit in _DIGITS if needle[-1:] in _DIGITS and len(found) else "":
            found = found[~_among(found + last, self._pair(needle[-1] + digit))]
        return found

    def _pair(self, pair: str) -> Places:
        number = ord(pair[0]) << 16 | ord(pair[1])
        return self._between(number, number)

    def _of(self, at: int) -> Places:
        """Return the places of the pair of this number."""
        return self.places[int(self.ends[at - 1]) if at else 0 : int(self.ends[at])]

    def _between(self, first: int, last: int) -> Places:
        """Return the places of the pairs from the first to the last."""
        low = int(self.pairs.searchsorted(np.uint32(first)))
        high = int(self.pairs.searchsorted(np.uint32(last), side="right"))
        start = int(self.ends[low - 1]) if low else 0
        return self.places[start : int(self.ends[high - 1]) if high > low else start]


_NAMES = ("pairs", "ends", "places")


def _among(places: Places, others: Places) -> NDArray[np.bool_]:
    """Return which places are among others, which ascend."""
    if not len(others):
        return np.zeros(len(places), dtype=np.bool_)
    at = others.searchsorted(places)
    at[at == len(others)] = 0
    made: NDArray[np.bool_] = others[at] == places
    return made


def _common(found: Places, starts: Places) -> Places:
    """Return what is in both lists; the shorter one is looked up in the longer."""
    small, large = (found, starts) if len(found) <= len(starts) else (starts, found)
    if not len(small):
        return small
    at = large.searchsorted(small)
    at[at == len(large)] = 0
    both: NDArray[np.bool_] = large[at] == small
    return small[both]


def _before(places: Places, offset: int) -> Places:
    """Return the places that are this far before: what runs over the start of a record meets no first pair."""
    if not offset:
        return places
    return places[places.searchsorted(np.uint32(offset)) :] - np.uint32(offset)


def gathered(records: Iterable[str]) -> Grams:
    """Return the grams of records, numbered in their order; each may have LONGEST units."""
    texts = [record.replace(_NUL, _IN_ITS_PLACE) for record in records]
    units = _encoded(_NUL.join([*texts, ""]))
    breaks = np.flatnonzero(units == 0)
    lengths = np.diff(breaks, prepend=-1)
    record = np.repeat(np.arange(len(breaks), dtype=np.uint64), lengths)
    position = np.arange(len(units), dtype=np.uint64) - np.repeat(breaks - lengths + 1, lengths).astype(np.uint64)
    keys = units.astype(np.uint64) << np.uint64(48)
    keys[:-1] |= units[1:].astype(np.uint64) << np.uint64(32)
    keys |= record << np.uint64(16) | position
    keys = keys[units != 0]
    keys.sort()
    return _of_keys(keys)


def merged(parts: Iterable[tuple[Grams, NDArray[np.int64]]]) -> Grams:
    """Return the grams of several segments in one; each comes with the new number of its records (-1 = gone)."""
    keys = []
    for part, renumbered in parts:
        held = part.places[:]
        record = renumbered[held >> np.uint32(16)]
        kept = record >= 0
        pairs = np.repeat(part.pairs.astype(np.uint64), np.diff(part.ends, prepend=np.uint32(0)))[kept]
        places = record[kept].astype(np.uint64) << np.uint64(16) | held[kept] & np.uint32(LONGEST)
        keys.append(pairs << np.uint64(32) | places)
    joined = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
    joined.sort()
    return _of_keys(joined)


def _of_keys(keys: NDArray[np.uint64]) -> Grams:
    pairs = (keys >> np.uint64(32)).astype(np.uint32)
    lasts = np.flatnonzero(pairs[1:] != pairs[:-1]) + 1
    ends = np.append(lasts, len(pairs)) if len(pairs) else lasts
    return Grams(
        pairs=pairs[ends - 1],
        ends=ends.astype(np.uint32),
        places=(keys & np.uint64(0xFFFF_FFFF)).astype(np.uint32),
    )


def _units(needle: str) -> NDArray[np.uint16]:
    return _encoded(needle.replace(_NUL, _IN_ITS_PLACE))


def _encoded(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
