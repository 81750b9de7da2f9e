"""News places: the town or county that a headline or the first sentence of news tells of.

In: headline and lead. Out: an address, and whether it acts there (某镇召开…) or is only visited or mentioned: what
others do in a town is concluded to be about it, not stated.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from search_app.language.analysis.place_names import COUNTY_SUFFIXES, TOWN_SUFFIXES_IN_FULL, either
from search_app.parsing.place.address_patterns import HAN, NO_PLACE, Address, find_address
from search_app.parsing.place.gazetteer import Gazetteer

_ACTS = (
    r"(?=$|召开|举行|举办|组织|开展|启动|开启|集中|积极|扎实|深入|持续|全面|全力|多措|多点|精准|创新|聚焦|紧扣|紧紧|坚持|以|把|将|用|推行|推进|推动|打造|"
    r"探索|建立|强化|加强|筑牢|织密|落实|做|抓|党委|党工委|人民政府|政府|办事处|人大|纪委|司法所|综合|便民|平安|派出所|"
    r"[一二三四五六七八九十]|机关|干部|荣获|获|在|于|与|联合|邀请|对|为|向|从|迎来|位于|地处|位居|坐落|现有|下?辖|入选|顺利|圆满|成功|认真|严格|切实|着力|依托|立足|围绕|进一步|20\d\d|法治|依法|普法|“|《)"
)
_PLACE = rf"{HAN}{{2,14}}?{either(*TOWN_SUFFIXES_IN_FULL)}"
_TOLD = re.compile(_PLACE + _ACTS)
_VISITED = re.compile(_PLACE + r"(?![长村])")
_COUNTY = re.compile(
    rf"(?P<county>{HAN}{{1,6}}?{either(*COUNTY_SUFFIXES)})(?=$|召开|举行|举办|组织|开展|启动|司法局|委|人民政府)"
)
#: What stands before a place that somebody else comes to.
_CAME = re.compile(r"莅临|走进|深入|来(?!自|源)|前往|调研|检查|督导|指导|考察|走访|慰问|[到赴在]")
_PARTS = re.compile(r"[，,。；：:！!？?—\s“”‘’|｜·]+")
_DATED = re.compile(r"^.{0,12}?(?:近日|日前|连日来|近期|\d{1,2}月\d{1,2}日(?:上午|下午|晚上?)?)")
_LONGEST_LEAD = 160
_WHOSE = "我全各本该"


def find_headline_place(title: str, names: Gazetteer) -> tuple[Address, bool] | None:
    """Return the place that a headline tells of, and whether it acts itself."""
    return _first(_PARTS.split(title), names)


def find_lead_place(text: str, names: Gazetteer) -> Address | None:
    """Return the place that the first sentence tells of."""
    sentence = text[:_LONGEST_LEAD].split("。")[0]
    found = _first((_DATED.sub("", part) for part in _PARTS.split(sentence)), names)
    return found[0] if found is not None else None


def _first(parts: Iterable[str], names: Gazetteer) -> tuple[Address, bool] | None:
    """Return the first town that the parts tell of, with the county named before it; a county where there is none."""
    county: str | None = None
    for part in parts:
        address, acts = _at_start(part, names), True
        if address is not None and address.town is None:
            county = county or address.county
            address = None
        if address is None:
            address, acts = _visited(part, names), False
        if address is not None:
            return replace(address, county=address.county or county), acts
    return (Address(county=county), True) if county is not None else None


def _visited(part: str, names: Gazetteer) -> Address | None:
    """Return the town that somebody comes to."""
    came = _CAME.search(part)
    while came is not None:
        if (address := _town_at(_VISITED.match(part, came.end()), names)) is not None:
            return address
        came = _CAME.search(part, came.end())
    return None


def _town_at(told: re.Match[str] | None, names: Gazetteer) -> Address | None:
    address = find_address(told.group(), names) if told is not None else None
    town = address.town if address is not None else None
    if told is None or town is None or _CAME.search(told.group()):
        return None
    return address if told.group().endswith(town) else None


def _at_start(text: str, names: Gazetteer) -> Address | None:
    if (address := _town_at(_TOLD.match(text), names)) is not None:
        return address
    county = _COUNTY.match(text)
    if county is not None and not NO_PLACE.search(county.group("county")) and county.group("county")[0] not in _WHOSE:
        return Address(county=county.group("county"))
    return None
