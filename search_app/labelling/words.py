"""Word lists: finding the words and patterns of many lists in a text at once.

Most words of a table are absent from a passage. So a pattern that stands for a handful of words (``执法(人员|队)``) is
written out, each word is filed under its first two characters, and only those filed under two characters that the text
holds are looked for at all. A pattern that cannot be written out is filed under a run that every match holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from re import Pattern
from typing import TypeAlias

from search_app.errors import ConfigError

_CROSSED = "▒"
#: A dot of the table stands for any character of the same clause.
_ANY = re.compile(r"(?<!\\)\.")
_NO_STOP = "[^，。；！？,;\\n]"
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]()|]")
_GROUP = re.compile(r"\([^()]*\)[?*]?(?:\{[^}]*\})?|\[[^\]]*\](?:\{[^}]*\}|[?*+])?|\\.|.(?:\{[^}]*\}|[?*])|[.^$+]")
_PIECE = re.compile(
    r"\((?P<group>[^()?\\.*+{}\[\]^$][^()\\.*+{}\[\]^$]*)\)(?P<maybe_group>\??)|\[(?P<set>[^\]\\^-]+)\](?P<maybe_set>\??)"
    r"|(?P<char>[^\\.^$*+?{}\[\]()|])(?P<maybe_char>\??)"
)
_BEGINNING = re.compile(r"(?:\((?P<group>[^()]+)\)|(?P<char>[^\\.^$*+?{}\[\]()|]))(?P<maybe>[?*{]?)")
_MOST_WRITTEN_OUT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry of a table; ``anchor`` is in every text that it matches, ``pattern`` is None for plain characters."""

    anchor: str
    pattern: Pattern[str] | None


#: A word in its file: place in the tables, name of its list, row, anchor, pattern.
_Filed: TypeAlias = tuple[int, str, int, str, Pattern[str] | None]


class Lexicon:
    """Several named lists of rows; the words of row 0 are crossed out before the others are looked for."""

    def __init__(self, lists: Mapping[str, tuple[list[str], ...]]) -> None:
        self._filed: dict[str, list[_Filed]] = {}
        order = 0
        for name, rows in lists.items():
            for row, words in enumerate(rows):
                for text in dict.fromkeys(words):
                    for word in compile_words(text, where=f"“{name}”"):
                        self._filed.setdefault(word.anchor[:2] if len(word.anchor) > 1 else "", []).append(
                            (order, name, row, word.anchor, word.pattern)
                        )
                        order += 1
        self._keys = frozenset(self._filed)

    def findings(self, text: str) -> dict[str, list[list[str]]]:
        """Return for each list what is found of each row; characters count for the first word they belong to."""
        filed, known = self._filed, self._keys.intersection
        candidates = [
            entry
            for gram in ("", *known(map(text.__getitem__, _pairs(len(text)))))
            for entry in filed.get(gram, ())
            if entry[3] in text
        ]
        candidates.sort(key=_in_order)
        made: dict[str, list[list[str]]] = {}
        current, kept = "", text
        for _, name, row, anchor, pattern in candidates:
            if name != current:
                current, kept = name, text
            if anchor not in kept:
                continue
            if pattern is None:
                here = [anchor] * kept.count(anchor)
                kept = kept.replace(anchor, _CROSSED)
            elif here := [found.group() for found in pattern.finditer(kept)]:
                kept = pattern.sub(_CROSSED, kept)
            else:
                continue
            made.setdefault(name, [[], [], [], []])[row].extend(here)
        return made


@lru_cache(maxsize=1024)
def _pairs(length: int) -> tuple[slice, ...]:
    """Return the slices that cut a text of this length into its runs of two characters."""
    return tuple(slice(at, at + 2) for at in range(length - 1))


def _in_order(entry: _Filed) -> int:
    return entry[0]


def compile_words(word: str, *, where: str) -> tuple[Word, ...]:
    """Compile one entry into the words that it stands for. Raises ConfigError for a pattern with a mistake."""
    whole = compile_word(word, where=where)
    if whole.pattern is None:
        return (whole,)
    if written := _written_out(word):
        return tuple(Word(anchor=one, pattern=None) for one in written)
    first = _PIECE.match(word)
    if whole.anchor or first is None or first["group"] is None:
        return (whole,)
    return tuple(compile_word(one + word[first.end() :], where=where) for one in _options(first))


def compile_word(word: str, *, where: str) -> Word:
    """Compile one entry. Raises ConfigError for a pattern with a mistake."""
    if not _SPECIAL.search(word):
        return Word(anchor=word, pattern=None)
    try:
        pattern = re.compile(_ANY.sub(_NO_STOP, word))
    except re.error as error:
        raise ConfigError(f"词表{where}里，“{word}”写法有误：{error}", hint="请检查括号，或换回原来的文件。") from error
    return Word(anchor=_anchor(word), pattern=pattern)


def _written_out(word: str) -> list[str]:
    """Return all words that a pattern stands for, or nothing where it has gaps or stands for too many.

    What is longer comes first: it would be crossed out in parts otherwise.
    """
    choices: list[list[str]] = []
    at, total = 0, 1
    for found in _PIECE.finditer(word):
        if found.start() != at:
            return []
        at = found.end()
        options = list(_options(found))
        total *= len(options)
        if total > _MOST_WRITTEN_OUT:
            return []
        choices.append(options)
    if at != len(word):
        return []
    made = dict.fromkeys("".join(parts) for parts in product(*choices))
    return sorted((one for one in made if one), key=len, reverse=True)


def _options(found: re.Match[str]) -> Iterator[str]:
    """Yield what one piece of a pattern may be."""
    if found["group"] is not None:
        yield from found["group"].split("|")
    elif found["set"] is not None:
        yield from found["set"]
    else:
        yield found["char"]
    if found["maybe_group"] or found["maybe_set"] or found["maybe_char"]:
        yield ""


def _anchor(word: str) -> str:
    """Return the longest run of characters that every match holds, or nothing where there is none."""
    bare = word
    while True:
        shorter = _GROUP.sub("\n", bare)
        if shorter == bare:
            break
        bare = shorter
    if "|" in bare or _SPECIAL.search(bare):
        return ""
    return max(bare.split("\n"), key=len)


def beginnings(words: Sequence[str]) -> str:
    """Return a character class of all that the words can begin with, or nothing where that cannot be told."""
    made: list[str] = []
    for word in words:
        if word.startswith("\\d"):
            made.append("\\d")
            continue
        found = _BEGINNING.match(word)
        if found is None:
            return ""
        options = found["group"].split("|") if found["group"] else [found["char"]]
        if not all(options) or found["maybe"] or any(_SPECIAL.match(one) for one in options):
            return ""
        made += [one[0] for one in options]
    return "".join(dict.fromkeys(made))
