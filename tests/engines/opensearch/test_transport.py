"""The way to the cluster: what may pass is waited for, what may not is told at once, and secrets stay in."""

import base64
import logging
import socket
from pathlib import Path
from typing import Any

import pytest
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
from search_app.engines.opensearch import transport
from search_app.engines.opensearch.transport import Cluster, connect, own_errors
from search_app.errors import ConfigError, IndexMissing, IndexProblem
from tests.engines.opensearch.fake_cluster import Said, failed, fake_cluster

BUSY = failed(429, "rejected_execution_exception")
RED = failed(503, "search_phase_execution_exception", "all shards failed")
GONE = failed(500, "node_disconnected_exception", "[node-2][127.0.0.1:9301][indices:data/write/bulk] disconnected")
FULL = failed(429, "cluster_block_exception", "index [x] blocked by: [disk usage exceeded flood-stage watermark]")
FULL_ONCE = failed(403, "cluster_block_exception", "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]")


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds that were waited between tries, which take no time here."""
    waited: list[float] = []
    monkeypatch.setattr("search_app.engines.opensearch.transport.time.sleep", waited.append)
    return waited


def ask(url: str, **given: Any) -> Any:
    """Search once."""
    with own_errors():
        client = connect(Cluster(urls=(url,), **given))
        return client.search(index="x", body={"query": {"match_all": {}}})


def problem_of(url: str, **given: Any) -> IndexProblem:
    """Return the error that a search ends with."""
    with pytest.raises(IndexProblem) as refused:
        ask(url, **given)
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (failed(401, "security_exception"), ClusterRefuses),
        (failed(403, "security_exception", "no permissions for [indices:data/read/search]"), ClusterRefuses),
        (Said(status=401, body="Unauthorized"), ClusterRefuses),
        (failed(404, "index_not_found_exception"), IndexMissing),
        (Said(status=404, body={"error": "alias [x] missing", "status": 404}), IndexMissing),
        (Said(status=404, body="<h1>404 Not Found</h1>"), ClusterUnusable),
        (BUSY, ClusterBusy),
        (RED, ClusterBusy),
        (GONE, ClusterBusy),
        (failed(503, "cluster_manager_not_discovered_exception"), ClusterBusy),
        (FULL, ClusterFull),
        (FULL_ONCE, ClusterFull),
        (Said(status=502, body="<h1>Bad Gateway</h1>"), ClusterUnreachable),
        (failed(500, "null_pointer_exception"), ClusterUnusable),
        (Said(body="<h1>Welcome</h1>"), ClusterUnsuitable),
        (Said(cut=True), ClusterUnreachable),
    ],
)
def test_what_a_cluster_in_trouble_says_becomes_one_of_our_errors(said: Said, kind: type[IndexProblem]) -> None:
    with fake_cluster(said) as fake:
        found = problem_of(fake.url)

    assert type(found) is kind
    assert (found.exit_code, found.http_status) == (3, 503)


@pytest.mark.parametrize(
    "root",
    [
        {"version": {"number": "8.15.0"}},
        {"version": {"distribution": "opensearch", "number": "1.3.20"}},
        {"version": {"distribution": "opensearch", "number": "2.11.1"}},
        {"version": {"distribution": "opensearch", "number": "4.0.0"}},
        {"version": {"distribution": "opensearch"}},
        {"hello": "world"},
        "<h1>Welcome</h1>",
    ],
)
def test_what_is_no_opensearch_that_we_know_is_refused_before_it_is_asked(root: Any) -> None:
    with fake_cluster(Said(), root=Said(body=root)) as fake:
        found = problem_of(fake.url)

        assert type(found) is ClusterUnsuitable
        assert fake.asked == []


@pytest.mark.parametrize("number", ["2.19.0", "2.19.6", "3.0.0", "3.9.0"])
def test_the_releases_that_we_know_are_asked(number: str) -> None:
    with fake_cluster(Said(), root=Said(body={"version": {"distribution": "opensearch", "number": number}})) as fake:
        assert ask(fake.url) == {}


@pytest.mark.parametrize("said", [BUSY, RED, GONE, Said(cut=True)])
def test_what_may_pass_is_asked_again_after_waits_that_grow(said: Said, waits: list[float]) -> None:
    with fake_cluster(said, said, said, Said(body={"took": 1})) as fake:
        assert ask(fake.url) == {"took": 1}

    assert len(waits) == 3
    assert all(0.1 * 2**tried <= wait <= 0.2 * 2**tried for tried, wait in enumerate(waits))


def test_waits_differ_so_that_not_all_ask_again_at_once() -> None:
    assert len({transport._wait(0) for _ in range(20)}) > 1


def test_what_does_not_pass_is_asked_again_only_so_many_times(waits: list[float]) -> None:
    with fake_cluster(BUSY) as fake:
        problem_of(fake.url, retries=2)

        assert len(fake.asked) == 3
    assert len(waits) == 2


@pytest.mark.parametrize("said", [failed(401, ""), failed(404, "index_not_found_exception"), failed(400, "parsing")])
def test_what_does_not_pass_by_waiting_is_told_at_once(said: Said, waits: list[float]) -> None:
    with fake_cluster(said) as fake:
        problem_of(fake.url)

    assert waits == []


def test_no_answer_in_time_is_told_as_that() -> None:
    with fake_cluster(Said(after=5.0)) as fake:
        assert type(problem_of(fake.url, timeout=0.2)) is ClusterSlow


def test_the_retries_of_a_request_take_no_longer_than_one_request_may() -> None:
    with fake_cluster(BUSY) as fake:
        problem_of(fake.url, timeout=0.05, retries=20)

        assert len(fake.asked) == 1


@pytest.mark.parametrize("said", [GONE, Said(cut=True)])
def test_what_is_to_be_created_is_not_sent_twice_where_the_first_time_may_have_done_it(said: Said) -> None:
    with fake_cluster(said) as fake:
        client = connect(Cluster(urls=(fake.url,)))
        with pytest.raises(ClusterUnusable), own_errors():
            client.index(index="x", id="writer", body={}, op_type="create")

        assert len(fake.asked) == 1


def test_where_one_address_does_not_answer_another_is_asked() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with fake_cluster(Said(body={"took": 1})) as fake, own_errors():
            client = connect(Cluster(urls=(dead, fake.url)))

            assert [client.search(index="x", body={})["took"] for _ in range(4)] == [1] * 4


def test_where_no_address_takes_a_connection_that_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))

        assert type(problem_of(f"http://127.0.0.1:{taken.getsockname()[1]}")) is ClusterUnreachable


def test_what_does_not_speak_tls_is_not_trusted() -> None:
    with fake_cluster(Said()) as fake:
        assert type(problem_of(fake.url.replace("http:", "https:"))) is ClusterUntrusted


def test_a_file_of_certificates_that_is_none_is_refused_at_the_door(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("不是证书", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"ca\.pem"):
        connect(Cluster(urls=("https://127.0.0.1:9",), ca_file=tmp_path / "ca.pem"))


def test_who_asks_is_said_in_utf8_and_stands_in_no_representation_error_or_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with fake_cluster(Said(body={"took": 1}), failed(403, "security_exception")) as fake:
        cluster = Cluster(urls=(fake.url,), user="检索", password="口令7Q")  # noqa: S106 - invented
        client = connect(cluster)
        client.search(index="x", body={"query": {"match": {"text": "秘密的词"}}})
        with pytest.raises(ClusterRefuses) as refused, own_errors():
            client.search(index="x", body={})

    sent = fake.asked[0][2]["authorization"]
    assert base64.b64decode(sent.removeprefix("Basic ")).decode() == "检索:口令7Q"
    told = f"{cluster}{refused.value.message}{refused.value.hint}{caplog.text}"
    assert not any(secret in told for secret in ("口令7Q", "检索:", sent, "秘密的词"))


def test_an_item_that_a_bulk_answer_refuses_becomes_one_of_our_errors() -> None:
    items = [{"index": {"_id": "1", "status": 429, "error": {"type": "rejected_execution_exception", "reason": ""}}}]

    with pytest.raises(ClusterBusy), own_errors(writing=True):
        raise BulkIndexError("1 document(s) failed to index.", items)


def test_an_answer_of_another_shape_than_expected_is_no_empty_answer() -> None:
    with fake_cluster(Said(body={"took": 1})) as fake, pytest.raises(ClusterUnusable), own_errors():
        connect(Cluster(urls=(fake.url,))).search(index="x", body={})["hits"]
