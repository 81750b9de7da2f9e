"""Server processes: several that answer at one address, because one interpreter uses one core of a machine.

In: settings and a socket that listens. Each process has an app of its own over the same mapped files and takes whatever
connection comes next from the socket, so who is busy takes fewer. The first process only watches: one that has died is
started anew, and all end with it, however it ends. Waitress serves in each of them: it is maintained, pure Python, and
the same on Windows, where servers that fork do not run; the socket is handed over as multiprocessing does it there.
"""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from search_app.errors import ConfigError
from search_app.settings import Settings

#: What a process does: it answers at the socket until it is ended.
Answer = Callable[[Settings, socket.socket], None]

#: Names the folder to the library that counts (metrics.py), which is told by the environment alone.
COUNTED_IN = "PROMETHEUS_MULTIPROC_DIR"
#: So many processes may die within so many seconds before the server gives up: it would only spin.
MOST_DEATHS, WITHIN = 5, 60.0
#: Seconds that a process has to end in good order.
_GRACE = 10.0

log = logging.getLogger(__name__)


def answer_in_processes(settings: Settings, listener: socket.socket, answer: Answer) -> None:
    """Answer in ``settings.workers`` processes until interrupted. Raises ConfigError where they keep dying."""
    with (
        TemporaryDirectory(prefix="search-app-") as folder,
        _counting_in(folder if settings.metrics else None),
        ended_in_order(),
    ):
        _answer_in_processes(settings, listener, answer, lambda pid: _forget(Path(folder), pid))


def _forget(folder: Path, pid: int | None) -> None:
    """Leave out of what is told now what a process that is gone used; what it answered still counts."""
    for each in folder.glob(f"gauge_live*_{pid}.db"):
        with suppress(OSError):
            each.unlink()


@contextmanager
def _counting_in(folder: str | None) -> Iterator[None]:
    """Have the processes that are started meanwhile count what they answer in one folder."""
    if folder is not None:
        os.environ[COUNTED_IN] = folder
    try:
        yield
    finally:
        if folder is not None:
            del os.environ[COUNTED_IN]


def _answer_in_processes(
    settings: Settings, listener: socket.socket, answer: Answer, forget: Callable[[int | None], None]
) -> None:
    context = get_context("spawn")  # a copy of a process with threads may hold locks that nobody lets go of

    def start() -> BaseProcess:
        process = context.Process(target=_work, args=(settings, listener, answer), name="search-app", daemon=False)
        process.start()
        return process

    processes: list[BaseProcess] = []
    deaths: deque[float] = deque(maxlen=MOST_DEATHS)
    try:
        processes.extend(start() for _ in range(settings.workers))
        while True:
            connection.wait([process.sentinel for process in processes])
            for at, process in enumerate(processes):
                if process.is_alive():
                    continue
                log.error("server process %s has ended (%s) and is started anew", process.pid, process.exitcode)
                forget(process.pid)
                deaths.append(time.monotonic())
                if len(deaths) == MOST_DEATHS and deaths[-1] - deaths[0] < WITHIN:
                    raise ConfigError(
                        f"应答进程反复退出（一分钟内 {MOST_DEATHS} 次），已停止",
                        hint="内存可能不够：请减少 --workers 再试；仍然如此，请看上面的出错信息。",
                    )
                processes[at] = start()
    finally:
        _end(processes)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """End what is done in here, by Ctrl-C or by the signal that ends a process, with what is under way answered."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: int | FrameType | None) -> None:
    """Interrupt once: systemd tells all processes, then the first tells the others, which would break off answers."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end(processes: list[BaseProcess]) -> None:
    """End the processes, those that do not want to by force."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + _GRACE
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _work(settings: Settings, listener: socket.socket, answer: Answer) -> None:
    """Answer in this process; end with the one that started it, even if that was killed."""
    threading.Thread(target=_end_with_parent, name="ends with its parent", daemon=True).start()
    if sys.platform != "win32":  # Ctrl-C goes to all of a terminal's processes: the first one ends the others
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with ended_in_order():
        answer(settings, listener)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
