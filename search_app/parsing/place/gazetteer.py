"""The gazetteer: names of all Chinese townships under county, city and province; loaded at first use (about 30 ms).

An administrator may add to it, or put in its place, a file of their own (``use_gazetteer``; form: own_gazetteer).
"""

import gzip
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from search_app.parsing.place.own_gazetteer import OwnRow, own_places, read_own_text, text_in_use, use_text


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


def use_gazetteer(path: Path | None) -> None:
    """Take an administrator's own list of places from now on (None = none). Raises ConfigError for a bad file.

    For the doors only: the state is the process's.
    """
    use_places("" if path is None else read_own_text(path))


def use_places(text: str) -> None:
    """Take the text of a list of places that was found usable, as ``text_in_use`` gave it in another process."""
    if text != text_in_use():
        use_text(text)
        gazetteer.cache_clear()


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer from search_app/data, with the administrator's own list beside it or in its place."""
    own = own_places()
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
