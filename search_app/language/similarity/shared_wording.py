"""Shared wording: which runs of characters of a text stand in other texts as well, one by one.

In: a text, and a :class:`Wording` of the texts it is held against. Out: the runs of the text that are shared, and how
many of its characters they are. Two texts share a run of RUN characters or more, or a whole text that is shorter, as
copy detection by fixed shingles does (U. Manber, "Finding similar files in a large file system", 1994), here without a
sample: every shingle is looked up, so the answer is exact. Only letters and Han characters count. Punctuation, spaces
and digits neither part two runs nor make one: a report of which the year and the figures alone were changed shares all
of its wording.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search_app.language.analysis.folding import fold

#: So many characters in a row are no chance. Measured by ``python -m benchmarks.shared_wording``.
RUN = 13
_NO_LETTER = re.compile(r"[\W\d_]+")


def letters(text: str) -> str:
    """Return what counts of a text: its letters and Han characters, folded."""
    return _NO_LETTER.sub("", fold(text))


class Wording:
    """Every run of RUN letters of some texts, so that other texts can be held against them; of each text apart."""

    __slots__ = ("_runs",)

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[str] = set()
        for text in texts:
            self._runs.update(_shingles(letters(text)))

    def __contains__(self, run: str) -> bool:
        return run in self._runs

    def find(self, counted: str) -> list[int]:
        """Return where in a text of letters a run of these texts begins, of a shorter text where the whole is one."""
        held, width = self._runs, min(RUN, len(counted))
        return [at for at in range(len(counted) - width + 1) if counted[at : at + width] in held] if counted else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How many letters a text has, and how many of them are ``shared``."""

    letters: int = 0
    shared: int = 0

    @property
    def share(self) -> float:
        """Return the shared part, 0.0 to 1.0; of a text without letters nothing is shared."""
        return self.shared / self.letters if self.letters else 0.0

    @property
    def percent(self) -> int:
        """Return the shared part in whole percent, rounded down: 100 says that all of it is shared."""
        return 100 * self.shared // self.letters if self.letters else 0

    def __add__(self, other: "Overlap") -> "Overlap":
        return Overlap(letters=self.letters + other.letters, shared=self.shared + other.shared)


def measure_overlap(text: str, wording: Wording) -> Overlap:
    """Return how much of a text is shared, figures and punctuation left out."""
    counted = letters(text)
    return Overlap(letters=len(counted), shared=sum(end - start for start, end in _runs(counted, wording)))


def find_shared(text: str, wording: Wording) -> tuple[tuple[int, int], ...]:
    """Return where a text is shared: start and end of each run, in order; a run holds the digits and marks within."""
    folded = fold(text)
    places = [at for match in _LETTER.finditer(folded) for at in range(*match.span())]
    return tuple((places[start], places[end - 1] + 1) for start, end in _runs(letters(text), wording))


_LETTER = re.compile(r"[^\W\d_]+")


def _shingles(counted: str) -> list[str]:
    """Return the runs of RUN letters of a text, of a shorter one the whole."""
    if len(counted) <= RUN:
        return [counted] if counted else []
    return [counted[at : at + RUN] for at in range(len(counted) - RUN + 1)]


def _runs(counted: str, wording: Wording) -> list[tuple[int, int]]:
    """Return the maximal runs of letters that are covered by shared shingles, as start and end."""
    width = min(RUN, len(counted))
    runs: list[tuple[int, int]] = []
    for at in wording.find(counted):
        if runs and at <= runs[-1][1]:
            runs[-1] = runs[-1][0], at + width
        else:
            runs.append((at, at + width))
    return runs
