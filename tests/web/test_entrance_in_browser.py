"""The entrance and the links of the site in a browser: five doors, a menu on narrow screens that needs no script."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from search_app.settings import Settings
from search_app.web import create_app
from tests.comparing.test_genealogy import over
from tests.web.browser import Tab, fresh_tab
from tests.web.reading_pages import page, text, texts

DOORS = ["找做法", "对照", "体检", "数据", "查稿"]
SITE = ["典型做法", "对照", "体检", "查稿", "数据", "收录与说明"]


def test_every_door_says_what_it_does_and_shows_an_example(client: FlaskClient) -> None:
    shown = page(client.get("/"))

    assert texts(shown, "//li[@class='door']/h3") == DOORS
    assert len(texts(shown, "//li[@class='door']/p[@class='door-says']")) == len(DOORS)
    for path in ("//li[@class='door'][1]", "//li[@class='door'][3]", "//li[@class='door'][4]"):
        assert shown.xpath(f"{path}//p[@class='door-example']/a/@href")


def test_the_examples_lead_to_what_they_name(client: FlaskClient) -> None:
    shown = page(client.get("/"))
    find, check = (shown.xpath(f"//li[@class='door'][{at}]//p[@class='door-example']/a")[0] for at in (1, 3))

    report, _, anchor = find.get("href").partition("#")
    assert find.text_content() in page(client.get(report)).xpath(f"//section[@id='{anchor}']/..")[0].text_content()
    assert check.get("href") == "/review?year=2023&county=%E6%BE%84%E5%B2%AD%E5%8E%BF"
    assert check.text_content() == "澄岭县 2023 年度 3 个镇"


def test_of_an_empty_index_the_doors_say_what_they_will_do() -> None:
    shown = page(create_app(Settings(), engine=over()).test_client().get("/"))

    assert texts(shown, "//li[@class='door']/h3") == DOORS
    assert not shown.xpath("//p[@class='door-example']")
    assert "索引里还没有报告" in text(shown, "//p[@class='notice']")


def test_the_page_that_is_open_is_marked_among_the_links(client: FlaskClient) -> None:
    shown = page(client.get("/exemplary"))

    marked = "//nav[@aria-label='站点']//a[@aria-current='page']"
    assert texts(shown, marked) == ["典型做法", "典型做法"]
    assert text(shown, "//nav[@aria-label='站点']//summary") == "菜单 · 典型做法"


def test_on_a_wide_screen_all_links_stand_beside_the_search_box(wide: Tab) -> None:
    shown = wide.open("/about")
    links = shown.locator("nav[aria-label='站点']")

    assert [each.inner_text() for each in links.locator("a:visible").all()] == [*SITE, "素材夹"]
    expect(links.locator("summary")).to_be_hidden()
    box, last = shown.locator("#q").bounding_box(), links.bounding_box()
    assert box
    assert last
    assert box["width"] > 250
    assert last["height"] < 50


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_the_links_fold_into_a_menu(browser: Browser, address: str, scripts: bool) -> None:
    size = {"width": 390, "height": 800}
    with fresh_tab(browser, address, viewport=size, java_script_enabled=scripts) as tab:
        shown = tab.open("/topics")
        links = shown.locator("nav[aria-label='站点']")

        assert [each.inner_text() for each in links.locator("a:visible").all()] == ["素材夹"]
        links.locator("summary").click()
        assert [each.inner_text() for each in links.locator("a:visible").all()] == [*SITE, "素材夹"]
        box = links.locator(".top-menu-body").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("width", [700, 1000, 1060, 1280])
def test_the_head_never_runs_over_the_edge(browser: Browser, address: str, width: int) -> None:
    with fresh_tab(browser, address, viewport={"width": width, "height": 800}) as tab:
        shown = tab.open("/about")

        assert shown.evaluate("document.documentElement.scrollWidth") <= width
