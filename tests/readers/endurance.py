"""Files far beyond any report: ``python -m tests.readers.endurance``. Each must end soon, and in little memory.

Every case is read, parsed and labelled in a process of its own whose memory is limited; out comes a table of what it
ended in, seconds and megabytes (of that process, or of the one it has PDFs read in). The cheap ones among the cases are
tests of their own.
"""

import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.readers import hostile_pdfs
from tests.readers.docx_files import docx, p, table, zipped
from tests.readers.office_files import line, ofd, pptx, shape, words, xlsx

MEMORY_MB, SECONDS = 2_000, 180
MOST_MB, MOST_SECONDS = 1_536, 60  #: what a case may take at most, on a machine that does nothing else
_SENTENCE = "（一）全年调解矛盾纠纷四十二件，成功率达到九成以上。"
_MHT = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
_INNER = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%d\n\n--b%d\n"
_BEGIN, _END = ('<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "end"))
_CODE_OF_FIELD = "<w:r><w:instrText>EQ \\\\o(</w:instrText></w:r>"
_CODE = """
import os, resource, sys
from functools import partial
from pathlib import Path
limit = int(sys.argv[2]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from search_app import indexing
from search_app.errors import ReadError
from search_app.readers import sandbox
path = Path(sys.argv[1])
sources = indexing.sources_at(path, corpus=path.parent)
results = [*sources.failed, *map(indexing.understand, sources.found)]
ends = []
for end in results:
    read = not isinstance(end, ReadError)
    ends.append(f"{len(end.passages)} passages" if read else f"{type(end).__name__}: {end.reason}")
sandbox._helper(os.getpid()).stop()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"{'; '.join(dict.fromkeys(ends))}|{max(int(peak.split()[1]), below) // 1024}")
"""


def docx_of(opening: str, times: int, closing: str = "", inside: str = "") -> bytes:
    """Return a .docx whose body opens something so many times, and closes it as often."""
    return docx(opening * times + inside + closing * times)


def style_chain(links: int) -> bytes:
    """Return a .docx whose paragraphs have a style based on one based on one …"""
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>' for at in range(links)
    )
    return docx(p(_SENTENCE, style="s0") * 300, styles=chain)


def nested_bundle(depth: int) -> bytes:
    """Return a .zip in a .zip in a .zip …"""
    data = zipped({"a.txt": _SENTENCE * 100})
    for _ in range(depth):
        data = zipped({"a.txt": _SENTENCE * 100, "a.zip": data})
    return data


def overlapping_bundle(names: int) -> bytes:
    """Return a .zip with so many names for one and the same packed member of 90 MB."""
    size = 90 * 2**20
    packed, check = zlib.compress(bytes(size), 9)[2:-4], zlib.crc32(bytes(size))
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, check, len(packed), size, 5, 0) + b"a.txt" + packed
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, check, len(packed), size, 9, 0, 0, 0, 0, 0, 0)
    central = b"".join(entry + b"%05d.txt" % at for at in range(names))
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, names, names, len(central), len(local), 0)


def attributes(number: int, *, value: str = "1") -> bytes:
    """Return a page one of whose elements has so many attributes."""
    names = " ".join(f"a{at}={value}" for at in range(number))
    return f"<html><body><p {names}>{_SENTENCE}</p></body></html>".encode()


def charset(codec: str) -> bytes:
    """Return a page of a megabyte that says it is written in what may be any codec of Python's."""
    return b"<html><meta charset=%s><body><p>-" % codec.encode() + b"a" * 1_000_000


def dotted(dots: int) -> bytes:
    """Return Markdown whose front matter has a key of so many parts."""
    return b"+++\na" + b".a" * dots + b" = 1\n+++\n" + _SENTENCE.encode()


def graphics(levels: int) -> bytes:
    """Return an .ofd whose graphic consists of ten graphics, each of which consists of ten …"""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    units = "".join(
        f"<ofd:CompositeGraphicUnit ID='{at}'><ofd:Content>"
        + f"<ofd:CompositeObject ResourceID='{at + 1}'/>" * 10
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for at in range(levels)
    )
    page = f"{words(_SENTENCE, 10, 10)}<ofd:CompositeObject ResourceID='0'/>"
    return ofd(
        [page],
        common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
        more={"Doc_0/R.xml": f"<ofd:Res {space}>{units}</ofd:Res>"},
    )


def frames(number: int) -> bytes:
    """Return an archive of pages, each with frames of all others."""
    inside = "".join(f"<iframe src='{at}.html'></iframe>" for at in range(number))
    parts = "".join(
        f"--b\nContent-Type: text/html\nContent-Location: {at}.html\n\n<p>x{inside}\n" for at in range(number)
    )
    return _MHT + parts.encode()


