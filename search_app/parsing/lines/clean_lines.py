"""Clean lines: a document's blocks, freed of debris. In: Document. Out: lines, asides with places, properties.

The surprise: nothing is thrown away. What is no part of the report (page numbers, ``[bookmark: …]``, share buttons,
metadata tables) becomes a :class:`Placed` aside, so headings, passages and asides together still hold every character.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from search_app.model import Block, Document
from search_app.parsing.lines.chrome import is_chrome
from search_app.parsing.lines.label_lines import find_bare_label, find_day, find_facts, strip_bullet


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line or paragraph of the source; ``indent`` and ``width`` count Han characters, ``at`` its place."""

    text: str
    kind: Literal["paragraph", "heading", "table"] = "paragraph"
    level: int | None = None
    indent: float = 0.0
    width: float = 0.0
    at: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Placed:
    """An aside and where it stood: the line's place, then the offset inside it."""

    at: int
    offset: int = 0
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What is left of a document, what was set aside, and what its metadata says.

    ``whole`` holds, by place, the lines that residue was cut from: such a line may yet be set aside itself.
    """

    lines: tuple[Line, ...]
    asides: tuple[Placed, ...]
    properties: Mapping[str, str]
    whole: Mapping[int, str]


_HEAD = 15  # lines in which a strip of facts may stand
_RESIDUE = re.compile(
    r"\[bookmark:[^\]\n]{0,80}\]|HYPERLINK\s+\\?l?\s*[\"“][^\"”\n]{0,200}[\"”]|PAGEREF\s+_Toc\d+(?:\s+\\h)?|TOC\s+\\o\s+\S+"
    r"|\\\*\s*MERGEFORMAT|EMBED\s+\w+\.\w+(?:\.\d+)?|SHAPE\s+\\\*|￼"
    r"|\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}\)"  # how a mirror spells characters that it converted
)
_SPELT = re.compile("\\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_DASH = r"[-—–－―─~·•\s]"
_PAGE = re.compile(
    rf"{_DASH}*\d{{1,3}}{_DASH}*|{_DASH}+\d{{1,4}}{_DASH}+|第\s*\d{{1,4}}\s*页.{{0,12}}|\d{{1,3}}\s*/\s*\d{{1,3}}"
)
#: A day that is not the paper's: when a page was fetched, shown or filed.
_NOT_OF_PAPER = re.compile(r"\W*(?:抓取|采集|爬取|下载|打印|导出|访问|浏览|入库|归档|保存|查询|今天|当前|现在)")
_OUTLINED = re.compile(r"[【\[](?:提纲|大纲|目录|提要|文章目录)[】\]]")
_BULLETS = re.compile(r"[\s•·▪●◆■|\-–—*]{1,6}")
_TITLE_LIKE = re.compile(r"(?:报告|总结|汇报|方案|要点)$")
_TITLE_AND_DAY = re.compile(r".{8,40}(?:报告|总结|汇报|情况)\s*[（(]?20\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?[）)]?")
#: A title that the text goes on after on the same line, the line breaks being lost.
_TITLE_AND_TEXT = re.compile(
    r"\s*(?=[^，。；]{0,40}(?:法治|法制|依法|普法))(?!根据|按照|依据|为|现将|今年|我[镇乡])((?:(?!以来|要求)[^，。；：！？《》“”]){6,60}?(?:报告|总结|汇报))"
    r"(?:\s+|(?=(?:20[\dxX]{2}\s?年|今年以来|一年来|近年来|根据|按照|依据)))(?=.{30})"
)
_LONGEST_TITLE = 90
_NAMING = ("标题", "名称", "信息名称", "文件名称", "内容概述")
_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d{1,4}$|^目\s*录$")
_PAGE_AT_END = ".…·．0123456789"
_LONGEST_MEASURED = 150
_LONGEST_FACTS = 400
_HEAD_WITH_CONTENTS, _LONGEST_ENTRY = 120, 42
_BLANK = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb]+"
)


def is_blank(char: str) -> bool:
    """Say whether a character shows nothing: white space, controls, zero-width marks."""
    return char.isspace() or _INVISIBLE.match(char) is not None


def clean_lines(document: Document) -> Cleaned:
    """Return the document's lines without debris; blank lines vanish."""
    asides: list[Placed] = []
    lines: list[Line] = []
    properties: dict[str, str] = dict(document.properties)
    whole: dict[int, str] = {}
    label: str | None = None
    head = 0
    for at, block, raw in _raw_lines(document):
        before = len(asides)
        text = _without_residue(raw, at, asides)
        if len(asides) > before:
            whole[at] = _spaced(_INVISIBLE.sub("", raw))
        if not text:
            continue
        if label is not None and _is_value(label, text):
            properties.setdefault(label, text)
            del asides[before:]
            asides.append(Placed(at=at, text=whole.get(at, text), reason="元数据"))
            label = None
            continue
        if not _BULLETS.fullmatch(text):
            label = None
        head += 1
        reason = _reason(text, block, properties, head)
        if reason is None:
            lines.append(_line(text, raw, block, at))
        else:
            del asides[before:]
            asides.append(Placed(at=at, text=whole.get(at, text), reason=reason))
            if reason == "元数据" and block.kind != "table":
                label = find_bare_label(text)
    first, end = _contents(lines)
    if end:
        listed = {line.at: whole.get(line.at, line.text) for line in lines[first:end]}
        asides = [aside for aside in asides if aside.at not in listed]
        asides = sorted([*asides, *(Placed(at=at, text=text, reason="目录") for at, text in listed.items())])
        del lines[first:end]
    return Cleaned(lines=tuple(lines), asides=tuple(asides), properties=properties, whole=whole)


