"""Word lists: finding the words and patterns of many lists in a text at once.

Most words of a table are absent from a passage. So each is filed under two characters that it cannot do without, and
only those filed under two characters that the text holds are looked for at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from search_app.errors import ConfigError

_CROSSED = "▒"
#: A dot of the table stands for any character of the same clause.
_ANY = re.compile(r"(?<!\\)\.")
_NO_STOP = "[^，。；！？,;\n]"
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]()|]")
_GROUP = re.compile(r"\([^()]*\)[?*]?(?:\{[^}]*\})?|\[[^\]]*\](?:\{[^}]*\}|[?*+])?|\\.|.(?:\{[^}]*\}|[?*])|[.^$+]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry of a table; ``anchor`` is in every text that it matches, ``pattern`` is None for plain characters."""

    anchor: str
    pattern: Pattern[str] | None

    def found(self, text: str) -> list[str]:
        """Return every occurrence."""
        if self.anchor not in text:
            return []
        if self.pattern is None:
            return [self.anchor] * text.count(self.anchor)
        return [found.group() for found in self.pattern.finditer(text)]

    def crossed_out(self, text: str) -> str:
        """Return the text with every occurrence replaced by a mark that no word contains."""
        return text.replace(self.anchor, _CROSSED) if self.pattern is None else self.pattern.sub(_CROSSED, text)


class Lexicon:
    """Several named lists of rows; the words of row 0 are crossed out before the others are looked for."""

    def __init__(self, lists: Mapping[str, tuple[list[str], ...]]) -> None:
        self._filed: dict[str, list[tuple[int, str, int, Word]]] = {}
        order = 0
        for name, rows in lists.items():
            for row, words in enumerate(rows):
                for text in dict.fromkeys(words):
                    word = compile_word(text, where=f"“{name}”")
                    self._filed.setdefault(word.anchor[:2], []).append((order, name, row, word))
                    order += 1
        self._keys = frozenset(self._filed)

    def findings(self, text: str) -> dict[str, list[list[str]]]:
        """Return for each list what is found of each row; characters count for the first word they belong to."""
        grams = {text[at : at + 2] for at in range(len(text))} | set(text) | {""}
        filed = self._filed
        candidates = [entry for gram in grams & self._keys for entry in filed[gram] if entry[3].anchor in text]
        candidates.sort()
        made: dict[str, list[list[str]]] = {}
        current, kept = "", text
        for _, name, row, word in candidates:
            if name != current:
                current, kept = name, text
            if here := word.found(kept):
                kept = word.crossed_out(kept)
                made.setdefault(name, [[], [], [], []])[row].extend(here)
        return made


def compile_word(word: str, *, where: str) -> Word:
    """Compile one entry. Raises ConfigError for a pattern with a mistake."""
    if not _SPECIAL.search(word):
        return Word(anchor=word, pattern=None)
    try:
        pattern = re.compile(_ANY.sub(_NO_STOP, word))
    except re.error as error:
        raise ConfigError(f"词表{where}里，“{word}”写法有误：{error}", hint="请检查括号，或换回原来的文件。") from error
    return Word(anchor=_anchor(word), pattern=pattern)


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
