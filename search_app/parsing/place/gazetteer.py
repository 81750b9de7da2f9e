"""The gazetteer: names of all Chinese townships under county, city and province; loaded at first use (about 30 ms).

An administrator may add to it, or put in its place, a list of their own; its form is told in own_gazetteer.
"""

import gzip
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from search_app.parsing.place.own_gazetteer import OwnPlaces, OwnRow, parse_own_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place down to the county; what a level does not have is None (重庆市 has no city, 东莞市 no county)."""

    province: str | None = None
    city: str | None = None
    county: str | None = None

    def __str__(self) -> str:
        return "".join(filter(None, (self.province, self.city, self.county)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places by the name of a town and by the name of a county."""

    towns: Mapping[str, tuple[Place, ...]]
    counties: Mapping[str, tuple[Place, ...]]
    cities: Mapping[str, str]
    provinces: frozenset[str]


@lru_cache(maxsize=2)
def gazetteer(own_places: str = "") -> Gazetteer:
    """Return the names of search_app/data, an administrator's own list (its text) beside them or in their place."""
    own = parse_own_places(own_places) if own_places else OwnPlaces()
    rows = {} if own.alone else _built_in()
    counties: dict[str, list[Place]] = {}
    for place in rows if own.rows else ():
        counties.setdefault(place.county or "", []).append(place)
    for row in own.rows:
        place = _meant(row, rows, counties)
        if place not in rows:
            counties.setdefault(place.county or "", []).append(place)
        rows[place] = list(dict.fromkeys((*rows.get(place, ()), *row.towns)))
    return _filed(rows.items())


def _built_in() -> dict[Place, list[str]]:
    raw = gzip.decompress(files("search_app.data").joinpath("gazetteer.txt.gz").read_bytes()).decode("utf-8")
    rows = {}
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            province, city, county, names = line.split("\t")
            rows[Place(province=province, city=city or None, county=county or None)] = names.split()
    return rows


def _meant(row: OwnRow, rows: Container[Place], counties: Mapping[str, list[Place]]) -> Place:
    """Return the place of a row, with the levels above its county filled in where only one county is so named."""
    place = Place(province=row.province, city=row.city, county=row.county)
    if place in rows or row.county is None:
        return place
    agreeing = [
        known
        for known in counties.get(row.county, ())
        if row.province in (None, known.province) and row.city in (None, known.city)
    ]
    return agreeing[0] if len(agreeing) == 1 else place


def _filed(rows: Iterable[tuple[Place, Iterable[str]]]) -> Gazetteer:
    towns: dict[str, tuple[Place, ...]] = {}
    counties: dict[str, tuple[Place, ...]] = {}
    cities: dict[str, str] = {}
    provinces: set[str] = set()
    for place, names in rows:
        if place.province:
            provinces.add(place.province)
        if place.city and place.province:
            cities[place.city] = place.province
        if place.county:
            counties[place.county] = (*counties.get(place.county, ()), place)
        here = (place,)
        for name in names:
            towns[name] = towns[name] + here if name in towns else here
    return Gazetteer(towns=towns, counties=counties, cities=cities, provinces=frozenset(provinces))
