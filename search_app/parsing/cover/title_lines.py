"""Title lines: what one line above the body is by itself: of a title, a letterhead, a number, a sentence."""

import re

from search_app.language.analysis.document_numbers import cut_number_behind, read_own_line
from search_app.language.analysis.place_names import TOWN_NOT_THE_WORD
from search_app.parsing.cover.site_names import is_site, strip_site
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.markers import MarkerKind, find_marker
from search_app.parsing.year.dates import find_date, is_date, remove_dates

_LETTERHEAD = re.compile(
    r".{0,40}(?:政府|办事处|委员会|党委|党工委|办公室|领导小组|司法所)?文件(?:[\u4e00-\u9fff]{1,12}\W20\d\d\W第?\d+号?)?"
    r"|[★☆]+|(?:机密|秘密|内部|特急|急件).{0,6}"
)
TOWN = re.compile(rf"[\u4e00-\u9fff]{{2,}}?{TOWN_NOT_THE_WORD}")
#: A title that stands in the marks of one: all of the line, so that nothing cites it.
_QUOTED = re.compile(r"《([^《》]{6,60})》")
_FIRST_LINES = 3  # where the title of a paper in a collection may bear its number
SENTENCE = 24  # Han characters that a line of the body has at least
SUBJECT = re.compile(r"法治|法制|依法行政|依法治|普法")


def is_paper_number(text: str) -> bool:
    return read_own_line(text) is not None or re.match(r"签发人[：:]", text) is not None


def is_letterhead(text: str) -> bool:
    """Say whether a line belongs above the title: 某镇人民政府文件, 某府〔2024〕3号, a date."""
    bare = squeeze(text)
    return is_paper_number(text) or is_date(text) or _LETTERHEAD.fullmatch(bare) is not None


def squeeze(text: str) -> str:
    return "".join(text.split())


def is_sentence(line: Line) -> bool:
    """Say whether a line is of the body, so that no title comes after it."""
    return line.kind == "paragraph" and line.text[-1] == "。" and line.width >= SENTENCE


def is_numbered_title(text: str) -> bool:
    """Say whether a line is the title of a paper in a collection (1、某镇2023年依法行政工作总结)."""
    number = find_marker(text)
    if (
        number is None
        or number.kind is not MarkerKind.DOT
        or not re.search(r"(?:报告|总结)(?:[（(].{1,12}[）)])?$", text)
    ):
        return False
    return re.search(r"20\d\d", text) is not None and TOWN.search(text) is not None and "，" not in text


def titled(text: str) -> str:
    """Return a title's line without the day of publication or the rule that a page sets behind it, and unquoted."""
    if (quoted := _QUOTED.fullmatch(text)) is not None:
        text = quoted.group(1)
    if is_numbered_title(text) and (number := find_marker(text)) is not None:
        text = text[number.end :]
    text = strip_site(cut_number_behind(text)[0])
    return remove_dates(text).strip(" |｜_-—（）()") if find_date(text) or text[-1] in "|｜_" else text


def may_title(line: Line) -> bool:
    return (
        line.kind != "table"
        and line.width <= 48
        and (find_marker(line.text) is None or (line.at < _FIRST_LINES and is_numbered_title(line.text)))
        and line.text[-1] not in "。；，：:;,、！？"
        and not is_letterhead(line.text)
        and not is_site(line.text)
    )
