"""The figures in a real browser: wide and narrow, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import Tab, wait_until

THING = "/figures?what=化解矛盾纠纷"


@pytest.mark.parametrize("path", ["/figures", "/figures?topic=矛盾化解", THING])
def test_nothing_runs_over_the_edge(wide: Tab, narrow: Tab, path: str) -> None:
    for tab in (wide, narrow):
        tab.open(path)
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.page.evaluate(over) <= 0


def test_from_the_list_to_the_passage_without_scripts(bare: Tab) -> None:
    bare.open("/figures")
    bare.page.get_by_role("link", name="化解矛盾纠纷").click()
    bare.page.get_by_label("年度", exact=True).select_option("2022")
    bare.page.get_by_role("button", name="查看").click()
    expect(bare.page.get_by_role("heading", level=1)).to_contain_text("2022年度")
    bare.page.locator(".figures-towns .value").first.click()

    expect(bare.page.locator(":target")).to_contain_text("122件")


def test_a_wide_table_is_scrolled_with_the_keyboard(narrow: Tab) -> None:
    narrow.open(THING)
    region = narrow.page.get_by_role("region", name="化解矛盾纠纷：乡镇和年度")
    region.focus()
    narrow.page.keyboard.press("ArrowRight")

    wait_until(narrow.page, "document.activeElement.scrollLeft > 0")


def test_what_is_shown_can_be_collected(wide: Tab) -> None:
    wide.open(THING)
    button = wide.page.locator(".figures-clauses .collect").first
    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
