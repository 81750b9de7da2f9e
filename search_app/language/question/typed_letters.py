"""Typed letters: which letters of a text may be pinyin or initials, and where the words lie that they were typed as.

In: a typed text. Out: it folded and without the blanks between letters (tiao jie), where its runs of letters stand by
themselves and joined, and where the blanks were.
"""

from typing import NamedTuple

from search_app.language.analysis.folding import fold
from search_app.lazy_patterns import lazy_pattern

_RUN = lazy_pattern("[a-zü]+")
_APART = lazy_pattern(r"[a-zü]+(?:[\s'’]+[a-zü]+)*")
#: Letters of a name (QQ群): whoever types initials does so in small letters, or types nothing else.
_ACRONYM = lazy_pattern("(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")


class TypedLetters(NamedTuple):
    """``runs`` are the runs of letters in ``folded`` that may be initials, ``gaps`` the places of blanks in it."""

    folded: str
    runs: frozenset[tuple[int, int]]
    gaps: frozenset[int]


def join_letters(text: str) -> TypedLetters:
    """Return a text without blanks between letters, and where they stood."""
    folded, made, at = fold(text).strip(), "", 0
    acronyms = () if text.isascii() else fold(" ".join(_ACRONYM.findall(text))).split()
    runs, gaps = set[tuple[int, int]](), set[int]()
    for group in _APART.finditer(folded):
        made += folded[at : group.start()]
        start, at = len(made), group.end()
        for run in _RUN.findall(group.group()):
            runs.add((len(made), len(made) + len(run)))
            made += run
            gaps.add(len(made))
        runs.add((start, len(made)))
        gaps.discard(len(made))
    made += folded[at:]
    return TypedLetters(made, frozenset(run for run in runs if made[slice(*run)] not in acronyms), frozenset(gaps))
