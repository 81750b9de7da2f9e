"""The log file: one line for each request, each index run and each warning, and never more than some megabytes of it.

In: records of the logger :data:`RECORDS` and warnings of the program and its server. Out: lines in UTF-8. Every line of
a record but the first begins with four spaces, and control signs are written as escapes, so no file name and no address
can forge a line.
The surprise: the file is opened for each record and closed after it, under a lock file. So a server, a run of the
indexer and one that watches may share one file, and each of them may rotate it, on Windows too, where nothing that is
open can be renamed.
"""

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from filelock import FileLock, Timeout

from search_app.errors import ConfigError
from search_app.exporting.wording import escape_unprintable
from search_app.system_reasons import why_not_opened

#: Takes the records of requests and runs; whoever writes to it makes sure that no text of a search is in it.
RECORDS = "search_app_records"
#: Bytes of a log file before the next one is begun, and how many older ones are kept beside it: NAME.1, NAME.2 …
MOST_BYTES, KEPT = 10 * 1024 * 1024, 5
#: Seconds that a record waits for the records of other processes; then it is let go.
_PATIENCE = 2.0
#: Seconds between two looks whether the others are done: a line is written within a fraction of that.
_POLL = 0.002
#: Warnings of the program, and of the server that it runs on.
_WARNING = ("search_app", "waitress")
#: Warns of every request that waits for a moment.
_CHATTY = "waitress.queue"

_Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def record(message: str) -> None:
    """Write down one thing that happened; nothing is written where no log file was opened."""
    logging.getLogger(RECORDS).info("%s", message)


@contextmanager
def logging_to(path: Path | None, *, with_queries: bool = False) -> Iterator[None]:
    """Write the log into this file while the block lasts; None = nowhere. Raises ConfigError where that cannot be.

    Without ``with_queries`` what an unforeseen error says is left out: it may hold what was searched for.
    """
    if path is None:
        yield
        return
    handler = _opened(path, with_queries=with_queries)
    records = logging.getLogger(RECORDS)
    records.setLevel(logging.INFO)
    records.propagate = False
    named = (records, *map(logging.getLogger, _WARNING))
    for logger in named:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in named:
            logger.removeHandler(handler)
        handler.close()


def _opened(path: Path, *, with_queries: bool) -> "SharedLogFile":
    handler = SharedLogFile(path)
    handler.setFormatter(LineFormatter(with_queries=with_queries))
    handler.addFilter(lambda record: record.name != _CHATTY)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with handler.writing():
            pass
    except (OSError, Timeout) as error:
        handler.close()
        raise ConfigError(
            f"日志文件 {path} 写不了：{why_not_opened(error)}",
            hint="请检查 log_file 的路径、文件夹的写入权限和磁盘空间。",
        ) from error
    return handler


class LineFormatter(logging.Formatter):
    """A record as one line; of an error where it came from follows, each line set in by four spaces."""

    def __init__(self, *, with_queries: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._with_queries = with_queries

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the lines of an error."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt)
        lines = [escape_unprintable(self.formatMessage(record))]
        if record.exc_info:
            lines += [f"    {escape_unprintable(line)}" for line in self.formatException(record.exc_info).splitlines()]
        return "\n".join(lines)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - that of logging
        """Return where an error came from; what it says only where that may be written down."""
        kind, error, trace = ei
        if self._with_queries or kind is None:
            return super().formatException(ei)
        said = f": {error.strerror}" if isinstance(error, OSError) else ""
        return "".join((*traceback.format_tb(trace), f"{kind.__module__}.{kind.__qualname__}{said}"))


class SharedLogFile(RotatingFileHandler):
    """A log file that several processes write: each record is written under a lock, and nothing is kept open."""

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES, kept: int = KEPT) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8", delay=True)
        self._shared = FileLock(f"{self.baseFilename}.lock", timeout=_PATIENCE, mode=0o600)
        self._complained = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file against other processes, opened, and close it in the end. Raises OSError, Timeout."""
        with self._shared.acquire(poll_interval=_POLL):
            try:
                if self.stream is None:
                    self.stream = self._open()
                yield
            finally:
                if self.stream is not None:
                    self.stream.close()
                    self.stream = None  # as logging itself does

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down; one that cannot be written is let go, and the service goes on."""
        try:
            with self.writing():
                super().emit(record)
        except (OSError, Timeout):
            self.handleError(record)

    def doRollover(self) -> None:  # noqa: N802 - that of logging
        """Begin the next file; where another program holds one of them, this one goes on growing until it can be."""
        with suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - that of logging
        """Say once that nothing can be written down: a full disk must not stop what is logged."""
        error = sys.exc_info()[1]
        if not self._complained and isinstance(error, Exception):
            self._complained = True
            print(f"日志写不进 {self.baseFilename}：{why_not_opened(error)}。服务照常。", file=sys.stderr, flush=True)

    def _open(self) -> TextIOWrapper:
        """Open the file, readable for nobody else."""
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(number, "a", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123 - of a number
