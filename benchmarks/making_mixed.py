"""One mixed folder of odd files, as an office has it after ten years: what ``benchmarks.recall --mixed`` indexes.

In goes a folder and how many seeds; out come files of every format and producer at hand (by hand, python-docx,
LibreOffice, a browser), damaged and cut off, under odd names, in bundles, as scans, with what stands in each beside
them in memory. The same call makes the same files; what a machine has no program for is left out.
"""

import io
import os
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import making_office, making_pdfs
from benchmarks.making_office import Said
from benchmarks.recall_office import converted
from tests.readers import odd_pdfs
from tests.readers.docx_files import docx, p
from tests.readers.scans import scan

#: What LibreOffice makes of a plain .docx: its own way of writing every format that it knows.
FORMS = {"doc": "doc:MS Word 97", "rtf": "rtf", "html": "html:HTML (StarWriter)", "txt": "txt:Text (encoded):UTF8"}
#: Folders and names that systems leave behind, in bytes.
_FOLDERS = (b"", "甲县".encode(), "乙县/云岭镇".encode(), "县".encode("gbk"), b"a b/  c")
_NAMES = ("{}", "报告（终稿）{}", "\u202e{}", "换\n行{}", " {}", "{}" + "长" * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of the mixed folder: where it lies, who made it, what it says; ``said`` is None where it says nothing."""

    path: str
    maker: str
    said: Said | None


def make(folder: Path, seeds: int, *, programs: bool = True) -> list[Made]:
    """Fill a folder, and return what was put there; without ``programs`` only what is made by hand."""
    chance = random.Random(seeds)
    made = []
    for maker, said in _all(seeds, programs=programs):
        path = _place(folder, said.name, chance)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(said.data)
        made.append(Made(path=path, maker=maker, said=said if said.lines else None))
    return [*made, *_bundles(folder, seeds)]


def _all(seeds: int, *, programs: bool) -> Iterator[tuple[str, Said]]:
    """Yield every file with who made it."""
    plain = [_typed(seed) for seed in range(seeds)]
    for seed in range(seeds):
        for said in making_office.files(seed):
            yield "by hand", said
    yield from (("python-docx", said) for said in plain)
    if programs:
        yield from by_libreoffice(plain)
        yield from _pdfs(4 * seeds)
    else:
        for name, odd in odd_pdfs.cases():
            yield "PDF case", Said(name=f"case {name}.pdf", data=odd.data, lines=tuple(odd.said))
    for seed in range(seeds):
        yield from (("damaged", said) for said in _damaged(plain[seed], random.Random(f"damaged {seed}")))
        pixels = scan(1 + seed % 3, side=40 + seed)
        yield "scan", Said(name=f"{seed}-scan.pdf", data=pixels, lines=())


def _typed(seed: int) -> Said:
    """Return a report written with python-docx, or by hand where that is not installed."""
    return typed_of(f"{seed}-typed.docx", making_office.report(1000 + seed))


def typed_of(name: str, lines: Sequence[str]) -> Said:
    """Return these lines as a .docx of python-docx, or made by hand where that is not installed."""
    try:
        from docx import Document
    except ImportError:
        return Said(name=name, data=docx("".join(map(p, lines))), lines=lines)
    document, into = Document(), io.BytesIO()
    for line in lines:
        document.add_heading(line, 1) if line[:2] in ("一、", "二、", "三、") else document.add_paragraph(line)
    document.save(into)
    return Said(name=name, data=into.getvalue(), lines=lines)


def by_libreoffice(plain: Sequence[Said], forms: Mapping[str, str] = FORMS) -> Iterator[tuple[str, Said]]:
    """Yield what LibreOffice makes of files, where it is installed."""
    with tempfile.TemporaryDirectory() as name:
        for suffix, form in forms.items():
            by_name = converted(plain, Path(name), form)
            for said in plain:
                if said.name in by_name:
                    stem = Path(said.name).stem
                    yield "LibreOffice", replace(said, name=f"{stem}.{suffix}", data=by_name[said.name])


def _pdfs(count: int) -> Iterator[tuple[str, Said]]:
    with tempfile.TemporaryDirectory() as name:
        making_pdfs.make(Path(name), count)
        for path in sorted(Path(name).rglob("*.pdf")):
            written = path.with_suffix(".said")
            lines = written.read_text(encoding="utf-8").splitlines() if written.is_file() else []
            yield f"PDF {path.stem.split()[0]}", Said(name=path.name, data=path.read_bytes(), lines=lines)


def _damaged(said: Said, chance: random.Random) -> Iterator[Said]:
    """Yield a sound file cut off, with bytes turned, empty, and under a wrong name: none says anything for certain."""
    data, stem = bytearray(said.data), Path(said.name).stem
    yield Said(name=f"{stem}-cut.docx", data=bytes(data[: chance.randrange(10, len(data))]), lines=())
    for _ in range(40):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    yield Said(name=f"{stem}-turned.docx", data=bytes(data), lines=())
    yield Said(name=f"{stem}-empty.doc", data=b"", lines=())
    yield replace(said, name=f"{stem}-misnamed.doc")
    yield Said(name=f"{stem}.xls", data=said.data[:2000], lines=())


def _place(folder: Path, name: str, chance: random.Random) -> str:
    """Return where a file is put: odd folders and names, as far as this system has them."""
    if sys.platform != "linux" or chance.random() < 0.7:
        return f"{chance.choice(('甲县', '乙县/云岭镇', '丙县'))}/{name}"
    inner, stem = os.fsdecode(chance.choice(_FOLDERS)), chance.choice(_NAMES).format(Path(name).stem)
    path = f"{inner}/{stem}{Path(name).suffix}".lstrip("/")
    return path if not (folder / path).exists() else f"丁县/{name}"


def _bundles(folder: Path, seeds: int) -> Iterator[Made]:
    """Put some reports into zips; one of them is no zip at all."""
    for seed in range(0, seeds, 4):
        said = _typed(5000 + seed)
        with zipfile.ZipFile(folder / f"包{seed}.zip", "w") as bundle:
            bundle.writestr(said.name, said.data)
        yield Made(path=f"包{seed}.zip/{said.name}", maker="zip", said=said)
    (folder / "坏包.zip").write_bytes(b"PK no zip")
    yield Made(path="坏包.zip", maker="damaged", said=None)
