"""What can go wrong with a cluster, as errors of :mod:`search_app.errors`: all are answered by 503, or exit code 3.

No message names a user, a password or what was searched for.
"""

from search_app.errors import IndexProblem


class ClusterUnusable(IndexProblem):
    """The cluster does not answer as it should; whether it holds an index is not known."""

    code = "cluster_unusable"
    default_hint = "请稍后再试；反复出现时，请管理员查看集群的日志。"


class ClusterUnreachable(ClusterUnusable):
    """No address of the cluster takes a connection, or connections break."""

    code = "cluster_unreachable"
    default_hint = "请管理员检查集群是否在运行、网络是否连通，以及 opensearch_url 写的地址和端口。"


class ClusterSlow(ClusterUnusable):
    """No answer came within ``opensearch_timeout``."""

    code = "cluster_slow"
    default_hint = "请稍后再试；经常这样时，请管理员检查集群的负载，或把 opensearch_timeout 设得大一些。"


class ClusterUntrusted(ClusterUnusable):
    """The certificate of the cluster does not stand under the authority that is set, or the names differ."""

    code = "cluster_untrusted"
    default_hint = "请管理员核对 opensearch_ca_file 是不是给集群签发证书的那一份，以及地址与证书上的名字是否一致。"


class ClusterRefuses(ClusterUnusable):
    """User or password are wrong (401), or the user may not do this (403)."""

    code = "cluster_refuses"
    default_hint = "请管理员核对集群的用户名和密码，见 docs/settings.md 的“OpenSearch 集群”。"


class ClusterBusy(ClusterUnusable):
    """The cluster has more to do than it takes on (429), or parts of the index are missing just now (503)."""

    code = "cluster_busy"
    default_hint = "一般过一会儿就好，请稍后再试；一直这样时，请管理员查看集群的健康状态（_cluster/health）。"


class ClusterFull(ClusterUnusable):
    """The disks of the cluster are full: it holds the index for reading only."""

    code = "cluster_full"
    default_hint = "请管理员给集群腾出磁盘空间（或加磁盘、加节点），占用降下来以后集群会自己恢复写入。"


class ClusterUnsuitable(ClusterUnusable):
    """What answers is no OpenSearch, or one of a version that this program does not know."""

    code = "cluster_unsuitable"
    default_hint = "请使用 OpenSearch 2.19 或 3.x，并核对 opensearch_url 写的地址和端口。"
