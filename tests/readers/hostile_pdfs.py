"""PDFs made to do harm, or far beyond any report: bombs, laughing forms, endless objects, scans."""

import zlib
from collections.abc import Sequence

_FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def made_of(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, the first being its root."""
    parts, places, size = [b"%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, start=1):
        places.append(size)
        parts.append(b"%d 0 obj%s\nendobj\n" % (number, content))
        size += len(parts[-1])
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, size))
    return b"".join(parts)


def pages(count: int, *, lines: int = 1) -> bytes:
    """Return a PDF of so many pages, each with lines of Latin text."""
    text = "".join(
        f"1 0 0 1 72 {760 - 14 * at} Tm (report {at} on the work of the year 2023) Tj " for at in range(lines)
    )
    kids = " ".join(f"{number + 4} 0 R" for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources%s>>" % _FONT
    head = (b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode())
    return made_of([*head, _stream(f"BT /F1 12 Tf {text}ET".encode()), *[page] * count])


def bomb(drawn: bytes, times: int) -> bytes:
    """Return one page whose packed content draws something so many times."""
    packing = zlib.compressobj(9)
    packed = b"".join(
        [packing.compress(b"BT /F1 12 Tf "), *(packing.compress(drawn * 1_000) for _ in range(times // 1_000))]
    )
    return _page(_stream(packed + packing.flush(), b"/Filter/FlateDecode"))


def laughs(deep: int = 14, wide: int = 8) -> bytes:
    """Return one page with a form that draws a form several times, which draws a form …: all in two kilobytes."""
    forms = []
    for number in range(deep):
        last = number == deep - 1
        inside = _FONT if last else b"<</XObject<</X %d 0 R>>>>" % (6 + number)
        drawn = b"BT /F1 12 Tf (report) Tj ET" if last else b"/X Do " * wide
        forms.append(_stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + inside))
    return _page(_stream(b"/X Do " * wide), *forms, resources=b"<</XObject<</X 5 0 R>>>>")


def scan(count: int) -> bytes:
    """Return so many pages with one picture each and no text."""
    picture = zlib.compress(bytes(2480 * 3508 // 8))
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    look = b"/Type/XObject/Subtype/Image/Width 2480/Height 3508/ColorSpace/DeviceGray/BitsPerComponent 1"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 3 0 R>>>>>>"
    head = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count))
    drawing = _stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return made_of([*head, _stream(picture, look + b"/Filter/FlateDecode"), drawing, *[page] * count])


def _page(content: bytes, *others: bytes, resources: bytes = _FONT) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources%s>>" % resources
    return made_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *others])


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)
