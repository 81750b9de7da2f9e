"""The way to the cluster breaks in the middle of a run: nothing is lost, there twice, or half done."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from search_app.engines.cluster_errors import ClusterUnreachable
from search_app.engines.opensearch import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster
from search_app.query import Search
from tests.conftest import make_passages, make_report
from tests.engines.opensearch.broken_way import Breaking, Breaks, Way, broken_way, first

TEXTS = ("调解矛盾纠纷四十二件。", "聘请法律顾问两名。")
SWITCH = {"method": "POST", "path": "/_aliases"}


def nowhere(method: str, path: str) -> None:
    """Break nowhere."""


@pytest.fixture
def way(cluster_url: str) -> Iterator[Way]:
    with broken_way(cluster_url, nowhere) as found:
        yield found


@pytest.fixture
def engine(cluster: Cluster, way: Way) -> Iterator[OpenSearchEngine]:
    """Give an engine at the end of the way that holds one report."""
    with closing(OpenSearchEngine(replace(cluster, urls=(way.url,)), Path("none"))) as found:
        put(found, "甲.txt")
        yield found


def put(engine: OpenSearchEngine, *paths: str, rebuild: bool = False) -> None:
    with engine.writing(rebuild=rebuild) as writer:
        for path in paths:
            report = make_report(path, town="湖口镇")
            writer.put(report, make_passages(report, *TEXTS))


def held(engine: OpenSearchEngine) -> tuple[list[str], int]:
    """Return the paths of the reports held, and how many passages a search finds."""
    return [report.path for report in engine.reports()], engine.search(Search()).total


@pytest.mark.parametrize("breaks", Breaks)
@pytest.mark.parametrize("request_of", [SWITCH, {"method": "POST", "path": "/_bulk"}], ids=["switch", "rows"])
def test_a_run_gets_over_a_way_that_breaks_once(
    breaks: Breaks, request_of: dict[str, str], way: Way, engine: OpenSearchEngine
) -> None:
    way.breaking = first(breaks, **request_of)

    put(engine, "乙.txt")

    assert way.breaking(request_of["method"], request_of["path"]) is None, "no such request was sent"
    assert held(engine) == (["甲.txt", "乙.txt"], 4) or held(engine) == (["乙.txt", "甲.txt"], 4)
    assert engine.verify() == ()


def breaks_always(breaks: Breaks, path: str) -> Breaking:
    def breaking(method: str, at: str) -> Breaks | None:
        return breaks if method in ("POST", "PUT") and path in at else None

    return breaking


@pytest.mark.parametrize("path", ["/_aliases", "/_bulk"], ids=["switch", "rows"])
def test_a_run_that_does_not_get_through_changes_nothing_and_the_next_one_does(
    path: str, way: Way, engine: OpenSearchEngine
) -> None:
    way.breaking = breaks_always(Breaks.BEFORE, path)
    with pytest.raises(ClusterUnreachable):
        put(engine, "乙.txt", "丙.txt")
    assert held(engine) == (["甲.txt"], 2)
    way.breaking = nowhere

    put(engine, "乙.txt")

    assert held(engine)[1] == 4
    assert engine.verify() == ()


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_switch_whose_answers_are_all_lost_is_done_all_the_same(
    rebuild: bool, way: Way, engine: OpenSearchEngine
) -> None:
    way.breaking = breaks_always(Breaks.AFTER, "/_aliases")

    put(engine, "乙.txt", rebuild=rebuild)

    assert held(engine)[1] == (2 if rebuild else 4)
    assert engine.verify() == ()


def test_a_switch_of_which_nobody_can_tell_whether_it_was_done_leaves_what_answers_whole(
    way: Way, engine: OpenSearchEngine
) -> None:
    def cut_off(method: str, at: str) -> Breaks | None:
        if "/_aliases" in at and method == "POST":
            way.breaking = lambda *_: Breaks.BEFORE
            return Breaks.AFTER
        return None

    way.breaking = cut_off
    with pytest.raises(ClusterUnreachable):
        put(engine, "乙.txt")

    way.breaking = nowhere
    assert held(engine)[1] == 4
    assert engine.verify() == ()
