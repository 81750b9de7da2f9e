"""A new generation comes into use: how long visitors wait who search just then.

``python -m benchmarks.switching INDEX`` (a copy: reports are put into it) asks the app of a process as the server runs
it one search after the other, none of them twice, while another process puts 500 more passages into the index; printed
are milliseconds of the answers before the new generation is there and in the seconds after, and how long it takes until
it answers. ``--beside CHECKOUT`` does the same with another checkout of the program, in turn.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
#: Names what a child of this process is to do.
_PART = "SEARCH_APP_SWITCHING"
#: Seconds between two searches, those before the writer begins, and those that are looked at after a switch.
_PAUSE, _BEFORE, _AFTER = 0.05, 6.0, 20.0


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.switching", description="Say what a switch costs.")
    parser.add_argument("index", type=Path, help="reports are put into it")
    parser.add_argument("--beside", type=Path, help="another checkout of the program, asked in turn with this one")
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    part = os.environ.get(_PART)
    if part:
        print(json.dumps(_search(asked.index) if part == "search" else _write(asked.index, int(part))))
        return
    checkouts = {"": ROOT} | ({"other checkout: ": asked.beside} if asked.beside else {})
    print("| | answers | before: p50 | longest | after: p50 | p95 | longest | new one answers after, s | memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for _ in range(asked.rounds):
        for label, checkout in checkouts.items():
            print(_line(label, json.loads(_child(checkout, asked.index, "search"))), flush=True)


def _child(checkout: Path, index: Path, part: str) -> str:
    environ = {**os.environ, "PYTHONPATH": str(checkout), _PART: part}
    command = [sys.executable, str(Path(__file__).resolve()), str(index.resolve())]
    return subprocess.run(command, cwd=checkout, env=environ, stdout=subprocess.PIPE, text=True, check=True).stdout


def _line(label: str, told: dict[str, Any]) -> str:
    took, switched, answers = told["took"], told["switched"], told["answers"]
    before = sorted(ms for at, ms in took if at + ms / 1000 < switched)
    after = sorted(ms for at, ms in took if at + ms / 1000 >= switched)
    return (
        f"| {label or 'this checkout: '}| {len(took)} | {before[len(before) // 2]:.0f} | {before[-1]:.0f} | "
        f"{after[len(after) // 2]:.0f} | {after[int(len(after) * 0.95)]:.0f} | {after[-1]:.0f} | "
        f"{answers - switched:.1f} | {told['memory']} |"
    )


def _search(index: Path) -> dict[str, Any]:
    """Return when each search began (seconds) and how long it took (ms), and when the new generation was there."""
    from search_app.settings import Settings
    from search_app.web import create_app, server, warming

    app = create_app(Settings(corpus=index.parent / "no-corpus", index=index))
    sys.setswitchinterval(server.TURN)
    warming.warm(app)
    warming.keep_warm(app)
    time.sleep(2 * _BEFORE)  # until it has been seen that all is warm
    client, took, first = app.test_client(), list[tuple[float, float]](), ""
    began, writer, switched, answers = time.monotonic(), None, 0.0, 0.0
    current = (index / "CURRENT").read_bytes()
    while not switched or time.monotonic() - began < switched + _AFTER:
        at = time.monotonic()
        found = client.get(f"/api/v1/search?q={quote(_question(len(took)))}")
        took.append((at - began, (time.monotonic() - at) * 1000))
        if found.status_code != 200:
            raise RuntimeError(found.status)
        generation = found.get_json()["generation"]
        first = first or generation
        if generation != first:
            answers = answers or time.monotonic() - began
        if writer is None and at - began > _BEFORE:
            writer = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.switching", str(index)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), _PART: str(int(time.time()))},
                stdout=subprocess.DEVNULL,
            )
        if writer is not None and writer.poll():
            raise RuntimeError("nothing was written")
        if not switched and (index / "CURRENT").read_bytes() != current:
            switched = at - began
        time.sleep(_PAUSE)
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    return {"took": took, "switched": switched, "answers": answers, "memory": memory}


def _question(number: int) -> str:
    """Return two words, another two with each number."""
    from benchmarks.load import _PHRASES

    words = [phrase for each in _PHRASES for phrase in each.split()]
    return f"{words[number % len(words)]} {words[(number // len(words) + 1 + number) % len(words)]}"


def _write(index: Path, seed: int) -> str:
    """Put twenty more generated reports into the index, as a run of the indexer does."""
    from benchmarks.generating import reports
    from search_app.engines import open_engine
    from search_app.searching.prepared_start import keep_prepared

    engine = open_engine(index)
    with engine.writing() as writer:
        for report, passages in reports(500, seed=seed):
            writer.put(report, passages)
    keep_prepared(engine, index)
    engine.close()
    return "written"


if __name__ == "__main__":
    main()
