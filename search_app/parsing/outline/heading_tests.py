"""Heading tests: whether a paragraph is a heading, opens with one, or is text, by itself and the line below.

In: lines with their numbers. Out: yes or no, or the words of the heading. A numbered paragraph is not yet a heading:
it is one if it is a short line of its own, or if it opens with a short sentence and goes on (run-in heading).
"""

import re
from collections.abc import Container, Mapping, Sequence

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_annex
from search_app.parsing.lines.markers import Marker, MarkerKind, find_items

_LONGEST = {MarkerKind.PART: 60, MarkerKind.COMMA: 56}
_LONGEST_LINE = 42
#: Kinds of numbers that headings are written with most: 一、（一）1.
TEMPLATE_KINDS = (MarkerKind.COMMA, MarkerKind.PAREN, MarkerKind.DOT)
LONGEST_RUN_IN = 32
LONGEST_BY_SIBLINGS = 48  # where the paragraphs beside it open with headings
_FIGURES = re.compile(r"\d+\s*余?(?:件|次|场|人|份|个|名|起|户|条|期|处|元|%|％)|[百千万]余")
_SENTENCE = re.compile(
    r"[^。！；]*?([。！：:]|(?<=[\u4e00-\u9fff”）)])[.．](?=[\u4e00-\u9fff“《\d])"
    rf"|\s(?=[{NUMERALS}]是|\S{{12}})|(?=一是|一要))"
)
_STATEMENT = re.compile(r"^(?:我[镇乡街县]|今年|一年来|近年来|目前|截至|全[镇乡年]|20\d\d年(?:以来|，|,)|\d)")
ROLE = re.compile(
    r"不足|问题|短板|困难|打算|下一步|下步|努力方向|安排|举措|成效|做法|履职|第一责任|职责|开展情况|工作情况|思路|计划|亮点|其他"
)
_CLOSED = re.compile(r"[。；！？，,;：:、.．]$")
_ANNOUNCES = re.compile(r"如下|主要有|主要是|以下|包括|表现|现将|分别[为是]")
#: A first line that is a title without the word for its genre.
_UNFINISHED_TITLE = re.compile(
    r"(?:法治政府建设|法治建设|依法行政|依法治[镇乡街]).{0,2}$|(?:[镇乡]|街道|办事处|政府).{0,4}20\d\d年.{0,12}$"
)
_CAPTION = re.compile(rf"[图表]\s?[\d{NUMERALS}]{{1,2}}[-—.：:、\s]")
_ONLY_NAMES = re.compile(r"(?:《[^》]*》[、，,；;。和及]?)+")
#: An unnumbered paragraph that opens with a short sentence of what was done: 健全领导机制。
_RUN = re.compile(
    r"(?P<words>(?:[●◆■▪•★▶➢]|[—-]{2})?\s?[\u4e00-\u9fff“”、]{2,14}(?:[，,][\u4e00-\u9fff“”、]{4,14})?)[。：:](?=.{15})"
)
_NO_RUN = re.compile(
    r"^(?:我|镇|乡|街道|各|党|司法所|村|干部|群众|在|为|对|以|通过|根据|按照|随着|由于|虽然|但|尽管|从|今年|一年|近年|目前|截至|全[镇乡年]|本|该|此|其|同时|此外|另外|下一?步|主要|存在|特此|现将|各位|尊敬)|如下|来看|表明|显示|提供|完成了"
)
#: How a sentence begins that says who did what, when or on what ground.
_ACTING = (
    "党委|政府|党工委|办事处|坚持|积极|认真|把|将|以|通过|成立|组织|制定|修订|建立|健全|完善|开展|严格|落实|共|已|先后|高度|按|根据|全面|及时|切实|始终|"
    "充分|注重|结合|依托|深入|不断|进一步|持续|全年|每|现|对|在|从|利用|围绕|聚焦|主要|领导|人民|\\d"
)
_OPENER = re.compile(
    rf"(?:20[\dxX]{{2}}\s?年|今年以来|一年来|近年来|(?:我[镇乡]|我街道|[xX×*＊某]{{1,3}}[镇乡县])(?={_ACTING})"
    r"|[镇乡]党委|街道党工委|党委、政府|(?:依据|根据|按照)(?=《|[省市县区]|上级|[xX×*＊]|20\d\d))"
)
_SLOGANS = re.compile(r"[\u4e00-\u9fff“”、]{4,20}(?:[，,][\u4e00-\u9fff“”、]{4,20}){1,3}")
_TOLD = re.compile(r"了|已|我|们|[镇乡]|街道|[年月]|共|由|其|均|为[^民]|还|但|仍|不[^断忘懈]|司法所|党委|政府(?!建设)")
_FORESIGHT = 200  # paragraphs looked at for what goes on below an attachment
_STOP = re.compile(r"[。；：:！？]")
_NOT_BEFORE = frozenset("，,、在由对向为与和将把我全各于从是")
_SHORTEST_UNBROKEN, _LONGEST_UNBROKEN = 5, 34
#: What stands before its object, so that no sentence begins behind it.
_LEADS_ON = "召开|开展|推动|推进|促进|提升|加强|保障|成为|组织|落实|根据|按照|结合|围绕|部门|单位"


