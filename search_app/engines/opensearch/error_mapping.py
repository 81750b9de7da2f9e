"""Error mapping: what opensearch-py raises, or an item of a bulk answer says -> our errors, in Chinese."""

from collections.abc import Mapping
from typing import Any

import urllib3
from opensearchpy import exceptions
from opensearchpy.helpers.errors import BulkIndexError

from search_app.engines.cluster_errors import (
    ClusterBusy,
    ClusterFull,
    ClusterRefuses,
    ClusterSlow,
    ClusterUnreachable,
    ClusterUnsuitable,
    ClusterUntrusted,
    ClusterUnusable,
)
from search_app.errors import IndexMissing, IndexProblem

#: What OpenSearch says of an index that it keeps from being written because a disk is full (flood-stage watermark).
_FULL = ("flood-stage", "read-only / allow delete", "index.blocks.read_only")

#: What it says with 500 where the node that was to do something died in the middle of it.
_GONE = frozenset(
    f"{what}_exception" for what in ("connect_transport", "node_closed", "node_disconnected", "node_not_connected")
)


def translate(error: Exception) -> IndexProblem | None:
    """Return what opensearch-py raised as an error of ours; None where it is none of its own."""
    match error:
        case exceptions.SSLError():
            return ClusterUntrusted("集群的证书不可信，没有与它通信")
        case exceptions.ConnectionTimeout():
            return ClusterSlow("集群没有在规定的时间内应答")
        case exceptions.ConnectionError() if isinstance(error.info, urllib3.exceptions.HTTPError):
            return ClusterUnreachable("连不上 OpenSearch 集群")
        case exceptions.TransportError() if isinstance(error.status_code, int):
            return from_answer(error.status_code, error.info)
        case exceptions.SerializationError():
            return ClusterUnsuitable("这个地址上应答的不是 OpenSearch")
        case BulkIndexError():
            return from_item(error.errors[0]) if error.errors else ClusterUnusable("集群没有收下写入的内容")
        case exceptions.OpenSearchException() | exceptions.ImproperlyConfigured():
            return ClusterUnusable(f"集群的应答看不懂（{type(error).__name__}）")
    return None


def from_item(item: Mapping[str, Any]) -> IndexProblem:
    """Return the error of one item of a bulk answer: ``{"index": {"status": 429, "error": {…}}}``."""
    held = next(iter(item.values()))
    return from_answer(held.get("status", 500), {"error": held.get("error")})


def from_answer(status: int | str, info: object) -> IndexProblem:
    """Return the error of an answer with this HTTP status and body (of a search among several: the body alone)."""
    kind, reason = _kind(info)
    if kind == "cluster_block_exception" and any(sign in reason for sign in _FULL):
        return ClusterFull("集群的磁盘满了，暂时只能检索，不能更新索引")
    match status:
        case 401:
            return ClusterRefuses("集群不接受这个用户名和密码")
        case 403:
            return ClusterRefuses("集群的这个用户没有所需的权限")
        case 404:
            return (
                IndexMissing("集群里还没有索引") if _is_of_index(info) else ClusterUnusable("集群说没有这个内容（404）")
            )
        case 429:
            return ClusterBusy("集群太忙，没有接受这次请求")
        case 500 if lost_its_node(info):
            return ClusterBusy("集群的一台机器刚刚断开，这次请求没有完成")
        case 502 | 504:
            return ClusterUnreachable("集群前面的代理连不上集群")
        case 503:
            return ClusterBusy("集群暂时不能完整应答（有分片缺失，或正在选举）")
    return ClusterUnusable(f"集群没有完成这次请求（{status} {kind}）".replace(" ）", "）"))


def lost_its_node(info: object) -> bool:
    """Return whether a body says that the node died which was to answer; what it had done by then is not known."""
    return _kind(info)[0] in _GONE


def _kind(info: object) -> tuple[str, str]:
    """Return the type and the reason of an error as OpenSearch names them; "" where it says none."""
    error = info.get("error") if isinstance(info, Mapping) else None
    if isinstance(error, Mapping):
        return str(error.get("type", "")), str(error.get("reason", ""))
    return "", str(error or "")


def _is_of_index(info: object) -> bool:
    """Return whether a 404 says that an index or alias is not there, rather than one document."""
    kind, reason = _kind(info)
    return kind in {"index_not_found_exception", "aliases_not_found_exception"} or "alias [" in reason
