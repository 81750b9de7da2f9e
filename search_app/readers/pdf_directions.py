"""Characters of a PDF page -> frames: what is read in one direction, turned upright; seals and watermarks apart.

A page may be turned as a whole (/Rotate), or drawn sideways, or hold a sideways note; a recognised scan lies askew; old
style runs downwards. Each direction becomes a frame in which text runs from left to right and lines follow downwards.
The surprise: no page is asked how it is turned to find its lines, its characters say so; /Rotate tells only which of
several directions is upright.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from search_app.readers.clean_text import HAN
from search_app.readers.pdf_characters import Mark

_DOWNWARDS = 270.0  #: the direction of upright characters that stand one below the other
_STACKED = -1  #: the run of such a character
_ASKEW = 8.0  #: degrees that a scanned page may lie askew
_STACK = frozenset("，。、；：！？（）“”《》〈〉「」『』—…")


class Glyph(NamedTuple):
    """One character in its frame: ``base`` is the line it stands on, counted from the top; ``blank`` before it."""

    char: str
    left: float
    right: float
    base: float
    size: float
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is read in one direction, and how to turn a point of the page into it."""

    angle: float
    glyphs: tuple[Glyph, ...]
    width: float
    height: float
    left: float  #: of the page in turned coordinates
    top: float

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page lies in this frame."""
        across, down = _turned(x, y, self.angle)
        return across - self.left, down - self.top


def frames_of(
    marks: Sequence[Mark], box: tuple[float, float, float, float], rotation: int
) -> tuple[list[Frame], list[str]]:
    """Return the frames of a page, the one with most text first, and the texts that are drawn aslant or in a ring."""
    angles = {mark.angle for mark in marks}
    odd = _ring(marks) if len(angles) > 1 else frozenset()
    stacked = _stacked(marks)
    if not odd and not stacked and (not marks or (len(angles) == 1 and marks[0].angle % 90 == 0)):
        return ([_frame(marks, box)] if marks else []), []
    groups: dict[int, list[Mark]] = defaultdict(list)
    aslant: list[Mark] = []
    for at, mark in enumerate(marks):
        quarter = round(mark.angle / 90) % 4
        if at in odd or abs((mark.angle - quarter * 90 + 180) % 360 - 180) > _ASKEW:
            aslant.append(mark)
        elif at in stacked:
            groups[3].append(_below(groups[3], mark))
        else:
            groups[quarter].append(mark)
    if sum(not mark.char.isspace() for mark in aslant) > 3 * sum(map(len, groups.values())) + 80:
        groups, aslant = {4: [mark for mark in marks if not mark.char.isspace()]}, []  # the whole page lies aslant
    upright = rotation % 360 // 90
    order = sorted(groups, key=lambda quarter: (-len(groups[quarter]), (quarter - upright) % 4))
    return [_frame(groups[quarter], box) for quarter in order], list(_texts(aslant))


def _below(column: Sequence[Mark], mark: Mark) -> Mark:
    """Return a stacked character in its place: shapes made for downward text have their origins anywhere."""
    before = column[-1] if column else None
    y = mark.y
    if before is not None and before.run == _STACKED and abs(before.x - mark.x) < 0.25 * mark.size:
        step = before.y - mark.y
        if -0.8 * mark.size < step < 0.5 * mark.size:
            y = before.y - mark.size
    return mark._replace(y=y, angle=_DOWNWARDS, run=_STACKED)


def _frame(marks: Sequence[Mark], box: tuple[float, float, float, float]) -> Frame:
    """Turn the characters of one direction upright."""
    exact = median([mark.angle if mark.angle < 350 else mark.angle - 360 for mark in marks])
    near = round(exact / 90) * 90
    angle = float(near if abs(exact - near) < 0.2 else exact)
    corners = [_turned(x, y, angle) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, top = min(corner[0] for corner in corners), min(corner[1] for corner in corners)
    width, height = max(corner[0] for corner in corners) - left, max(corner[1] for corner in corners) - top
    glyphs: list[Glyph] = []
    blank = False
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    upright = abs(cos) > abs(sin)
    made = tuple.__new__  # the class's own maker counts what it is given, which takes as long again
    for char, x, y, at_left, bottom, right, at_top, size, _, run in marks:
        if char.isspace():
            blank = True
            continue
        if angle == 0.0 and run != _STACKED:  # as most pages are
            place = (char, at_left - left, right - left, -y - top, size or right - at_left or 1.0, blank)
            glyphs.append(made(Glyph, place))
            blank = False
            continue
        if run == _STACKED:  # a square cell, whatever the box of its shape
            half, across, base = 0.5 * size, -(y + 0.38 * size), -(x + 0.14 * size)
        else:
            half = (right - at_left if upright else at_top - bottom) / 2
            across = (at_left + right) / 2 * cos + (bottom + at_top) / 2 * sin
            base = x * sin - y * cos
        across -= left
        place = (char, across - half, across + half, base - top, size or 2 * half or 1.0, blank)
        glyphs.append(made(Glyph, place))
        blank = False
    return Frame(angle=angle, glyphs=tuple(glyphs), width=width, height=height, left=left, top=top)


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """Return how far along its line and how far down a point lies for text in this direction."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos + y * sin, x * sin - y * cos


