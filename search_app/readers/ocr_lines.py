"""OCR lines: what a recognising program printed of a page -> lines with places, and how sure it was.

Of Tesseract's table each word has a place and a confidence; of plain text only the order of lines is known. The
surprise: Tesseract cuts Chinese into words with no blanks between, and blanks must not come back from its table.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from search_app.readers.pdf_layout import Line

_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_POINTS = 72.0
#: A blank is as wide as this part of the height of a letter, at least.
_GAP = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The lines of a page; ``sure`` is the sum of the letters' confidence (0 to 100), None where it is not told."""

    lines: tuple[Line, ...]
    letters: int
    sure: float | None


def lines_of(printed: str, *, page: int, dpi: float, height: float) -> Recognised:
    """Return the lines that were printed of a page, drawn with so many dots to the inch."""
    if printed.lstrip("\ufeff").startswith(_HEAD):
        return _from_table(printed, page, _POINTS / dpi)
    return _from_text(printed, page, height)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A recognised word: its line, place in dots and confidence."""

    line: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    sure: float
    text: str


def _words(printed: str) -> Iterator[_Word]:
    rows = csv.reader(printed.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        try:
            level, text = row[0], row[11].strip()
            left, top, width, height, sure = map(float, row[6:11])
        except (ValueError, IndexError):
            continue  # a line that is no row of the table holds no word
        if level == "5" and text:
            line = (*row[1:5],)
            yield _Word(line=line, left=left, top=top, width=width, height=height, sure=sure, text=text)


def _from_table(printed: str, page: int, scale: float) -> Recognised:
    found = []
    letters, sure = 0, 0.0
    for _, grouped in groupby(_words(printed), key=lambda word: word.line):
        group = list(grouped)
        for word in group:
            count = sum(map(str.isalnum, word.text))
            letters, sure = letters + count, sure + count * min(100.0, max(0.0, word.sure))
        size = median(word.height for word in group) * scale
        found.append(
            Line(
                text=_joined(group),
                page=page,
                left=min(word.left for word in group) * scale,
                right=max(word.left + word.width for word in group) * scale,
                y=max(word.top + word.height for word in group) * scale,
                size=size,
            )
        )
    return Recognised(lines=tuple(found), letters=letters, sure=sure)


def _from_text(printed: str, page: int, height: float) -> Recognised:
    """Give lines places that only say: first, last, or between."""
    texts = [text for line in printed.replace("\f", "\n").splitlines() if (text := line.strip())]
    lines = tuple(
        Line(text=text, page=page, left=0, right=len(text), y=at / max(1, len(texts) - 1) * height, size=1)
        for at, text in enumerate(texts)
    )
    return Recognised(lines=lines, letters=sum(sum(map(str.isalnum, text)) for text in texts), sure=None)


def _joined(words: Sequence[_Word]) -> str:
    """Join words: a blank stands only between two that are not Chinese, where there is a gap between them."""
    text = words[0].text
    for before, word in pairwise(words):
        apart = word.left - before.left - before.width > _GAP * word.height
        between = " " if apart and before.text[-1].isascii() and word.text[0].isascii() else ""
        text += between + word.text
    return text
