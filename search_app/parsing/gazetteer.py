"""The gazetteer: names of all Chinese townships under county, city and province; loaded at first use (about 30 ms).

An administrator may add to it with a file of their own (``use_gazetteer``), one place per line: 省,市,县,镇. A county
that stands there with its towns takes the place of the county of that name that is built in.
"""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from search_app.errors import ConfigError

_FORM = "一行一个地方：省,市,县,镇（没有的一级留空，逗号不能少），保存为 UTF-8。"
_own: list[Path] = []


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
    """Add an administrator's own list of places from now on (None = none). Raises ConfigError for a bad file.

    For the doors only: the state is the process's.
    """
    if path is not None:
        _own_rows(path)
    _own[:] = [] if path is None else [path]
    gazetteer.cache_clear()


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer from search_app/data, with the administrator's own list where there is one."""
    raw = gzip.decompress(files("search_app.data").joinpath("gazetteer.txt.gz").read_bytes()).decode("utf-8")
    rows = []
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            province, city, county, names = line.split("\t")
            rows.append((Place(province=province, city=city or None, county=county or None), names.split()))
    for path in _own:
        own = _own_rows(path)
        rows = [row for row in rows if row[0] not in own] + list(own.items())
    return _filed(rows)


def _filed(rows: Iterable[tuple[Place, list[str]]]) -> Gazetteer:
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


def _own_rows(path: Path) -> dict[Place, list[str]]:
    """Read an administrator's list."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"地名表 {path} 读不出来：{error}", hint=_FORM) from error
    rows: dict[Place, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")]
        if len(cells) != 4 or not cells[3] or not any(cells[:3]):
            raise ConfigError(f"地名表 {path} 第 {number} 行写法有误：{line.strip()[:40]}", hint=_FORM)
        if number == 1 and cells[3] in ("镇", "乡镇", "镇乡街道"):
            continue
        place = Place(province=cells[0] or None, city=cells[1] or None, county=cells[2] or None)
        rows.setdefault(place, []).append(cells[3])
    if not rows:
        raise ConfigError(f"地名表 {path} 是空的", hint=_FORM)
    return rows
