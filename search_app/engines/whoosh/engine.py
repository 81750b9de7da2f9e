"""The Whoosh engine: the contract of :mod:`search_app.engines.base` over an index folder."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_app.engines.base import Prepared, Preparing, Status, Writer, check
from search_app.engines.score_sentences import not_found, not_held
from search_app.engines.whoosh.error_mapping import own_errors
from search_app.engines.whoosh.index import generations
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.generations import Entry
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.index.versions import versions
from search_app.engines.whoosh.index.writer import IndexWriter
from search_app.engines.whoosh.search.evaluation import Evaluation, Scored, apply_priors, evaluate, match_rows
from search_app.engines.whoosh.search.facet_counts import Selected
from search_app.engines.whoosh.search.score_parts import explain_row
from search_app.engines.whoosh.search.top_hits import Page, count_of_town_before, page
from search_app.engines.whoosh.segments.prepared import prepare
from search_app.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexProblem,
    NoSuchReport,
    SearchAppError,
)
from search_app.model import Found, Match, Passage, Report
from search_app.query import Search
from search_app.score import Explanation

#: A reader that lost the race against this many switches in a row gives up.
_TRIES = 5


class WhooshEngine:
    """Passages in a Whoosh index on the local disk; safe to share between threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._opened: tuple[bytes, Snapshot, Status] | None = None

    @contextmanager
    def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
        """Build the next generation aside and switch to it when the block ends well."""
        with generations.lock(self._root):
            with own_errors():
                named = self._entries(rebuild=rebuild)
                kept = tuple(filter(_is_sound, named)) if rebuild else named
                base = self._checked(named[0]) if named and not rebuild else None
                draft = generations.start(self._root, base, named)
            try:
                with own_errors(writing=True):
                    writer = IndexWriter(draft.folder, base[1].segments if base else None)
                with closing(writer):
                    yield writer
                    writer.commit()
                with own_errors(writing=True):
                    reports, passages = writer.counts
                    sealed = generations.seal(
                        draft, writer.entries, reports=reports, passages=passages, versions=versions()
                    )
            except BaseException:
                generations.discard(draft)
                raise
            with own_errors(writing=True):
                generations.switch(self._root, sealed, kept)

    def preparing(self) -> Preparing:
        return _prepared

    def search(self, search: Search) -> Found:
        check(search)
        with own_errors():
            snapshot = self._snapshot()[0]
            chosen, selected, looked_at = _look(snapshot, search)
            shown = page(snapshot.columns, chosen, search)
            found = Found(
                total=len(chosen.rows),
                reports=len(selected.counts.reports),
                listed=shown.listed,
                matches=_matches(snapshot, chosen, shown),
                facets=selected.facets(),
                generation=snapshot.generation.name,
                looked_at=looked_at,
                held=snapshot.generation.passages,
            )
            snapshot.ease()
            return found

    def count(self, search: Search) -> int:
        check(search)
        with own_errors():
            snapshot = self._snapshot()[0]
            rows = match_rows(Evaluation(snapshot, search.ranking, search.deadline), search)
            if search.like is not None or search.unlike is not None:
                rows = rows[_of_likeness(snapshot, rows, search)]
            selected = Selected(snapshot.columns, rows, search.selection).mask
            snapshot.ease()
            return len(rows) if selected is None else int(np.count_nonzero(selected))

    def explain(self, search: Search, passage_id: str) -> Explanation:
        check(search)
        with own_errors():
            snapshot = self._snapshot()[0]
            row = snapshot.find_row(passage_id)
            if row is None:
                raise not_held(passage_id)
            evaluation = Evaluation(snapshot, search.ranking)
            chosen, _ = _choose(snapshot, search, evaluation)
            position = int(chosen.rows.searchsorted(row))
            if position == len(chosen.rows) or chosen.rows[position] != row:
                raise not_found(passage_id)
            before = count_of_town_before(snapshot.columns, chosen, search, position)
            made = explain_row(evaluation, search, row, before)
            snapshot.ease()
            return made

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        with own_errors():
            snapshot = self._snapshot()[0]
            number = snapshot.number(report_id)
            if number is None:
                raise NoSuchReport(f"索引里没有编号为 {report_id} 的报告")
            return snapshot.report(number), tuple(snapshot.passage(row) for row in snapshot.rows_of(number))

    def reports(self) -> tuple[Report, ...]:
        with own_errors():
            return self._snapshot()[0].heads

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        counted: Counter[str] = Counter()
        with own_errors():
            for segment in self._snapshot()[0].segments:
                counted.update(segment.words.frequent(limit))
        return dict(counted.most_common(limit))

    def fingerprints(self) -> Mapping[str, str]:
        try:
            with own_errors():
                return {report.id: report.fingerprint for report in self._snapshot()[0].heads}
        except IndexMissing:
            return {}

    def status(self) -> Status:
        with own_errors():
            return self._snapshot()[1]

    def verify(self) -> tuple[str, ...]:
        with own_errors():
            for _ in range(_TRIES):
                current = generations.read_current(self._root)
                found = self._verified(current)
                if not found or generations.read_current(self._root) == current:
                    break  # else a writer tidied up while we were looking
            return found

    def _verified(self, current: bytes) -> tuple[str, ...]:
        found: list[str] = []
        for entry in generations.entries(self._root, current):
            try:
                manifest = generations.read_manifest(entry)
                found += [
                    *generations.problems(entry, manifest, every_byte=True),
                    *generations.strangers(entry, manifest),
                ]
            except (IndexProblem, FileNotFoundError) as problem:
                found.append(str(problem))
        return tuple(found)

    def close(self) -> None:
        self._opened = None

    def _snapshot(self) -> tuple[Snapshot, Status]:
        """Return the newest usable generation, opened; searches that hold an older one finish on it."""
        for attempt in range(_TRIES):
            current = generations.read_current(self._root)
            with self._lock:
                if self._opened is None or self._opened[0] != current:
                    try:
                        self._opened = (current, *self._open(current))
                    except IndexDamaged:
                        # A writer may have switched and tidied up meanwhile: look again before believing it.
                        if attempt + 1 < _TRIES and generations.read_current(self._root) != current:
                            continue
                        raise
                return self._opened[1:]
        raise IndexDamaged("索引切换过于频繁，暂时读不到")

    def _open(self, current: bytes) -> tuple[Snapshot, Status]:
        entries = generations.entries(self._root, current)
        trouble: IndexDamaged | None = None
        for position, entry in enumerate(entries):
            try:
                manifest, snapshot = self._usable(entry)
            except IndexDamaged as problem:
                trouble = trouble or problem
                continue
            older = tuple(each.folder.name for each in entries[position + 1 :])
            problem_text = f"{trouble.message}，已使用上一代索引 {entry.folder.name}" if trouble else None
            return snapshot, Status(current=manifest.generation, older=older, problem=problem_text)
        raise trouble or IndexDamaged("索引的入口文件 CURRENT 已损坏")

    def _usable(self, entry: Entry) -> tuple[Manifest, Snapshot]:
        try:
            manifest = self._checked(entry)[1]
            return manifest, Snapshot(entry.folder, manifest)
        except FileNotFoundError as error:
            raise IndexDamaged(f"索引代 {entry.folder.name} 不完整") from error
        except (SearchAppError, OSError, MemoryError):
            raise  # too many open files, no memory: it may pass, and says nothing about the index
        except Exception as error:
            raise IndexDamaged(f"索引代 {entry.folder.name} 打不开") from error

    def _checked(self, entry: Entry) -> tuple[Entry, Manifest]:
        manifest = generations.read_manifest(entry)
        wrong = next(generations.problems(entry, manifest, every_byte=False), None)
        if wrong:
            raise IndexDamaged(wrong)
        if manifest.generation.versions != versions():
            raise IndexOutdated("索引是用旧版程序或旧词典建的，与现在的不一致")
        return entry, manifest

    def _entries(self, *, rebuild: bool) -> tuple[Entry, ...]:
        """Return the generations that CURRENT names; a rebuild does without, should it be damaged."""
        try:
            return generations.entries(self._root, generations.read_current(self._root))
        except IndexMissing:
            return ()
        except IndexDamaged:
            if rebuild:
                return ()
            raise


