"""The topic profile of a town: what share of its passages is on each topic, beside the towns of its county.

In: an engine, a county and a town, and a year, or all. Out: :class:`TopicProfile`. The county's figure is the median of
its towns, the one asked about among them, so a town with long reports weighs no more than another. A passage may be on
several topics, so shares do not add up to one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from search_app.comparing.recent import Recent
from search_app.engines.base import Engine
from search_app.errors import NoSuchPlace
from search_app.model import TOPICS, Facet
from search_app.query import Search, Selection
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicShare:
    """One topic: the town's ``passages`` and their ``share``, the ``median`` share of its county's towns.

    ``writers`` are how many of the county's towns have anything on it.
    """

    topic: str
    passages: int
    share: float
    median: float
    writers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicProfile:
    """A town beside its county: ``passages`` in ``reports`` of its own, ``towns`` of the county with any.

    ``years`` are those of which the town's reports are held, whatever year is asked about.
    """

    county: str
    town: str
    year: int | None
    passages: int
    reports: int
    towns: int
    topics: tuple[TopicShare, ...]
    years: tuple[int, ...]


#: The passages of a county's towns, all of them and by topic.
_Counts: TypeAlias = tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]
#: So many counties and years are kept.
_KEPT = 64
_counted: PerGeneration[Recent[tuple[str, int | None], _Counts]] = PerGeneration(lambda _: Recent(_KEPT))


def select_place(county: str, town: str | None, year: int | None) -> Selection:
    """Return the selection of a county or of one of its towns, in a year or in all."""
    ticked = {"county": (county,), "town": (town,) if town is not None else (), "year": (year,) if year else ()}
    return Selection(**ticked)


def profile_town(engine: Engine, county: str, town: str, year: int | None = None) -> TopicProfile:
    """Return the profile of a town. Raises NoSuchPlace where nothing of it is held, in that year or at all."""
    engine = reports_in(engine)
    found = engine.search(Search(selection=select_place(county, town, year), size=1))
    if not found.total:
        raise NoSuchPlace(f"没有收录{county}{town}{f' {year} 年度' if year else ''}的报告")
    own = {each.value: each.count for each in found.facets[Facet.TOPIC]}
    totals, by_topic = _counted(engine).get((county, year), lambda: _count(engine, county, year))
    topics = []
    for topic, counts in by_topic.items():
        topics.append(
            TopicShare(
                topic=topic,
                passages=own.get(topic, 0),
                share=own.get(topic, 0) / found.total,
                median=median(counts.get(name, 0) / total for name, total in totals.items()),
                writers=len(counts),
            )
        )
    years = (each.value for each in found.facets[Facet.YEAR] if each.count)
    return TopicProfile(
        county=county,
        town=town,
        year=year,
        passages=found.total,
        reports=found.reports,
        towns=len(totals),
        topics=tuple(topics),
        years=tuple(sorted(value for value in years if isinstance(value, int))),
    )


def _count(engine: Engine, county: str, year: int | None) -> _Counts:
    of_county = select_place(county, None, year)
    on_topics = {topic: _by_town(engine, of_county.with_values(Facet.TOPIC, (topic,))) for topic in TOPICS}
    return _by_town(engine, of_county), on_topics


def _by_town(engine: Engine, selection: Selection) -> dict[str, int]:
    """Return how many passages of a selection each known town has, those that have any."""
    found = engine.search(Search(selection=selection, size=1)).facets[Facet.TOWN]
    return {str(each.value): each.count for each in found if each.value is not None and each.count}
