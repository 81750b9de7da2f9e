"""A PDF whose font is addressed by UTF-8 codes of one to four bytes, which PDFium hands out as numbers."""

from collections.abc import Sequence

from tests.readers.hostile_pdfs import made_of
from tests.readers.pdf_pages import stream

_SPACES = "4 begincodespacerange <00> <7F> <C080> <DFBF> <E08080> <EFBFBF> <F0808080> <F7BFBFBF> endcodespacerange\n"
_HEAD = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /{} def /CMapType {} def\n" + _SPACES


def utf8_coded(lines: Sequence[str], *, beyond: bool = False) -> bytes:
    """Return one page with these lines; with ``beyond``, each ends in a code that no character has."""
    chars = sorted(set("".join(lines)))
    cids = "".join(f"<{char.encode().hex()}> {at}\n" for at, char in enumerate(chars, start=1))
    means = "".join(f"<{char.encode().hex()}> <{char.encode('utf-16-be').hex()}>\n" for char in chars)
    encoding = _HEAD.format("U8", 1) + f"{len(chars)} begincidchar\n{cids}endcidchar endcmap end end"
    meaning = _HEAD.format("T", 2) + f"{len(chars)} beginbfchar\n{means}endbfchar endcmap end end"
    end = "f7bfbfbf" if beyond else ""
    drawn = "".join(f"<{line.encode().hex()}{end}> Tj 0 -24 Td " for line in lines)
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return made_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
            b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding 9 0 R/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
            stream(f"BT /F1 14 Tf 80 760 Td {drawn}ET".encode()),
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun{system}/DW 1000/FontDescriptor 8 0 R>>".encode(),
            stream(meaning.encode()),
            b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
            b"/Descent -200/CapHeight 700/StemV 80>>",
            stream(encoding.encode(), f"/Type/CMap/CMapName/U8{system}".encode()),
        ]
    )
