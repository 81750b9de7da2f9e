"""Metrics: the state of the service in numbers, as Prometheus reads them at /metrics.

In: the engine, the folder of the index, and every request that was answered. Out: text in the format of Prometheus. No
text of a report, no name of a file and nothing that anybody searched for is in it. The surprise: nothing is counted
ahead; when asked, the index says what it holds, which costs a look at two small files. Where several processes answer,
each counts into a file of its own in one folder, and whichever is asked tells of all.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search_app import __version__
from search_app.engines.base import Engine
from search_app.engines.lineage import number_of
from search_app.errors import IndexProblem
from search_app.indexing import recall_run
from search_app.web.answered import Answered
from search_app.web.processes import COUNTED_IN

#: Upper bounds in seconds: from an answer that costs nothing to more than any visitor waits.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts what is answered, and tells it together with the state of index and process."""

    media_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, engine: Callable[[], Engine], index: Path) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # when each was first counted is asked by nobody
        self._registry = CollectorRegistry()
        several = COUNTED_IN in os.environ
        self._seconds = Histogram(
            "search_app_request_seconds",
            "How long requests took to be answered, by kind of page and status",
            ("page", "status"),
            buckets=BUCKETS,
            registry=None if several else self._registry,
        )
        self._memory: Gauge | None = None
        self._registry.register(_IndexState(engine, index))
        if several:  # the library cannot tell of the other processes: each says what it uses when it has answered
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
            self._memory = Gauge(
                "search_app_resident_memory_bytes",
                "Resident memory of all processes that answer, where the system is Linux",
                registry=None,
                multiprocess_mode="livesum",
            )
        else:
            ProcessCollector(registry=self._registry)  # memory, processor time, open files, where the system is Linux

    def count(self, told: Answered) -> None:
        """Count a request that was answered."""
        self._seconds.labels(told.page, str(told.status)).observe(told.seconds)
        if self._memory is not None and (resident := _resident()) is not None:
            self._memory.set(resident)

    def tell(self) -> bytes:
        """Return all of it as text."""
        return generate_latest(self._registry)


class _IndexState(Collector):
    """Tells of the index whenever it is asked."""

    def __init__(self, engine: Callable[[], Engine], index: Path) -> None:
        """Take what returns the engine that answers, and the folder of the index."""
        self._engine, self._index = engine, index

    def collect(self) -> Iterator[Metric]:
        """Yield what the program is, what the index holds, how old it is, and what the last run did."""
        program = GaugeMetricFamily("search_app_info", "The program that answers", labels=("version",))
        program.add_metric((__version__,), 1)
        yield program
        try:
            status = self._engine().status()
        except IndexProblem:
            yield _gauge("index_usable", "1 where searches are answered, else 0", 0)
        else:
            current = status.current
            yield _gauge("index_usable", "1 where searches are answered, else 0", 1)
            yield _gauge("index_sound", "0 where an older generation answers instead of the newest", not status.problem)
            yield _gauge("reports", "Reports in the index", current.reports)
            yield _gauge("passages", "Passages in the index", current.passages)
            yield _gauge("generation", "Number of the generation that answers", number_of(current.name))
            yield _gauge("index_built_timestamp_seconds", "When the index was built", current.built_at.timestamp())
            yield _gauge("index_age_seconds", "Seconds since the index was built", _since(current.built_at))
        yield from self._last_run()

    def _last_run(self) -> Iterator[Metric]:
        run = recall_run(self._index)
        if run is None:
            return
        yield _gauge("last_run_ok", "0 where the last run of the indexer failed, else 1", run.error is None)
        yield _gauge("last_run_timestamp_seconds", "When the last run of the indexer ended", run.ended_at.timestamp())
        yield _gauge("last_run_duration_seconds", "How long the last run of the indexer took", run.seconds)
        if run.error is None:
            yield _gauge("last_run_read_files", "Files that the last run read", run.added + run.changed)
            yield _gauge("last_run_removed_files", "Files that the last run took out", run.removed)
            yield _gauge("failed_files", "Files that could not be read, as of the last run", run.failed)


def _resident() -> int | None:
    """Return the bytes of memory that this process holds; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"search_app_{name}", said, value=float(value))


def _since(moment: datetime) -> float:
    return (datetime.now(UTC) - moment).total_seconds()
