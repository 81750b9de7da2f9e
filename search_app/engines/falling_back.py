"""Falling back: while a cluster cannot answer, an embedded index of earlier does, and says so.

Every question goes to the cluster; where that is unusable, to the embedded index, and for a while the cluster is left
alone, so that not every visitor waits for it. What is missing, outdated, or asked wrongly is no reason to fall back.
The surprise: a writer never falls back, nor does whoever checks the index: what is written, or found whole, is the
cluster's.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import TypeVar

from search_app.engines.base import Engine, Preparing, Status, Writer
from search_app.engines.cluster_errors import (
    ClusterBusy,
    ClusterRefuses,
    ClusterSlow,
    ClusterUnreachable,
    ClusterUnsuitable,
    ClusterUntrusted,
    ClusterUnusable,
)
from search_app.engines.lineage import say_moment
from search_app.errors import IndexProblem
from search_app.model import Found, Passage, Report
from search_app.query import Search
from search_app.score import Explanation

_T = TypeVar("_T")

#: Seconds for which a cluster that did not answer is left alone.
RESTS = 15.0
#: What keeps a cluster from answering anything; other faults are of one question.
_DOWN = (ClusterBusy, ClusterRefuses, ClusterSlow, ClusterUnreachable, ClusterUnsuitable, ClusterUntrusted)


class FallingBackEngine:
    """A cluster's engine with an embedded one behind it; safe to share between threads."""

    def __init__(self, cluster: Engine, embedded: Engine, *, clock: Callable[[], float] = monotonic) -> None:
        self._cluster, self._embedded, self._clock = cluster, embedded, clock
        self._lock = Lock()
        self._down: ClusterUnusable | None = None
        self._again = 0.0

    def notice(self) -> str | None:
        """Return in Chinese that the embedded index answers just now, and why; None where the cluster does."""
        with self._lock:
            down = self._down
        if down is None:
            return None
        try:
            held = f"（{say_moment(self._embedded.status().current.built_at)} 建）"
        except IndexProblem:
            return None  # nothing answers: the error itself is shown
        return f"{down.message}。现在由本机的旧索引{held}应答，可能缺最近的更新；集群恢复后自动换回。"

    def writing(self, *, rebuild: bool = False) -> AbstractContextManager[Writer]:
        return self._cluster.writing(rebuild=rebuild)

    def preparing(self) -> Preparing:
        return self._cluster.preparing()

    def search(self, search: Search) -> Found:
        return self._ask(lambda engine: engine.search(search))

    def count(self, search: Search) -> int:
        return self._ask(lambda engine: engine.count(search))

    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        return self._ask(lambda engine: engine.explain(search, passage_ids))

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        return self._ask(lambda engine: engine.report(report_id))

    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        return self._ask(lambda engine: engine.find_text(digest))

    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        return self._ask(lambda engine: engine.near_duplicates(report_id))

    def reports(self) -> tuple[Report, ...]:
        return self._ask(lambda engine: engine.reports())

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        return self._ask(lambda engine: engine.frequent_words(limit))

    def numerals(self) -> frozenset[str]:
        return self._ask(lambda engine: engine.numerals())

    def fingerprints(self) -> Mapping[str, str]:
        return self._cluster.fingerprints()

    def status(self) -> Status:
        found = self._ask(lambda engine: engine.status())
        return replace(found, fallen_back=self.notice())

    def hold(self) -> "FallingBackEngine":
        return self  # which of the two answers is asked anew with every question

    def verify(self) -> tuple[str, ...]:
        return self._cluster.verify()

    def close(self) -> None:
        self._cluster.close()
        self._embedded.close()

    def _ask(self, question: Callable[[Engine], _T]) -> _T:
        if self._rests():
            return self._ask_embedded(question)
        try:
            answer = question(self._cluster)
        except _DOWN as down:
            with self._lock:
                self._down, self._again = down, self._clock() + RESTS
            return self._ask_embedded(question)
        with self._lock:
            self._down = None
        return answer

    def _rests(self) -> bool:
        """Return whether the cluster is left alone; where its rest is over, one asks and all others go on without."""
        with self._lock:
            if self._down is None:
                return False
            if self._clock() < self._again:
                return True
            self._again = self._clock() + RESTS
            return False

    def _ask_embedded(self, question: Callable[[Engine], _T]) -> _T:
        try:
            return question(self._embedded)
        except IndexProblem as problem:
            with self._lock:
                down = self._down
            raise (down or problem) from problem
