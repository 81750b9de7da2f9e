"""Facets in a browser: excluding, ordering, finding by pinyin, picking several; by mouse, by key, without scripts."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from search_app.settings import Settings
from search_app.web import create_app
from search_app.web.parameters import MAX_TICKED
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web.browser import Tab, fresh_tab, serving

SEARCH = "/?q=矛盾纠纷&collapse=none&literal=1"
#: Sides of what can be clicked, in pixels (WCAG 2.2, target size).
LEAST = 24


@pytest.fixture(scope="module")
def many() -> Iterator[str]:
    """Serve 230 towns of one passage each."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for number in range(230):
            writer.put(*filed(f"{number}.txt", f"调解{number}件。", town=f"石桥{number:03}镇", year=2023))
    with serving(create_app(Settings(time_budget=0), engine=engine)) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest, browser: Browser, many: str) -> Iterator[Tab]:
    with fresh_tab(browser, many, java_script_enabled=request.param) as tab:
        yield tab


def exclude(page: Page, said: str) -> None:
    page.get_by_role("button", name=f"不要 {said}", exact=True).click()


def test_a_value_is_excluded_in_place_and_taken_back_where_the_focus_is(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.evaluate("window.untouched = true")
    way = page.get_by_role("button", name="不要 青蒲街道", exact=True)
    name = way.get_attribute("id")
    way.focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("共 24 段，来自 12 份报告")
    expect(page.locator("#announcer")).to_contain_text("共 24 段")
    expect(page.get_by_role("list", name="已选条件")).to_contain_text("不含：青蒲街道")
    expect(page.locator("#facet-town li.excluded")).to_contain_text("已排除 6")
    assert page.evaluate("document.activeElement.id") == name
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("共 30 段")
    assert page.evaluate("window.untouched") is True


def test_an_exclusion_stays_when_something_else_is_ticked(wide: Tab) -> None:
    page = wide.open(SEARCH)
    exclude(page, "2020 年")
    expect(page.locator("h1")).to_contain_text("共 20 段")
    page.get_by_role("checkbox", name="青蒲街道").check()

    expect(page.locator("h1")).to_contain_text("共 4 段")
    assert "not.year=2020" in page.url


def test_without_scripts_a_value_is_excluded_by_its_link_and_stays_so_with_the_form(bare: Tab) -> None:
    page = bare.open(SEARCH)
    exclude(page, "青蒲街道")
    expect(page.locator("h1")).to_contain_text("共 24 段")
    page.get_by_role("checkbox", name="2022 年").check()
    page.get_by_role("button", name="应用筛选").click()

    expect(page.locator("h1")).to_contain_text("共 8 段")
    page.get_by_role("link", name="不含：青蒲街道").click()
    expect(page.locator("h1")).to_contain_text("共 10 段")


def test_the_order_of_a_panel_is_switched_in_place(wide: Tab) -> None:
    page = wide.open(SEARCH)
    first = page.locator("#facet-town li .name").first
    page.locator("#order-town").click()

    expect(first).to_have_text("白砾乡")
    assert "order.town=name" in page.url
    expect(page.locator("#order-town")).to_have_accessible_name(re.compile("乡镇（街道） ?按段数 ?排列"))
    page.locator("#order-town").click()
    expect(page.locator("#order-town")).to_contain_text("按名称")
    expect(page.locator("#order-town")).to_be_focused()


def test_the_box_of_a_panel_finds_by_characters_initials_and_pinyin(browser: Browser, many: str) -> None:
    with fresh_tab(browser, many) as opened:
        page = opened.open("/?q=调解")
        page.locator("#unfold-town > summary").click()
        box = page.get_by_label("在乡镇（街道）里查找")
        shown = page.locator("#list-town > li:visible")

        for typed, count in (("sq01", 10), ("shiqiao019", 1), ("石桥02", 10), ("qiao03", 10), ("iqiao", 0), ("", 40)):
            box.fill(typed)
            expect(shown).to_have_count(count)


def test_several_are_picked_across_leaves_and_applied_once(either: Tab) -> None:
    page = either.open("/facets/town?q=调解")
    page.get_by_role("checkbox", name="石桥003镇").check()
    page.get_by_role("button", name="第 2 页").click()
    page.get_by_role("checkbox", name="石桥104镇").check()
    page.get_by_label("查找", exact=True).fill("sq22")
    page.get_by_role("button", name="查找", exact=True).click()
    page.get_by_role("checkbox", name="石桥229镇").check()
    page.get_by_role("group", name="已选，不在下面这些里").get_by_role("checkbox", name="石桥003镇").uncheck()
    page.get_by_role("button", name="应用").click()

    expect(page.locator("h1")).to_contain_text("共 2 段，来自 2 份报告")
    assert unquote(page.url).endswith("/?q=调解&town=石桥104镇&town=石桥229镇")


def test_what_is_ticked_is_counted_aloud_and_no_more_than_the_limit_is_sent(browser: Browser, many: str) -> None:
    with fresh_tab(browser, many) as opened:
        page = opened.open("/facets/town?q=调解")
        page.get_by_role("checkbox", name="石桥003镇").check()
        expect(page.locator("#announcer")).to_have_text("已选 1 个")
        page.evaluate(
            "many => [...document.querySelectorAll('#values input:not(:checked)')].slice(1 - many)"
            ".forEach((box) => box.click())",
            MAX_TICKED + 1,
        )

        expect(page.locator("#picked")).to_have_text(f"已选 {MAX_TICKED + 1} 个，最多 {MAX_TICKED} 个，请去掉 1 个")
        expect(page.get_by_role("button", name="应用")).to_be_disabled()
        page.get_by_role("checkbox", name="石桥003镇").uncheck()
        expect(page.get_by_role("button", name="应用")).to_be_enabled()


def test_the_button_that_applies_stays_in_sight(browser: Browser, many: str) -> None:
    with fresh_tab(browser, many, viewport={"width": 390, "height": 800}) as opened:
        page = opened.open("/facets/town?q=调解")

        expect(page.get_by_role("button", name="应用")).to_be_in_viewport()


def test_from_a_result_to_other_towns_narrowed_and_back_to_the_result(wide: Tab) -> None:
    page = wide.open(f"{SEARCH}&year=2022")
    page.locator("#hit-2 a.related").click()
    page.get_by_role("link", name="返回结果").click()

    expect(page.locator("#hit-2")).to_be_in_viewport()
    assert "year=2022" in page.url


@pytest.mark.parametrize("path", [SEARCH, "/exemplary"])
def test_the_second_skip_link_leads_to_the_results(wide: Tab, path: str) -> None:
    page = wide.open(path)
    page.evaluate("document.activeElement.blur()")
    for _ in range(2):
        page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="跳到检索结果")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#results-title")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [f"{SEARCH}&not.town=白砾乡&order.town=name", "/facets/town?not.town=白砾乡"])
def test_what_excludes_is_large_enough_and_runs_over_no_edge(
    browser: Browser, address: str, path: str, width: int
) -> None:
    with fresh_tab(browser, address, viewport={"width": width, "height": 800}) as opened:
        page = opened.open(path)
        if width < 1000 and page.locator("#filters").count():
            page.locator("#filters > summary").click()
        boxes = [each.bounding_box() for each in page.locator(".not:visible, .facet-order a:visible").all()]

        assert len(boxes) > 4
        assert all(box and box["width"] >= LEAST and box["height"] >= LEAST for box in boxes)
        assert all(box and box["x"] + box["width"] <= width for box in boxes)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_value_that_is_reached_by_key_does_not_lie_under_the_bar(browser: Browser, many: str) -> None:
    with fresh_tab(browser, many, viewport={"width": 390, "height": 800}) as opened:
        page = opened.open("/facets/town")
        page.locator("#values input").first.focus()
        lowest = 0.0
        for _ in range(60):
            page.keyboard.press("Tab")
            box, bar = page.locator(":focus").bounding_box(), page.locator(".pick-bar").bounding_box()
            assert box is not None
            assert bar is not None
            lowest = max(lowest, box["y"] + box["height"] - bar["y"])

    assert lowest <= 0
