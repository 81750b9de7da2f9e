"""Falling back: an embedded index answers while the cluster cannot, says so, and is never written to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search_app.engines.base import Status
from search_app.engines.cluster_errors import ClusterBusy, ClusterFull, ClusterUnreachable, ClusterUnusable
from search_app.engines.falling_back import RESTS, FallingBackEngine
from search_app.errors import IndexMissing, IndexProblem, NoSuchReport
from search_app.model import Found
from search_app.query import Search
from search_app.settings import Settings
from search_app.web import create_app
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine

DOWN = ClusterUnreachable("连不上 OpenSearch 集群")


class Faulty(ScanningEngine):
    """A cluster in memory that fails as told."""

    fault: IndexProblem | None = None
    asked = 0

    def _asked(self) -> None:
        self.asked += 1
        if self.fault is not None:
            raise self.fault

    def search(self, search: Search) -> Found:
        self._asked()
        return super().search(search)

    def status(self) -> Status:
        self._asked()
        return super().status()


def holding(kind: type[ScanningEngine], *paths: str) -> Any:
    """Return an engine that holds a report at each of these paths."""
    engine = kind()
    with engine.writing() as writer:
        for path in paths:
            report = make_report(path, town="湖口镇")
            writer.put(report, make_passages(report, "调解矛盾纠纷四十二件。"))
    return engine


class Clock:
    """A clock that stands until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cluster() -> Faulty:
    made: Faulty = holding(Faulty, "甲.txt", "乙.txt")
    return made


@pytest.fixture
def engine(cluster: Faulty, clock: Clock) -> FallingBackEngine:
    return FallingBackEngine(cluster, holding(ScanningEngine, "甲.txt"), clock=clock)


def total(engine: FallingBackEngine) -> int:
    return engine.search(Search()).total


def test_while_the_cluster_answers_nothing_else_does(engine: FallingBackEngine) -> None:
    assert total(engine) == 2
    assert engine.notice() is None
    assert engine.status().fallen_back is None


def test_while_it_cannot_the_embedded_index_answers_and_says_why(engine: FallingBackEngine, cluster: Faulty) -> None:
    cluster.fault = DOWN

    assert total(engine) == 1
    assert "连不上 OpenSearch 集群。现在由本机的旧索引" in (engine.notice() or "")
    assert engine.status().fallen_back == engine.notice()


def test_the_answer_as_json_says_it_too(engine: FallingBackEngine, cluster: Faulty, tmp_path: Path) -> None:
    cluster.fault = DOWN
    client = create_app(Settings(corpus=tmp_path, index=tmp_path / "index"), engine=engine).test_client()

    notes = client.get("/api/v1/search?q=调解").get_json()["notes"]

    assert [note["kind"] for note in notes] == ["fallen_back"]
    assert "现在由本机的旧索引" in notes[0]["message"]


def test_the_cluster_is_left_alone_for_a_while(engine: FallingBackEngine, cluster: Faulty, clock: Clock) -> None:
    cluster.fault = DOWN
    total(engine)
    clock.now += RESTS - 1

    total(engine)

    assert cluster.asked == 1


def test_after_its_rest_the_cluster_answers_again(engine: FallingBackEngine, cluster: Faulty, clock: Clock) -> None:
    cluster.fault = DOWN
    total(engine)
    cluster.fault = None
    clock.now += RESTS

    assert total(engine) == 2
    assert engine.notice() is None


def test_where_both_cannot_answer_the_fault_of_the_cluster_is_told(cluster: Faulty) -> None:
    cluster.fault = DOWN

    with pytest.raises(ClusterUnreachable):
        FallingBackEngine(cluster, ScanningEngine()).search(Search())


@pytest.mark.parametrize("fault", [IndexMissing("还没有建立索引"), ClusterFull("磁盘满了"), ClusterUnusable("看不懂")])
def test_what_is_no_fault_of_the_cluster_as_a_whole_is_told(
    fault: IndexProblem, engine: FallingBackEngine, cluster: Faulty
) -> None:
    cluster.fault = fault

    with pytest.raises(type(fault)):
        total(engine)


@pytest.mark.parametrize(
    "ask", [lambda engine: engine.writing(), lambda engine: engine.fingerprints(), lambda engine: engine.verify()]
)
def test_who_writes_or_checks_never_falls_back(
    ask: Callable[[FallingBackEngine], Any], cluster: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise ClusterBusy("集群太忙")

    for name in ("writing", "fingerprints", "verify"):
        monkeypatch.setattr(cluster, name, refuse)

    with pytest.raises(ClusterBusy):
        ask(FallingBackEngine(cluster, holding(ScanningEngine, "甲.txt")))


def test_what_the_embedded_index_does_not_hold_is_told_as_that(engine: FallingBackEngine, cluster: Faulty) -> None:
    cluster.fault = DOWN
    total(engine)

    with pytest.raises(NoSuchReport):
        engine.report("没有这一份")
