"""A PDF page -> its characters, each with place, size and direction, as they were drawn.

PDFium's text page is asked for every character alone: of its grouping (which runs make a line, where a blank or a line
break goes) nothing is believed. The surprise: PDFium hands out what it cannot read as well. A font without a table of
what its codes mean gives the codes themselves, which is rubbish that looks like text; it is left out and counted.
"""

import ctypes
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from search_app.readers.pdf_layers import Layers
from search_app.readers.text_decoding import PLAUSIBLE, plausibility

#: What the fonts Wingdings and Symbol show at their private codes: bullets and ticks, not letters.
_BULLETS = {
    0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF071: "□", 0xF075: "◆", 0xF076: "◆", 0xF077: "◆", 0xF09F: "•",
    0xF0A7: "■", 0xF0A8: "□", 0xF0B7: "•", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☑", 0xF052: "☑", 0xF0A3: "□",
}  # fmt: skip
#: Letters that make up most of any text in Latin letters, and a third of letters by chance.
_USUAL = frozenset("etaoinshrETAOINSHR ")
_HUGE = 10_000.0  #: points; no letter is so large, and what is no number is not smaller
_HYPHEN = 0x2  #: PDFium's code for a hyphen that ends a line


class Mark(NamedTuple):
    """One character in the coordinates of its page: where it was set, its box, its size, its direction in degrees."""

    char: str
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    size: float
    angle: float
    run: int


@dataclass(slots=True)
class Run:
    """What one drawing of text has in common: the library's own object, size, direction, whether it is shown."""

    object: int
    font: int
    size: float
    angle: float
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Library:
    """The functions that are called for every character or drawing."""

    code: Callable[..., int]
    object: Callable[..., int | None]
    box: Callable[..., int]
    origin: Callable[..., int]
    error: Callable[..., int]
    matrix: Callable[..., int]
    size: Callable[..., float]
    font: Callable[..., int | None]
    marked: Callable[..., int]


class Characters:
    """The characters of one page, asked for once."""

    def __init__(self, text_page: Any, layers: Layers) -> None:
        self.runs: list[Run] = []
        self.marks: list[Mark] = []
        self.codes = self.hidden = 0
        self._page = ctypes.cast(text_page.raw, ctypes.c_void_p)
        self._layers = layers
        self._guessed: dict[int, list[int]] = defaultdict(list)  # places in marks of what no table explains, per font
        self._plain: dict[tuple[int, int], str] = {}  # font and code -> the character, where a table explains it
        self._utf8: set[int] = set()  # fonts whose codes are UTF-8
        self._collect(text_page.count_chars())
        self._drop_rubbish()

    def _collect(self, count: int) -> None:
        """Ask for every character; the calls are many, so their names are looked up once."""
        ask, page, marks, plain = _library(), self._page, self.marks, self._plain
        code_of, object_of, box_of, origin_of = ask.code, ask.object, ask.box, ask.origin
        box, origin = array("f", (0.0,) * 4), array("d", (0.0,) * 2)
        box_there, x_there = ctypes.c_void_p(box.buffer_info()[0]), ctypes.c_void_p(origin.buffer_info()[0])
        y_there = ctypes.c_void_p(origin.buffer_info()[0] + origin.itemsize)
        here = half = 0
        number, before = -1, (0.0, 0.0, 0.0, -1)
        made = tuple.__new__  # the class's own maker counts what it is given, which takes as long again
        run: Run | None = None
        for at in range(count):
            drawn = object_of(page, at)
            if not drawn:
                continue  # blanks and breaks of the library's own making
            if run is None or drawn != here:
                run, here = self._run(drawn, at), drawn
                self.runs.append(run)
                number += 1
            code = code_of(page, at)
            if 0xD800 <= code < 0xE000:  # a character beyond the first plane, in two halves
                if code < 0xDC00 or not half:
                    half = code
                    continue
                code, half = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00, 0
            if not run.shown:
                self.hidden += code > 0x20
                continue
            char = plain.get((run.font, code)) or self._read(code, run, at)
            if char:
                box_of(page, at, box_there)
                origin_of(page, at, x_there, y_there)
                left, top, right, bottom = box
                x, y = origin
                place = (x, y, left, number)
                if place == before and marks[-1].left < marks[-1].right:
                    marks[-1] = marks[-1]._replace(char=marks[-1].char + char)  # the letters of a ligature
                    continue
                before = place
                marks.append(made(Mark, (char, x, y, left, bottom, right, top, run.size, run.angle, number)))

    def _run(self, drawn: int, at: int) -> Run:
        """Return what the characters of one drawing have in common."""
        ask = _library()
        matrix = (ctypes.c_float * 6)()
        ask.matrix(self._page, at, ctypes.byref(matrix))
        size = ask.size(self._page, at)
        a, b, c, d = matrix[:4]
        if not b and not c:
            angle, height = (0.0 if a * size >= 0 else 180.0), abs(d)
        else:
            angle, height = math.degrees(math.atan2(b, a) if size >= 0 else math.atan2(-b, -a)) % 360, math.hypot(c, d)
        size = abs(size) * height
        layers: frozenset[bytes] = layers_of(drawn) if ask.marked(drawn) > 0 else frozenset()
        return Run(
            object=drawn,
            font=ask.font(drawn) or 0,
            size=size if size < _HUGE else 0.0,
            angle=angle,
            shown=not layers or not self._layers.hide(layers),
        )

    def _read(self, code: int, run: Run, at: int) -> str:
        """Return the character that a code stands for, "" where nobody can say."""
        explained = _library().error(self._page, at) != 1  # otherwise what we got is the code itself
        if code > 0x10FFFF or (not explained and code > 0xFF and run.font in self._utf8):
            char = _utf8(code)
            if char:
                self._utf8.add(run.font)
            self.codes += not char
            return char
        if code == _HYPHEN or code == 0xFFFE:
            return "-"
        if 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code >= 0xF0000:
            bullet = _BULLETS.get(code, "")
            self.codes += not bullet
            return bullet
        if code < 0x20:
            self.codes += not explained and code not in (0x9, 0xA, 0xD)
            return " " if code == 0x9 else ""
        if explained:
            self._plain[run.font, code] = chr(code)
        else:
            self._guessed[run.font].append(len(self.marks))
        return "-" if code == 0xAD else chr(code)

    def _drop_rubbish(self) -> None:
        """Take out the characters of fonts whose codes, taken for characters, make no text."""
        dropped: set[int] = set()
        for font, places in self._guessed.items():
            if font not in self._utf8 and not _is_text("".join(self.marks[at].char for at in places)):
                dropped.update(places)
        if dropped:
            self.codes += sum(not self.marks[at].char.isspace() for at in dropped)
            self.marks = [mark for at, mark in enumerate(self.marks) if at not in dropped]


