"""The Whoosh engine: the contract of :mod:`search_app.engines.base` over an index folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from search_app.engines.base import Prepared, Preparing, Status, Writer, check
from search_app.engines.lineage import name_of
from search_app.engines.whoosh.error_mapping import own_errors
from search_app.engines.whoosh.index.current import find_named, read_current, read_manifest
from search_app.engines.whoosh.index.held_index import HeldIndex
from search_app.engines.whoosh.index.opened_index import OpenedIndex, is_sound, refuse_outdated
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.index.soundness import problems, strangers
from search_app.engines.whoosh.index.versions import versions
from search_app.engines.whoosh.search.chosen_rows import choose, count, evaluation_of, look
from search_app.engines.whoosh.search.evaluation import Scored
from search_app.engines.whoosh.search.top_hits import Page, count_of_town_before, page
from search_app.engines.whoosh.segments.prepared import prepare
from search_app.errors import IndexDamaged, IndexMissing, IndexProblem, NoSuchReport
from search_app.model import Found, Match, Passage, Report
from search_app.query import Search
from search_app.score import Explanation

#: Looks at an index that writers keep changing; then what was found is told.
_TRIES = 5
_Asked = ParamSpec("_Asked")
_T = TypeVar("_T")


def _soundly(
    question: "Callable[Concatenate[WhooshEngine, _Asked], _T]",
) -> "Callable[Concatenate[WhooshEngine, _Asked], _T]":
    """Ask again, of the next older sound generation, where what answers turns out to be damaged."""

    @wraps(question)
    def ask(engine: "WhooshEngine", /, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _T:
        while True:
            asked = engine._index.opened
            try:
                return question(engine, *args, **kwargs)
            except IndexDamaged:
                with own_errors():
                    if not engine._index.set_aside(asked):
                        raise

    return ask


class WhooshEngine:
    """Passages in a Whoosh index on the local disk; safe to share between threads."""

    def __init__(self, root: Path, index: OpenedIndex | HeldIndex | None = None) -> None:
        """Take the folder of an index; ``index`` is what is opened of it already, by another engine."""
        self._root = root
        self._index = index or OpenedIndex(root)
        self._lock = Lock()
        self._held: WhooshEngine | None = None

    @contextmanager
    def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
        """Build the next generation aside and switch to it when the block ends well."""
        from search_app.engines.whoosh.index import generations  # only who writes needs these
        from search_app.engines.whoosh.index.appearances import descend, remember
        from search_app.engines.whoosh.index.writer import IndexWriter

        with generations.lock(self._root):
            with own_errors():
                named = self._index.named(rebuild=rebuild)
                kept = tuple(filter(is_sound, named.entries)) if rebuild else named.entries
                base = self._index.checked(named.entries[0]) if kept and not rebuild else None
                draft = generations.start(self._root, base, named)
            try:
                with own_errors(writing=True):
                    past = base[1] if base else None
                    known = None
                    if rebuild and kept:
                        past, known = remember(kept[0])
                    writer = IndexWriter(draft.folder, base[1].segments if base else None, known)
                with closing(writer):
                    yield writer
                    writer.commit()
                with own_errors(writing=True):
                    reports, passages = writer.counts
                    sealed = generations.seal(
                        draft,
                        writer.entries,
                        reports=reports,
                        passages=passages,
                        versions=versions(),
                        ancestors=descend(past, writer.appeared) if past else (),
                    )
            except BaseException as error:
                generations.abandon(draft, error)
                raise
            with own_errors(writing=True):
                generations.switch(self._root, sealed, kept)

    def preparing(self) -> Preparing:
        return _prepared

    @_soundly
    def search(self, search: Search) -> Found:
        check(search)
        with own_errors():
            use = self._index.use()
            snapshot = use.snapshot
            chosen, selected, looked_at = look(use, search)
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

    @_soundly
    def count(self, search: Search) -> int:
        check(search)
        with own_errors():
            use = self._index.use()
            found = count(use, search)
            use.snapshot.ease()
            return found

    @_soundly
    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        from search_app.engines.score_sentences import not_found, not_held  # only who explains needs these
        from search_app.engines.whoosh.search.score_parts import explain_row

        check(search)
        with own_errors():
            use = self._index.use()
            snapshot = use.snapshot
            evaluation = evaluation_of(use, replace(search, deadline=None))
            chosen, _ = choose(snapshot, search, evaluation)
            made: list[Explanation] = []
            for passage_id in passage_ids:
                row = snapshot.find_row(passage_id)
                if row is None:
                    raise not_held(passage_id)
                position = int(chosen.rows.searchsorted(row))
                if position == len(chosen.rows) or chosen.rows[position] != row:
                    raise not_found(passage_id)
                before = count_of_town_before(snapshot.columns, chosen, search, position)
                made.append(explain_row(evaluation, search, row, before))
            snapshot.ease()
            return tuple(made)

    @_soundly
    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        with own_errors():
            snapshot = self._index.use().snapshot
            number = _number(snapshot, report_id)
            return snapshot.report(number), tuple(snapshot.passage(row) for row in snapshot.rows_of(number))

    @_soundly
    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        with own_errors():
            snapshot = self._index.use().snapshot
            rows = snapshot.find_digest(digest).tolist()
            return tuple((snapshot.passage(row), snapshot.head(int(snapshot.columns.report[row]))) for row in rows)

    @_soundly
    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        with own_errors():
            snapshot = self._index.use().snapshot
            rows = snapshot.rows_of(_number(snapshot, report_id))
            alike = [tuple(map(snapshot.report_id, others)) for others in snapshot.reports_like(rows)]
            return {snapshot.passage(row).id: others for row, others in zip(rows, alike, strict=True)}

    @_soundly
    def reports(self) -> tuple[Report, ...]:
        with own_errors():
            return self._index.use().snapshot.heads

    @_soundly
    def frequent_words(self, limit: int) -> Mapping[str, int]:
        with own_errors():
            return self._index.use().snapshot.frequent_words(limit)

    @_soundly
    def numerals(self) -> frozenset[str]:
        with own_errors():
            return self._index.use().snapshot.numerals()

    @_soundly
    def fingerprints(self) -> Mapping[str, str]:
        try:
            with own_errors():
                return {report.id: report.fingerprint for report in self._index.use().snapshot.heads}
        except IndexMissing:
            return {}

    def status(self) -> Status:
        with own_errors():
            return self._index.use().status

    def hold(self) -> "WhooshEngine":
        if isinstance(self._index, HeldIndex):
            return self
        with own_errors():
            use = self._index.use()
        with self._lock:
            if self._held is None or self._held._index.opened is not use:
                self._held = WhooshEngine(self._root, HeldIndex(self._index, use))
            return self._held

    def verify(self) -> tuple[str, ...]:
        with own_errors():
            for _ in range(_TRIES):
                current = read_current(self._root)
                found = self._verified(current)
                if not found or read_current(self._root) == current:
                    break  # else a writer tidied up while we were looking
            return found

    def _verified(self, current: bytes) -> tuple[str, ...]:
        named = find_named(self._root, current)
        found = [named.trouble] if named.trouble else []
        for entry in named.entries:
            try:
                manifest = read_manifest(entry)
                found += [*problems(entry.folder, manifest, every_byte=True), *strangers(entry.folder, manifest)]
                if entry is named.entries[0]:
                    refuse_outdated(manifest)  # older ones may be
            except (IndexProblem, FileNotFoundError) as problem:
                found.append(str(problem))
        return tuple(found)

    def close(self) -> None:
        self._index.close()


def _prepared(passages: tuple[Passage, ...]) -> Prepared:
    with own_errors(writing=True):
        return Prepared(prepare(passages))


def _number(snapshot: Snapshot, report_id: str) -> int:
    number = snapshot.number(report_id)
    if number is None:
        raise NoSuchReport(f"索引里没有编号为 {report_id} 的报告")
    return number


def _matches(snapshot: Snapshot, scored: Scored, shown: Page) -> tuple[Match, ...]:
    rows = scored.rows[shown.positions]
    return tuple(
        Match(
            passage=snapshot.passage(row),
            report=snapshot.head(int(snapshot.columns.report[row])),
            score=float(score),
            stands_for=behind,
            added=name_of(int(snapshot.columns.since[row])),
        )
        for row, score, behind in zip(rows.tolist(), shown.scores.tolist(), shown.folded.tolist(), strict=True)
    )
