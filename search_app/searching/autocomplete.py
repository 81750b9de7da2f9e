"""Autocomplete: what the box offers while something is being typed.

In: an engine and the beginning of a question, in characters, pinyin or initials. Out: topics, towns and counties of the
index, the words of this genre that its passages hold, and phrases that they write; where several words were typed, also
what continues the last one, behind those before it, which are understood as the search understands them; behind a field
(章节:) its values. The candidates of a generation are gathered once. Whatever is offered is found.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.facets import FACETS, PREFIXES, SUGGESTED
from search_app.language import Completer, squeeze, synonym_words
from search_app.model import Facet
from search_app.query import MAX_QUERY, Node, Search, parse
from search_app.query.trees import all_of
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.index_phrases import IndexPhrases, phrases_of
from search_app.searching.per_generation import PerGeneration, RecentAnswers
from search_app.searching.report_scope import reports_in
from search_app.searching.rewriting.intent import detect_intent

PHRASE, FIELD = "常用说法", "限定"
#: A word that is in no table of ours is offered from this length and this many passages on.
_LONG, _FREQUENT = 4, 3
#: Where another phrase that begins with it stands in so much of what holds a text, that is its whole.
_CONTINUED = 0.7
#: The kinds that are offered for any text, and years for figures.
_OFFERED, _YEAR = frozenset(kind.name for kind in SUGGESTED), FACETS[Facet.YEAR].name
#: The beginning of a value, at the end, with its field before it.
_FIELD = re.compile(r"(?:^|[\s(（-])(\w+)[:：]([^\s:：()（）]*)$")
#: Of so many texts of several words it is remembered how many passages hold them.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to put into the box: ``kind`` is a facet's name, 常用说法 or 限定; ``count`` passages hold it."""

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
    if fields := _field_values(candidates, text, limit):
        return fields
    named = [
        Suggestion(kind=kind, text=each, count=counts[each])
        for kind, (counts, completer) in candidates.items()
        if kind in _OFFERED or (kind == _YEAR and text.strip().isdecimal())
        for each in completer.completions(text, limit=limit)
    ]
    share, taken = max(limit // 2, 1), {each.text for each in named}
    phrases = [each for each in _phrases(engine, candidates[PHRASE], learnt, text, limit) if each.text not in taken]
    if len(phrases) < limit:
        phrases += _last_word(engine, candidates[PHRASE], learnt, text, limit - len(phrases))
    named = named[: max(share, limit - len(phrases))]
    return _by_fit(squeeze(text), named, phrases[: limit - len(named)])


def _by_fit(typed: str, named: list[Suggestion], phrases: list[Suggestion]) -> tuple[Suggestion, ...]:
    """Return topics and places before phrases, but those of which what is typed is a small piece behind what begins so.

    执法 is half of 行政执法, and 河 a third of 枕河区.
    """

    def begins(each: Suggestion) -> bool:
        return squeeze(each.text).startswith(typed)

    def is_piece(each: Suggestion) -> bool:
        return typed in squeeze(each.text) and len(typed) * 2 < len(each.text) and not begins(each)

    inside = [each for each in named if is_piece(each)]
    begun = [each for each in named if each not in inside]
    return (*begun, *filter(begins, phrases), *inside, *(each for each in phrases if not begins(each)))


def _field_values(candidates: Mapping[str, "_Counted"], text: str, limit: int) -> tuple[Suggestion, ...]:
    """Return the values of a field that continue what stands behind it, with all that stands before."""
    field = _FIELD.search(text)
    facet = PREFIXES.get(field[1].lower()) if field else None
    if field is None or facet is None:
        return ()
    counts, completer = candidates[FACETS[facet].name]
    values = completer.completions(field[2], limit=limit) if field[2] else tuple(counts)[:limit]
    kept = text[: field.start(2)]
    return tuple(Suggestion(kind=FIELD, text=kept + each, count=counts[each]) for each in values)


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
    whole = [each for each in found if not _is_fragment(each, found)]
    ordered = sorted(whole, key=lambda each: (not squeeze(each).startswith(typed), -found[each], len(each), each))
    return [Suggestion(kind=PHRASE, text=each, count=found[each]) for each in ordered if found[each]][:limit]


def _is_fragment(text: str, found: Mapping[str, int]) -> bool:
    """Tell whether nearly all that holds a text goes on as another one that was found does; our own words are whole."""
    if text in synonym_words():
        return False
    return any(found[other] > _CONTINUED * found[text] for other in found if other != text and other.startswith(text))


def _last_word(
    engine: Engine, words: "_Counted", learnt: IndexPhrases | None, text: str, limit: int
) -> Iterable[Suggestion]:
    """Yield the text with its last word continued, where passages hold that along with the words before it.

    What says a word again that stands before says no more than itself, and a single character is no more than a
    beginning.
    """
    *before, last = text.split()
    if not before or not last:
        return
    kept = text[: text.rindex(last)]
    said = tuple(map(squeeze, before))
    found = [each.text for each in _phrases(engine, words, learnt, last, limit + len(said)) if each.text != last]
    if len(last) == 1:
        found = [each for each in found if each.startswith(last)]
    new = [each for each in found if not any(word in squeeze(each) for word in said)][:limit]
    counted = [(kept + each, _count_together(engine, kept, each)) for each in new]
    for whole, count in sorted(counted, key=lambda pair: -pair[1]):
        if count:
            yield Suggestion(kind=PHRASE, text=whole, count=count)


def _count_together(engine: Engine, before: str, last: str) -> int:
    """Return how many passages hold all words of a text: whoever types on is offered the same words again."""

    def count() -> int:
        understood = _understood(engine, before)
        asked = parse(last if understood else before + last).query
        query = all_of([node for node in (understood, asked) if node is not None])
        return engine.count(Search(query=query))

    return _counted_together(engine, before + last, count)


def _understood(engine: Engine, text: str) -> Node | None:
    """Return what a text is where it names places, years or parts; None where it is words alone."""
    return _intended(engine, text, lambda: _understand(engine, text))


def _understand(engine: Engine, text: str) -> Node | None:
    intent = detect_intent(parse(text).query, catalogue_of(engine), lambda query: engine.count(Search(query=query)))
    return intent.query if intent.placed or intent.sections else None


_Counted = tuple[dict[str, int], Completer]


def _gather(engine: Engine) -> Mapping[str, _Counted]:
    """Return all that can be suggested but phrases: kind -> counts and what finds them; SUGGESTED come first."""
    held, vocabulary, ours = catalogue_of(engine), vocabulary_of(engine), synonym_words()
    kinds = dict.fromkeys((*SUGGESTED, *map(FACETS.__getitem__, PREFIXES.values())))
    counted = {
        kind.name: {
            kind.say(each.value): each.count
            for each in held.values(kind.facet)
            if each.value is not None and each.count
        }
        for kind in kinds
    }
    counted[PHRASE] = {
        word: count for word, count in vocabulary.items() if word in ours or (len(word) >= _LONG and count >= _FREQUENT)
    }
    return {kind: (counts, Completer(counts)) for kind, counts in counted.items()}


_candidates_of = PerGeneration(_gather)


_counted_together = RecentAnswers[int](_REMEMBERED)
_intended = RecentAnswers[Node | None](_REMEMBERED)
