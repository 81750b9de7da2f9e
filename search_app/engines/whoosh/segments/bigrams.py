"""Bigrams: where pairs of characters stand, so that any run of characters is found exactly, however words are cut.

Records are texts without white space, folded, in UTF-16. Each pair of neighbouring units is a key, the last unit of a
record pairs with 0; its places are kept as ``record << 16 | position``. A run of four characters stands where its
first pair stands two places before its second, so no text is read to find it. A single character is all pairs that
begin with it: neighbours in the order of keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile, Parts
from search_app.engines.whoosh.segments.ascending import in_both, is_among, ranges

Places = NDArray[np.uint32]

#: Units that a record may have: positions are 16 bits wide.
LONGEST = 0xFFFF
#: Looking one record up among places costs as much as reading so many of them.
_SKIPPED = 8
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
        return self.places_of(self.locate(needle))

    def locate(self, needle: str) -> "Located":
        """Return where the places of a needle's pairs are; O(length x log(G)), no place is read."""
        first, pairs = _cut(needle)
        if not pairs:
            return self._locate_unit(first)
        spans = []
        for pair in pairs:
            at = int(self.pairs.searchsorted(pair))
            if at == len(self.pairs) or self.pairs[at] != pair:
                return NOWHERE
            spans.append(slice(int(self.ends[at - 1]) if at else 0, int(self.ends[at])))
        return Located(tuple(spans), [span.stop - span.start for span in spans])

    def _locate_unit(self, unit: int | None) -> "Located":
        if unit is None:
            return NOWHERE
        low = int(self.pairs.searchsorted(np.uint32(unit << 16)))
        high = int(self.pairs.searchsorted(np.uint32(unit << 16 | 0xFFFF), side="right"))
        start = int(self.ends[low - 1]) if low else 0
        if high == low:
            return NOWHERE
        stop = int(self.ends[high - 1])
        return Located((slice(start, stop),), [stop - start], in_order=False)

    def places_of(self, located: "Located", records: NDArray[Any] | None = None) -> Places:
        """Return the places where what was located begins, ascending where it is in order.

        With ``records``, which ascend, those of other records may be left out: where records are few, that costs a
        search for each in the places of the rarest pair, and one for each place that is left in those of the others.
        """
        if not located.spans:
            return self.places[:0]
        sizes = located.sizes
        rarest = sizes.index(min(sizes))
        held = self.places[located.spans[rarest]]
        if records is not None and located.in_order and len(records) * _SKIPPED < len(held):
            held = _within(held, records)
        if len(sizes) == 1:
            return held
        found, last = _before(held, rarest), len(located.spans) - 1
        needed = {*range(0, last, 2), last} - {rarest}  # every character is in one of them
        for at in sorted(needed, key=sizes.__getitem__):
            if not len(found):
                break
            found = _followed(found, self.places[located.spans[at]], at)
        return found

    def outside_figures(self, needle: str, found: Places) -> Places:
        """Return those of a needle's places at which no figure at an end of it is part of a longer one."""
        if not len(found):
            return found
        for digit in _DIGITS if needle[0] in _DIGITS else "":
            before = self.holding(digit + needle[0])
            found = found[~is_among(found - np.uint32(1), before)]
        last = np.uint32(len(_encoded(needle)) - 1)
        for digit in _DIGITS if needle[-1] in _DIGITS else "":
            found = found[~is_among(found + last, self.holding(needle[-1] + digit))]
        return found


class Located(NamedTuple):
    """Where the places of each pair of a needle are; those of a single unit are only in order pair by pair."""

    spans: tuple[slice, ...]
    sizes: Sequence[int]
    in_order: bool = True

    @property
    def least(self) -> int:
        """Return how many places the rarest pair has: there are no more of the needle."""
        return min(self.sizes, default=0)


NOWHERE = Located((), ())
_NAMES = ("pairs", "ends", "places")


def _within(places: Places, records: NDArray[Any]) -> Places:
    """Return the places, which ascend, that are in some records, which ascend."""
    first = records.astype(np.uint32) << np.uint32(16)
    low = places.searchsorted(first)
    return places[ranges(low, places.searchsorted(first | np.uint32(LONGEST), side="right"))]


def _followed(found: Places, places: Places, offset: int) -> Places:
    """Return what was found of which others are this far behind; the shorter list is looked up in the longer."""
    if len(found) > len(places):
        return in_both(found, _before(places, offset))
    return found[is_among(found + np.uint32(offset), places)]


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


@lru_cache(maxsize=1024)
def _cut(needle: str) -> tuple[int | None, tuple[np.uint32, ...]]:
    """Return the first unit of a needle, if it has one, and its pairs; the same in every segment."""
    units = _encoded(needle.replace(_NUL, _IN_ITS_PLACE)).astype(np.uint32)
    return int(units[0]) if len(units) else None, tuple((units[:-1] << np.uint32(16)) | units[1:])


def _encoded(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
