"""The pages over a cluster: with ``--over-opensearch`` every engine that a test of this room opens is one of a cluster.

Nothing else changes, so what passes over an index folder has to pass here; but for what is marked ``index_folder``: it
rests on time that runs out in the middle of a search, on the folder itself, on a clock
that is patched for the whole process, or on programs that a test starts.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

from search_app.engines.opensearch import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster, connect
from tests.engines.scanning import ScanningEngine

_PREFIX = "w-"


@contextmanager
def engines_of(url: str) -> Iterator[None]:
    """Have the tests' engines kept in the cluster at this address."""
    run = uuid4().hex[:6]

    def cluster(corner: str) -> Cluster:
        return Cluster(urls=(url,), prefix=f"{_PREFIX}{run}-{corner}", replicas=0)

    def open_embedded(index: Path) -> OpenSearchEngine:
        return OpenSearchEngine(cluster(sha256(str(index.absolute()).encode()).hexdigest()[:12]), index)

    def in_memory() -> OpenSearchEngine:
        return OpenSearchEngine(cluster(uuid4().hex[:12]), Path("none"))

    rooms = [each for name, each in list(sys.modules.items()) if name.startswith("tests.web")]
    swapped = [each for each in rooms if getattr(each, "ScanningEngine", None) is ScanningEngine]
    with patch("search_app.engines._open_embedded", open_embedded):
        for room in swapped:
            room.ScanningEngine = in_memory  # type: ignore[attr-defined]
        try:
            yield
        finally:
            for room in swapped:
                room.ScanningEngine = ScanningEngine  # type: ignore[attr-defined]
            with closing(connect(cluster("none"))) as client:
                client.indices.delete(index=f"{_PREFIX}{run}-*")
