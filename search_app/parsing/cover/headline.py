"""Headlines: the titles of papers that are no reports (news, interpretations, rules), told by their place and words.

In: the first lines of a document in which no report's title was found. Out: the place of the headline.
"""

import re

from search_app.parsing.genre.title_signs import read_title
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_name
from search_app.parsing.lines.markers import MarkerKind, find_marker
from search_app.parsing.outline.heading_tests import ROLE
from search_app.parsing.year.dates import normalise_digits

_FIRST_LINES, _FORESIGHT = 4, 8
_SHORTEST, _LONGEST = 8, 50
_SENTENCE = 12  # Han characters that a line of the body below has at least
_NAMED = 4.0  # points of a line that can only be a title
_ENDS = frozenset("。；，：:;,、…")
#: How a first sentence begins that is broken over lines.
_SENTENCE_BEGINS = re.compile(
    r"我[镇乡县区市街]|今年|近年|近日|日前|一年来|为|根据|按照|在|截至|\d{1,2}月|20\d\d年[，,]|20\d\d年.{0,12}(?:坚持|认真|深入|围绕|以|在)"
)
#: The names of laws are shorter than other headlines.
_LAW = re.compile(r"[\u4e00-\u9fff]{3,}(?:法|条例)")
_SPEECH = ("讲话", "发言", "致辞")
#: Without other evidence a headline begins with whom it is about.
_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:镇|乡|街道|县|区|市|局|所)")


def find_headline(lines: tuple[Line, ...]) -> int | None:
    """Return the place of the headline among the first lines, or None."""
    for at, line in enumerate(lines[:_FIRST_LINES]):
        if line.width > _LONGEST and line.text[-1] == "。":
            return None
        if _may_be(line) and _is_above_text(lines, at) and _is_headline(lines, at):
            return at
    return None


def _may_be(line: Line) -> bool:
    text = line.text
    number = find_marker(text)
    numbered = number is not None and number.kind is not MarkerKind.ITEM
    return (
        line.kind != "table"
        and (len(text) >= _SHORTEST or _LAW.fullmatch(text) is not None)
        and line.width <= _LONGEST
        and not numbered
        and text[-1] not in _ENDS
        and "。" not in text
        and text.count("，") < 2
        and (text.endswith(_SPEECH) or not _SENTENCE_BEGINS.match(normalise_digits(text)))
        and not is_name(text)
    )


def _is_above_text(lines: tuple[Line, ...], at: int) -> bool:
    below = lines[at + 1 : at + _FORESIGHT]
    return any((line.width >= _SENTENCE and line.text[-1] in "。：:；") or find_marker(line.text) for line in below)


def _is_headline(lines: tuple[Line, ...], at: int) -> bool:
    line = lines[at]
    points = max((sign.points for sign in read_title(line.text)), default=0.0)
    if points >= _NAMED:
        return True
    if line.kind == "heading" and line.level == 1:
        return ROLE.search(line.text) is None and sum(each.level == 1 for each in lines) == 1
    return points > 0 and at == 0 and _OF_PLACE.match(line.text) is not None
