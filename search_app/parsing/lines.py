"""Lines: a document's blocks, freed of debris. In: Document. Out: lines, asides with their places, properties.

The surprise: nothing is thrown away. What is no part of the report (page numbers, ``[bookmark: …]``, share buttons,
metadata tables) becomes a :class:`Placed` aside, so headings, passages and asides together still hold every character.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from search_app.model import Block, Document


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


LABELS = (
    "索引号|信息索引|发文字号|文件编号|文号|成文日期|发文日期|印发日期|发布日期|发布时间|公开日期|公开时间|生成日期|生成时间|发布机构|发布单位|"
    "发文机关|发文机构|发文单位|制发机构|制发机关|公开主体|公开责任部门|主题分类|主题词|信息分类|体裁分类|组配分类|服务对象分类|公开方式|公开形式|"
    "信息提供日期|公布日期|公布时间|发稿时间|更新时间|更新日期|文章来源|稿件来源|公开机构|供稿单位|主办单位|"
    "公开范围|公开时限|公开程序|有效性|有效期|效力状态|信息名称|文件名称|名称|标题|关键词|内容概述|信息来源|来源|所属地区|所属主题"
)
_LABEL = re.compile(rf"(?:^|(?<=[\s|]))\W{{0,2}}({LABELS})\s*[\]】]?\s*[：:|]\s*")
_HEAD = 15  # lines in which a strip of facts may stand
_DAY = r"20\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?"
_WHEN = re.compile(
    r"\W{0,2}(?:时间|日期|发布|发布于|更新时间|更新日期|更新|公布时间|公布日期|发稿时间|录入时间|信息提供日期|上传时间)"
    rf"\s*[：:]\s*(?P<date>{_DAY})"
)
_DATED = re.compile(
    rf"(?P<date>{_DAY})(?:\s*\d{{1,2}}[:：]\d{{1,2}}(?:[:：]\d{{1,2}})?)?\s*[|｜]?\s*"
    r"(?=来源|信息来源|文章来源|作者|浏览|阅读|点击|字[号体]|编辑|【|\[|分享|打印)"
)
_STAMPED = re.compile(rf"(?P<date>{_DAY})\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?:[\s|｜][^，；]*)?")
_BARE_LABEL = re.compile(rf"(?:{LABELS})\s*[：:]?")
_RESIDUE = re.compile(
    r"\[bookmark:[^\]\n]{0,80}\]|HYPERLINK\s+\\?l?\s*[\"“][^\"”\n]{0,200}[\"”]|PAGEREF\s+_Toc\d+(?:\s+\\h)?|TOC\s+\\o\s+\S+"
    r"|\\\*\s*MERGEFORMAT|EMBED\s+\w+\.\w+(?:\.\d+)?|SHAPE\s+\\\*|￼"
)
_DASH = r"[-—–－―─~·•\s]"
_PAGE = re.compile(
    rf"{_DASH}*\d{{1,3}}{_DASH}*|{_DASH}+\d{{1,4}}{_DASH}+|第\s*\d{{1,4}}\s*页.{{0,12}}|\d{{1,3}}\s*/\s*\d{{1,3}}"
)
_CHROME = re.compile(
    r"^(?:【|\[|［)?(?:分享到|分享至|打印|关闭|返回顶部|返回首页|字体|字号|大\s*中\s*小|浏览次数|浏览量|阅读次数|点击数|点击量|访问量|收藏|扫一扫|上一篇|下一篇|"
    r"相关链接|相关文档|相关附件|相关新闻|责任编辑|责编|编辑|审核|校对|作者|设为首页|加入收藏|无障碍|长者模式|繁体|登录|注册|搜索|网站地图|联系我们|关于我们|"
    r"附件下载|政务微信|政务微博|微信|微博|朋友圈|QQ空间)(?:】|\]|］)?(?:$|[\s：:|/【\[（(])"
    r"|^扫一扫|当前位置|您的位置|您现在的位置|所在位置|首页\s*[>＞»/›→-]|[>＞»›][^>＞»›]+[>＞»›]"
    r"|ICP备|公网安备|网站标识码|版权所有|主办单位[：:]|承办单位[：:]|主办[：:]|承办[：:]|技术支持|[Cc]opyright|©|网站支持IPv6|门户网站$|政府网$|政务网$|^首页$"
)
_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d{1,4}$|^目\s*录$")
_PAGE_AT_END = re.compile(r"[.…·．\d]+$")
_HEAD_WITH_CONTENTS, _LONGEST_ENTRY = 120, 42
_BLANK = re.compile(r"\s+")


_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb]+"
)


def blank(char: str) -> bool:
    """Say whether a character shows nothing: white space, controls, zero-width marks."""
    return char.isspace() or _INVISIBLE.match(char) is not None


def clean(document: Document) -> Cleaned:
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
        if label is not None and len(text) <= 60 and not _BARE_LABEL.fullmatch(text):
            properties.setdefault(label, text)
            del asides[before:]
            asides.append(Placed(at=at, text=whole.get(at, text), reason="元数据"))
            label = None
            continue
        label = None
        head += 1
        reason = _reason(text, block, properties) or _strip_of_facts(text, block, properties, head)
        if reason is None:
            lines.append(_line(text, raw, block, at))
        else:
            del asides[before:]
            asides.append(Placed(at=at, text=whole.get(at, text), reason=reason))
            if reason == "元数据" and _BARE_LABEL.fullmatch(text):
                label = text.rstrip("：: ")
    first, end = _contents(lines)
    if end:
        listed = {line.at: whole.get(line.at, line.text) for line in lines[first:end]}
        asides = [aside for aside in asides if aside.at not in listed]
        asides = sorted([*asides, *(Placed(at=at, text=text, reason="目录") for at, text in listed.items())])
        del lines[first:end]
    return Cleaned(lines=tuple(lines), asides=tuple(asides), properties=properties, whole=whole)


def _contents(lines: list[Line]) -> tuple[int, int]:
    """Return where a table of contents begins and ends: short numbered lines that come again; else (0, 0)."""
    bare = [_PAGE_AT_END.sub("", _BLANK.sub("", line.text)) for line in lines[:_HEAD_WITH_CONTENTS]]
    for first, line in enumerate(lines[:_HEAD]):
        if line.kind == "table" or line.text[0] not in "一第1１（(":
            continue
        for again in range(first + 2, len(bare)):
            if lines[again - 1].width > _LONGEST_ENTRY or lines[again - 1].text[-1] in "。；":
                break
            if bare[again].startswith(bare[first]) and bare[first + 1] in bare[again + 1 :]:
                return first, again
    return 0, 0


def width(text: str) -> float:
    """Return how wide a text is in Han characters; letters, digits and half-width marks count a half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _raw_lines(document: Document) -> Iterator[tuple[int, Block, str]]:
    at = 0
    for block in document.blocks:
        for raw in (block.text,) if block.kind == "table" else block.text.splitlines():
            yield at, block, raw
            at += 1