def is_numbered_heading(
    lines: Sequence[Line],
    markers: Sequence[Marker | None],
    ranks: Mapping[MarkerKind, int],
    at: int,
    *,
    after_text: bool,
) -> bool:
    """Say whether a numbered line is a heading; ``after_text``: the number before it opened a plain paragraph."""
    line, number = lines[at], markers[at]
    if number is None:
        return False
    words = line.text[number.end :].strip()
    bare = words.rstrip("。：:；;？?.．")
    if not bare or _ONLY_NAMES.fullmatch(words) or len(words) > _LONGEST.get(number.kind, _LONGEST_LINE):
        return False
    if re.search(r"[。！？；;]|[\u4e00-\u9fff][.．][\u4e00-\u9fff]", bare) or words[-1] in "，,、":
        return False
    if words[-1] not in "。；;.．":
        return not (_FIGURES.search(words) and len(words) > 20)
    if after_text or at + 1 == len(lines) or lines[at + 1].kind == "table" or words[-1] in "；;":
        return False
    follower = markers[at + 1]
    sibling = follower is not None and ranks[follower.kind] <= ranks[number.kind]
    short = len(words) <= LONGEST_RUN_IN + 4
    return not sibling and short and not _FIGURES.search(words) and not _STATEMENT.match(words)


def is_slogan(words: str) -> bool:
    """Say whether an opening consists of slogans (压实责任，强化担当), not of what somebody did."""
    return _SLOGANS.fullmatch(words) is not None and _TOLD.search(words) is None


def is_short(words: str, number: Marker) -> bool:
    """Say whether an opening is short enough to be a heading without its siblings' help."""
    return len(words) - number.end <= LONGEST_RUN_IN - (6 if number.kind is MarkerKind.ITEM else 0)


def find_run_in(text: str, number: Marker, *, longest: int = LONGEST_RUN_IN) -> str | None:
    """Return the heading that a paragraph opens with (number included, closing mark left out), or None."""
    if number.kind is MarkerKind.ITEM and find_items(text)[:1] == (0,):
        return None  # 一是…二是… in one paragraph; but 四是…。一是…二是… opens with a heading
    rest = text[number.end :]
    found = _SENTENCE.match(rest)
    if found is None:
        return None
    words = found.group().rstrip("。！：:.． ")
    mark = "。" if found.group(1) in (".", "．") else found.group(1)
    most = {":": 16, "：": 16, "": 24, " ": 36}.get(
        mark, longest if number.kind is not MarkerKind.ITEM else longest - 6
    )
    shortest = 4 if mark == " " else 3 if number.kind is MarkerKind.ITEM else 2
    if not shortest <= len(words) <= most or len(rest) - found.end() < (4 if mark == "。" else 5):
        return None
    if _FIGURES.search(words) or _STATEMENT.match(words) or words.count("“") != words.count("”"):
        return None
    if mark in ("", " ") and re.search(r"[，,；]\s*$|[（(《“]$", words):
        return None
    return text[: number.end] + words


