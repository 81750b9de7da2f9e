"""Resemblance: which passages say nearly the same, numbers aside.

MinHash over shingles of four characters (A. Broder, "On the resemblance and containment of documents", 1997), of which
one byte each is kept (P. Li, C. König, "b-Bit Minwise Hashing", 2010): the share of equal bytes in two signatures
estimates the Jaccard resemblance of the shingle sets. Two passages are near each other when that is high enough and a
whole band is equal (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4).

Clusters are the greedy independent set of that graph in the order of signatures: one that is near no earlier leader
leads, every other joins the leader it resembles most. So every member resembles its leader, however long the chain of
small changes; the order in which passages came plays no part; and a change moves few others, wherefore
:func:`reclustered` costs little (K. Censor-Hillel et al., "Optimal Dynamic Distributed MIS", 2016).
"""

import heapq
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from search_app.language.folding import squeezed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signatures: TypeAlias = NDArray[np.uint8]  # N x SIGNATURE_BYTES
    Positions: TypeAlias = NDArray[np.int64]

BANDS, ROWS = 20, 3
SIGNATURE_BYTES = BANDS * ROWS
#: Passages whose estimated resemblance reaches this are folded into one; half the wording differs visibly below it.
THRESHOLD = 0.6
_NEAR = round(THRESHOLD * SIGNATURE_BYTES)
_SHINGLE = 4
#: A figure, in digits or in words, counts as one sign whatever its length.
_FIGURES = re.compile(r"[0-9一二三四五六七八九十百千万两零〇]+(?:[.．][0-9]+)?")
#: From so many changed signatures on, everything is clustered anew: each change is held against all.
_FEW = 400


def signature(text: str) -> bytes:
    """Return the MinHash signature of a passage."""
    import numpy as np

    masked = _FIGURES.sub("0", squeezed(text))
    codes = np.frombuffer(masked.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if len(codes) < _SHINGLE:
        codes = np.pad(codes, (0, _SHINGLE - len(codes)))
    hashed = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint32)
    for at in range(_SHINGLE):
        hashed = hashed * np.uint32(1_000_003) + codes[at : at + len(hashed)]
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):  # MurmurHash3's finaliser: every bit counts
        hashed = (hashed ^ hashed >> np.uint32(shift)) * np.uint32(factor)
    hashed ^= hashed >> np.uint32(16)
    smallest: NDArray[np.uint32] = (hashed[None, :] * _factors()[:, None]).min(axis=1)
    return (smallest >> np.uint32(8)).astype(np.uint8).tobytes()


def clusters(signatures: "Signatures") -> "Positions":
    """Return for each passage the position of a passage with the signature of its cluster's leader.

    Cost: BANDS look-ups per distinct signature.
    """
    import numpy as np

    if not len(signatures):
        return np.zeros(0, dtype=np.int64)
    distinct, first, inverse = _distinct(signatures)
    return first[_greedy(distinct)[inverse]]


def reclustered(before: "Signatures", leaders: "Positions", signatures: "Signatures") -> "Positions":
    """Return what :func:`clusters` gives, made from what it gave ``before`` if only a few signatures changed."""
    import numpy as np

    if not len(signatures) or not len(before):
        return clusters(signatures)
    old, old_first, old_inverse = _distinct(before)
    distinct, first, inverse = _distinct(signatures)
    where = np.searchsorted(_keys(distinct), _keys(old))  # of each old signature among the new ones
    where[where == len(distinct)] = 0
    kept = _keys(distinct)[where] == _keys(old)
    known = np.full(len(distinct), -1, dtype=np.int64)
    led = old_inverse[leaders[old_first]]
    known[where[kept]] = np.where(kept[led], where[led], -1)[kept]
    changed = np.flatnonzero(known < 0)
    if len(changed) + np.count_nonzero(~kept) > _FEW:
        return first[_greedy(distinct)[inverse]]
    return first[_repaired(distinct, known, changed.tolist())[inverse]]


def _greedy(distinct: "Signatures") -> "Positions":
    """Return the leader of each distinct signature, in their order."""
    import numpy as np

    made = np.arange(len(distinct))
    buckets: dict[bytes, list[int]] = {}
    raw = distinct.tobytes()
    for one in range(len(distinct)):
        start = one * SIGNATURE_BYTES
        keys = [b"%c%b" % (band, raw[start + band * ROWS : start + (band + 1) * ROWS]) for band in range(BANDS)]
        candidates = {other for key in keys if key in buckets for other in buckets[key]}
        leader = _nearest(distinct, one, np.array(sorted(candidates))) if candidates else one
        if leader == one:
            for key in keys:
                buckets.setdefault(key, []).append(one)
        made[one] = leader
    return made


def _nearest(distinct: "Signatures", one: int, leaders: "Positions") -> int:
    """Return the leader that a signature resembles most, the first of several; itself if none is near enough."""
    import numpy as np

    if not len(leaders):
        return one
    equal = np.count_nonzero(distinct[leaders] == distinct[one], axis=1)
    best = int(equal.argmax())
    return int(leaders[best]) if equal[best] >= _NEAR else one


def _repaired(distinct: "Signatures", leaders: "Positions", changed: list[int]) -> "Positions":
    """Return the leaders after some signatures came and others went; -1 in ``leaders`` = not known."""
    import numpy as np

    queue = sorted(changed)
    queued = set(queue)
    while queue:
        one = heapq.heappop(queue)
        queued.discard(one)
        near = _near(distinct, one)
        earlier = near[near < one]
        leader = _nearest(distinct, one, earlier[leaders[earlier] == earlier])
        before, leaders[one] = leaders[one], leader
        if leader == one and before != one:
            moved = near[near > one]
        elif before == one and leader != one:
            moved = np.flatnonzero(leaders == one)
        else:
            continue
        for other in set(moved.tolist()) - queued - {one}:
            heapq.heappush(queue, other)
            queued.add(other)
    return leaders


def _near(distinct: "Signatures", one: int) -> "Positions":
    """Return the signatures that are near one, ascending."""
    import numpy as np

    equal = distinct == distinct[one]
    close = np.flatnonzero(np.count_nonzero(equal, axis=1) >= _NEAR)
    band: NDArray[np.bool_] = equal[close].reshape(-1, BANDS, ROWS).all(axis=2).any(axis=1)
    return close[band]


def _distinct(signatures: "Signatures") -> "tuple[Signatures, Positions, Positions]":
    """Return the distinct signatures in order, where each stands first, and for each given one its number."""
    import numpy as np

    keys, first, inverse = np.unique(_keys(signatures), return_index=True, return_inverse=True)
    return keys.view(np.uint8).reshape(-1, SIGNATURE_BYTES), first, inverse


def _keys(signatures: "Signatures") -> Any:
    """Return the rows as single values, ordered as bytes are."""
    import numpy as np

    return np.ascontiguousarray(signatures).view(f"V{SIGNATURE_BYTES}").reshape(-1)


@cache
def _factors() -> "NDArray[np.uint32]":
    import numpy as np

    random = np.random.default_rng(19970611)
    return random.integers(0, 1 << 32, SIGNATURE_BYTES, dtype=np.uint32) | np.uint32(1)
