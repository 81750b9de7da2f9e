"""The OpenSearch engine: the contract of :mod:`search_app.engines.base` over a cluster."""

from search_app.engines.opensearch.engine import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster

__all__ = ["Cluster", "OpenSearchEngine"]
