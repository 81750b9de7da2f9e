"""Autocomplete: what the box offers while something is being typed.

In: an engine and the beginning of a question, in characters, pinyin or initials. Out: topics, towns and counties of the
index, the words of this genre that its passages hold, and phrases that they write; where several words were typed, also
what continues the last one, behind those before it. The candidates of a generation are gathered once. Whatever is
offered is found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.facets import SUGGESTED
from search_app.language import Completer, squeeze, synonym_words
from search_app.query import MAX_QUERY, Search, parse
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.index_phrases import IndexPhrases, phrases_of
from search_app.searching.per_generation import PerGeneration, RecentAnswers
from search_app.searching.report_scope import reports_in

PHRASE = "常用说法"
#: A word that is in no table of ours is offered from this length and this many passages on.
_LONG, _FREQUENT = 4, 3
#: Of so many texts of several words it is remembered how many passages hold them.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to put into the box: ``kind`` is a facet's name or 常用说法, ``count`` how many passages hold it."""

    kind: str
    text: str
    count: int


def suggest(engine: Engine, text: str, *, limit: int = 10, wait: bool = True) -> tuple[Suggestion, ...]:
    """Return what continues a text, topics and places first, of each kind what fits best and is held most.

    Phrases take a second or more to be learnt from a new generation; without ``wait`` they are left out until they are.
    """
    text = text[:MAX_QUERY]
    if not text.strip():
        return ()
    learnt = phrases_of(engine) if wait or phrases_of.is_made(engine) else None
    engine = reports_in(engine)  # what is offered is counted as it will be found
    candidates = _candidates_of(engine)
    named = [
        Suggestion(kind=kind, text=each, count=counts[each])
        for kind, (counts, completer) in candidates.items()
        if kind != PHRASE
        for each in completer.completions(text, limit=limit)
    ]
    share, taken = max(limit // 2, 1), {each.text for each in named}
    phrases = [each for each in _phrases(engine, candidates[PHRASE], learnt, text, limit) if each.text not in taken]
    if len(phrases) < limit:
        phrases += _last_word(engine, candidates[PHRASE], learnt, text, limit - len(phrases))
    named = named[: max(share, limit - len(phrases))]
    return (*named, *phrases[: limit - len(named)])


def _phrases(
    engine: Engine, words: "_Counted", learnt: IndexPhrases | None, text: str, limit: int
) -> Iterable[Suggestion]:
    """Return words and phrases of the index that continue a text: those that begin with it first, most held first."""
    counts, completer = words
    found = {each: counts[each] for each in completer.completions(text, limit=limit)}
    if learnt is not None:
        for each in learnt.completer.completions(text, limit=limit):
            found.setdefault(each, learnt.count(engine, each))
    typed = squeeze(text)
    ordered = sorted(found, key=lambda each: (not squeeze(each).startswith(typed), -found[each], len(each), each))
    return [Suggestion(kind=PHRASE, text=each, count=found[each]) for each in ordered if found[each]][:limit]


def _last_word(
    engine: Engine, words: "_Counted", learnt: IndexPhrases | None, text: str, limit: int
) -> Iterable[Suggestion]:
    """Yield the text with its last word continued, where passages hold that along with the words before it."""
    *before, last = text.split()
    if not before or not last:
        return
    kept = text[: text.rindex(last)]
    found = [(kept + each.text, each.text) for each in _phrases(engine, words, learnt, last, limit)]
    counted = [(whole, _count_together(engine, whole)) for whole, each in found if each != last]
    for whole, count in sorted(counted, key=lambda pair: -pair[1]):
        if count:
            yield Suggestion(kind=PHRASE, text=whole, count=count)


def _count_together(engine: Engine, text: str) -> int:
    """Return how many passages hold all words of a text: whoever types on is offered the same words again."""
    return _counted_together(engine, text, lambda: engine.count(Search(query=parse(text).query)))


_Counted = tuple[dict[str, int], Completer]


def _gather(engine: Engine) -> Mapping[str, _Counted]:
    """Return all that can be suggested but phrases: kind -> counts and what finds them."""
    held, vocabulary, ours = catalogue_of(engine), vocabulary_of(engine), synonym_words()
    counted = {
        kind.name: {
            str(each.value): each.count for each in held.values(kind.facet) if each.value is not None and each.count
        }
        for kind in SUGGESTED
    }
    counted[PHRASE] = {
        word: count for word, count in vocabulary.items() if word in ours or (len(word) >= _LONG and count >= _FREQUENT)
    }
    return {kind: (counts, Completer(counts)) for kind, counts in counted.items()}


_candidates_of = PerGeneration(_gather)


_counted_together = RecentAnswers[int](_REMEMBERED)
