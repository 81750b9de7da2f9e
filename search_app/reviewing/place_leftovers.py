"""Place leftovers: names of other towns and counties in a draft, left over from a text that it was made from.

In: a draft, the places that an index holds, and the names of the gazetteer. Out: for each such name where it stands,
and whether it is certain. The surprise: a report rightly names other places: those above it, neighbours that it works
with, whom it went to learn from. A name counts as left over for certain only where the town itself speaks or is
spoken of (title, signature, its party committee or government, its superior), or where the sentence was copied from a
report of the very place; elsewhere the writer is asked, unless the sentence says what the other place is named for.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from search_app.language.analysis.place_names import RENAMED_TOWN_SUFFIXES
from search_app.model import Report
from search_app.parsing.place.gazetteer import Gazetteer
from search_app.parsing.place.name_forms import bare_name, is_same_county
from search_app.reviewing.draft import Draft, Part, PartKind
from search_app.reviewing.year_leftovers import Leftover

_HAN = r"[\u4e00-\u9fff]"
_ENDS = re.compile(r"街道|自治县|自治旗|自治州|镇|乡|苏木|县|区|市|旗|省")
_TOWN_ENDS = ("街道", "镇", "乡", "苏木")
_LONGEST = 11
#: Who acts is the town itself: its committee, government and offices, or all of it.
_ACTS = re.compile(
    r"党委|党工委|人民政府|政府(?!网)|办事处|党政|人大|纪委|司法所|综合行政执法|综治中心|便民服务中心|人民调解委员会|调委会|平安法治办"
    r"|20\d\d年|法治政府建设|全面|深入|坚持|始终|认真|严格|切实|持续|扎实|积极|高度重视|以习近平"
)
_SUPERIOR = re.compile(r"委(?!员)|人民政府|政府|司法局|依法治|法治办|人大|政协|公安|信访局|法院|检察院|财政局|委政法委")
#: Why another place is rightly named.
_TOGETHER = re.compile(
    r"联合|会同|协同|协作|毗邻|邻近|邻[镇乡县]|相邻|接壤|交界|边界|周边|跨|赴|前往|到[^，。]{0,12}(?:考察|学习|参观|观摩|取经)|考察|学习借鉴|借鉴|观摩|交流|参观|取经"
    r"|对口|帮扶|共建|结对|联调|联防|联席|互|友邻|片区|区域|籍|来自|原籍|务工|外出|途经|公路|高速|线路|移交|转办|委托|法庭|流域|上下游|原属|合并|撤并|划转|调任|作经验|介绍经验|先进|来信|来函|来电|来[镇乡]|前来|索要|推广[到至]"
)
#: Words that end as places do and are none, or mean whichever is meant.
_NO_NAME = re.compile(
    r"[全各我本该某两几每多]|高新区|开发区|经开区|工业区|示范区|新城区|老城区|中心区|市辖区|保护区|风景区|主城区|居民区|生活区|社区|辖区|园区|乡镇|城镇|村镇|集镇|城乡|城市|集市|超市|上市|门市|夜市|小区|片区|山区|灾区|库区|校区|景区|市区|城区|县区|郊区|矿区|林区|牧区|特区|专区|地区|会同县|中心镇|建制镇|重点镇|特色镇|示范镇|强镇|民族乡|下乡|返乡|入乡|家乡|故乡|回乡|老乡|同乡|水乡|茶乡"
)
_STEM_STOP = re.compile(
    r"[的是及将把为们在各等、我与和对向由从]|党|政府|工作|建设|法治|全面|推进|深入|服务|坚持|一是|村|社区"
)
_SHAPE = re.compile(
    rf"(?<!{_HAN})(?P<name>{_HAN}{{2,4}}(?:街道|镇|乡))(?=党委|党工委|人民政府|党政|办事处|司法所|纪委)"
)


@dataclass(frozen=True, kw_only=True)
class OtherPlaces:
    """The names of places that are not a draft's own: those of an index, and those of the gazetteer.

    ``own`` are the names of the draft's place and of what is above it. ``city_known`` tells whether it is known which
    city is above the draft's county: else no other can be told from it.
    """

    held: Collection[str]
    names: Gazetteer
    own: frozenset[str]
    town: str | None
    county: str | None
    city_known: bool

    @cached_property
    def _own_bare(self) -> frozenset[str]:
        return frozenset(bare_name(name) for name in self.own)

    def is_own(self, name: str) -> bool:
        """Tell whether a name, perhaps in another form, means the draft's own place or one above it."""
        if name in self.own or bare_name(name) in self._own_bare:
            return True
        if self.town and _stem(name) == _stem(self.town):
            return True
        return self.county is not None and is_same_county(self.county, name)

    def knows(self, name: str) -> bool:
        """Tell whether a name is one of an index's places or of the gazetteer's."""
        if name in self.held:
            return len(name) > 2
        if name.endswith(_TOWN_ENDS):
            return len(_stem(name)) >= 2 and name in self.names.towns
        return len(name) > 2 and (
            name in self.names.counties or name in self.names.cities or name in self.names.provinces
        )


