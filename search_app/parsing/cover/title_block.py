"""The title block: title, issuers, salutation above the body; and where the body begins and ends.

In: lines. Out: the title, the lines that are body, and asides for the rest. A title may be split over lines and
repeated; it may be missing: then it is ``None`` and nothing is made up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search_app.language.analysis.document_numbers import cut_number_behind, read_own_line
from search_app.language.analysis.place_names import COMMON_COUNTY_ENDS, TOWN_NOT_THE_WORD, TOWN_SUFFIXES, either
from search_app.model import REPORT_KIND
from search_app.parsing.cover.signature_block import ISSUER, find_closing, find_signature_at_end
from search_app.parsing.lines.clean_lines import Line, Placed
from search_app.parsing.lines.heading_names import is_name
from search_app.parsing.lines.markers import MarkerKind, find_marker
from search_app.parsing.year.dates import find_date, is_date, read_month, remove_dates

_TITLE_END = re.compile(
    r"(?:报告|总结|汇报|年报|情况|方案|要点|计划|解读|说明|通知|意见|述职|述法|自评|白皮书|台账|清单|函|(?:总结|情况|报告|汇报).{1,20}(?:打算|安排|思路))(?:稿|材料)?(?:的?(?:公示|公告))?"
    r"(?:[（(〔【\[][^）)〕】\]]{1,15}[）)〕】\]]){0,2}$"
)
_GENRE = re.compile(r"法治|法制|依法|普法|公开|报告|总结|方案|汇报|计划|要点|解读|通知|意见|年报")
_MORE_TITLE = re.compile(
    r"(?:的)?(?:情况)?(?:的)?(?:报告|汇报|总结|通知|公示)(?:[（(].{1,12}[）)])?|[（(〔【\[].{1,14}[）)〕】\]]|[（(]?20\d{2}\s*年度?[）)]?"
)
_NEXT_ISSUER = re.compile(r"中共|[\u4e00-\u9fff]{2,14}(?:人民政府|办事处|委员会)")
_LETTERHEAD = re.compile(
    r".{0,40}(?:政府|办事处|委员会|党委|党工委|办公室|领导小组|司法所)?文件(?:[\u4e00-\u9fff]{1,12}\W20\d\d\W第?\d+号?)?"
    r"|[★☆]+|(?:机密|秘密|内部|特急|急件).{0,6}"
)
_SALUTATION = re.compile(
    r"[^。；！？，,]{0,40}(?:委|府|局|办|会|部|厅|院|室|同志|领导|代表|单位|公众|们)[^。；！？，,]{0,8}[：:]"
)
_NOT_SALUTATION = re.compile(r"如下|方面|表现|情况|问题|以下|其中|一是|工作")
_AGAIN = re.compile(r"(?:报告|总结|汇报|年报)(?:[（(〔【\[][^）)〕】\]]{1,15}[）)〕】\]])?$")
_TOWN = re.compile(rf"[\u4e00-\u9fff]{{2,}}?{TOWN_NOT_THE_WORD}")
_PLACE_LINE = re.compile(rf"[\u4e00-\u9fff]{{2,20}}{either(*TOWN_SUFFIXES, *COMMON_COUNTY_ENDS)}")
_FIRST_LINES = 3  # where the title of a paper in a collection may bear its number
_SENTENCE = 24  # Han characters that a line of the body has at least
#: A title that was pasted twice, the second time a little otherwise.
_DOUBLED = re.compile(r"((.{4}).{2,30}(?:报告|总结))\2.{2,30}(?:报告|总结)")
_KINDS = (
    (re.compile(r"信息公开|政务公开"), "政府信息公开年报"),
    (re.compile(r"解读"), "政策解读"),
    (re.compile(r"自查|自评"), "自查报告"),
    (re.compile(r"方案(?:的通知)?》?(?:[（(].*[）)])?$"), "工作方案"),
    (re.compile(r"要点(?:的通知)?(?:[（(].*[）)])?$"), "工作要点"),
    (re.compile(r"计划(?:的通知)?(?:[（(].*[）)])?$"), "工作计划"),
    (re.compile(r"述法|述职"), "述法报告"),
    (re.compile(r"政府工作报告"), "政府工作报告"),
    (re.compile(r"通知$"), "通知"),
)
#: What a report's title adds about the year to come (…工作总结及2024年工作计划).
_AND_PLAN = re.compile(
    r"(?<=[结告况报])(?:及|和|与|暨|、)[^及和与暨]{0,20}(?:计划|打算|安排|要点|思路)(?:的(?:报告|汇报))?$"
)
#: Kinds of papers that say what will be done in the year of their title.
PLANNING = ("工作方案", "工作要点", "工作计划")
_SUBJECT = re.compile(r"法治|法制|依法行政|依法治|普法")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The title and signature, the body between them, and the rest as asides.

    ``signed`` is a hand-signed date, ``stamped`` one that stands on the title's line, ``month`` that of a signature
    without a day.
    """

    title: str | None
    issuer: str | None
    signed: date | None
    stamped: date | None
    month: date | None
    body: tuple[Line, ...]
    asides: tuple[Placed, ...]


