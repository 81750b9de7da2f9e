"""Superior counties: which county a report names as the one above its town (在某县委、县政府领导下).

In: the clues of one report. Out: the name, as the gazetteer writes it where it knows it. The surprise: most of what
stands before 县委 is no name (紧扣市委, 会同区司法局, 年度县委), so a county in no list needs more than its shape.
"""

import re
from collections import Counter
from collections.abc import Iterable

from search_app.language.analysis.place_names import COUNTY_ENDS, COUNTY_SUFFIXES, either
from search_app.parsing.place.address_patterns import HAN, LONGEST_NAME, NO_PLACE, find_county_before, split_county
from search_app.parsing.place.evidence_texts import Clues, join_texts
from search_app.parsing.place.gazetteer import Gazetteer, Place

_SUPERIOR = re.compile(
    rf"(?:(?<!{HAN})|(?<=[在按据照由])|(?<=中共)|(?<=接受))(?!中共|[在按据照由我全本各省市县区旗接对将把向和与是等])(?P<county>(?:(?!在){HAN}){{1,8}}?{either(*COUNTY_SUFFIXES)})"
    r"(?:委(?!员)|委员会|人民政府|政府|司法局|法治办|委依法)"
)
SUPERIOR_END = re.compile(rf"[{COUNTY_ENDS}](?=委(?!员)|委员会|人民政府|政府|司法局|法治办|委依法)")
#: What has the shape of a county's name and means whichever county is meant.
_GENERIC = ("本县", "我县", "全县", "我市", "我区", "全市", "全区", "各县", "社区", "辖区", "园区", "省市", "中央省市")
#: Words of every report that stand before 县委 or 区司法局 without being a name.
WORDS = re.compile(
    r"[时现前原]任|会同|协同|联动|联手|联合|邀请|聘请|提请|报请|报经|请示|请求|商请|依托|借助|结合|响应|承办|参加|迎接|通过|利用|抽调|选派|委托|跟随|陪同|代表|"
    r"服从|遵照|遵循|遵守|依照|参照|按照|根据|呈报|上报|报送|报告|汇报|申请|获得|荣获|获评|被评|紧扣|紧跟|围绕|聚焦|对照|贯彻|落实|执行|响应|"
    r"年度|本年|今年|去年|上年|近年|全年|全镇|全乡|同时|此外|目前|其中|以及|主动|积极|认真|严格|坚决|深入|及时|定期|每[年月季周]|多次|先后|"
    r"首次|再次|统一|共同|分别|直接|由于|关于|针对|对于|为了|必须|需要|希望|建议|提出|完成|推动|推进|加强|强化|做好|抓好|接受|支持|监督|指导|"
    r"领导|组织|牵头|协调|对接|反馈|传达|学习|宣传|开展|召开|举办|成立|设立|制定|印发|出台|转发|下发|收到|经过|随着|连续|来自|列入|纳入|进入|"
    r"中央|国家|省市|上级|各级|市区|城区|社区|辖区|园区|街道|乡镇|[镇乡村]里|后来|曾经|已经|一直|始终|工作|部署|要求|精神|欢迎|访问|"
    r"[的和与及为被把将对向到由在经报受听请以并且又再也都更最仍还已曾从给让使获随同跟待因靠各驻派赴去往按据]"
)
#: Names of real counties that are verbs as well (会同县司法局).
HOMONYMS = frozenset(("会同县",))


def count_superiors(text: str) -> Counter[str]:
    """Count the names of counties, districts or cities whose committee, government or bureau a text names."""
    counts: Counter[str] = Counter()
    last = 0
    for end in SUPERIOR_END.finditer(text):  # the ends are rarer than the places where a name may begin
        for start in range(max(last, end.start() - LONGEST_NAME), end.start()):
            found = _SUPERIOR.match(text, start)
            if found is not None:
                name = found.group("county")
                if len(name) < 2 or NO_PLACE.search(name):
                    continue  # 根据甲县司法局: the name may begin later
                last = found.end()
                counts[name] += 1
                break
    return +counts


def find_superior(clues: Clues, names: Gazetteer, places: Iterable[Place] = ()) -> str | None:
    """Return the one county that the text names as superior, or None.

    ``places`` are those that have a town of the report's name: a county that is none of theirs must be named above the
    body or twice, since other counties are mentioned too (学习借鉴某县司法局的做法).
    """
    own = {place.county for place in places}
    counts = _named(join_texts(clues), names)
    above = _named("\n".join((clues.title, clues.issuer, *clues.header, clues.path, clues.intro)), names)
    likely = [name for name, count in counts.items() if not own or name in own or count > 1 or above[name]]
    likely = [name for name in likely if name not in HOMONYMS or name in own]
    likely = [name for name in likely if name in names.counties] or [
        name for name in likely if counts[name] > 1 or len(name) == 3
    ]
    if len(likely) > 1:
        likely = [name for name in likely if counts[name] == max(counts[one] for one in likely)]
    return likely[0] if len(likely) == 1 and likely[0] not in names.provinces else None


def _named(text: str, names: Gazetteer) -> Counter[str]:
    """Count the counties that a text names as superiors, by their names in the gazetteer where it has them."""
    counts: Counter[str] = Counter()
    for found, count in count_superiors(text).items():
        name = _as_listed(found, names)
        if name is not None and name not in _GENERIC and name not in names.cities:
            counts[name] += count
    return counts


def _as_listed(name: str, names: Gazetteer) -> str | None:
    """Return a county's name as the gazetteer has it, an unknown one as it is, None for what is no name."""
    if name in names.counties:
        return name
    whole = split_county(name, names)
    inner = whole.county if whole is not None and whole.county is not None else name
    if inner in names.counties:
        return inner
    if inner[:-1] in names.counties:
        return inner[:-1]  # 渠县县委
    if (known := find_county_before(inner, names, shortest=3)) is not None:
        return known
    return None if WORDS.search(inner[:-1]) else inner
