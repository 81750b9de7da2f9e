"""Near-duplicates: which passages say nearly the same, and which one stands for them; made anew or brought up to date.

Two passages are near each other when enough bytes of their signatures are equal and so is a whole band of them
(Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4): of those with six bytes in ten equal 88% have such a
band, of those with seven in ten 98% (1 - (1 - s^4)^15). Clusters are the greedy independent set of that graph
in the order of signatures: one that is near no earlier leader leads, every other joins the leader it resembles most.
So every member resembles its leader, however long the chain of small changes; the order in which passages came plays
no part; and a change moves few others (K. Censor-Hillel et al., "Optimal Dynamic Distributed MIS", 2016).

Signatures are an array, a row per passage; of many, columns should lie together in memory (order "F"): bands are read
one at a time. The surprise: most passages share a band with strangers and a cluster with nobody. So whole arrays find
the pairs that are near, and only passages with such a neighbour are looked at one by one.
"""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from search_app.language.similarity.minhash import BANDS, ROWS, SIGNATURE_BYTES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signatures: TypeAlias = NDArray[np.uint8]  # N x SIGNATURE_BYTES
    Padded: TypeAlias = NDArray[np.uint8]  # N x 64
    Positions: TypeAlias = NDArray[np.int64]

#: Passages whose estimated resemblance reaches this are folded into one; half the wording differs visibly below it.
THRESHOLD = 0.6
_NEAR = round(THRESHOLD * SIGNATURE_BYTES)
#: So many passages with one band in common are compared each with each; more of them with their leaders alone.
_CROWD = 48
#: From so many changed passages on, everything is clustered anew.
_FEW = 400
#: So many pairs are compared at a time: what that needs stays in a processor's cache.
_AT_A_TIME = 1 << 14
_ROW = (1 << 32) - 1
_WORDS, _PADDING = 8, 64 - SIGNATURE_BYTES


def find_clusters(signatures: "Signatures") -> "Positions":
    """Return for each passage the position of its cluster's leader."""
    import numpy as np

    made = np.arange(len(signatures))
    rows = _padded(signatures)
    pairs, same, crowds = _together(signatures, rows)
    nodes = np.unique(np.concatenate([pairs >> np.uint64(32), pairs & np.uint64(_ROW), *crowds])).astype(np.int64)
    nodes = nodes[_order(signatures, nodes)]
    rank = np.zeros(len(signatures), dtype=np.int64)
    rank[nodes] = np.arange(len(nodes))
    earlier = _earlier(rank, pairs, same, len(nodes))
    crowded: list[list[int]] = [[] for _ in nodes]
    for number, crowd in enumerate(crowds):
        for one in rank[crowd.astype(np.int64)].tolist():
            crowded[one].append(number)
    made[nodes] = nodes[_led(rows[nodes], earlier, crowded)]
    return made


def update_clusters(signatures: "Signatures", leaders: "Positions") -> "Positions":
    """Return what :func:`find_clusters` does, given what it gave before: the leaders' positions now, -1 = not known.

    Not known are passages that are new and those whose leader went. Among equal signatures any may lead.
    """
    import numpy as np

    changed = np.flatnonzero(leaders < 0)
    return find_clusters(signatures) if len(changed) > _FEW else _Repair(signatures, leaders.copy()).leaders(changed)


def _together(
    signatures: "Signatures", rows: "Padded"
) -> "tuple[NDArray[np.uint64], NDArray[np.uint8], list[NDArray[np.uint64]]]":
    """Return the pairs that are near (one << 32 | other) with their equal bytes, and the crowds that share a band."""
    import numpy as np

    made: list[NDArray[np.uint64]] = []
    counts: list[NDArray[np.uint8]] = []
    crowds: list[NDArray[np.uint64]] = []
    numbers = np.arange(len(signatures), dtype=np.uint64)
    for band in range(BANDS):
        keys = np.sort(_keys(signatures, band).astype(np.uint64) << np.uint64(32) | numbers)
        bands, members = keys >> np.uint64(32), keys & np.uint64(_ROW)
        starts = np.flatnonzero(np.diff(bands, prepend=np.uint64(1 << 40)))
        sizes = np.diff(starts, append=len(keys))
        for start, size in zip(starts[sizes > _CROWD].tolist(), sizes[sizes > _CROWD].tolist(), strict=True):
            crowds.append(members[start : start + size])
        few = np.repeat((sizes > 1) & (sizes <= _CROWD), sizes)
        bands, members = bands[few], members[few]
        for apart in range(1, _CROWD):
            both = np.flatnonzero(bands[apart:] == bands[:-apart])
            for start in range(0, len(both), _AT_A_TIME):
                some = both[start : start + _AT_A_TIME]
                pairs = members[some] << np.uint64(32) | members[some + apart]  # those of a band ascend
                near, same = _near(rows, pairs, band)
                made.append(pairs[near])
                counts.append(same)
    none = np.zeros(0, dtype=np.uint64)
    return np.concatenate([none, *made]), np.concatenate([none.astype(np.uint8), *counts]), crowds


