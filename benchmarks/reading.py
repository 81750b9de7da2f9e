"""How fast reports are read and understood: ``python -m benchmarks.reading [FOLDER]``.

Out come, per kind of file, the median and the slowest time to read one (imports left out), and how much text per second
becomes labelled passages on one core. Without a folder the sample corpus is read.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from search_app import labelling, parsing, readers
from search_app.errors import ReadError
from search_app.model import Document

ROUNDS = 7


def timed(folder: Path) -> Iterator[tuple[str, float, Document]]:
    """Yield kind, best time in ms of some rounds, and content of every file that can be read."""
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in readers.READABLE_SUFFIXES):
        try:
            document = readers.read(path)  # imports what it needs
        except ReadError:
            continue
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            readers.read(path)
            times.append((time.perf_counter() - began) * 1000)
        yield document.format, min(times), document


def understanding(documents: list[Document]) -> float:
    """Return how many bytes of UTF-8 text per second become labelled passages."""
    size = sum(len(block.text.encode()) for document in documents for block in document.blocks)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for number, document in enumerate(documents):
            labelling.label(*parsing.parse(document, path=f"{number}.txt"))
        best = min(best, time.perf_counter() - began)
    return size / best


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("corpus")
    times: dict[str, list[float]] = defaultdict(list)
    documents = []
    for kind, milliseconds, document in timed(folder):
        times[kind].append(milliseconds)
        documents.append(document)
    print("| kind | files | median ms | slowest ms |\n|---|---|---|---|")
    for kind, found in sorted(times.items()):
        print(f"| {kind} | {len(found)} | {statistics.median(found):.1f} | {max(found):.1f} |")
    if documents:
        print(f"\nText to labelled passages: {understanding(documents) / 1e6:.2f} MB/s of UTF-8 on one core.")


if __name__ == "__main__":
    main()
