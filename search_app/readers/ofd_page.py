"""The content of one OFD page -> its characters with their places, in millimetres from the top left corner.

Layout: GB/T 33190-2016, 11 (text). An object has a box of its own on the page and may be turned or scaled in it (CTM);
each TextCode begins somewhere in it and says how far each character is from the one before (DeltaX, DeltaY, where
``g 5 4.2`` stands for five times 4.2). The surprise: text and glyphs are apart, so what the glyphs (CGTransform) look
like need not be known; a text without characters behind its glyphs is counted as lost.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from search_app.readers.docx_package import attribute, name_of
from search_app.readers.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_TAGS
from search_app.readers.ofd_lines import Character

_CONTAINERS = ("Content", "Layer", "PageBlock", "Page", "Appearance")
_NARROW, _WIDE = 0.55, 1.3
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What a page holds; ``slanted`` is text at an angle (a watermark), ``lost`` what has glyphs but no characters."""

    characters: list[Character] = field(default_factory=list)
    objects: int = 0
    pictures: int = 0
    slanted: int = 0
    hidden: int = 0
    lost: int = 0


def local(element: Element) -> str:
    """Return the element's name without its namespace, of which there are several."""
    return name_of(element).rpartition(":")[2]


def gather(root: Element, units: Mapping[str, Element], found: Gathered) -> None:
    """Add everything on a page (or template) to what was found; ``units`` are graphics that are used by number."""
    _walk(root, units, found, _PLAIN, 0)


def _walk(element: Element, units: Mapping[str, Element], found: Gathered, matrix: Matrix, depth: int) -> None:
    if depth > MAX_DEPTH or len(found.characters) > MAX_CHARACTERS:
        return
    for part in element:
        found.objects += 1
        if found.objects > MAX_TAGS:
            return  # graphics made of graphics made of graphics; the caller refuses the file
        name = local(part)
        if name in _CONTAINERS:
            _walk(part, units, found, matrix, depth + 1)
        elif name == "TextObject":
            _text(part, found, matrix)
        elif name == "ImageObject":
            found.pictures += 1
        elif name == "CompositeObject":
            unit = units.get(attribute(part, "ResourceID") or "")
            if unit is not None:
                _walk(unit, units, found, _placed(part, matrix), depth + 10)


def _text(part: Element, found: Gathered, matrix: Matrix) -> None:
    """Add the characters of one text object."""
    codes = [code for code in part if local(code) == "TextCode" and code.text]
    if attribute(part, "Visible") == "false" or attribute(part, "Alpha") == "0":
        found.hidden += sum(len("".join((code.text or "").split())) for code in codes)
        return
    if not codes and any(local(each) == "CGTransform" for each in part):
        found.lost += 1
    matrix = _placed(part, matrix)
    angle = round(math.degrees(math.atan2(matrix[1], matrix[0])) / 5) * 5 % 360
    scale = math.hypot(matrix[0], matrix[1]) or 1.0
    size = (_number(attribute(part, "Size")) or 4.0) * scale
    stretch = _number(attribute(part, "HScale")) or 1.0
    for code in codes:
        text = code.text or ""
        if angle % 90:
            found.slanted += len("".join(text.split()))
            continue
        places = list(_places(code, len(text), size / scale, stretch, text))
        for at, (char, (x, y)) in enumerate(zip(text, places, strict=True)):
            px, py = _point(matrix, x, y)
            if angle:
                px, py = _upright(px, py, angle)
            width = size * stretch * (_NARROW if char.isascii() else 1.0)
            if at + 1 < len(places) and places[at + 1][1] == y:
                advance = (places[at + 1][0] - x) * scale
                width = advance if 0 < advance <= size * _WIDE else width
            found.characters.append(Character(char, px, py, width, size, angle))


def _places(code: Element, count: int, size: float, stretch: float, text: str) -> Iterator[tuple[float, float]]:
    """Yield where each character of a TextCode begins; what it does not say is a character's width."""
    x, y = _number(attribute(code, "X")) or 0.0, _number(attribute(code, "Y")) or 0.0
    across, down = _deltas(attribute(code, "DeltaX"), count), _deltas(attribute(code, "DeltaY"), count)
    for at in range(count):
        yield x, y
        if at < len(across):
            x += across[at]
        elif not down:
            x += size * stretch * (_NARROW if text[at].isascii() else 1.0)
        if at < len(down):
            y += down[at]


def _deltas(text: str | None, most: int) -> list[float]:
    """Return the numbers of a list in which ``g n v`` stands for n times v."""
    found: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times, value = _number(words[at + 1]) or 0.0, _number(words[at + 2]) or 0.0
            found += [value] * min(int(max(times, 0)), most - len(found))
            at += 3
        else:
            found.append(_number(words[at]) or 0.0)
            at += 1
    return found


def _placed(part: Element, outer: Matrix) -> Matrix:
    """Return the matrix of an object: its own, then its box's corner, then that of what holds it."""
    own = [_number(word) or 0.0 for word in (attribute(part, "CTM") or "").split()]
    inner: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else _PLAIN
    box = [_number(word) or 0.0 for word in (attribute(part, "Boundary") or "").split()]
    left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    return _times(_times(inner, (1.0, 0.0, 0.0, 1.0, left, top)), outer)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _upright(x: float, y: float, angle: int) -> tuple[float, float]:
    """Return a place as it is when the page is turned so that the line runs from left to right."""
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}[angle]


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e6 else None
