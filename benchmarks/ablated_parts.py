"""The parts of the search that an ablation switches off, each alone: a ranking without it, or what stands in for it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

from search_app.language import IntentWords, cut_terms, is_known
from search_app.language.question import everyday, wordings
from search_app.language.question.everyday import UNSURE, EverydayForm, everyday_forms
from search_app.language.question.exclusions import Exclusions
from search_app.language.question.wordings import Entry, find_wordings
from search_app.query import RANKING, Ranking
from search_app.searching.rewriting import subject
from search_app.searching.rewriting.intent import QueryIntent, detect_intent
from search_app.searching.rewriting.other_ways import OtherWays
from search_app.searching.rewriting.strategies import STRATEGIES

_WORDINGS, _EVERYDAY = "search_app.language.question.wordings", "search_app.language.question.everyday"
_REWRITING = "search_app.searching.rewriting"
_OTHER_WAYS, _REWRITER, _PIPELINE = (f"{_REWRITING}.{name}" for name in ("other_ways", "rewriter", "pipeline"))


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _patched(*targets: str, to: Any) -> Callable[[], AbstractContextManager[Any]]:
    @contextmanager
    def patching() -> Iterator[None]:
        with ExitStack() as stack:
            stack.callback(_forget)
            for target in targets:
                stack.enter_context(patch(target, to))
            _forget()
            yield

    return patching


def _forget() -> None:
    """Drop what is remembered of texts, which a part that is switched off may have had a hand in."""
    for remembering in (wordings.find_wordings, everyday.get_form, subject.words_of):
        remembering.cache_clear()


def _without_strategy(name: str) -> Callable[[], AbstractContextManager[Any]]:
    """Return what takes a strategy out of the pipeline, and out of the strategy that tries it for a correction."""
    left = tuple(strategy for strategy in STRATEGIES if strategy.__name__ != name)

    @contextmanager
    def patching() -> Iterator[None]:
        with (
            patch(f"{_PIPELINE}.STRATEGIES", left),
            patch(f"{_REWRITING}.strategies.{name}", lambda _: None),
        ):
            yield

    return patching


def _intending(**changes: Any) -> Callable[[], AbstractContextManager[Any]]:
    """Return what takes something out of whatever a question intends."""

    def changed(*given: Any) -> QueryIntent:
        return replace(detect_intent(*given), **changes)

    return _patched(f"{_PIPELINE}.detect_intent", to=changed)


def _no_longer_spoken(text: str, *, spoken: bool = True) -> tuple[Entry, ...]:
    return tuple(replace(entry, spoken=False) for entry in find_wordings(text, spoken=spoken))


@cache
def _surely_meant() -> tuple[EverydayForm, ...]:
    """Return the everyday forms without the names of practices, which stand behind ~."""
    return tuple(
        replace(form, officials=tuple(each for each in form.officials if each.weight > UNSURE))
        for form in everyday_forms()
    )


def _unchecked(also: bool, ranking: Ranking, known: Any, _: object, figures: Any, **more: Any) -> OtherWays:
    return OtherWays(also, ranking, known, lambda _: True, figures, **more)


def _told_if_spoken(about: str, entry: Entry) -> int:
    if entry.spoken:
        return subject.MEANT
    return 0 if is_known(cut_terms(about[entry.start : entry.end])) else 1


#: What is switched off -> the ranking without it, or what stands in for a part.
RANKINGS: Mapping[str, Ranking] = {
    "headings count no more than text": replace(RANKING, heading=1.0),
    "no gain for what was typed, standing there as typed": replace(RANKING, literal=0.0),
    "fragments count as words": replace(RANKING, fragment=1.0),
    "no gain for words that stand side by side": replace(RANKING, together=0.0),
    "no gain for the place or year that is named": replace(RANKING, place=0.0, year=0.0),
    "no gain for the topic that is named": replace(RANKING, topic=0.0),
    "no passages of the named part on the topic": replace(RANKING, part=0.0),
    "no gain for what tells causes, where these are asked for": replace(RANKING, cause=0.0),
    "no gain for practice": replace(RANKING, exemplary=0.0),
    "no more gain for practice where it is asked for": replace(RANKING, practice=1.0),
    "all sections alike": replace(RANKING, sections=()),
    "no leaning to the section that is named": replace(RANKING, elsewhere=1.0),
    "common wording counts as much": replace(RANKING, common=0.0),
    "towns not spread": replace(RANKING, same_town=1.0),
    "no gain for meaning, and nothing by meaning alone": replace(RANKING, meaning=0.0),
}
PARTS: Mapping[str, Callable[[], AbstractContextManager[Any]]] = {
    "no other wordings, nor words parted at them": _patched(f"{_OTHER_WAYS}.find_standing_entries", to=_nothing),
    "no synonyms": _patched(f"{_WORDINGS}.find_synonyms", to=_nothing),
    "no everyday wordings": _patched(f"{_WORDINGS}.find_everyday", to=_nothing),
    "no names of practices (~) for everyday wordings": _patched(f"{_EVERYDAY}.everyday_forms", to=_surely_meant),
    "beside everyday wordings the rest is asked for too": _patched(
        f"{_REWRITING}.word_edges.find_wordings", to=_no_longer_spoken
    ),
    "meaning told in the typed words alone": _patched(f"{_REWRITING}.subject.find_wordings", to=_nothing),
    "a word among others is not told by a synonym": _patched(f"{_REWRITING}.subject._count_told", to=_told_if_spoken),
    "no nearest saying": _without_strategy("by_the_nearest_saying"),
    "wordings that no passage holds are searched too": _patched(f"{_REWRITER}.OtherWays", to=_unchecked),
    "general words (工作) are asked for like others": _patched(f"{_OTHER_WAYS}._GENERAL", to=frozenset()),
    "lone characters are asked for like words": _patched(f"{_OTHER_WAYS}.is_loose", to=lambda *_: False),
    "names are not shortened": _patched(
        f"{_OTHER_WAYS}.shorten_name", f"{_REWRITING}.literal.shorten_name", to=lambda _: ""
    ),
    "what was not done is a form of doing it": _patched(f"{_EVERYDAY}._DENIED", to=re.compile("(?!)")),
    "figures only as typed": _patched(f"{_OTHER_WAYS}.vary_numbers", f"{_REWRITING}.literal.vary_numbers", to=_nothing),
    "names only as typed": _patched(f"{_OTHER_WAYS}.vary_name", f"{_REWRITING}.literal.vary_name", to=_nothing),
    "short forms stand for no names": _patched(f"{_OTHER_WAYS}.find_full_names", to=_nothing),
    "conditions on figures are words": _patched(
        f"{_OTHER_WAYS}.find_figure_conditions", f"{_REWRITING}.relaxation.find_figure_conditions", to=_nothing
    ),
    "no figures that fulfil a condition": _patched(f"{_REWRITER}.find_held_figures", to=lambda *_: lambda _: ()),
    "no tiers: what holds the characters typed is not first": _patched(f"{_REWRITER}.tiers", to=_nothing),
    "a line that is held is taken for words": _patched(f"{_REWRITER}.read_line", to=lambda _: None),
    "a pasted paragraph is taken for words": _patched("search_app.searching.answer.is_pasted", to=lambda _: False),
    "a sentence is taken for words": _patched(f"{_REWRITER}.is_statement", to=lambda _: False),
    "of two words that 或者 joins both are asked for": _patched(
        f"{_REWRITING}.intent._either", to=lambda words: [words]
    ),
    "no negation in words": _patched(f"{_REWRITING}.intent.find_exclusions", to=lambda text, _: Exclusions(text=text)),
    "words of asking are searched": _patched(
        f"{_REWRITING}.intent.find_intent_words", to=lambda text: IntentWords(text=text)
    ),
    "nobody asks for practice": _intending(practice=False),
    "nobody asks for a part of the reports": _intending(leaning=(), sections=()),
    "a part that is named is not listed for itself": _patched(f"{_REWRITING}.intent._NAMED_PARTS", to=frozenset()),
    "a part that is named only comes first": _patched(
        f"{_REWRITING}.intent.QueryIntent.in_its_parts", to=lambda _: None
    ),
    "what every report is about is asked for beside a part": _patched(
        f"{_REWRITING}.intent.WHOLE_SUBJECT", to=frozenset()
    ),
    "places are words": _patched(f"{_REWRITING}.intent._Named._places", to=_nothing),
    "years are words": _patched(f"{_REWRITING}.intent._Named._years", to=_nothing),
    "no corrections": _patched(f"{_PIPELINE}.correct", to=lambda *_: None),
    "letters are not read as pinyin": _patched(
        "search_app.language.question.confusions.Confusions.of_letters", to=_nothing
    ),
    "a correction that finds nothing as a whole is dropped": _without_strategy("corrected_in_part"),
    "nothing on the topic there": _without_strategy("on_the_topic_there"),
    "nothing from elsewhere": _without_strategy("elsewhere"),
    "nothing is relaxed": _patched(f"{_REWRITING}.strategies.relax", to=lambda *_: None),
    "nothing near in meaning instead": _without_strategy("near_in_meaning"),
    "where nothing is near, not the nearest few": _without_strategy("faintly_near"),
    "little is not widened": _patched(f"{_PIPELINE}.backfill", f"{_PIPELINE}.backfill_by_meaning", to=_nothing),
}
