"""A TrueType font with one shape, a box, for every character: so the text of a hand-written PDF has an extent.

PDFium leaves out text whose shapes have no extent, as those of a font that is neither embedded nor installed.
"""

import struct
import zlib
from itertools import pairwise

_EM = 1000


def truetype() -> bytes:
    """Return the font: glyph 0 is empty, glyph 1 a box."""
    box = ((60, -120), (60, 820), (940, 820), (940, -120))
    steps_x = [box[0][0], *(b[0] - a[0] for a, b in pairwise(box))]
    steps_y = [box[0][1], *(b[1] - a[1] for a, b in pairwise(box))]
    glyph = struct.pack(">hhhhh", 1, 60, -120, 940, 820) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
    glyph += struct.pack(">4h", *steps_x) + struct.pack(">4h", *steps_y)
    glyph += bytes(-len(glyph) % 4)
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 60, -120, 940, 820, 0, 8, 2, 1, 0
    )
    hhea = struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 880, -120, 0, _EM, 0, 0, 940, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    maxp = struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 6, 12, 0) + struct.pack(">HHH", 0x4E00, 1, 1)
    tables = {
        b"cmap": cmap,
        b"glyf": glyph,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 60),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": maxp,
    }
    parts, places = [], []
    at = 12 + 16 * len(tables)
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        places.append(struct.pack(">4sIII", tag, total, at, len(table)))
        parts.append(padded)
        at += len(padded)
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64) + b"".join(places + parts)


def one_glyph_for_all() -> bytes:
    """Return the packed table that shows the box for every code."""
    return zlib.compress(struct.pack(">H", 1) * 0x10000)
