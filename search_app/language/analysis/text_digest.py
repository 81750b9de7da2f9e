"""The digest of a text: a number that stays the same wherever the text is kept and however it is laid out.

Citation codes are made from it, and the engine finds passages by it, so the same function has to serve both. White
space, letter case, width and traditional writing do not count (:mod:`search_app.language.analysis.folding`).
"""

from hashlib import blake2b

from search_app.language.analysis.folding import squeeze

#: Bits of a digest: two of a million different texts share all of them once in 70,000 such millions.
DIGEST_BITS = 55


def digest_origin(county: str | None, town: str | None, year: int | None) -> int:
    """Return the digest of whose report on which year a text stands in."""
    return digest_text(f"{county or ''}{town or ''}{year or ''}")


def digest_text(text: str) -> int:
    """Return the digest of a text, a whole number below ``2 ** DIGEST_BITS``."""
    data = squeeze(text).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest()) >> (64 - DIGEST_BITS)