def _contents(lines: list[Line]) -> tuple[int, int]:
    """Return where a table of contents begins and ends: short numbered lines that come again; else (0, 0)."""
    head = lines[:_HEAD_WITH_CONTENTS]
    short = ["".join(line.text.split()).rstrip(_PAGE_AT_END) if line.width <= _LONGEST_ENTRY else "" for line in head]
    opening = Counter(text[:6] for text in short if text)
    if not any(count > 1 for count in opening.values()):
        return 0, 0
    bare = [text or "".join(line.text[:60].split()) for text, line in zip(short, head, strict=True)]
    for first, line in enumerate(lines[:_HEAD]):
        if line.kind == "table" or line.text[0] not in "一第1１（(":
            continue
        for again in range(first + 2, len(bare)):
            if lines[again - 1].width > _LONGEST_ENTRY or lines[again - 1].text[-1] in "。；":
                break
            if bare[again].startswith(bare[first]) and bare[first + 1] in bare[again + 1 :]:
                return first, again
    return 0, 0


def measure_width(text: str) -> float:
    """Return how wide a text is in Han characters; letters, digits and half-width marks count a half.

    Of a text that is too long to be a line only its length.
    """
    return len(text) - len(text.encode("ascii", "ignore")) / 2 if len(text) <= _LONGEST_MEASURED else float(len(text))


def _raw_lines(document: Document) -> Iterator[tuple[int, Block, str]]:
    at = 0
    for block in document.blocks:
        for raw in (block.text,) if block.kind == "table" else block.text.splitlines():
            title = (
                _TITLE_AND_TEXT.match(raw)
                if at < _HEAD and block.kind != "table" and len(raw) > _LONGEST_TITLE
                else None
            )
            for part in (raw,) if title is None else (title.group(1), raw[title.end() :]):
                yield at, block, part
                at += 1


def _without_residue(raw: str, at: int, asides: list[Placed]) -> str:
    """Cut out invisible characters and what word processors leave behind; the rest with single spaces."""
    if not raw.isprintable():  # which is looked up faster than the pattern is searched
        raw = _INVISIBLE.sub("", raw)
    if (
        "[" in raw
        or "\\" in raw
        or "￼" in raw
        or ("(" in raw and _SPELT.search(raw))
        or "_Toc" in raw
        or "HYPER" in raw
        or "EMBED" in raw
    ):
        for found in _RESIDUE.finditer(raw):
            asides.append(Placed(at=at, offset=found.start(), text=found.group(), reason="残留"))
        raw = _RESIDUE.sub("", raw)
    return _spaced(raw)


def _spaced(raw: str) -> str:
    """Return a text with single spaces, its line breaks kept."""
    if "\n" in raw:
        return "\n".join(filter(None, (" ".join(row.split()) for row in raw.splitlines())))
    return " ".join(raw.split())


def _reason(text: str, block: Block, properties: dict[str, str], head: int) -> str | None:
    """Say why a line is no part of the report, or None; ``head`` counts the lines so far."""
    if block.kind == "table":
        return "元数据" if _metadata_table(block, properties) else None
    if text[0] in "【[" and _OUTLINED.match(text):
        return "目录"
    if len(text) > _LONGEST_FACTS:
        return None
    facts = find_facts(text)
    if facts is not None:
        properties |= {label: value for label, value in facts.items() if value and not properties.get(label)}
        if (day := find_day(text)) is not None and _NOT_OF_PAPER.match(text) is None:
            properties.setdefault("发布日期", day)
        return "元数据"
    if len(text) > 150:
        return None
    if len(text) <= 30 and (_PAGE.fullmatch(text) or _BULLETS.fullmatch(text)):
        return "页码" if any(char.isdigit() for char in text) else "网页残留"
    if len(text) <= 20 and find_bare_label(text) is not None:
        return "元数据"
    day = find_day(text) if head <= _HEAD else None
    if day is not None and not _TITLE_AND_DAY.fullmatch(text):
        if _NOT_OF_PAPER.match(text) is None:
            properties.setdefault("发布日期", day)
        return "元数据"
    if is_chrome(strip_bullet(text)):
        return "网页残留"
    listed = (text[-1].isdigit() or text[0] == "目") and _CONTENTS.search(text)
    return "目录" if listed else None


def _is_value(label: str, text: str) -> bool:
    """Say whether a line is the value of the label above it."""
    if len(text) > 60 or find_bare_label(text) is not None or find_facts(text) is not None or _BULLETS.fullmatch(text):
        return False
    return label in _NAMING or (len(text) <= 40 and _TITLE_LIKE.search(text) is None)


def _metadata_table(block: Block, properties: dict[str, str]) -> bool:
    pairs: dict[str, str] = {}
    for row in block.rows:
        cells = [_BLANK.sub(" ", cell).strip() for cell in row]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            name = _BLANK.sub("", label).strip("：:[]【】")
            if (known := find_bare_label(name + "：")) is not None:
                pairs.setdefault(known, value)
    if len(pairs) < 2 or len(pairs) * 2 < len(block.rows):
        return False
    for name, value in pairs.items():
        if value:
            properties.setdefault(name, value)
    return True


def _line(text: str, raw: str, block: Block, at: int) -> Line:
    lead = raw[: len(raw) - len(raw.lstrip())] if raw[0].isspace() else ""
    return Line(
        text=text,
        kind=block.kind,
        level=block.level,
        indent=sum(1.0 if char == "\u3000" else 0.5 for char in lead) if lead else 0.0,
        width=measure_width(text),
        at=at,
    )
