"""Address patterns: 省市县镇 in titles, signatures, paths and running text, found by their shape.

Words such as 乡镇, 全镇 or 特色小镇 have the shape of a town and are none. Works for places in no gazetteer too.
"""

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from search_app.language.analysis.han_numbers import DIGITS, MISTYPED_ZEROS
from search_app.language.analysis.place_names import (
    AREA_SUFFIXES,
    CITY_SUFFIXES,
    COUNTY_ENDS,
    COUNTY_SUFFIXES,
    OFFICE_SUFFIXES,
    SEAT_SUFFIXES,
    SURE_COUNTY_ENDS,
    TOWN_SUFFIXES_IN_FULL,
    either,
    province_pattern,
)
from search_app.parsing.place.gazetteer import Gazetteer

HAN = r"[\u4e00-\u9fff\u3400-\u4dbf]"
_SUFFIX = either(*TOWN_SUFFIXES_IN_FULL)
_ADDRESS = re.compile(
    rf"(?P<province>{province_pattern(HAN)})?(?P<city>{HAN}{{1,10}}?{either(*CITY_SUFFIXES)})?"
    rf"(?P<county>{HAN}{{1,13}}?{either(*COUNTY_SUFFIXES)})?"
    rf"(?P<town>{HAN}{{2,10}}?{_SUFFIX})"
    rf"(?=办事处|人民政府|政府|委(?!员)|党委|党工委|党群|委员会|人大|纪委|纪工委|党政|关于|法治|法制|依法|普法|推进|推动|落实|贯彻|报告|总结|年|的|司法所|综合|综治|工作|上年|上半年|"
    rf"行政|执法|政务|信息|便民|加强|开展|全面|自查|履行|述法|述职|党建|平安|信访|应急|基层|人民调解|书记|[^\u4e00-\u9fff]|$)"
)
_LEAD = re.compile(
    rf"中国共产党|中共|关于印发|关于|印发|转发|报送|(?:现|家)?住(?={HAN}{{2,12}}[县区市镇乡])|"
    rf"(?:20|二[{MISTYPED_ZEROS}])[\d{MISTYPED_ZEROS}{DIGITS}xX×*＊]{{2}}\s*年?度?|[*＊xX×]{{2,4}}\s*年度?|年度"
)
_STOP_STEMS = re.compile(
    r"(?:[我全各本该集城村小场重强两多每个乡镇县区返下回入还家]|[帮助联带促进连惠强访走][千百万]|发展|振兴|帮扶|结对|助力|赋能|示范|先进|特色|创建|建制|中心|周边|街道|所在|有关|辖区|几个|平安|法治|治理|治)$"
)
_STOP_CHARS = re.compile(
    r"[某我的是及将把为们在各该等、]|以来|年度|领导|坚持|法治|建设|政府|党委|一是|工作|服务|推进|依法|民主|行政|乡镇|街镇|镇街|村"
)
_IN_TEXT = re.compile(
    rf"(?<!{HAN})(?:今年以来|一年来|近年来|年以来|年度|年|现将|今年|中共|在|由|对|为|以来|根据|按照|本年度|去年)?(?P<town>{HAN}{{1,16}}?{_SUFFIX})"
    rf"(?=党委|党工委|人民政府|政府|党政|办事处|人大|司法所|综合|地处|位于|下?辖|总面积|推进|推动|落实|贯彻|扎实|加强|强化|聚焦|立足|切实|坚持|认真|高度|严格|深入|积极|始终|紧紧|全面|持续|以|在|将|共|现|有|按|根据|制定|[0-9，,。、“《（(]|$)"
)
#: 解放街道路整治 speaks of a street, not of a 街道.
_LOOSE = re.compile(rf"{HAN}{{2,8}}?{_SUFFIX}(?<!街道(?=[路两沿上]|整治|绿化|保洁|清扫|改造))")
_RUN = re.compile(rf"{HAN}{{2,60}}")
_COUNTY_SHAPE = re.compile(
    rf"(?:^|[《“（(\s\-—·，。；：、])({HAN}{{2,5}}[{SURE_COUNTY_ENDS}]|{HAN}{{1,3}}(?<![社辖园市城郊景厂矿校小片街地新老山灾])区)$"
)
#: A town that a sentence begins with and that does something in it, perhaps behind the time.
_ACTING_TOWN = re.compile(
    rf"(?:^|[。；\n])(?:20\d\d年度?|今年|全年|年内|一年来)?[，,]?(?P<town>{HAN}{{2,6}}?{_SUFFIX})"
    r"(?=检查|办理|开展|组织|审查|召开|化解|调解|受理|新增|完成|制发|印发|对|把|将|已|共|累计|先后|投入|建成|建立|出台|成立|排查|查处|举办|围绕|结合|"
    r"通过|利用|依托|坚持|积极|认真|深入|全面|严格|落实|党委|人民政府|政府|现有|辖)",
    re.M,
)
_PRAISED = re.compile(r"示范|先进|试点|全[国省市县]|[强大贫]县|创建|打造|我|某")
LONGEST_NAME, _LONGEST_TOWN = 12, 14
#: A town whose committee or government acts is the report's own; others are merely mentioned.
_ACTS = re.compile(r"镇?(?:党委|党工委|人民政府|政府|办事处|党政)")
_ORGANS = re.compile(r"(?:人民调解|调解委员会|司法所|综合行政执法|便民服务中心|综治中心|平安法治办|法治政府)")
_OWN_BEFORE = re.compile(r"(?:列入|纳入|印发了?|制定了?|出台了?|修订了?|成立了?|组建了?|下发了?|实现|打造|《)$")
_DOING = re.compile(
    r"[审报到]|[日月年][内前后起]|编制|公布|公示|梳理|建立|健全|完善|加强|提[交升]|推动|打造|整治|开展|组织|实施|促进|优化|形成"
)
#: Names of real towns that are words of every report.
_WORDS = frozenset(
    ("中心镇", "城镇街道", "新城镇", "城区街道", "开发区街道", "市场街道", "广场街道", "社区街道", "中心乡", "新镇街道")
)
_STREET = re.compile(rf"{HAN}{{2,5}}街(?=党|工委|办事处|综合|司法|人大|纪|按|围|认|坚|以|把|全面|深入)")
_SHORT_STREET = re.compile(rf"{HAN}{{2,4}}?街(?!道|[镇乡区])")
#: A county's own government before the name of its street office (甲区人民政府乙街道办事处).
_SEAT_OF = re.compile(r"人民政府$")
_OFFICE_OF = re.compile(rf"人民政府(?={HAN}{{2,10}}{either(*OFFICE_SUFFIXES)}(?:办事处|人民政府|关于|20\d\d))")
_SEAT_ABOVE = re.compile(rf"(?<=[{COUNTY_ENDS}]){_OFFICE_OF.pattern}")
#: 甲市乙县, where the gazetteer does not know 甲市.
_COUNTY_IN_AREA = re.compile(rf"(.{{2,8}}?{either(*AREA_SUFFIXES)})(.{{1,9}}[{COUNTY_ENDS}])")
_SEAT = re.compile(
    rf"(?P<name>{HAN}{{1,24}}?{either(*SEAT_SUFFIXES)})"
    r"(?=人民政府|政府|司法局|委员会|党委|政务|政法|门户|信息公开|依法治|融媒体|大数据|法治|委依法|委办|信息中心|网信)"
)
NO_PLACE = re.compile(
    r"坚持|按照|接受|办理|收到|反馈|对接|争取|推动|完善|答复|处理|提请|参照|主动|及时|根据|配合|报送|落实|贯彻|执行|围绕|请示|上级|所在|领导|服务|支持|协助|邀请|全力|[经报受听请为及以向的]"
    r"|社区|辖区|园区|[县区市]级|各|省|中央|联合|协调|完成|审议|听取|了|^自治|^住|召开|研究|指导|组织|参加|参与|学习|传达|本|依法|全面|法治"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What one piece of text says about the place; every part may be missing."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None


def find_address(text: str, names: Gazetteer | None = None) -> Address | None:
    """Return the address that a title, signature or path component states, or None; known names before shapes."""
    text = _LEAD.sub(" ", text)
    if names is not None:
        for run in _RUN.finditer(text):
            if (known := _known(run.group(), names)) is not None:
                return known
    for found in _ADDRESS.finditer(_SEAT_ABOVE.sub("", text)):
        town, county, city, province = found.group("town", "county", "city", "province")
        if not _is_town(town):
            continue
        if county and re.search(r"[镇乡]政府|人民政府|委员会", county):
            county = None
        if city and not county and not city.endswith(("州", "盟", "地区")):
            city, county = None, city
        if names is not None and county and county not in names.counties:
            county = (
                find_county_before(county, names, shortest=3) or county
            )  # 有效乙县: what stood before it belongs to the page
        return Address(town=town, county=county, city=city, province=province)
    return None


def _known(run: str, names: Gazetteer) -> Address | None:
    """Return the address that a run of characters begins with, where the gazetteer knows its town."""
    province, rest = _beginning(run, names.provinces)
    city, rest = _beginning(rest, names.cities)
    county, rest = _beginning(rest, names.counties)
    rest = _OFFICE_OF.sub("", rest, count=1) if county and rest.startswith("人民政府") else rest
    prefix = county or ""
    towns = [rest[:end] for end in range(2, min(len(rest), _LONGEST_TOWN) + 1) if rest[:end] in names.towns]
    if not towns and (county or city) and (short := _SHORT_STREET.match(rest)) and short.group() + "道" in names.towns:
        return Address(town=short.group() + "道", county=county, city=city, province=province)  # 甲区乙街
    if not towns and prefix:  # a town that bears the name of a county or city (新市区镇)
        county, rest = None, prefix + rest
        towns = [rest[:end] for end in range(2, min(len(rest), _LONGEST_TOWN) + 1) if rest[:end] in names.towns]
    if not towns or re.match(r"[镇乡村](?!人民政府|政府|党委)|社区|[东西南北中]?[路街]", rest[len(towns[-1]) :]):
        return None
    if city is not None and county is None and city in names.counties:
        city, county = None, city
    return Address(town=towns[-1], county=county, city=city, province=province)


def _beginning(text: str, names: Container[str]) -> tuple[str | None, str]:
    """Return the longest of the names that a text begins with, and the rest."""
    for end in range(min(len(text), LONGEST_NAME), 1, -1):
        if text[:end] in names:
            return text[:end], text[end:]
    return None, text


def find_seats(text: str, names: Gazetteer) -> Counter[Address]:
    """Count the counties or cities whose government, site or bureau a page's frame names (甲市乙县人民政府)."""
    counts: Counter[Address] = Counter()
    for found in _SEAT.finditer(text):
        address = split_county(found.group("name"), names)
        if address is not None:
            counts[address] += 1
    return counts


def split_county(name: str, names: Gazetteer) -> Address | None:
    """Tell province, city and county of a name such as 甲省乙市丙县; None where its shape is another."""
    province, rest = _beginning(name, names.provinces)
    if not rest:
        return Address(province=province)
    if rest in names.counties:
        return Address(county=rest, province=province)
    city, inner = _beginning(rest, names.cities)
    if city is None and (found := _COUNTY_IN_AREA.fullmatch(rest)):
        city, inner = found.groups()
    if city is not None and not inner:
        return Address(city=city, province=province)
    if NO_PLACE.search(inner) or not 2 <= len(inner) <= 13 or inner[-1] not in COUNTY_ENDS:
        return None
    return Address(county=inner, city=city, province=province)


def find_town(text: str, names: Gazetteer, *, least: int = 1) -> Address | None:
    """Return the town that running text speaks of most, among shapes at a boundary and names that are known."""
    counts: Counter[str] = Counter()
    whole: dict[str, Address] = {}
    for found in _IN_TEXT.finditer(text):
        address = find_address(found.group("town"), names)
        if address is None or address.town is None or (address.town not in names.towns and _doing(address.town)):
            continue
        counts[address.town] += 2 if _ACTS.match(text, found.end()) else 1
        if address.county is not None:
            whole.setdefault(address.town, address)
    for found in _LOOSE.finditer(text):
        at = _known_from(found, text, names)
        if at is None:
            continue
        name = text[at : found.end()]
        counts[name] += 2 if _OWN_BEFORE.search(text, max(at - 5, 0), at) or _ORGANS.match(text, found.end()) else 1
        county = find_county_before(text[max(at - LONGEST_NAME - 4, 0) : at], names)
        if county is not None:
            whole.setdefault(name, Address(town=name, county=county))
    if not counts and least == 1:
        counts = _short_streets(text, names)
    if not counts:
        return None
    (town, count), *others = counts.most_common(2)
    if count < least or (others and others[0][1] == count):
        return None
    return whole.get(town, Address(town=town))


def find_acting_town(text: str, names: Gazetteer) -> Address | None:
    """Return the one town that acts at the beginning of a sentence, though only once, or None."""
    found = {match.group("town") for match in _ACTING_TOWN.finditer(text)}
    towns = {name for name in found if _is_town(name) and (name in names.towns or not _doing(name))}
    return Address(town=towns.pop()) if len(towns) == 1 else None


def _known_from(found: re.Match[str], text: str, names: Gazetteer) -> int | None:
    """Return where a known name begins that ends with the match, or None; doubtful ones need their organs behind."""
    for at in range(found.start(), found.end() - 2):
        name = text[at : found.end()]
        if name in names.towns and (_is_town(name) or (name not in _WORDS and _ACTS.match(text, found.end()))):
            return at
    return None


def find_county_before(text: str, names: Gazetteer, *, shortest: int = 2) -> str | None:
    """Return the county that a text ends with, perhaps with 人民政府 behind it."""
    text = _SEAT_OF.sub("", text)
    if not text.endswith((*COUNTY_ENDS,)):
        return None
    starts = range(max(len(text) - LONGEST_NAME, 0), len(text) - shortest + 1)
    return next((text[at:] for at in starts if text[at:] in names.counties), None)


def find_county_of(town: str, text: str, names: Gazetteer) -> str | None:
    """Return the one county that the text names right before the town, known or of a clear shape, or None."""
    found: set[str] = set()
    at = text.find(town)
    while at >= 0:
        before = text[max(at - LONGEST_NAME - 4, 0) : at].rstrip("-—·_ ")
        shape = _COUNTY_SHAPE.search(before)
        county = find_county_before(before, names, shortest=3) or (shape.group(1) if shape else None)
        if county is not None and not NO_PLACE.search(county) and not _PRAISED.search(before[-4:]):
            found.add(county)
        at = text.find(town, at + len(town))
    return found.pop() if len(found) == 1 else None


def _short_streets(text: str, names: Gazetteer) -> Counter[str]:
    """Count the 街道 that a text calls 街 for short (万兴街党工委), as some cities do."""
    counts: Counter[str] = Counter()
    for found in _STREET.finditer(text):
        for at in range(found.start(), found.end() - 2):
            if (name := text[at : found.end()] + "道") in names.towns:
                counts[name] += 1
                break
    return counts


def _doing(name: str) -> bool:
    """Say whether the shape of a town that no list knows holds what is done rather than a name (审查后报镇)."""
    return len(name) > 8 or _DOING.search(name) is not None


def _is_town(name: str) -> bool:
    stem = re.sub(rf"{_SUFFIX}$", "", name)
    return len(stem) >= 2 and not _STOP_STEMS.search(stem) and not _STOP_CHARS.search(stem)
