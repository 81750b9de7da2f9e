"""The options of a run: what whoever asks for one may choose, as it is handed from step to step."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from search_app.indexing.workers import Understanding

Progress: TypeAlias = Callable[[int, int, str], None]  #: done, of how many, path just finished

_WORTH_PROCESSES = 200
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run reads: in how many processes, telling whom, with which own places, when.

    ``accept``: what seems lost may go; ``limit``: from how many reports on a folder that is gone is kept. ``retry``:
    what failed is read again, whatever the reason.
    """

    jobs: int
    progress: Progress | None
    own_places: str
    accept: bool
    limit: int
    retry: bool
    ocr: tuple[str, ...]
    now: datetime

    @property
    def understanding(self) -> Understanding:
        """With what files are understood."""
        return {"own_places": self.own_places, "ocr": self.ocr}


def count_processes(jobs: int, files: int) -> int:
    """Return how many processes are worth starting; each takes a second or two before its first file."""
    if jobs:
        return min(jobs, files)
    return 1 if files < _WORTH_PROCESSES else min(os.cpu_count() or 1, _MOST_PROCESSES)
