"""The pages while a cluster is in trouble: what is wrong, when to try again, and who answers instead; never nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.opensearch.transport import Cluster
from search_app.settings import Settings
from search_app.web import create_app
from tests.conftest import make_passages, make_report
from tests.engines.opensearch.fake_cluster import ROOT, Fake, Said, failed, fake_cluster

TROUBLES = {
    "cluster_refuses": failed(401, "security_exception"),
    "cluster_busy": failed(429, "rejected_execution_exception"),
    "cluster_unreachable": Said(status=502, body="<h1>Bad Gateway</h1>"),
    "cluster_slow": Said(after=5.0),
    "index_missing": failed(404, "index_not_found_exception"),
}
PAGES = ("/", "/?q=调解", "/about", "/healthz", "/api/v1/search?q=调解", "/api/v1/status")


@pytest.fixture(params=TROUBLES)
def trouble(request: pytest.FixtureRequest) -> Iterator[tuple[str, Fake]]:
    """Give a cluster in trouble and the code of the error that tells of it."""
    with fake_cluster(TROUBLES[request.param]) as fake:
        yield request.param, fake


def over(url: str, index: Path, *, fallback: bool = False, prefix: str = "search-app") -> Settings:
    return Settings(
        corpus=index.parent,
        index=index,
        engine="opensearch",
        opensearch_url=(url,),
        opensearch_prefix=prefix,
        opensearch_timeout=0.5 if prefix == "search-app" else 30.0,
        opensearch_retries=0,
        opensearch_replicas=0,
        fallback=fallback,
        metrics=True,
    )


def test_every_page_says_what_is_wrong_and_when_to_try_again(trouble: tuple[str, Fake], tmp_path: Path) -> None:
    code, fake = trouble
    client = create_app(over(fake.url, tmp_path / "index")).test_client()

    for address in PAGES:
        told = client.get(address)
        assert told.status_code == 503, address
        assert int(told.headers["Retry-After"]) > 0
        if address.startswith("/api/"):
            assert told.json is not None
            assert told.json["error"]["code"] == code
            assert told.json["error"]["hint"]


def test_a_cluster_of_another_version_is_told(tmp_path: Path) -> None:
    old = {**ROOT, "version": {"distribution": "opensearch", "number": "1.3.20"}}
    with fake_cluster(Said(), root=Said(body=old)) as fake:
        told = create_app(over(fake.url, tmp_path / "index")).test_client().get("/?q=调解")

    assert told.status_code == 503
    assert "1.3.20" in told.text


@pytest.fixture
def embedded(tmp_path: Path) -> Path:
    """Give an index folder that holds one report."""
    engine = open_engine(tmp_path / "index")
    report = make_report("石桥镇2023.txt", town="石桥镇")
    with engine.writing() as writer:
        writer.put(report, make_passages(report, "调解矛盾纠纷28起。", headings=("一、主要举措",)))
    engine.close()
    return tmp_path / "index"


def test_with_fallback_every_page_answers_and_says_from_where(embedded: Path) -> None:
    with fake_cluster(failed(503, "search_phase_execution_exception")) as fake:
        client = create_app(over(fake.url, embedded, fallback=True)).test_client()

        for address in ("/", "/?q=调解", "/about", "/exemplary", "/no-such-page"):
            assert 'class="notice fallen-back"' in client.get(address).text, address
        assert client.get("/api/v1/search?q=调解").json["total"] == 1  # type: ignore[index]
        assert "本机的旧索引" in client.get("/api/v1/status").json["fallen_back"]  # type: ignore[index]
        assert "本机的旧索引" in client.get("/healthz").json["fallen_back"]  # type: ignore[index]


def test_while_the_cluster_answers_no_page_says_otherwise(cluster: Cluster, embedded: Path) -> None:
    settings = over(cluster.urls[0], embedded, fallback=True, prefix=cluster.prefix)
    source, target = open_engine(embedded), open_engine(settings)
    with target.writing() as writer:
        for report in source.reports():
            writer.put(*source.report(report.id))
    client = create_app(settings, engine=target).test_client()

    for address in ("/", "/?q=调解", "/about"):
        told = client.get(address)
        assert told.status_code == 200
        assert "fallen-back" not in told.text
    assert client.get("/healthz").json == {"status": "ok", "generation": "gen-000001"}
    assert "\nsearch_app_passages 1.0\n" in client.get("/metrics").text
    target.close()
