"""Word lists: finding many words and patterns in a text quickly.

Most words of a table are absent from a passage, and ``in`` says so at C speed: a word is looked for as plain
characters, a pattern only where the plain characters that it cannot do without are present.
"""

import re
from dataclasses import dataclass
from re import Pattern

from search_app.errors import ConfigError

_CROSSED = "▒"
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]()|]")
_GROUP = re.compile(r"\([^()]*\)[?*]?(?:\{[^}]*\})?|\[[^\]]*\](?:\{[^}]*\}|[?*+])?|\\.|.(?:\{[^}]*\}|[?*])|[.^$+]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry of a table; ``anchor`` is in every text that it matches, ``pattern`` is None for plain characters."""

    anchor: str
    pattern: Pattern[str] | None


class Words:
    """A list of words and patterns."""

    def __init__(self, words: list[str], *, where: str = "") -> None:
        self._words = tuple(_word(word, where) for word in dict.fromkeys(words))

    def found(self, text: str) -> list[str]:
        """Return every occurrence of every word; characters count for the first word that they belong to."""
        made: list[str] = []
        for word in self._words:
            if word.anchor in text:
                if word.pattern is None:
                    made.extend([word.anchor] * text.count(word.anchor))
                    text = text.replace(word.anchor, _CROSSED)
                elif here := [found.group() for found in word.pattern.finditer(text)]:
                    made.extend(here)
                    text = word.pattern.sub(_CROSSED, text)
        return made

    def any_in(self, text: str) -> bool:
        """Say whether at least one word occurs."""
        return any(
            word.anchor in text and (word.pattern is None or word.pattern.search(text) is not None)
            for word in self._words
        )

    def crossed_out(self, text: str) -> str:
        """Return the text with every occurrence replaced by a mark that no word contains."""
        for word in self._words:
            if word.anchor in text:
                text = text.replace(word.anchor, _CROSSED) if word.pattern is None else word.pattern.sub(_CROSSED, text)
        return text


def _word(word: str, where: str) -> Word:
    if not _SPECIAL.search(word):
        return Word(anchor=word, pattern=None)
    try:
        pattern = re.compile(word)
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
