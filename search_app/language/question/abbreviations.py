"""Abbreviations: which names of this genre a short form may stand for: 人调委 for 人民调解委员会.

In: a typed word. Out: names from the table of synonyms and the own dictionary, shortest first. Chinese shortens a name
to the first characters of its words, in their order; the last may be the last character of all (队 of 综合行政执法队),
and of a long name some words are passed over. The surprise: the table cannot name them all, but none is guessed for
what the dictionary knows as a word, for the name of a place, nor for two characters, which may be anybody's name.
"""

from collections.abc import Mapping
from functools import cache

from search_app.language.analysis.folding import squeeze
from search_app.language.analysis.tokenizer import is_listed, own_words, tokenize
from search_app.language.question.synonyms import synonym_words
from search_app.lazy_patterns import lazy_pattern

#: So many names at most for one short form.
MOST = 6
_SHORT = lazy_pattern("[一-鿿]{2,4}[^\\W村镇乡县市区]")
#: Fewer characters are no name of several words.
_SHORTEST_NAME = 4


def find_full_names(text: str) -> tuple[str, ...]:
    """Return the names that a text may be short for, at most :data:`MOST`; empty where it is a word itself."""
    typed = squeeze(text)
    if not _SHORT.fullmatch(typed) or typed in synonym_words() or is_listed(typed):
        return ()
    found = [name for name in _names().get(typed[0], ()) if _holds_in_order(name, typed) and _is_short_for(typed, name)]
    return tuple(sorted(found, key=lambda name: (len(name), name))[:MOST])


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return the names of this genre by their first character."""
    made: dict[str, list[str]] = {}
    for name in synonym_words() | own_words():
        if len(name) >= _SHORTEST_NAME:
            made.setdefault(name[0], []).append(name)
    return {first: tuple(names) for first, names in made.items()}


def _holds_in_order(name: str, typed: str) -> bool:
    rest = iter(name)
    return len(typed) < len(name) and all(char in rest for char in typed)


def _is_short_for(typed: str, name: str) -> bool:
    """Tell whether typed characters begin the words of a name in order, its first and its last among them."""
    starts = sorted({token.start for token in tokenize(name) if token.end - token.start < len(name)})
    last, reached, begun = max(starts, default=0), 0, 0
    for char in typed[1:]:
        found = next((start for start in starts if start > reached and name[start] == char), None)
        if found is None:
            break
        reached, begun = found, begun + 1
    left = typed[1 + begun :]
    ends = left == name[-1] if left else reached == last
    told = begun + (bool(left) and reached != last)  # 队 tells the last word, 大队, as well
    return ends and begun > 0 and len(starts) - 1 - told <= len(typed) // 2
