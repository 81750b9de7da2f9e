"""Unwrapping: lines -> paragraphs, where the file's line breaks may not be paragraph ends (.txt, .pdf).

The evidence: how wide wrapped lines are in this document, indentation, numbering, and the punctuation at a line's end.
A line that ends in a comma or inside quotes goes on in every format.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from search_app.language.analysis.asked_lines import takes_turn
from search_app.language.analysis.han_numbers import NUMERALS
from search_app.parsing.lines.clean_lines import Line, measure_width
from search_app.parsing.lines.markers import MarkerKind, find_marker

_ENDS = "。！？；!?;：:"
_CLOSERS = "”’」』）)】》〉\"'"
_GOES_ON = "，、,（(《“‘—"
_JOINS = "和及与的"
_LONGEST_END = 14  # Han characters of a heading that may stand on a second line
_LONGEST_NAME = 16  # Han characters of a heading below its number
_LONGEST_PAIR = 60
_LONGEST_BEGINNING = 200
#: Numbers of headings; others open list items as often.
_OUTER = (MarkerKind.PART, MarkerKind.COMMA, MarkerKind.PAREN)
_NUMBER_ALONE = re.compile(f"[{NUMERALS}]{{1,3}}")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def join_lines(lines: tuple[Line, ...], *, hard_wrapped: bool) -> tuple[Line, ...]:
    """Return the paragraphs that the lines make."""
    measure = _measure(lines) if hard_wrapped else None
    indents = sum(line.indent >= 1.5 for line in lines)
    told_by_indent = 0 < indents < 0.6 * len(lines)
    paragraphs: list[_Paragraph] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, measure, told_by_indent):
            paragraphs[-1].add(line)
        else:
            paragraphs.append(_Paragraph(line))
    return tuple(paragraph.joined() for paragraph in paragraphs)


class _Paragraph:
    """A paragraph under construction; only its beginning and its end are looked at, so that time stays linear."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]
        self.beginning = line.text[:_LONGEST_BEGINNING]
        self.tail = line.text[-_LONGEST_PAIR:]

    def add(self, line: Line) -> None:
        """Append a line."""
        self.lines.append(line)
        if len(self.beginning) < _LONGEST_BEGINNING:
            self.beginning += line.text[:_LONGEST_BEGINNING]
        self.tail = (self.tail + line.text)[-_LONGEST_PAIR:]

    def joined(self) -> Line:
        """Return the paragraph as one line."""
        if len(self.lines) == 1:
            return self.lines[0]
        parts = [self.lines[0].text]
        for last, line in pairwise(self.lines):
            latin = last.text[-1].isascii() and last.text[-1].isalpha() and line.text[0].isascii()
            apart = (latin and line.text[0].isalpha()) or _NUMBER_ALONE.fullmatch(last.text)
            parts.append(" " + line.text if apart else line.text)
        text = "".join(parts)
        return replace(self.lines[0], text=text, width=measure_width(text))


def _measure(lines: tuple[Line, ...]) -> float | None:
    """Return the width at which this document wraps its lines, or None where it does not."""
    widths = [
        line.width
        for line, following in pairwise(lines)
        if line.kind == "paragraph"
        and 12 <= line.width <= 60
        and not _ends(line.text)
        and following.width <= line.width + 3
        and find_marker(following.text) is None
        and ("。" in line.text or find_marker(line.text) is None)
    ]
    widths.sort()
    best, count = 0.0, 0
    for one in sorted(set(widths)):
        near = bisect_right(widths, one) - bisect_left(widths, one - 3)
        if near >= count:
            best, count = one, near
    return best if count >= 3 else None


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def _goes_on(paragraph: _Paragraph, line: Line, measure: float | None, told_by_indent: bool) -> bool:
    """Say whether ``line`` continues the paragraph."""
    last = paragraph.lines[-1]
    if "table" in (last.kind, line.kind) or "heading" in (last.kind, line.kind):
        return False
    if takes_turn(line.text, last.text, ended=_ends(last.text)):
        return False
    if _NUMBER_ALONE.fullmatch(last.text) and len(paragraph.lines) == 1:
        return _is_named_by(line, measure)
    opening = find_marker(line.text)
    if opening is not None and opening.kind is not MarkerKind.ITEM:
        return False
    if _ends_a_heading(paragraph, line):
        return True
    if last.text[-1] in _GOES_ON or _open(paragraph.tail):
        return True
    if measure is None or opening is not None or (told_by_indent and line.indent >= 1.5):
        return False
    if last.width > measure + 2.5:
        return False  # a paragraph that the writer did not wrap ends where its line ends
    if _ends(last.text):
        # The sentence ends at the margin: only a line as wide as the measure is no first line (those are indented).
        return last.width >= measure - 1 and measure - 1 <= line.width <= measure + 1.5
    number = find_marker(paragraph.beginning)
    heading_like = number is not None and number.kind in _OUTER and "。" not in paragraph.beginning
    if line.width > measure + 2.5 and not any(mark in paragraph.beginning for mark in "，。；：、,"):
        return False  # a bare line above a paragraph that is not wrapped: a heading
    # A paragraph's first line is two characters short where the file lost its indentation.
    return last.width >= measure - (1 if heading_like else 4.5)


def _is_named_by(line: Line, measure: float | None) -> bool:
    """Say whether a line below a number alone is the name of what it counts (一 / 主要工作): short and no sentence."""
    if line.width > _LONGEST_NAME or (measure is not None and line.width >= measure - 4.5):
        return False
    numbered = find_marker(line.text) is not None or _NUMBER_ALONE.fullmatch(line.text) is not None
    return not numbered and not any(mark in line.text for mark in "。，；：、！？,;:")


def _ends_a_heading(paragraph: _Paragraph, line: Line) -> bool:
    """Say whether a short line goes on with a numbered line above it that has no stop (…主要举措 / 和成效)."""
    open_ended = line.text[0] in _JOINS or paragraph.tail[-1] in _JOINS
    if not open_ended or line.width > _LONGEST_END or len(paragraph.lines) > 1:
        return False
    bare = not any(mark in line.text for mark in "。，；：,;:") and not _ends(paragraph.tail)
    number = find_marker(paragraph.beginning) if bare else None
    return number is not None and number.kind in _OUTER


def _open(tail: str) -> bool:
    """Say whether a paragraph ends inside a pair that was opened near its end."""
    for opening, closing in _PAIRS:
        at = tail.rfind(opening)
        if at >= 0 and closing not in tail[at:] and not (closing == "）" and ")" in tail[at:]):
            return True
    return False
