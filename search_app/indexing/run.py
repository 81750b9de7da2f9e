"""One run of the indexer: survey the corpus, skip what is unchanged, read the rest, write, count.

The old index answers until the run has ended well; a run that is stopped or fails changes nothing. The surprise: a file
that was read before and cannot be read now keeps its old text in the index, and the tally says so.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from search_app.engines.base import Engine, IndexNewer
from search_app.engines.cluster_errors import ClusterUnusable
from search_app.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexProblem, ReadError, TooLarge
from search_app.indexing.corpus_folder import survey
from search_app.indexing.duplicates import Shelf
from search_app.indexing.known_failures import Failure, recall, remember
from search_app.indexing.known_folders import recall_folders, remember_folders
from search_app.indexing.last_run import record_run, recording_failure
from search_app.indexing.late_writer import LateWriter
from search_app.indexing.plan import Plan, compare, leave_known, reports_of, warn_of_known
from search_app.indexing.removals import (
    OutOfReach,
    folders_of,
    hold_back,
    refuse_emptying,
    refuse_forgetting,
    refuse_losing,
    refuse_vanished,
)
from search_app.indexing.run_options import Progress, RunOptions, count_processes
from search_app.indexing.sources import Source, Sources, Warned, fingerprints, report_id
from search_app.indexing.tally import Tally, add_totals, count_files, find_kept, warn_of_kept
from search_app.indexing.workers import Ready, prepare_all, understand
from search_app.indexing.zip_bundles import close_kept
from search_app.model import Report


def update(
    engine: Engine,
    corpus: Path,
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    accept_removals: bool = False,
    retry_failed: bool = False,
    ocr: tuple[str, ...] = (),
    vanished_limit: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
    index: Path | None = None,
    own_places: str = "",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Tally:
    """Read what changed in the corpus folder into the index. One bad file never stops the run.

    ``index`` is the folder of the index: nothing in it is a source, and what could not be read is remembered there.
    ``own_places`` is the text of an administrator's own list of places. ``accept_removals`` lets go what seems only out
    of reach: a folder of ``vanished_limit`` reports or more that is gone as a whole (0 keeps none), or most of the
    index when it is built anew. What failed the last time and is the same still is not read again but with
    ``retry_failed``; a passing fault is. ``ocr`` is the command that recognises scans, none where that is not asked
    for. ``clock`` tells when a file is taken in, ``jobs`` is how many processes read, 0 chooses. An index that another
    version made, or that is damaged, is built anew, with a warning.
    Raises ConfigError (no folder, an empty one where the index holds reports, one that went away, or a loss that nobody
    accepted), IndexProblem, SearchAppError (a reading process died); after any of them the index is as it was.
    """
    how = RunOptions(
        jobs=jobs,
        progress=progress,
        own_places=own_places,
        accept=accept_removals,
        limit=vanished_limit,
        retry=retry_failed,
        ocr=ocr,
        now=clock().replace(microsecond=0),
    )
    with recording_failure(None if dry_run else index):
        return _update_or_build_anew(engine, corpus, index, how, rebuild=rebuild, dry_run=dry_run)


def _update_or_build_anew(
    engine: Engine, corpus: Path, index: Path | None, how: RunOptions, *, rebuild: bool, dry_run: bool
) -> Tally:
    try:
        return _update(engine, corpus, index, how, rebuild=rebuild, dry_run=dry_run)
    except (IndexOutdated, IndexDamaged) as problem:
        if (
            rebuild
            or dry_run
            or isinstance(problem, IndexNewer)
            or not _may_build_anew(survey(corpus, index=index), index, how)
        ):
            raise
        tally = _update(engine, corpus, index, how, rebuild=True, dry_run=False)
        anew = Warned(path="索引", warning=f"{problem.message}，已从头重建。")
        return replace(tally, warnings=(anew, *tally.warnings))


def _may_build_anew(sources: Sources, index: Path | None, how: RunOptions) -> bool:
    """Tell whether building anew loses nothing that cannot be read just now. Raises ConfigError where it may."""
    if how.limit and not how.accept:
        refuse_forgetting(sources, recall_folders(index))
    return bool(sources.found) and not sources.closed


def _update(
    engine: Engine, corpus: Path, index: Path | None, how: RunOptions, *, rebuild: bool, dry_run: bool
) -> Tally:
    started = time.perf_counter()
    sources = survey(corpus, index=index)
    held = _held(engine, rebuild=rebuild)
    if not how.accept:
        refuse_emptying(sources, held, corpus)
    plan, kept_folders = _planned(sources, held or (), how, rebuild=rebuild)
    plan, known = leave_known(plan, {} if rebuild or how.retry else recall(index), ocr=bool(how.ocr))
    run = _Run(engine, plan, how, corpus, rebuild=rebuild)
    if not dry_run:
        run.read_and_write()
    again = [ReadError(each.path, each.error, hint=each.hint) for each in known]
    tally = count_files(plan, run.put, (*plan.failed, *run.failed, *again), dry_run=dry_run)
    if index is not None and not dry_run:
        remember(index, (*map(run.failure, (*plan.failed, *run.failed)), *known))
    lost = {error.path for error in tally.failed}
    kept = find_kept(plan, lost, run.carried if rebuild else plan.changed)
    told = (*warn_of_kept(kept), *warn_of_known(known))
    gone = {each.folder: Warned(path=each.folder, warning=each.warning) for each in kept_folders}
    others = (each for each in sources.warnings if each.path not in gone)
    warnings = (*others, *gone.values(), *run.warnings, *told)
    tally = add_totals(engine, replace(tally, kept=kept_folders), warnings, started)
    if index is not None and not dry_run:
        remember_folders(index, folders_of(reports_of(engine)))
        record_run(index, tally)
    return tally


def _held(engine: Engine, *, rebuild: bool) -> tuple[Report, ...] | None:
    """Return the reports of the index; None where it cannot be read and is to be rebuilt anyway.

    A cluster that does not answer may hold them all the same: nothing is rebuilt over what it holds.
    """
    try:
        return reports_of(engine)
    except ClusterUnusable:
        raise
    except IndexProblem:
        if rebuild:
            return None
        raise


def _planned(
    sources: Sources, held: tuple[Report, ...], how: RunOptions, *, rebuild: bool
) -> tuple[Plan, tuple[OutOfReach, ...]]:
    """Return what is to be done, and the folders whose reports stay in the index though they were not found."""
    plan = compare(sources, held, rebuild=rebuild, own_places=how.own_places)
    return hold_back(plan, at_least=0 if how.accept else how.limit)


def _is_to_be_mended(engine: Engine) -> bool:
    """Tell whether there is no index yet, or one that answers from what was left of it."""
    try:
        return engine.status().problem is not None
    except IndexMissing:
        return True
    except IndexProblem:
        return False  # the writer will say so


class _Run:
    """Reading and writing of one run; the writer is opened only once there is something to write.

    ``put`` are the paths of the reports that were written, ``carried`` of those among them that came from the index of
    before because their files could not be read.
    """

    def __init__(self, engine: Engine, plan: Plan, how: RunOptions, corpus: Path, *, rebuild: bool) -> None:
        self.failed: list[ReadError] = []
        self.warnings: list[Warned] = []
        self.put: set[str] = set()
        self.carried: list[str] = []
        self._corpus = corpus
        self._engine = engine
        self._plan = plan
        self._rebuild = rebuild
        self._how = how
        self._done = 0
        self._read: dict[str, tuple[Source, str]] = {}
        self._taken_in = {(report.path, report.checksum): report.indexed_at for report in plan.held}
        self._shelf = Shelf(() if rebuild else plan.held, gone=set(plan.removed))

    def read_and_write(self) -> None:
        """Bring the index up to date. Raises ConfigError where it is built anew and the corpus goes away meanwhile."""
        with ExitStack() as stack:
            stack.callback(close_kept)
            writer = LateWriter(self._engine, stack, rebuild=self._rebuild)
            anew = self._rebuild or _is_to_be_mended(self._engine)
            if self._rebuild and not self._how.accept:
                refuse_losing(self._plan)
            if anew:
                writer.open()  # even where there is nothing to write: an empty index answers, none at all does not
            if not self._rebuild:
                for gone in sorted(self._plan.removed):
                    writer.open().remove(gone)
            self._take(self._plan.work, writer)
            while released := self._released():
                self._take(released, writer)
            if anew:
                refuse_vanished(self._plan, (error.path for error in (*self._plan.failed, *self.failed)), self._corpus)
            if self._rebuild:
                self._carry_over(writer)
            for report in tuple(self._shelf.restated()):
                self._restate(report, writer)

    def failure(self, error: ReadError) -> Failure:
        """Return an error as what is remembered of it."""
        _, mark = self._read.get(report_id(error.path), (None, ""))
        return Failure(
            path=error.path, fingerprint=mark, error=error.message, hint=error.hint, kind=type(error).__name__
        )

    def _take(self, work: tuple[tuple[Source, str], ...], writer: LateWriter) -> None:
        """Read these files and write what is to be kept of them."""
        self._read.update((source.id, (source, mark)) for source, mark in work)
        total = self._done + len(work)
        with ExitStack() as stack:
            jobs = count_processes(self._how.jobs, len(work))
            results = prepare_all(work, self._engine.preparing(), jobs=jobs, **self._how.understanding)
            stack.callback(results.close)
            for source, result in results:
                try:
                    if isinstance(result, Ready):
                        self._place(result, writer)
                    else:
                        self.failed.append(result)
                except TooLarge as error:
                    self.failed.append(error)
                self._done += 1
                if self._how.progress is not None:
                    self._how.progress(self._done, total, source.path)

    def _place(self, result: Ready, writer: LateWriter) -> None:
        verdict = self._shelf.take(self._dated(result.report))
        if verdict.remove is not None:
            writer.open().remove(verdict.remove)
        if verdict.put is not None:
            writer.open().put(verdict.put, result.passages)
            self.put.add(result.report.path)
            self.warnings.extend(Warned(path=result.report.path, warning=each) for each in result.report.warnings)

    def _dated(self, report: Report) -> Report:
        """Return a report with when a file of these bytes was first taken in at its path."""
        return replace(report, indexed_at=self._taken_in.get((report.path, report.checksum)) or self._how.now)

    def _carry_over(self, writer: LateWriter) -> None:
        """Take from the index of before what is not gone but cannot be read just now: a rebuild loses no report."""
        copies = {copy.path for report in self._shelf.kept() for copy in report.copies}
        if not self._how.accept:
            refuse_losing(self._plan, self.put | copies)
        for report in self._plan.held:
            if report.id in self._plan.removed or report.path in self.put or report.path in copies:
                continue
            try:
                whole, passages = self._engine.report(report.id)
            except ClusterUnusable:
                raise
            except IndexProblem:
                self.warnings.append(Warned(path=report.path, warning="这次没有读出来，索引里上次的内容也读不出来。"))
                continue
            self._place(Ready(report=replace(whole, copies=()), passages=self._engine.preparing()(passages)), writer)
            self.carried.append(report.path)

    def _released(self) -> tuple[tuple[Source, str], ...]:
        """Return the former copies that have to be read now, as nothing stands for them any more."""
        freed, self._shelf.released = self._shelf.released, set()
        found = (
            source
            for source in self._plan.sources.found
            if source.path in freed and source.id not in self._read and not self._shelf.is_copy(source.path)
        )
        return tuple(
            (source, mark) for source, mark in fingerprints(found, self._how.own_places) if isinstance(mark, str)
        )

    def _restate(self, report: Report, writer: LateWriter) -> None:
        """Write a report once more, as other copies stand behind it now."""
        if report.id in self._read and report.path in self.put:
            again = understand(*self._read[report.id], **self._how.understanding)
            if isinstance(again, ReadError) or again.report.content != report.content:
                return  # it changed under our hands: the next run will tell
            whole, passages = self._dated(again.report), again.passages
        else:
            whole, passages = self._engine.report(report.id)
        writer.open().put(replace(whole, copies=report.copies), passages)
