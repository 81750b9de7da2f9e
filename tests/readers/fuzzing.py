"""Break real files of every format and see what comes out: ``python -m tests.readers.fuzzing --mutations 10000``.

Each broken file goes through reading, parsing and labelling, and must end in a labelled report or a ReadError, within
seconds. The surprise: random bytes inside a ZIP are caught by its checksums, so half of the mutations of a .docx are
made in the XML inside, which is then packed again.
"""

import argparse
import io
import random
import re
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from search_app import labelling, parsing
from search_app.errors import ReadError
from search_app.indexing import Source, sources_at, understand
from search_app.indexing.sidecars import corrections
from search_app.indexing.zip_bundles import close_kept
from search_app.readers import doc_reader, reading
from tests.readers.fuzzing_samples import samples

SLOW_SECONDS = 5.0
#: Reasons that are true but say that something of ours gave way.
_FAULT = re.compile("程序出错|中途退出|处理器时间|没有回音")
#: Where the parts of a package lie that hold text, and elements of theirs that may be changed as a whole.
_INSIDE = ("word/", "xl/", "ppt/", "Doc_0/")
_ELEMENT = re.compile(
    rb"<((?:w|a|p|ofd):|)(p|r|t|tbl|tr|tc|pPr|numPr|abstractNum|lvl|style|sp|txBody|row|c|si|xf|TextObject|TextCode|Layer)"
    rb"[ >].*?</\1\2>",
    re.S,
)
_PIECES = (
    "一、", "（一）", "（", "）", "1.", "是", "2023年", "2025年", "镇", "县", "街道", "。", "；", "\n", " ", "\t",
    "\u3000", "<table>", "<tr>", "<div>", "</p>", "<!--", "<w:p>", "</w:p>", "<w:tbl>", "<w:txbxContent>", "&#x110000;",
    "\0", "\ufeff", "\u202e", "{", "}", "\\par ", "\\u-1 ", "|---|", "```", "---\n", "\x13", "\x15", "\x07",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of all mutations; ``faults`` are descriptions of what must not happen."""

    tried: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file with something wrong in it."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.5:
        return _repacked(data, chance)
    return _broken(data, chance)


def _broken(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 40))):
        at = chance.randrange(len(broken) + 1)
        size = chance.choice((1, 4, 16, 300, 5_000))
        match chance.randrange(8):
            case 0:
                broken[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del broken[at : at + size]
            case 2:
                broken[at:at] = broken[at : at + size] * chance.choice((1, 3, 50))
            case 3:
                broken[at : at + size] = bytes(len(broken[at : at + size]))
            case 4 if chance.random() < 0.2:
                del broken[at:]
            case 5:
                piece = chance.choice(_PIECES) * chance.choice((1, 2, 30, 2_000))
                broken[at:at] = piece.encode(chance.choice(("utf-8", "gb18030", "utf-16-le")), "replace")
            case 6:
                other = chance.randrange(len(broken) + 1)
                broken[at : at + size] = broken[other : other + size]
            case _:
                broken[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\x7f\xff\xff\xff", b"\1\0\0\0")
                )
    return bytes(broken[: 2 * len(data) + 100_000])


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """Return a ZIP with one of its members broken, or its XML shuffled, and the checksums right again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = chance.choice([name for name in names if name.startswith(_INSIDE)] or names)
        for name in names:
            content = old.read(name)
            if name == victim:
                content = _other_xml(content, chance) if chance.random() < 0.7 else _broken(content, chance)
            new.writestr(name, content)
    return packed.getvalue()


def _other_xml(content: bytes, chance: random.Random) -> bytes:
    """Return XML that still closes what it opens: attributes changed, elements doubled, emptied or nested."""
    found = list(re.finditer(rb'"[^"<>]{0,40}"', content))
    if found and chance.random() < 0.6:
        spot = chance.choice(found)
        value = chance.choice((b"", b"-1", b"0", b"99999999999", b"9", b"decimal", b"x", b"%1%2%3", b"bullet", b"2"))
        return content[: spot.start()] + b'"' + value + b'"' + content[spot.end() :]
    whole = list(_ELEMENT.finditer(content))
    if not whole:
        return content
    spot = chance.choice(whole)
    piece = spot.group()
    made = chance.choice(
        (b"", piece * 2, piece * 300, b"<w:tbl><w:tr><w:tc>" * 60 + piece + b"</w:tc></w:tr></w:tbl>" * 60)
    )
    return content[: spot.start()] + made + content[spot.end() :]


def outcome_of(data: bytes, name: str) -> str:
    """Return what one file ends in; whatever is not promised is raised."""
    if name.endswith((".zip", ".toml")):
        return _outcome_beside(data, name)
    try:
        document = reading.read_bytes(data, name)
    except ReadError as error:
        return type(error).__name__
    report, passages = labelling.label(*parsing.parse(document, path=name))
    return "report" if passages else f"report of kind {report.kind} without passages"


def _outcome_beside(data: bytes, name: str) -> str:
    """Return what a bundle, or a report with such a file of corrections, ends in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        if name.endswith(".toml"):
            usable, warnings = corrections(Source(path="a.txt", file=path, sidecar=path))
            return f"{len(usable)} corrections, {'some' if warnings else 'no'} warnings"
        sources = sources_at(path, corpus=Path(folder))
        try:
            ends = [*sources.failed, *map(understand, sources.found)]
        finally:
            close_kept()
    faults = [end.reason for end in ends if isinstance(end, ReadError) and _FAULT.search(end.reason)]
    if faults:
        raise AssertionError("; ".join(faults))
    return "bundle refused" if sources.failed else f"bundle of {len(ends)}"


def cases(mutations: int, seed: int, kinds: tuple[str, ...] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield file names and broken contents, the same ones for the same seed; of files whose names end so, if any."""
    files = [(name, data) for name, data in samples() if kinds is None or name.endswith(kinds)]
    for number in range(mutations):
        name, data = files[number % len(files)]
        yield name, mutated(data, random.Random(f"{seed}-{number}"))


def run(mutations: int, *, seed: int = 0, keep: Path | None = None, kinds: tuple[str, ...] | None = None) -> Outcome:
    """Try so many mutations, of files whose names end so; those that end badly are kept in a folder, if given."""
    found = Outcome()
    for number, (name, data) in enumerate(cases(mutations, seed, kinds)):
        began = time.perf_counter()
        fault = ""
        try:
            found.ends[outcome_of(data, name)] += 1
        except Exception:  # noqa: BLE001  exactly what is looked for
            fault = traceback.format_exc(limit=-4)
        seconds = time.perf_counter() - began
        found.tried += 1
        found.slowest = max(found.slowest, seconds)
        if seconds > SLOW_SECONDS:
            fault += f"took {seconds:.1f} s"
        if fault:
            found.faults.append(f"{seed}-{number} {name}: {fault}")
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}-{name}").write_bytes(data)
    return found


def main() -> None:
    """Run from the command line; exit with 1 where something ended badly."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mutations", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kind", action="append", help="only names that end so: mht, zip, toml, md, docx …")
    options.add_argument("--keep", type=Path, help="folder for the files that end badly")
    options.add_argument("--with-office", action="store_true", help="let broken .doc files go through an office suite")
    given = options.parse_args()
    began = time.perf_counter()
    with nullcontext() if given.with_office else patch.object(doc_reader, "to_docx", return_value=None):
        found = run(given.mutations, seed=given.seed, keep=given.keep, kinds=tuple(given.kind) if given.kind else None)
    print(f"{found.tried} mutations in {time.perf_counter() - began:.0f} s, slowest {found.slowest:.2f} s")
    for end, count in found.ends.most_common():
        print(f"  {count:6d} {end}")
    print(f"{len(found.faults)} ended badly")
    for fault in found.faults[:50]:
        print(fault)
    raise SystemExit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
