"""Pinyin: how words are read, for typed pinyin (tiaojie), initials (tj) and mistakes of the ear (工开 for 公开).

In goes text, out come syllables without tones, one for each character. The readings are a table made beforehand
(scripts/build_readings.py); longer words go before characters, so that 重大 and 重复 differ. The surprise: ü is v, as
an input method wants it, and whatever is no Han character is its own syllable.
"""

import gzip
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from search_app.language.analysis.folding import fold

#: Sounds that many speakers of southern dialects do not tell apart; input methods offer the same pairs.
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
_LOOSE = str.maketrans({"ü": "u", "v": "u", "'": None, "’": None, " ": None})


@lru_cache(maxsize=1 << 15)
def to_syllables(text: str) -> tuple[str, ...]:
    """Return how each character of a text is read."""
    usual, other, lengths = _table()
    folded = fold(text)
    said: list[str] = []
    while (at := len(said)) < len(folded):
        char = folded[at]
        for length in lengths.get(char, ()):
            if word := other.get(folded[at : at + length]):
                said += word
                break
        else:
            said.append(usual.get(char, char))
    return tuple(said)


def to_initials(text: str) -> str:
    """Return the first letter of each syllable."""
    return "".join(syllable[0] for syllable in to_syllables(text))


def to_letters(text: str) -> str:
    """Return a text as it is typed in pinyin, ü as u."""
    return loosen("".join(to_syllables(text)))


def loosen(typed: str) -> str:
    """Return typed pinyin without what input methods do not ask for: blanks, apostrophes, the dots of ü."""
    return "".join(typed.lower().translate(_LOOSE).split())


def blur(sound: str) -> str:
    """Return a syllable, or several written together, without what dialects do not tell apart (zh z, n l, in ing)."""
    for clear, dull in _CONFUSED:
        sound = sound.replace(clear, dull)
    return re.sub(r"\bn", "l", sound)


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]], Mapping[str, tuple[int, ...]]]:
    """Return the readings of characters, those of words, and first character -> lengths of words, longest first."""
    packed = files("search_app.data").joinpath("readings.txt.gz").read_bytes()
    chars, _, rest = gzip.decompress(packed).decode("utf-8").partition("\n\n")
    rows = (row.split(" ") for row in chars.splitlines() if not row.startswith("#"))
    usual = {char: syllable for syllable, each in rows for char in each}
    other = {word: tuple(said.split(" ")) for word, said in (row.split("\t") for row in rest.splitlines())}
    lengths: dict[str, set[int]] = {}
    for word in other:
        lengths.setdefault(word[0], set()).add(len(word))
    return usual, other, {char: tuple(sorted(each, reverse=True)) for char, each in lengths.items()}
