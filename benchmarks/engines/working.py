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
from typing import Any, NamedTuple, Self

from benchmarks.engines.contending import Answer, Contender, Question, contender
from benchmarks.engines.corpus import read
from benchmarks.generating import Filed
from search_app.language import cut_terms

_SPAWN = multiprocessing.get_context("spawn")
_PATIENCE = 10.0  # seconds that a process has to end


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Bytes of a process that are in memory: all, and those that are no file's."""

    resident: int
    own: int


class Took(NamedTuple):
    """How long something took: seconds by the clock, and seconds that processors worked on it, all threads together."""

    clock: float
    work: float

    @classmethod
    def since(cls, began: "Took") -> "Took":
        """Return what passed since :meth:`now`."""
        return cls(*(end - start for end, start in zip(cls.now(), began, strict=True)))

    @classmethod
    def now(cls) -> "Took":
        spent = os.times()
        return cls(time.perf_counter(), time.process_time() + spent.children_user + spent.children_system)


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

    def build(self, corpus: Path, jobs: int) -> Took:
        """Index a corpus; no jobs = the words are given, one process."""
        return Took(*self._ask("build", corpus, jobs))

    def answer(self, question: Question) -> tuple[Took, Answer]:
        took: tuple[Took, Answer] = self._ask("answer", question)
        return took

    def add(self, filed: Filed, question: Question) -> Took:
        """Put one more report in and ask; return what both took."""
        return Took(*self._ask("add", filed, question))

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

    def build(self, corpus: Path, jobs: int) -> Took:
        engine = contender(self._name, self._folder)
        put = _given(engine, corpus) if not jobs else _shared(engine, self._name, self._folder, corpus, jobs)
        began = Took.now()
        engine.commit()
        took = Took.since(began)
        return Took(put.clock + took.clock, put.work + took.work)

    def answer(self, question: Question) -> tuple[Took, Answer]:
        engine = self._engine()
        began = Took.now()
        answer = engine.answer(question)
        return Took.since(began), answer

    def add(self, filed: Filed, question: Question) -> Took:
        engine = self._engine()
        began = Took.now()
        engine.add(filed)
        engine.answer(question)
        return Took.since(began)

    def memory(self) -> Memory | None:
        state = Path("/proc/self/status")
        if not state.exists():
            return None
        held = {line.split(":")[0]: line.split()[1] for line in state.read_text().splitlines() if "kB" in line}
        return Memory(resident=int(held["VmRSS"]) * 1024, own=int(held["RssAnon"]) * 1024)


def _given(engine: Contender, corpus: Path) -> Took:
    """Put a corpus whose words are given; reading it is not counted."""
    clock = work = 0.0
    for filed, cut in read(corpus):
        began = Took.now()
        engine.put(engine.prepare(filed, cut))
        took = Took.since(began)
        clock, work = clock + took.clock, work + took.work
    return Took(clock, work)


def _shared(engine: Contender, name: str, folder: Path, corpus: Path, jobs: int) -> Took:
    """Put a corpus of texts: so many processes cut and prepare, this one writes. Their start counts as work only."""
    began = Took.now()
    pool = _SPAWN.Pool(jobs, _begin, (name, folder))
    pool.map(_warm, range(jobs), chunksize=1)
    started = time.perf_counter()
    for prepared in _in_order(read(corpus), lambda filed: pool.apply_async(_prepared, (filed,)), 8 * jobs):
        engine.put(prepared)
    clock = time.perf_counter() - started
    pool.close()
    pool.join()  # the work of processes is known when they have ended
    return Took(clock, Took.since(began).work)


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
    return _preparing[0].prepare(filed, cut_terms)
