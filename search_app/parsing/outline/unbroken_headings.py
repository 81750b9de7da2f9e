"""Unbroken headings: those that the text of a numbered paragraph follows upon without any mark.

In: paragraphs with their numbers. Out: the words of the headings, by their places. Three ways tell where one ends: the
town, a year or the like begins a sentence (believed of several only); a pair of slogans (压实责任，健全机制) is
followed by what begins a sentence; or the paragraphs beside it open with slogans as long (parallel_headings).
"""

import re
from collections.abc import Mapping, Sequence

from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.markers import Marker
from search_app.parsing.outline.heading_tests import FIGURES, STATEMENT, TEMPLATE_KINDS, find_run_in

#: How a sentence begins that says who did what, when or on what ground.
_ACTING = (
    "党委|政府|党工委|办事处|坚持|积极|认真|把|将|以|通过|成立|组织|制定|修订|建立|健全|完善|开展|严格|落实|共|已|先后|高度|按|根据|全面|及时|切实|始终|"
    "充分|注重|结合|依托|深入|不断|进一步|持续|全年|每|现|对|在|从|利用|围绕|聚焦|主要|领导|人民|\\d"
)
_OPENER = re.compile(
    rf"(?:20[\dxX]{{2}}\s?年|今年以来|一年来|近年来|(?:我[镇乡]|我街道|[xX×*＊某]{{1,3}}[镇乡县])(?={_ACTING})"
    r"|[镇乡]党委|街道党工委|党委、政府|(?:依据|根据|按照)(?=《|[省市县区]|上级|[xX×*＊]|20\d\d))"
)
STOP = re.compile(r"[。；：:！？]")
_NOT_BEFORE = frozenset("，,、在由对向为与和将把我全各于从是")
_SHORTEST_UNBROKEN, _LONGEST_UNBROKEN = 5, 34
#: What stands before its object, so that no sentence begins behind it.
_LEADS_ON = "召开|开展|推动|推进|促进|提升|加强|保障|成为|组织|落实|根据|按照|结合|围绕|部门|单位"
#: Words that a slogan ends with, so that a verb behind them begins a sentence.
_ENDS = (
    "水平|能力|基础|体系|机制|责任|氛围|环境|关切|合力|防线|分工|实效|格局|质效|效能|保障|根基|意识|质量|屏障|秩序|底线|权益|素养|素质|关口|权力|"
    "行为|建设|队伍|制度|决策|纠纷|矛盾|普法|行政|执法|服务|监督|治理|稳定|和谐|公正|规范|到位|有力|思维|阵地|品牌|短板|担当|落实|行政水平|"
    "支撑|管理|触角|平稳|有效|有序|向好|健全|明显|显著|增强|提升|审查|审核|宣传|公开|培训|学习|领导|调解|化解|安全|力量|平台|网络|清单|职责"
)
_VERBS = (
    "健全|完善|建立|成立|组织|开展|制定|印发|召开|落实|推行|严格|坚持|修订|聘请|设立|配齐|配备|选派|邀请|依托|结合|围绕|利用|通过|针对|对(?!标)|"
    "将|把|以(?!人民|案)|按照|根据|由|先后|累计|共|定期|每|充分|积极|认真|深入|持续|及时|切实|全面|牢固|始终|不断|进一步|大力|"
    "扎实|强化|推进|实行|实施|开通|编制|出台|选聘|举办|严把|做到"
)
#: When or who: what begins a sentence wherever it stands.
_SUBJECTS = (
    r"全年|今年以来|今年\d{1,2}月|今年[，,]|年初|年内|镇里|乡里|我镇|我乡|我街道|[镇乡](?:党委|政府)|党委会|党工委|"
    + r"20\d\d年|一年来|截至|一是|司法所|"
    + "重大(?:行政)?(?:事项|决策)|各村|执法人员|村干部|班子成员|综治中心|便民(?:服务)?中心"
)
#: A slogan by itself that something is begun behind.
SLOGAN = re.compile(rf"[\u4e00-\u9fff“”]{{2,10}}?(?:{_ENDS})(?={_VERBS}|{_SUBJECTS})")
_RUN_ON = re.compile(
    rf"[\u4e00-\u9fff“”]{{4,16}}[，,](?:[\u4e00-\u9fff“”、]{{2,14}}?(?:{_ENDS})(?={_VERBS}|{_SUBJECTS})"
    rf"|[\u4e00-\u9fff“”、]{{4,16}}?(?<![、和与及])(?={_SUBJECTS}))"
)
_SHORTEST_SENTENCE = 12
_SHORTEST_SLOGAN, _LONGEST_SLOGAN = 4, 17


def find_run_ons(markers: Sequence[Marker | None], lines: Sequence[Line]) -> Mapping[int, str]:
    """Return the headings made of two slogans that a sentence follows upon, by their places."""
    found: dict[int, str] = {}
    for at, (number, line) in enumerate(zip(markers, lines, strict=True)):
        if number is None or number.kind not in TEMPLATE_KINDS or not _may_run_on(line.text, number.end):
            continue
        heading = _RUN_ON.match(line.text, number.end)
        if heading is None or STATEMENT.match(heading.group()) or FIGURES.search(heading.group()):
            continue
        stop = STOP.search(line.text, heading.end())
        if stop is not None and stop.start() - heading.end() >= _SHORTEST_SENTENCE:
            found[at] = line.text[: heading.end()]
    return found


def _may_run_on(text: str, start: int) -> bool:
    """Say whether a comma stands where the first slogan may end, and no stop where the heading may: a quick look."""
    comma = text.find("，", start + _SHORTEST_SLOGAN, start + _LONGEST_SLOGAN)
    return comma > 0 and text.find("。", comma, comma + _SHORTEST_SENTENCE) < 0


def find_unbroken(markers: Sequence[Marker | None], lines: Sequence[Line], town: str | None) -> Mapping[int, str]:
    """Return the headings that text follows upon without any mark, by their places (强化组织领导某镇成立…).

    They end where a sentence begins with the town, a year or the like; only several of them are believed.
    """
    found: dict[int, str] = {}
    for at, (number, line) in enumerate(zip(markers, lines, strict=True)):
        if number is None or number.kind not in TEMPLATE_KINDS or len(line.text) < number.end + 20:
            continue
        stop = STOP.search(line.text, number.end)
        limit = min(stop.start() if stop else len(line.text), number.end + _LONGEST_UNBROKEN)
        if limit < number.end + _SHORTEST_UNBROKEN:
            continue
        start = _first_opener(line.text, number.end + _SHORTEST_UNBROKEN, limit, town)
        if start and _plausible(line.text[number.end : start]) and find_run_in(line.text, number) is None:
            found[at] = line.text[:start]
    return found if len(found) > 1 else {}


def _first_opener(text: str, start: int, limit: int, town: str | None) -> int:
    """Return where the first sentence begins between the limits, or 0."""
    own = text.find(town, start, limit + len(town)) if town else -1
    other = _OPENER.search(text, start, limit + 12)
    first = min((at for at in (own, other.start() if other else -1) if 0 <= at <= limit), default=0)
    return first if first and len(text) - first > 12 and text[first - 1] not in _NOT_BEFORE else 0


def _plausible(words: str) -> bool:
    commas = words.count("，") + words.count(",")
    if re.search(rf"(?:{_LEADS_ON}|[的了])$", words):
        return False
    return commas < 2 and not STATEMENT.match(words) and not FIGURES.search(words) and "《" not in words
