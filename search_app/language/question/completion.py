"""Completion: which candidates continue what is being typed, in characters, pinyin, initials, or half and half.

In goes the list of candidates once (topics, phrases, places, with how often each is held), then what stands in the box;
out come candidates, the best first. The surprise: an input method shows letters while its user is not done, so that
矛盾jiuf is normal, and continues to 矛盾纠纷.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum

from search_app.language.analysis.folding import squeeze
from search_app.language.analysis.pinyin import loosen, to_initials, to_letters

_HALVES = re.compile(r"([^a-z]*)([a-z'’]*)")


class Fit(IntEnum):
    """How a candidate fits what is typed, the best first."""

    BEGINS = 0
    HALF = 1  # the typed characters begin it, the letters go on in pinyin or initials
    PINYIN = 2
    INITIALS = 3
    HOLDS = 4


class Completer:
    """Finds candidates for what is being typed; made once from candidate -> how often it is held, it never changes."""

    def __init__(self, candidates: Mapping[str, int]) -> None:
        ordered = sorted(candidates, key=lambda text: (-candidates[text], len(text), text))
        self._rows = tuple(
            (text, squeeze(text), to_letters(squeeze(text)), to_initials(squeeze(text))) for text in ordered
        )

    def completions(self, typed: str, *, limit: int = 10) -> tuple[str, ...]:
        """Return the candidates that fit what is typed: those that fit better first, then those that are held more."""
        found = sorted(self._fitting(squeeze(typed)), key=lambda pair: pair[0])
        return tuple(text for _, text in found[:limit])

    def _fitting(self, typed: str) -> Iterator[tuple[Fit, str]]:
        halves = _HALVES.fullmatch(typed)
        if not typed:
            return
        head, letters = (halves[1], loosen(halves[2])) if halves else (typed, "")
        for text, folded, spelling, letter_row in self._rows:
            if folded.startswith(typed):
                yield Fit.BEGINS, text
            elif letters and head:
                rest = len(head)
                if folded.startswith(head) and _continues(letters, to_letters(folded[rest:]), letter_row[rest:]):
                    yield Fit.HALF, text
            elif letters and spelling.startswith(letters):
                yield Fit.PINYIN, text
            elif letters and letter_row.startswith(letters):
                yield Fit.INITIALS, text
            elif typed in folded:
                yield Fit.HOLDS, text


def _continues(letters: str, spelling: str, letter_row: str) -> bool:
    return spelling.startswith(letters) or letter_row.startswith(letters)
