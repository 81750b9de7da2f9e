"""Passages of a town in a year: how many the index holds, as the search for them says, counted once per generation."""

from search_app.engines.base import Engine
from search_app.query import Search, Selection
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in

#: What was counted of a generation, by county, town and year; each may be unknown.
_counted: PerGeneration[dict[tuple[str | None, str | None, int | None], int]] = PerGeneration(lambda _: {})


def select_town_year(county: str | None, town: str | None, year: int | None) -> Selection:
    """Return the selection of the passages of one town and year."""
    return Selection(county=(county,), town=(town,), year=(year,))


def count_town_year(engine: Engine, county: str | None, town: str | None, year: int | None) -> int:
    """Return how many passages a town's annual reports of a year have."""
    engine = reports_in(engine)
    known, key = _counted(engine), (county, town, year)
    if key not in known:
        known[key] = engine.count(Search(selection=select_town_year(*key)))
    return known[key]
