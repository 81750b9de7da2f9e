"""Page pictures: a page of a PDF -> a picture of it (PNG, shades of grey), for a program that recognises text.

Runs in the sandbox. The surprise: no imaging library is needed; a PNG of grey pixels is a header and a packed stream.
"""

import struct
import zlib
from dataclasses import dataclass

from search_app.errors import DamagedFile

#: Dots per inch that recognition works best at, and what no page may exceed however large it claims to be.
DPI = 300
_MOST_PIXELS = 30_000_000
_POINTS = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as a PNG, how high it is in points, how many dots make an inch, and how many pages there are."""

    png: bytes
    height: float
    dpi: float
    pages: int


def draw(data: bytes, number: int, path: str) -> Picture:
    """Draw one page, counted from 0. Raises DamagedFile."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number]
            width, height = page.get_size()
            scale = min(DPI / _POINTS, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            png = _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
            return Picture(png=png, height=height, dpi=scale * _POINTS, pages=len(document))
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise DamagedFile(path, f"PDF 的第 {number + 1} 页画不出来，无法识别。") from error


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Return grey pixels, one byte each, as a PNG."""
    rows = b"".join(b"\0" + pixels[at * stride : at * stride + width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
