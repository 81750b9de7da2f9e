"""The history of a topic: in which share of a year's reports something stands on it, and in how many passages.

In: an engine, a topic, and which county is meant, or all. Out: :class:`TopicHistory`. Every number is the count of the
search that it is shown with; a year of which no report is held has no share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from search_app.comparing.recent import Recent
from search_app.engines.base import Engine
from search_app.model import Facet
from search_app.query import Search, Selection
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicYear:
    """What the reports of one year say on a topic: ``passages`` in ``reports`` of all ``held``."""

    year: int
    passages: int
    reports: int
    held: int

    @property
    def share(self) -> float:
        """Return in which part of the year's reports something stands on the topic."""
        return self.reports / self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHistory:
    """One topic over the years, oldest first; ``passages`` and ``reports`` are of all years, unknown ones too."""

    topic: str
    passages: int
    reports: int
    years: tuple[TopicYear, ...]


#: So many topics of counties are kept.
_KEPT = 512
_followed: PerGeneration[Recent[tuple[str, str | None], TopicHistory]] = PerGeneration(lambda _: Recent(_KEPT))
_years_held: PerGeneration[Recent[str | None, tuple[tuple[int, int], ...]]] = PerGeneration(lambda _: Recent(_KEPT))


def follow_topics(engine: Engine, topics: Iterable[str], county: str | None = None) -> tuple[TopicHistory, ...]:
    """Return the histories of some topics, in the annual reports of one county or of all. Raises IndexProblem."""
    engine = reports_in(engine)
    known = _followed(engine)
    return tuple(known.get((topic, county), partial(_follow, engine, topic, county)) for topic in topics)


def _follow(engine: Engine, topic: str, county: str | None) -> TopicHistory:
    within = Selection(county=(county,)) if county is not None else Selection()
    held = _years_held(engine).get(county, lambda: _list_years(engine, within))
    found = engine.search(Search(selection=within.with_values(Facet.TOPIC, (topic,)), size=1))
    on_topic = {each.value: each for each in found.facets[Facet.YEAR]}
    return TopicHistory(
        topic=topic,
        passages=found.total,
        reports=found.reports,
        years=tuple(
            TopicYear(
                year=year,
                passages=on_topic[year].count if year in on_topic else 0,
                reports=on_topic[year].reports if year in on_topic else 0,
                held=reports,
            )
            for year, reports in held
        ),
    )


def _list_years(engine: Engine, within: Selection) -> tuple[tuple[int, int], ...]:
    """Return the known years of which reports are held, with how many, the oldest first."""
    found = engine.search(Search(selection=within, size=1)).facets[Facet.YEAR]
    return tuple(sorted((each.value, each.reports) for each in found if isinstance(each.value, int) and each.count))
