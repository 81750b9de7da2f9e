"""MinHash: a signature of each passage that tells how nearly two of them say the same, numbers aside.

MinHash over shingles of four characters (A. Broder, "On the resemblance and containment of documents", 1997), of which
one byte each is kept (P. Li, C. König, "b-Bit Minwise Hashing", 2010): the share of equal bytes in two signatures
estimates the Jaccard resemblance of the shingle sets. What is near what, and which passage stands for which others,
is told by near_duplicates.py.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from search_app.language.analysis.folding import squeeze
from search_app.language.analysis.han_numbers import ANY_NUMERAL
from search_app.lazy_patterns import lazy_pattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Shorter bands would find a few more pairs at the threshold, but set phrases of the genre would fill whole crowds.
BANDS, ROWS = 15, 4
SIGNATURE_BYTES = BANDS * ROWS
_SHINGLE = 4
#: A figure, in digits or in words, counts as one sign whatever its length.
_FIGURES = lazy_pattern(rf"[0-9{ANY_NUMERAL}]+(?:[.．][0-9]+)?")


def minhash(text: str) -> bytes:
    """Return the MinHash signature of a passage."""
    return minhash_all((text,))[0]


def minhash_all(texts: Sequence[str]) -> list[bytes]:
    """Return the MinHash signatures of passages; those of a report together cost half of one after the other."""
    import numpy as np

    if not texts:
        return []
    masked = [_FIGURES.sub("0", squeeze(text)).ljust(_SHINGLE, "\0") for text in texts]
    counts = np.array([len(text) - _SHINGLE + 1 for text in masked])
    hashed = _hashed(np.frombuffer("".join(masked).encode("utf-32-le", "surrogatepass"), dtype="<u4"))
    ends = np.cumsum(counts + _SHINGLE - 1)[:-1]
    over = np.arange(1, _SHINGLE) + (ends - _SHINGLE)[:, None]  # shingles that run from one text into the next
    hashed = np.delete(hashed, over.reshape(-1))
    starts = np.cumsum(counts) - counts
    smallest = np.stack([np.minimum.reduceat(hashed * factor, starts) for factor in _factors()], axis=1)
    raw = (smallest >> np.uint32(8)).astype(np.uint8).tobytes()
    return [raw[at : at + SIGNATURE_BYTES] for at in range(0, len(raw), SIGNATURE_BYTES)]


def _hashed(codes: "NDArray[np.uint32]") -> "NDArray[np.uint32]":
    """Return a hash of each shingle of a text."""
    import numpy as np

    hashed = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint32)
    for at in range(_SHINGLE):
        hashed = hashed * np.uint32(1_000_003) + codes[at : at + len(hashed)]
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):  # MurmurHash3's finaliser: every bit counts
        hashed = (hashed ^ hashed >> np.uint32(shift)) * np.uint32(factor)
    return hashed ^ hashed >> np.uint32(16)


@cache
def _factors() -> "NDArray[np.uint32]":
    import numpy as np

    random = np.random.default_rng(19970611)
    return random.integers(0, 1 << 32, SIGNATURE_BYTES, dtype=np.uint32) | np.uint32(1)
