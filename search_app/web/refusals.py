"""Refusals: what of many requests that are refused for one reason is written into the log: one line, then how many.

The first of a burst is told at once; the others are counted, and told as a number when the burst's time is over.
"""

import logging
from collections import Counter
from threading import Lock, Timer

#: Seconds of a burst.
BURST = 10.0

log = logging.getLogger(__name__)


class Refusals:
    """Tells the log of refused requests; safe to share between threads."""

    def __init__(self, seconds: float = BURST) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._more: Counter[str] = Counter()

    def tell(self, code: str, message: str) -> None:
        """Tell of a request that was refused for the reason that a code names."""
        with self._lock:
            first = code not in self._more
            self._more[code] += 0 if first else 1
        if first:
            log.warning("%s: %s", code, message)
            over = Timer(self._seconds, self._tell_more, (code,))
            over.daemon = True
            over.start()

    def _tell_more(self, code: str) -> None:
        with self._lock:
            more = self._more.pop(code)
        if more:
            log.warning("%s: %d more requests refused within %g seconds", code, more, self._seconds)
