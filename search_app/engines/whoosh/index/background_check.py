"""The background check: every block of an opened generation that no answer touched yet, read bit by bit, in a thread.

It begins a while after opening, so that a command which asks once never waits for it, and rests four times as long as
it works, so that answers keep their processor. Pages are read, not mapped: the process does not grow.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from search_app.engines.whoosh.segments.segment import Segment
from search_app.errors import IndexDamaged

_log = logging.getLogger(__name__)
#: Seconds after opening until it begins; so many times as long as it works it rests.
LATER, REST = 1.0, 4


class BackgroundCheck:
    """Checks segments until it is through, is stopped, or finds damage, which it tells and ends."""

    def __init__(self, segments: Sequence[Segment], tell: Callable[[], object]) -> None:
        self._segments, self._tell = segments, tell
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-check", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let it end within milliseconds; files are closed with it."""
        self._stopped.set()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            if self._stopped.wait(LATER) or self._is_stopped_while_checking():
                return
        except IndexDamaged:
            self._tell()
        except OSError:  # the disk does not give a block: whoever asks for it is told the same, as an error
            _log.exception("the index could not be checked in the background")
        finally:
            self._segments = ()

    def _is_stopped_while_checking(self) -> bool:
        for segment in self._segments:
            started = time.perf_counter()
            for _ in segment.checking():
                if self._stopped.wait((time.perf_counter() - started) * REST):
                    return True
                started = time.perf_counter()
        return False
