"""The county wall in a browser: four clicks to the spreadsheet, with scripts and without, wide and narrow, clean."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from tests.web.axe import checkable, faults
from tests.web.browser import serving, wait_until
from tests.web.review_sample import WALL, review_app

PLACES = {"wall": WALL, "counties": "/review", "town": "/review?county=甲县&town=石桥镇"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(review_app(tmp_path_factory.mktemp("review"))) as found:
        yield found


@pytest.mark.parametrize("scripts", [True, False])
def test_the_spreadsheet_is_four_clicks_from_the_start(
    browser: Browser, address: str, tmp_path: Path, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto(address)

    page.locator("header").get_by_role("link", name="体检").click()
    page.get_by_role("link", name="甲县", exact=True).click()
    page.get_by_role("link", name="2022 年（2）").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="导出 Excel").click()

    coming.value.save_as(tmp_path / "a.xlsx")
    context.close()
    assert coming.value.suggested_filename.startswith("甲县2022年报告体检-")
    assert load_workbook(tmp_path / "a.xlsx")["表"]["B2"].value == "白砾镇"


@pytest.mark.parametrize("path", PLACES.values(), ids=PLACES.keys())
def test_the_wall_is_clean_and_runs_over_no_edge(browser: Browser, address: str, path: str) -> None:
    with checkable(browser) as page:
        page.goto(address + path)

        assert faults(page) == []


def test_the_table_is_walked_by_keyboard_and_the_name_of_a_town_stays(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + WALL)
    table = page.locator(".wall-scroll")

    table.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    wait_until(page, "document.querySelector('.wall-scroll').scrollLeft > 100")

    left = page.locator(".wall tbody th").first.bounding_box()
    around = table.bounding_box()
    context.close()
    assert left is not None
    assert around is not None
    assert abs(left["x"] - around["x"]) < 3


def test_a_cell_leads_to_its_passage(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + WALL)

    page.locator("tr", has_text="云溪乡").locator("td").nth(1).get_by_role("link").click()

    assert page.url.endswith("#p-1")
    assert "办了一件实事" in page.locator("#p-1").inner_text()
    context.close()


def test_a_cell_that_is_reached_by_key_does_not_lie_under_the_name_of_the_town(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + WALL)
    row = page.locator(".wall tbody tr:has(.to-report)").first
    cell = row.locator("td a").first
    page.locator(".wall-scroll").evaluate("table => { table.scrollLeft = 90; }")
    row.locator(".to-report").focus()
    page.keyboard.press("Tab")

    assert cell.evaluate("cell => cell === document.activeElement")
    inside, name = cell.bounding_box(), row.locator("th").bounding_box()
    context.close()
    assert inside is not None
    assert name is not None
    assert inside["x"] >= name["x"] + name["width"]