def layers_of(drawn: int) -> frozenset[bytes]:
    """Return the names of the layers (optional content) that something drawn belongs to, as the file writes them."""
    from pypdfium2 import raw

    names = set()
    thing = ctypes.cast(drawn, raw.FPDF_PAGEOBJECT)
    name, value, size = (ctypes.c_ushort * 8)(), (ctypes.c_ubyte * 512)(), ctypes.c_ulong()
    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, at)
        is_layer = raw.FPDFPageObjMark_GetName(mark, name, 16, size) and bytes(name).startswith(b"O\0C\0\0\0")
        if is_layer and raw.FPDFPageObjMark_GetParamBlobValue(mark, b"Name", value, 512, size):
            names.add(bytes(value)[: size.value])
    return frozenset(names)


@cache
def _library() -> _Library:
    """Return the library's functions without its own wrappers, in a third of their time.

    A function that is asked of every character takes its arguments as they are: places as ``c_void_p``, never as
    numbers, which would be cut to 32 bits. The interpreter's lock is held meanwhile, since no call lasts.
    """
    from pypdfium2 import raw

    def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
        place = ctypes.cast(function, ctypes.c_void_p).value
        return ctypes.PYFUNCTYPE(result, *arguments)(place)  # type: ignore[arg-type]

    return _Library(
        code=plain(raw.FPDFText_GetUnicode, ctypes.c_uint),
        object=plain(raw.FPDFText_GetTextObject, ctypes.c_void_p),
        box=plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int),
        origin=plain(raw.FPDFText_GetCharOrigin, ctypes.c_int),
        error=plain(raw.FPDFText_HasUnicodeMapError, ctypes.c_int),
        matrix=plain(raw.FPDFText_GetMatrix, ctypes.c_int),
        size=plain(raw.FPDFText_GetFontSize, ctypes.c_double),
        font=plain(raw.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p),
        marked=plain(raw.FPDFPageObj_CountMarks, ctypes.c_int, ctypes.c_void_p),
    )


def _utf8(code: int) -> str:
    """Return the character whose UTF-8 form, taken for a number, is this code."""
    try:
        char = code.to_bytes(4, "big").lstrip(b"\0").decode()
    except (UnicodeDecodeError, OverflowError):
        return ""
    return char if len(char) == 1 else ""


def _is_text(guessed: str) -> bool:
    """Tell text from codes that only look like it: most of it usual Chinese, or letters as often as in words."""
    letters = [char for char in guessed if not char.isspace()]
    if not letters:
        return True
    if all(char.isascii() for char in letters):
        usual = sum(char in _USUAL for char in guessed)
        return len(letters) >= 8 and usual >= 0.5 * len(guessed)
    han = Counter("\u4e00" <= char <= "\u9fff" for char in letters)[True]
    return han >= 0.3 * len(letters) and plausibility("".join(letters)) >= PLAUSIBLE
