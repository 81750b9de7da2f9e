"""Exports in a browser: from the results and from a report, with scripts and without, by mouse and by keyboard."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser

from tests.web import sample
from tests.web.axe import checkable, faults

SEARCH = "/?q=矛盾纠纷&collapse=none&literal=1"
REPORT = f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("path", "name"), [(SEARCH, "检索结果-矛盾纠纷-"), (REPORT, "澄岭县望杉镇2020年度法治政府建设情况报告-")]
)
def test_two_clicks_lead_to_a_word_file(
    browser: Browser, address: str, tmp_path: Path, path: str, name: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto(address + path)

    page.get_by_text("导出", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word").click()

    coming.value.save_as(tmp_path / "a.docx")
    shown = [" ".join(each.split()) for each in page.locator(".hit .snippet, .passage .text").all_inner_texts()]
    said = "".join(each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    context.close()
    assert coming.value.suggested_filename.startswith(name)
    assert shown
    assert all(each[:20] in said for each in shown if "落实" not in each and "项目" not in each)


def test_the_menu_opens_by_keyboard(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + SEARCH)

    page.locator(".exports summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Word"
    context.close()


@pytest.mark.parametrize("path", [SEARCH, REPORT])
def test_the_open_menu_is_clean_and_runs_over_no_edge(browser: Browser, address: str, path: str) -> None:
    with checkable(browser) as page:
        page.goto(address + path)
        page.locator(".exports summary").click()

        assert faults(page, within=".exports") == []