def places_around(report: Report, reports: Collection[Report], names: Gazetteer) -> OtherPlaces:
    """Return the places that are not those of a draft with this head, given the reports of an index."""
    above = {report.county, report.city, report.province}
    for other in reports:
        if report.county and other.county == report.county and report.city in (None, other.city):
            above |= {other.city, other.province}
    for place in names.counties.get(report.county or "", ()):
        if report.city in (None, place.city) and report.province in (None, place.province):
            above |= {place.city, place.province}
    own = frozenset(name for name in (*above, report.town) if name)
    held = frozenset(name for each in reports for name in (each.town, each.county, each.city, each.province) if name)
    known = any(name.endswith(("市", "州", "盟", "地区")) for name in own - {report.county or ""})
    return OtherPlaces(held=held, names=names, own=own, town=report.town, county=report.county, city_known=known)


def find_place_leftovers(
    draft: Draft, places: OtherPlaces, copied_from: Mapping[str, Collection[str]]
) -> Iterator[Leftover]:
    """Yield the names of other places; ``copied_from`` has, by passage id, the places whose reports it shares."""
    if places.town is None:
        return
    for part in draft.parts():
        sources = copied_from.get(part.passage.id, ()) if part.passage is not None else ()
        last = 0
        for start, end in _names(part.text, places):
            if start < last:
                continue
            last = end
            found = _judge(part, start, end, places, sources)
            if found is not None:
                yield found


def _names(text: str, places: OtherPlaces) -> Iterator[tuple[int, int]]:
    """Yield where names of places stand that are known, and those of the shape of a town that acts."""
    found: dict[int, int] = {}
    for ending in _ENDS.finditer(text):
        end = ending.end()
        for start in range(max(0, end - _LONGEST), end - 1):
            name = text[start:end]
            if places.knows(name) and not _NO_NAME.search(name) and not _is_part(text, end):
                found.setdefault(start, end)
                found[start] = max(found[start], end)
                break
    for shape in _SHAPE.finditer(text):
        name = shape.group("name")
        if not _STEM_STOP.search(_stem(name)) and not _NO_NAME.search(name) and text.count(name) > 1:
            found.setdefault(shape.start("name"), shape.end("name"))
    yield from sorted(found.items())


def _is_part(text: str, end: int) -> bool:
    """Tell whether what looks like a name goes on as another word: 石桥镇村, 城关镇街, 安乡县's 安乡."""
    return (
        re.match(
            r"[镇乡村县区市](?!委|政府|人民政府|司法|党委|里)|路|街(?!道)|大道|站(?!点)|河|水库|中学|小学",
            text[end : end + 4],
        )
        is not None
    )


def _judge(part: Part, start: int, end: int, places: OtherPlaces, sources: Collection[str]) -> Leftover | None:
    name = part.text[start:end]
    if places.is_own(name):
        return None
    sentence, after = _sentence(part.text, start), part.text[end:]
    town = name.endswith(_TOWN_ENDS)
    if not town and not _is_judged(name, places, name in sources):
        return None
    together = _TOGETHER.search(sentence.replace(name, ""))
    speaks = bool((_ACTS if town else _SUPERIOR).match(after))
    if part.kind in (PartKind.TITLE, PartKind.SIGNATURE):
        certain = True
    elif together:
        return None
    else:
        held = name in places.held or name in places.names.towns or name in places.names.counties
        certain = name in sources or (speaks and held)
    instead = places.town if town else places.county if not name.endswith(("省",)) else None
    what = "标题" if part.kind is PartKind.TITLE else "落款" if part.kind is PartKind.SIGNATURE else "这里"
    whose = f"；这段文字与{name}的报告相同" if name in sources else ""
    advice = f"改成{instead}" if instead else "改成本地的名称"
    return Leftover(
        part=part,
        start=start,
        end=end,
        certain=certain,
        message=f"{what}写的是{name}，这份报告是{places.town}的{whose}",
        advice=advice if certain else f"请核对：不是特意提到的，就{advice}",
    )


def _is_judged(name: str, places: OtherPlaces, from_source: bool) -> bool:
    """Tell whether a county or city can be told from those above the draft's own place."""
    if from_source:
        return True
    if name in places.names.cities or name in places.names.provinces:
        return places.city_known
    return places.county is not None and (not name.endswith("市") or places.city_known)


def _stem(name: str) -> str:
    return next((name[: -len(end)] for end in (*RENAMED_TOWN_SUFFIXES, "苏木") if name.endswith(end)), name)


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。；！？\n") + 1
    ends = [end for mark in "。；！？\n" if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]