def _near(rows: "Padded", pairs: "NDArray[np.uint64]", band: int) -> "tuple[Positions, NDArray[np.uint8]]":
    """Return which pairs are near and have no equal band before this one, and how many bytes of theirs are equal."""
    import numpy as np

    equal = rows[(pairs >> np.uint64(32)).astype(np.int64)] == rows[(pairs & np.uint64(_ROW)).astype(np.int64)]
    same = _summed(equal)
    near = np.flatnonzero(same >= _NEAR)
    bands = equal[near, : band * ROWS].reshape(len(near), band, ROWS).all(axis=2).any(axis=1)
    return near[~bands], same[near[~bands]]


def _padded(signatures: "Signatures") -> "Padded":
    """Return signatures side by side, each filled up to eight 64-bit words."""
    import numpy as np

    made = np.zeros((len(signatures), _WORDS * 8), dtype=np.uint8)
    made[:, :SIGNATURE_BYTES] = signatures
    return made


def _summed(equal: "NDArray[np.bool_]") -> "NDArray[np.uint8]":
    """Return how many bytes of padded signatures are equal: eight of them are added at a time."""
    import numpy as np

    words = equal.view(np.uint64)
    summed = words[:, 0].copy()
    for at in range(1, _WORDS):
        summed += words[:, at]
    return (summed * np.uint64(0x0101_0101_0101_0101) >> np.uint64(56)).astype(np.uint8) - np.uint8(_PADDING)


def _keys(signatures: "Signatures", band: int) -> "NDArray[np.uint32]":
    """Return the bytes of a band as one number for each passage."""
    import numpy as np

    made = np.zeros(len(signatures), dtype=np.uint32)
    for at in range(band * ROWS, (band + 1) * ROWS):
        made = made << np.uint32(8) | signatures[:, at]
    return made


def _order(signatures: "Signatures", rows: "Positions") -> list[int]:
    """Return the places of ascending rows in the order of their signatures; equal ones as they are."""
    raw = signatures[rows].tobytes()
    return sorted(range(len(rows)), key=lambda at: raw[at * SIGNATURE_BYTES : (at + 1) * SIGNATURE_BYTES])


def _earlier(
    rank: "Positions", pairs: "NDArray[np.uint64]", same: "NDArray[np.uint8]", count: int
) -> list[list[tuple[int, int]]]:
    """Return for each rank the earlier ones near it as (- equal bytes, rank), the best leader first."""
    import numpy as np

    one, other = rank[(pairs >> np.uint64(32)).astype(np.int64)], rank[(pairs & np.uint64(_ROW)).astype(np.int64)]
    first, later, differing = np.minimum(one, other), np.maximum(one, other), -same.astype(np.int64)
    order = np.lexsort((first, differing, later))
    made: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for mine, much, its in zip(later[order].tolist(), differing[order].tolist(), first[order].tolist(), strict=True):
        made[mine].append((much, its))
    return made


