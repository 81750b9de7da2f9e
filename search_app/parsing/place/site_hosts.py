"""Site hosts: which county with a town of this name a page's address means (www.xuwen.gov.cn: 徐闻县).

Counties spell their names there in full, or in initials behind those of the city or province (cqck: 重庆城口). Of
several counties one alone must fit.
"""

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from search_app.parsing.place.gazetteer import Place

_HOST = re.compile(r"(?<![\w@-])((?:[a-z0-9-]+\.){1,4})gov\.cn\b", re.I)
_KINDS = ("", "xian", "qu", "shi", "qi", "x", "q", "s", "zf", "xzf", "qzf")
_SHORTEST = 4  # letters of initials that say something
_MOST = 30


def find_hosts(text: str) -> frozenset[str]:
    """Return the labels of the government addresses in a text, such as xuwen of www.xuwen.gov.cn."""
    found = {label for host in _HOST.findall(text)[:_MOST] for label in host.lower().rstrip(".").split(".")}
    return frozenset(found - {"www", "public", "xxgk", "zwgk", "zfxxgk", "admin"})


def match_hosts(places: Iterable[Place], hosts: frozenset[str]) -> tuple[Place, ...]:
    """Return the places whose county an address spells."""
    return tuple(place for place in places if not hosts.isdisjoint(_spellings(place)))


def _spellings(place: Place) -> set[str]:
    name = place.county or place.city
    if name is None or name not in _pinyin():
        return set()
    own = _pinyin()[name]
    full, initials = "".join(own), "".join(syllable[0] for syllable in own)
    spelt = {full + kind for kind in _KINDS}
    for upper in (place.city, place.province):
        above = _pinyin().get(upper or "")
        if above is not None and upper != name:
            before = ("".join(above), "".join(syllable[0] for syllable in above))
            spelt |= {first + full for first in before}
            spelt |= {first + initials + kind for first in before for kind in _KINDS}
    return {label for label in spelt if len(label) >= _SHORTEST}


@cache
def _pinyin() -> Mapping[str, tuple[str, ...]]:
    """Return the syllables of the names of provinces, cities and counties."""
    raw = gzip.decompress(files("search_app.data").joinpath("pinyin.txt.gz").read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return {name: tuple(spelt.split()) for name, spelt in rows}
