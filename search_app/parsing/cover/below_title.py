"""Below the title: what stands between it and the body, and the title where it comes again.

In: lines, and where the body may begin. Out: reasons by place for what is set aside, and where the body begins.
"""

import re

from search_app.parsing.cover.signature_block import ISSUER
from search_app.parsing.cover.title_lines import SENTENCE, SUBJECT, is_paper_number, may_title, squeeze, titled
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_name
from search_app.parsing.lines.markers import find_marker
from search_app.parsing.year.dates import is_date, remove_dates

_AGAIN = re.compile(r"(?:报告|总结|汇报|年报)(?:[（(〔【\[][^）)〕】\]]{1,15}[）)〕】\]])?$")
_SALUTATION = re.compile(
    r"[^。；！？，,]{0,40}(?:委|府|局|办|会|部|厅|院|室|同志|领导|代表|单位|公众|们)[^。；！？，,]{0,8}[：:]"
)
_NOT_SALUTATION = re.compile(r"如下|方面|表现|情况|问题|以下|其中|一是|工作")
#: How the first paragraph of a report begins or ends.
_OPENS = re.compile(
    r"^(?:20\d\d年|今年以来|一年来|近年来|过去一年|根据|按照|为|在)|(?:现将|现就|现把)[^。]{0,60}(?:如下|报告|汇报|总结)"
)
_MOST_HEAD = 14  # lines between title and body
_FURNITURE = 16  # Han characters of a button or label
_SHORTEST_REPEATED, _LONGEST_REPEATED = 10, 60


def skip_head(lines: tuple[Line, ...], start: int, title: str | None, reasons: dict[int, str]) -> int:
    """Set aside what stands between title and body: the title again, issuer, date, number, salutation."""
    whole = squeeze(title or "")
    at = start
    opening = _opening(lines, start) if title else 0
    while at < min(start + _MOST_HEAD, len(lines)):
        line, text = lines[at], squeeze(lines[at].text)
        if line.kind == "table":
            break
        numbered = find_marker(line.text) is not None
        if whole and len(text) >= 4 and (text in whole or (whole in text and len(text) < len(whole) + 12)):
            reasons[at] = "标题"
        elif whole and may_title(line) and _AGAIN.search(text) and SUBJECT.search(text) and len(text) >= 10:
            reasons[at] = "标题"  # the title once more in other words, or that of the notice around it
        elif is_date(line.text):
            reasons[at] = "日期"
        elif is_paper_number(line.text):
            reasons[at] = "文号"
        elif not numbered and line.width <= 30 and ISSUER.fullmatch(remove_dates(line.text).strip()):
            reasons[at] = "落款"
        elif not numbered and _SALUTATION.fullmatch(line.text) and not _NOT_SALUTATION.search(line.text):
            reasons[at] = "主送"
            return at + 1
        elif at < opening and not numbered and _is_furniture(line):
            reasons[at] = "网页残留"
        else:
            break
        at += 1
    return at


def _opening(lines: tuple[Line, ...], start: int) -> int:
    """Return the place of the paragraph that opens the report, or 0: no heading stands above it."""
    for at in range(start, min(start + _MOST_HEAD, len(lines))):
        if find_marker(lines[at].text) is not None:
            return 0
        if lines[at].width >= SENTENCE and _OPENS.search(lines[at].text):
            return at
    return 0


def _is_furniture(line: Line) -> bool:
    """Say whether a line above the opening belongs to the page: short, no sentence, no name of a part."""
    styled = line.kind == "heading"
    return not styled and line.width <= _FURNITURE and "。" not in line.text and not is_name(line.text)


def set_aside_repeated(lines: tuple[Line, ...], start: int, title: str | None, reasons: dict[int, str]) -> None:
    """Set aside lines of the body that are the title again, as running heads and pasted pages have them."""
    whole = squeeze(title or "")
    if len(whole) < _SHORTEST_REPEATED:
        return
    for at in range(start, len(lines)):
        line = lines[at]
        if line.width <= _LONGEST_REPEATED and whole[-2:] in line.text and at not in reasons and line.kind != "table":
            bare = squeeze(titled(line.text)).strip("-—－·")
            if bare == whole or (len(bare) >= _SHORTEST_REPEATED and whole.endswith(bare) and _AGAIN.search(bare)):
                reasons[at] = "标题"
