"""The OpenSearch engine keeps the contract, and agrees with the oracle on random corpora and questions."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.engines.opensearch import Cluster, OpenSearchEngine, clusters
from search_app.engines.opensearch.transport import connect
from search_app.model import Found
from search_app.query import Search
from tests.engines.building import Filed, corpora, searches
from tests.engines.contract import EngineContract, put
from tests.engines.scanning import ScanningEngine


@pytest.fixture(scope="session")
def cluster_address() -> str:
    return os.environ["CLUSTER"]


@pytest.fixture
def cluster(cluster_address: str) -> Iterator[Cluster]:
    made = Cluster(urls=(cluster_address,), prefix=f"test-{secrets.token_hex(6)}", replicas=0)
    yield made
    from search_app.engines.opensearch.transport import connect

    with_it = connect(made)
    with_it.indices.delete(index=f"{made.prefix}-*", ignore=404)
    with_it.close()


class TestOpenSearchEngine(EngineContract):
    @pytest.fixture
    def engine(self, cluster: Cluster, tmp_path: Path) -> Iterator[Engine]:
        engine = OpenSearchEngine(cluster, tmp_path)
        yield engine
        engine.close()


@contextmanager
def fresh_engine(cluster: Cluster) -> Iterator[OpenSearchEngine]:
    """Give an engine over a corner of the cluster that nothing was written to, and leave nothing there."""
    corner = replace(cluster, prefix=f"{cluster.prefix}-{secrets.token_hex(4)}")
    engine = OpenSearchEngine(corner, Path())
    try:
        yield engine
    finally:
        engine.close()
        with closing(connect(corner)) as client:
            client.indices.delete(index=f"{corner.prefix}-*")


def answer(found: Found) -> object:
    """Return what two engines must agree on; scores to nine decimals."""
    matches = [(match.report, match.passage, round(match.score, 9), match.stands_for) for match in found.matches]
    return found.total, found.reports, found.listed, matches, found.facets


_SHARED = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], print_blob=True
)


@settings(_SHARED, max_examples=20)
@given(
    before=corpora(mixed=True),
    after=corpora(mixed=True),
    removed=st.integers(0, 5),
    questions=st.lists(searches, min_size=10, max_size=20),
    few=st.sampled_from((0, 1_000)),
)
def test_it_agrees_with_the_scanning_engine_after_additions_changes_and_removals(
    cluster: Cluster,
    before: tuple[Filed, ...],
    after: tuple[Filed, ...],
    removed: int,
    questions: list[Search],
    few: int,
) -> None:
    with fresh_engine(cluster) as ours, pytest.MonkeyPatch.context() as patched:
        patched.setattr(clusters, "FEW", few)
        engines: tuple[Engine, Engine] = ours, ScanningEngine()
        for engine in engines:
            put(engine, *before)
            with engine.writing() as writer:
                for report, _ in before[removed : removed + 1]:
                    writer.remove(report.id)
                for filed_report in after:
                    writer.put(*filed_report)

        for question in questions:
            own, oracles = (answer(engine.search(question)) for engine in engines)
            assert own == oracles
        assert ours.verify() == ()
