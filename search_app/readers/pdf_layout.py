"""Lines of PDF pages with their places -> paragraphs and tables; page numbers and running heads are left out.

A PDF knows no paragraphs. What shows where one starts: the line before had room for more, or this one is indented, or
the gap above it is large, or it begins with a number after a finished sentence. The surprise: a line of Chinese may end
early before a long number that must not be cut, so "short" means that the next line's first word would have fitted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.model import Block
from search_app.readers import clean_text

_NUMBER = re.compile(
    r"[-—–－―·•\s/|]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·•\s/|]*"
)
_STARTS = re.compile(
    rf"[（(]?(?:[{NUMERALS}百]{{1,4}}|\d{{1,2}})[）)、．]|\d{{1,2}}[.](?!\d)|[①-⑳]|第[{NUMERALS}]{{1,3}}[章节条部]"
)
#: Numbers and Latin words are not cut at the end of a line.
_UNCUT = re.compile(r"[0-9A-Za-z.,%％:/+-]{2,20}")
_KEPT = re.compile(r"[“‘（《〈【]*.?[，。、；：！？”’）》〉】%％]*")
_LAST_WORD = re.compile(r"[!-~]+\Z")
_FIRST_WORD = re.compile(r"[!-~]+")
_LOWER = re.compile(r"[a-z]{2,}[,.;:)]?\Z")
_ADDRESS = re.compile(r"@|://|www\.|[a-z0-9]\.[a-z]{2,}|[a-z0-9]/[a-z0-9]", re.I)
BOX = -1  #: the first number of the column of what stands in a box
_FINISHED = "。！？；：!?;:”』」》）)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of print: its text and place in points, ``y`` counted from the top of its page."""

    text: str
    page: int
    left: float
    right: float
    y: float
    size: float
    cells: tuple[str, ...] = ()  #: the parts between wide gaps
    table: int = 0  #: which table this is a row of, as seen by lines or columns; 0 where it is none
    column: tuple[int, ...] = ()  #: which column of the document it is set in; lines of one share their margins


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """The text column of a document."""

    left: float
    right: float
    size: float
    pitch: float
    indents: bool  #: whether paragraphs begin with an indent, which makes a flush line a continued one


def blocks_of(lines: Sequence[Line], heights: Sequence[float]) -> tuple[Block, ...]:
    """Join lines, given in reading order, to paragraphs and tables; ``heights`` are the pages' heights in points."""
    body = [line for line in without_running(lines, heights) if line.text.strip()]
    if not body:
        return ()
    measures = _measures(body)
    found: list[Block | None] = []
    text = ""
    before: Line | None = None
    for columns, group in _tables(list(_continued(body))):
        for line in group if not columns else ():
            if before is None or _starts_paragraph(before, line, measures[before.column], measures[line.column]):
                found.append(_paragraph(text))
                text = line.text
            else:
                text = glued(text, line.text)
            before = line
        if columns:
            found += [_paragraph(text), clean_text.table([line.cells for line in group])]
            text, before = "", None
    return clean_text.worded([*found, _paragraph(text)])


