"""Say what a file of 1,000 passages costs: the list, in one question and page by page, and each format.

``python -m benchmarks.exporting FOLDER/100000`` exports from an index that ``benchmarks.engines --folder`` kept, and
writes ``benchmarks/results/<date>-exporting-<passages>.md``. Seconds of processor time, memory as Python counts it.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.exporting.collection import MOST, Collection
from search_app.exporting.file_formats import FileFormat, write
from search_app.exporting.result_list import collect_results
from search_app.query import MAX_SIZE
from search_app.searching import Request, get_ready, list_hits, search

RESULTS = Path(__file__).parent / "results"
_QUESTION, _ROUNDS = Request(text="矛盾纠纷调解"), 5

Made = TypeVar("Made")


def main() -> None:
    """Measure, write, print."""
    folder = Path(sys.argv[1])
    engine = open_engine(folder / "ours")
    get_ready(engine)
    listing = list_hits(engine, _QUESTION, most=MOST)
    collection = collect_results(listing, made=datetime.now().astimezone(), address=lambda each: f"/p/{each.id}")
    lines = [
        f"# {folder.name} passages: what a file of {collection.passages} of them costs",
        "",
        f"{date.today().isoformat()} · best of {_ROUNDS}, seconds of processor time, one process",
        "",
        "| step | seconds | peak, MB | file, KB |",
        "|---|---|---|---|",
        f"| one page of {MAX_SIZE} | {_timed(lambda: _page(engine, 1)):.2f} | | |",
        f"| the list in one question | {_timed(lambda: list_hits(engine, _QUESTION, most=MOST)):.2f} | | |",
        f"| the same page by page | {_timed(lambda: [_page(engine, at) for at in _pages(collection)]):.2f} | | |",
        *(_row(collection, form) for form in FileFormat),
        "",
    ]
    text = "\n".join(lines)
    (RESULTS / f"{date.today().isoformat()}-exporting-{folder.name}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _page(engine: Engine, page: int) -> object:
    return search(engine, Request(text=_QUESTION.text, page=page, size=MAX_SIZE))


def _pages(collection: Collection) -> range:
    return range(1, -(-collection.passages // MAX_SIZE) + 1)


def _row(collection: Collection, form: FileFormat) -> str:
    seconds = _timed(lambda: write(collection, form, BytesIO()))
    held = BytesIO()
    tracemalloc.start()
    write(collection, form, held)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"| {form.label} | {seconds:.2f} | {peak / 1e6:.1f} | {len(held.getvalue()) / 1e3:.0f} |"


def _timed(step: Callable[[], Made]) -> float:
    """Return the shortest time that a step takes."""
    times = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        step()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
