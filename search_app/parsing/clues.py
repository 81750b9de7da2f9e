"""Clues: what a report's texts say for or against a place that it might be.

In: the clues of one report, and candidates of the gazetteer. Out: the county that the text names as superior, and the
candidates that it speaks for.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search_app.parsing.addresses import find_superiors, split_county
from search_app.parsing.gazetteer import Gazetteer, Place

_SUPERIORS = (
    ("县", re.compile(r"县委|县政府|县人民政府|县司法局|我县|全县|依法治县")),
    ("旗", re.compile(r"旗委|旗政府|旗人民政府|旗司法局|我旗|全旗")),
    ("区", re.compile(r"(?<!社)(?<!园)(?<!地)区委|区政府|区人民政府|区司法局|我区|依法治区")),
    ("市", re.compile(r"市委|市政府|市人民政府|市司法局|我市|依法治市")),
)
#: What has the shape of a county's name and means whichever county is meant.
_GENERIC = ("本县", "我县", "全县", "我市", "我区", "全市", "全区", "各县", "社区", "辖区", "园区", "省市", "中央省市")
#: What a town does with its superior, written before it without more: 会同区司法局, 经县委.
_VERB = re.compile(
    r"(?:会同|协同|联动|邀请|聘请|提请|报请|报经|请示|请求|商请|依托|借助|结合|响应|承办|参加|迎接|通过|利用|抽调|选派|委托|联手|跟随|陪同|"
    r"服从|遵照|遵循|呈报|上报|报告|申请|获得|荣获|获评|被评|获|被|经|请|随|同|跟|待|因|靠)(?:[全各驻]?)[县旗区市]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The texts that may name the place; ``frame`` is the page around the report, believed for its county only.

    ``hosts`` are labels of the addresses of sites.
    """

    title: str
    issuer: str
    header: tuple[str, ...]
    frame: str
    intro: str
    headings: str
    body: str
    path: str
    hosts: frozenset[str] = frozenset()


def _evidence(clues: Clues) -> str:
    return "\n".join(
        (
            clues.title,
            clues.issuer,
            *clues.header,
            clues.frame,
            clues.path,
            clues.intro,
            clues.headings,
            clues.body[:40_000],
        )
    )


def superior(clues: Clues, names: Gazetteer, places: Iterable[Place] = ()) -> str | None:
    """Return the one county that the text names as superior: known to the gazetteer, or named at least twice.

    ``places`` are those that have a town of the report's name.
    """
    own = {place.county for place in places}
    counts: Counter[str] = Counter()
    for name, count in find_superiors(_evidence(clues)).items():
        whole = None if name in names.counties else split_county(name, names)
        counts[(whole and whole.county) or name] += count
    for word in [name for name in counts if name in _GENERIC or (_VERB.fullmatch(name) and name not in own)]:
        del counts[word]
    likely = [
        name
        for name, count in counts.items()
        if name in names.counties or ((count > 1 or len(name) == 3) and name not in names.cities)
    ]
    likely = [name for name in likely if name in names.counties] or likely
    if len(likely) > 1:
        likely = [name for name in likely if counts[name] == max(counts[one] for one in likely)]
    return likely[0] if len(likely) == 1 and likely[0] not in names.provinces else None


def is_in_named_county(town: str, clues: Clues, names: Gazetteer) -> bool:
    """Say whether the text names a county that has a town of this name."""
    text = _evidence(clues)
    return any(_in(place.county, text) for place in names.towns.get(town, ()))


def is_named(place: Place, clues: Clues) -> bool:
    text = _evidence(clues)
    return any(_in(name, text) for name in (place.county, place.city, place.province))


def _in(name: str | None, text: str) -> bool:
    """Say whether a text names a county or what is above it; two characters (单县) must stand before its organs."""
    if name is None or name not in text:
        return False
    return (
        len(name) > 2
        or re.search(rf"(?<![我全本各该]){name}(?:县?委|县?人民政府|县?政府|县?司法|依法)", text) is not None
    )


def narrow(places: tuple[Place, ...], clues: Clues) -> tuple[tuple[Place, ...], bool]:
    """Return the candidates that the text speaks for, and whether more than the kind of superior decided."""
    text = _evidence(clues)
    kinds = tuple(kind for kind, pattern in _SUPERIORS if pattern.search(text))
    fitting = tuple(place for place in places if not kinds or place.county is None or place.county[-1] == kinds[0])
    for part in ("county", "city", "province"):
        named = tuple(place for place in places if _in(getattr(place, part), text))
        agreed = tuple(place for place in named if place in fitting)
        if len(agreed or named) == 1:
            return (agreed or named), True
        if agreed:
            places = fitting = agreed
    if len(places) == 1:
        return fitting, True
    return fitting, len(fitting) != 1