def _without_residue(raw: str, at: int, asides: list[Placed]) -> str:
    """Cut out invisible characters and what word processors leave behind; the rest with single spaces."""
    raw = _INVISIBLE.sub("", raw)
    if "[" in raw or "\\" in raw or "￼" in raw or "_Toc" in raw or "HYPER" in raw or "EMBED" in raw:
        for found in _RESIDUE.finditer(raw):
            asides.append(Placed(at=at, offset=found.start(), text=found.group(), reason="残留"))
        raw = _RESIDUE.sub("", raw)
    return _spaced(raw)


def _spaced(raw: str) -> str:
    """Return a text with single spaces, its line breaks kept."""
    if "\n" in raw:
        return "\n".join(filter(None, (" ".join(row.split()) for row in raw.splitlines())))
    return " ".join(raw.split())


def _reason(text: str, block: Block, properties: dict[str, str]) -> str | None:
    """Say why a line is no part of the report, or None."""
    if block.kind == "table":
        return "元数据" if _metadata_table(block, properties) else None
    if len(text) > 150:
        return None
    if _PAGE.fullmatch(text):
        return "页码"
    if _BARE_LABEL.fullmatch(text) and (text[-1] in "：:" or text not in ("标题", "名称", "来源")):
        return "元数据"
    if _LABEL.match(text):
        found = list(_LABEL.finditer(text))
        for one, following in zip(found, [*found[1:], None], strict=True):
            value = text[one.end() : following.start() if following else len(text)].strip(" |")
            if value:
                properties.setdefault(one.group(1), value)
        return "元数据"
    if len(text) <= 90 and _CHROME.search(text) and not text.endswith(("。", "；", "！")):
        return "网页残留"
    return "目录" if _CONTENTS.search(text) else None


def _strip_of_facts(text: str, block: Block, properties: dict[str, str], head: int) -> str | None:
    """Recognise the line below a page's title that only says when and where from (2024-01-20 09:12 来源：…)."""
    if head > _HEAD or block.kind == "table" or len(text) > 120 or "。" in text:
        return None
    found = _WHEN.match(text) or _DATED.match(text) or (_STAMPED.fullmatch(text) if len(text) <= 60 else None)
    if found is None:
        return None
    properties.setdefault("发布日期", found.group("date"))
    for one in _LABEL.finditer(text):
        properties.setdefault(one.group(1), text[one.end() :].split(" ")[0])
    return "元数据"


def _metadata_table(block: Block, properties: dict[str, str]) -> bool:
    pairs: dict[str, str] = {}
    for row in block.rows:
        cells = [_BLANK.sub(" ", cell).strip() for cell in row]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            name = _BLANK.sub("", label).strip("：:[]【】")
            if _BARE_LABEL.fullmatch(name):
                pairs.setdefault(name, value)
    if len(pairs) < 2 or len(pairs) * 2 < len(block.rows):
        return False
    for name, value in pairs.items():
        if value:
            properties.setdefault(name, value)
    return True


def _line(text: str, raw: str, block: Block, at: int) -> Line:
    lead = raw[: len(raw) - len(raw.lstrip())]
    return Line(
        text=text,
        kind=block.kind,
        level=block.level,
        indent=sum(1.0 if char == "\u3000" else 0.5 for char in lead),
        width=width(text),
        at=at,
    )
