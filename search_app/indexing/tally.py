"""The tally of a run: what was added, changed, removed and not read, and what the index holds after it."""

import time
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.errors import IndexMissing, ReadError
from search_app.indexing.duplicates import Duplicate, duplicates, remarks
from search_app.indexing.plan import Plan
from search_app.indexing.removals import OutOfReach
from search_app.indexing.sources import Warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one run did; the paths are relative to the corpus.

    ``generation`` is None where a dry run finds nothing built.
    ``ignored`` are files that are no sources (hidden, lock files, links that lead elsewhere), each with the reason.
    ``kept`` are folders that are gone or shut though the index holds reports of them.
    ``duplicates`` are files that say the same as a report and are in none of the other lists. A dry run reads nothing:
    its ``reports`` and ``passages`` are those of the index as it is.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[ReadError, ...] = ()
    warnings: tuple[Warned, ...] = ()
    ignored: tuple[Warned, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    kept: tuple[OutOfReach, ...] = ()
    reports: int = 0
    passages: int = 0
    seconds: float = 0.0
    generation: str | None = None
    dry_run: bool = False


def count_files(plan: Plan, put: Set[str], failed: Iterable[ReadError], *, dry_run: bool) -> Tally:
    """Return what became of each file of a plan; ``put`` are those whose reports were written."""
    failed = tuple(sorted(failed, key=lambda error: error.path))
    lost = {error.path for error in failed}
    before = {report.path for report in plan.held}
    return Tally(
        added=tuple(sorted((set(plan.added) | put - before) - lost)),
        changed=tuple(path for path in plan.changed if path not in lost and (dry_run or path in before)),
        unchanged=tuple(path for path in plan.unchanged if path not in put - before),
        removed=tuple(sorted(plan.removed.values())),
        failed=failed,
        ignored=plan.sources.ignored,
        dry_run=dry_run,
    )


def find_kept(plan: Plan, lost: Set[str], held: Iterable[str]) -> list[str]:
    """Return what could not be read and is held from before: single files, and bundles with reports in the index.

    ``held`` are the files whose reports are in the index though the files may be others by now.
    """
    bundles = [
        error.path
        for error in plan.sources.failed
        if any(report.path.startswith(f"{error.path}/") for report in plan.held)
    ]
    return sorted([*(path for path in held if path in lost), *bundles])


def warn_of_kept(paths: Iterable[str]) -> Iterator[Warned]:
    for path in paths:
        yield Warned(path=path, warning="这次没有读出来，索引里仍保留上次读到的内容。")


def add_totals(engine: Engine, tally: Tally, warnings: tuple[Warned, ...], started: float) -> Tally:
    """Add what the index holds now."""
    try:
        current = engine.status().current
    except IndexMissing:
        return replace(tally, warnings=warnings, seconds=time.perf_counter() - started)
    reports = engine.reports()
    copied = {copy.path for report in reports for copy in report.copies}
    return replace(
        tally,
        warnings=(*warnings, *remarks(reports)),
        duplicates=duplicates(reports),
        changed=tuple(path for path in tally.changed if path not in copied),
        added=tuple(path for path in tally.added if path not in copied),
        unchanged=tuple(path for path in tally.unchanged if path not in copied),
        reports=current.reports,
        passages=current.passages,
        generation=current.name,
        seconds=time.perf_counter() - started,
    )
