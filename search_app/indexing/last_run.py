"""The last run: when it ended, how long it took, what became of it; kept beside the index for whoever asks later.

A run that failed is kept too, unless another run was just under way: that one will tell of itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from search_app.errors import IndexLocked, SearchAppError
from search_app.indexing.kept_beside import keep, kept
from search_app.indexing.tally import Tally

MEMORY = "last-run-figures.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """What one run did, in numbers of files; ``seconds`` is how long it took.

    ``error`` is the Chinese sentence that it failed with, None where it ended well; then the index is as it was.
    """

    ended_at: datetime
    seconds: float
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    error: str | None = None


@contextmanager
def recording_failure(index: Path | None) -> Iterator[None]:
    """Keep that a run failed, where the block raises one of our errors and an earlier run was kept there."""
    began = perf_counter()
    try:
        yield
    except IndexLocked:
        raise
    except SearchAppError as error:
        if index is not None and recall_run(index) is not None:  # else the folder is not ours yet
            _keep(index, LastRun(ended_at=_now(), seconds=perf_counter() - began, error=error.message))
        raise


def record_run(index: Path, tally: Tally) -> None:
    """Keep what a run did."""
    run = LastRun(
        ended_at=_now(),
        seconds=tally.seconds,
        added=len(tally.added),
        changed=len(tally.changed),
        unchanged=len(tally.unchanged),
        removed=len(tally.removed),
        failed=len(tally.failed),
    )
    _keep(index, run)


def recall_run(index: Path | None) -> LastRun | None:
    """Return the last run; None where nothing usable was kept."""
    found = kept(index, MEMORY)
    if not isinstance(found, dict):
        return None
    try:
        run = LastRun(**{**found, "ended_at": datetime.fromisoformat(found["ended_at"])})
    except (KeyError, TypeError, ValueError):
        return None
    numbers: list[Any] = [getattr(run, item.name) for item in fields(run) if item.type in (int, float)]
    sound = all(type(number) in (int, float) for number in numbers) and isinstance(run.error, str | None)
    return run if sound and run.ended_at.tzinfo is not None else None


def _keep(index: Path, run: LastRun) -> None:
    keep(index, MEMORY, {**asdict(run), "ended_at": run.ended_at.isoformat(), "seconds": round(run.seconds, 3)})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
