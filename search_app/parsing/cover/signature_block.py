"""The signature block: signature, date, attachments, contacts, who else got it, below the body.

In: lines, and where the body begins. Out: reasons by place, and who signed when.
"""

import re
from datetime import date

from search_app.language.analysis.place_names import TOWN_SUFFIXES, either
from search_app.parsing.cover.further_titles import is_title_of_report
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_annex
from search_app.parsing.lines.markers import MarkerKind, find_marker
from search_app.parsing.year.dates import find_date, is_date, remove_dates

_ISSUER_END = r"(?:人民政府|政府|办事处|委员会|党委|党工委|办公室|党政办|司法所|管委会|党群工作部|综合执法队)"
#: A line that is the name of an office, perhaps with the word for its seal.
ISSUER = re.compile(rf"[^，。；：！？,;]{{2,40}}{_ISSUER_END}(?:[（(]?(?:盖章|公章|章)[）)]?)?")
_CLOSING = re.compile(
    r"(?:特此|专此|以上|妥否)[^，,。]{0,14}[。！]?|(?:妥否|当否)[，,]请.{1,6}[。！]?|[（(]?此页无正文[）)]?"
)
_FOOT = (
    (re.compile(r"附\s*件\s*\d*\s*[：:.]?.{0,60}|附\s*[：:].{0,60}|附表.{0,40}"), "附件"),
    (
        re.compile(
            r"[（(]?(?:联系人|联系电话|电话|联系方式|此件).{0,60}"
            r"|[（(]?(?:(?:联系|通[信讯]|办公|单位)?地址|邮政?编码?|(?:电子)?邮箱|(?:办公|咨询|监督|举报)电话|传真|手机|填报(?:人|单位)|制表人?|联络员)"
            r"\s?[：:].{0,60}"
        ),
        "联系方式",
    ),
    (
        re.compile(
            r"[（(【\[]?\s?(?:(?:责任)?编辑|责编|审核|初审|复审|终审|[一二三]审|来源|稿源|供稿|撰稿|通讯员|记者|作者|摄影|文图|图文|[文图]\s?[/／]\s?[图文])"
            r"[\s：:／/|｜][^。；]{1,50}"
        ),
        "署名",
    ),
    (
        re.compile(r"(?:抄送|抄报|主送|分送|印发|发)\s*[：:].{0,80}|.{2,40}\d日印发|[（(]?共印\s*\d+\s*份[）)]?"),
        "抄送印发",
    ),
)
#: A signature that follows the last sentence on its line.
_SIGNED = re.compile(
    rf"[。！；]\s*(?P<issuer>[^。！；，,]{{2,40}}{_ISSUER_END})[ \u3000]*(?P<day>[一二\d][^。！；，,]{{5,16}}日?)\s*$"
)
_TOWN_ALONE = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{either(*TOWN_SUFFIXES)}")
_SET_APART = re.compile(r"(?:\S\s){4,}\S")
_MOST_ATTACHED, _LONGEST_DAY = 12, 24


def close_up(text: str) -> str:
    """Return a name that was set with a blank behind each character without the blanks."""
    return "".join(text.split()) if _SET_APART.fullmatch(text) else text


def find_closing(lines: tuple[Line, ...], start: int, reasons: dict[int, str]) -> str | None:
    """Set aside signature, date, attachments and the like below the body; return the issuer."""
    issuer: str | None = None
    end = len(lines)
    while end > max(start, len(lines) - 20):
        line = lines[end - 1]
        reason = _foot_reason(line)
        if reason is None and reasons.get(end) == "日期" and _TOWN_ALONE.fullmatch(line.text):
            reason = "落款"
        if reason is None:
            listed = _attached(lines, start, end)
            if not listed:
                break
            reasons.update(dict.fromkeys(range(listed, end), "附件"))
            end = listed
            continue
        reasons[end - 1] = reason
        end -= 1
        if reason == "落款" and issuer is None:
            issuer = close_up(remove_dates(line.text).strip())
    for at in range(start + 2, end - 1):
        below = lines[at + 1]
        if below.width > _LONGEST_DAY:
            continue
        late = at >= len(lines) // 2 or (at + 2 < end and is_annex(lines[at + 2].text))
        if late and is_date(below.text) and _foot_reason(lines[at]) == "落款":
            issuer = issuer or lines[at].text
            reasons |= {at: "落款", at + 1: "日期"}
    return issuer


def _attached(lines: tuple[Line, ...], start: int, end: int) -> int:
    """Return where a list of attachments begins that ends here (附件：1.… / 2.…), or 0."""
    for at in range(end - 1, max(start, end - _MOST_ATTACHED), -1):
        if is_annex(lines[at].text) and at < end - 1:
            return at
        number = find_marker(lines[at].text)
        if (
            number is None
            or number.kind not in (MarkerKind.DOT, MarkerKind.ARABIC)
            or lines[at].width > 48
            or lines[at].text[-1] in "。；"
        ):
            return 0
    return 0


def _foot_reason(line: Line) -> str | None:
    if line.kind == "table" or line.width > 80:
        return None
    text = line.text
    if is_title_of_report(line):  # a list of related pages: nothing stands below
        return "网页残留"
    if is_date(text):
        return "日期"
    rest = close_up(remove_dates(text).strip("（()） "))
    if line.width <= 48 and find_marker(text) is None and ISSUER.fullmatch(rest):
        return "落款"
    if _CLOSING.fullmatch(text):
        return "结束语"
    return next((reason for pattern, reason in _FOOT if pattern.fullmatch(text)), None)


def find_signature_at_end(text: str) -> tuple[str, date | None] | None:
    """Return issuer and day of a signature that follows upon the last sentence of a line."""
    found = _SIGNED.search(text)
    return None if found is None else (found.group("issuer"), find_date(found.group("day")))
