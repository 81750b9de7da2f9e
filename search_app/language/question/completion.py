"""Completion: which candidates continue what is being typed, in characters, pinyin, initials, or half and half.

In goes the list of candidates once (topics, phrases, places, with how often each is held), then what stands in the box;
out come candidates, the best first. The surprise: an input method shows letters while its user is not done, so that
矛盾jiuf is normal, and continues to 矛盾纠纷.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice

from search_app.language.analysis.folding import squeeze
from search_app.language.analysis.pinyin import loosen, to_initials, to_letters

_HALVES = re.compile(r"([^a-z]*)([a-z'’]*)")
#: A sign that nobody types, and the last of all characters.
_APART, _LAST = "\n", "\U0010ffff"


class Completer:
    """Finds candidates for what is being typed; made once from candidate -> how often it is held, it never changes.

    The better fits are ranges of sorted lists; what only holds the text is looked for in all candidates joined.
    """

    def __init__(self, candidates: Mapping[str, int]) -> None:
        self._texts = sorted(candidates, key=lambda text: (-candidates[text], len(text), text))
        folded = [squeeze(text) for text in self._texts]
        self._folded = _Sorted(folded)
        self._spelt = _Sorted([to_letters(text) for text in folded])
        self._initials = _Sorted([to_initials(text) for text in folded])
        self._joined = _APART.join(["", *folded, ""])
        self._ends = list(accumulate(len(text) + 1 for text in folded))

    def completions(self, typed: str, *, limit: int = 10) -> tuple[str, ...]:
        """Return the candidates that fit what is typed: those that fit better first, then those that are held more.

        Best is what begins with it; then what goes on in pinyin or initials behind the characters; what is spelt so,
        what has these initials; last what holds it.
        """
        found: dict[int, None] = {}
        for ranks in self._fitting(squeeze(typed)):
            found.update(dict.fromkeys(islice((rank for rank in ranks if rank not in found), limit - len(found))))
            if len(found) >= limit:
                break
        return tuple(self._texts[rank] for rank in found)

    def _fitting(self, typed: str) -> Iterator[Iterable[int]]:
        """Yield the ranks of the candidates of each fit, the most held first."""
        if not typed:
            return
        yield sorted(self._folded.beginning(typed))
        halves = _HALVES.fullmatch(typed)
        head, letters = (halves[1], loosen(halves[2])) if halves else (typed, "")
        if letters and head:
            begun = sorted(self._folded.beginning(head))
            yield (rank for rank in begun if self._goes_on(rank, len(head), letters))
        elif letters:
            yield sorted(self._spelt.beginning(letters))
            yield sorted(self._initials.beginning(letters))
        yield self._holding(typed)

    def _goes_on(self, rank: int, head: int, letters: str) -> bool:
        rest = squeeze(self._texts[rank])[head:]
        return to_letters(rest).startswith(letters) or to_initials(rest).startswith(letters)

    def _holding(self, typed: str) -> Iterator[int]:
        at = self._joined.find(typed)
        while at >= 0:
            rank = bisect_right(self._ends, at - 1)
            yield rank
            at = self._joined.find(typed, self._ends[rank] + 1)


class _Sorted:
    """Strings in order, each with its rank."""

    def __init__(self, strings: list[str]) -> None:
        ordered = sorted(range(len(strings)), key=strings.__getitem__)
        self._strings = [strings[rank] for rank in ordered]
        self._ranks = ordered

    def beginning(self, start: str) -> list[int]:
        """Return the ranks of those that begin so."""
        first = bisect_left(self._strings, start)
        last = bisect_left(self._strings, start + _LAST, lo=first)
        return self._ranks[first:last]
