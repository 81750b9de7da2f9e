"""Processor time: what is done for one file in this process ends when the time that it may take is up.

Reading has limits of its own (``readers.sandbox``); this one is for what follows, where the code is ours and only a
text that nobody wrote takes long. The surprise: signals reach the main thread of a process alone, so in any other
thread, and on Windows, nothing is bounded here; the workers of a run do their work in their main threads.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: A text of as many characters as a reader hands on takes a quarter of it.
MAX_SECONDS = 60.0


class OutOfTime(Exception):
    """The processor time for one file is up."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise OutOfTime inside the block once it has taken too much processor time of this process."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _end)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS, 1.0)  # again each second: a library may swallow the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _end(_: int, __: FrameType | None) -> None:
    raise OutOfTime
