"""Other wordings: what reports may write for what was typed, from both tables: synonyms and everyday wordings.

In: a typed text. Out: the entries in it, in order and apart, each with its other wordings. Where the two tables
know the same characters the longer entry counts; of the very same ones, what both say.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from search_app.language.analysis.folding import squeeze, squeeze_with_offsets
from search_app.language.analysis.tokenizer import tokenize
from search_app.language.question.everyday import UNSURE, find_everyday
from search_app.language.question.synonyms import Wording, find_synonyms, heaviest_first

#: So many other wordings at most for one query, as Elasticsearch's users are advised for synonym expansion.
MOST = 64
#: One question asks for the entries of the same texts a dozen times.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``text[start:end]`` is what was typed, ``others`` how else it is said, heaviest first.

    ``spoken``: it is said so in everyday speech, where reports write the others; ``own`` are the places in the text of
    the characters that make it then, without those in its gaps.
    """

    start: int
    end: int
    others: tuple[Wording, ...]
    spoken: bool = False
    own: frozenset[int] = frozenset()


@lru_cache(maxsize=_REMEMBERED)
def find_wordings(text: str, *, spoken: bool = True) -> tuple[Entry, ...]:
    """Return the entries of both tables in a text, in order, none inside another; ``spoken=False``: of synonyms alone.

    Raises ConfigError where a table is wrong.
    """
    found = [Entry(start=each.start, end=each.end, others=each.others) for each in find_synonyms(text)]
    for everyday in _spoken(text) if spoken else ():
        across = [each for each in found if each.start < everyday.end and everyday.start < each.end]
        if any(each.end - each.start > everyday.end - everyday.start for each in across):
            continue
        same = [each for each in across if (each.start, each.end) == (everyday.start, everyday.end)]
        found = [each for each in found if each not in across]
        found.append(_both(same[0], everyday) if same else everyday)
    return _at_most(MOST, sorted(found, key=lambda each: each.start))


def _spoken(text: str) -> list[Entry]:
    whole, places = squeeze_with_offsets(text)
    made = []
    for span in find_everyday(whole, tokenize(whole)):
        typed = whole[span.start : span.end]
        others = tuple(
            Wording(text=each.text, weight=each.weight)
            for each in span.officials
            if typed not in squeeze(each.text)  # that finds it anyway
        )
        if others:
            end = places[span.end - 1] + 1
            told = all(each.weight <= UNSURE for each in span.officials)  # a name, and what it is about
            own = frozenset(places[at] for at in span.own)
            made.append(Entry(start=places[span.start], end=end, others=others, spoken=not told, own=own))
    return made


def _both(listed: Entry, spoken: Entry) -> Entry:
    """Return one entry with what both tables say of the same characters: a word of reports, so not spoken only."""
    return Entry(start=listed.start, end=listed.end, others=heaviest_first((*listed.others, *spoken.others)))


def _at_most(most: int, found: list[Entry]) -> tuple[Entry, ...]:
    """Return as many other wordings as a query may have, the same share for each entry."""
    if sum(len(each.others) for each in found) <= most:
        return tuple(found)
    share = max(most // len(found), 1)
    return tuple(replace(each, others=each.others[:share]) for each in found[:most])
