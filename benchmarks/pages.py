"""Say what every page costs: asked first of a fresh process, asked first once it is warm, and asked again and again.

``python -m benchmarks.pages FOLDER`` asks every page and address of the JSON over ``FOLDER/index``, which
``python -m benchmarks.successive FOLDER`` makes, and writes ``benchmarks/results/<date>-pages-<passages>.md``:
milliseconds, wall and processor time, and resident memory. What the server asks itself is asked of a fresh process as
well. Each address is asked in a process of its own, copied from one in which nothing was asked yet or from one that was
warmed as the server is (so this runs on Linux alone). At last ``--requests`` with ever other values go to one process,
which tells whether its memory stays level. A table of only those addresses that hold what ``--only`` says, in name or
address, is printed and not written.
"""

import argparse
import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask

from benchmarks.asked_addresses import Address, Sample, addresses, choose, varied
from benchmarks.goals import Goal, beside_goals
from search_app.settings import Settings
from search_app.web import create_app, state
from search_app.web.warming import ADDRESSES, warm

RESULTS = Path(__file__).parent / "results"
#: What every page must stay below when it is warm, in milliseconds.
BOUND = 300
_GOALS = {"start": Goal.START, "best practice": Goal.EXEMPLARY}
_REPEATS = 12
#: Seconds after which an address is asked no more.
_ENOUGH = 2.0
#: After so many of the varied requests memory is told.
_EVERY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Milliseconds, wall and processor time, of one address: the first request and those after it; memory in MB."""

    status: int
    first: tuple[float, float]
    wall: tuple[float, ...] = ()
    processor: tuple[float, ...] = ()
    before: float = 0.0
    after: float = 0.0
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one address costs: of a fresh process where the server asks it first itself, and of a warm one."""

    address: Address
    fresh: Times | None
    warm: Times


@dataclass(slots=True, kw_only=True)
class Report:
    """What is told of an index."""

    passages: int
    reports: int
    rows: list[Row] = field(default_factory=list)
    warming: tuple[float, float, float] = (0.0, 0.0, 0.0)
    memory: list[tuple[int, float]] = field(default_factory=list)


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="part of the name or address of what is asked")
    parser.add_argument("--requests", type=int, default=500)
    given = parser.parse_args()
    index = given.folder / "index"
    sample = _apart(lambda: choose(_app(index)))
    chosen = [each for each in addresses(sample) if given.only in each.name or given.only in each.url]
    report = Report(passages=sample.passages, reports=sample.reports)
    fresh = _ask_all(_app(index), [each for each in chosen if each.url in ADDRESSES], repeats=0)
    report.warming, warm_times = _apart(lambda: _warmed(index, chosen))
    report.rows = [Row(address=each, fresh=fresh.get(each), warm=warm_times[each]) for each in chosen]
    if not given.only:
        report.memory = _apart(lambda: _ask_varied(index, sample, given.requests))
        told = RESULTS / f"{date.today().isoformat()}-pages-{report.passages}.md"
        told.write_text(_text(report), encoding="utf-8")
    sys.stdout.write(_text(report))


def _app(index: Path) -> Flask:
    return create_app(Settings(corpus=index.parent / "no-corpus", index=index))


def _warmed(index: Path, chosen: Sequence[Address]) -> tuple[tuple[float, float, float], dict[Address, Times]]:
    app = _app(index)
    wall, processor = time.perf_counter(), time.process_time()
    warm(app)
    took = time.perf_counter() - wall, time.process_time() - processor, _resident()
    state.of(app).watch.wait(60)
    return took, _ask_all(app, chosen, repeats=_REPEATS)


def _ask_all(app: Flask, chosen: Iterable[Address], *, repeats: int) -> dict[Address, Times]:
    """Return the times of each address, each asked in a copy of this process."""
    gc.collect()
    return {each: _apart(lambda each=each: _ask(app, each, repeats)) for each in chosen}  # type: ignore[misc]


def _ask(app: Flask, address: Address, repeats: int) -> Times:
    client, before = app.test_client(), _resident()
    times: list[tuple[float, float]] = []
    began = time.perf_counter()
    while not times or (len(times) <= repeats and (len(times) < 3 or time.perf_counter() - began < _ENOUGH)):
        wall, processor = time.perf_counter(), time.process_time()
        told = address.ask(client)
        size = len(told.get_data())
        times.append(((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000))
    return Times(
        status=told.status_code,
        first=times[0],
        wall=tuple(each for each, _ in times[1:]),
        processor=tuple(each for _, each in times[1:]),
        before=before,
        after=_resident(),
        size=size,
    )


def _ask_varied(index: Path, sample: Sample, requests: int) -> list[tuple[int, float]]:
    """Return resident memory after so many requests, each with other values."""
    app = _app(index)
    warm(app)
    client, told = app.test_client(), [(0, _resident())]
    for number, each in enumerate(varied(sample, requests), start=1):
        each.ask(client).get_data()
        if number % _EVERY == 0:
            told.append((number, _resident()))
    return told


def _apart(work: Callable[[], Any]) -> Any:
    """Return what a copy of this process made, so that what was kept for it goes with the copy."""
    at = multiprocessing.get_context("fork")
    receiving, sending = at.Pipe(duplex=False)
    process = at.Process(target=_send, args=(work, sending))
    process.start()
    sending.close()
    made = receiving.recv()
    process.join()
    return made


def _send(work: Callable[[], Any], sending: Connection) -> None:
    sending.send(work())


def _resident() -> float:
    """Return the resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _text(report: Report) -> str:
    wall, processor, memory = report.warming
    lines = [
        f"# {report.passages} passages in {report.reports} reports: what every page costs",
        "",
        f"{date.today().isoformat()} · milliseconds, wall / processor time, one process each; again: of the "
        f"{_REPEATS} requests after the first, fewer where these take {_ENOUGH:.0f} s; "
        "memory: resident, MB, before the first request and after the last",
        "",
        f"Warming up took {wall:.1f} s ({processor:.1f} s of processor time) and left {memory:.0f} MB.",
        "",
        "| page | status | KB | first of a fresh process | first when warmed up | again, p50 | again, p95 | memory |",
        "|---|---|---|---|---|---|---|---|",
        *map(_line, report.rows),
        "",
    ]
    over = [row.address.name for row in report.rows if np.quantile(row.warm.processor, 0.95) >= BOUND]
    lines += [
        f"At p95 of processor time {'these need' if over else 'none needs'} {BOUND} ms or more{_named(over)}.",
        "",
    ]
    by_name = {row.address.name: float(np.median(row.warm.wall)) for row in report.rows}
    lines += [*beside_goals({goal: by_name[name] for name, goal in _GOALS.items() if name in by_name}), ""]
    if report.memory:
        told = "; ".join(f"{number}: {resident:.0f} MB" for number, resident in report.memory)
        lines += [f"Resident memory of one process after so many requests, each with other values: {told}.", ""]
    return "\n".join(lines)


def _named(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _line(row: Row) -> str:
    again = [f"{np.quantile(row.warm.wall, at):.0f} / {np.quantile(row.warm.processor, at):.0f}" for at in (0.5, 0.95)]
    first = [f"{each.first[0]:.0f} / {each.first[1]:.0f}" if each else "" for each in (row.fresh, row.warm)]
    memory = f"{row.warm.before:.0f} → {row.warm.after:.0f}"
    cells = (row.address.name, str(row.warm.status), f"{row.warm.size / 1024:.0f}", *first, *again, memory)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
