"""A real cluster says what the fake one was made to say, and keeps to this machine."""

import socket

import pytest

from search_app.engines.cluster_errors import ClusterBusy, ClusterFull
from search_app.engines.opensearch.transport import Cluster, connect, own_errors
from search_app.errors import IndexMissing


def test_an_index_that_is_not_there_is_missing(cluster: Cluster) -> None:
    client = connect(cluster)

    with pytest.raises(IndexMissing), own_errors():
        client.search(index=cluster.prefix, body={})
    with pytest.raises(IndexMissing), own_errors():
        client.indices.get_alias(name=cluster.prefix)


def test_an_index_that_a_full_disk_keeps_from_being_written_is_told_as_that(cluster: Cluster) -> None:
    client = connect(cluster)
    client.indices.create(index=cluster.prefix)
    client.indices.put_settings(index=cluster.prefix, body={"index.blocks.read_only_allow_delete": True})

    with pytest.raises(ClusterFull), own_errors(writing=True):
        client.index(index=cluster.prefix, body={"text": "一"})


def test_an_index_whose_shards_are_nowhere_is_told_and_never_empty(cluster: Cluster) -> None:
    client = connect(cluster)
    nowhere = {"settings": {"index.routing.allocation.require._name": "none", "number_of_replicas": 0}}
    client.indices.create(index=cluster.prefix, body=nowhere, wait_for_active_shards="0")

    with pytest.raises(ClusterBusy), own_errors():
        client.search(index=cluster.prefix, body={}, allow_partial_search_results=False)


def test_how_long_the_cluster_is_asked_to_wait_is_no_time_of_ours(cluster: Cluster) -> None:
    client = connect(cluster)
    client.indices.create(index=cluster.prefix, body={"settings": {"number_of_replicas": 1}})

    with own_errors():
        told = client.cluster.health(index=cluster.prefix, wait_for_status="green", timeout="20ms", ignore=408)

    assert told["timed_out"] is True


def test_the_cluster_answers_this_machine_only(cluster_url: str) -> None:
    port = int(cluster_url.rpartition(":")[2])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, family=socket.AF_INET)}

    for address in others - {"127.0.0.1"}:
        with socket.socket() as probe:
            assert probe.connect_ex((str(address), port)) != 0
