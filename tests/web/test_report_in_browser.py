"""The page of a report in a browser: it keeps its bearings, wide and narrow, with scripts and without, and on paper."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from search_app.model import OutlineEntry, Passage, Report
from search_app.web import create_app
from tests.engines.scanning import ScanningEngine
from tests.sampling import drawn
from tests.web import sample
from tests.web.browser import Tab, fresh_tab, serving

#: In the order in which equal answers are listed.
TOWNS = sorted(("望杉镇", "云栈镇", "白砾乡"), key=lambda town: sample.report_id(f"澄岭县/{town}/2023.txt"))
TOWN = TOWNS[0]
SENTENCE = "镇村两级设调解室，当面说、当场记，说定的事写进簿子，逐月回访，件件有着落，事事有回音。"
LONG = "/reports/" + sample.report_id("长.txt")
BARE = "/reports/" + sample.report_id("无名.txt")
FIRST = "/reports/" + sample.report_id(f"澄岭县/{TOWN}/2023.txt")
WALK = f"{FIRST}?hl=矛盾纠纷&n=1&q=矛盾纠纷&collapse=report&literal=1"
WIDTHS = [1280, 390]


def report(town: str) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report of six headings and thirty passages, every third of which speaks of the matter."""
    path = f"澄岭县/{town}/2023.txt"
    name = sample.report_id(path)
    passages = tuple(
        Passage(
            id=f"{name}-{number}",
            report=name,
            number=number,
            headings=(f"{'一二三四五六'[(number - 1) // 5]}、{town}的第{(number - 1) // 5 + 1}件事",),
            section="主要举措和成效",
            topics=("矛盾化解",),
            text=f"第{number}段{'讲矛盾纠纷' if number % 3 == 0 else '讲别的'}。"
            + SENTENCE * (1 + number % 4)
            + f"Ａ４纸{number}张。",
        )
        for number in range(1, 31)
    )
    outline = tuple(
        OutlineEntry(
            heading=f"{'一二三四五六'[at]}、{town}的第{at + 1}件事",
            level=1,
            section="主要举措和成效",
            passages=tuple(each.id for each in passages[5 * at : 5 * at + 5]),
        )
        for at in range(6)
    )
    known = replace(sample.ordinary("澄岭县", town, 2023)[0], outline=outline)
    return known, passages


def long_report() -> tuple[Report, tuple[Passage, ...]]:
    name = sample.report_id("长.txt")
    texts = ("月亮" if number in (5, 350, 351, 620) else "太阳" for number in range(1, 701))
    passages = tuple(
        Passage(id=f"{name}-{number}", report=name, number=number, text=f"第{number}段写{text}。")
        for number, text in enumerate(texts, 1)
    )
    return Report(id=name, path="长.txt", title="一份很长的报告"), passages


def app_of(folder: Path, *held: tuple[Report, tuple[Passage, ...]]) -> Flask:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for each in held:
            writer.put(*each)
    return create_app(sample.settings(folder), engine=engine)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(app_of(tmp_path_factory.mktemp("report"), *map(report, TOWNS), sample.bare())) as found:
        yield found


@pytest.fixture(scope="module")
def long_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the long report by itself: the oracle behind the others looks at every passage for every question."""
    with serving(app_of(tmp_path_factory.mktemp("long"), long_report())) as found:
        yield found


def box(page: Page, selector: str) -> dict[str, float]:
    """Return where an element stands in the window."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {
        "top": found["y"],
        "bottom": found["y"] + found["height"],
        "left": found["x"],
        "right": found["x"] + found["width"],
    }


# ---- the bar that stays ----


