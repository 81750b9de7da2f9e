"""The gazetteer: names of all Chinese townships under county, city and province; loaded at first use (about 30 ms)."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer from search_app/data."""
    raw = gzip.decompress(files("search_app.data").joinpath("gazetteer.txt.gz").read_bytes()).decode("utf-8")
    towns: dict[str, tuple[Place, ...]] = {}
    counties: dict[str, tuple[Place, ...]] = {}
    cities: dict[str, str] = {}
    provinces: set[str] = set()
    for line in raw.splitlines():
        if line.startswith("#") or not line:
            continue
        province, city, county, names = line.split("\t")
        place = Place(province=province, city=city or None, county=county or None)
        provinces.add(province)
        if city:
            cities[city] = province
        if county:
            counties[county] = (*counties.get(county, ()), place)
        here = (place,)
        for name in names.split():
            towns[name] = towns[name] + here if name in towns else here
    return Gazetteer(towns=towns, counties=counties, cities=cities, provinces=frozenset(provinces))
