"""The OpenSearch engine: the contract of :mod:`search_app.engines.base` over a cluster."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TypeVar

from search_app import prepared_tables
from search_app.engines.access import refuse_strangers
from search_app.engines.base import Generation, Prepared, Preparing, Status, Writer, check
from search_app.engines.opensearch import lookups
from search_app.engines.opensearch.answers import Answering
from search_app.engines.opensearch.asking import Asking
from search_app.engines.opensearch.documents import prepare
from search_app.engines.opensearch.snapshot import Snapshot, Superseded, open_snapshot
from search_app.engines.opensearch.transport import Cluster, own_errors
from search_app.errors import IndexMissing, IndexProblem
from search_app.model import Found, Passage, Report
from search_app.query import Search
from search_app.score import Explanation

#: So often a question is asked anew when generations come faster than it is answered.
_TRIES = 8
#: A held generation is read until more than so many have come after it. The cluster keeps one more than that: its rows
#: are cleared away only by the next run, so none that is read loses any in the middle of an answer.
_BEHIND = 1
_T = TypeVar("_T")


class OpenSearchEngine:
    """Passages in an OpenSearch cluster; safe to share between threads."""

    def __init__(self, cluster: Cluster, root: Path) -> None:
        """Take the cluster; in ``root`` the program keeps what lies beside an index, the engine itself nothing."""
        self._root = root
        self._asking = Asking(cluster)
        self._snapshot: Snapshot | None = None
        self._held: tuple[Generation, OpenSearchEngine] | None = None
        self._lock = Lock()

    @contextmanager
    def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
        """Build the next generation aside and switch to it when the block ends well."""
        from search_app.engines.opensearch.generations import building  # only who writes needs this

        with building(self._asking, rebuild=rebuild) as writer:
            yield writer

    def preparing(self) -> Preparing:
        return _prepared

    def search(self, search: Search) -> Found:
        check(search)
        return self._ask(lambda snapshot: Answering(snapshot, search).find())

    def count(self, search: Search) -> int:
        check(search)
        return self._ask(lambda snapshot: Answering(snapshot, search).count())

    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        check(search)
        return self._ask(lambda snapshot: Answering(snapshot, search).explain(passage_ids))

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        return self._ask_now(lambda snapshot: lookups.find_report(snapshot, report_id))

    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        return self._ask_now(lambda snapshot: lookups.find_text(snapshot, digest))

    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        return self._ask_now(lambda snapshot: lookups.near_duplicates(snapshot, report_id))

    def reports(self) -> tuple[Report, ...]:
        return self._ask_now(lookups.all_heads)

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        return self._ask_now(lambda snapshot: lookups.frequent_words(snapshot, limit))

    def numerals(self) -> frozenset[str]:
        return self._ask_now(lookups.all_numerals)

    def fingerprints(self) -> Mapping[str, str]:
        try:
            return {report.id: report.fingerprint for report in self.reports()}
        except IndexMissing:
            return {}

    def status(self) -> Status:
        return self._ask_now(lambda snapshot: snapshot.manifest.status)

    def hold(self) -> "OpenSearchEngine":
        snapshot = self._ask_now(lambda snapshot: snapshot)
        current = snapshot.manifest.status.current
        with self._lock:
            if self._held is None or self._held[0] != current:
                self._held = current, _Holding(self._asking, self._root, snapshot)
            return self._held[1]

    def verify(self) -> tuple[str, ...]:
        from search_app.engines.opensearch.soundness import problems

        return self._ask_now(problems)

    def close(self) -> None:
        self._asking.close()

    def _ask_now(self, question: Callable[[Snapshot], _T]) -> _T:
        """Ask a question after looking which generation is in use."""

        def ask(snapshot: Snapshot) -> _T:
            snapshot.ask_now()
            return question(snapshot)

        return self._ask(ask)

    def _ask(self, question: Callable[[Snapshot], _T]) -> _T:
        """Ask a question that notices when another generation has come into use, and ask it of that one."""
        with own_errors():
            for _ in range(_TRIES):
                known = self._snapshot
                snapshot = known or self._open()
                self._snapshot = snapshot
                try:
                    return question(snapshot)
                except Superseded:
                    self._forget(snapshot)
                except IndexMissing:
                    if known is None:
                        raise
                    self._forget(snapshot)  # its index may be gone, and another be in use
            raise IndexProblem("索引更新得太频繁，这次没有查成", hint="请稍后再试。")

    def _forget(self, snapshot: Snapshot) -> None:
        if self._snapshot is snapshot:  # else another thread has opened the next one already
            self._snapshot = None

    def _open(self) -> Snapshot:
        """Look which generation is in use, and for what was prepared beside it in this user's own folder."""
        with suppress(FileNotFoundError):
            refuse_strangers(self._root)
            prepared_tables.use(self._root)
        return open_snapshot(self._asking)


class _Holding(OpenSearchEngine):
    """Answers from one generation until a second one has come after it, and from the newest then."""

    def __init__(self, asking: Asking, root: Path, snapshot: Snapshot) -> None:
        super().__init__(asking.cluster, root)
        self._asking, self._snapshot = asking, replace(snapshot, behind=_BEHIND)

    def hold(self) -> OpenSearchEngine:
        return self

    def close(self) -> None:
        """Leave the connections to the engine whose generation this is."""


def _prepared(passages: tuple[Passage, ...]) -> Prepared:
    with own_errors(writing=True):
        return Prepared(prepare(passages))