@pytest.mark.parametrize(
    ("anchor", "width", "scripts"), drawn(list(product(["p-1", "p-12", "p-16", "p-21", "h-4"], WIDTHS, [True, False])))
)
def test_whatever_is_landed_on_the_bar_and_it_are_in_sight_and_the_heading_above_it(
    browser: Browser, address: str, anchor: str, width: int, scripts: bool
) -> None:
    with fresh_tab(browser, address, viewport={"width": width, "height": 800}, java_script_enabled=scripts) as opened:
        page = opened.open(f"{WALK}#{anchor}")
        bar, landed = box(page, "#report-bar"), box(page, f"#{anchor}")
        above = page.locator(f".heading:has(+ #{anchor})")

        top = above.bounding_box()["y"] if above.count() else landed["top"]  # type: ignore[index]
        assert bar["bottom"] <= top
        assert landed["top"] < 400
        if anchor != "p-1":
            assert bar["top"] == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bar_is_slim_and_says_where_one_is(browser: Browser, address: str, width: int) -> None:
    with fresh_tab(browser, address, viewport={"width": width, "height": 800}) as opened:
        page = opened.open(f"{WALK}#p-12")
        bar = box(page, "#report-bar")

        assert bar["bottom"] - bar["top"] <= (52 if width == 1280 else 84)
        said = " ".join(page.locator("#report-bar").inner_text().split())
        assert "澄岭县" in said
        assert "2023" in said
        assert "1/3" in said
        expect(page.locator(".bar-here")).to_have_text(f"三、{TOWN}的第3件事")
        expect(page.locator(".bar-count")).to_contain_text("命中 4/10")


def test_the_bar_follows_the_reader(wide: Tab) -> None:
    page = wide.open(WALK)
    page.locator("#p-27").evaluate("element => element.scrollIntoView({ block: 'start' })")

    expect(page.locator(".bar-here")).to_have_text(f"六、{TOWN}的第6件事")
    expect(page.locator(".bar-count")).to_contain_text("命中 9/10")


def test_without_scripts_the_bar_names_the_place_and_leads_on(bare: Tab) -> None:
    page = bare.open(f"{WALK}#p-12")
    bar = page.locator("#report-bar")

    expect(bar).to_contain_text(f"澄岭县{TOWN} 2023年度")
    expect(bar).to_contain_text("命中 10 段")
    bar.get_by_role("link", name="下一条").click()
    expect(page.locator("#report-bar")).to_contain_text("第 2/3 条")
    page.locator("#report-bar").get_by_role("link", name="第一处").click()
    assert page.url.endswith("#p-3")
    page.locator("#p-3 .hit-steps").get_by_role("link", name="下一处").click()
    assert page.url.endswith("#p-6")
    page.get_by_role("link", name="返回结果").click()
    page.wait_for_url("**/?q=*#hit-2")


def test_keys_step_through_hits_and_results(wide: Tab) -> None:
    page = wide.open(f"{WALK}#p-3")
    page.keyboard.press("j")
    expect(page.locator(".bar-count")).to_contain_text("命中 2/10")
    page.keyboard.press("k")
    expect(page.locator(".bar-count")).to_contain_text("命中 1/10")
    page.keyboard.press("]")
    page.wait_for_url("**n=2**")
    expect(page.locator("#report-bar")).to_contain_text("第 2/3 条")
    page.keyboard.press("[")
    page.wait_for_url("**n=1**")
    page.keyboard.press("[")

    expect(page.locator("#announcer")).to_have_text("没有了")


def test_a_step_goes_on_from_where_one_reads(wide: Tab) -> None:
    page = wide.open(f"{WALK}#p-3")
    page.locator("#p-20").evaluate("element => element.scrollIntoView({ block: 'start' })")
    expect(page.locator(".bar-count")).to_contain_text("6/10")
    page.keyboard.press("j")

    expect(page.locator(".bar-count")).to_contain_text("命中 7/10")
    expect(page.locator("#p-21")).to_be_in_viewport()


def test_the_list_of_keys_names_them(wide: Tab) -> None:
    page = wide.open(WALK)
    page.keyboard.press("?")

    for words in ("上一条、下一条检索结果", "在本报告中查找", "上一处命中"):
        expect(page.locator("#shortcuts")).to_contain_text(words)