def _ring(marks: Sequence[Mark]) -> Set[int]:
    """Return the places of characters that turn from one to the next, as along the rim of a seal."""
    found: set[int] = set()
    run: list[int] = []
    for at, (before, mark) in enumerate(pairwise(marks), start=1):
        turn = abs((mark.angle - before.angle + 180) % 360 - 180)
        near = math.hypot(mark.x - before.x, mark.y - before.y) < 4 * max(mark.size, before.size)
        if 1.5 < turn < 60 and near:
            run = [*run, at] if run else [at - 1, at]
            continue
        found.update(run if len(run) >= 4 else ())
        run = []
    return found | set(run if len(run) >= 4 else ())


def _stacked(marks: Sequence[Mark]) -> set[int]:
    """Return the places of upright characters that are set one below the other, with none beside them."""
    runs: list[list[int]] = [[]]
    for at, (before, mark) in enumerate(pairwise(marks), start=1):
        if (
            abs(mark.x - before.x) < 0.25 * mark.size
            and 0.05 * mark.size < before.y - mark.y < 1.9 * mark.size
            and mark.angle == before.angle == 0.0
            and _stacks(mark.char)
            and _stacks(before.char)
        ):
            runs[-1] += [at] if runs[-1] else [at - 1, at]
        elif runs[-1]:
            runs.append([])
    found = {at for run in runs if len(run) >= 3 for at in run}
    if len(found) > 8:  # a page that is set downwards
        found = {at for run in runs for at in run}
        found |= _in_columns(marks, found)
    return found - _beside(marks, found) if found else found


def _in_columns(marks: Sequence[Mark], stacked: set[int]) -> set[int]:
    """Return the characters that stand in a column of stacked ones: after a figure set sideways, or a stop."""
    ends: dict[int, tuple[float, float]] = {}
    for at in stacked:
        mark = marks[at]
        low, high = ends.get(round(mark.x), (mark.y, mark.y))
        ends[round(mark.x)] = min(low, mark.y - 4 * mark.size), max(high, mark.y + 4 * mark.size)
    found = set()
    for at, mark in enumerate(marks):
        if mark.angle == 0.0 and _stacks(mark.char):
            near = (ends.get(round(mark.x) + aside) for aside in (0, -1, 1))
            if any(column is not None and column[0] < mark.y < column[1] for column in near):
                found.add(at)
    return found


def _stacks(char: str) -> bool:
    return char in _STACK or "\u3400" <= char <= "\u9fff" or char in HAN


def _beside(marks: Sequence[Mark], stacked: set[int]) -> set[int]:
    """Return the stacked characters that have another close beside them: those are lines that happen to be short."""
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.angle == 0.0 and not mark.char.isspace():
            cells[round(mark.left / 20), round(mark.y / 20)].append(mark)
    found = set()
    for at in stacked:
        mark = marks[at]
        across, up = round(mark.left / 20), round(mark.y / 20)
        near = (
            other
            for column in (across - 2, across - 1, across, across + 1, across + 2)
            for row in (up - 1, up, up + 1)
            for other in cells[column, row]
        )
        for other in near:
            if other is mark:
                continue
            apart = max(other.left - mark.right, mark.left - other.right)
            if -0.2 * mark.size < apart < 0.12 * mark.size and abs(other.y - mark.y) < 0.2 * mark.size:
                found.add(at)
                break
    return found


def _texts(marks: Sequence[Mark]) -> Iterator[str]:
    """Yield what is drawn aslant, one text per drawing that goes on where the one before ended."""
    text = ""
    before: Mark | None = None
    for mark in marks:
        if before is not None:
            apart = math.hypot(mark.x - before.x, mark.y - before.y)
            turn = abs((mark.angle - before.angle + 180) % 360 - 180)
            if apart > 3 * max(mark.size, before.size) or turn > 60:
                yield text.strip()
                text = ""
        text += mark.char
        before = mark
    if text.strip():
        yield text.strip()


def counted(texts: Sequence[str]) -> str:
    """Return texts in Chinese quotation marks, each once, the longest of them cut."""
    shown = [text if len(text) <= 20 else f"{text[:20]}…" for text in Counter(texts)]
    return "".join(f"“{text}”" for text in shown[:3]) + ("等" if len(shown) > 3 else "")
