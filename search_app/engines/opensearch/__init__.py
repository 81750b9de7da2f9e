"""The OpenSearch engine: the contract of :mod:`search_app.engines.base` over a cluster."""
