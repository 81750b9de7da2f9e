"""One run of the indexer: survey the corpus, skip what is unchanged, read the rest, write, count.

The old index answers until the run has ended well; a run that is stopped or fails changes nothing. The surprise: a file
that was read before and cannot be read now keeps its old text in the index, and the tally says so.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from search_app.engines.base import Engine, Writer
from search_app.errors import (
    ConfigError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexProblem,
    ReadError,
)
from search_app.indexing.reading import Understood, understand_all
from search_app.indexing.sources import Source, Sources, Warned, fingerprints
from search_app.indexing.surveying import survey
from search_app.model import Report

Progress: TypeAlias = Callable[[int, int, str], None]  #: done, of how many, path just finished

_WORTH_PROCESSES = 200
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one run did; the paths are relative to the corpus. ``generation`` is None when nothing has ever been built.

    ``ignored`` are files that are no sources (hidden, lock files, links that lead elsewhere), each with the reason. A
    dry run reads nothing: its ``reports`` and ``passages`` are those of the index as it is.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[ReadError, ...] = ()
    warnings: tuple[Warned, ...] = ()
    ignored: tuple[Warned, ...] = ()
    reports: int = 0
    passages: int = 0
    seconds: float = 0.0
    generation: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a corpus differs from an index, by path; ``work`` is what has to be read, with fingerprints."""

    sources: Sources
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: Mapping[str, str]
    work: tuple[tuple[Source, str], ...]
    failed: tuple[ReadError, ...]

    @property
    def differs(self) -> bool:
        """Tell whether the index is behind the corpus."""
        return bool(self.added or self.changed or self.removed)


