"""Addresses: finding 省市县镇 in titles, signatures, paths and running text, by their shape.

Words such as 乡镇, 全镇 or 特色小镇 have the shape of a town and are none. Works for places in no gazetteer too.
"""

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

_HAN = r"[\u4e00-\u9fff\u3400-\u4dbf]"
_SUFFIX = r"(?:民族乡|街道|苏木|镇|乡)"
_PROVINCE = rf"(?:{_HAN}{{2,3}}?省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:北京|天津|上海|重庆)市)"
_ADDRESS = re.compile(
    rf"(?P<province>{_PROVINCE})?(?P<city>{_HAN}{{1,10}}?(?:自治州|地区|盟|市))?(?P<county>{_HAN}{{1,13}}?(?:自治县|自治旗|县|区|旗|市))?"
    rf"(?P<town>{_HAN}{{2,10}}?{_SUFFIX})"
    rf"(?=办事处|人民政府|政府|党委|党工委|委员会|人大|纪委|党政|关于|法治|依法|推进|落实|贯彻|年|的|司法所|综合|[^\u4e00-\u9fff]|$)"
)
_LEAD = re.compile(r"中国共产党|中共|关于印发|关于|印发|转发|报送")
_STOP_STEMS = re.compile(
    r"(?:[我全各本该集城村小场重强两多每个乡镇县区返下回入还家]|示范|先进|特色|创建|建制|中心|周边|街道|所在|有关|辖区|几个|平安|法治|治理|治)$"
)
_STOP_CHARS = re.compile(
    r"[我的是及将把为们在各该等、]|以来|年度|领导|坚持|法治|建设|政府|党委|一是|工作|服务|推进|依法|民主|行政|乡镇|街镇|镇街|村"
)
_IN_TEXT = re.compile(
    rf"(?<!{_HAN})(?:今年以来|一年来|近年来|年以来|年度|年|现将|今年|中共|在|由|对|为|以来|根据|按照|本年度|去年)?(?P<town>{_HAN}{{2,16}}?{_SUFFIX})"
    rf"(?=党委|党工委|人民政府|政府|党政|办事处|人大|司法所|综合|坚持|认真|高度|严格|深入|积极|始终|紧紧|全面|持续|以|在|将|共|现|有|按|根据|制定|[0-9，,。、“《（(]|$)"
)
_LOOSE = re.compile(rf"{_HAN}{{2,8}}?{_SUFFIX}")
_SUPERIOR = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[在按据照由])|(?<=中共)|(?<=接受))(?!中共|[在按据照由我全本各省市县区旗接对将把向和与是等])(?P<county>(?:(?!在){_HAN}){{1,8}}?(?:自治县|自治旗|县|区|旗|市))"
    r"(?:委(?!员)|委员会|人民政府|政府|司法局|法治办|委依法)"
)
_NO_PLACE = re.compile(
    r"坚持|按照|接受|办理|收到|反馈|对接|争取|推动|完善|答复|处理|提请|参照|主动|及时|根据|配合|报送|落实|贯彻|执行|围绕|请示|上级|所在|领导|服务|支持|协助|邀请|全力|[经报受听请为及以向的]"
    r"|社区|辖区|园区|[县区市]级|各|省|中央|联合|协调|完成|召开|研究|指导|组织|参加|参与|学习|传达|本"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What one piece of text says about the place; every part may be missing."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None


def find_address(text: str) -> Address | None:
    """Return the address that a title, signature or path component states, or None."""
    text = _LEAD.sub(" ", text)
    for found in _ADDRESS.finditer(text):
        town, county, city, province = found.group("town", "county", "city", "province")
        if not _is_town(town):
            continue
        if county and re.search(r"[镇乡]政府|人民政府|委员会", county):
            county = None
        if city and not county and not city.endswith(("州", "盟", "地区")):
            city, county = None, city
        return Address(town=town, county=county, city=city, province=province)
    return None


def find_superiors(text: str) -> Counter[str]:
    """Count the names of counties, districts or cities whose committee, government or bureau a text names."""
    return Counter(
        name
        for found in _SUPERIOR.finditer(text)
        if len(name := found.group("county")) > 1 and not _NO_PLACE.search(name)
    )


def find_town(text: str, known: Container[str], *, least: int = 1) -> Address | None:
    """Return the town that running text speaks of most, among shapes at a boundary and names that are known."""
    counts: Counter[str] = Counter()
    whole: dict[str, Address] = {}
    for found in _IN_TEXT.finditer(text):
        address = find_address(found.group("town"))
        if address is not None and address.town is not None:
            counts[address.town] += 1
            if address.county is not None:
                whole.setdefault(address.town, address)
    for found in _LOOSE.finditer(text):
        run = found.group()
        for start in range(len(run) - 2):
            if run[start:] in known and _is_town(run[start:]):
                counts[run[start:]] += 1
                break
    if not counts:
        return None
    (town, count), *others = counts.most_common(2)
    if count < least or (others and others[0][1] == count):
        return None
    return whole.get(town, Address(town=town))


def _is_town(name: str) -> bool:
    stem = re.sub(rf"{_SUFFIX}$", "", name)
    return len(stem) >= 2 and not _STOP_STEMS.search(stem) and not _STOP_CHARS.search(stem)
