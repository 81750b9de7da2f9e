"""jieba over a mapped dictionary: the same words as jieba gives, without the half second that it takes to load.

For the few short texts of a process that ends soon. It is jieba's algorithm (the most likely way through a lattice of
the dictionary's words; what lies between them by a hidden Markov model of where characters stand in words, with
Viterbi's algorithm) over the same dictionary and probabilities, laid out once as arrays (:func:`lay_out`). Runs of Han
are cut like the jieba that they were laid out from, but for ties in the last digit of a sum; tests hold it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search_app.array_file import ArrayFile

#: Where a character stands in a word: at its beginning, in its middle, at its end, or as a word of its own.
STATES = "BMES"
#: From which states one comes to each.
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}
#: The logarithm of what never happens, as jieba has it.
NEVER = -3.14e100
#: Words of other characters are never asked for.
_HAN = re.compile("[一-鿕]+")
#: The characters whose places in words are known, by code point.
FIRST, LAST = 0x4E00, 0x9FFF
#: So many stretches are remembered with how often they stand.
_REMEMBERED = 1 << 14


class MappedJieba:
    """Cuts runs of Han. Made from the arrays of :func:`lay_out`."""

    def __init__(self, file: "ArrayFile", told: Mapping[str, Any]) -> None:
        self._text = file["words.text"].tobytes().decode("utf-16-le")
        self._ends = file["words.ends"].data
        self._counts = file["words.counts"].data
        self._emit = {state: file[f"emit.{state}"].data for state in STATES}
        self._start: Mapping[str, float] = told["start"]
        self._follow: Mapping[str, Mapping[str, float]] = told["follow"]
        self._log_total = log(told["total"])
        self._count = lru_cache(_REMEMBERED)(self._look_up)

    def cut(self, run: str) -> list[str]:
        """Return the words of a run in search mode, each longer one after the words inside it."""
        return [word for word, _, _ in self.tokenize(run)]

    def plain(self, run: str) -> list[str]:
        """Return the words of a run, each character in one of them."""
        return [run[start:end] for start, end in self._spans(run, guess=True)]

    def tokenize(self, run: str) -> list[tuple[str, int, int]]:
        """Return the words of a run in search mode with their places."""
        return list(self._searched(run, guess=True))

    def listed(self, run: str) -> list[tuple[str, int, int]]:
        """Return what :meth:`tokenize` does without words that the dictionary does not hold."""
        return list(self._searched(run, guess=False))

    def how_often(self, word: str) -> int:
        """Return how often a word stands in jieba's texts; 0 where the dictionary does not hold it."""
        return self._count(word) or 0

    def _searched(self, run: str, *, guess: bool) -> Iterator[tuple[str, int, int]]:
        for start, end in self._spans(run, guess=guess):
            for length in (2, 3):
                if end - start > length:
                    for at in range(start, end - length + 1):
                        if self._count(inner := run[at : at + length]):
                            yield inner, at, at + length
            yield run[start:end], start, end

    def _spans(self, run: str, *, guess: bool) -> Iterator[tuple[int, int]]:
        """Yield where the words of a run are; characters between words of the dictionary are guessed together."""
        ends = self._likeliest(run)
        start = at = 0
        while at <= len(run):
            end = ends[at] if at < len(run) else at
            if end - at != 1:  # a word, or the end: what stood before it alone is told first
                if start < at:
                    yield from self._alone(run, start, at, guess=guess)
                if end == at:
                    return
                yield at, end
                start = end
            at = end

    def _alone(self, run: str, start: int, end: int, *, guess: bool) -> Iterator[tuple[int, int]]:
        """Yield the words among characters that stand alone; what the dictionary holds, though, comes apart."""
        if not guess or end - start == 1 or self._count(run[start:end]):
            yield from ((at, at + 1) for at in range(start, end))
        else:
            yield from self._guessed(run, start, end)

    def _likeliest(self, run: str) -> list[int]:
        """Return for each place where the word ends that begins there on the most likely way to the end."""
        size = len(run)
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            found: tuple[float, int] | None = None
            end = start + 1
            while end <= size and (count := self._count(run[start:end])) is not None:
                if count:
                    found = self._better(found, count, best[end], end)
                end += 1
            best[start], ends[start] = found or self._better(None, 1, best[start + 1], start + 1)
        return ends

    def _better(self, found: tuple[float, int] | None, count: int, rest: float, end: int) -> tuple[float, int]:
        this = (log(count) - self._log_total + rest, end)
        return this if found is None else max(found, this)

    def _guessed(self, run: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the words that the hidden Markov model sees in a stretch."""
        reached = {state: (self._start[state] + self._emitted(state, run[start]), state) for state in STATES}
        for at in range(start + 1, end):
            reached = {state: self._step(reached, state, run[at]) for state in STATES}
        path = max((reached[state][0], state, reached[state][1]) for state in "ES")[2]
        cuts = [start, *(start + at + 1 for at, state in enumerate(path) if state in "ES")]
        yield from pairwise(cuts)

    def _step(self, reached: Mapping[str, tuple[float, str]], state: str, char: str) -> tuple[float, str]:
        emitted = self._emitted(state, char)
        likely, last = max(
            (reached[before][0] + self._follow[before].get(state, NEVER) + emitted, before) for before in _BEFORE[state]
        )
        return likely, reached[last][1] + state

    def _emitted(self, state: str, char: str) -> float:
        return self._emit[state][ord(char) - FIRST] if FIRST <= ord(char) <= LAST else NEVER

    def _look_up(self, stretch: str) -> int | None:
        """Return how often a word stands in jieba's texts; 0 where longer words begin so, None where none does."""
        at = bisect_left(range(len(self._ends)), stretch, key=self._word)
        if at == len(self._ends):
            return None
        word = self._word(at)
        return self._counts[at] if word == stretch else 0 if word.startswith(stretch) else None

    def _word(self, at: int) -> str:
        return self._text[self._ends[at - 1] if at else 0 : self._ends[at]]


def lay_out(own: Mapping[str, int]) -> "tuple[dict[str, Any], dict[str, NDArray[np.generic]]]":
    """Return jieba's dictionary with our own words, and its model: what is not an array, and the arrays.

    ``own`` tells how often each of our words is taken to stand.
    """
    import numpy as np

    from search_app.old_libraries import import_quietly

    import_quietly("jieba.finalseg")
    from jieba import finalseg

    counts = {**read_dictionary(), **own}
    words = sorted(word for word in counts if _HAN.fullmatch(word))
    arrays: dict[str, NDArray[np.generic]] = {
        "words.text": np.frombuffer("".join(words).encode("utf-16-le"), dtype=np.uint8),
        "words.ends": np.array(list(accumulate(map(len, words))), dtype=np.uint32),
        "words.counts": np.array([counts[word] for word in words], dtype=np.uint32),
    }
    for state in STATES:
        known = finalseg.emit_P[state]
        arrays[f"emit.{state}"] = np.array([known.get(chr(code), NEVER) for code in range(FIRST, LAST + 1)])
    told = {"total": sum(counts.values()), "start": dict(finalseg.start_P), "follow": dict(finalseg.trans_P)}
    return told, arrays


def read_dictionary() -> dict[str, int]:
    """Return the words of jieba's dictionary with how often each stands in the texts that it was made from."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines if line)
    return {row[0]: int(row[1]) for row in rows}
