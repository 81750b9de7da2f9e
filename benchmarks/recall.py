"""How much of a file's text is read, held against independent readers: ``python -m benchmarks.recall [FOLDER]``.

Out come, per kind of file: how many were read by both, recall (the share of the other reader's text that ours has),
precision (the share of ours that the other has), the worst recall of one file, and how many printed lines came out
woven. Text is compared in runs of four letters, blanks left out; running heads and page numbers are taken out of the
other reader's text first. Where what was written into a file lies beside it (``NAME.said``), a second row holds ours
against that, and lines that the other reader wove itself are not held against ours. Without a folder, as many files are
made as ``--make`` says (default 200). ``--mixed 14`` makes one folder of a thousand odd files of all formats, runs one
index run over it, and holds the index against what was written.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import making_pdfs, recall_mixed
from search_app import readers
from search_app.errors import ReadError

_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*|第\d+页(?:共\d+页)?")
_RUN = 4
#: A line is woven where fewer of its runs than this are found, though nearly all of its letters are.
_FOUND, _LETTERS = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One file's text held against another reading of it."""

    recall: float
    precision: float
    woven: tuple[str, ...]  #: printed lines whose letters are there, in disorder
    letters: int


def held(ours: str, lines: Sequence[str]) -> Held:
    """Hold our text against the lines of another reader, or of those who wrote the file."""
    text = "".join(ours.replace("|", "").split())
    bare = ["".join(line.split()) for line in lines]
    there, here = _runs(bare), _runs([text])
    known, letters = set(here), Counter(text)
    woven = []
    for line in bare:
        if len(line) >= 2 * _RUN:
            runs = _runs([line])
            found = sum(count for run, count in runs.items() if run in known) / max(1, runs.total())
            if found < _FOUND and sum((Counter(line) & letters).values()) >= _LETTERS * len(line):
                woven.append(line)
    return Held(
        recall=(there & here).total() / max(1, there.total()) if there else 1.0,
        precision=_precision(text, "".join(bare)),
        woven=tuple(woven),
        letters=sum(map(len, bare)),
    )


def without_running(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of pages without page numbers, and without what stands at the end of most pages."""
    ends = Counter(line for page in pages for line in {_footprint(each) for each in (*page[:2], *page[-2:])})
    most = {line for line, count in ends.items() if count > max(1, 0.4 * len(pages))}
    kept = []
    for page in pages:
        for at, line in enumerate(page):
            at_end = at < 2 or at >= len(page) - 2
            if not (at_end and (_footprint(line) in most or _NUMBER.fullmatch(line.strip()))):
                kept.append(line)
    return kept


def by_pdftotext(path: Path) -> list[str] | None:
    """Return the printed lines of a PDF as poppler reads them; None where it does not."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    done = subprocess.run([program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False, timeout=300)
    if done.returncode:
        return None
    pages = done.stdout.decode("utf-8", "replace").split("\f")
    return without_running([[line for line in page.splitlines() if line.strip()] for page in pages])


#: The independent reader of each kind of file, where one is known.
INDEPENDENT: Mapping[str, Callable[[Path], list[str] | None]] = {".pdf": by_pdftotext}


def compared(path: Path) -> dict[str, Held]:
    """Hold our reading of a file against the independent one, and against what was written into it."""
    try:
        ours = "\n".join(block.text for block in readers.read(path).blocks)
    except ReadError:
        ours = ""
    written = path.with_suffix(".said")
    said = written.read_text(encoding="utf-8").splitlines() if written.is_file() else []
    lines = INDEPENDENT[path.suffix.lower()](path) or []
    others = {"the other reader": _as_written(lines, said) if said else lines, "what was written": said}
    return {name: held(ours, lines) for name, lines in others.items() if sum(map(len, lines)) >= 20}


def _as_written(lines: Sequence[str], said: Sequence[str]) -> list[str]:
    """Return the lines that were written so: not those that the other reader made of two columns or of a mark."""
    known = set(_runs(["".join("".join(line.split()) for line in said)]))
    kept = []
    for line in lines:
        runs = _runs(["".join(line.split())])
        if sum(count for run, count in runs.items() if run in known) >= 0.8 * runs.total():
            kept.append(line)
    return kept


def _runs(texts: Sequence[str]) -> Counter[str]:
    """Count the runs of letters, within lines: how lines follow each other is not compared."""
    return Counter(text[at : at + _RUN] for text in texts for at in range(len(text) - _RUN + 1))


def _precision(ours: str, theirs: str) -> float:
    """Return which share of our letters the other reader has."""
    return (Counter(ours) & Counter(theirs)).total() / max(1, len(ours))


def _footprint(line: str) -> str:
    return re.sub(r"[\d\s]+", "", line)


def main() -> None:
    """Compare and print a table; name the worst files with ``--worst``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recall", description="Hold readers against others.")
    parser.add_argument("folder", type=Path, nargs="?", help="files to compare; made when left out")
    parser.add_argument("--make", type=int, default=200, help="how many files to make (default 200)")
    parser.add_argument("--worst", type=int, default=0, help="name so many of the files with the lowest recall")
    parser.add_argument("--mixed", type=int, metavar="SEEDS", help="index one mixed folder instead (14: 1,000 files)")
    options = parser.parse_args()
    if options.mixed:
        with tempfile.TemporaryDirectory() as name:
            report_mixed(options.folder or Path(name), options.mixed)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder
        if folder is None:
            folder = Path(name)
            making_pdfs.make(folder, options.make)
        report(folder, options.worst)


def report_mixed(folder: Path, seeds: int) -> None:
    """Index one mixed folder and print how; then the same files by the independent readers that are installed."""
    done = recall_mixed.run(folder, seeds)
    sys.stdout.write("\n".join([*recall_mixed.lines_of(done), "", *recall_mixed.by_others(done, folder)]) + "\n\n")
    aside = folder / "pdf"
    aside.mkdir()
    for said in (each.said for each in done.made):
        if said is not None and said.name.endswith(".pdf"):
            (aside / said.name).write_bytes(said.data)
            (aside / said.name).with_suffix(".said").write_text("\n".join(said.lines), encoding="utf-8")
    report(aside, 0)


def report(folder: Path, worst: int) -> None:
    """Print the table of a folder."""
    found: dict[tuple[str, str, str], list[tuple[Held, str]]] = defaultdict(list)
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in INDEPENDENT):
        for other, result in compared(path).items():
            found[path.suffix.lower(), path.stem.split()[0], other].append((result, path.name))
    head = "| kind | made | against | files | recall | lowest | precision | woven lines |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    for (kind, maker, other), results in sorted(found.items()):
        letters = sum(result.letters for result, _ in results)
        recall = sum(result.recall * result.letters for result, _ in results) / letters
        precision = sum(result.precision * result.letters for result, _ in results) / letters
        lowest, woven = min(result.recall for result, _ in results), sum(len(result.woven) for result, _ in results)
        row = (
            f"| {kind} | {maker} | {other} | {len(results)} | {recall:.3f} | {lowest:.3f} | {precision:.3f} | {woven} |"
        )
        lines.append(row)
    everything = [each for results in found.values() for each in results]
    for result, name in sorted(everything, key=lambda each: each[0].recall)[:worst]:
        lines.append(f"{result.recall:.3f} {name} {' / '.join(result.woven[:2])}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
