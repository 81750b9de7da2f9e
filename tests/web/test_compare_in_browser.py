"""Comparing in a browser: ticking, turning pages, standing beside each other; by keyboard, narrow, without scripts."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.web import sample
from tests.web.browser import Tab

ONE, OTHER, THIRD = (
    sample.report_id(path) for path in ("澄岭县/望杉镇/2020.txt", "澄岭县/白砾乡/2022.txt", "沅坪县/望杉镇/2023.txt")
)
SEARCH = "/?q=矛盾纠纷&collapse=none&literal=1"
THREE = f"/compare?p={ONE}-2&p={OTHER}-2&p={THIRD}-2"
REPORTS = f"/compare?r={ONE}&r={OTHER}&r={THIRD}"


def tick(page: Page, at: int) -> None:
    page.locator('input[form="compare"]').nth(at).check()


def test_what_is_ticked_stays_while_pages_are_turned_and_is_compared(wide: Tab) -> None:
    page = wide.open(SEARCH)
    expect(page.locator("#compare")).to_be_hidden()
    tick(page, 0)
    expect(page.locator("#compare-count")).to_have_text("已选 1 段，再选 1 至 3 段")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(re.compile("page=2"))
    tick(page, 0)
    tick(page, 1)
    expect(page.locator("#compare-count")).to_have_text("已选 3 段")
    page.get_by_role("button", name="对照这 3 段").click()

    expect(page.locator("h1")).to_have_text("3 段对照")
    expect(page.locator("article.column")).to_have_count(3)


def test_ticking_a_box_asks_nothing_and_filters_leave_it_ticked(wide: Tab) -> None:
    page = wide.open(SEARCH)
    before = page.url
    tick(page, 0)
    chosen = page.locator('input[form="compare"]').first.get_attribute("value")
    assert page.url == before
    page.locator("#year-2022, input[name='year'][value='2022']").first.check()
    page.wait_for_url(re.compile("year=2022"))

    assert page.evaluate("JSON.parse(sessionStorage.getItem('compare')).map(each => each.id)") == [chosen]
    expect(page.locator("#compare-count")).to_have_text("已选 1 段，再选 1 至 3 段")


def test_a_fifth_is_refused_in_words_and_one_can_be_dropped_by_keyboard(wide: Tab) -> None:
    page = wide.open(SEARCH)
    for at in range(4):
        tick(page, at)
    page.locator('input[form="compare"]').nth(4).click()
    expect(page.locator('input[form="compare"]').nth(4)).not_to_be_checked()
    expect(page.locator("#announcer")).to_have_text("一次最多对照 4 段，请先去掉一段")
    page.locator("#compare-chosen button").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#compare-count")).to_have_text("已选 3 段")
    expect(page.locator('input[form="compare"]').first).not_to_be_checked()
    assert page.evaluate("document.activeElement.dataset.compareDrop")
    page.get_by_role("button", name="全部取消").click()
    expect(page.locator("#compare")).to_be_hidden()


def test_boxes_are_ticked_by_space_and_coming_back_keeps_them(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.locator('input[form="compare"]').first.focus()
    page.keyboard.press("Space")
    page.goto(f"{wide.address}/reports/{ONE}")
    expect(page.locator("#compare-count")).to_have_text("已选 1 段，再选 1 至 3 段")
    page.go_back()

    expect(page.locator('input[form="compare"]').first).to_be_checked()


def test_without_scripts_a_plain_form_compares(bare: Tab) -> None:
    page = bare.open(SEARCH)
    tick(page, 0)
    tick(page, 1)
    page.locator("#compare-go").click()

    assert page.locator("article.column").count() == 2


@pytest.mark.parametrize("path", [THREE, REPORTS, "/compare", f"/compare?p={ONE}-2", f"/compare?r={ONE}", "/matrix"])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(narrow: Tab, path: str) -> None:
    page = narrow.open(path)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_narrow_screens_columns_follow_each_other_and_cells_say_whose_they_are(narrow: Tab) -> None:
    page = narrow.open(THREE)
    tops = [box["y"] for each in page.locator("article.column").all() if (box := each.bounding_box())]
    assert tops == sorted(set(tops))
    page = narrow.open(REPORTS)

    expect(page.locator(".cell-of").first).to_be_visible()


def test_texts_of_columns_begin_on_one_line(wide: Tab) -> None:
    page = wide.open(THREE)

    tops = [box["y"] for each in page.locator("article.column > .text").all() if (box := each.bounding_box())]
    assert max(tops) - min(tops) < 1


def test_the_matrix_is_a_region_that_scrolls_by_keyboard_below_its_own_head(narrow: Tab) -> None:
    page = narrow.open("/matrix")
    region = page.get_by_role("region", name=re.compile("可左右滚动"))
    region.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)

    assert region.evaluate("each => each.scrollLeft") > 0
    corner, first = page.locator(".counts .corner").bounding_box(), region.bounding_box()
    assert corner is not None
    assert first is not None
    assert abs(corner["x"] - first["x"]) < 3


def test_a_number_of_the_matrix_leads_to_as_many_passages(wide: Tab) -> None:
    page = wide.open("/matrix?columns=year")
    cell = page.locator("tbody .count").first
    number = (cell.text_content() or "").split(" 段")[0]
    cell.click()

    expect(page.locator("#results-title")).to_contain_text(f"{number} 段")


def test_filters_change_the_matrix_in_place(wide: Tab) -> None:
    page = wide.open("/matrix?columns=year")
    page.locator("#filters > summary").click()
    page.locator("#filters input[name='county'][value='澄岭县']").check()
    page.wait_for_url(re.compile("county="))

    expect(page.locator(".chips")).to_contain_text("澄岭县")
    assert "columns=year" in page.url
    expect(page.locator("#filters")).to_have_attribute("open", "")


def test_on_paper_folded_passages_are_whole(wide: Tab) -> None:
    page = wide.open(REPORTS)
    page.evaluate("document.querySelectorAll('details.long').forEach(each => { each.open = false; })")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.evaluate("[...document.querySelectorAll('details.long')].every(each => each.open)")
    expect(page.locator(".compare-tools")).to_be_hidden()
    expect(page.locator("article.beside-passage .text").first).to_be_visible()


def test_on_paper_the_matrix_lies_sideways_and_no_row_is_parted(wide: Tab, tmp_path: Path) -> None:
    page = wide.open("/matrix")
    page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print")
    rows = page.locator(".counts tbody tr")

    width, height = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_size()
    assert width > height
    assert {each.evaluate("row => getComputedStyle(row).breakInside") for each in rows.all()} == {"avoid"}
    # Otherwise what all rows add up to would end every page, as if it were that of the page.
    assert page.locator(".counts tfoot").evaluate("foot => getComputedStyle(foot).display") == "table-row-group"


@pytest.mark.parametrize("width", [1280, 390])
def test_what_stands_in_one_column_alone_is_named_in_one_line(wide: Tab, width: int) -> None:
    page = wide.open(THREE)
    page.set_viewport_size({"width": width, "height": 800})
    names = page.locator(".column-facts .alone dt")

    lines = """name => {
      const words = document.createRange();
      words.selectNodeContents(name);
      return new Set([...words.getClientRects()].map(each => Math.round(each.y))).size;
    }"""
    assert {each.evaluate(lines) for each in names.all()} == {1}
