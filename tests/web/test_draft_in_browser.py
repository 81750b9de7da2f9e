"""Checking a draft in a browser: pasted, picked or dragged, with scripts and without, wide and narrow, by an IME."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from search_app.web import create_app
from tests.web import sample
from tests.web.axe import checkable, each_look, violations
from tests.web.browser import Tab
from tests.web.drafts import BAD, engine

DROP = """([name, text, times = 1]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text.repeat(times)], name, { type: "text/plain" }));
  const form = document.getElementById("draft-form");
  for (const kind of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("drafts")
    return create_app(sample.settings(folder), engine=engine())


def check(tab: Tab) -> Page:
    """Paste a bad draft and have it checked."""
    page = tab.open("/draft")
    page.get_by_label("草稿全文").fill(BAD)
    page.get_by_role("button", name="检查草稿").click()
    page.locator("#findings-title").wait_for()
    return page


@pytest.mark.parametrize("scripts", ["wide", "narrow", "bare"])
def test_a_pasted_draft_is_checked_and_its_address_says_nothing_of_it(
    scripts: str, request: pytest.FixtureRequest
) -> None:
    page = check(request.getfixturevalue(scripts))

    assert page.url.endswith("/draft")
    assert page.locator(".finding").count() > 4
    expect(page.get_by_label("草稿全文")).to_have_value(BAD)


def test_a_finding_leads_to_its_words_in_the_draft_and_back_by_keys_alone(wide: Tab) -> None:
    page = check(wide)

    page.locator("#f-1 .finding-head a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#d-p1")).to_be_in_viewport()
    page.locator("#d-p1 a.flag").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#f-1")).to_be_in_viewport()


def test_nothing_runs_over_the_edge(wide: Tab) -> None:
    page = check(wide)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

    for _, width in each_look(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_findings_stand_beside_the_draft_and_on_a_narrow_page_above_it(wide: Tab, narrow: Tab) -> None:
    places = []
    for tab in (wide, narrow):
        page = check(tab)
        found, text = page.locator(".found").bounding_box(), page.locator(".manuscript").bounding_box()
        assert found is not None
        assert text is not None
        places.append((text["x"] > found["x"] + found["width"], text["y"] > found["y"] + found["height"]))

    assert places == [(True, False), (False, True)]


def test_a_file_that_is_dragged_onto_the_page_is_checked(wide: Tab) -> None:
    page = wide.open("/draft")
    page.evaluate(DROP, ["草稿.txt", BAD])
    expect(page.locator("#draft-picked")).to_contain_text("已选“草稿.txt”")

    page.get_by_role("button", name="检查草稿").click()

    expect(page.locator("#findings-title")).to_contain_text("处要看一看")


def test_a_file_that_is_too_large_is_said_so_before_it_is_sent(wide: Tab) -> None:
    page = wide.open("/draft")
    page.evaluate(DROP, ["大.txt", "法", 4 << 20])

    page.get_by_role("button", name="检查草稿").click()

    expect(page.locator("#draft-picked")).to_contain_text("超过 10 MB")
    assert page.url.endswith("/draft")


def test_what_an_input_method_composes_is_counted_and_sent_when_it_is_done(wide: Tab) -> None:
    page = wide.open("/draft")
    page.get_by_label("草稿全文").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "fa zhi", "selectionStart": 6, "selectionEnd": 6})
    session.send("Input.insertText", {"text": "法治政府"})

    expect(page.get_by_label("草稿全文")).to_have_value("法治政府")
    expect(page.locator("#draft-count")).to_contain_text("4 个字")


def test_without_scripts_a_passage_is_collected_beside_the_page_so_that_the_draft_stays(bare: Tab) -> None:
    page = check(bare)
    page.locator(".is-elsewhere .sources summary").first.click()

    with page.context.expect_page() as opened:
        page.locator(".is-elsewhere .sources button.collect").first.click()

    expect(opened.value.locator(".entry")).to_have_count(1)
    expect(page.get_by_label("草稿全文")).to_have_value(BAD)


def test_the_findings_are_saved_as_a_word_file(wide: Tab) -> None:
    page = check(wide)

    with page.expect_download() as saved:
        page.get_by_role("button", name="Word").click()

    assert saved.value.suggested_filename.startswith("查稿结果")
    assert saved.value.suggested_filename.endswith(".docx")


def test_axe_finds_no_violation_in_findings(browser: Browser, address: str) -> None:
    with checkable(browser) as page:
        check(Tab(page.context, address, page))
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

        assert [(look, each) for look in each_look(page) for each in violations(page)] == []


def test_on_a_narrow_page_numbers_stand_clear_of_the_words(narrow: Tab) -> None:
    page = check(narrow)
    numbers = page.locator(".piece-number")

    assert numbers.count() > 0
    for each in numbers.all():
        number, words = each.bounding_box(), each.locator("xpath=following-sibling::p").bounding_box()
        assert number is not None
        assert words is not None
        assert number["x"] + number["width"] + 4 <= words["x"]
