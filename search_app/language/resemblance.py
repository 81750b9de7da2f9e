"""Resemblance: which passages say nearly the same, numbers aside.

MinHash over shingles of four characters (A. Broder, "On the resemblance and containment of documents", 1997): the
share of equal values in two signatures estimates the Jaccard resemblance of the shingle sets. Candidates come from
banding (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4); they join when the estimate is high enough.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from search_app.language.folding import squeeze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BANDS, ROWS = 20, 3
#: Passages whose estimated resemblance reaches this are folded into one; half the wording differs visibly below it.
THRESHOLD = 0.6
_SHINGLE = 4
#: A figure, in digits or in words, counts as one sign whatever its length.
_FIGURES = re.compile(r"[0-9一二三四五六七八九十百千万两零〇]+(?:[.．][0-9]+)?")
_PRIME = (1 << 31) - 1


def signature(text: str) -> bytes:
    """Return the MinHash signature of a passage: ``BANDS * ROWS`` little-endian 32-bit numbers."""
    import numpy as np

    masked = _FIGURES.sub("0", squeeze(text)[0])
    codes = np.frombuffer(masked.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < _SHINGLE:
        codes = np.pad(codes, (0, _SHINGLE - len(codes)))
    hashed = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint64)
    for at in range(_SHINGLE):
        hashed = (hashed * np.uint64(1_000_003) + codes[at : at + len(hashed)]) % np.uint64(_PRIME)
    factors, offsets = _permutations()
    mixed = (np.unique(hashed)[None, :] * factors[:, None] + offsets[:, None]) % np.uint64(_PRIME)
    smallest: NDArray[np.uint32] = mixed.min(axis=1).astype("<u4")
    return smallest.tobytes()


def clusters(signatures: Iterable[bytes]) -> Sequence[int]:
    """Return for each passage, in the order given, the position of the passage that stands for its cluster.

    A passage joins the earlier leader it resembles most, from THRESHOLD up, else it leads a cluster of its own: so
    every member resembles its leader, however long the chain of small changes. Cost: BANDS look-ups per passage.
    """
    import numpy as np

    leaders: list[int] = []
    seen: dict[bytes, int] = {}
    values: list[NDArray[np.uint32]] = []
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for position, raw in enumerate(signatures):
        mine = np.frombuffer(raw, dtype="<u4")
        values.append(mine)
        if raw in seen:  # equal signatures always share a cluster, even where a nearer leader has come up since
            leaders.append(seen[raw])
            continue
        keys = [(band, raw[band * ROWS * 4 : (band + 1) * ROWS * 4]) for band in range(BANDS)]
        candidates = sorted({other for key in keys for other in buckets.get(key, ())})
        best, leader = THRESHOLD, position
        for other in candidates:
            estimate = float((values[other] == mine).mean())
            if estimate > best or (estimate == best and leader == position):
                best, leader = estimate, other
        leaders.append(leader)
        seen[raw] = leader
        if leader == position:
            for key in keys:
                buckets.setdefault(key, []).append(position)
    return leaders


@cache
def _permutations() -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    import numpy as np

    random = np.random.default_rng(19970611)
    count = BANDS * ROWS
    return (
        random.integers(1, _PRIME, count, dtype=np.uint64),
        random.integers(0, _PRIME, count, dtype=np.uint64),
    )