def test_the_bar_collects_the_passage_that_was_landed_on(wide: Tab) -> None:
    page = wide.open(f"{WALK}#p-12")
    page.evaluate(
        """() => document.querySelectorAll(".collect-here").forEach((place) => {
            const button = document.createElement("button");
            button.textContent = "加入素材夹";
            button.addEventListener("click", () => { window.collected = place.closest(".passage").id; });
            place.replaceChildren(button);
        })"""
    )
    page.mouse.wheel(0, 4)
    page.locator("#report-bar").get_by_role("button", name="加入素材夹").click()

    assert page.evaluate("window.collected") == "p-12"


# ---- the text and its margin ----


def test_on_a_wide_screen_notes_stand_beside_the_text_and_lines_hold_forty_characters(wide: Tab) -> None:
    page = wide.open(f"{WALK}#p-12")
    text, notes = box(page, "#p-12 .text"), box(page, "#p-12 .notes")

    assert notes["left"] >= text["right"]
    assert abs(notes["top"] - text["top"]) < 10
    size = page.locator("#p-12 .text").evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert 38 <= (text["right"] - text["left"]) / size <= 42
    expect(page.locator("#p-12 .fold")).not_to_be_visible()
    assert page.locator("#p-12 .code").get_attribute("href") == "/c/" + page.locator("#p-12 .code").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_notes_are_folded_behind_a_line(browser: Browser, address: str, scripts: bool) -> None:
    with fresh_tab(browser, address, viewport={"width": 390, "height": 800}, java_script_enabled=scripts) as opened:
        page = opened.open(f"{WALK}#p-12")
        expect(page.locator("#p-12 .notes")).not_to_be_visible()
        page.locator("#p-12 .fold summary").click()

        expect(page.locator("#p-12 .notes")).to_be_visible()
        expect(page.locator("#p-12 .code")).to_be_visible()
        expect(page.locator("#p-13 .notes")).not_to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_the_head_is_folded_to_two_lines(browser: Browser, address: str, scripts: bool) -> None:
    with fresh_tab(browser, address, viewport={"width": 390, "height": 800}, java_script_enabled=scripts) as opened:
        page = opened.open(FIRST)
        expect(page.locator(".facts")).not_to_be_visible()
        page.locator(".facts-fold summary").click()

        expect(page.locator(".facts")).to_be_visible()


