"""Files far beyond any report: ``python -m tests.readers.endurance``. Each must end soon, and in little memory.

Every case is read, parsed and labelled in a process of its own whose memory is limited; out comes a table of what it
ended in, seconds and megabytes. The cheap ones among the cases are tests of their own.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.readers.docx_files import docx, p, table, zipped

MEMORY_MB, SECONDS = 2_000, 180
_SENTENCE = "（一）全年调解矛盾纠纷四十二件，成功率达到九成以上。"
_CODE = """
import resource, sys
from pathlib import Path
limit = int(sys.argv[2]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from search_app import labelling, parsing, readers
from search_app.errors import ReadError
try:
    document = readers.read(Path(sys.argv[1]))
    report, passages = labelling.label(*parsing.parse(document, path="a"))
    end = f"{len(passages)} passages"
except ReadError as error:
    end = f"{type(error).__name__}: {error.reason}"
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(f"{end}|{int(peak.split()[1]) // 1024}")
"""


def pdf(pages: int, *, lines: int = 1) -> bytes:
    """Return a PDF of so many pages, each with lines of Latin text."""
    text = "".join(
        f"1 0 0 1 72 {760 - 14 * at} Tm (report {at} on the work of the year 2023) Tj " for at in range(lines)
    )
    stream = f"BT /F1 12 Tf {text}ET".encode()
    kids = " ".join(f"{number + 4} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1"
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
            for _ in range(pages)
        ),
    ]
    made, places = b"%PDF-1.4\n", []
    parts = [made]
    size = len(made)
    for number, content in enumerate(objects, start=1):
        places.append(size)
        part = b"%d 0 obj%s\nendobj\n" % (number, content)
        parts.append(part)
        size += len(part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, size))
    return b"".join(parts)


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
    "5000 pages.pdf": lambda: pdf(5_000),
    "2000 pages.pdf": lambda: pdf(2_000, lines=45),
    "60000 paragraphs.docx": lambda: docx(p(_SENTENCE) * 60_000),
    "deep tables.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 3_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 3_000),
    "wide table.docx": lambda: docx(table("<w:tr>" + f"<w:tc>{p('甲')}</w:tc>" * 50_000 + "</w:tr>")),
    "bomb.docx": lambda: zipped({"[Content_Types].xml": b"x", "word/document.xml": b" " * 400 * 2**20}),
    "groups.rtf": lambda: b"{\\rtf1 " + b"{" * 2_000_000,
    "controls.rtf": lambda: b"{\\rtf1 " + b"\\u27861?" * 1_500_000 + b"}",
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
            bad |= end.startswith(("HANGS", "FAILS"))
            print(f"| {name} | {path.stat().st_size / 2**20:.1f} | {end} | {seconds:.1f} | {megabytes} |", flush=True)
            path.unlink()
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
