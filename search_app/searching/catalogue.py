"""The catalogue: what one generation of the index holds, its places, topics, years and reports; kept per engine.

In: an engine. Out: a :class:`Catalogue` for suggestions, for reports named by town and year, and for saying which part
of a query names something that is not here; and the vocabulary. Either is asked of the engine once per generation.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from search_app.engines.base import Engine
from search_app.language import squeeze
from search_app.language.analysis.document_numbers import read_stated_number
from search_app.language.analysis.place_names import COUNTY_SUFFIXES, TOWN_SUFFIXES_AND_OFFICES, either
from search_app.model import Facet, FacetValue, Report
from search_app.query import Search
from search_app.searching.per_generation import PerGeneration

#: How many words of the index are known for suggestions and corrections.
MAX_WORDS = 20_000
#: The facets whose values are places, the smallest first.
PLACES = (Facet.TOWN, Facet.COUNTY)
_KIND_OF_TOWN = re.compile(f"{either(*TOWN_SUFFIXES_AND_OFFICES)}$")
_KIND_OF_COUNTY = re.compile(f"{either(*COUNTY_SUFFIXES)}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A town or county that is held, and what it lies in."""

    facet: Facet
    name: str
    above: str | None = None

    @property
    def in_full(self) -> str:
        """Return the name with that of the place above, by which it is told from its namesakes."""
        return f"{self.above or ''}{self.name}"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The facets of an empty search, and every report."""

    facets: Mapping[Facet, Sequence[FacetValue]]
    reports: tuple[Report, ...]

    def values(self, facet: Facet) -> Sequence[FacetValue]:
        """Return the values of a facet with how many passages each has in the whole index."""
        return self.facets.get(facet, ())

    @cached_property
    def years(self) -> frozenset[int]:
        """Return the reporting years held."""
        return frozenset(report.year for report in self.reports if report.year is not None)

    def place(self, name: str) -> Facet | None:
        """Return whether a name is a town or a county here; None if neither."""
        return next((facet for facet in PLACES if (facet, name) in self._places), None)

    def places_called(self, name: str) -> tuple["PlaceName", ...]:
        """Return the towns and counties that a name means here, with or without 镇, 乡, 街道, 县, 区, or 市."""
        return self._called.get(name, ())

    @cached_property
    def _called(self) -> Mapping[str, tuple["PlaceName", ...]]:
        named = (
            each
            for report in self.reports
            for each in (
                (Facet.TOWN, report.town, report.county, _KIND_OF_TOWN),
                (Facet.COUNTY, report.county, report.city, _KIND_OF_COUNTY),
            )
        )
        made: dict[str, list[PlaceName]] = {}
        for facet, name, above, kind in dict.fromkeys(named):  # a town has many reports
            if name is None:
                continue
            place, bare = PlaceName(facet=facet, name=name, above=above), kind.sub("", name)
            for called in {name, bare, f"{above or ''}{name}", f"{above or ''}{bare}"}:
                if len(called) > 1:
                    made.setdefault(called, []).append(place)
        return {called: _told_apart(places) for called, places in made.items()}

    @cached_property
    def longest_place(self) -> int:
        """Return how many characters the longest name of a place has."""
        return max((len(name) for _, name in self._places), default=0)

    @cached_property
    def by_town(self) -> Mapping[str, list[Report]]:
        """Return the reports of each town's name, as :func:`squeeze` leaves it."""
        made: dict[str, list[Report]] = {}
        squeezed = cache(squeeze)  # a town has many reports
        for report in self.reports:
            if report.town:
                made.setdefault(squeezed(report.town), []).append(report)
        return made

    @cached_property
    def by_number(self) -> Mapping[tuple[int, int], list[Report]]:
        """Return the reports by year and number of their document numbers, whoever issued them."""
        made: dict[tuple[int, int], list[Report]] = {}
        for report in self.reports:
            number = read_stated_number(report.document_number) if report.document_number else None
            if number is not None:
                made.setdefault((number.year, number.serial), []).append(report)
        return made

    @property
    def places(self) -> frozenset[str]:
        """Return the names of the towns and counties held."""
        return frozenset(name for _, name in self._places)

    @cached_property
    def bare_places(self) -> frozenset[str]:
        """Return the names of the towns held without 镇, 乡 or 街道."""
        towns = (
            (name, place) for name, called in self._called.items() for place in called if place.facet is Facet.TOWN
        )
        return frozenset(name for name, place in towns if place.name != name and place.name.startswith(name))

    @cached_property
    def _places(self) -> frozenset[tuple[Facet, str]]:
        """Return towns and counties by their bare names and with the place above."""
        towns = ((Facet.TOWN, report.county, report.town) for report in self.reports)
        counties = ((Facet.COUNTY, report.city, report.county) for report in self.reports)
        named = ((facet, above or "", name) for facet, above, name in chain(towns, counties) if name)
        return frozenset(chain.from_iterable(((facet, name), (facet, above + name)) for facet, above, name in named))

    def holds(self, facet: Facet, name: str) -> bool:
        """Tell whether a town or county of this name is held, bare or with the place above it."""
        return (facet, name) in self._places


def _told_apart(places: Sequence[PlaceName]) -> tuple[PlaceName, ...]:
    """Return places without those that only lack what lies above one of the others."""
    if len(places) == 1:
        return (places[0],)
    known = {(place.facet, place.name) for place in places if place.above}
    return tuple(place for place in places if place.above or (place.facet, place.name) not in known)


def _take_stock(engine: Engine) -> Catalogue:
    return Catalogue(facets=engine.search(Search(size=1)).facets, reports=engine.reports())


#: The catalogue of an engine's generation in use.
catalogue_of = PerGeneration(_take_stock)

#: The frequent words of an engine's generation in use, with how many passages hold each.
vocabulary_of = PerGeneration(lambda engine: engine.frequent_words(MAX_WORDS))
