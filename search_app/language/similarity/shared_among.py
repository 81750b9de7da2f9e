"""Shared wording among many texts: of each how much stands in each of the others, measured all at once.

In: the texts. Out: :class:`SharedAmong`, whose numbers are exactly those that ``shared_wording.measure_overlap`` gives
for one text and the :class:`Wording` of another alone. Texts with the same letters are measured once, and one text is
held against all others in a few steps over arrays, because a stock phrase stands in hundreds of reports.
"""

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from search_app.language.similarity.shared_wording import RUN, letters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Runs: TypeAlias = NDArray[np.intp]

#: A place so far before every text that a run beginning there would reach none.
_NOWHERE = -(1 << 30)


class SharedAmong:
    """Some texts, by their places in the order given."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        counted = [letters(text) for text in texts]
        classes: dict[str, int] = {}
        self._class = [classes.setdefault(each, len(classes)) for each in counted]
        self._letters = [len(each) for each in counted]
        numbers: dict[str, int] = {}
        fresh = count()
        self._runs: list[Runs] = []
        for each in classes:
            found = []
            for run in _runs_of(each):
                if run not in numbers:
                    numbers[run] = next(fresh)
                found.append(numbers[run])
            self._runs.append(np.array(found, dtype=np.intp))
        self._known: dict[int, list[int]] = {}
        self._holds = np.zeros((len(classes), len(numbers)), dtype=bool)
        for number, runs in enumerate(self._runs):
            self._holds[number, runs] = True

    def letters(self, at: int) -> int:
        """Return how many letters the text at this place has."""
        return self._letters[at]

    def shared(self, at: int) -> list[int]:
        """Return how many letters of the text at this place stand in each of the texts, itself included."""
        number = self._class[at]
        if number not in self._known:
            self._known[number] = self._measure(self._runs[number], min(RUN, self._letters[at]))
        known = self._known[number]
        return [known[each] for each in self._class]

    def _measure(self, runs: "Runs", width: int) -> list[int]:
        """Return how many letters of a text stand in each of the different texts; ``runs`` begin at every letter."""
        import numpy as np

        held = self._holds[:, runs]
        places = np.arange(len(runs), dtype=np.int32)
        last = np.maximum.accumulate(np.where(held, places, np.int32(_NOWHERE)), axis=1)
        before = np.empty_like(last)
        before[:, :1], before[:, 1:] = _NOWHERE, last[:, :-1]
        # A run that begins before the last one ended adds only the letters that this one did not hold.
        added: list[int] = np.where(held, np.minimum(places - before, width), 0).sum(axis=1).tolist()
        return added


def _runs_of(counted: str) -> list[str]:
    width = min(RUN, len(counted))
    return [counted[at : at + width] for at in range(len(counted) - width + 1)] if counted else []
