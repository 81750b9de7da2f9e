"""Rows of print -> pieces: the parts between wide gaps, ruled lines and strips of white.

The surprise: where two columns are set close, the gap between them is no wider than one between words; only the rows
above and below, which leave the same place white, show it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from search_app.readers import clean_text
from search_app.readers.pdf_directions import Glyph
from search_app.readers.pdf_layout import is_label
from search_app.readers.pdf_lines import Row, place_of

#: A gap of this many ems parts the columns of a table.
COLUMN_GAP = 1.2
_BLANK = 0.22  #: ems; a blank beside a letter or figure is wider
_NARROW_GAP = 0.6  #: ems; between columns set close there are at least as many
_ROWS = 4  #: so many rows above and below that leave a place white make a strip of white
_STOPS = "，。、；：！？"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a row without a wide gap in it; ``row`` tells which pieces stand on one line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    row: int
    edge: float  #: where its ink ends; a stop at the end of a line may hang over into the gutter


def pieces_of(rows: Sequence[Row], cuts: "Cuts | None" = None) -> list[Piece]:
    """Return the parts of rows between wide gaps and ruled lines, from top to bottom and left to right."""
    found = []
    for number, row in enumerate(rows):
        middle = row.base - row.size * 0.35
        ruled, white = (cuts.ruled_at(middle), cuts.white_at(middle)) if cuts else ([], [])
        for part in _parted(row, ruled, white):
            text = _text(part)
            if text:
                found.append(
                    Piece(
                        text=text,
                        left=part[0].left,
                        right=max(glyph.right for glyph in part),
                        base=row.base,
                        size=median(glyph.size for glyph in part),
                        row=number,
                        edge=_ink(part[-1]),
                    )
                )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Where upright lines cut rows, each with its upper and lower end: ruled ones, and strips of white."""

    ruled: tuple[tuple[float, float, float], ...] = ()
    white: tuple[tuple[float, float, float], ...] = ()

    def ruled_at(self, height: float) -> list[float]:
        """Return where ruled lines cut a row at this height, from left to right."""
        return sorted(place for place, top, bottom in self.ruled if top <= height <= bottom)

    def white_at(self, height: float) -> list[float]:
        """Return where strips of white cut a row at this height, from left to right."""
        return sorted(place for place, top, bottom in self.white if top <= height <= bottom)


def narrow_gutters(rows: Sequence[Row]) -> Iterator[tuple[float, float, float]]:
    """Yield where columns are set so close that no single row shows them: place, upper and lower end.

    A gap of less than COLUMN_GAP is one between words, unless the rows around leave the same place white.
    """
    for number, row in enumerate(rows):
        for start, end in _wide_gaps(row):
            middle, white = (start + end) / 2, 0
            for around in (range(number - 1, max(-1, number - _ROWS - 1), -1), range(number + 1, number + _ROWS + 1)):
                for other in around:
                    if other >= len(rows) or _covers(rows[other], middle):
                        break
                    white += 1
            if white >= _ROWS:
                yield middle, row.base - row.size, row.base


def _covers(row: Row, place: float) -> bool:
    """Tell whether a row has a character at a place, or only a usual gap."""
    at = bisect_left(row.glyphs, place, key=place_of)
    if at == 0 or at == len(row.glyphs):
        return at > 0 and _ink(row.glyphs[-1]) > place
    before, glyph = row.glyphs[at - 1], row.glyphs[at]
    return _ink(before) > place or glyph.left - _ink(before) <= _NARROW_GAP * max(glyph.size, before.size)


def _wide_gaps(row: Row) -> Iterator[tuple[float, float]]:
    for before, glyph in pairwise(row.glyphs):
        if glyph.left - (before.left + before.right) / 2 < _NARROW_GAP * glyph.size:  # there is no gap, as mostly
            continue
        if _NARROW_GAP < (glyph.left - _ink(before)) / max(glyph.size, before.size) <= COLUMN_GAP + 0.5:
            yield _ink(before), glyph.left


def _ink(glyph: Glyph) -> float:
    """Return where a character's ink ends: a stop fills the first half of its box."""
    return glyph.right - 0.5 * (glyph.right - glyph.left) if glyph.char in _STOPS else glyph.right


def _parted(row: Row, ruled: Sequence[float], white: Sequence[float]) -> Iterator[list[Glyph]]:
    """Cut a row at wide gaps, but for that after a paragraph's number, and where a ruled line passes."""
    part: list[Glyph] = []
    pitch = 0.0
    for glyph in row.glyphs:
        if part:
            before = part[-1]
            gap = glyph.left - before.right
            wide = gap > glyph.size * COLUMN_GAP and gap > before.size * COLUMN_GAP
            if wide:
                pitch = pitch or _pitch(row)
                wide = gap > pitch * COLUMN_GAP
            if white and not wide:
                wide = _passes(white, before, glyph)
            if (ruled and _passes(ruled, before, glyph)) or (
                wide and not is_label("".join(each.char for each in part))
            ):
                yield part
                part = []
        part.append(glyph)
    if part:
        yield part


def _pitch(row: Row) -> float:
    """Return how far apart the characters of a row usually begin: more than their size in spaced or scanned print."""
    steps = [later.left - glyph.left for glyph, later in pairwise(row.glyphs)]
    return median(steps) if len(steps) > 5 else row.size * 0.5


def _passes(upright: Sequence[float], before: Glyph, glyph: Glyph) -> bool:
    """Tell whether an upright line passes between two characters."""
    at = bisect_left(upright, (before.left + before.right) / 2)
    return at < len(upright) and upright[at] < (glyph.left + glyph.right) / 2


def _text(glyphs: Sequence[Glyph]) -> str:
    """Return the text of characters that stand beside each other, a blank where there is room for one."""
    parts = [glyphs[0].char]
    for before, glyph in pairwise(glyphs):
        if glyph.blank or (glyph.left - before.right > _BLANK * glyph.size and _is_apart(before, glyph)):
            parts.append(" ")
        parts.append(glyph.char)
    return clean_text.visible("".join(parts)).strip()


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether there is room for a blank between two characters, one of them a letter or figure."""
    gap = glyph.left - before.right
    return gap > 0.8 * glyph.size or (gap > _BLANK * glyph.size and (before.char.isascii() or glyph.char.isascii()))
