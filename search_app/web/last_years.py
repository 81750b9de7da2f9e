"""Last years: how much of each report stands in last year's, measured before anybody asks, gently and once.

Measuring one report takes some milliseconds, which ten of a page of results would make felt. So a thread of its own
measures all reports of a generation, the newest years first, and rests longer than it works; whoever asks before it is
done has what is missing measured at once. What was measured is kept by ``comparing.report_overlap``.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from threading import Event, Thread
from time import perf_counter

from search_app.comparing.report_overlap import MOST, ReportOverlap, measure_last_years
from search_app.engines.base import Engine, Generation
from search_app.errors import SearchAppError
from search_app.model import Report

#: Seconds between two looks whether a new generation has come.
LOOK_AGAIN = 20.0
#: After each report the thread rests so many times as long as that one took.
RESTS = 3.0
#: So many reports are measured ahead; the other half of what can be kept is for what is asked.
MOST_AHEAD = MOST // 2

log = logging.getLogger(__name__)


class LastYears:
    """Knows how much of a report stands in last year's; once it is begun, before anybody asks."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        """Take what returns the engine that answers."""
        self._engine = engine
        self._ended = Event()
        self._thread: Thread | None = None

    def of(self, reports: Iterable[Report]) -> Mapping[str, ReportOverlap]:
        """Return by a report's id how much of it stands in last year's, of those of which that is held."""
        return measure_last_years(self._engine(), reports)

    def begin(self) -> None:
        """Measure the reports of this generation, and of each that comes, until :meth:`end`."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="measures what is last year's", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Stop measuring, and wait until nothing is under way."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        done: Generation | None = None
        while not self._ended.is_set():
            try:
                generation = self._engine().status().current
                if generation != done:
                    self.measure_ahead(generation)
                    done = generation
            except SearchAppError as error:  # there is no usable index; whoever asks is told so
                log.debug("%s", error.message)
            except Exception:
                log.exception("what is last year's could not be measured")
            self._ended.wait(LOOK_AGAIN)

    def measure_ahead(self, generation: Generation) -> None:
        """Measure the reports of a generation, as many as can be kept, while it is the one in use."""
        newest = sorted(self._engine().reports(), key=lambda each: (-(each.year or 0), each.path))
        for report in newest[:MOST_AHEAD]:
            started = perf_counter()
            self.of((report,))
            rest = RESTS * (perf_counter() - started)
            if self._ended.wait(rest) or self._engine().status().current != generation:
                return
