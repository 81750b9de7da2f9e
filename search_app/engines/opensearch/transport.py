"""The way to the cluster: one client with TLS, credentials, bounded waiting and retries spread by jitter.

Nothing is asked before the first request, which also asks what answers there and of which version.
"""

import base64
import logging
import random
import re
import ssl
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from opensearchpy import OpenSearch, Transport
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import SSLError, TransportError

from search_app.engines.cluster_errors import ClusterUnsuitable, ClusterUnusable
from search_app.engines.opensearch.error_mapping import lost_its_node, translate
from search_app.errors import ConfigError, IndexProblem, SearchAppError
from search_app.system_reasons import why_not_written

#: A host that is switched off takes no connection and refuses none: more seconds than these are no slow network.
_CONNECTING = 3.0
#: The first wait before a retry, in seconds; each later one is twice as long, up to the longest.
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 4.0
#: Busy, or no complete answer just now: what may pass.
_PASSING = frozenset({429, 502, 503, 504})
#: The oldest release of each line that is known to answer as we need it.
_SUPPORTED = ((2, 19), (3, 0))

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Where the cluster is and how it is spoken to; what is secret stands in no representation.

    ``prefix`` begins the name of every index and alias of ours. ``ca_file`` is the authority that the certificate must
    stand under; None = those that the system trusts. ``timeout`` is how many seconds one request may take, its retries
    included. ``shards`` are primary ones.
    """

    urls: tuple[str, ...]
    prefix: str = "search-app"
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    timeout: float = 30.0
    retries: int = 5
    shards: int = 1
    replicas: int = 1


class _PatientTransport(Transport):
    """Asks again, each time after a longer wait, while the request's time lasts; refuses what is no OpenSearch of ours.

    What creates a document that must not be there is not asked again after a broken connection: the first try may have
    succeeded, and the second would be told that another program was first.
    """

    def __init__(self, hosts: Any, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(hosts, max_retries=0, retry_on_timeout=True, **kwargs)
        self._cluster = cluster
        self._is_known = False

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: int | float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        if not self._is_known:
            check_version(self._ask("GET", "/"))
            self._is_known = True
        return self._ask(method, url, params, body, timeout, ignore, headers)

    def _ask(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        asked = dict(params or {})
        seconds = float(timeout or asked.pop("request_timeout", None) or self._cluster.timeout)
        until = time.monotonic() + seconds
        attempt = 0
        while True:
            try:
                # a copy, as the library takes out of the parameters what is its own; and always a time, or it would
                # take for one how long the cluster is asked to wait ("30s")
                return super().perform_request(method, url, dict(asked), body, _bounded(seconds), ignore, headers)
            except TransportError as error:
                wait = _wait(attempt)
                last = attempt >= self._cluster.retries or time.monotonic() + wait > until
                if last or not _may_pass(error, creates=_creates(url, params)):
                    raise
            time.sleep(wait)
            attempt += 1


def connect(cluster: Cluster) -> OpenSearch:
    """Return a client of the cluster, safe to share between threads. Raises ConfigError for an unusable CA file."""
    # the library's own lines hold addresses, and at DEBUG what was searched for; what fails we say ourselves
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return OpenSearch(
        hosts=[_host(url) for url in cluster.urls],
        transport_class=_PatientTransport,
        cluster=cluster,
        headers=_credentials(cluster),
        ssl_context=_trust(cluster),
        pool_maxsize=16,
    )


@contextmanager
def own_errors(*, writing: bool = False) -> Iterator[None]:
    """Let none but our errors out of the block; the foreign one stays its cause.

    While ``writing``, a fault means that this run failed, and nothing of it is visible.
    """
    try:
        yield
    except SearchAppError:
        raise
    except MemoryError as error:
        raise IndexProblem("内存不够，索引没有改动", hint="请关闭其他程序后再试。") from error
    except OSError as error:
        raise IndexProblem(
            f"读写索引旁边的文件出错：{why_not_written(error)}", hint="请检查磁盘空间和文件夹权限后再试。"
        ) from error
    except Exception as error:
        known = translate(error)
        if known is not None:
            raise known from error
        _log.exception("the cluster could not be %s", "written to" if writing else "asked")
        raise ClusterUnusable(f"集群的应答与预期不符（{type(error).__name__}）") from error


def check_version(info: Any) -> None:
    """Raise ClusterUnsuitable unless what answers at the root is an OpenSearch of a release that we know."""
    version = info.get("version", {}) if isinstance(info, Mapping) else {}
    number = str(version.get("number", ""))
    if version.get("distribution") != "opensearch":
        raise ClusterUnsuitable("这个地址上应答的不是 OpenSearch" + (f"（版本 {number}）" if number else ""))
    found = re.match(r"(\d+)\.(\d+)", number)
    release = (int(found[1]), int(found[2])) if found else (0, 0)
    if not any(release[0] == least[0] and release >= least for least in _SUPPORTED):
        raise ClusterUnsuitable(f"集群的 OpenSearch 是 {number or '未知'} 版，本程序不支持")


def _may_pass(error: TransportError, *, creates: bool) -> bool:
    if isinstance(error, SSLError):
        return False
    if isinstance(error, NoConnection):
        if creates:
            return isinstance(error.info, urllib3.exceptions.NewConnectionError)
        return isinstance(error.info, urllib3.exceptions.HTTPError)
    return error.status_code in _PASSING or (lost_its_node(error.info) and not creates)


def _creates(url: str, params: Mapping[str, Any] | None) -> bool:
    return "/_create/" in url or (params or {}).get("op_type") in ("create", b"create")


def _bounded(seconds: float) -> Any:
    """Return for how long a connection, and an answer, is waited for, as the library hands it on."""
    return urllib3.Timeout(connect=min(_CONNECTING, seconds), read=seconds)


def _wait(attempt: int) -> float:
    """Return seconds to wait before the next try: between half of and the whole of a span that doubles."""
    span = min(_FIRST_WAIT * 2.0**attempt, _LONGEST_WAIT)
    return span * random.uniform(0.5, 1.0)  # noqa: S311 - spreads retries, keeps no secret


def _host(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return {
        "host": parts.hostname,
        "port": parts.port or (443 if secure else 9200),
        "use_ssl": secure,
        "url_prefix": parts.path.strip("/"),
    }


def _credentials(cluster: Cluster) -> dict[str, str]:
    """Return the header that says who asks; in UTF-8, which the library's own does not take."""
    if cluster.user is None:
        return {}
    pair = f"{cluster.user}:{cluster.password or ''}".encode()
    return {"authorization": "Basic " + base64.b64encode(pair).decode("ascii")}


def _trust(cluster: Cluster) -> ssl.SSLContext | None:
    if not any(url.startswith("https:") for url in cluster.urls):
        return None
    try:
        return ssl.create_default_context(cafile=cluster.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"opensearch_ca_file 指的文件 {cluster.ca_file} 用不了",
            hint="应为 PEM 格式的证书文件（以 -----BEGIN CERTIFICATE----- 开头），并检查路径和读取权限。",
        ) from error
