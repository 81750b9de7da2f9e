"""The entrance: true examples from the index of what can be done with it, picked once per generation.

In: an engine. Out: :class:`Entrance`. Everything in it is held, so what leads there leads somewhere; where nothing
fits, there is none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search_app.comparing.report_overlap import measure_last_year
from search_app.comparing.topic_history import TopicHistory, follow_topics
from search_app.engines.base import Engine
from search_app.model import TOPICS, Collapse, Facet, Figure, Match, Report, Sort
from search_app.query import Search, Selection
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in

#: Out of so many passages the examples are chosen.
_LOOKED_AT = 50
#: So many reports of the county are held against their last year's.
_MEASURED = 60
#: A practice that the list below the entrance does not show already: of the town after these.
_SHOWN_BELOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyYear:
    """The reports of one county and year; ``copied`` is the one of which most stands in its town's report before."""

    county: str
    year: int
    towns: int
    copied: Report | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """One practice, two passages of different towns on one topic, one county and year.

    ``counted`` is a figure of a passage on that topic. ``history`` is that of the topic whose share of reports differs
    most between years.
    """

    practice: Match | None = None
    topic: str | None = None
    pair: tuple[Match, ...] = ()
    counted: tuple[Match, Figure] | None = None
    county_year: CountyYear | None = None
    history: TopicHistory | None = None


def _pick(engine: Engine) -> Entrance:
    asked = Search(exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.SIMILAR, size=_LOOKED_AT)
    engine = reports_in(engine)
    found = engine.search(asked)
    held = [each for each in found.facets[Facet.TOPIC] if each.value is not None and each.count]
    topic = str(max(held, key=lambda each: each.count).value) if held else None
    pair: tuple[Match, ...] = ()
    counted = None
    if topic is not None:
        on_topic = Search(
            selection=Selection(topic=(topic,)),
            exemplary=True,
            sort=Sort.EXEMPLARY,
            collapse=Collapse.SIMILAR,
            size=_LOOKED_AT,
        )
        matches = engine.search(on_topic).matches
        pair, counted = _pair(matches), _counted(matches)
    return Entrance(
        practice=_practice(found.matches),
        topic=topic,
        pair=pair,
        counted=counted,
        county_year=_county_year(engine),
        history=max(follow_topics(engine, TOPICS), key=_span) if topic is not None else None,
    )


def _span(history: TopicHistory) -> float:
    """Return how far apart the shares of a topic's years are."""
    shares = [each.share for each in history.years]
    return max(shares) - min(shares) if shares else 0.0


def _town(match: Match) -> tuple[str | None, str | None]:
    return match.report.county, match.report.town


def _practice(ranked: Sequence[Match]) -> Match | None:
    first: dict[tuple[str | None, str | None], Match] = {}
    for match in ranked:
        if match.report.town is not None:
            first.setdefault(_town(match), match)
    several = tuple(first.values())
    return several[_SHOWN_BELOW] if len(several) > _SHOWN_BELOW else several[0] if several else None


def _pair(ranked: Sequence[Match]) -> tuple[Match, ...]:
    """Return the best two of different known towns, of one year where there are such."""
    known = [match for match in ranked if match.report.town is not None and match.report.year is not None]
    for one in known:
        others = [match for match in known if _town(match) != _town(one)]
        same = next((match for match in others if match.report.year == one.report.year), None)
        if same is not None:
            return one, same
    different = [match for match in known if _town(match) != _town(known[0])]
    return (known[0], different[0]) if different else ()


def _counted(ranked: Sequence[Match]) -> tuple[Match, Figure] | None:
    """Return the first figure of a known town and year that tells exactly of the whole."""
    for match in ranked:
        if match.report.town is not None and match.report.year is not None:
            for each in match.passage.figures:
                if not (each.part or each.cumulative or each.qualifier):
                    return match, each
    return None


def _county_year(engine: Engine) -> CountyYear | None:
    """Return the county with the most towns of the latest year held, and the town that kept most of its last report."""
    known = [each for each in engine.reports() if each.county and each.town and each.year is not None]
    if not known:
        return None
    year = max(each.year or 0 for each in known)
    of_year = [each for each in known if each.year == year]
    towns = Counter(county for county, _ in {(each.county, each.town) for each in of_year})
    county = max(sorted(filter(None, towns)), key=lambda name: towns[name])
    measured = [measure_last_year(engine, each) for each in of_year if each.county == county][:_MEASURED]
    most = max(filter(None, measured), key=lambda each: each.total.share, default=None)
    copied = most if most is not None and most.total.shared else None
    return CountyYear(
        county=county,
        year=year,
        towns=towns[county],
        copied=copied.report if copied is not None else None,
        share=copied.total.share if copied is not None else 0.0,
    )


#: The entrance of an engine's generation in use.
entrance_of = PerGeneration(_pick)
