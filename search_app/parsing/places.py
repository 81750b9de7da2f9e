"""Places: town, county, city and province of a report, with the source of what is known.

In: the texts where a place may stand, the most telling first. Out: names, source, warnings. A town's name alone is
ambiguous: the gazetteer's candidates are narrowed by what the report names (county, city, province) and by what it
calls its superior (县委, 区委). What stays ambiguous is None, with the candidates in a warning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.model import PlaceSource
from search_app.parsing.addresses import Address, find_address, find_superiors, find_town
from search_app.parsing.gazetteer import Gazetteer, Place, gazetteer

_SUPERIORS = (
    ("县", re.compile(r"县委|县政府|县人民政府|县司法局|我县|全县|依法治县")),
    ("旗", re.compile(r"旗委|旗政府|旗人民政府|旗司法局|我旗|全旗")),
    ("区", re.compile(r"(?<!社)(?<!园)(?<!地)区委|区政府|区人民政府|区司法局|我区|依法治区")),
    ("市", re.compile(r"市委|市政府|市人民政府|市司法局|我市|依法治市")),
)
_SUFFIXES = ("街道", "镇", "乡")
_FOLDER = re.compile(r"[\u4e00-\u9fff]{1,12}(?:自治县|自治旗|县|区|旗|市)")
_SIMPLE = str.maketrans(
    "橋雲鎮鄉龍東馬鳥魚門陽陰黃長興寧慶華貴廣義豐樂國財溝灣嶺島岡壩關頭縣區節澤濱濟瀘蘭萬齊衛趙錢孫鄭馮陳韓楊許張孔嚴潤漢遠達連運進邊遼",
    "桥云镇乡龙东马鸟鱼门阳阴黄长兴宁庆华贵广义丰乐国财沟湾岭岛冈坝关头县区节泽滨济泸兰万齐卫赵钱孙郑冯陈韩杨许张孔严润汉远达连运进边辽",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The texts that may name the place."""

    title: str
    issuer: str
    header: tuple[str, ...]
    intro: str
    headings: str
    body: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFound:
    """The place, its source, and what the keeper should know."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    source: PlaceSource = "none"
    warnings: tuple[str, ...] = ()


def find_place(clues: Clues, known: Mapping[str, str]) -> PlaceFound:
    """Return the place of a report; ``known`` holds corrections (town, county, city, province), which win."""
    names = gazetteer()
    stated, source = _stated(clues, names)
    if known:
        stated, source = replace(stated, **{part: known[part] for part in known}), "sidecar"
    if stated.town is None:
        found = PlaceFound(county=stated.county, city=stated.city, province=stated.province, source=source)
        return replace(found, warnings=("未能识别乡镇名称",))
    if "town" not in known:
        stated = replace(stated, town=_simplified(stated.town, names))
    stated = _with_county_of_other_clues(stated, clues)
    return _complete(stated, source, clues, names)


def _stated(clues: Clues, names: Gazetteer) -> tuple[Address, PlaceSource]:
    """Return the first address that a clue states, the most telling clue first."""
    addressed: tuple[tuple[str, PlaceSource], ...] = (
        (clues.title, "title"), (clues.issuer, "issued"), *((text, "issued") for text in clues.header),
    )  # fmt: skip
    for text, source in addressed:
        if text and (address := find_address(text)) is not None:
            return address, source
    running: tuple[tuple[str, PlaceSource], ...] = ((clues.intro, "intro"), (clues.headings, "heading"))
    for text, source in running:
        if text and (town := find_town(text, names.towns)) is not None:
            return town, source
    if (town := find_town(clues.body, names.towns, least=2)) is not None:
        return town, "body"
    for part in reversed(clues.path.split("/")):
        if (address := find_address(re.sub(r"[\W_0-9]+", " ", part))) is not None:
            return address, "filename"
    return Address(), "none"


def _simplified(town: str | None, names: Gazetteer) -> str | None:
    """Return the town in simplified characters where a page was half converted to traditional ones."""
    if town is None:
        return None
    simple = town.translate(_SIMPLE)
    return simple if simple != town and simple in names.towns else town


def _with_county_of_other_clues(stated: Address, clues: Clues) -> Address:
    """Add the county that the signature, header or path states for the same town."""
    if stated.county is not None:
        return stated
    for text in (clues.title, clues.issuer, *clues.header, clues.path.replace("/", "")):
        other = find_address(text)
        if other is not None and other.town == stated.town and other.county is not None:
            return replace(stated, county=other.county, city=other.city or stated.city, province=other.province)
    return stated


def _with_folders(stated: Address, path: str, names: Gazetteer) -> Address:
    """Add the county, city and province that folders are named after (云溪县/2023年/…)."""
    for folder in path.split("/")[:-1]:
        if folder in names.provinces:
            stated = replace(stated, province=stated.province or folder)
        elif folder in names.cities:
            stated = replace(stated, city=stated.city or folder)
        elif _FOLDER.fullmatch(folder):
            stated = replace(stated, county=stated.county or folder)
    return stated


def _complete(stated: Address, source: PlaceSource, clues: Clues, names: Gazetteer) -> PlaceFound:
    """Complete county, city and province from the gazetteer and the text."""
    town = stated.town or ""
    found = PlaceFound(town=town, county=stated.county, city=stated.city, province=stated.province, source=source)
    renamed = town not in names.towns
    candidates = names.towns.get(town, ()) or _renamed(town, names)
    candidates = tuple(place for place in candidates if _agrees(place, stated))
    if stated.county is not None:
        return _with_upper(found, candidates or _by_county(stated, names), clues)
    superior = _superior(clues, names)
    if superior not in names.counties:
        stated = _with_folders(stated, clues.path, names)
        found = replace(found, city=stated.city, province=stated.province)
        if stated.county is not None:
            return _with_upper(replace(found, county=stated.county), _by_county(stated, names), clues)
        candidates = tuple(place for place in candidates if _agrees(place, stated))
    if superior is not None and not any(place.county == superior for place in candidates):
        named = Address(town=town, county=superior, city=stated.city, province=stated.province)
        return _with_upper(replace(found, county=superior), _by_county(named, names), clues)
    narrowed, certain = _narrow(candidates, clues)
    if len(narrowed) == 1 and not (renamed and not _is_named(narrowed[0], clues)):
        place = narrowed[0]
        named_in_text = place.county is not None and place.county == superior
        how: PlaceSource = (
            source if named_in_text or source == "sidecar" else "gazetteer" if certain and not renamed else "inferred"
        )
        return replace(found, county=place.county, city=place.city, province=place.province, source=how)
    return _unresolved(found, candidates, narrowed)


def _unresolved(found: PlaceFound, candidates: tuple[Place, ...], narrowed: tuple[Place, ...]) -> PlaceFound:
    if not candidates:
        return replace(found, warnings=("未能识别所属县（区、市）",))
    shared = {place.province for place in narrowed or candidates}
    province = found.province or (min(shared, key=str) if len(narrowed) > 0 and len(shared) == 1 else None)
    listed = "、".join(str(place) for place in candidates[:8]) + ("等" if len(candidates) > 8 else "")
    return replace(
        found, province=province, warnings=(f"“{found.town}”可能属于：{listed}；请用同名 .meta.toml 文件注明所属县",)
    )


def _agrees(place: Place, stated: Address) -> bool:
    """Say whether a candidate contradicts nothing that is stated; a county may have become a city or district."""
    return (
        (stated.county is None or place.county is None or _stem(place.county) == _stem(stated.county))
        and (stated.city is None or place.city is None or _stem(place.city) == _stem(stated.city))
        and (stated.province is None or place.province == stated.province)
    )


def _stem(name: str) -> str:
    """Return a name without its suffix, unless one character would be left (忠县)."""
    return name[:-1] if len(name) > 2 else name


def _renamed(town: str, names: Gazetteer) -> tuple[Place, ...]:
    """Return the places of a town that is written with another suffix in the gazetteer (乡 that became 镇)."""
    stem = next((town[: -len(suffix)] for suffix in _SUFFIXES if town.endswith(suffix)), town)
    return tuple(place for suffix in _SUFFIXES for place in names.towns.get(stem + suffix, ()) if stem + suffix != town)


def _by_county(stated: Address, names: Gazetteer) -> tuple[Place, ...]:
    if stated.county and stated.county in names.cities and stated.city is None:
        return (Place(province=names.cities[stated.county], city=stated.county),)
    return tuple(place for place in names.counties.get(stated.county or "", ()) if _agrees(place, stated))


def _with_upper(found: PlaceFound, places: tuple[Place, ...], clues: Clues) -> PlaceFound:
    """Add city and province of the county that is known, where the gazetteer leaves no doubt."""
    if len(places) > 1:
        places, _ = _narrow(places, clues)
    uppers = {(place.city, place.province) for place in places}
    if len(uppers) != 1:
        return found
    city, province = next(iter(uppers))
    county = None if places[0].county is None and found.county == city else found.county
    return replace(found, county=county, city=found.city or city, province=found.province or province)


def _evidence(clues: Clues) -> str:
    return "\n".join(
        (clues.title, clues.issuer, *clues.header, clues.path, clues.intro, clues.headings, clues.body[:40_000])
    )


def _superior(clues: Clues, names: Gazetteer) -> str | None:
    """Return the one county that the text names as superior: known to the gazetteer, or named at least twice."""
    counts = find_superiors(_evidence(clues))
    for generic in (
        "本县",
        "我县",
        "全县",
        "我市",
        "我区",
        "全市",
        "全区",
        "各县",
        "社区",
        "辖区",
        "园区",
        "省市",
        "中央省市",
    ):
        counts.pop(generic, None)
    likely = [
        name
        for name, count in counts.items()
        if name in names.counties or ((count > 1 or len(name) == 3) and name not in names.cities)
    ]
    likely = [name for name in likely if name in names.counties] or likely
    if len(likely) > 1:
        likely = [name for name in likely if counts[name] == max(counts[one] for one in likely)]
    return likely[0] if len(likely) == 1 and likely[0] not in names.provinces else None


def _is_named(place: Place, clues: Clues) -> bool:
    text = _evidence(clues)
    return any(
        name is not None and len(name) > 2 and name in text for name in (place.county, place.city, place.province)
    )


def _narrow(places: tuple[Place, ...], clues: Clues) -> tuple[tuple[Place, ...], bool]:
    """Return the candidates that the text speaks for, and whether more than the kind of superior decided."""
    text = _evidence(clues)
    kinds = tuple(kind for kind, pattern in _SUPERIORS if pattern.search(text))
    fitting = tuple(place for place in places if not kinds or place.county is None or place.county[-1] == kinds[0])
    for part in ("county", "city", "province"):
        named = tuple(place for place in places if (name := getattr(place, part)) and len(name) > 2 and name in text)
        agreed = tuple(place for place in named if place in fitting)
        if len(agreed or named) == 1:
            return (agreed or named), True
        if agreed:
            places = fitting = agreed
    if len(places) == 1:
        return fitting, True
    return fitting, len(fitting) != 1
