"""The basket in a browser: smooth with scripts, whole without, by keys alone, in two windows at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from search_app.web import create_app
from tests.web import sample
from tests.web.axe import checkable, faults
from tests.web.browser import Tab, fresh_tab
from tests.web.collecting_from_pages import close

SEARCH = "/?q=矛盾纠纷&collapse=none&literal=1"
REPORT = f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("baskets")
    made = create_app(sample.settings(folder), engine=sample.engine())
    yield made
    close(made)


@pytest.fixture(params=["scripts", "no scripts"])
def either(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Tab]:
    with fresh_tab(browser, address, java_script_enabled=request.param == "scripts") as tab:
        yield tab


def collect(tab: Tab, count: int) -> Page:
    """Collect the first results and open the basket."""
    page = tab.open(SEARCH)
    for nth in range(count):
        page.locator(".hits button[data-collect]").nth(nth).click()
        expect(page.locator("#basket-count")).to_have_text(f" {nth + 1}")
    return tab.open("/basket")


def order(page: Page) -> list[str]:
    """Return the entries in the order of the page."""
    return [each.get_attribute("data-entry") or "" for each in page.locator("#entries > .entry").all()]


def test_a_passage_is_collected_and_taken_out_again_at_its_place(either: Tab) -> None:
    page = either.open(SEARCH)
    button = page.locator(".hits button[data-collect]").nth(2)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said-text")).to_have_text("已加入素材夹（1 段）")
    expect(page.locator("#basket-count")).to_have_text(" 1")
    expect(button).to_be_in_viewport()
    assert page.url.partition("#")[0].endswith("literal=1")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#said-text")).to_have_text("已移出素材夹")
    page.locator("#said-undo").click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_with_scripts_no_page_is_loaded_for_it(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.evaluate("window.stayed = true")
    page.locator(".hits button[data-collect]").first.click()
    expect(page.locator("#basket-count")).to_have_text(" 1")

    assert page.evaluate("window.stayed") is True


def test_order_notes_and_headings_are_made(either: Tab) -> None:
    page = collect(either, 3)
    one, two, three = order(page)
    page.locator(f"#e-{three}").get_by_role("button", name="上移").click()
    expect(page.locator("#entries > .entry").nth(1)).to_have_id(f"e-{three}")
    page.locator(f"#e-{two} .write summary").click()
    page.locator(f"#e-{two} textarea").fill("值得学")
    page.locator(f"#e-{two}").get_by_role("button", name="保存").click()
    expect(page.locator(f"#e-{two} .note-text")).to_have_text("值得学")
    page.locator("#heading-new").fill("矛盾化解")
    page.get_by_role("button", name="加在末尾").click()
    expect(page.locator(".own-heading")).to_have_text("矛盾化解")
    page.reload()

    assert order(page)[:3] == [one, three, two]
    expect(page.locator(f"#e-{two} .note-text")).to_have_text("值得学")


def test_what_is_removed_on_its_page_comes_back(either: Tab) -> None:
    page = collect(either, 2)
    before = order(page)
    page.locator(f"#e-{before[0]}").get_by_role("button", name="移出").click()
    expect(page.locator("#entries > .entry")).to_have_count(1)
    page.locator("#said-undo").click()
    expect(page.locator("#entries > .entry")).to_have_count(2)

    assert order(page) == before


def test_emptying_asks_first(either: Tab) -> None:
    page = collect(either, 1)
    page.get_by_role("link", name="清空…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("清空素材夹")
    page.get_by_role("button", name="清空").click()
    expect(page.locator(".basket-empty")).to_contain_text("还是空的")
    page.locator("#said-undo").click()

    expect(page.locator("#entries > .entry")).to_have_count(1)


def test_entries_are_moved_by_keys_alone(wide: Tab) -> None:
    page = collect(wide, 3)
    one, two, three = order(page)
    page.locator(f"#e-{one} [data-grip]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#said-text")).to_have_text("已移到第 2 条，共 3 条")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#said-text")).to_have_text("已移到第 3 条，共 3 条")
    page.reload()

    assert order(page) == [two, three, one]


def test_entries_are_dragged(wide: Tab) -> None:
    page = collect(wide, 3)
    page.set_viewport_size({"width": 1280, "height": 2000})
    one, two, three = order(page)
    page.locator(f"#e-{three} [data-grip]").scroll_into_view_if_needed()
    grip = page.locator(f"#e-{three} [data-grip]").bounding_box()
    target = page.locator(f"#e-{two}").bounding_box()
    assert grip is not None
    assert target is not None
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 50, target["y"] + 40, steps=5)
    page.mouse.move(target["x"] + 50, target["y"] + 10, steps=3)
    page.mouse.up()
    expect(page.locator("#said-text")).to_contain_text("已移到第")
    shown = order(page)
    page.reload()

    assert order(page) == shown == [one, three, two]


def test_two_windows_that_edit_the_same_basket_lose_nothing(browser: Browser, address: str) -> None:
    context: BrowserContext = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    first, second = Tab(context, address), Tab(context, address)
    left, right = first.open(SEARCH), second.open(SEARCH)
    left.locator(".hits button[data-collect]").nth(0).click()
    expect(right.locator("#basket-count")).to_have_text(" 1")
    right.locator(".hits button[data-collect]").nth(1).click()
    expect(left.locator("#basket-count")).to_have_text(" 2")
    left, right = first.open("/basket"), second.open("/basket")
    one = order(left)[0]
    for page, words in ((left, "左边写的"), (right, "右边写的")):
        page.locator(f"#e-{one} .write summary").click()
        page.locator(f"#e-{one} textarea").fill(words)
        page.locator(f"#e-{one}").get_by_role("button", name="保存").click()
    expect(right.get_by_role("heading", level=1)).to_contain_text("在别处改过了")

    expect(right.locator(".note-text")).to_have_text("左边写的")
    expect(right.locator("#typed")).to_have_value("右边写的")
    context.close()


def test_a_note_that_was_typed_is_not_left_without_a_word(wide: Tab) -> None:
    page = collect(wide, 1)
    page.locator(".write summary").click()
    page.locator(".entry textarea").fill("还没存")
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.goto(wide.address + "/about")

    assert asked == ["beforeunload"]


def test_a_report_and_what_is_unfolded_collect_too(wide: Tab) -> None:
    page = wide.open(REPORT)
    page.locator(".passage button[data-collect]").nth(1).click()
    expect(page.locator("#basket-count")).to_have_text(" 1")
    page = wide.open("/?q=矛盾纠纷&collapse=similar&literal=1")
    page.locator("#hit-1 .folded").click()
    page.locator("#hit-1 .variant button[data-collect][aria-pressed=false]").first.click()

    expect(page.locator("#basket-count")).to_have_text(" 2")


def test_axe_finds_no_violation_and_nothing_runs_over_the_edge(browser: Browser, address: str) -> None:
    with checkable(browser) as page:
        collect(Tab(page.context, address, page), 3)
        page.locator("#heading-new").fill("一个小标题" * 10)
        page.get_by_role("button", name="加在末尾").click()
        page.locator("#basket-share summary").click()
        page.get_by_role("button", name="生成分享网址").click()
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        complaints = faults(page)
        for path in (page.locator(".share-line a").get_attribute("href"), "/basket?ask=delete"):
            page.goto(f"{address}{path}")
            complaints += faults(page)

    assert complaints == []


def wider(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found


def test_on_paper_there_is_nothing_to_press(wide: Tab) -> None:
    page = collect(wide, 2)
    page.emulate_media(media="print")

    expect(page.locator(".entry .text").first).to_be_visible()
    expect(page.locator(".entry-form").first).to_be_hidden()
    expect(page.locator(".basket-tools")).to_be_hidden()
