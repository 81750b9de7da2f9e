"""Lookup keys: each word or phrase of a query -> the terms or characters that it is looked up as, and in which field.

In: a leaf of the query tree. Out: keys, which a segment looks up one by one (segment_lookup.py). The surprise: plain
words come apart twice. Every word of theirs counts towards the score; but whether a passage matches is decided by the
longest of them alone, as characters, so that it does not depend on how the passage was cut. A lone character is part of
the word beside it (员 of 网格员), or decides nothing: by itself it stands nearly everywhere inside of others.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from search_app.language import cut_terms, find_whole_words, squeeze
from search_app.query import Phrase, Words


class Target(StrEnum):
    """What is looked for, and in what of a passage."""

    WORD = "word"
    """A word as the tokeniser cuts it, in the text or in the headings above."""
    HEADING_WORD = "heading word"
    """A word as the tokeniser cuts it, in the headings above or in the title of the report."""
    VERBATIM = "verbatim"
    """Characters in the text or in one heading above, as they stand."""
    TITLE = "title"
    """Characters in one heading above or in the title of the report, as they stand."""
    EITHER = "either"
    """Characters in the text or in one heading above; a figure at their end is a whole one: 12个 is not in 912个."""
    HEADING = "heading"
    """Characters in one heading above, where a figure is a whole one, or in the title of the report."""


#: The targets that ask for a word of the tokeniser's.
WORDS = frozenset({Target.WORD, Target.HEADING_WORD})


class LookupKey(NamedTuple):
    """One thing to be looked for."""

    target: Target
    text: str


class SplitWords(NamedTuple):
    """What plain words ask for."""

    tokens: tuple[LookupKey, ...]  # the different words: what is scored
    parts: tuple[LookupKey, ...]  # the longest of them, as characters with their signs: what must stand there, or
    literal: LookupKey  # all the characters as typed
    #: The characters as typed may stand where not all parts do: else the parts decide alone.
    literal_adds: bool


@lru_cache(maxsize=1024)
def split_words(node: Words) -> SplitWords:
    """Return what plain words are scored by, and what must stand in a passage that matches."""
    target, literal = Target.HEADING_WORD if node.field == "heading" else Target.WORD, literal_of(node)
    whole = {token.text for token in find_whole_words(node.text)} if not node.whole else set()
    longer = {word for word in whole if len(word) > 1}  # beside words, a lone character only scores
    parts = sorted(longer or whole, key=lambda word: (-len(word), word)) or [literal.text]
    tokens = sorted(set(cut_terms(node.text)))
    return SplitWords(
        tokens=tuple(LookupKey(target, token) for token in tokens),
        parts=tuple(LookupKey(literal.target, word) for word in parts),
        literal=literal,
        literal_adds=not all(_stands_within(part, literal.text) for part in parts),
    )


def _stands_within(part: str, literal: str) -> bool:
    """Tell whether a part stands wherever the characters as typed do; a figure may there be part of a longer one."""
    return part == literal or (part in literal and not part[0].isdigit() and not part[-1].isdigit())


@lru_cache(maxsize=1024)
def literal_of(node: Words | Phrase) -> LookupKey:
    """Return the typed characters of a node."""
    heading = node.field == "heading"
    if isinstance(node, Phrase):
        return LookupKey(Target.TITLE if heading else Target.VERBATIM, squeeze(node.text))
    return LookupKey(Target.HEADING if heading else Target.EITHER, squeeze(node.text))