def _prepared(passages: tuple[Passage, ...]) -> Prepared:
    with own_errors(writing=True):
        return Prepared(prepare(passages))


def _is_sound(entry: Entry) -> bool:
    try:
        return not any(generations.problems(entry, generations.read_manifest(entry), every_byte=True))
    except IndexProblem:
        return False


def _choose(snapshot: Snapshot, search: Search, evaluation: Evaluation) -> tuple[Scored, Selected]:
    """Return the rows that a search finds with their final scores, and what its selection makes of them."""
    scored = evaluate(evaluation, search)
    if search.like is not None or search.unlike is not None:
        scored = scored.only(_of_likeness(snapshot, scored.rows, search))
    selected = Selected(snapshot.columns, scored.rows, search.selection)
    chosen = scored if selected.mask is None else scored.only(selected.mask)
    return apply_priors(snapshot.columns, search, chosen), selected


def _look(snapshot: Snapshot, search: Search) -> tuple[Scored, Selected, int]:
    """Return what is chosen until the deadline, and how many passages were looked at for it.

    What was made on the way is given back here: large arrays that are kept longer than needed cost new memory.
    """
    evaluation = Evaluation(snapshot, search.ranking, search.deadline)
    return *_choose(snapshot, search, evaluation), evaluation.count_looked_at(snapshot.generation.passages)


def _of_likeness(snapshot: Snapshot, rows: Ints, search: Search) -> NDArray[np.bool_]:
    """Return which of the rows say nearly the same as the passage that the search names, or do not."""
    cluster = snapshot.columns.cluster
    mask = np.ones(len(rows), dtype=np.bool_)
    if search.like is not None:
        own = snapshot.row(search.like)
        mask &= (cluster[rows] == cluster[own]) & (rows != own)
    if search.unlike is not None:
        mask &= cluster[rows] != cluster[snapshot.row(search.unlike)]
    return mask


def _matches(snapshot: Snapshot, scored: Scored, shown: Page) -> tuple[Match, ...]:
    rows = scored.rows[shown.positions]
    return tuple(
        Match(
            passage=snapshot.passage(row),
            report=snapshot.head(int(snapshot.columns.report[row])),
            score=float(score),
            stands_for=behind,
        )
        for row, score, behind in zip(rows.tolist(), shown.scores.tolist(), shown.folded.tolist(), strict=True)
    )
