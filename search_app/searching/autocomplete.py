"""Autocomplete: what the box offers while something is being typed.

In: an engine and the beginning of a question, in characters, pinyin or initials. Out: topics, towns and counties of the
index, and the words of this genre that its passages hold. The candidates of a generation are gathered once.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from search_app.engines.base import Engine, Generation
from search_app.language import Completer, synonym_words
from search_app.model import Facet
from search_app.query import MAX_QUERY
from search_app.searching.catalogue import catalogue_of, vocabulary_of

PHRASE = "常用说法"
_FACETS = (("主题", Facet.TOPIC), ("镇", Facet.TOWN), ("县", Facet.COUNTY))
#: A word that is in no table of ours is offered from this length and this many passages on.
_LONG, _FREQUENT = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to put into the box: ``kind`` is 主题, 镇, 县 or 常用说法; ``count`` is the passages that hold it."""

    kind: str
    text: str
    count: int


def suggest(engine: Engine, text: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Return what continues a text, topics and places first, of each kind what fits best and is held most."""
    if not text.strip():
        return ()
    held = _Candidates.of(engine)
    found = [
        Suggestion(kind=kind, text=each, count=counts[each])
        for kind, (counts, completer) in held.kinds.items()
        for each in completer.completions(text[:MAX_QUERY], limit=limit)
    ]
    share = max(limit // 2, 1)
    places_and_topics = {each.text for each in found if each.kind != PHRASE}
    phrases = [each for each in found if each.kind == PHRASE and each.text not in places_and_topics]
    named = [each for each in found if each.kind != PHRASE][: max(share, limit - len(phrases))]
    return (*named, *phrases[: limit - len(named)])


@dataclass(frozen=True, slots=True)
class _Candidates:
    """All that can be suggested in one generation: kind -> counts and what finds them."""

    generation: Generation
    kinds: dict[str, tuple[dict[str, int], Completer]]

    @classmethod
    def of(cls, engine: Engine) -> "_Candidates":
        """Return the candidates of the engine's generation in use."""
        held = catalogue_of(engine)
        with _lock:
            known = _known.get(engine)
            if known is None or known.generation != held.generation:
                known = _known[engine] = cls(held.generation, _kinds(engine))
        return known


def _kinds(engine: Engine) -> dict[str, tuple[dict[str, int], Completer]]:
    held, vocabulary, ours = catalogue_of(engine), vocabulary_of(engine), synonym_words()
    counted = {
        kind: {str(each.value): each.count for each in held.values(facet) if each.value is not None}
        for kind, facet in _FACETS
    }
    counted[PHRASE] = {
        word: count for word, count in vocabulary.items() if word in ours or (len(word) >= _LONG and count >= _FREQUENT)
    }
    return {kind: (counts, Completer(counts)) for kind, counts in counted.items()}


_known: WeakKeyDictionary[Engine, _Candidates] = WeakKeyDictionary()
_lock = threading.Lock()
