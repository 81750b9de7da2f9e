"""What one index run over a mixed folder gives: the report that ``python -m benchmarks.recall --mixed`` prints.

Each file's text in the index (title, headings, passages and what was left aside) is held against what was written into
it; what failed is counted by its reason, and a file that is neither in the index nor among the failures is a fault.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.making_mixed import Made, make
from benchmarks.recall_office import Held, held, measured, others, row
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import Tally, update


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run over a mixed folder, each file's text as the index has it, and how long it took."""

    made: Sequence[Made]
    tally: Tally
    held: Mapping[tuple[str, str], Sequence[tuple[str, Held]]]
    lost: Sequence[str]
    seconds: float


def run(folder: Path, seeds: int, *, programs: bool = True) -> Ran:
    """Make a mixed folder, index it, and hold the index against what was written."""
    made = make(folder / "corpus", seeds, programs=programs)
    engine = open_engine(folder / "index")
    began = time.perf_counter()
    tally = update(engine, folder / "corpus", index=folder / "index", jobs=1 if seeds < 3 else 0)
    seconds = time.perf_counter() - began
    texts = texts_of(engine)
    engine.close()
    failed = {error.path for error in tally.failed}
    results: dict[tuple[str, str], list[tuple[str, Held]]] = defaultdict(list)
    for each in made:
        if each.said is not None:
            kind = Path(each.path).suffix.lower()
            between = "" if kind == ".pdf" else "\n"  # how cells of a row are said in what was written into a file
            text = texts.get(each.path, "").replace(" | ", between)
            results[kind, each.maker].append((each.path, held(text, each.said)))
    ignored = {each.path for each in tally.ignored}
    lost = [each.path for each in made if each.path not in texts.keys() | failed | ignored]
    return Ran(made=made, tally=tally, held=results, lost=lost, seconds=seconds)


def texts_of(engine: Engine) -> Mapping[str, str]:
    """Return the text that an index has of each file, copies among them, everything once."""
    found: dict[str, str] = {}
    for head in engine.reports():
        report, passages = engine.report(head.id)
        body = "\n".join([*(passage.text for passage in passages), *(aside.text for aside in report.asides)])
        others = (report.title or "", *(entry.heading for entry in report.outline))
        text = "\n".join([*(each for each in others if each not in body), body])
        found.update((path, text) for path in (report.path, *(copy.path for copy in report.copies)))
    return found


def lines_of(done: Ran) -> list[str]:
    """Return the report of a run as lines."""
    tally = done.tally
    said = [
        f"{len(done.made)} files made; {tally.reports} reports and {len(tally.duplicates)} copies in the index, "
        f"{len(tally.failed)} failed, {len(done.lost)} lost; {tally.passages} passages; {done.seconds:.0f} s",
        "",
        "| format | maker | files | recall | lowest | precision |",
        "|---|---|---|---|---|---|",
    ]
    for (kind, maker), results in sorted(done.held.items()):
        recalls = [each.recall for _, each in results]
        precision = sum(each.precision for _, each in results) / len(results)
        mean = sum(recalls) / len(recalls)
        said.append(f"| {kind} | {maker} | {len(results)} | {mean:.3f} | {min(recalls):.3f} | {precision:.3f} |")
    said += ["", "| failed because | files |", "|---|---|"]
    reasons = Counter(error.reason for error in tally.failed)
    said += [f"| {reason} | {count} |" for reason, count in reasons.most_common()]
    return said + [f"LOST: {path!r}" for path in done.lost]


def by_others(done: Ran, folder: Path) -> Iterator[str]:
    """Yield lines of a table: what readers beside ours (soffice, catdoc, antiword, unrtf) make of the same files.

    PDFs are held against others where rows of a table are compared as such (``recall.report``).
    """
    yield from ("| format | reader | files | recall | precision | worst |", "|---|---|---|---|---|---|")
    sound = (each.said for each in done.made if each.said is not None and each.maker != "damaged")
    found = [said for said in sound if not said.name.endswith(".pdf")]
    for kind, results in sorted(measured(found).items()):
        yield row(kind, "ours, file by file", results)
    yield from others(found, folder)
