"""The feed of a question: valid Atom whatever reports hold, stable ids, the newest first, and nothing sent twice."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from search_app.engines.lineage import mark
from search_app.web import create_app
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[FlaskClient, ScanningEngine]:
    engine = ScanningEngine()
    return create_app(sample.settings(tmp_path), engine=engine).test_client(), engine


def file(engine: ScanningEngine, path: str, *said: str, town: str = "湖口镇", year: int | None = 2023) -> None:
    report = make_report(path, town=town, year=year)
    with engine.writing() as writer:
        writer.put(report, make_passages(report, *said))


def feed(response: TestResponse) -> Any:
    """Return a feed that the schema and the rules beyond it find valid."""
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.mimetype == "application/atom+xml"
    tree: Any = etree.fromstring(response.get_data())
    assert SCHEMA.validate(tree), SCHEMA.error_log
    ids = tree.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    assert len(tree.xpath("a:link[@rel='self']", namespaces=ATOM)) == 1
    return tree


def values(tree: Any, path: str) -> list[str]:
    found: list[str] = tree.xpath(path, namespaces=ATOM)
    return found


@pytest.mark.parametrize(
    "query", ["", "?q=矛盾纠纷", "?q=恶意文本", "?year=2022&exemplary=1", "?q=zzz", "?q=(调解", "?q=<b>&also=0"]
)
def test_every_feed_is_valid_atom(client: FlaskClient, query: str) -> None:
    tree = feed(client.get(f"/feed{query}"))

    assert tree.xpath("string(a:id)", namespaces=ATOM).startswith("urn:uuid:")


def test_what_xml_cannot_say_is_left_out_of_a_feed(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    file(engine, "一\ufffe.txt", "调解\x00\x08\x1b]]>&<b>纠纷\ufffe\ud800。", town="湖\x01口\uffff镇")

    tree = feed(client.get("/feed", query_string={"q": "调解\ufffe"}))

    assert values(tree, "//a:summary/text()")[0].startswith("调解]]>&<b>纠纷")


def test_an_entry_tells_where_the_passage_stands_and_leads_there(client: FlaskClient) -> None:
    tree = feed(client.get("/feed?q=板凳议事会&town=白砾乡&year=2023"))

    code = sample.code("澄岭县/白砾乡/2023.txt", 2)
    assert values(tree, "//a:entry/a:title/text()") == ["澄岭县白砾乡 · 2023年度 · （一）化解矛盾纠纷"]
    assert values(tree, "//a:entry/a:link/@href") == [f"http://localhost/c/{code}"]
    assert values(tree, "//a:entry/a:id/text()")[0].endswith(f":c/{code}")
    assert "——《澄岭县白砾乡2023年度法治政府建设情况报告》" in values(tree, "//a:summary/text()")[0]


def test_what_was_added_last_comes_first_with_the_moment_of_its_generation(
    shelf: tuple[FlaskClient, ScanningEngine],
) -> None:
    client, engine = shelf
    file(engine, "a.txt", "调解纠纷一件。", year=2024)
    then = engine.status().current.built_at
    file(engine, "b.txt", "调解纠纷两件。", year=2020)
    now = engine.status().current.built_at

    tree = feed(client.get("/feed?q=调解"))

    told = [datetime.fromisoformat(each) for each in values(tree, "//a:entry/a:updated/text()")]
    assert told == [now.replace(microsecond=0), then.replace(microsecond=0)]
    assert datetime.fromisoformat(values(tree, "a:updated/text()")[0]) == told[0]


def test_a_feed_narrows_to_what_is_new_since_a_generation(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    file(engine, "a.txt", "调解纠纷一件。")
    first = mark(engine.status().current)
    file(engine, "b.txt", "调解纠纷两件。", town="杉岭乡")

    tree = feed(client.get(f"/feed?q=调解&since={first}"))

    assert [each[:7] for each in values(tree, "//a:summary/text()")] == ["调解纠纷两件。"]


def test_what_is_only_near_in_meaning_stays_out_of_a_feed(client: FlaskClient) -> None:
    listed = client.get("/api/v1/search?q=板凳议事会 没有的词").get_json()["near_total"]

    assert listed
    assert values(feed(client.get("/feed?q=板凳议事会 没有的词")), "//a:entry") == []


def test_the_same_text_of_one_place_and_year_is_one_entry(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    for path in ("a.txt", "b.txt"):
        file(engine, path, "调解纠纷一件。")

    assert len(values(feed(client.get("/feed?q=调解")), "//a:entry")) == 1


def test_a_feed_that_leaves_passages_out_says_how_many_there_are(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    file(engine, "a.txt", *(f"调解纠纷{number}件。" for number in range(60)))

    tree = feed(client.get("/feed?q=调解"))

    assert len(values(tree, "//a:entry")) == 50
    assert "共 60 段，这里是新收录在前的 50 段" in values(tree, "a:subtitle/text()")[0]


def test_the_ids_of_a_feed_and_its_entries_stay_when_the_index_changes(
    shelf: tuple[FlaskClient, ScanningEngine],
) -> None:
    client, engine = shelf
    file(engine, "a.txt", "调解纠纷一件。")
    before = values(feed(client.get("/feed?q=调解")), "//a:id/text()")

    file(engine, "b.txt", "别的事。")

    assert values(feed(client.get("/feed?q=调解", headers={"Host": "127.0.0.1:9000"})), "//a:id/text()") == before


def test_a_feed_that_did_not_change_is_not_sent_again(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    file(engine, "a.txt", "调解纠纷一件。")
    first = client.get("/feed?q=调解")
    tag, moment = first.headers["ETag"], first.headers["Last-Modified"]

    again = [
        client.get("/feed?q=调解", headers=headers)
        for headers in ({"If-None-Match": tag}, {"If-Modified-Since": moment})
    ]
    other = client.get("/feed?q=纠纷", headers={"If-None-Match": tag})
    file(engine, "b.txt", "调解纠纷两件。")
    later = client.get("/feed?q=调解", headers={"If-None-Match": tag})

    assert [each.status_code for each in again] == [304, 304]
    assert [each.get_data() for each in again] == [b"", b""]
    assert (other.status_code, later.status_code) == (200, 200)
    assert len(values(feed(later), "//a:entry")) == 2


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_feed_that_was_sent_compressed_is_not_sent_again_either(client: FlaskClient, coding: str) -> None:
    first = client.get("/feed?q=调解", headers={"Accept-Encoding": coding})

    again = client.get("/feed?q=调解", headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]})

    assert first.headers.get("Content-Encoding", "identity") == coding
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("query", ["sort=newest", "page=2", "size=20", "collapse=none", "since=昨天", "year=abc"])
def test_what_a_feed_cannot_heed_is_refused_with_a_hint(client: FlaskClient, query: str) -> None:
    response = client.get(f"/feed?q=调解&{query}", headers={"If-None-Match": "*"})

    assert response.status_code == 400
    assert page(response).xpath("//p[@class='hint']")


@pytest.mark.parametrize("path", ["/", "/?q=矛盾纠纷&year=2022&sort=newest&size=20"])
def test_pages_name_the_feed_of_what_they_show(client: FlaskClient, path: str) -> None:
    shown = page(client.get(path))

    address = shown.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")[0]
    feed(client.get(address))
    if path != "/":
        assert links(shown, "订阅") == [address]
        assert "year=2022" in address
