"""Clusters: near-duplicates brought up to date when passages come and go, by looking at what is near them alone.

The rule is that of :mod:`search_app.language.similarity.near_duplicates`: in the order of signatures, a passage that is
near no earlier leader leads, every other one joins the leader it resembles most. Each row has the bands of its
signature as terms, so the cluster itself finds what may be near; where very much changes, all signatures are read
instead.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.opensearch.documents import bands
from search_app.language import SIGNATURE_BYTES, find_clusters, update_clusters
from search_app.language.similarity.minhash import BANDS, ROWS
from search_app.language.similarity.near_duplicates import THRESHOLD

#: From so many changed passages on, all signatures are read.
FEW = 400
#: The neighbours of so many passages are asked for at a time.
_AT_A_TIME = 50
_NEAR = round(THRESHOLD * SIGNATURE_BYTES)
Signatures: TypeAlias = NDArray[np.uint8]


class HeldRow(NamedTuple):
    """A passage of the generation before that is still held."""

    row: int
    cluster: int
    similar: int
    signature: bytes


class Belonging(NamedTuple):
    """The row that leads a passage's cluster, and how many others are in it."""

    cluster: int
    similar: int


class Held(Protocol):
    """What of the generation before is still held."""

    def all(self) -> Iterator[HeldRow]:
        """Yield every row."""

    def of_clusters(self, clusters: Collection[int]) -> Iterator[HeldRow]:
        """Yield the rows of some clusters."""

    def with_bands(self, bands: Collection[str]) -> Iterator[HeldRow]:
        """Yield the rows that have any of some bands."""


def regroup(held: Held, gone: Mapping[int, int], new: Mapping[int, bytes]) -> dict[int, Belonging]:
    """Return where all new rows belong, and those held rows that do not belong where they did, or among as many.

    ``gone`` are the rows that are held no longer, with their clusters; ``new`` the signatures of new rows.
    """
    lost = [row for row, cluster in gone.items() if row == cluster]
    orphans = list(held.of_clusters(lost)) if lost else []
    if len(new) + len(orphans) > FEW:
        return _regroup_all(held, new)
    repair = _Repair(held, orphans, new)
    leaders = repair.leaders()
    touched = {*gone.values(), *leaders.values(), *(repair.before[row] for row in leaders if row in repair.before)}
    before = {each.row: each for each in held.of_clusters(touched)} if touched else {}
    now = {**{row: each.cluster for row, each in before.items()}, **leaders}
    return _changes(now, before)


def _regroup_all(held: Held, new: Mapping[int, bytes]) -> dict[int, Belonging]:
    before = {each.row: each for each in held.all()}
    rows = [*before, *new]
    position = {row: at for at, row in enumerate(rows)}
    raw = b"".join([*(each.signature for each in before.values()), *new.values()])
    signatures = np.asfortranarray(np.frombuffer(raw, dtype=np.uint8).reshape(-1, SIGNATURE_BYTES))
    if before:
        known = [position.get(each.cluster, -1) for each in before.values()]
        leaders = update_clusters(signatures, np.array([*known, *[-1] * len(new)], dtype=np.int64))
    else:
        leaders = find_clusters(signatures)
    return _changes({row: rows[leader] for row, leader in zip(rows, leaders.tolist(), strict=True)}, before)


def _changes(now: Mapping[int, int], before: Mapping[int, HeldRow]) -> dict[int, Belonging]:
    sizes = Counter(now.values())
    belonging = {row: Belonging(cluster, sizes[cluster] - 1) for row, cluster in now.items()}
    return {
        row: each
        for row, each in belonging.items()
        if row not in before or (before[row].cluster, before[row].similar) != each
    }


class _Repair:
    """Brings leaders up to date from the first changed passage, in the order of signatures, to the last."""

    def __init__(self, held: Held, orphans: Iterable[HeldRow], new: Mapping[int, bytes]) -> None:
        self._held, self._new = held, new
        self._signature = dict(new)
        #: The leaders of held rows as they were, and of all rows as they are now; -1 = not known.
        self.before: dict[int, int] = {}
        self._leader = dict.fromkeys(new, -1)
        for each in orphans:
            self._meet(each)
            self._leader[each.row] = -1
        self._changed = set(self._leader)
        self._near: dict[int, list[int]] = {}

    def leaders(self) -> dict[int, int]:
        """Return row -> leader, of new rows and of those that another one leads now."""
        queued = set(self._changed)
        queue = [self._place(row) for row in queued]
        heapq.heapify(queue)
        while queue:
            _, row = heapq.heappop(queue)
            self._look_around([row, *queued])
            queued.discard(row)
            leader, later = self._choose(row)
            before, self._leader[row] = self._leader[row], leader
            if leader == row and before != row:
                moved = later
            elif before == row and leader != row:
                moved = [each for each in self._near[row] if self._leader[each] == row]
            else:
                continue
            for other in set(moved) - queued - {row}:
                heapq.heappush(queue, self._place(other))
                queued.add(other)
        return {row: leader for row, leader in self._leader.items() if self.before.get(row, -1) != leader}

    def _meet(self, each: HeldRow) -> None:
        if each.row not in self._signature:
            self._signature[each.row] = each.signature
            self.before[each.row] = self._leader[each.row] = each.cluster

    def _place(self, row: int) -> tuple[bytes, int]:
        """Return what the order of signatures goes by."""
        return self._signature[row], row

    def _choose(self, row: int) -> tuple[int, list[int]]:
        """Return the leader that a row should have, and the later rows near it."""
        own = self._place(row)
        later = [each for each in self._near[row] if self._place(each) > own]
        leading = [each for each in self._near[row] if self._place(each) < own and self._leader[each] == each]
        if not leading:
            return row, later
        return min((-_equal(self._signature[row], self._signature[each]), self._place(each)) for each in leading)[1][
            1
        ], later

    def _look_around(self, rows: Iterable[int]) -> None:
        """Find what is near some rows."""
        wanted = [row for row in dict.fromkeys(rows) if row not in self._near]
        for start in range(0, len(wanted), _AT_A_TIME):
            some = wanted[start : start + _AT_A_TIME]
            shared = {band for row in some for band in bands(self._signature[row])}
            met = list(self._held.with_bands(shared))
            for each in met:
                self._meet(each)
            around = list(dict.fromkeys([*(each.row for each in met), *self._new]))
            raw = b"".join(self._signature[row] for row in around)
            signatures = np.frombuffer(raw, dtype=np.uint8).reshape(-1, SIGNATURE_BYTES)
            for row in some:
                self._near[row] = [around[at] for at in _near_to(self._signature[row], signatures) if around[at] != row]


def _near_to(signature: bytes, signatures: Signatures) -> list[int]:
    """Return the positions of the signatures that are near one: alike enough, with a band in common."""
    equal = signatures == np.frombuffer(signature, dtype=np.uint8)
    in_common = equal.reshape(-1, BANDS, ROWS).all(axis=2).any(axis=1)
    return np.flatnonzero((equal.sum(axis=1) >= _NEAR) & in_common).tolist()


def _equal(one: bytes, other: bytes) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))
