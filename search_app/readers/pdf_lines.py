"""Characters of one frame -> printed rows.

Characters that stand on one line and beside each other are a row, in whatever order they were drawn. The surprise: a
producer draws the characters of one font after those of another, so the quotation marks of a line come after all its
Chinese characters; so a row is sorted by place. Whatever would fall onto characters that are there already (a stamp, a
second text in the same field) becomes a row of its own: two texts are never woven into one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from search_app.readers.pdf_directions import Glyph

_LEVEL = 0.28  #: how far from the line it stands on a character may be, in ems
_RAISED = 0.88  #: a superscript is at most this large, beside its line


@dataclass(slots=True)
class Row:
    """Characters that stand on one line, sorted by place."""

    base: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Return where the row begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Return where the row ends."""
        return max(glyph.right for glyph in self.glyphs[-3:])


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows of a frame from top to bottom."""
    rows: list[Row] = []
    bases: list[float] = []
    raised: list[list[Glyph]] = []
    chunks = [(median(glyph.base for glyph in chunk), chunk) for chunk in _chunks(glyphs)]
    for base, chunk in sorted(chunks, key=lambda found: (-_extent(found[1]), found[0])):
        size = chunk[0].size
        home = _home(rows, bases, base, size, chunk)
        if home is not None:
            _join(rows[home], chunk)
        elif _is_raised(rows, bases, base, chunk):
            raised.append(chunk)
        else:
            at = bisect_left(bases, base)
            bases.insert(at, base)
            rows.insert(at, Row(base=base, size=size, glyphs=list(chunk)))
    for chunk in raised:
        base, size = median(glyph.base for glyph in chunk), max(glyph.size for glyph in chunk)
        beside = _beside(rows, bases, base, chunk)
        if beside is not None:
            _join(rows[beside], chunk)
        else:
            at = bisect_left(bases, base)
            bases.insert(at, base)
            rows.insert(at, Row(base=base, size=size, glyphs=list(chunk)))
    for row in rows:
        row.glyphs = _without_doubles(row.glyphs)
    return rows


def _chunks(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Cut the characters, in the order of drawing, where one does not follow the one before."""
    chunk: list[Glyph] = []
    left_before = right_before = base_before = size_before = 0.0
    for glyph in glyphs:
        _, left, right, base, size, _ = glyph
        if chunk:
            even = abs(size - size_before) < 0.25 * size and abs(base - base_before) <= 0.12 * size
            if not even or not -0.5 * size < left - right_before < size or left <= left_before:
                yield chunk
                chunk = []
        left_before, right_before, base_before, size_before = left, right, base, size
        chunk.append(glyph)
    if chunk:
        yield chunk


def _home(rows: Sequence[Row], bases: Sequence[float], base: float, size: float, chunk: Sequence[Glyph]) -> int | None:
    """Return which row the characters stand in: at their height, with room for them."""
    reach = _LEVEL * size
    near = range(bisect_left(bases, base - reach), bisect_left(bases, base + reach))
    for at in sorted(near, key=lambda at: abs(bases[at] - base)):
        if abs(bases[at] - base) <= _LEVEL * min(size, rows[at].size) and _fits(rows[at], chunk):
            return at
    return None


def _fits(row: Row, chunk: Sequence[Glyph]) -> bool:
    """Tell whether there is room in a row: hardly a character falls onto another one than itself."""
    there, fallen = row.glyphs, 0
    for glyph in chunk:
        middle = (glyph.left + glyph.right) / 2
        at = bisect_left(there, glyph.left, key=place_of)
        for other in there[max(0, at - 2) : at + 2]:
            apart = abs((other.left + other.right) / 2 - middle)
            if apart < 0.4 * min(glyph.right - glyph.left, other.right - other.left):
                fallen += not _is_double(other, glyph)
                break
    return fallen * 4 <= len(chunk) if len(chunk) > 1 else not fallen


def _join(row: Row, chunk: Sequence[Glyph]) -> None:
    """Put characters where they stand in a row."""
    row.size = max(row.size, chunk[0].size)
    row.glyphs = sorted([*row.glyphs, *chunk], key=place_of)


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return sorted characters without those drawn again at nearly the same place, as for bold print."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if kept and glyph.left - kept[-1].left >= 0.3 * (glyph.right - glyph.left):  # too far to be the same, as most
            kept.append(glyph)
            continue
        for other in kept[-3:]:
            if other.char == glyph.char and _is_double(other, glyph):
                break
        else:
            kept.append(glyph)
    return kept


def _is_double(one: Glyph, other: Glyph) -> bool:
    apart = abs(one.left - other.left)
    return one.char == other.char and apart < 0.3 * min(one.right - one.left, other.right - other.left, one.size)


def _is_raised(rows: Sequence[Row], bases: Sequence[float], base: float, chunk: Sequence[Glyph]) -> bool:
    return _beside(rows, bases, base, chunk) is not None


def _beside(rows: Sequence[Row], bases: Sequence[float], base: float, chunk: Sequence[Glyph]) -> int | None:
    """Return which row a superscript or subscript belongs to: small, touching it, in its height."""
    size = max(glyph.size for glyph in chunk)
    left, right = chunk[0].left, max(glyph.right for glyph in chunk)
    reach = 3 * size
    for at in range(bisect_left(bases, base - reach), bisect_left(bases, base + reach)):
        row = rows[at]
        if size > _RAISED * row.size or not row.base - 0.75 * row.size < base < row.base + 0.3 * row.size:
            continue
        touched = any(
            -0.2 * row.size < left - glyph.right < 0.35 * row.size
            or -0.2 * row.size < glyph.left - right < 0.35 * row.size
            for glyph in row.glyphs
        )
        if touched and _fits(row, chunk):
            return at
    return None


def place_of(glyph: Glyph) -> float:
    """Return by what characters of a row are sorted."""
    return glyph.left


def _extent(chunk: Sequence[Glyph]) -> float:
    return chunk[-1].right - chunk[0].left