def _continued(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, rows at the top of a page given to the table at the foot of the page before, if they match."""
    same: dict[int, int] = {}
    before: Line | None = None
    for line in lines:
        if (
            before is not None
            and before.table
            and line.page == before.page + 1
            and len(line.cells) == len(before.cells)
        ):
            if line.table:
                same[line.table] = before.table
            line = replace(line, table=before.table)
        elif line.table in same:
            line = replace(line, table=same[line.table])
        yield line
        before = line


def _tables(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    """Cut the lines into runs: (number of columns, lines) for a table, (0, lines) for text between."""
    run: list[Line] = []
    for (table, columns), grouped in groupby(
        lines, key=lambda line: (line.table, 0 if line.table else len(line.cells))
    ):
        group = list(grouped)
        if table or (columns > 1 and len(group) > 1):
            yield from ([(0, run)] if run else [])
            yield max(2, columns), group
            run = []
        else:
            run = [*run, *group]
    if run:
        yield 0, run


def is_label(text: str) -> bool:
    """Tell whether a text is nothing but a paragraph's number (一、 （二） 3. ④) or a bullet."""
    return bool(_STARTS.fullmatch(text)) or text in ("•", "●", "■", "◆", "-", "–")


def _paragraph(text: str) -> Block:
    return clean_text.paragraph(clean_text.close_up(text))


def without_running(lines: Sequence[Line], heights: Sequence[float]) -> Iterator[Line]:
    """Yield the lines that are not page numbers, running heads or running feet."""
    repeated = Counter(_footprint(line) for line in lines if _in_margin(line, heights))
    enough = max(2, round(len(heights) * 0.4))
    ends = {at for page in range(len(heights)) for at in _outermost(lines, page)}
    for at, line in enumerate(lines):
        if at in ends and _NUMBER.fullmatch(line.text.strip()):
            continue
        if len(heights) > 1 and _in_margin(line, heights) and repeated[_footprint(line)] >= enough:
            continue
        yield line


def _outermost(lines: Sequence[Line], page: int) -> Iterator[int]:
    """Yield the positions of the topmost and the lowest line of a page, where page numbers stand."""
    on_page = [at for at, line in enumerate(lines) if line.page == page]
    if on_page:
        yield min(on_page, key=lambda at: lines[at].y)
        yield max(on_page, key=lambda at: lines[at].y)


def _in_margin(line: Line, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return line.y < height * 0.11 or line.y > height * 0.89


def _footprint(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+|\s+", "", line.text), round(line.y / 4)


def _measure(lines: Sequence[Line]) -> _Measure:
    size = median(line.size for line in lines) or 12.0
    long = [line for line in lines if line.right - line.left > size * 15] or lines
    lefts = Counter(round(line.left / 3) * 3 for line in long)
    most = max(lefts.values())
    left = min(place for place, count in lefts.items() if count * 4 >= most)
    rights = sorted(line.right for line in long)
    right = rights[int(len(rights) * 0.9)] if len(rights) > 4 else rights[-1]
    gaps = [later.y - line.y for line, later in pairwise(lines) if line.page == later.page]
    gaps = [gap for gap in gaps if gap > size * 0.8]
    indented = sum(abs(line.left - left - 2 * size) < size * 0.6 for line in long)
    pitch = median(gaps) if gaps else size * 1.5
    return _Measure(left=left, right=right, size=size, pitch=pitch, indents=indented >= 3)


def _measures(lines: Sequence[Line]) -> dict[tuple[int, ...], _Measure]:
    """Return the measure of each column of the document, taken from its lines of text where it has any."""
    columns: dict[tuple[int, ...], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    return {column: _measure([line for line in there if not line.table] or there) for column, there in columns.items()}


def _starts_paragraph(before: Line, line: Line, left: _Measure, measure: _Measure) -> bool:
    """Tell whether a line begins a paragraph; ``left`` is the measure of the column that the line before is in."""
    if line.column != before.column and BOX in (*line.column[:1], *before.column[:1]):
        return True
    slack = 3.5 if left.indents else 0.9
    if before.right + (_first_word(line) + slack) * left.size < left.right:
        return True  # the line before had room for more
    if line.left > measure.left + measure.size * 1.3:
        return not _is_title_end(line, measure)  # this one is indented (or centred)
    if line.page == before.page and line.column == before.column and line.y - before.y > measure.pitch * 1.7:
        return True
    if abs(line.size - before.size) > measure.size * 0.2:
        return True
    return bool(_STARTS.match(line.text.strip())) and before.text.rstrip()[-1:] in _FINISHED


def _is_title_end(line: Line, measure: _Measure) -> bool:
    """Tell the centred second line of a title in large print from an indented first line."""
    off_centre = abs(line.left + line.right - measure.left - measure.right) / 2
    return line.size > measure.size * 1.1 and off_centre < line.size * 0.6


def _first_word(line: Line) -> float:
    """Return the width of what had to stay together at the start of a line, in ems."""
    found = _UNCUT.match(line.text.strip())
    return len(found[0]) * 0.55 + 0.25 if found else float(len(_KEPT.match(line.text.strip())[0]))  # type: ignore[index]


def glued(before: str, after: str) -> str:
    """Join two lines: Chinese without anything between, Latin words with a blank, those cut in two without."""
    before, after = before.rstrip(), after.lstrip()
    last, first = _LAST_WORD.search(before[-80:]), _FIRST_WORD.match(after[:80])
    if not last or not first:
        return before + after
    if _ADDRESS.search(last[0]) and (last[0][-1] in "./@:_-?=&" or _ADDRESS.search(first[0])):
        return before + after  # an address goes on
    if last[0][-1] == "-":
        cut = last[0][:-1].isalpha() and last[0][-2].islower() and _LOWER.match(first[0])
        return (before[:-1] if cut else before) + after
    if (last[0][-1].isalnum() or last[0][-1] in ",;:.)") and first[0][0].isalpha():
        return f"{before} {after}"
    return before + after
