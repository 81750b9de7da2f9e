"""Index phrases: what the passages of an index write again and again as one, for completing what is being typed.

In: an engine. Out: phrase -> about how many passages hold it, kept per generation: rows of words that stand together,
what stands in quotes again and again, and words of our tables, also with quotes in them (“八五”普法). Two surprises. Of
a large index a sample is read, evenly over all reports, so that learning takes seconds and bounded memory however much
is held; what is found there is counted exactly in the whole index when it is offered. And what was learnt from a sample
is kept while few reports change: another sample would differ more.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.language import Completer, squeeze, synonym_words
from search_app.query import Phrase, Search, parse
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.per_generation import PerEngine, PerGeneration

#: So many passages are read at most, and so many phrases kept: a second's work on one core, and some ten megabytes.
MOST_READ, MOST = 10_000, 20_000
#: So many of the passages read hold a phrase at least; of a large sample some more, for there chance is larger.
FEWEST, FEWEST_OF_SAMPLE = 2, 3
#: What stands in quotes names something, if it is neither a word nor a sentence; figures in it count.
_NAMED = re.compile(r"[“\"]([^\W\d_]{3,10})[”\"]")
_OF_TABLES = re.compile(r"[^\W\d_]{3,12}")
_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉")
#: A sample is read anew once one in so many reports has changed.
ANEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPhrases:
    """The phrases of one generation; ``completer`` finds those that continue a text."""

    estimated: Mapping[str, int]
    completer: Completer
    exact: dict[str, int]

    def count(self, engine: Engine, phrase: str) -> int:
        """Return how many passages hold a phrase, counted at first use; its words, where it only stands with quotes."""
        if phrase not in self.exact:
            held = engine.count(Search(query=Phrase(text=phrase)))
            self.exact[phrase] = held or engine.count(Search(query=parse(phrase).query))
        return self.exact[phrase]


@dataclass(slots=True)
class _Learnt:
    """What was learnt last from a sample, and the reports held then, each with its fingerprint."""

    reports: frozenset[tuple[str, str]] = frozenset()
    phrases: IndexPhrases | None = None

    def fits(self, reports: frozenset[tuple[str, str]]) -> bool:
        """Tell whether few reports have come, gone or changed; one without a fingerprint may have."""
        same = sum(1 for _, fingerprint in reports & self.reports if fingerprint)
        return (max(len(reports), len(self.reports)) - same) * ANEW <= len(reports)


_learnt: PerEngine[_Learnt] = PerEngine(_Learnt)


def _learn(engine: Engine) -> IndexPhrases:
    step = max(1, ceil(engine.status().current.passages / MOST_READ))
    if step == 1:
        return _read_phrases(engine, step)
    reports, learnt = frozenset(engine.fingerprints().items()), _learnt(engine)
    if learnt.phrases is None or not learnt.fits(reports):
        learnt.reports, learnt.phrases = reports, _read_phrases(engine, step)
    return replace(learnt.phrases, exact={})


def _read_phrases(engine: Engine, step: int) -> IndexPhrases:
    """Return the phrases of every report of so many."""
    from search_app.language import find_phrases  # numpy, which no command needs that only looks at settings

    catalogue, fewest = catalogue_of(engine), FEWEST if step == 1 else FEWEST_OF_SAMPLE
    names = catalogue.places | catalogue.bare_places
    named: Counter[str] = Counter()
    found = find_phrases(
        _noting(_read(engine, step), named, vocabulary_of(engine)), fewest=fewest, most=MOST, names=names
    )
    ours = synonym_words()
    held = {text: count for text, count in named.items() if (count >= fewest or text in ours) and text not in names}
    estimated = {phrase: count * step for phrase, count in (held | found).items()}
    return IndexPhrases(estimated=estimated, completer=Completer(estimated), exact={})


_Written = tuple[tuple[str | None, str | None], str]


def _noting(texts: Iterator[_Written], named: Counter[str], words: Mapping[str, int]) -> Iterator[_Written]:
    """Yield texts, and count what each has in quotes and of our tables, but what is one of the words of the index."""
    for writer, text in texts:
        found = {*_NAMED.findall(text), *_words_of_tables(squeeze(text).translate(_QUOTES))}
        named.update(each for each in found if each not in words)
        yield writer, text


def _words_of_tables(text: str) -> Iterator[str]:
    """Yield the words of our tables that stand in a text, of those that begin alike the longest."""
    lengths = _lengths_of_words()
    for at in range(len(text) - 1):
        for length in lengths.get(text[at : at + 2], ()):
            if (word := text[at : at + length]) in synonym_words():
                yield word
                break


@cache
def _lengths_of_words() -> Mapping[str, tuple[int, ...]]:
    """Return how long the words of our tables are that begin so, the longest first; none has figures or signs."""
    lengths: dict[str, set[int]] = {}
    for word in synonym_words():
        if _OF_TABLES.fullmatch(word) and not word.isascii():
            lengths.setdefault(word[:2], set()).add(len(word))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def _read(engine: Engine, step: int) -> Iterator[_Written]:
    for report in engine.reports()[::step]:
        try:
            passages = engine.report(report.id)[1]
        except NoSuchReport:  # another generation came into use meanwhile
            continue
        yield from (((report.county, report.town), passage.text) for passage in passages)


#: The phrases of an engine's generation in use.
phrases_of = PerGeneration(_learn)
