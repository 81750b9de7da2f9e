"""Word edges: where the words of a typed text begin and end, and which entries of the table stand free among them.

In: typed text. Out: its telling runs, and entries with the ends of the words that they are about. The surprise: what
the tokeniser leaves as a lone character is a piece of a word that it does not know, so an entry beside one is often no
word by itself (调解 of 调解园).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from search_app.language import FAINT, Entry, find_wordings, squeeze, tokenize
from search_app.language.analysis.han_numbers import ANY_NUMERAL
from search_app.language.analysis.whole_words import SUFFIXES
from search_app.language.question.synonyms import BEHIND
from search_app.query import Words

#: What an entry is about stays the same with one of these behind it.
_BEHIND = BEHIND | frozenset("日量数课")
#: A verb of one character before one of these says no more than it (拿出来, 管起来).
_WHITHER = frozenset(["起来", "出来", "回来", "出去", "下来"])
#: So short a text is one name, whatever it is made of.
_NAME = 4


def find_standing_entries(text: str, *, spoken: bool = True) -> Iterator[tuple[Entry, int]]:
    """Yield the entries of the tables in a text, and where the words end that they are about.

    A character left over between entries belongs to the one before it, or where there is none, behind: 信访局 is about
    信访, but of any other word an entry is no more than a part (调解 of 调解园).
    Everyday wordings stand as they are.
    """
    entries = find_wordings(text, spoken=spoken)
    ends = {entry: entry.end for entry in entries}
    for before, entry in pairwise((None, *entries, None)):
        start, end = before.end if before else 0, entry.start if entry else len(text)
        runs = [run.text for run in find_telling_runs(Words(text=text[start:end]))] or [""]
        first, last = _lone(runs[0]), _lone(runs[-1])
        if before and not before.spoken and first and text.startswith(first, start) and first not in ANY_NUMERAL:
            if first in _BEHIND:
                ends[before] = start + 1
            elif first in SUFFIXES or len(text) <= _NAME:
                ends.pop(before, None)
        elif entry and not entry.spoken and last and text.endswith(last, start, end) and len(text) <= _NAME:
            ends.pop(entry, None)
    return iter(ends.items())


def _lone(run: str) -> str:
    return run if len(run) == 1 else ""


def is_loose(char: str, text: str) -> bool:
    """Tell whether a text is a lone character that stands beside a word, and so is no word that was typed by itself."""
    at = text.find(char)
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return len(char) == 1 and not char.isascii() and any(each and each not in FAINT and each != " " for each in around)


def is_compound(text: str) -> bool:
    """Tell whether a text is two characters that the dictionary knows apart only: 报到 is about neither."""
    return len(squeeze(text)) == 2 and [len(token.text) for token in tokenize(text)] == [1, 1] and not text.isascii()


def find_telling_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the runs of a text lie between words that say nothing of what is looked for."""
    tokens, at = tokenize(text), 0
    for number, token in enumerate(tokens):
        inside = any(other != token and other.start <= token.start and token.end <= other.end for other in tokens)
        if token.text in FAINT and not inside:
            verb = tokens[number - 1] if number and token.text in _WHITHER else token
            yield at, verb.start if verb.start >= at and verb.end - verb.start == 1 else token.start
            at = token.end
    yield at, len(text)


def find_telling_runs(node: Words) -> Iterator[Words]:
    """Yield the runs of a text between words that say nothing of what is looked for; none where all are such."""
    for start, end in find_telling_spans(node.text):
        yield from _if_any(replace(node, text=node.text[start:end]))


def _if_any(node: Words) -> Iterator[Words]:
    if tokenize(node.text) or any(char.isalnum() for char in node.text):
        yield replace(node, text=node.text.strip())
