"""County hints: the county that a text tells of by the way, where nothing states whose report it is.

In: the clues of one report. Out: the one county that papers cited (《某区…办法》), what is followed (按照某县部署), and
offices named once all point to, or None. What is found so is concluded, not stated.
"""

import re
from collections.abc import Iterator

from search_app.language.analysis.place_names import COUNTY_SUFFIXES, either
from search_app.parsing.place.address_patterns import HAN, LONGEST_NAME, NO_PLACE
from search_app.parsing.place.evidence_texts import Clues, join_texts
from search_app.parsing.place.gazetteer import Gazetteer
from search_app.parsing.place.superior_counties import HOMONYMS, SUPERIOR_END, WORDS

_NAME = rf"(?P<county>{HAN}{{1,6}}?{either(*COUNTY_SUFFIXES)})"
_CITED = re.compile(rf"《{_NAME}(?={HAN}{{3}}|20\d\d)")
_FOLLOWED = re.compile(
    rf"(?:根据|按照|落实|结合|对照|围绕|参照|贯彻|接受|迎接|完成|紧扣){_NAME}"
    r"(?=有关|相关|统一|法治|部署|要求|工作|实际|下发|关于|年度|印发|制定|考核|20\d\d|会议)"
)
_LIES_IN = re.compile(rf"(?:位于|地处|隶属于?|坐落于?){_NAME}(?=[东西南北中境城腹，,])")
#: What has the shape of a county's name and is a word of laws and reports.
_NO_NAME = re.compile(
    r"管理|保护|开发|工业|物业|风景|自然|农村|基层|行政|法治|国家|全国|中央|^城|城[市乡镇中]|[主县市]城|居住|住宅|试验|示范|先行|合作|贸易|自贸|旅游|生态|集中|省|乡镇|街道|"
    r"^[各全本我某该市区县]|[校厂矿景灾山林牧社辖园地小片街老新]区$|[城都超夜早集上]市$|[各全本我省市]县$"
)
#: How a text tells of another county, whose ways its authors went to see.
_VISITED = r"(?:赴|前往|走进|考察|邻[省市县]?|外[省市县]|兄弟[县区市]?|借鉴|学习)(?:的|了)?[\u4e00-\u9fff]{0,6}?"
_RUN_AT_END = re.compile(rf"{HAN}+$")
_LONGEST_UNKNOWN = 4
#: What may stand before a county's name in a title, and what tells there that the county or one of its offices speaks.
_ABOVE = (
    r"(?!关于|印发|转发|推进|加强|[我全本各]|年度)(?:中共)?"
    rf"(?:{HAN}{{2,7}}?(?:省|自治区))?(?:{HAN}{{1,9}}?(?:市|自治州|地区|盟))?"
)
_TITLED = re.compile(
    rf"{_ABOVE}{_NAME}(?=\s?20\d\d|[二两][〇○零]|关于|委(?!员)|人民政府|政府|法治|依法行政|"
    rf"{HAN}{{2,10}}局(?:20|关于|[二两][〇○零]))"
)
_ALONE = re.compile(rf"{_ABOVE}{_NAME}")


def find_hinted_county(clues: Clues, names: Gazetteer) -> str | None:
    """Return the one county that everything told by the way points to, or None."""
    text = "\n".join((join_texts(clues), *clues.around))
    found = {match.group("county") for pattern in (_CITED, _FOLLOWED, _LIES_IN) for match in pattern.finditer(text)}
    found |= set(_name_offices(text))
    counties = {name for name in found if _may_be(name, names) and not re.search(rf"{_VISITED}{name}", text)}
    return counties.pop() if len(counties) == 1 else None


def find_county_of_title(title: str, names: Gazetteer) -> str | None:
    """Return the county that a title begins with, which itself or whose bureau wrote the paper (某县2023年…报告)."""
    return _named_by(_TITLED.match("".join(title.split())), names)


def find_county_alone(line: str, names: Gazetteer) -> str | None:
    """Return the county whose name is all that a line says, as above a title that begins with the town."""
    return _named_by(_ALONE.fullmatch("".join(line.split())), names)


def _named_by(found: re.Match[str] | None, names: Gazetteer) -> str | None:
    return found["county"] if found is not None and _may_be(found["county"], names) else None


def _name_offices(text: str) -> Iterator[str]:
    """Yield what may be the names of counties whose committee, government or bureau a text names, verbs cut off."""
    for end in SUPERIOR_END.finditer(text):
        run = _RUN_AT_END.search(text, max(end.start() - LONGEST_NAME, 0), end.end())
        if run is None:
            continue
        name = run.group()
        ends = [word.end() for pattern in (WORDS, NO_PLACE) for word in pattern.finditer(name[:-1])]
        yield name[max(ends, default=0) :]


def _may_be(name: str, names: Gazetteer) -> bool:
    if name in names.cities or name in names.provinces or name in HOMONYMS:
        return False
    if name in names.counties:
        return len(name) > 2
    fits = 3 <= len(name) <= _LONGEST_UNKNOWN
    return fits and not name.endswith("市") and _NO_NAME.search(name) is None and NO_PLACE.search(name) is None
