"""What a mix of pages costs: search, the same narrowed, a facet's page, a report, suggestions, and the way back.

``python -m benchmarks.mix INDEX`` asks them of the app in a process of its own, warmed up as the server is, for every
phrase of ``benchmarks.load`` once, and prints milliseconds, wall and processor time, per kind and for the mix;
``--beside CHECKOUT`` asks another checkout of the program in turn. Nothing else runs in the process but what runs in a
server: the thread that measures what is last year's. As in a server, Python takes turns and looks for garbage as rarely
and leaves out what was made while warming up.
"""

import argparse
import gc
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np

if TYPE_CHECKING:
    from benchmarks.goals import Goal

ROOT = Path(__file__).parent.parent
#: Names the checkout that a child of this process asks.
_ALONE = "SEARCH_APP_MIX_ALONE"
_REPORT = re.compile(rb'href="(/reports/[0-9a-z]+[^"#]*)')
_PACKED = {"Accept-Encoding": "gzip"}

Times = dict[str, list[tuple[float, float]]]


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mix", description="Say what a mix of pages costs.")
    parser.add_argument("index", type=Path)
    parser.add_argument("--beside", type=Path, help="another checkout of the program, asked in turn with this one")
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    if _ALONE in os.environ:
        print(json.dumps(_ask_all(asked.index)))
        return
    checkouts = {"": ROOT} | ({"other checkout: ": asked.beside} if asked.beside else {})
    times: dict[str, Times] = {label: defaultdict(list) for label in checkouts}
    for _ in range(asked.rounds):
        for label, checkout in checkouts.items():
            for kind, found in _ask_alone(checkout, asked.index).items():
                times[label][kind] += found
    print("| page | answers | wall: p50 | p95 | processor: mean | p50 | p95 |\n|---|---|---|---|---|---|---|")
    for label, measured in times.items():
        for line in _lines(label, measured):
            print(line)
    from benchmarks.goals import beside_goals  # the other checkout, which runs this file too, may have none

    print("\n".join(("", *beside_goals(_reached(times[""])))))


def _ask_alone(checkout: Path, index: Path) -> Mapping[str, list[tuple[float, float]]]:
    """Return the times of a fresh process that runs a checkout."""
    environ = {**os.environ, "PYTHONPATH": str(checkout), _ALONE: "1"}
    command = [sys.executable, str(Path(__file__).resolve()), str(index.resolve())]
    said = subprocess.run(command, cwd=checkout, env=environ, capture_output=True, text=True, check=True).stdout
    found: Mapping[str, list[tuple[float, float]]] = json.loads(said)
    return found


def _ask_all(index: Path) -> Times:
    """Return milliseconds, wall and processor time, of each kind of page."""
    from benchmarks.load import _PHRASES
    from search_app.model import SECTIONS
    from search_app.settings import Settings
    from search_app.web import create_app, state
    from search_app.web.server import NEW_OBJECTS, TURN
    from search_app.web.warming import warm

    sys.setswitchinterval(TURN)
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    app = create_app(Settings(corpus=index.parent / "no-corpus", index=index))
    warm(app)
    state.of(app).watch.wait(60)
    state.of(app).last_years.begin()
    gc.collect()
    gc.freeze()
    client, times = app.test_client(), Times()

    def ask(kind: str, url: str) -> bytes:
        wall, processor = time.perf_counter(), time.thread_time()
        told = client.get(url, headers=_PACKED)
        body = told.get_data()
        took = (time.perf_counter() - wall) * 1000, (time.thread_time() - processor) * 1000
        if told.status_code != 200:
            raise RuntimeError(f"{told.status} {url}")
        times.setdefault(kind, []).append(took)
        return gzip.decompress(body) if told.headers.get("Content-Encoding") == "gzip" else body

    for at, phrase in enumerate(_PHRASES):
        for length in (1, 2, min(4, len(phrase))):
            ask("suggest", f"/api/v1/suggest?q={quote(phrase[:length])}")
        found = ask("search", f"/?q={quote(phrase)}")
        narrowed = f"/?q={quote(phrase)}&section={quote(SECTIONS[at % len(SECTIONS)])}"
        ask("narrowed", narrowed)
        ask("facet", f"/facets/town?q={quote(phrase)}")
        for link in _reports(found):
            ask("report", link)
        ask("back", narrowed)
    state.of(app).last_years.end()
    return times


def _reports(page: bytes) -> Iterator[str]:
    """Yield the first report that a page of results leads to, if it has any."""
    found = _REPORT.search(page)
    if found:
        yield found[1].decode().replace("&amp;", "&")


def _lines(label: str, times: Times) -> Iterator[str]:
    for kind, found in [*times.items(), ("the mix", [one for each in times.values() for one in each])]:
        wall, processor = zip(*found, strict=True)
        yield f"| {label}{kind} | {len(found)} | {_said(wall)} | {np.mean(processor):.1f} | {_said(processor)} |"


def _reached(times: Times) -> "Mapping[Goal, float]":
    """Return what is wanted of the pages: processor time of the mix, time that passed of the others."""
    from benchmarks.goals import Goal

    search, report = ([wall for wall, _ in times.get(kind, ())] for kind in ("search", "report"))
    reached = {Goal.MIX: float(np.mean([processor for each in times.values() for _, processor in each]))}
    if search:
        reached |= {Goal.SEARCH: float(np.quantile(search, 0.5)), Goal.SEARCH_TAIL: float(np.quantile(search, 0.95))}
    if report:
        reached[Goal.REPORT] = float(np.quantile(report, 0.95))
    return reached


def _said(times: Sequence[float]) -> str:
    return " | ".join(f"{np.quantile(times, at):.1f}" for at in (0.5, 0.95))


if __name__ == "__main__":
    main()
