"""Index phrases: what the passages of an index write again and again as one, for completing what is being typed.

In: an engine. Out: phrase -> about how many passages hold it, kept per generation. Two surprises. Of a large index a
sample is read, evenly over all reports, so that learning takes seconds and bounded memory however much is held; what is
found there is counted exactly in the whole index when it is offered. And what was learnt from a sample is kept while
few reports change: another sample would differ more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil

from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.language import Completer
from search_app.query import Phrase, Search
from search_app.searching.catalogue import catalogue_of
from search_app.searching.per_generation import PerEngine, PerGeneration

#: So many passages are read at most, and so many phrases kept: a second's work on one core, and some ten megabytes.
MOST_READ, MOST = 10_000, 20_000
#: So many of the passages read hold a phrase at least; of a large sample some more, for there chance is larger.
FEWEST, FEWEST_OF_SAMPLE = 2, 3
#: A sample is read anew once one in so many reports has changed.
ANEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPhrases:
    """The phrases of one generation; ``completer`` finds those that continue a text."""

    estimated: Mapping[str, int]
    completer: Completer
    exact: dict[str, int]

    def count(self, engine: Engine, phrase: str) -> int:
        """Return how many passages hold a phrase, counted at first use."""
        if phrase not in self.exact:
            self.exact[phrase] = engine.count(Search(query=Phrase(text=phrase)))
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

    catalogue = catalogue_of(engine)
    found = find_phrases(
        _read(engine, step),
        fewest=FEWEST if step == 1 else FEWEST_OF_SAMPLE,
        most=MOST,
        names=catalogue.places | catalogue.bare_places,
    )
    estimated = {phrase: count * step for phrase, count in found.items()}
    return IndexPhrases(estimated=estimated, completer=Completer(estimated), exact={})


def _read(engine: Engine, step: int) -> Iterator[tuple[tuple[str | None, str | None], str]]:
    for report in engine.reports()[::step]:
        try:
            passages = engine.report(report.id)[1]
        except NoSuchReport:  # another generation came into use meanwhile
            continue
        yield from (((report.county, report.town), passage.text) for passage in passages)


#: The phrases of an engine's generation in use.
phrases_of = PerGeneration(_learn)
