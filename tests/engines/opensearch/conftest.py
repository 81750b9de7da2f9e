"""What tests of the engine over a cluster share: a corner of the cluster for each test."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from search_app.engines.opensearch.transport import Cluster, connect


@pytest.fixture
def cluster(cluster_url: str) -> Iterator[Cluster]:
    """Give a prefix that no other test uses; what was made under it is removed after the test."""
    given = Cluster(urls=(cluster_url,), prefix=f"t-{uuid4().hex[:12]}", replicas=0, retries=2)
    yield given
    client = connect(given)
    client.indices.delete(index=f"{given.prefix}*")
    client.close()