def find_unbroken(markers: Sequence[Marker | None], lines: Sequence[Line], town: str | None) -> Mapping[int, str]:
    """Return the headings that text follows upon without any mark, by their places (强化组织领导某镇成立…).

    They end where a sentence begins with the town, a year or the like; only several of them are believed.
    """
    found: dict[int, str] = {}
    for at, (number, line) in enumerate(zip(markers, lines, strict=True)):
        if number is None or number.kind not in TEMPLATE_KINDS or len(line.text) < number.end + 20:
            continue
        stop = _STOP.search(line.text, number.end)
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
    return commas < 2 and not _STATEMENT.match(words) and not _FIGURES.search(words) and "《" not in words


def is_unnumbered_heading(lines: Sequence[Line], markers: Sequence[Marker | None], at: int) -> bool:
    """Say whether an unnumbered line is a heading: by the file's style, or a short bare line above a paragraph."""
    line = lines[at]
    text = line.text
    if line.kind == "heading":
        return len(text) <= 60
    if at and at + 1 < len(lines) and is_annex(text):
        numbers = (
            one.number for one in markers[at + 1 : at + _FORESIGHT] if one is not None and one.kind is MarkerKind.COMMA
        )
        return next(numbers, 1) == 1  # below it the report itself does not go on
    if not 4 <= len(text) <= 30 or _ANNOUNCES.search(text) or (at == 0 and _UNFINISHED_TITLE.search(text)):
        return False
    if _CAPTION.match(text):
        return False
    if _CLOSED.search(text) and not (ROLE.search(text) and text[-1] in "：:" and len(text) <= 16):
        return False
    if re.search(r"[。；！？|]", text) or _FIGURES.search(text) or at + 1 == len(lines):
        return False
    if not re.search(r"[\u4e00-\u9fff]{4}|^【[\u4e00-\u9fff]{2,3}】$", text):
        return False
    below = lines[at + 1]
    return below.kind != "table" and (
        below.width >= 36
        or (below.width >= 20 and below.text[-1] in "。；")
        or markers[at + 1] is not None
        or (len(text) <= 20 and bool(ROLE.search(text)))
    )


def find_run_ins(lines: Sequence[Line], markers: Sequence[Marker | None], plains: Container[int]) -> Mapping[int, str]:
    """Return the headings that unnumbered paragraphs open with, by their places: all of a group do, or none."""
    found: dict[int, str] = {}
    group: list[tuple[int, str | None]] = []
    for at, line in enumerate(lines):
        ends = markers[at] is not None or line.kind != "paragraph" or at in plains
        if not ends:
            opened = _RUN.match(line.text)
            words = opened.group("words") if opened and not _NO_RUN.search(opened.group("words")) else None
            group.append((at, words))
        if ends or at + 1 == len(lines):
            found |= _settled(group)
            group = []
    return found


def _settled(group: Sequence[tuple[int, str | None]]) -> dict[int, str]:
    """Return the openings of a group of paragraphs; its first paragraph may lead up to them.

    Of two or three characters (抓培训。) there must be three, all as long.
    """
    opened = {at: words for at, words in group if words is not None}
    led = bool(group) and group[0][1] is None
    lengths = {len(words) for words in opened.values()}
    if min(lengths, default=4) < 4 and (len(opened) < 3 or len(lengths) > 1):
        return {}
    return opened if len(opened) > 1 and len(opened) + led == len(group) else {}
