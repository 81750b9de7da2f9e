"""Likeness: how much wording passages have in common, each of one report with each of another.

In: texts. Out: a matrix of whole numbers, 0 to FULL: Dice's coefficient of the sets of three letters in a row (L. Dice,
"Measures of the amount of ecologic association between species", 1945). Only letters and Han characters count, and not
the number that opens a paragraph: figures and numbering tell nothing of wording. Whole numbers, so that sums of them
are exact and an alignment is the same on every machine.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, TypeAlias

from search_app.language import fold
from search_app.language.similarity.shared_wording import letters
from search_app.parsing.lines.markers import find_marker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.int64]

#: The likeness of equal wording.
FULL = 1000
_GRAM = 3
#: A figure is what a reader takes for one: 1,024 and 3.5 are one each.
FIGURE = re.compile(r"\d+(?:[.,，]\d+)*")


@dataclass(frozen=True, slots=True)
class Worded:
    """A text as it is compared: its letters, its figures with how many letters stand before each, its grams."""

    letters: str
    figures: tuple[tuple[int, str], ...]
    grams: frozenset[str]

    @classmethod
    def joined(cls, texts: "Iterable[Worded]") -> "Worded":
        """Return texts that follow each other as one."""
        counted = ""
        figures: list[tuple[int, str]] = []
        for each in texts:
            figures += ((len(counted) + place, figure) for place, figure in each.figures)
            counted += each.letters
        return cls(counted, tuple(figures), _grams(counted))


def read_wording(text: str) -> Worded:
    """Return a text as it is compared, the number that opens it left out."""
    marker = find_marker(text)
    folded = fold(text[marker.end :] if marker else text)
    counted = letters(folded)
    places = list(accumulate(len(letters(each)) for each in FIGURE.split(folded)[:-1]))
    figures = tuple(zip(places, FIGURE.findall(folded), strict=True))
    return Worded(counted, figures, _grams(counted))


def measure_pair(one: Worded, other: Worded) -> int:
    """Return how alike two texts are, 0 to FULL; FULL means the same letters in the same order."""
    if one.letters == other.letters:
        return FULL
    common = len(one.grams & other.grams)
    return min(2 * FULL * common // (len(one.grams) + len(other.grams)), FULL - 1)


def measure_contained(part: Worded, whole: Worded) -> int:
    """Return how much of a text stands in another, 0 to FULL."""
    return FULL * len(part.grams & whole.grams) // len(part.grams)


def measure_all(ours: Sequence[Worded], theirs: Sequence[Worded]) -> "Matrix":
    """Return how alike each of the first is to each of the second."""
    import numpy as np

    made = np.zeros((len(ours), len(theirs)), dtype=np.int64)
    held: dict[str, list[int]] = {}
    for at, each in enumerate(theirs):
        for gram in each.grams:
            held.setdefault(gram, []).append(at)
    sizes = np.array([len(each.grams) for each in theirs], dtype=np.int64)
    for at, each in enumerate(ours):
        places = list(chain.from_iterable(held[gram] for gram in each.grams if gram in held))
        if places:
            common = np.bincount(places, minlength=len(theirs))
            made[at] = np.minimum(2 * FULL * common // (sizes + len(each.grams)), FULL - 1)
    by_letters: dict[str, list[int]] = {}
    for at, each in enumerate(theirs):
        by_letters.setdefault(each.letters, []).append(at)
    for at, each in enumerate(ours):
        made[at, by_letters.get(each.letters, [])] = FULL
    return made


def _grams(counted: str) -> frozenset[str]:
    """Return the runs of three letters of a text, of a shorter one the whole, even where that is nothing."""
    if len(counted) <= _GRAM:
        return frozenset((counted,))
    return frozenset(counted[at : at + _GRAM] for at in range(len(counted) - _GRAM + 1))
