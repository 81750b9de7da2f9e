"""The page of exemplary practice: topics with their best, narrowed as the search page is, every count true."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.model import Exemplary
from search_app.settings import Settings
from search_app.web import create_app
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts


def test_every_page_leads_there(client: FlaskClient) -> None:
    for url in ("/", "/?q=矛盾纠纷", "/about"):
        assert "/exemplary" in links(page(client.get(url)), "典型做法")


def test_each_topic_shows_its_best_with_score_and_reasons_copies_folded(client: FlaskClient) -> None:
    shown = page(client.get("/exemplary"))
    (topic,) = shown.xpath("//section[@class='topic']")

    assert text(shown, "//h1") == "典型做法：共 16 段，来自 16 份报告"
    assert text(topic, ".//h2").startswith("矛盾化解 15 段，来自 15 份报告")
    assert len(topic.xpath(".//article")) == 1
    assert texts(topic, ".//article//ul[@class='reasons']/li")[:2] == ["有数字", "有名称的做法"]
    assert text(topic, ".//article//span[@class='stamp']").startswith("典型做法 6")


def test_three_of_different_towns_stand_for_a_topic() -> None:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for at, town in enumerate(("望杉镇", "白砾乡", "云栈镇", "青蒲街道")):
            given = {"exemplary": Exemplary(score=90 - at), "topics": ("信访",), "town": town}
            writer.put(*filed(f"{town}.txt", f"{town}的做法各有不同，{'第' * at}一条是接访。", **given))
    shown = page(create_app(Settings(), engine=engine).test_client().get("/exemplary"))

    assert texts(shown, "//p[@class='origin']") == ["望杉镇", "白砾乡", "云栈镇"]


def test_all_of_a_topic_is_the_search_with_its_filters_and_counts_the_same(client: FlaskClient) -> None:
    (way,) = links(page(client.get("/exemplary?year=2022")), "全部矛盾化解的典型做法")

    assert parse_qs(urlsplit(way).query) == {
        "year": ["2022"],
        "topic": ["矛盾化解"],
        "exemplary": ["1"],
        "sort": ["exemplary"],
    }
    assert "共 5 段，来自 5 份报告" in text(page(client.get(way)), "//h1")


def test_it_is_narrowed_like_a_search(client: FlaskClient) -> None:
    shown = page(client.get("/exemplary?year=2022&county=沅坪县"))

    assert text(shown, "//h1") == "典型做法：共 2 段，来自 2 份报告"
    assert {box.get("form") for box in shown.xpath("//input[@type='checkbox'][not(@name='p')]")} == {"narrow"}
    assert shown.xpath("//input[@name='year'][@value='2022']/@checked")
    assert links(shown, "年度：2022") == ["/exemplary?county=%E6%B2%85%E5%9D%AA%E5%8E%BF"]
    assert links(shown, "清除全部") == ["/exemplary"]


def test_a_narrowing_that_leaves_nothing_says_so_and_leads_out(client: FlaskClient) -> None:
    shown = page(client.get("/exemplary?year=1999"))

    assert text(shown, "//h1") == "典型做法：没有符合的段落"
    assert links(shown, "去掉全部条件") == ["/exemplary"]


def test_an_index_without_practice_says_so() -> None:
    engine = ScanningEngine()
    with engine.writing() as writer:
        writer.put(*sample.bare())
    client = create_app(Settings(), engine=engine).test_client()

    assert "还没有识别出典型做法" in client.get("/exemplary").get_data(as_text=True)


@pytest.mark.parametrize("query", ["q=调解", "sort=newest", "page=2", "years=2022"])
def test_what_has_no_effect_there_is_passed_over_and_stands_in_no_link(client: FlaskClient, query: str) -> None:
    plain, shown = (client.get(url).get_data(as_text=True) for url in ("/exemplary", f"/exemplary?{query}"))

    # What an edit carries is of this answer alone: the address it leads back to, and a token that is masked anew.
    of_edits = re.compile(r'name="(?:back|token)" value="[^"]*"')
    assert of_edits.sub("", shown) == of_edits.sub("", plain)
