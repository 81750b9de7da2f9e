"""Heading tests: whether a paragraph is a heading, opens with one, or is text, by itself and the line below.

In: lines with their numbers. Out: yes or no, or the words of the heading. A numbered paragraph is not yet a heading:
it is one if it is a short line of its own, or if it opens with a short sentence and goes on (run-in heading).
"""

import re
from collections.abc import Container, Mapping, Sequence

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import find_leading_name, is_annex
from search_app.parsing.lines.markers import Marker, MarkerKind, find_items

_LONGEST = {MarkerKind.PART: 60, MarkerKind.COMMA: 56}
_LONGEST_LINE = 42
#: Kinds of numbers that headings are written with most: 一、（一）1.
TEMPLATE_KINDS = (MarkerKind.COMMA, MarkerKind.PAREN, MarkerKind.DOT)
#: Kinds whose number may stand alone above what it counts.
_ALONE = (MarkerKind.PART, MarkerKind.COMMA, MarkerKind.PAREN)
LONGEST_RUN_IN = 32
LONGEST_BY_SIBLINGS = 48  # where the paragraphs beside it open with headings
FIGURES = re.compile(r"\d+\s*余?(?:件|次|场|人|份|个|名|起|户|条|期|处|元|%|％)|[百千万]余")
_SENTENCE = re.compile(
    r"[^。！；]*?([。！：:]|(?<=[\u4e00-\u9fff”）)])[.．](?=[\u4e00-\u9fff“《\d])"
    rf"|\s(?=[{NUMERALS}]是|\S{{12}})|(?=一是|一要))"
)
STATEMENT = re.compile(r"^(?:我[镇乡街县]|今年|一年来|近年来|目前|截至|全[镇乡年]|20\d\d年(?:以来|，|,)|\d)")
ROLE = re.compile(
    r"不足|问题|短板|困难|打算|下一步|下步|努力方向|安排|举措|成效|做法|履职|第一责任|职责|开展情况|工作情况|思路|计划|亮点|其他"
    r"|(?:做|干|办)了(?:哪些|什么)|(?:怎么|怎样|如何|准备)(?:做|办|干|抓)"
)
#: The name of a part with its year, which else begins a statement: 2025年度推进法治政府建设的主要举措和成效。
_PART = re.compile(
    r"20\d\d年度?[^，,；]{0,26}(?:举措|成效|做法|不足|问题|短板|原因|打算|安排|计划|思路|履职情况|工作情况|亮点)"
)
_CLOSED = re.compile(r"[。；！？，,;：:、.．]$")
_ANNOUNCES = re.compile(r"如下|主要有|主要是|以下|包括|表现|现将|分别[为是]")
#: A first line that is a title without the word for its genre.
_UNFINISHED_TITLE = re.compile(
    r"(?:法治政府建设|法治建设|依法行政|依法治[镇乡街]).{0,2}$|(?:[镇乡]|街道|办事处|政府).{0,4}20\d\d年.{0,12}$"
)
_BYLINE = re.compile("(?:报|刊|网|社|台|中心)讯|记者|通讯员")
_CAPTION = re.compile(rf"[图表]\s?[\d{NUMERALS}]{{1,2}}[-—.：:、\s]")
_ONLY_NAMES = re.compile(r"(?:《[^》]*》[、，,；;。和及]?)+")
#: An unnumbered paragraph that opens with a short sentence of what was done: 健全领导机制。
_RUN = re.compile(
    r"(?P<words>(?:[●◆■▪•★▶➢]|[—-]{2})?\s?[\u4e00-\u9fff“”、]{2,14}(?:[，,][\u4e00-\u9fff“”、]{4,14})?)(?:[。：:]|——|--)(?=.{15})"
)
_NO_RUN = re.compile(
    r"^(?:我|镇|乡|街道|各|党|司法所|村|干部|群众|在|为|对|以|通过|根据|按照|随着|由于|虽然|但|尽管|从|今年|一年|近年|目前|截至|全[镇乡年]|本|该|此|其|同时|此外|另外|下一?步|主要|存在|特此|现将|各位|尊敬)|如下|来看|表明|显示|提供|完成了"
)
_SLOGANS = re.compile(r"[\u4e00-\u9fff“”、]{4,20}(?:[，,][\u4e00-\u9fff“”、]{4,20}){1,3}")
_TOLD = re.compile(r"了|已|我|们|[镇乡]|街道|[年月]|共|由|其|均|为[^民]|还|但|仍|不[^断忘懈]|司法所|党委|政府(?!建设)")
_FORESIGHT = 200  # paragraphs looked at for what goes on below an attachment


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
    if not words:
        return number.kind in _ALONE and at + 1 < len(lines) and not _is_number_alone(lines, markers, at + 1)
    bare = words.rstrip("。：:；;？?.．")
    if not bare or _ONLY_NAMES.fullmatch(words) or len(words) > _LONGEST.get(number.kind, _LONGEST_LINE):
        return False
    if re.search(r"[。！？；;]|[\u4e00-\u9fff][.．][\u4e00-\u9fff]", bare) or words[-1] in "，,、":
        return False
    if words[-1] not in "。；;.．":
        return not (FIGURES.search(words) and len(words) > 20)
    if after_text or at + 1 == len(lines) or lines[at + 1].kind == "table" or words[-1] in "；;":
        return False
    follower = markers[at + 1]
    sibling = follower is not None and ranks[follower.kind] <= ranks[number.kind]
    if sibling or FIGURES.search(words):
        return False
    short = len(words) <= LONGEST_RUN_IN + 4 or follower is not None
    return _PART.fullmatch(bare) is not None or (short and not STATEMENT.match(words))


def _is_number_alone(lines: Sequence[Line], markers: Sequence[Marker | None], at: int) -> bool:
    number = markers[at]
    return number is not None and number.end == len(lines[at].text)


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
    if FIGURES.search(words) or STATEMENT.match(words) or words.count("“") != words.count("”"):
        return None
    if mark in ("", " ") and re.search(r"[，,；]\s*$|[（(《“]$", words):
        return None
    return text[: number.end] + words


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
    if _CAPTION.match(text) or _BYLINE.search(text):
        return False
    if _CLOSED.search(text) and not (ROLE.search(text) and text[-1] in "：:" and len(text) <= 16):
        return False
    if re.search(r"[。；！？|]", text) or FIGURES.search(text) or at + 1 == len(lines):
        return False
    if not re.search(r"[\u4e00-\u9fff]{4}|^【[\u4e00-\u9fff]{2,3}】$|^20\d\d年(?:安排|打算|计划|思路)$", text):
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
        if not ends and find_leading_name(line.text) is None:
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