def test_on_paper_passages_are_numbered_and_nothing_is_marked(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{WALK}&find=回访")
    page.emulate_media(media="print")
    colour = "element => getComputedStyle(element).backgroundColor"

    assert page.locator(".para-no:visible").all_inner_texts() == [str(number) for number in range(1, 31)]
    assert {mark.evaluate(colour) for mark in page.locator("#body mark").all()} == {"rgba(0, 0, 0, 0)"}
    assert page.locator(".notes:visible, .fold:visible, #report-bar:visible, .outline:visible").count() == 0
    expect(page.locator(".facts")).to_be_visible()
    context.close()


def test_no_printed_page_ends_in_a_heading(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + FIRST)
    page.pdf(
        path=tmp_path / "a.pdf", format="A5", margin={"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"}
    )
    context.close()
    pages = [found.get_textpage().get_text_range().split() for found in pypdfium2.PdfDocument(tmp_path / "a.pdf")]

    assert len(pages) > 3
    assert not [lines[-1] for lines in pages if lines[-1].endswith("件事")]


# ---- finding in the report ----


def test_what_is_typed_is_marked_and_counted_without_a_new_document(wide: Tab) -> None:
    page = wide.open(WALK)
    page.evaluate("window.untouched = true")
    page.keyboard.press("f")
    page.keyboard.type("回 访")

    expect(page.locator("#find-state")).to_have_text("1/75 处")
    expect(page.locator("mark.found")).to_have_count(75)
    assert page.evaluate("window.untouched") is True
    assert "find=" in page.url
    assert page.locator("#body mark:not(.found)").count() >= 10


def test_enter_and_shift_enter_go_from_place_to_place_and_escape_clears(wide: Tab) -> None:
    page = wide.open(WALK)
    page.keyboard.press("f")
    page.keyboard.type("A4纸")
    expect(page.locator("#find-state")).to_have_text("1/30 处")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#find-state")).to_have_text("3/30 处")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#find-state")).to_have_text("2/30 处")
    expect(page.locator("mark.is-now")).to_be_in_viewport()
    page.keyboard.press("Escape")

    expect(page.locator("mark.found")).to_have_count(0)
    expect(page.locator("#find")).to_have_value("")
    assert "find=" not in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#find")).not_to_be_visible()


def test_enter_that_commits_a_candidate_of_an_ime_moves_nothing(wide: Tab) -> None:
    page = wide.open(f"{WALK}&find=回访")
    expect(page.locator("#find-state")).to_have_text("75 处")
    page.evaluate(
        """() => document.getElementById("find").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true }))"""
    )

    expect(page.locator("#find-state")).to_have_text("75 处")


def test_what_is_unfolded_and_collected_stays_while_one_looks_for_something(wide: Tab) -> None:
    page = wide.open(WALK)
    page.evaluate("document.querySelector('#p-3 .notes').dataset.mine = 'kept'")
    page.keyboard.press("f")
    page.keyboard.type("回访")
    expect(page.locator("#p-3 mark.found").first).to_be_visible()

    assert page.locator("#p-3 .notes").get_attribute("data-mine") == "kept"


def test_what_is_not_there_is_said(wide: Tab) -> None:
    page = wide.open(WALK)
    page.keyboard.press("f")
    page.keyboard.type("独角兽")

    expect(page.locator("#find-state")).to_have_text("没有")


def test_without_scripts_a_form_finds_and_links_lead_from_place_to_place(bare: Tab) -> None:
    page = bare.open(WALK)
    page.locator("#bar-find summary").click()
    page.locator("#find").fill("Ａ4 纸")
    page.locator("#findform").get_by_role("button", name="查找").click()

    assert page.url.endswith("#f-1")
    expect(page.locator("#find-state")).to_have_text("30 处")
    page.locator("#p-1 .find-steps").get_by_role("link", name="下一处").click()
    assert page.url.endswith("#f-2")
    assert box(page, "#f-2")["top"] >= box(page, "#report-bar")["bottom"]
    expect(page.locator("#report-bar")).to_contain_text("第 1/3 条")
    page.get_by_role("link", name="清除").click()
    expect(page.locator("mark.found")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_long_report_the_other_parts_are_counted_too(browser: Browser, long_address: str, scripts: bool) -> None:
    with fresh_tab(browser, long_address, java_script_enabled=scripts) as opened:
        page = opened.open(LONG + "?find=月亮")
        expect(page.locator("#find-state")).to_contain_text("1 处")
        links = page.locator("#find-elsewhere a")
        assert links.all_inner_texts() == ["第 2 部分 2 处", "第 3 部分 1 处"]
        links.first.click()

        page.wait_for_url("**leaf=2**")
        expect(page.locator("#f-1")).to_be_in_viewport()
        expect(page.locator("mark.found")).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    "path", [f"{WALK}&find=回访#f-3", f"{LONG}?find=月亮", FIRST, "/reports/" + sample.report_id("无名.txt")]
)
def test_nothing_runs_over_the_edge_of_a_telephone(
    browser: Browser, address: str, long_address: str, path: str, scripts: bool
) -> None:
    home = long_address if path.startswith(LONG) else address
    with fresh_tab(browser, home, viewport={"width": 390, "height": 800}, java_script_enabled=scripts) as opened:
        page = opened.open(path)
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        shown = [each.bounding_box() for each in page.locator("#report-bar :visible").all()]
        rights = [found["x"] + found["width"] for found in shown if found is not None]

        assert max(rights) <= 391
