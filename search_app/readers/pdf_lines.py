"""Characters of a PDF page with their places -> printed lines in reading order.

In go the runs of characters as the PDF library cuts them, out come lines with text, place and cells. The surprise: a
producer draws the characters of one font after those of another, so the quotation marks of a line, set in a Latin
font, come after all its Chinese characters (结合我为实事活动“”); only their places tell where they belong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from search_app.readers import clean_text
from search_app.readers.pdf_layout import Line, is_label

#: A gap of this many ems parts the columns of a table.
_COLUMN_GAP = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One character and its box in points; ``bottom`` and ``top`` count upwards from the foot of the page."""

    char: str
    left: float
    right: float
    bottom: float
    top: float


def lines_of(runs: Sequence[Sequence[Glyph]], page: int, height: float) -> Iterator[Line]:
    """Yield the lines of a page, each run being what the library takes for one line or a part of one."""
    for run in _merged([run for run in runs if any(not glyph.char.isspace() for glyph in run)]):
        # A blank goes before the character that begins where it stands.
        ordered = sorted(run, key=lambda glyph: (glyph.left, not glyph.char.isspace()))
        text = clean_text.visible("".join(glyph.char for glyph in ordered)).strip()
        printed = [glyph for glyph in ordered if not glyph.char.isspace()]
        if text:
            size = median(glyph.top - glyph.bottom for glyph in printed)
            yield Line(
                text=text,
                page=page,
                left=printed[0].left,
                right=max(glyph.right for glyph in printed),
                y=height - median(glyph.bottom for glyph in printed),
                size=size,
                cells=tuple(_cells(ordered, size)),
            )


def _merged(runs: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """Put together the runs that are one line of print: beside the run before, or within any line's extent."""
    merged: list[list[Glyph]] = []
    by_height: dict[int, list[int]] = {}
    for run in runs:
        size = median(glyph.top - glyph.bottom for glyph in run) or 1.0
        level = round(median(glyph.bottom for glyph in run) / 4)
        near = [at for key in (level - 1, level, level + 1) for at in by_height.get(key, ())]
        home = next((at for at in near if _belongs(merged, at, run, size)), None)
        if home is None:
            by_height.setdefault(level, []).append(len(merged))
            merged.append(list(run))
        else:
            merged[home] += run
    return merged


def _belongs(lines: Sequence[Sequence[Glyph]], at: int, run: Sequence[Glyph], size: float) -> bool:
    """Tell whether a run is part of a line: at its height, and drawn right after it or inside its extent."""
    line = lines[at]
    if abs(median(glyph.bottom for glyph in line) - median(glyph.bottom for glyph in run)) > size * 0.35:
        return False
    left, right = min(glyph.left for glyph in run), max(glyph.right for glyph in run)
    start, end = min(glyph.left for glyph in line), max(glyph.right for glyph in line)
    inside = left >= start - size and right <= end + size
    return inside or (at == len(lines) - 1 and left >= end - size * 0.5)


def _cells(ordered: Sequence[Glyph], size: float) -> Iterator[str]:
    """Cut a line at its wide gaps, as between the columns of a table; the gap after an automatic number is none."""
    cell = ""
    before: Glyph | None = None
    for glyph in ordered:
        if glyph.char.isspace():
            cell += " " if cell else ""
            continue
        if before is not None and glyph.left - before.right > size * _COLUMN_GAP and not is_label(cell.strip()):
            yield clean_text.close_up(cell.strip())
            cell = ""
        cell += glyph.char
        before = glyph
    yield clean_text.close_up(cell.strip())
