"""Scans for tests: PDF files whose pages are pictures, and programs that pretend to recognise what stands in them."""

import sys
import zlib
from pathlib import Path

#: What the pretended program recognises, line by line, with a confidence.
TEXT = (
    ("云台镇2023年度法治政府建设情况报告", 96),
    ("一、主要举措和成效", 90),
    ("全年调处矛盾纠纷八十六件，办结八十五件，群众满意率达到九成以上。", 84),
)
_TABLE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def scan(pages: int = 1, *, side: int = 40) -> bytes:
    """Return a PDF of so many pages that hold one grey picture each."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    pixels = zlib.compress(bytes(128 for _ in range(side * side)))
    for _ in range(pages):
        picture = len(bodies) + 1
        head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (
            side,
            side,
        )
        bodies.append(head + b"/Filter/FlateDecode/Length %d>>stream\n" % len(pixels) + pixels + b"\nendstream")
        drawing = b"q 595 0 0 842 0 0 cm /I Do Q"
        bodies.append(b"<</Length %d>>stream\n" % len(drawing) + drawing + b"\nendstream")
        kids.append(b"%d 0 R" % (picture + 2))
        resources = b"<</XObject<</I %d 0 R>>>>" % picture
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources %s/Contents %d 0 R>>" % (resources, picture + 1)
        )
    bodies[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(kids))
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(made))
    return made + head + table + tail


def table_of(lines: tuple[tuple[str, int], ...] = TEXT) -> str:
    """Return lines as Tesseract prints them: a row for each word, here of two characters."""
    rows = [_TABLE, "1\t1\t0\t0\t0\t0\t0\t0\t2479\t3508\t-1\t"]
    for number, (text, sure) in enumerate(lines, 1):
        for at in range(0, len(text), 2):
            place = f"{300 + 60 * at}\t{400 + 120 * number}\t118\t60\t{sure}"
            rows.append(f"5\t1\t1\t1\t{number}\t{at + 1}\t{place}\t{text[at : at + 2]}")
    return "\n".join(rows) + "\n"


def program(folder: Path, code: str) -> tuple[str, ...]:
    """Return the command of a program of this code, which is given the name of the picture as ``image``."""
    script = folder / "recognise.py"
    script.write_text(f"import sys, time\nimage = sys.argv[1]\nout = sys.stdout.buffer\n{code}\n", encoding="utf-8")
    return (sys.executable, str(script), "{image}")


def printing(folder: Path, text: str) -> tuple[str, ...]:
    """Return the command of a program that prints a text, whatever stands in the picture."""
    return program(folder, f"out.write({text.encode()!r})")
