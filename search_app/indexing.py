"""Bring the index up to date with the corpus: walk, skip what is unchanged, read, parse, label, write."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from search_app.engines.base import Engine
from search_app.errors import ReadError

Progress: TypeAlias = Callable[[int, int, str], None]  #: done, of how many, path just finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    path: str
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one run did; the paths are relative to the corpus. ``generation`` is None when nothing has ever been built."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[ReadError, ...] = ()
    warnings: tuple[Warned, ...] = ()
    reports: int = 0
    passages: int = 0
    seconds: float = 0.0
    generation: str | None = None


def update(
    engine: Engine,
    corpus: Path,
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Tally:
    """Read what changed in the corpus folder into the index. One bad file never stops the run."""
    raise NotImplementedError
