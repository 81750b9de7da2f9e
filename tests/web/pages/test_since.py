"""What is new since a generation, on the pages and in the interface."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.engines.lineage import mark
from search_app.web import create_app
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts


@pytest.fixture
def engine() -> ScanningEngine:
    """Give an engine that got one report after the other."""
    made = ScanningEngine()
    for path, said in (("a.txt", "调解纠纷一件，回访一次。"), ("b.txt", "调解纠纷两件，法律顾问到场。")):
        report = make_report(path, town="湖口镇" if path == "a.txt" else "杉岭乡")
        with made.writing() as writer:
            writer.put(report, make_passages(report, said))
    return made


@pytest.fixture
def client(engine: ScanningEngine, tmp_path: Path) -> FlaskClient:
    return create_app(sample.settings(tmp_path), engine=engine).test_client()


def test_only_what_is_new_is_shown_and_counted_with_a_chip_that_takes_it_off(client: FlaskClient) -> None:
    shown = page(client.get("/?q=调解&since=gen-000001"))

    assert texts(shown, "//ul[@class='chips']/li")[0].startswith("只看：第 1 代之后新增")
    assert shown.xpath("//ul[@class='chips']/li[1]/a/@href") == ["/?q=%E8%B0%83%E8%A7%A3"]
    assert "共 1 段，来自 1 份报告" in text(shown, "//h1")
    assert texts(shown, "//details[@id='facet-town']//label//span[@class='name']") == ["杉岭乡"]
    assert any("（第 1 代索引）之后新增的段落" in each for each in texts(shown, "//p[contains(@class, 'is-since')]"))


def test_what_is_new_stays_asked_when_filters_are_ticked(client: FlaskClient) -> None:
    shown = page(client.get("/?q=调解&since=gen-000001"))

    assert shown.xpath("//input[@type='hidden'][@name='since']/@value") == ["gen-000001"]


def test_the_last_update_is_one_click_away(client: FlaskClient, engine: ScanningEngine) -> None:
    first = mark(engine.status().ancestors[0])

    shown = page(client.get("/?q=调解&sort=newest"))

    address = links(shown, "只看最近一次更新新增的")[0]
    assert f"since={first}" in address
    assert client.get(f"/api/v1/search{address.removeprefix('/')}").get_json()["total"] == 1
    assert links(page(client.get(address)), "只看最近一次更新新增的") == []


def test_where_nothing_is_new_the_way_to_everything_is_told(client: FlaskClient) -> None:
    shown = page(client.get("/?q=调解&since=gen-000002"))

    assert links(shown, "去掉“只看：第 2 代之后新增”") == ["/?q=%E8%B0%83%E8%A7%A3"]


@pytest.mark.parametrize("odd", ["gen-000009", "昨天", "gen-000001-00000000"])
def test_a_generation_that_is_not_known_is_a_400_that_names_those_that_are(client: FlaskClient, odd: str) -> None:
    response = client.get("/", query_string={"q": "调解", "since": odd})

    shown = page(response)
    assert response.status_code == 400
    assert "gen-000002" in text(shown, "//p[@class='hint']")
    assert links(shown, "不管什么时候收录的") == ["/?q=%E8%B0%83%E8%A7%A3"]


def test_the_interface_tells_when_each_passage_was_added_and_what_can_be_asked(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=调解&sort=added&collapse=none").get_json()
    state = client.get("/api/v1/status").get_json()

    assert [hit["added"] for hit in found["hits"]] == ["gen-000002", "gen-000001"]
    assert [each["name"] for each in state["generations"]] == ["gen-000002", "gen-000001"]
    assert client.get(f"/api/v1/search?since={state['generations'][1]['mark']}").get_json()["total"] == 1


def test_what_is_folded_behind_a_new_passage_is_new_as_well(client: FlaskClient, engine: ScanningEngine) -> None:
    for town, path in (("东坪镇", "c.txt"), ("西坪镇", "d.txt")):
        report = make_report(path, town=town)
        with engine.writing() as writer:
            writer.put(report, make_passages(report, "调解纠纷两件，法律顾问到场。"))

    everything = client.get("/api/v1/search?q=法律顾问到场&literal=1&collapse=similar").get_json()["hits"][0]
    new = client.get("/api/v1/search?q=法律顾问到场&literal=1&collapse=similar&since=gen-000002").get_json()["hits"][0]

    assert (everything["stands_for"], new["stands_for"]) == (2, 1)
    folded = client.get(f"/passages/{new['passage']['id']}/similar?q=法律顾问到场&literal=1&since=gen-000002")
    assert len(page(folded).xpath("//article[contains(@class, 'variant')]")) == 1
