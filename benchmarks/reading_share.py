"""Which share of a run the readers take: ``python -m benchmarks.reading_share [FOLDER] [--rounds N]``.

Every file is read, understood (parsed and labelled), made ready for the index and written, one step after the other in
one process; the time is that of the processor. Out comes, per format, milliseconds per report of each step and the
readers' share of all. Without a folder, a report of usual length is made in every format by what the machine has
programs for (``making_mixed``) beside the files of the sample corpus.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import making_mixed, making_office
from benchmarks.making_office import Said
from search_app import labelling, parsing
from search_app.engines import open_engine
from search_app.errors import ReadError
from search_app.readers import READABLE_SUFFIXES, reading

CORPUS = Path(__file__).parent.parent / "corpus"
#: The most that readers may take of a run.
MOST = 1 / 3
#: What of the odd files stands for the formats that LibreOffice makes none of here.
_OTHERS = ("plain.xlsx", "plain.pptx", "plain.ofd")


@dataclass(slots=True)
class Spent:
    """Seconds of processor time that the files of a format took, step by step."""

    files: int = 0
    reading: float = 0.0
    understanding: float = 0.0
    indexing: float = 0.0

    @property
    def share(self) -> float:
        """The readers' share of all."""
        return self.reading / max(1e-9, self.reading + self.understanding + self.indexing)

    def add(self, other: "Spent") -> None:
        """Add what other files took."""
        self.files += other.files
        self.reading += other.reading
        self.understanding += other.understanding
        self.indexing += other.indexing


def spent(files: Iterable[tuple[str, bytes]], *, rounds: int = 1) -> dict[str, Spent]:
    """Return what reading, understanding and indexing took, per format."""
    by_format: dict[str, Spent] = defaultdict(Spent)
    groups: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for name, data in files:
        groups[Path(name).suffix.lower()].append((name, data))
    for suffix, group in sorted(groups.items()):
        for turn in range(rounds + 1):  # the first round loads libraries and tables, and does not count
            found = _once(group)
            if turn:
                by_format[suffix].add(found)
    return dict(by_format)


def _once(group: Sequence[tuple[str, bytes]]) -> Spent:
    found, held = Spent(), []
    for name, data in group:
        began = time.process_time()
        try:
            document = reading.read_bytes(data, name)
        except ReadError:
            continue
        read = time.process_time()
        held.append(labelling.label(*parsing.parse(document, path=name)))
        found.reading += read - began
        found.understanding += time.process_time() - read
        found.files += 1
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index")
        began = time.process_time()
        preparing = engine.preparing()
        with engine.writing() as writer:
            for report, passages in held:
                writer.put(report, preparing(passages))
        found.indexing = time.process_time() - began
        engine.close()
    return found


def usual_files(seeds: int) -> Iterator[tuple[str, bytes]]:
    """Yield reports of usual length in every format that the machine has programs for."""
    plain = [_typed(seed) for seed in range(seeds)]
    yield from ((said.name, said.data) for said in plain)
    yield from ((said.name, said.data) for _, said in making_mixed.by_libreoffice(plain, {"pdf": "pdf"}))
    yield from ((said.name, said.data) for _, said in making_mixed.by_libreoffice(plain))
    for seed in range(seeds):
        found = {said.name.partition("-")[2]: said for said in making_office.files(seed)}
        yield from ((f"{seed}-{name}", found[name].data) for name in _OTHERS if name in found)


def _typed(seed: int) -> Said:
    """Return a report of some 5,000 characters, as townships write them."""
    lines = making_office.report(seed)
    body = [line for more in range(8) for line in making_office.report(100 * seed + more)[2:]]
    return making_mixed.typed_of(f"{seed}-usual.docx", [*lines[:2], *body])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading_share", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="files to read; made when left out")
    parser.add_argument("--rounds", type=int, default=2, help="how often each file is read (default 2)")
    parser.add_argument("--seeds", type=int, default=6, help="how many files of each format are made (default 6)")
    options = parser.parse_args()
    folder = options.folder or CORPUS
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READABLE_SUFFIXES)
    files = [(path.name, path.read_bytes()) for path in paths]
    _table(str(options.folder or "the sample corpus"), spent(files, rounds=options.rounds))
    if options.folder is None:
        _table("reports of usual length", spent(usual_files(options.seeds), rounds=options.rounds))


def _table(name: str, found: dict[str, Spent]) -> None:
    head = "| format | files | reading ms | understanding ms | indexing ms | readers' share |"
    lines = [f"{name}:", "", head, "|---|---|---|---|---|---|"]
    whole = Spent()
    for suffix, each in (*sorted(found.items()), ("all", whole)):
        if each is not whole:
            whole.add(each)
        times = (1000 * took / max(1, each.files) for took in (each.reading, each.understanding, each.indexing))
        said = " | ".join(f"{took:.1f}" for took in times)
        over = " (over a third)" if each.share > MOST else ""
        lines.append(f"| {suffix} | {each.files} | {said} | {each.share:.0%}{over} |")
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
