"""Label lines: what a page says about its report in lines of labels (索引号 发布机构 成文日期 …), however pasted.

In: one line. Out: label -> value, or nothing. The labels stand before a colon, in brackets, in the cells of a row, or
run straight into their values (发布日期2026-01-27), with or without a bullet before them.
"""

import re
from collections.abc import Mapping

_NAMES = (
    "信息索引号|索引号|信息索引|发文字号|备注/文号|文件编号|文号|公文生成日期|成文日期|成文时间|发文日期|发文时间|印发日期|印发时间|发布日期|发布时间|发表日期|"
    "发表时间|公开日期|公开时间|生成日期|生成时间|签发日期|发布机构|发布单位|发布部门|发文机关|发文机构|发文单位|制发机构|制发机关|机构名称|责任部门|责任科室|"
    "公开主体|公开责任部门|公开机构|主题分类|分类|主题词|发文文号|信息分类|信息类别|所属类目|体裁分类|体裁|组配分类|服务对象分类|公开类别|公开方式|公开形式|公开属性|"
    "信息提供日期|公布日期|公布时间|发稿时间|更新时间|更新日期|文章来源|稿件来源|供稿单位|主办单位|信息来源|来源|作者|"
    "公开范围|公开时限|公开程序|有效性|时效性|有效期|效力状态|是否有效|信息名称|文件名称|名称|标题|关键词|内容概述|所属地区|所属主题"
)
#: Labels that need a colon or brackets, since they are words of every report.
_EVERYDAY = {
    "标题",
    "名称",
    "来源",
    "作者",
    "体裁",
    "分类",
    "主办单位",
    "责任部门",
    "责任科室",
    "文号",
    "关键词",
    "公开形式",
    "机构名称",
}
_LABELS = "|".join(r"\s?".join(name) for name in _NAMES.split("|"))
_BULLET = re.compile(r"[\s•·▪●◆■\-–—*]+(?=\S)")
_BULLETS = frozenset(" •·▪●◆■-–—*")
_WITH_COLON = re.compile(rf"(?:^|(?<=[\s|\-]))\W{{0,2}}({_LABELS})\s*[\]】]?\s*[：:|]\s*")
_IN_BRACKETS = re.compile(rf"[\[［【]\s*({_LABELS})\s*[\]］】]\s*[：:]?\s*")
_CELL = re.compile(rf"(?:^|(?<=\s))({_LABELS})(?=\s|$)\s*")
_BARE = re.compile(rf"\W{{0,2}}({_LABELS})\s*[\]】]?\s*[：:]?")
_DAY = r"20\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?"
_RUN_IN = (
    (re.compile(rf"({_LABELS})\s?({_DAY})(?:\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?"), ("日期", "时间")),
    (re.compile(rf"({_LABELS})\s?([^，。；：:\s]{{2,24}}(?:政府|办事处|街道|委员会|[镇乡局办所室]))"),
     ("机构", "机关", "单位", "部门", "主体")),
    (re.compile(rf"({_LABELS})\s?([\w\-—/〔〕\[\]]{{5,50}}号?)", re.A), ("索引",)),
    (re.compile(rf"({_LABELS})\s?(是|否|有效|无效|失效|已废止|主动公开|全社会|面向社会|长期公开)"), ("效", "公开")),
)  # fmt: skip
_MOST = 400
_LONGEST_LINE = 150
#: A day with its label anywhere in a line that is no sentence.
_DATED = re.compile(rf"(?:时间|日期|发布于|发表于|更新)\s*[：:]?\s*(?P<day>{_DAY})")
_STAMP = re.compile(rf"(?P<day>{_DAY})\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?:[\s|｜][^，；]*)?")
_AT_START = re.compile(
    rf"(?P<day>{_DAY})(?:\s*\d{{1,2}}[:：]\d{{1,2}}(?:[:：]\d{{1,2}})?)?\s*[|｜]?\s*"
    r"(?=来源|信息来源|文章来源|作者|浏览|阅读|点击|字[号体]|编辑|【|\[|分享|打印)"
)
_FIRST = frozenset("".join(name[0] for name in _NAMES.split("|"))) | frozenset("[［【(（ ")


def strip_bullet(text: str) -> str:
    """Return a line without the bullet of a list before it."""
    found = _BULLET.match(text) if text[:1] in _BULLETS else None
    return text[found.end() :] if found else text


def find_bare_label(text: str) -> str | None:
    """Return the label that a line consists of, its value being elsewhere; None if it is none."""
    text = strip_bullet(text)
    found = _BARE.fullmatch(text) if text[:1] in _FIRST else None
    if found is None:
        return None
    name = _plain(found.group(1))
    return name if text[-1] in "：:】]" or name not in _EVERYDAY else None


def find_facts(text: str) -> Mapping[str, str] | None:
    """Return label -> value of a line that consists of them (values may be empty), or None."""
    if text[:1] == "|" and len(text) <= _MOST:
        return _cells(text)
    text = strip_bullet(text)
    if text[:1] not in _FIRST or len(text) > _MOST:
        return None
    if len(text) <= _LONGEST_LINE and _WITH_COLON.match(text):
        return _paired(text, _WITH_COLON)
    boxed = _IN_BRACKETS.match(text)
    if boxed and (len(text) <= _LONGEST_LINE or len(_IN_BRACKETS.findall(text)) > 2):
        return _paired(text, _IN_BRACKETS)
    if "。" in text or len(text) > _LONGEST_LINE:
        return None
    if _CELL.match(text) and len(_CELL.findall(text)) > 1:
        return _paired(text, _CELL)
    for pattern, words in _RUN_IN:
        found = pattern.fullmatch(text)
        if found and any(word in found.group(1) for word in words) and _plain(found.group(1)) not in _EVERYDAY:
            return {_plain(found.group(1)): found.group(2)}
    return None


def find_day(text: str) -> str | None:
    """Return the day that a line below or above a title states, if it says little else."""
    text = strip_bullet(text)
    if "。" in text or len(text) > _LONGEST_LINE:
        return None
    found = _DATED.search(text) or _AT_START.match(text) or (_STAMP.fullmatch(text) if len(text) <= 60 else None)
    return found.group("day").strip() if found else None


def _cells(text: str) -> dict[str, str] | None:
    """Return label -> value of the rows of a table written with bars, or None; a label's value is the next cell."""
    cells = [cell.strip() for cell in text.strip("| ").split("|")]
    labels = [find_bare_label(cell.rstrip("：: ") + "：") if cell else None for cell in cells]
    found = [at for at, label in enumerate(labels) if label is not None]
    if not found or 3 * len(found) < len([cell for cell in cells if cell]) or labels[0] is None:
        return None
    pairs: dict[str, str] = {}
    for at in found:
        value = cells[at + 1] if at + 1 < len(cells) and labels[at + 1] is None else ""
        pairs.setdefault(labels[at] or "", value)
    return pairs


def _paired(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    found = list(pattern.finditer(text))
    pairs: dict[str, str] = {}
    for one, following in zip(found, [*found[1:], None], strict=True):
        value = text[one.end() : following.start() if following else len(text)].strip(" |-")
        pairs.setdefault(_plain(one.group(1)), value)
    return pairs


def _plain(label: str) -> str:
    return "".join(label.split())
