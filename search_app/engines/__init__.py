"""Engines: where passages are kept and found. ``open_engine`` is the only way in; ``base`` is the contract.

``lineage`` knows what generations are called; ``score_sentences`` says why a passage has its score, for all engines;
``falling_back`` has an embedded index answer while a cluster cannot.
"""

from importlib.util import find_spec
from pathlib import Path

from search_app.cluster_settings import OPENSEARCH, read_password
from search_app.engines.base import Engine
from search_app.errors import ConfigError
from search_app.settings import Settings


def open_engine(where: Path | Settings) -> Engine:
    """Return the engine over an index folder, or the one that the settings name; nothing is read or created yet.

    Raises ConfigError where the settings of a cluster do not fit together, or what speaks to it is not installed.
    """
    if isinstance(where, Settings) and where.engine == OPENSEARCH:
        engine = _open_cluster(where)
        if not where.fallback:
            return engine
        from search_app.engines.falling_back import FallingBackEngine

        return FallingBackEngine(engine, _open_embedded(where.index))
    return _open_embedded(where.index if isinstance(where, Settings) else where)


def _open_embedded(index: Path) -> Engine:
    from search_app.engines.whoosh import WhooshEngine

    return WhooshEngine(index)


def _open_cluster(settings: Settings) -> Engine:
    settings.check_cluster()
    if find_spec("opensearchpy") is None:
        raise ConfigError(
            '设了 engine = "opensearch"，但没有安装连接集群的组件',
            hint='请运行：pip install "search-app[opensearch]"；从源码安装的，请运行：'
            "pip install --require-hashes -r requirements/opensearch.txt",
        )
    from search_app.engines.opensearch.engine import OpenSearchEngine
    from search_app.engines.opensearch.transport import Cluster

    file = settings.opensearch_password_file
    cluster = Cluster(
        urls=settings.opensearch_url,
        prefix=settings.opensearch_prefix,
        user=settings.opensearch_user,
        password=settings.opensearch_password if file is None else read_password(file),
        ca_file=settings.opensearch_ca_file,
        timeout=settings.opensearch_timeout,
        retries=settings.opensearch_retries,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
    )
    return OpenSearchEngine(cluster, settings.index)