CASES: Mapping[str, Callable[[], bytes]] = {
    "50 MB of text.txt": lambda: _SENTENCE.encode() * (50 * 2**20 // 75),
    "15 MB of text.txt": lambda: _SENTENCE.encode() * (15 * 2**20 // 75),
    "1.9 million characters in lines.txt": lambda: f"{_SENTENCE}\n".encode() * 73_000,
    "1.9 million characters in one line.txt": lambda: _SENTENCE.encode() * 73_000,
    "1.9 million characters without a stop.txt": lambda: "法".encode() * 1_900_000,
    "a million numbers.txt": lambda: "一、\n（一）\n1.\n".encode() * 100_000,
    "a million items.txt": lambda: ("一是" * 450_000 + "\n一、").encode() * 2,
    "brackets.txt": lambda: "（".encode() * 1_500_000,
    "years.txt": lambda: "2023年".encode() * 350_000,
    "50 MB of tags.html": lambda: b"<div>" * (50 * 2**20 // 5),
    "3 million tags.html": lambda: b"<div><p>" * 1_500_000,
    "one table.html": lambda: f"<table>{'<tr><td>甲</td><td>乙</td></tr>' * 100_000}</table>".encode(),
    "5000 pages.pdf": lambda: hostile_pdfs.pages(5_000),
    "2000 pages.pdf": lambda: hostile_pdfs.pages(2_000, lines=45),
    "a scan.pdf": lambda: hostile_pdfs.scan(500),
    "forms in forms.pdf": hostile_pdfs.laughs,
    "text bomb.pdf": lambda: hostile_pdfs.bomb(b"(report) Tj ", 40_000_000),
    "blank bomb.pdf": lambda: hostile_pdfs.bomb(b" " * 64, 30_000_000),
    "lines drawn.pdf": lambda: hostile_pdfs.bomb(b"0 0 m 10 10 l S ", 2_000_000),
    "a million objects.pdf": lambda: b"%PDF-1.4\n" + b"".join(b"%d 0 obj<<>>endobj\n" % at for at in range(10**6)),
    "60000 paragraphs.docx": lambda: docx(p(_SENTENCE) * 60_000),
    "deep tables.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 3_000),
    "wide table.docx": lambda: docx(table("<w:tr>" + f"<w:tc>{p('甲')}</w:tc>" * 50_000 + "</w:tr>")),
    "bomb.docx": lambda: zipped({"[Content_Types].xml": b"x", "word/document.xml": b" " * 400 * 2**20}),
    "empty paragraphs.docx": lambda: docx("<w:p/>" * 3_900_000),
    "runs.docx": lambda: docx(f"<w:p>{'<w:r><w:t>法治</w:t></w:r>' * 200_000}</w:p>"),
    "one run.docx": lambda: docx(p(_SENTENCE * 73_000)),
    "insertions.docx": lambda: docx_of("<w:p><w:ins>", 20_000, "</w:ins></w:p>"),
    "text boxes.docx": lambda: docx_of(
        "<w:p><w:r><w:pict><w:txbxContent>", 2_000, "</w:txbxContent></w:pict></w:r></w:p>", p(_SENTENCE)
    ),
    "fields.docx": lambda: docx_of("<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:t>法</w:t></w:r></w:p>", 60_000),
    "styles on styles.docx": lambda: style_chain(10_000),
    "doctype.docx": lambda: zipped({"[Content_Types].xml": "x", "word/document.xml": "<!DOCTYPE a><a/>"}),
    "cells.rtf": lambda: b"{\\rtf1 " + b"\\trowd x\\cell y\\cell\\row " * 200_000,
    "groups.rtf": lambda: b"{\\rtf1 " + b"{" * 2_000_000,
    "controls.rtf": lambda: b"{\\rtf1 " + b"\\u27861?" * 1_500_000 + b"}",
    "tables in tables.html": lambda: (
        f"{'<table><tr><td>甲' * 10_000}{_SENTENCE}{'</td></tr></table>' * 10_000}".encode()
    ),
    "breaks.html": lambda: "法治<br>".encode() * 500_000,
    "spans.html": lambda: f"{'<span>' * 200}{_SENTENCE}{'</span>' * 200}".encode() * 2_000,
    "references.html": lambda: b"<p>" + b"&#x6cd5;" * 1_500_000,
    "parts.mht": lambda: _MHT + b"--b\nContent-Type: text/html\n\n<p>x\n" * 200_000,
    "parts in parts.mht": lambda: b"".join(_INNER % (at, at) for at in range(3_000)),
    "words.txt": lambda: "法\n".encode() * 999_000,
    "UTF-16.txt": lambda: (_SENTENCE * 70_000).encode("utf-16-le"),
    "chance.txt": lambda: random.Random(3).randbytes(16 * 2**20 - 1),
    "table.md": lambda: ("| 甲 | 乙 |\n|---|---|\n" + "| 一 | 二 |\n" * 150_000).encode(),
    "links.md": lambda: b"[a](b" * 400_000,
    "a bomb.zip": lambda: zipped({"a.txt": bytes(400 * 2**20)}),
    "one member, many names.zip": lambda: overlapping_bundle(1_900),
    "bundles in bundles.zip": lambda: nested_bundle(50),
    "25000 attributes.html": lambda: attributes(25_000),
    "attributes with signs.html": lambda: attributes(150_000, value='">"'),
    "200000 attributes.html": lambda: attributes(200_000),
    **{f"{codec}.html": partial(charset, codec) for codec in ("punycode", "idna", "utf-7", "zlib")},
    "5000 dots.md": lambda: dotted(5_000),
    "40000 dots.md": lambda: dotted(40_000),
    "openings.md": lambda: b"<!--" * 200_000,
    "declarations.html": lambda: b"<?xml " * 200_000,
    "parameters.mht": lambda: b"MIME-Version: 1.0\nContent-Type: text/html" + b"; a=b" * 50_000 + b"\n\n<p>x",
    "long array.md": lambda: b"+++\na = " + b"[" * 50_000 + b"\n+++\n" + _SENTENCE.encode(),
    "cells.html": lambda: f"<table><tr>{'<td>甲' * 100_000}</table>{_SENTENCE}".encode(),
    "cells in rows.html": lambda: f"<table>{'<tr>' + '<td>甲' * 50_000}{'<tr><td>乙' * 50_000}</table>".encode(),
    "deep.html": lambda: b"<div>" * 200_000 + _SENTENCE.encode(),
    "deep lists.html": lambda: f"{'<ul><li>' * 20_000}{_SENTENCE}".encode(),
    "bold in bold.html": lambda: f"{'<b>' * 30_000}{_SENTENCE}".encode(),
    "items.html": lambda: f"<ol>{'<li>甲' * 100_000}</ol>".encode(),
    "deep.docx": lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "2000 members.zip": lambda: zipped({f"{at}.txt": _SENTENCE * 20 for at in range(2_000)}),
    "2000 members of a megabyte.zip": lambda: zipped(
        {f"{at}.txt": random.Random(at).randbytes(3_000).hex() * 160 + _SENTENCE for at in range(1_900)}
    ),
    "graphics of graphics.ofd": lambda: graphics(12),
    "characters.ofd": lambda: ofd([words("法治" * 400, 10, 5 + at % 280) for at in range(800)]),
    "deltas.ofd": lambda: ofd([words("法治", 10, 5, deltas='DeltaX="g 999999999 1"') * 20_000]),
    "cells.xlsx": lambda: xlsx({"表": line(*("法治",) * 20) * 9_000}),
    "rows.xlsx": lambda: xlsx({"表": "<row/>" * 900_000}),
    "formats.xlsx": lambda: xlsx({"表": line(1)}, formats=("#" * 200_000, "y" * 200_000)),
    "groups.pptx": lambda: pptx(["<p:grpSp>" * 20_000 + shape(_SENTENCE) + "</p:grpSp>" * 20_000]),
    "shapes.pptx": lambda: pptx([shape(_SENTENCE, at=(0, at)) for at in range(200)] * 20),
    "frames.mht": lambda: frames(200),
    "equations.docx": lambda: docx(f"<w:p>{_BEGIN}{_CODE_OF_FIELD * 60_000}{_END}</w:p>"),
    "stars.rtf": lambda: b"{\\rtf1 " + b"{\\*\\zz x}" * 300_000 + b"}",
    "emphasis.md": lambda: b"*a **b " * 250_000,
    "quotes.md": lambda: b">" * 1_900_000,
}


def tried(path: Path) -> tuple[str, float, int]:
    """Read a file in a process of its own; return how it ended, the seconds and the megabytes at most."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _CODE, str(path), str(MEMORY_MB)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "HANGS", float(SECONDS), 0
    seconds = time.perf_counter() - began
    if done.returncode:
        return f"FAILS: {done.stderr.strip().splitlines()[-1:] or done.returncode}", seconds, 0
    end, _, megabytes = done.stdout.strip().rpartition("|")
    return end, seconds, int(megabytes)


def main() -> None:
    """Try every case, print a table; exit with 1 where one neither was read nor refused."""
    wanted = sys.argv[1:]
    bad = False
    print("| file | MB | ends in | seconds | memory, MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in CASES.items():
            if wanted and not any(word in name for word in wanted):
                continue
            path = Path(folder) / name
            path.write_bytes(make())
            end, seconds, megabytes = tried(path)
            bad |= (
                end.startswith(("HANGS", "FAILS")) or "程序出错" in end or seconds > MOST_SECONDS or megabytes > MOST_MB
            )
            print(f"| {name} | {path.stat().st_size / 2**20:.1f} | {end} | {seconds:.1f} | {megabytes} |", flush=True)
            path.unlink()
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
