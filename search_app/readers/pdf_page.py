"""One PDF page -> its lines in reading order, and what was left out and why.

Left out, and said: what is drawn aslant or in a ring (watermarks, seals), pale large print over the text, layers that
are not shown, what lies outside the page as it is shown, codes that no table explains.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from statistics import median
from typing import Any

from search_app.readers.pdf_characters import Characters, Mark
from search_app.readers.pdf_columns import lines_of
from search_app.readers.pdf_directions import frames_of
from search_app.readers.pdf_fields import notes_of
from search_app.readers.pdf_layers import Layers
from search_app.readers.pdf_layout import Line
from search_app.readers.pdf_rules import strokes_of, turned

#: A page with fewer letters than this may be a picture with a running head.
_FEW = 80
#: How many things on a page are looked at to find a picture.
_FIRST = 2_000
_DRAWN = 60  #: so many paths on a page without text may be letters drawn as shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of one page, the height that their places are counted in, and what was left out."""

    lines: tuple[Line, ...]
    height: float
    aside: tuple[str, ...] = ()  #: watermarks and seals
    codes: int = 0  #: characters that no table explains
    hidden: int = 0  #: characters in layers that are not shown
    outside: int = 0  #: characters outside the page as it is shown
    remarks: int = 0  #: remarks kept beside the page
    broken: bool = False  #: it cannot be opened
    pictured: bool = False  #: whether it shows a picture, or shapes that may be letters


def read_page(page: Any, number: int, layers: Layers, form: Any) -> Page:
    """Read one page."""
    text_page = page.get_textpage()
    try:
        characters = Characters(text_page, layers)
        rotation, box = page.get_rotation() % 360, _shown(page)
        marks = _inside(characters.marks, box)
        outside = len(characters.marks) - len(marks)
        notes = notes_of(page, form, marks, rotation)
        marks, aside = _without_watermarks(marks, characters)
        frames, aslant = frames_of([*marks, *notes.marks], box, rotation)
        strokes = strokes_of(page) if frames else []
        height = frames[0].height if frames else box[3] - box[1]
        lines = [line for frame in frames for line in lines_of(frame, turned(strokes, frame), number, height)]
        letters = sum(len(line.text) for line in lines)
        return Page(
            lines=tuple(lines),
            height=height,
            aside=(*aside, *aslant),
            codes=characters.codes,
            hidden=characters.hidden,
            outside=outside,
            remarks=notes.remarks,
            pictured=letters < _FEW and _shows_a_picture(page),
        )
    finally:
        text_page.close()


def _shown(page: Any) -> tuple[float, float, float, float]:
    """Return the part of a page that is shown: left, bottom, right, top."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else tuple(media)


def _inside(marks: Sequence[Mark], box: tuple[float, float, float, float]) -> list[Mark]:
    """Return the characters whose middle lies on the page as it is shown."""
    left, bottom, right, top = (2 * side for side in box)
    return [
        mark for mark in marks if left <= mark.left + mark.right <= right and bottom <= mark.bottom + mark.top <= top
    ]


def _without_watermarks(marks: Sequence[Mark], characters: Characters) -> tuple[list[Mark], list[str]]:
    """Return the characters without those of watermarks, and what these say."""
    usual = median(mark.size for mark in marks) if marks else 0.0
    if not any(run.size >= 1.8 * usual for run in characters.runs):
        return list(marks), []
    kept: list[Mark] = []
    aside: list[str] = []
    for number, group in groupby(marks, key=lambda mark: mark.run):
        drawn = list(group)
        run = characters.runs[number]
        pale = run.size >= 1.8 * usual and _is_pale(run.object) and _lies_over(drawn, marks)
        if pale:
            aside.append("".join(mark.char for mark in drawn).strip())
        else:
            kept += drawn
    return kept, [text for text in aside if text]


def _is_pale(drawn: int) -> bool:
    """Tell whether something is drawn in a light grey or so that one sees through it; white may stand on a dark bar."""
    from pypdfium2 import raw

    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(ctypes.cast(drawn, raw.FPDF_PAGEOBJECT), *colour):
        return False
    red, green, blue, opaque = (part.value for part in colour)
    return opaque < 150 or 165 <= 0.3 * red + 0.59 * green + 0.11 * blue <= 248


def _lies_over(drawn: Sequence[Mark], marks: Sequence[Mark]) -> bool:
    """Tell whether a drawing lies over other text."""
    left, right = min(mark.left for mark in drawn), max(mark.right for mark in drawn)
    bottom, top = min(mark.bottom for mark in drawn), max(mark.top for mark in drawn)
    others = (mark for mark in marks if mark.run != drawn[0].run)
    over = (mark for mark in others if left < (mark.left + mark.right) / 2 < right and bottom < mark.y < top)
    return len(list(islice(over, 3))) == 3


def _shows_a_picture(page: Any) -> bool:
    """Tell whether a page shows a picture, or so many shapes that they may be letters."""
    from pypdfium2 import raw

    kinds = [found.type for found in islice(page.get_objects(max_depth=3), _FIRST)]
    return raw.FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(raw.FPDF_PAGEOBJ_PATH) >= _DRAWN
