"""Further titles: those of more reports in one file, whose text is read as that of the first.

In: the title and the lines of the body. Out: the titles of accounts of another year or town that stand in the body,
with text of their own below. The surprise: lists of related pages hold such titles as well, but nothing is below those.
"""

import re
from collections.abc import Sequence

from search_app.language.analysis.years import HAN_YEAR
from search_app.parsing.cover.title_lines import (
    SUBJECT,
    TOWN,
    is_numbered_title,
    is_sentence,
    may_title,
    squeeze,
    titled,
)
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_annex
from search_app.parsing.lines.markers import find_marker

_YEAR = re.compile(rf"20\d\d|{HAN_YEAR}")
_ACCOUNT = re.compile(r"(?:报告|总结|汇报)(?:[（(].{1,12}[）)])?$")
_BELOW = 4  # lines in which the text below a title begins


def find_further_titles(title: str | None, body: Sequence[Line]) -> tuple[str, ...]:
    """Return the titles of further reports, each once, in reading order."""
    found = dict.fromkeys(
        name
        for at, line in enumerate(body)
        if at and is_title_of_report(line) and (name := squeeze(titled(line.text))) != title
        if _has_text(body[at + 1 : at + 1 + _BELOW])
    )
    return tuple(found)


def is_title_of_report(line: Line) -> bool:
    """Say whether a line is the title of a town's report of a year, and nothing else."""
    if not (may_title(line) or is_numbered_title(line.text)) or is_annex(line.text):
        return False
    name = squeeze(titled(line.text))
    return all(pattern.search(name) is not None for pattern in (_ACCOUNT, _YEAR, SUBJECT, TOWN))


def _has_text(below: Sequence[Line]) -> bool:
    return any(is_sentence(line) or ((one := find_marker(line.text)) and one.number == 1) for line in below)
