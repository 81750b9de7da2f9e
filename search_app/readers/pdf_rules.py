"""Ruled lines of a PDF page: the drawn lines and thin bars that run level or upright, as around the cells of a table.

The surprise: a page may be a drawing of a million strokes. Beyond a few thousand things drawn, nobody looks for lines.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from search_app.readers.pdf_directions import Frame

_MOST_OBJECTS = 4_000  #: on a page with more, lines are the strokes of a drawing
_MOST_SEGMENTS = 2_000  #: in one path
_THIN = 2.5  #: points; a filled bar that is thinner is a line
_SHORT = 5.0
_TOUCH = 3.0  #: points; lines so close meet


class Rule(NamedTuple):
    """A ruled line: ``place`` is its height (level) or its distance from the left (upright), from start to end."""

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The ruled lines of a frame."""

    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


def strokes_of(page: Any) -> list[tuple[float, float, float, float]]:
    """Return the level and upright lines drawn on a page, as they are placed in it."""
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page.raw)
    found: list[tuple[float, float, float, float]] = []
    if count > _MOST_OBJECTS:
        return found
    box = [ctypes.c_float() for _ in range(4)]
    for at in range(count):
        drawn = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(drawn, *box):
            continue
        left, bottom, right, top = (side.value for side in box)
        if right - left <= _THIN or top - bottom <= _THIN:
            found += _straight(left, bottom, right, top)
        elif _is_stroked(drawn) and raw.FPDFPath_CountSegments(drawn) <= _MOST_SEGMENTS:
            found += _segments(drawn)
    return found


def turned(strokes: Sequence[tuple[float, float, float, float]], frame: Frame) -> Rules:
    """Return lines as they lie in a frame, what touches made one."""
    level, upright = [], []
    for x0, y0, x1, y1 in strokes:
        (left, top), (right, bottom) = frame.turned(x0, y0), frame.turned(x1, y1)
        if abs(right - left) >= abs(bottom - top):
            level.append(Rule((top + bottom) / 2, min(left, right), max(left, right)))
        else:
            upright.append(Rule((left + right) / 2, min(top, bottom), max(top, bottom)))
    return Rules(level=tuple(_joined(level)), upright=tuple(_joined(upright)))


def _straight(left: float, bottom: float, right: float, top: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield the line that a thin box is, unless it is a dot."""
    if max(right - left, top - bottom) < _SHORT:
        return
    if right - left >= top - bottom:
        yield left, (bottom + top) / 2, right, (bottom + top) / 2
    else:
        yield (left + right) / 2, bottom, (left + right) / 2, top


def _is_stroked(drawn: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(drawn, fill, stroke)) and bool(stroke.value)


def _segments(drawn: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the level and upright strokes of a path, where the page has them."""
    from pypdfium2 import raw

    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    before = first = None
    for at in range(raw.FPDFPath_CountSegments(drawn)):
        segment = raw.FPDFPath_GetPathSegment(drawn, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            yield from _stroke(before, here)
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _stroke(here, first)
        before = here


def _stroke(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    across, up = abs(end[0] - start[0]), abs(end[1] - start[1])
    if min(across, up) < 1 and max(across, up) >= _SHORT:
        yield *start, *end


def _joined(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield lines in order of place, those that lie on each other or go on made one."""
    places: list[list[Rule]] = []
    for rule in sorted(rules):
        if places and rule.place - places[-1][0].place < _TOUCH * 0.7:
            places[-1].append(rule)
        else:
            places.append([rule])
    for group in places:
        current: Rule | None = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if current is not None and rule.start <= current.end + _TOUCH:
                current = current._replace(end=max(current.end, rule.end))
            else:
                if current is not None:
                    yield current
                current = rule
        if current is not None:
            yield current
