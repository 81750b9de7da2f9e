"""Index phrases: what the passages of an index write again and again as one, for completing what is being typed.

In: an engine. Out: phrase -> about how many passages hold it, kept per generation. The surprise: of a large index a
sample is read, evenly over all reports, so that learning takes seconds and bounded memory however much is held; what is
found there is counted exactly in the whole index when it is offered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from search_app.engines.base import Engine
from search_app.errors import NoSuchReport
from search_app.language import Completer
from search_app.query import Phrase, Search
from search_app.searching.catalogue import catalogue_of
from search_app.searching.per_generation import PerGeneration

#: So many passages are read at most, and so many phrases kept: a second's work on one core, and some ten megabytes.
MOST_READ, MOST = 10_000, 20_000
#: So many of the passages read hold a phrase at least; of a large sample some more, for there chance is larger.
FEWEST, FEWEST_OF_SAMPLE = 2, 3


@dataclass(frozen=True, kw_only=True)
class IndexPhrases:
    """The phrases of one generation."""

    estimated: Mapping[str, int]
    exact: dict[str, int]

    @cached_property
    def completer(self) -> Completer:
        """Return what finds those that continue a text."""
        return Completer(self.estimated)

    def count(self, engine: Engine, phrase: str) -> int:
        """Return how many passages hold a phrase, counted at first use."""
        if phrase not in self.exact:
            self.exact[phrase] = engine.count(Search(query=Phrase(text=phrase)))
        return self.exact[phrase]


def _learn(engine: Engine) -> IndexPhrases:
    from search_app.language import find_phrases  # numpy, which no command needs that only looks at settings

    catalogue, held = catalogue_of(engine), engine.status().current.passages
    step = max(1, ceil(held / MOST_READ))
    found = find_phrases(
        _read(engine, step),
        fewest=FEWEST if step == 1 else FEWEST_OF_SAMPLE,
        most=MOST,
        names=catalogue.places | catalogue.bare_places,
    )
    learnt = IndexPhrases(estimated={phrase: count * step for phrase, count in found.items()}, exact={})
    _ = learnt.completer  # made here, for whoever types waits for no more than a look
    return learnt


def _read(engine: Engine, step: int) -> Iterator[tuple[tuple[str | None, str | None], str]]:
    for report in engine.reports()[::step]:
        try:
            passages = engine.report(report.id)[1]
        except NoSuchReport:  # another generation came into use meanwhile
            continue
        yield from (((report.county, report.town), passage.text) for passage in passages)


#: The phrases of an engine's generation in use.
phrases_of = PerGeneration(_learn)
