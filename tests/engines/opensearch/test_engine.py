"""The OpenSearch engine keeps the contract, and agrees with the oracle on random corpora and questions."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.engines.opensearch import Cluster, OpenSearchEngine
from tests.engines.contract import EngineContract


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
