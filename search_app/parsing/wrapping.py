"""Wrapping: lines -> paragraphs, where the file's line breaks may not be paragraph ends (.txt, .pdf).

The evidence: how wide wrapped lines are in this document, indentation, numbering, and the punctuation at a line's end.
A line that ends in a comma or inside quotes goes on in every format.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from search_app.parsing.lines import Line, width
from search_app.parsing.numbering import marker

_ENDS = "。！？；!?;：:"
_CLOSERS = "”’」』）)】》〉\"'"
_GOES_ON = "，、,（(《“‘—"
_LONGEST_PAIR = 60
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def join(lines: tuple[Line, ...], *, hard_wrapped: bool) -> tuple[Line, ...]:
    """Return the paragraphs that the lines make."""
    measure = _measure(lines) if hard_wrapped else None
    indents = sum(line.indent >= 1.5 for line in lines)
    told_by_indent = 0 < indents < 0.6 * len(lines)
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(joined[-1], last, line, measure, told_by_indent):
            joined[-1] = _append(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return tuple(joined)


def _measure(lines: tuple[Line, ...]) -> float | None:
    """Return the width at which this document wraps its lines, or None where it does not."""
    widths = [
        line.width
        for line, following in pairwise(lines)
        if line.kind == "paragraph"
        and 12 <= line.width <= 60
        and not _ends(line.text)
        and following.width <= line.width + 3
        and marker(following.text) is None
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


def _goes_on(paragraph: Line, last: Line, line: Line, measure: float | None, told_by_indent: bool) -> bool:
    """Say whether ``line`` continues the paragraph whose latest line is ``last``."""
    if "table" in (last.kind, line.kind) or "heading" in (last.kind, line.kind):
        return False
    opening = marker(line.text)
    if opening is not None and opening.kind != "item":
        return False
    if last.text[-1] in _GOES_ON or any(_open(paragraph.text, *pair) for pair in _PAIRS):
        return True
    if measure is None or opening is not None or (told_by_indent and line.indent >= 1.5):
        return False
    if last.width > measure + 2.5:
        return False  # a paragraph that the writer did not wrap ends where its line ends
    if _ends(last.text):
        # The sentence ends at the margin: only a line as wide as the measure is no first line (those are indented).
        return last.width >= measure - 1 and measure - 1 <= line.width <= measure + 1.5
    number = marker(paragraph.text)
    heading_like = number is not None and number.kind in ("part", "comma", "paren") and "。" not in paragraph.text
    if line.width > measure + 2.5 and not any(mark in paragraph.text for mark in "，。；：、,"):
        return False  # a bare line above a paragraph that is not wrapped: a heading
    # A paragraph's first line is two characters short where the file lost its indentation.
    return last.width >= measure - (1 if heading_like else 4.5)


def _open(text: str, opening: str, closing: str) -> bool:
    """Say whether the text ends inside a pair that was opened near its end."""
    tail = text[-_LONGEST_PAIR:]
    at = tail.rfind(opening)
    return at >= 0 and closing not in tail[at:]


def _append(paragraph: Line, line: Line) -> Line:
    last, first = paragraph.text[-1], line.text[0]
    between = " " if last.isascii() and last.isalpha() and first.isascii() and first.isalpha() else ""
    text = paragraph.text + between + line.text
    return replace(paragraph, text=text, width=width(text))
