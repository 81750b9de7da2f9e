"""Form fields and notes of a PDF page -> characters laid where the page shows them.

What was typed into a form, or written upon a page with a reader program, is kept beside the page and not drawn on it.
The surprise: programs that "flatten" a form draw the values as well and may leave the fields; what the page already
says in that place is taken once.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from search_app.readers.pdf_characters import Mark

_HIDDEN = 0x2 | 0x20  #: flags of what is not shown
_PASSWORD = 1 << 13  #: flag of a field whose value is shown as dots
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_MOST = 2_000  #: of one page
_LONGEST = 20_000  #: characters of one value


@dataclass(slots=True)
class Notes:
    """What lies upon a page: characters of fields and notes, and how many remarks are not shown on the page."""

    marks: list[Mark] = field(default_factory=list)
    remarks: int = 0


def notes_of(page: Any, form: Any, there: Sequence[Mark], rotation: int) -> Notes:
    """Return what is laid upon a page, but for what its text already says at that place."""
    from pypdfium2 import raw

    found = Notes()
    for at in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page.raw))):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        if not note:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) or raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
                continue
            if kind == raw.FPDF_ANNOT_WIDGET:
                text = _value(form, note)
            elif kind == raw.FPDF_ANNOT_FREETEXT:
                text = _string(note, b"Contents")
            else:
                found.remarks += bool(_string(note, b"Contents").strip())
                continue
            box = raw.FS_RECTF()
            if text.strip() and raw.FPDFAnnot_GetRect(note, box):
                place = (box.left, min(box.top, box.bottom), box.right, max(box.top, box.bottom))
                if not _is_said(text, place, there):
                    found.marks += _laid(text, place, _size(note, place, text), rotation, there)
        finally:
            raw.FPDFPage_CloseAnnot(note)
    return found


def _value(form: Any, note: Any) -> str:
    """Return what a field shows: text typed or chosen, nothing of buttons, boxes to tick and passwords."""
    from pypdfium2 import raw

    if form is None:
        return _string(note, b"V")
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD and raw.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD:
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    buffer = (ctypes.c_ushort * (max(2, min(size, 2 * _LONGEST)) // 2))()
    raw.FPDFAnnot_GetFormFieldValue(form, note, buffer, ctypes.sizeof(buffer))
    return _text(buffer) or _string(note, b"V")


def _string(note: Any, key: bytes) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= 2 * _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return _text(buffer)


def _text(buffer: Any) -> str:
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0].replace("\r\n", "\n").replace("\r", "\n")


def _size(note: Any, place: Sequence[float], text: str) -> float:
    """Return the size of the letters, as the field says or as there is room for."""
    said = _SIZE.search(_string(note, b"DA"))
    if said and 2 <= float(said[1]) <= 72:
        return float(said[1])
    return max(4.0, min(12.0, (place[3] - place[1]) * 0.75 / max(1, text.count("\n") + 1)))


def _is_said(text: str, place: tuple[float, float, float, float], there: Sequence[Mark]) -> bool:
    """Tell whether the page itself says this at this place."""
    left, bottom, right, top = place
    within = "".join(
        mark.char
        for mark in there
        if left - 2 <= (mark.left + mark.right) / 2 <= right + 2
        and bottom - 2 <= (mark.bottom + mark.top) / 2 <= top + 2
    )
    return "".join(text.split()) in "".join(within.split())


def _laid(
    text: str, place: tuple[float, float, float, float], size: float, rotation: int, there: Sequence[Mark]
) -> Iterator[Mark]:
    """Yield the characters of a text as they stand in a box on a page that is shown turned."""
    left, bottom, right, top = place
    wide, high = (right - left, top - bottom) if rotation % 180 == 0 else (top - bottom, right - left)
    rows = list(_wrapped(text, wide / size))
    lead = min(size * 1.3, high / len(rows))
    above = (high - lead * len(rows)) / 2 if len(rows) == 1 else 0.0
    for number, row in enumerate(rows):
        down = above + lead * number + lead * 0.5 + size * 0.36
        if rotation == 0:
            down = top - _snapped(top - down, place, size, there)
        across = 0.0
        for char in row:
            width = size if ord(char) > 0x2E80 else size / 2
            yield _mark(char, across, down, width, size, place, rotation)
            across += width


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Cut a text into the lines that fit into so many ems; one that nearly fits, or has no room at all, is not cut."""
    for line in text.split("\n"):
        row, used = "", 0.0
        for char in line:
            width = 1.0 if ord(char) > 0x2E80 else 0.5
            if room > 4 and used + width > room + 1:
                yield row
                row, used = "", 0.0
            row += char
            used += width
        yield row


def _snapped(base: float, place: tuple[float, float, float, float], size: float, there: Sequence[Mark]) -> float:
    """Return the height of the text that a field stands beside, where there is some."""
    near = [
        mark.y
        for mark in there
        if abs(mark.y - base) < 0.6 * size
        and mark.angle == 0
        and (mark.right < place[0] + 2 or mark.left > place[2] - 2)
    ]
    return min(near, key=lambda y: abs(y - base)) if near else base


def _mark(
    char: str, across: float, down: float, width: float, size: float,
    place: tuple[float, float, float, float], rotation: int,
) -> Mark:  # fmt: skip
    """Return a character laid so far along and down in a box, as the page is shown."""
    left, bottom, right, top = place
    low, high, end = down + 0.2 * size, down - 0.8 * size, across + width
    x, y, box = {
        0: (left + across, top - down, (left + across, top - low, left + end, top - high)),
        90: (left + down, bottom + across, (left + high, bottom + across, left + low, bottom + end)),
        180: (right - across, bottom + down, (right - end, bottom + high, right - across, bottom + low)),
        270: (right - down, top - across, (right - low, top - end, right - high, top - across)),
    }[rotation % 360]
    return Mark(char, x, y, *box, size, float(rotation % 360), -2)