def update(
    engine: Engine,
    corpus: Path,
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Tally:
    """Read what changed in the corpus folder into the index. One bad file never stops the run.

    ``jobs`` is how many processes read files; 0 chooses by the number of files and of processors. An index that another
    version of program or dictionary made, or that is damaged, is built anew, and a warning says so.
    Raises ConfigError (no folder, or an empty one where the index holds reports), IndexProblem, SearchAppError (a
    reading process died); after any of them the index is as it was.
    """
    try:
        return _update(engine, corpus, rebuild=rebuild, dry_run=dry_run, jobs=jobs, progress=progress)
    except (IndexOutdated, IndexDamaged) as problem:
        if rebuild or dry_run or not survey(corpus).found:
            raise
        tally = _update(engine, corpus, rebuild=True, dry_run=False, jobs=jobs, progress=progress)
        return replace(
            tally, warnings=(Warned(path="索引", warning=f"{problem.message}，已从头重建。"), *tally.warnings)
        )


def _update(
    engine: Engine, corpus: Path, *, rebuild: bool, dry_run: bool, jobs: int, progress: Progress | None
) -> Tally:
    started = time.perf_counter()
    sources = survey(corpus)
    held = _held(engine, rebuild=rebuild)
    _refuse_emptying(sources, held, corpus, rebuild=rebuild)
    plan = compare(sources, engine, held, rebuild=rebuild)
    outcome = _Outcome() if dry_run else _run(engine, plan, rebuild=rebuild, jobs=jobs, progress=progress)
    failed = sorted((*plan.failed, *outcome.failed), key=lambda error: error.path)
    lost = {error.path for error in failed}
    tally = Tally(
        added=tuple(path for path in plan.added if path not in lost),
        changed=tuple(path for path in plan.changed if path not in lost),
        unchanged=plan.unchanged,
        removed=tuple(sorted(plan.removed.values())),
        failed=tuple(failed),
        ignored=sources.ignored,
        dry_run=dry_run,
    )
    kept = [] if rebuild else _kept(engine, plan, lost, held)
    return _totalled(engine, tally, (*sources.warnings, *outcome.warnings, *_still_held(kept)), started)


def _kept(engine: Engine, plan: Plan, lost: Set[str], held: Mapping[str, str]) -> list[str]:
    """Return what could not be read and is held from before: single files, and bundles with reports in the index."""
    paths = [report.path for report in engine.reports()] if held and plan.sources.failed else []
    bundles = [error.path for error in plan.sources.failed if any(path.startswith(f"{error.path}/") for path in paths)]
    return sorted([*(path for path in plan.changed if path in lost), *bundles])


def compare(sources: Sources, engine: Engine, held: Mapping[str, str], *, rebuild: bool = False) -> Plan:
    """Hold the files of a corpus against the fingerprints of an index."""
    groups: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": []}
    work: list[tuple[Source, str]] = []
    failed: list[ReadError] = []
    groups["added"] += [error.path for error in sources.failed]
    failed += sources.failed
    for source, mark in fingerprints(sources.found):
        known = held.get(source.id)
        group = "added" if known is None else "unchanged" if known == mark else "changed"
        groups[group].append(source.path)
        if isinstance(mark, ReadError):
            failed.append(mark)
        elif rebuild or group != "unchanged":
            work.append((source, mark))
    gone = set(held) - {source.id for source in sources.found}
    paths = {report.id: report.path for report in engine.reports()} if gone else {}
    return Plan(
        sources=sources,
        added=tuple(groups["added"]),
        changed=tuple(groups["changed"]),
        unchanged=tuple(groups["unchanged"]),
        removed={each: path for each in gone if not sources.may_hold(path := paths.get(each, each))},
        work=tuple(work),
        failed=tuple(failed),
    )


@dataclass(slots=True, kw_only=True)
class _Outcome:
    """What reading gave besides reports."""

    failed: tuple[ReadError, ...] = ()
    warnings: tuple[Warned, ...] = ()


def _held(engine: Engine, *, rebuild: bool) -> Mapping[str, str]:
    """Return the fingerprints of the index; one that cannot be used counts as empty when it is rebuilt anyway."""
    try:
        held = engine.fingerprints()
        if rebuild and held:
            engine.reports()
    except IndexMissing:
        return {}
    except IndexProblem:
        if rebuild:
            return {}
        raise
    return held


def _refuse_emptying(sources: Sources, held: Mapping[str, str], corpus: Path, *, rebuild: bool) -> None:
    """Guard against a folder that is empty because a drive is not connected."""
    if held and not sources.found and not sources.failed and not rebuild:
        raise ConfigError(
            f"资料文件夹 {corpus} 里没有文件，而索引里有 {len(held)} 份报告，索引没有改动。",
            hint="请确认文件夹没有指错、网络盘已连接。确实要清空时，请运行：search-app index --rebuild",
        )


def _run(engine: Engine, plan: Plan, *, rebuild: bool, jobs: int, progress: Progress | None) -> _Outcome:
    """Read and write; the writer is opened only once there is something to write."""
    failed: list[ReadError] = []
    warnings: list[Warned] = []
    results = understand_all(plan.work, jobs=_processes(jobs, len(plan.work)))
    with ExitStack() as stack:
        stack.callback(results.close)
        writer = _LateWriter(engine, stack, rebuild=rebuild)
        if rebuild:
            writer.open()
        else:
            for report_id in sorted(plan.removed):
                writer.open().remove(report_id)
        for done, (source, result) in enumerate(results, start=1):
            if isinstance(result, Understood):
                writer.open().put(result.report, result.passages)
                warnings.extend(Warned(path=source.path, warning=each) for each in result.report.warnings)
            else:
                failed.append(result)
            if progress is not None:
                progress(done, len(plan.work), source.path)
    return _Outcome(failed=tuple(failed), warnings=tuple(warnings))


def _processes(jobs: int, files: int) -> int:
    """Return how many processes are worth starting; each takes a second or two before its first file."""
    if jobs:
        return min(jobs, files)
    return 1 if files < _WORTH_PROCESSES else min(os.cpu_count() or 1, _MOST_PROCESSES)


class _LateWriter:
    """Opens the engine's writer at the first call, inside the given stack."""

    def __init__(self, engine: Engine, stack: ExitStack, *, rebuild: bool) -> None:
        self._engine = engine
        self._stack = stack
        self._rebuild = rebuild
        self._writer: Writer | None = None

    def open(self) -> Writer:
        """Return the writer."""
        if self._writer is None:
            self._writer = self._stack.enter_context(self._engine.writing(rebuild=self._rebuild))
        return self._writer


def _still_held(paths: Iterable[str]) -> Iterator[Warned]:
    for path in paths:
        yield Warned(path=path, warning="这次没有读出来，索引里仍保留上次读到的内容。")


def _totalled(engine: Engine, tally: Tally, warnings: tuple[Warned, ...], started: float) -> Tally:
    """Add what the index holds now."""
    try:
        current = engine.status().current
    except IndexMissing:
        return replace(tally, warnings=warnings, seconds=time.perf_counter() - started)
    return replace(
        tally,
        warnings=(*warnings, *duplicates(engine.reports())),
        reports=current.reports,
        passages=current.passages,
        generation=current.name,
        seconds=time.perf_counter() - started,
    )


def duplicates(reports: Iterable[Report]) -> tuple[Warned, ...]:
    """Return a warning for each report after the first of one town and year."""
    same: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for report in reports:
        if report.town and report.year:
            same[(report.province, report.city, report.county, report.town, report.year)].append(report)
    return tuple(
        Warned(path=report.path, warning=f"与 {first.path} 同为{report.town} {report.year} 年的报告，请确认是否重复。")
        for first, *others in same.values()
        for report in others
    )
