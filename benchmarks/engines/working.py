"""Working: an engine in a process of its own, told what to do over a pipe, timed where it works.

Times are taken inside that process, so that sending answers about is nobody's time.
"""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from benchmarks.engines.contending import Answer, Contender, Question, contender
from benchmarks.engines.corpus import read
from benchmarks.generating import Filed
from search_app.language import terms

_SPAWN = multiprocessing.get_context("spawn")
_PATIENCE = 10.0  # seconds that a process has to end


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Bytes of a process that are in memory: all, and those that are no file's."""

    resident: int
    own: int


class Worker:
    """An engine over a folder, in another process."""

    def __init__(self, name: str, folder: Path) -> None:
        self._pipe, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(name, folder, other))
        self._process.start()
        other.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """End the process: it waits for questions until the pipe is closed."""
        self._pipe.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()

    def _ask(self, what: str, *values: Any) -> Any:
        self._pipe.send((what, values))
        good, answer = self._pipe.recv()
        if not good:
            raise RuntimeError(answer)
        return answer

    def build(self, corpus: Path, jobs: int) -> float:
        """Index a corpus and return the seconds it took; no jobs = the words are given, one process."""
        return float(self._ask("build", corpus, jobs))

    def answer(self, question: Question) -> tuple[float, Answer]:
        """Return the milliseconds an answer took, and the answer."""
        took: tuple[float, Answer] = self._ask("answer", question)
        return took

    def add(self, filed: Filed, question: Question) -> float:
        """Put one more report in and ask; return the seconds that both took."""
        return float(self._ask("add", filed, question))

    def memory(self) -> Memory | None:
        found: Memory | None = self._ask("memory")
        return found

    def version(self) -> str:
        return str(self._ask("version"))


def _serve(name: str, folder: Path, pipe: Connection) -> None:
    """Do what is asked until nobody asks any more."""
    served = _Served(name, folder)
    while True:
        try:
            what, values = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((True, getattr(served, what)(*values)))
        except Exception as error:  # noqa: BLE001  # told to the one who asked
            pipe.send((False, f"{name}: {what}: {error!r}"))


class _Served:
    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._folder = name, folder
        self._held: Contender | None = None

    def _engine(self) -> Contender:
        if self._held is None:
            self._held = contender(self._name, self._folder)
            self._held.open()
        return self._held

    def version(self) -> str:
        return contender(self._name, self._folder).version

    def build(self, corpus: Path, jobs: int) -> float:
        engine = contender(self._name, self._folder)
        seconds = _given(engine, corpus) if not jobs else _shared(engine, self._name, self._folder, corpus, jobs)
        started = time.perf_counter()
        engine.commit()
        return seconds + time.perf_counter() - started

    def answer(self, question: Question) -> tuple[float, Answer]:
        engine = self._engine()
        started = time.perf_counter()
        answer = engine.answer(question)
        return (time.perf_counter() - started) * 1000, answer

    def add(self, filed: Filed, question: Question) -> float:
        engine = self._engine()
        started = time.perf_counter()
        engine.add(filed)
        engine.answer(question)
        return time.perf_counter() - started

    def memory(self) -> Memory | None:
        state = Path("/proc/self/status")
        if not state.exists():
            return None
        held = {line.split(":")[0]: line.split()[1] for line in state.read_text().splitlines() if "kB" in line}
        return Memory(resident=int(held["VmRSS"]) * 1024, own=int(held["RssAnon"]) * 1024)


def _given(engine: Contender, corpus: Path) -> float:
    """Put a corpus whose words are given; reading it is not counted."""
    seconds = 0.0
    for filed, cut in read(corpus):
        started = time.perf_counter()
        engine.put(engine.prepare(filed, cut))
        seconds += time.perf_counter() - started
    return seconds


def _shared(engine: Contender, name: str, folder: Path, corpus: Path, jobs: int) -> float:
    """Put a corpus of texts: so many processes cut and prepare, this one writes."""
    with _SPAWN.Pool(jobs, _begin, (name, folder)) as pool:
        pool.map(_warm, range(jobs), chunksize=1)
        started = time.perf_counter()
        for prepared in _in_order(read(corpus), lambda filed: pool.apply_async(_prepared, (filed,)), 8 * jobs):
            engine.put(prepared)
        return time.perf_counter() - started


def _in_order(filed: Iterator[tuple[Filed, Any]], start: Callable[[Filed], Any], ahead: int) -> Iterator[Any]:
    """Yield what was made of each report, with so many under way at most."""
    waiting: deque[Any] = deque()
    for one, _ in filed:
        waiting.append(start(one))
        if len(waiting) > ahead:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


_preparing: list[Contender] = []


def _begin(name: str, folder: Path) -> None:
    _preparing.append(contender(name, folder))


def _warm(_: int) -> int:
    time.sleep(0.5)  # so that no process takes two
    return os.getpid()


def _prepared(filed: Filed) -> Any:
    return _preparing[0].prepare(filed, terms)
