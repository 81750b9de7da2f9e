"""The vocabulary: which of the known terms stand in a text, for all passages of a report at once.

In go texts, out come the rows (of a table of weights) of the different terms in each. A term is a pair of characters or
a longer word. The surprise: all pairs of all texts are looked up together, as numbers, in a table of first by second
characters; only a longer word that can begin where a pair stands is compared as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PAIR = 2  # characters of a term that is looked up as a number
_CHARACTERS = 0x110000
_BITS = 20  # of a row number beside the number of its text
_JOINT = "\n"  # stands in no term

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The different terms of some texts, text by text: the number of the text and the row of the term.

    Row 0 is no term and stands first in each text, so that none is empty; ``starts`` says where.
    """

    texts: Numbers
    rows: Numbers
    starts: Numbers

    def gathered(self, owners: Sequence[int]) -> "Found":
        """Return the different terms of what the texts are parts of, given the whole of each text, in rising order."""
        return _distinct(np.array(owners)[self.texts], self.rows, owners[-1] + 1 if owners else 0)


def _distinct(texts: Numbers, rows: Numbers, count: int) -> Found:
    own = np.arange(count) << _BITS
    keys = np.concatenate((own, (texts << _BITS) | rows))
    keys.sort()
    keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if count else keys
    return Found(texts=keys >> _BITS, rows=keys & ((1 << _BITS) - 1), starts=keys.searchsorted(own))


class Vocabulary:
    """Known terms, each with the number of its row."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._pairs = {term: row for term, row in rows.items() if len(term) == PAIR}
        self._longer: dict[str, list[tuple[str, int]]] = {}
        for term, row in rows.items():
            if len(term) > PAIR:
                self._longer.setdefault(term[: PAIR + 1], []).append((term, row))
        first = {char: at for at, char in enumerate(sorted({pair[0] for pair in (*self._pairs, *self._longer)}), 1)}
        second = {char: at for at, char in enumerate(sorted({pair[1] for pair in (*self._pairs, *self._longer)}), 1)}
        width = len(second) + 1
        self._first = np.zeros(_CHARACTERS, dtype=np.int32)
        self._second = np.zeros(_CHARACTERS, dtype=np.int32)
        for char, at in first.items():
            self._first[ord(char)] = at * width
        for char, at in second.items():
            self._second[ord(char)] = at
        self._row = np.zeros((len(first) + 1) * width, dtype=np.int32)
        for pair, row in self._pairs.items():
            self._row[self._place(pair)] = row
        self._begins = np.zeros(len(self._row), dtype=np.bool_)
        for begin in self._longer:
            self._begins[self._place(begin)] = True

    def _place(self, pair: str) -> int:
        return int(self._first[ord(pair[0])] + self._second[ord(pair[1])])

    def of(self, text: str) -> set[str]:
        """Return the different known terms of one short text."""
        made = {text[at : at + PAIR] for at in range(len(text) - PAIR + 1)} & self._pairs.keys()
        for at in range(len(text) - PAIR):
            made.update(term for term, _ in self._longer.get(text[at : at + PAIR + 1], ()) if text.startswith(term, at))
        return made

    def found(self, texts: Sequence[str]) -> Found:
        """Return the different known terms of each text; the same as :meth:`of`, much faster for many."""
        joined = _JOINT.join((*texts, ""))
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        pairs = self._first[codes[:-1]] + self._second[codes[1:]]
        rows = self._row[pairs]
        at = rows.nonzero()[0]
        places, longer = self._longer_words(joined, self._begins[pairs].nonzero()[0].tolist())
        owners = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
        return _distinct(
            np.concatenate((owners[at], owners[places])),
            np.concatenate((rows[at], longer)),
            len(texts),
        )

    def _longer_words(self, text: str, places: Iterable[int]) -> tuple[Numbers, Numbers]:
        """Return where longer words stand in a text, and their rows."""
        known, made = self._longer, []
        for place in places:
            for term, row in known.get(text[place : place + PAIR + 1], ()):
                if text.startswith(term, place):
                    made.append((place, row))
        both = np.array(made, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]