def _led(rows: "Padded", earlier: Sequence[Sequence[tuple[int, int]]], crowded: Sequence[Sequence[int]]) -> list[int]:
    """Return the leader of each of the passages, which are in order; ``crowded`` are the crowds that each is in."""
    import numpy as np

    made, none = list(range(len(earlier))), np.zeros(0, dtype=np.int64)
    heads: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))  # the leaders in each crowd
    for one, (near, crowds) in enumerate(zip(earlier, crowded, strict=True)):
        best = next((pair for pair in near if made[pair[1]] == pair[1]), (0, one))
        if crowds:
            held = [np.frombuffer(heads[crowd], dtype=np.int64) for crowd in crowds if heads[crowd]]
            rivals = np.concatenate([none, *held])
            del held  # or the arrays could not grow
            same = _summed(rows[rivals] == rows[one])
            most = int(same.max(initial=0))
            if most >= max(_NEAR, -best[0]):
                best = min(best, (-most, int(rivals[same == most].min())))
        made[one] = best[1]
        if best[1] == one:
            for crowd in crowds:
                heads[crowd].append(one)
    return made


class _Repair:
    """Brings leaders up to date, from the first changed passage in the order of signatures to the last."""

    def __init__(self, signatures: "Signatures", leaders: "Positions") -> None:
        self._signatures, self._leaders = signatures, leaders
        self._near: dict[int, Positions] = {}

    def leaders(self, changed: "Positions") -> "Positions":
        """Return them, with no -1 left."""
        import numpy as np

        queued = set(changed.tolist())
        queue = [self._place(one) for one in queued]
        heapq.heapify(queue)
        while queue:
            _, one = heapq.heappop(queue)
            if one not in self._near:
                self._look_around(sorted(queued))
            queued.discard(one)
            leader, later = self._choose(one)
            before, self._leaders[one] = self._leaders[one], leader
            if leader == one and before != one:
                moved = later
            elif before == one and leader != one:
                moved = np.flatnonzero(self._leaders == one)
            else:
                continue
            for other in set(moved.tolist()) - queued - {one}:
                heapq.heappush(queue, self._place(other))
                queued.add(other)
        return self._leaders

    def _place(self, one: int) -> tuple[bytes, int]:
        """Return what the order of signatures goes by."""
        return self._signatures[one].tobytes(), one

    def _choose(self, one: int) -> "tuple[int, Positions]":
        """Return the leader that a passage should have, and the later passages near it."""

        near = self._near[one]
        differ = self._signatures[near] != self._signatures[one]
        first = differ.argmax(axis=1)
        before = self._signatures[near, first] < self._signatures[one][first]
        before |= ~differ.any(axis=1) & (near < one)
        leading = before & (self._leaders[near] == near)
        if not leading.any():
            return one, near[~before]
        same = differ[leading].sum(axis=1)
        return min(map(self._place, near[leading][same == same.min()].tolist()))[1], near[~before]

    def _look_around(self, rows: Sequence[int]) -> None:
        """Find what is near these passages."""
        import numpy as np

        rows = [one for one in rows if one not in self._near]
        pairs = np.concatenate([self._sharing(np.array(rows), band) for band in range(BANDS)])
        pairs = np.unique(pairs)
        one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(_ROW)).astype(np.int64)
        same = (self._signatures[one] == self._signatures[other]).sum(axis=1)
        pairs = pairs[same >= _NEAR]
        ends = np.searchsorted(pairs, (np.array(rows, dtype=np.uint64) + np.uint64(1)) << np.uint64(32))
        for row, held in zip(rows, np.split(pairs & np.uint64(_ROW), ends[:-1]), strict=True):
            self._near[row] = held[held != row].astype(np.int64)

    def _sharing(self, rows: "Positions", band: int) -> "NDArray[np.uint64]":
        """Return the pairs of one of these passages and any that has the same band: row << 32 | other."""
        import numpy as np

        wanted = _keys(self._signatures[rows], band)
        order = np.argsort(wanted)
        flagged = np.zeros(1 << 16, dtype=np.bool_)  # by the first two bytes, which leaves few to look at
        flagged[wanted >> np.uint32(8 * (ROWS - 2))] = True
        first, second = (self._signatures[:, band * ROWS + at].astype(np.uint16) for at in range(2))
        hits = np.flatnonzero(flagged[first << np.uint16(8) | second])
        keys = _keys(self._signatures[hits], band)
        low, high = (np.searchsorted(wanted[order], keys, side) for side in ("left", "right"))
        pairs = np.repeat(hits, high - low)
        at = np.arange(len(pairs)) - np.repeat(np.cumsum(high - low) - high, high - low)
        return rows[order[at]].astype(np.uint64) << np.uint64(32) | pairs.astype(np.uint64)
