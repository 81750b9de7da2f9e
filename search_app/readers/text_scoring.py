"""How much a text looks like Chinese writing: what tells the right encoding of some bytes from a wrong one.

The surprise: only what is not ASCII is judged. Nearly every encoding reads ASCII alike, so a page with a long style
sheet would look plausible in all of them, whatever becomes of its article.
"""

import re
from collections import Counter
from functools import cache
from unicodedata import category

from search_app.language import simplify

SAMPLE = 20_000
_OTHER = re.compile("[^\x00-\x7f]+")


@cache
def _common() -> frozenset[str]:
    """Return the characters of the first, commoner plane of GB 2312; a traditional form counts as its simplified."""
    trails = range(0xA1, 0xFF)
    pairs = (bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in trails)
    return frozenset(pair for pair in pairs if len(pair) == 1)


@cache
def common_characters(encoding: str) -> frozenset[bytes]:
    """Return the common characters and signs as they are written in an encoding of two bytes per character."""
    leads, trails = range(0x81, 0xFF), (*range(0x40, 0x7F), *range(0x80, 0xFF))
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset(pair for pair in pairs if count_common(pair.decode(encoding, "ignore")) == 1)


def judged(text: str) -> str:
    """Return the characters that tell one encoding from another, from all parts of a long text alike."""
    found = "".join(_OTHER.findall(text))
    if len(found) <= SAMPLE:
        return found
    third = SAMPLE // 3
    middle = (len(found) - third) // 2
    return found[:third] + found[middle : middle + third] + found[-third:]


def plausibility(text: str) -> float:
    """Return the share, 0.0 to 1.0, of the characters beyond ASCII that Chinese text is made of; ASCII counts 1.0."""
    sample = "".join(judged(text).split())
    return share_common(sample) if sample else 1.0


def share_common(sample: str) -> float:
    """Return the share of common Chinese characters and their punctuation."""
    return count_common(sample) / len(sample)


def count_common(sample: str) -> int:
    """Return how many characters are common Chinese ones or punctuation."""
    han = _common()
    found = Counter(simplify(sample))  # a text has few characters, each many times
    return sum(count for char, count in found.items() if char in han or is_punctuation(char))


def is_writing(text: str) -> bool:
    """Tell text in any script from bytes that happen to be valid: control characters are rare in writing."""
    sample = text[:SAMPLE]
    odd = sum(
        count
        for char, count in Counter(sample).items()
        if category(char) in ("Cc", "Cn") and not char.isspace() and char != "\x00"
    )
    return odd * 20 <= len(sample)


def is_punctuation(char: str) -> bool:
    """Tell the signs of Chinese typesetting."""
    return char in "“”‘’—…·–×÷㎡℃‰°±" or any(
        low <= char <= high
        for low, high in (("\u3001", "\u303f"), ("\uff01", "\uff5e"), ("\u2460", "\u24ff"), ("\u2160", "\u217f"))
    )
