"""Autocomplete: what the box offers while something is being typed.

In: an engine and the beginning of a question, in characters, pinyin or initials. Out: topics, towns and counties of the
index, and the words of this genre that its passages hold. The candidates of a generation are gathered once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.facets import SUGGESTED
from search_app.language import Completer, synonym_words
from search_app.query import MAX_QUERY
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in

PHRASE = "常用说法"
#: A word that is in no table of ours is offered from this length and this many passages on.
_LONG, _FREQUENT = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to put into the box: ``kind`` is a facet's name or 常用说法, ``count`` how many passages hold it."""

    kind: str
    text: str
    count: int


def suggest(engine: Engine, text: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Return what continues a text, topics and places first, of each kind what fits best and is held most."""
    if not text.strip():
        return ()
    found = [
        Suggestion(kind=kind, text=each, count=counts[each])
        for kind, (counts, completer) in _candidates_of(reports_in(engine)).items()
        for each in completer.completions(text[:MAX_QUERY], limit=limit)
    ]
    share = max(limit // 2, 1)
    places_and_topics = {each.text for each in found if each.kind != PHRASE}
    phrases = [each for each in found if each.kind == PHRASE and each.text not in places_and_topics]
    named = [each for each in found if each.kind != PHRASE][: max(share, limit - len(phrases))]
    return (*named, *phrases[: limit - len(named)])


def _gather(engine: Engine) -> Mapping[str, tuple[dict[str, int], Completer]]:
    """Return all that can be suggested: kind -> counts and what finds them."""
    held, vocabulary, ours = catalogue_of(engine), vocabulary_of(engine), synonym_words()
    counted = {
        kind.name: {str(each.value): each.count for each in held.values(kind.facet) if each.value is not None}
        for kind in SUGGESTED
    }
    counted[PHRASE] = {
        word: count for word, count in vocabulary.items() if word in ours or (len(word) >= _LONG and count >= _FREQUENT)
    }
    return {kind: (counts, Completer(counts)) for kind, counts in counted.items()}


_candidates_of = PerGeneration(_gather)
