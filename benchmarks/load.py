"""Pages under load: many visitors who type, search, narrow, read and go back, over one server and one index.

``python -m benchmarks.load INDEX --visitors 50`` starts ``search-app serve`` over the index, waits until it is warm and
prints for each kind of page how long answers took, how many were refused (503), how long ``/healthz`` took meanwhile,
what the server's processes cost and held. ``--pause 0`` are visitors who never rest, the worst that can come;
``--writing 1`` has index runs go on, a second apart, which put generated reports into the index (so give it a copy);
``--watch 60`` prints every minute what the server holds, for a soak of hours.

A visitor asks one thing at a time on one connection and rests between two things for a time drawn around ``--pause``
seconds; of a page only the links are read. All visitors are drawn from one seed, so every run asks the same.
"""

import argparse
import asyncio
import gzip
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import Event, Process
from pathlib import Path
from urllib.parse import quote

from benchmarks.generating import reports
from benchmarks.goals import Goal, beside_goals
from search_app.engines import open_engine
from search_app.model import SECTIONS
from search_app.searching.prepared_start import keep_prepared

_PHRASES = (
    "矛盾纠纷调解", "行政执法公示", "普法宣传", "信访积案", "法律顾问", "网格员", "行政复议", "合法性审查", "村规民约",
    "青少年法治教育", "第一责任人", "综合执法", "政务公开", "行政应诉", "法治文化", "民主法治示范村", "法律明白人",
    "重大行政决策", "规范性文件", "人民调解员", "执法培训", "社区矫正", "安全生产 检查", "环保 执法", "营商环境",
    "禁毒宣传", "反诈", "扫黑除恶", "食品安全", "防汛 应急",
)  # fmt: skip
_REPORT = re.compile(rb'href="(/reports/[0-9a-z]+[^"#]*)')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/1\.1 (\d+)")
#: What is told of: a share of the answers.
_SHARES = (0.5, 0.95, 0.99)
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Tally:
    """Milliseconds of the answers by kind, and how many were none."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    without_hint: int = 0
    failed: list[str] = field(default_factory=list)


class Connection:
    """One connection that is kept open and asks one thing at a time."""

    def __init__(self, port: int, tally: Tally) -> None:
        self._port, self._tally = port, tally
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, kind: str, url: str) -> bytes:
        """Return the body of an answer; empty where it was refused or failed, which is told."""
        started = time.perf_counter()
        try:
            status, head, body = await self._exchange(url)
        except (TimeoutError, OSError, EOFError) as error:
            self._tally.failed.append(f"{kind}: {type(error).__name__}")
            self._streams = None
            return b""
        if status == 503:
            self._tally.refused += 1
            self._tally.without_hint += b"\r\nRetry-After:" not in head
            return b""
        if status not in (200, 304):
            self._tally.failed.append(f"{kind}: {status}")
            return b""
        self._tally.took[kind].append((time.perf_counter() - started) * 1000)
        return gzip.decompress(body) if b"\r\nContent-Encoding: gzip" in head else body

    async def _exchange(self, url: str) -> tuple[int, bytes, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        told, length = _STATUS.match(head), _LENGTH.search(head)
        if told is None or (length is None and b" 304 " not in head[:20]):
            raise EOFError(url)
        body = await reader.readexactly(int(length[1])) if length else b""
        if b"\r\nconnection: close" in head.lower():
            writer.close()
            self._streams = None
        return int(told[1]), head, body


async def _visit(connection: Connection, draw: random.Random, pause: float, until: float) -> None:
    """Type, search, narrow, read, go back, as long as there is time."""

    async def rest(share: float = 1.0) -> None:
        await asyncio.sleep(draw.uniform(0.5, 1.5) * pause * share)

    await rest(draw.random())
    while time.monotonic() < until:
        phrase = draw.choice(_PHRASES)
        for length in (1, 2, min(4, len(phrase))):
            await connection.ask("suggest", f"/api/v1/suggest?q={quote(phrase[:length])}")
            await rest(0.1)
        asked = f"/?q={quote(phrase)}"
        found = await connection.ask("search", asked)
        await rest()
        narrowed = f"{asked}&section={quote(draw.choice(SECTIONS))}"
        found = await connection.ask("narrowed", narrowed) or found
        await rest()
        links = _REPORT.findall(found)
        if links:
            await connection.ask("report", draw.choice(links[:10]).decode().replace("&amp;", "&"))
            await rest()
        await connection.ask("back", narrowed)
        await rest()
        if draw.random() < 0.1:
            await connection.ask("start", "/")
            await connection.ask("exemplary", "/exemplary")


async def _probe(connection: Connection, until: float) -> None:
    while time.monotonic() < until:
        await connection.ask("healthz", "/healthz")
        await asyncio.sleep(0.5)


async def _load(
    port: int, visitors: int, seconds: float, pause: float, *watching: Coroutine[None, None, None]
) -> Tally:
    tally, until = Tally(), time.monotonic() + seconds
    asking = [_visit(Connection(port, tally), random.Random(seed), pause, until) for seed in range(visitors)]
    await asyncio.gather(_probe(Connection(port, tally), until), *asking, *watching)
    return tally


async def _watch(server: int, every: float, seconds: float) -> None:
    """Print every so many seconds what the processes of a server hold: whether it grows."""
    print("| minutes | MB | files | threads |\n|---|---|---|---|")
    for at in range(int(seconds / every) + 1):
        stood = _standing(server)
        print(f"| {at * every / 60:.0f} | {stood.memory:.0f} | {stood.files} | {stood.threads} |", flush=True)
        await asyncio.sleep(every)


@dataclass(slots=True)
class Standing:
    """What the processes of a server used: seconds of processor time, MB, files, threads."""

    processor: float
    memory: float
    files: int
    threads: int


def _standing(root: int) -> Standing:
    stood = Standing(0.0, 0.0, 0, 0)
    for pid in _family(root):
        with suppress(OSError):
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            stood.processor += (int(told[11]) + int(told[12])) / _TICK
            stood.threads += int(told[17])
            stood.memory += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
            stood.files += sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return stood


def _family(root: int) -> Iterator[int]:
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _write_on(index: Path, pause: float, stop: "Event") -> None:  # type: ignore[valid-type]
    """Put twenty more generated reports into the index, again and again, with so many seconds in between."""
    seed = 1000
    while not stop.is_set():  # type: ignore[attr-defined]
        seed += 1
        engine = open_engine(index)
        with engine.writing() as writer:
            for report, passages in reports(500, seed=seed):
                writer.put(report, passages)
        keep_prepared(engine, index)  # as every run of the indexer does
        engine.close()
        stop.wait(pause)  # type: ignore[attr-defined]


def _table(tally: Tally, before: Standing, after: Standing, seconds: float) -> Iterator[str]:
    answered = sum(map(len, tally.took.values())) - len(tally.took["healthz"])
    everything = sorted(one for kind, took in tally.took.items() if kind != "healthz" for one in took)
    yield "| page | answers | " + " | ".join(f"p{share:.0%}".rstrip("%") for share in _SHARES) + " | longest |"
    yield "|---|---|---|---|---|---|"
    for kind, took in [*sorted(tally.took.items()), ("all but healthz", everything)]:
        took = sorted(took)
        said = (
            " | ".join(f"{took[min(int(len(took) * share), len(took) - 1)]:.0f}" for share in _SHARES) if took else ""
        )
        yield f"| {kind} | {len(took):,} | {said} | {took[-1] if took else 0:.0f} |"
    cost = (after.processor - before.processor) / max(answered, 1) * 1000
    yield ""
    yield f"{answered / seconds:.1f} answers a second; {tally.refused:,} refused with 503, {tally.without_hint} of them"
    yield f"without Retry-After; {len(tally.failed)} failed {tally.failed[:3] or ''}. The server: {cost:.1f} ms of"
    yield f"processor time an answer; memory {before.memory:.0f} to {after.memory:.0f} MB, files {before.files} to"
    yield f"{after.files}, threads {before.threads} to {after.threads}."


def _goals(tally: Tally, visitors: int, pause: float) -> Iterator[str]:
    """Yield what is wanted of so many visitors who rest, beside what was measured."""
    took = sorted(one for kind, times in tally.took.items() if kind != "healthz" for one in times)
    reached = {Goal.FAILED: float(len(tally.failed)), Goal.WITHOUT_HINT: float(tally.without_hint)}
    if took and pause and visitors in (50, 200):
        tail = took[min(int(len(took) * 0.95), len(took) - 1)]
        reached = {Goal.FIFTY if visitors == 50 else Goal.TWO_HUNDRED: tail, **reached}
    yield ""
    yield from beside_goals(reached)


def main() -> None:
    """Start, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Ask a server as many visitors do.")
    parser.add_argument("index", type=Path)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two things that a visitor does")
    parser.add_argument("--serve", default="", help="further options of search-app serve, such as '--workers 2'")
    parser.add_argument("--writing", type=float, help="write into the index, so many seconds apart: give it a copy")
    parser.add_argument("--watch", type=float, help="print what the server holds, so many seconds apart")
    options = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "search_app", "serve", "--index", str(options.index), "--port", str(port)]
    command += ["--corpus", str(options.index.parent / "corpus"), *options.serve.split()]
    server, stop = subprocess.Popen(command), Event()
    writer = Process(target=_write_on, args=(options.index, options.writing, stop))
    try:
        asyncio.run(_load_first(port))
        if options.writing is not None:
            writer.start()
        before = _standing(server.pid)
        watching = [_watch(server.pid, options.watch, options.seconds)] if options.watch else []
        tally = asyncio.run(_load(port, options.visitors, options.seconds, options.pause, *watching))
        after = _standing(server.pid)
        told = _table(tally, before, after, options.seconds), _goals(tally, options.visitors, options.pause)
        for line in chain(*told):
            print(line)
    finally:
        stop.set()
        if writer.pid is not None:
            writer.join()
        server.terminate()
        server.wait()


async def _load_first(port: int) -> None:
    """Wait until the server answers, and ask a while before anything counts, until each process is warm."""
    for _ in range(600):
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            break
        await asyncio.sleep(0.2)
    await asyncio.sleep(8)
    for _ in range(4):
        await _load(port, 4, 5, 0.05)


if __name__ == "__main__":
    main()