def find_cover(lines: tuple[Line, ...]) -> Cover:
    """Separate the lines around the body from the body."""
    reasons: dict[int, str] = {}
    title, start = _title(lines, reasons)
    start = _head(lines, start, title, reasons)
    issuer = find_closing(lines, start, reasons)
    signed = next(
        (
            found
            for at in reversed(reasons)
            if reasons[at] in ("落款", "日期", "印发通知")
            if (found := find_date(lines[at].text))
        ),
        None,
    )
    if signed is None and lines and (at_end := find_signature_at_end(lines[-1].text)) is not None:
        issuer, signed = issuer or at_end[0], at_end[1]
    stamps = (find_date(lines[at].text) for at in reasons if reasons[at] == "标题")
    return Cover(
        title=title,
        issuer=issuer,
        signed=signed,
        stamped=next((day for day in stamps if day is not None), None),
        month=next((found for at in reasons if (found := read_month(lines[at].text)) is not None), None),
        body=tuple(line for at, line in enumerate(lines) if at not in reasons),
        asides=tuple(Placed(at=lines[at].at, text=lines[at].text, reason=reason) for at, reason in reasons.items()),
    )


def tell_genre(title: str | None, opening: str) -> str:
    """Return the genre: this kind of report, a near one by its own name, or 其他文件."""
    if title is None and re.search(r"政府信息公开(?:条例|工作年度报告)", opening[:200]):
        return "政府信息公开年报"
    if title is None:
        return REPORT_KIND if _SUBJECT.search(opening) else "其他文件"
    title = _AND_PLAN.sub("", title)
    for pattern, name in _KINDS:
        if pattern.search(title):
            return name
    return REPORT_KIND if _SUBJECT.search(title) or _SUBJECT.search(opening) else "其他文件"


def _is_paper_number(text: str) -> bool:
    return read_own_line(text) is not None or re.match(r"签发人[：:]", text) is not None


def _is_letterhead(text: str) -> bool:
    """Say whether a line belongs above the title: 某镇人民政府文件, 某府〔2024〕3号, a date."""
    bare = _squeeze(text)
    return _is_paper_number(text) or is_date(text) or _LETTERHEAD.fullmatch(bare) is not None


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _title(lines: tuple[Line, ...], reasons: dict[int, str]) -> tuple[str | None, int]:
    """Find the title among the first lines; return it and the place after it."""
    for start in range(min(14, len(lines))):
        if _is_letterhead(lines[start].text):
            continue
        if not _may_title(lines[start]):
            if lines[start].width > 60 or find_marker(lines[start].text) or _is_sentence(lines[start]):
                return None, 0
            continue
        end = _title_end(lines, start)
        if end:
            own = _own_title(lines, start, end)
            for at in range(own):
                number = _is_paper_number(lines[at].text)
                reasons[at] = "文号" if number else "日期" if is_date(lines[at].text) else "页眉"
            title = _joined(_titled(line.text) for line in lines[own:end])
            inner = _inner_title(lines, end, title) or _fuller_title(lines, end, title)
            if inner:
                reasons.update(dict.fromkeys(range(own, inner), "印发通知"))
                own, end = inner, inner + 1
                title = _joined((lines[own].text,))
            reasons.update(dict.fromkeys(range(own, end), "标题"))
            doubled = _DOUBLED.fullmatch(title)
            return doubled.group(1) if doubled else title, end
    return None, 0


def _is_sentence(line: Line) -> bool:
    """Say whether a line is of the body, so that no title comes after it."""
    return line.kind == "paragraph" and line.text[-1] == "。" and line.width >= _SENTENCE


def _is_numbered_title(text: str) -> bool:
    """Say whether a line is the title of a paper in a collection (1、某镇2023年依法行政工作总结)."""
    number = find_marker(text)
    if (
        number is None
        or number.kind is not MarkerKind.DOT
        or not re.search(r"(?:报告|总结)(?:[（(].{1,12}[）)])?$", text)
    ):
        return False
    return re.search(r"20\d\d", text) is not None and _TOWN.search(text) is not None and "，" not in text


def _titled(text: str) -> str:
    """Return a title's line without the day of publication or the rule that a page sets behind it."""
    if _is_numbered_title(text) and (number := find_marker(text)) is not None:
        text = text[number.end :]
    text = cut_number_behind(text)[0]
    return remove_dates(text).strip(" |｜_-—（）()") if find_date(text) or text[-1] in "|｜_" else text


