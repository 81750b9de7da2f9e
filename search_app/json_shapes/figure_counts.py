"""Figures, as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from search_app.comparing.counted_figures import Figures, ThingCount, Told
from search_app.comparing.figure_levels import Levels, YearSpread
from search_app.exporting import citation

Json: TypeAlias = dict[str, Any]


def figures(
    found: Figures, told: Sequence[Told], levels: Mapping[str, Levels], *, page: int, pages: int, size: int
) -> Json:
    """Return what is counted: how much there is of each thing, and one page of the figures themselves."""
    wanted = found.wanted
    spread = levels.get(wanted.what or "")
    return {
        "topic": wanted.topic,
        "what": wanted.what,
        "year": wanted.year,
        "county": wanted.county,
        "town": wanted.town,
        "total": len(found.rows),
        "page": page,
        "pages": pages,
        "size": size,
        "things": [_thing(one) for one in found.things],
        "spreads": [_spread(one) for one in (spread.spreads.values() if spread else ())],
        "several": spread.several if spread else None,
        "figures": [_figure(one, levels) for one in told],
        "generation": found.generation,
    }


def _thing(one: ThingCount) -> Json:
    return {
        "what": one.thing.name,
        "topic": one.thing.topic,
        "unit": one.thing.units[0],
        "figures": one.figures,
        "towns": one.towns,
        "years": list(one.years),
    }


def _spread(one: YearSpread) -> Json:
    return {
        "year": one.year,
        "towns": one.towns,
        "median": one.median,
        "first_quartile": one.first_quartile,
        "third_quartile": one.third_quartile,
        "low_fence": one.low_fence,
        "high_fence": one.high_fence,
    }


def _figure(told: Told, levels: Mapping[str, Levels]) -> Json:
    entry, report = told.entry, told.entry.report
    held = levels.get(entry.thing.name)
    return {
        "what": entry.thing.name,
        "topic": entry.thing.topic,
        "number": entry.value,
        "unit": told.figure.unit,
        "qualifier": told.figure.qualifier or None,
        "part": entry.part,
        "cumulative": entry.cumulative,
        "outlier": held.side(entry) if held else None,
        "clause": told.clause,
        "passage": told.passage.id,
        "number_in_report": told.passage.number,
        "report": report.id,
        "county": report.county,
        "town": report.town,
        "year": report.year,
        "citation": citation.source(told.passage, report),
        "code": citation.code(told.passage, report),
    }
