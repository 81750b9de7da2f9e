"""Writes PDFs by hand, glyph by glyph where it matters: what office suites never write, and scanners and seals do.

A ``Sheet`` collects what is drawn on one page; ``document`` makes the file. The codes of all fonts are UTF-16 units and
every character is shown as the same box, so that places and codes are exactly those written here.
"""

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.readers.hostile_pdfs import made_of
from tests.readers.pdf_font import one_glyph_for_all, truetype

_HEAD = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_RANGES = [b"<%04x> <%04x> <%04x>\n" % (high << 8, high << 8 | 0xFF, high << 8) for high in range(256)]
_TO_UNICODE = zlib.compress(
    _HEAD
    + b"".join(b"64 beginbfrange\n%sendbfrange\n" % b"".join(_RANGES[at : at + 64]) for at in range(0, 256, 64))
    + b"endcmap end end"
)
#: How a font of the page is made: name, CMap, whether it says what its codes mean.
_KINDS = {
    "F1": ("SimSun", "Identity-H", True),
    "F2": ("KaiTi", "Identity-H", False),
    "V1": ("SimSun", "Identity-V", True),
}
_FIRST_FONT = 3  #: the number of the first object of the fonts, after catalog and page tree
_LATIN = "[" + " ".join(f"{code} [500]" for code in range(0x20, 0x7F)) + "]"


@dataclass(slots=True)
class Sheet:
    """One page, drawn upon with its origin at the foot on the left, in points."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    drawn: list[str] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)  #: annotations, each a dictionary without its brackets

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        angle: float = 0,
        font: str = "F1",
        mode: int = 0,
        grey: float = 0,
        spacing: float = 0,
    ) -> None:
        """Draw a line of text from a point on, at an angle counted against the clock."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        codes = text.encode("utf-16-be").hex()
        self.drawn.append(
            f"BT {grey:g} g {mode} Tr {spacing:g} Tc /{font} {size:g} Tf "
            f"{cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} {x:.2f} {y:.2f} Tm <{codes}> Tj ET"
        )

    def lines(self, x: float, y: float, texts: Sequence[str], *, lead: float = 24, size: float = 14) -> None:
        """Draw lines of text one below the other."""
        for at, text in enumerate(texts):
            self.text(x, y - at * lead, text, size=size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line."""
        self.drawn.append(f"0.5 w {x0:g} {y0:g} m {x1:g} {y1:g} l S")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw the lines of a table: upright ones at each x, level ones at each y."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)

    def raw(self, operators: str) -> None:
        """Write operators as they are."""
        self.drawn.append(operators)

    def picture(self) -> None:
        """Draw a picture over the whole page, as a scanner does."""
        self.drawn.append(f"q {self.width:g} 0 0 {self.height:g} 0 0 cm /I Do Q")

    def note(self, text: str, rect: Sequence[float], more: str = "/Subtype/FreeText") -> None:
        """Lay a note upon the page."""
        self.notes.append(f"/Type/Annot/Rect[{_numbers(rect)}]/Contents {_string(text)}{more}".encode())

    def form_field(self, value: str, rect: Sequence[float], more: str = "/FT/Tx/DA(/F1 12 Tf 0 g)") -> None:
        """Lay a form field with a value upon the page."""
        self.notes.append(
            f"/Type/Annot/Subtype/Widget/T(f{len(self.notes)})/Rect[{_numbers(rect)}]/V {_string(value)}{more}".encode()
        )


def document(*sheets: Sheet, layers: Mapping[str, bool] | None = None, packed: bool = True) -> bytes:
    """Return a PDF of these pages; ``layers`` names optional content (/L0, /L1 …) and says which is shown."""
    fonts: list[bytes] = []
    for name, (face, cmap, told) in _KINDS.items():
        fonts += _font(_FIRST_FONT + len(fonts), name, face, cmap, told=told, file=_FIRST_FONT + 4 * len(_KINDS))
    names = " ".join(f"/{name} {_FIRST_FONT + at * 4} 0 R" for at, name in enumerate(_KINDS))
    fonts += [stream(zlib.compress(truetype()), b"/Filter/FlateDecode"), _one_for_all()]
    picture = _FIRST_FONT + len(fonts)
    groups = [f"<</Type/OCG/Name {_string(name)}>>".encode() for name in layers or {}]
    first_group = picture + 1
    properties = " ".join(f"/L{at} {first_group + at} 0 R" for at in range(len(groups)))
    resources = f"<</Font<<{names}>>/XObject<</I {picture} 0 R>>/Properties<<{properties}>>>>"
    first = first_group + len(groups)
    pages, kids, fields = _pages(sheets, first, resources, packed=packed)
    off = " ".join(f"{first_group + at} 0 R" for at, shown in enumerate((layers or {}).values()) if not shown)
    every = " ".join(f"{first_group + at} 0 R" for at in range(len(groups)))
    content = f"/OCProperties<</OCGs[{every}]/D<</OFF[{off}]>>>>" if groups else ""
    form = f"/AcroForm<</Fields[{' '.join(fields)}]/DR<</Font<<{names}>>>>>>" if fields else ""
    head = [
        f"<</Type/Catalog/Pages 2 0 R{content}{form}>>".encode(),
        f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(sheets)}>>".encode(),
    ]
    image = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    return made_of([*head, *fonts, stream(bytes(64), image), *groups, *pages])


def _pages(
    sheets: Sequence[Sheet], first: int, resources: str, *, packed: bool
) -> tuple[list[bytes], list[str], list[str]]:
    """Return the objects of the pages from a number on, and the references to pages and to form fields."""
    objects: list[bytes] = []
    kids, fields = [], []
    for sheet in sheets:
        page = first + len(objects)
        kids.append(f"{page} 0 R")
        notes = [f"{page + 2 + at} 0 R" for at in range(len(sheet.notes))]
        fields += [note for note, made in zip(notes, sheet.notes, strict=True) if b"/Widget" in made]
        crop = f"/CropBox[{_numbers(sheet.crop)}]" if sheet.crop else ""
        content = "\n".join(sheet.drawn).encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width:g} {sheet.height:g}]{crop}/Rotate {sheet.rotate}"
            f"/Contents {page + 1} 0 R/Annots[{' '.join(notes)}]/Resources{resources}>>".encode()
        )
        objects.append(stream(zlib.compress(content), b"/Filter/FlateDecode") if packed else stream(content))
        objects += [b"<<" + note + b">>" for note in sheet.notes]
    return objects, kids, fields


def _one_for_all() -> bytes:
    return stream(one_glyph_for_all(), b"/Filter/FlateDecode")


def _font(number: int, name: str, face: str, cmap: str, *, told: bool, file: int) -> list[bytes]:
    """Return the four objects of a font whose codes are UTF-16 units; only one that is told says so."""
    told_in = f"/ToUnicode {number + 2} 0 R" if told else ""
    return [
        f"<</Type/Font/Subtype/Type0/Name/{name}/BaseFont/{face}/Encoding/{cmap}"
        f"/DescendantFonts[{number + 1} 0 R]{told_in}>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{face}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/DW 1000/W{_LATIN}/CIDToGIDMap {file + 1} 0 R/FontDescriptor {number + 3} 0 R>>".encode(),
        stream(_TO_UNICODE, b"/Filter/FlateDecode"),
        f"<</Type/FontDescriptor/FontName/{face}/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        f"/Descent -200/CapHeight 700/StemV 80/FontFile2 {file} 0 R>>".encode(),
    ]


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)


def _string(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"