def _own_title(lines: tuple[Line, ...], start: int, end: int) -> int:
    """Return where the title itself begins: a line that is one needs above it only its issuers and its place."""
    last = next((at for at in range(end - 1, start, -1) if _is_whole_title(lines[at].text)), None)
    if last is None:
        return start
    town = _TOWN.search(_squeeze(lines[last].text))
    first = last
    while first > start:
        line, above = lines[first], _squeeze(lines[first - 1].text)
        styled = line.kind == "heading" and lines[first - 1].kind != "heading"
        belongs = ISSUER.fullmatch(above) or _PLACE_LINE.fullmatch(above) or "关于" in above
        if styled or not belongs or town is not None or line.at != lines[first - 1].at + 1:
            break
        first -= 1
    return first


def _is_whole_title(text: str) -> bool:
    bare = _squeeze(_titled(text))
    return (
        len(bare) >= 10
        and _TITLE_END.search(bare) is not None
        and _SUBJECT.search(bare) is not None
        and re.match(r"关于|的|和|及|与|情况|推进|贯彻|落实|履行", bare) is None
    )


def _inner_title(lines: tuple[Line, ...], end: int, title: str) -> int:
    """Return the place of the report's own title below the notice that hands it out (关于印发《…》的通知), or 0."""
    named = re.search(r"(?:印发|转发|报送|上报|呈报)《?(.{6,60}?)》?的(?:通知|函|报告)$", title)
    if named is None:
        return 0
    places = (at for at in range(end, min(end + 15, len(lines))) if _may_title(lines[at]))
    return next((at for at in places if _squeeze(lines[at].text).endswith(named.group(1))), 0)


def _fuller_title(lines: tuple[Line, ...], end: int, title: str) -> int:
    """Return the place of the title below what is only its column in a menu (法治政府建设年度报告), or 0."""
    if _TOWN.search(title) or re.search(r"20\d\d|政府(?!建设)", title):
        return 0
    for at in range(end, min(end + 6, len(lines))):
        if not _may_title(lines[at]):
            return 0
        text = _squeeze(_titled(lines[at].text))
        if _is_whole_title(lines[at].text) and len(text) > len(title) and _TOWN.match(text):
            return at
    return 0


def _may_title(line: Line) -> bool:
    return (
        line.kind != "table"
        and line.width <= 48
        and (find_marker(line.text) is None or (line.at < _FIRST_LINES and _is_numbered_title(line.text)))
        and line.text[-1] not in "。；，：:;,、！？"
        and not _is_letterhead(line.text)
    )


def _title_end(lines: tuple[Line, ...], start: int) -> int:
    """Return the place after the title that begins at ``start``, or 0."""
    for end in range(start + 1, min(start + 6, len(lines)) + 1):
        if not _may_title(lines[end - 1]):
            return 0
        text = _squeeze("".join(_titled(line.text) for line in lines[start:end]))
        if re.search(r"[。；，！？;]|[\u4e00-\u9fff]{2}(?<![镇乡府处])(?<!街道)[：:]", text):
            return 0
        if _TITLE_END.search(text) and _GENRE.search(text) and len(text) >= 6 and not is_name(text):
            while end < len(lines) and lines[end].width <= 14 and _MORE_TITLE.fullmatch(_squeeze(lines[end].text)):
                if _is_paper_number(lines[end].text):
                    break
                end += 1
            return end
    return 0


def _joined(parts: Iterable[str]) -> str:
    """Join a split title; joint issuers keep a space between them."""
    title = ""
    for part in map(_squeeze, parts):
        between = " " if title and ISSUER.fullmatch(title.rsplit(" ", 1)[-1]) and _NEXT_ISSUER.match(part) else ""
        title += between + part
    return title


def _head(lines: tuple[Line, ...], start: int, title: str | None, reasons: dict[int, str]) -> int:
    """Set aside what stands between title and body: the title again, issuer, date, number, salutation."""
    whole = _squeeze(title or "")
    at = start
    while at < min(start + 12, len(lines)):
        line, text = lines[at], _squeeze(lines[at].text)
        if line.kind == "table":
            break
        numbered = find_marker(line.text) is not None
        if whole and len(text) >= 4 and (text in whole or (whole in text and len(text) < len(whole) + 12)):
            reasons[at] = "标题"
        elif whole and _may_title(line) and _AGAIN.search(text) and _SUBJECT.search(text) and len(text) >= 10:
            reasons[at] = "标题"  # the title once more in other words, or that of the notice around it
        elif is_date(line.text):
            reasons[at] = "日期"
        elif _is_paper_number(line.text):
            reasons[at] = "文号"
        elif not numbered and line.width <= 30 and ISSUER.fullmatch(remove_dates(line.text).strip()):
            reasons[at] = "落款"
        elif not numbered and _SALUTATION.fullmatch(line.text) and not _NOT_SALUTATION.search(line.text):
            reasons[at] = "主送"
            return at + 1
        else:
            break
        at += 1
    return at
