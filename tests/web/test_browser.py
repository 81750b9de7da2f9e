"""The pages in a browser: smooth with JavaScript, whole without it, and usable by keyboard alone."""

from hashlib import sha256

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.web import sample
from tests.web.browser import Tab, fresh_tab

REPORT = f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}"
CLICK = "value => document.querySelector(`input[value='${value}']`).click()"
#: As typed: what else a search finds is none of these tests' business.
SEARCH = "/?q=矛盾纠纷&collapse=none&literal=1"
PATHS = [
    "/",
    SEARCH,
    "/?q=zzzz&year=2022",
    f"{REPORT}?hl=矛盾纠纷&n=1&q=矛盾纠纷",
    f"{REPORT.replace('reports', 'passages')}-2/similar?q=矛盾纠纷",
    f"{REPORT.replace('reports', 'passages')}-2/related",
    f"{REPORT.replace('reports', 'passages')}-2/history",
    "/topics",
    "/topics?topic=矛盾化解",
    "/profile?county=澄岭县&town=望杉镇",
    "/exemplary",
    "/about",
    "/facets/town",
    "/?page=0",
]


def focused(page: Page) -> str:
    """Return the id of the element that has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def hold_back(page: Page, pattern: str, *, milliseconds: int) -> None:
    """Let answers to these addresses come late."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route(pattern, wait)


def suggested(page: Page, found: list[dict[str, object]]) -> None:
    """Let these be the suggestions, whatever is typed."""
    page.route("**/suggest?*", lambda route: route.fulfill(json={"suggestions": found}))


def test_typing_and_enter_search(wide: Tab) -> None:
    page = wide.open("/")
    page.keyboard.type("矛盾纠纷")
    page.keyboard.press("Enter")

    page.wait_for_url("**/?q=*")
    expect(page.locator("h1")).to_contain_text("共 30 段，来自 15 份报告")


def test_a_tick_renews_the_answer_keeps_the_focus_and_says_the_count(wide: Tab) -> None:
    page = wide.open(SEARCH)
    box = page.get_by_role("checkbox", name="青蒲街道")
    name = box.get_attribute("id")
    box.focus()
    page.keyboard.press("Space")

    expect(page.locator("h1")).to_contain_text("共 6 段，来自 3 份报告")
    expect(page.locator("#announcer")).to_contain_text("共 6 段，来自 3 份报告")
    assert focused(page) == name
    assert "town=" in page.url
    assert "collapse=none" in page.url


def test_a_tick_loads_no_new_document(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.evaluate("window.untouched = true")
    page.get_by_role("checkbox", name="2022 年").check()

    expect(page.locator("h1")).to_contain_text("共 10 段")
    assert page.evaluate("window.untouched") is True
    assert "矛盾纠纷 · 10 段" in page.title()


def test_back_undoes_one_tick_at_a_time(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.get_by_role("checkbox", name="2022 年").check()
    expect(page.locator("h1")).to_contain_text("共 10 段")
    page.get_by_role("checkbox", name="青蒲街道").check()
    expect(page.locator("h1")).to_contain_text("共 2 段")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("共 10 段")
    expect(page.get_by_role("checkbox", name="青蒲街道")).not_to_be_checked()
    page.go_back()

    expect(page.locator("h1")).to_contain_text("共 30 段")


def test_an_answer_that_comes_late_is_dropped(wide: Tab) -> None:
    page = wide.open(SEARCH)
    hold_back(page, "**/*year=2022&*", milliseconds=600)
    page.evaluate(CLICK, "2022")
    page.evaluate(CLICK, "青蒲街道")

    expect(page.locator("h1")).to_contain_text("共 2 段")
    page.wait_for_timeout(900)
    expect(page.locator("h1")).to_contain_text("共 2 段")


def test_while_an_answer_is_on_its_way_the_old_one_stays_and_says_so(wide: Tab) -> None:
    page = wide.open(SEARCH)
    hold_back(page, "**/*year=2022*", milliseconds=500)
    page.evaluate(CLICK, "2022")

    expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
    assert page.locator(".hit").count() == 10
    expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")


def test_a_result_opens_at_its_passage_and_leads_back_to_its_place(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.locator("#hit-4 h2 a").click()
    page.wait_for_url("**/reports/*#p-2")

    expect(page.locator("#p-2")).to_be_in_viewport()
    expect(page.locator(".bar-walk")).to_contain_text("第 4/30 条")
    page.get_by_role("link", name="返回结果").click()
    page.wait_for_url("**#hit-4")
    expect(page.locator("#hit-4")).to_be_in_viewport()


def test_the_text_of_a_report_can_be_made_larger_and_stays_so(wide: Tab) -> None:
    page = wide.open(REPORT)
    size = "parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="大", exact=True).click()
    page.reload()

    assert page.evaluate(size) > before


def test_a_passage_is_copied_with_its_source(browser: Browser, address: str) -> None:
    with fresh_tab(browser, address, permissions=["clipboard-read", "clipboard-write"]) as opened:
        page = opened.open(REPORT)
        page.locator("#p-5 .copy").click()

        expect(page.locator("#p-5 .copy")).to_have_text("已复制")
        assert "——《澄岭县望杉镇2020年度法治政府建设情况报告》（" in page.evaluate("navigator.clipboard.readText()")


def test_what_is_folded_behind_a_hit_opens_in_its_place_and_closes_again(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷&collapse=similar&literal=1&year=2022")
    fold = page.locator("#hit-1 .folded")
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.focus()
    page.keyboard.press("Space")
    region = page.get_by_role("region", name="另有 4 处相近表述")

    expect(region.locator(".variant")).to_have_count(4)
    expect(region.locator("ins").first).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#announcer")).to_have_text("已展开：另有 4 处相近表述")
    assert "/passages/" not in page.url
    page.keyboard.press("Enter")
    expect(region).not_to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "false")


def test_several_that_are_open_at_once_share_no_id(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷&collapse=similar&literal=1&year=2022")
    for number in (1, 2):
        page.locator(f"#hit-{number} .folded").click()
        expect(page.locator(f"#hit-{number} .variant")).to_have_count(4)

    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_what_is_folded_in_a_report_opens_there_too(narrow: Tab) -> None:
    page = narrow.open(REPORT)
    page.locator("#p-2 .fold summary").click()
    page.locator("#p-2 .folded").click()

    expect(page.locator("#p-2 .variant")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_why_a_passage_stands_where_it_stands_opens_in_its_place(narrow: Tab) -> None:
    page = narrow.open("/?q=矛盾纠纷")
    page.locator("#hit-1 .further > summary").click()
    page.locator("#hit-1 .why-link").click()
    region = page.get_by_role("region", name="第 1 条为什么排在这里")

    expect(region.get_by_text("总分：下面各项相乘。")).to_be_visible()
    region.locator("details:not([open]) > summary").first.click()
    assert "/passages/" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_why_a_passage_stands_there_is_a_page_that_leads_back(bare: Tab) -> None:
    page = bare.open("/?q=矛盾纠纷&year=2022")
    page.locator("#hit-2 .further > summary").click()
    page.locator("#hit-2 .why-link").click()
    expect(page.locator("h1")).to_contain_text("为什么排在这里")
    page.get_by_role("link", name="返回结果").click()

    expect(page.locator("#q")).to_have_value("矛盾纠纷")


def test_without_scripts_what_is_folded_has_a_page_and_leads_back(bare: Tab) -> None:
    page = bare.open("/?q=矛盾纠纷&collapse=similar&literal=1&year=2022")
    page.locator("#hit-1 .folded").click()
    expect(page.locator("h1")).to_contain_text("另有 4 处相近表述")
    page.get_by_role("link", name="返回结果").click()

    expect(page.locator("h1")).to_contain_text("共 10 段")


def test_what_differs_is_told_to_those_who_hear_the_page_and_on_paper(wide: Tab) -> None:
    page = wide.open(f"{REPORT.replace('reports', 'passages')}-2/similar?year=2023")
    style = "element => [getComputedStyle(element, '::before').content, getComputedStyle(element).textDecorationLine]"
    page.emulate_media(media="print")
    mark = page.locator(".variant").first

    assert mark.locator("ins").first.evaluate(style) == ['"〔这里写："', "underline"]
    assert mark.locator("del").first.evaluate(style) == ['"〔上面写："', "line-through"]


def test_what_was_searched_stands_on_paper(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷")
    searched = page.get_by_text("检索：矛盾纠纷", exact=True)
    expect(searched).to_be_hidden()
    page.emulate_media(media="print")

    expect(searched).to_be_visible()


def test_the_checksum_of_a_report_stands_whole_on_paper(wide: Tab) -> None:
    path = "沅坪县/青蒲街道/2023.txt"
    page = wide.open(f"/reports/{sample.report_id(path)}")
    page.emulate_media(media="print")

    printed = page.locator(".facts code").evaluate("element => getComputedStyle(element, '::after').content")
    assert sha256(path.encode()).hexdigest() in printed


def test_ticking_a_filter_of_exemplary_practice_renews_it_in_place(wide: Tab) -> None:
    page = wide.open("/exemplary")
    page.evaluate("window.untouched = true")
    page.get_by_role("checkbox", name="2022 年").check()
    expect(page.locator("h1")).to_have_text("典型做法：共 5 段，来自 5 份报告")
    assert page.url.endswith("/exemplary?year=2022")
    page.get_by_role("link", name="清除全部").click()
    expect(page.locator("h1")).to_have_text("典型做法：共 16 段，来自 16 份报告")
    page.go_back()
    expect(page.locator("h1")).to_have_text("典型做法：共 5 段，来自 5 份报告")

    assert page.evaluate("window.untouched") is True


def test_without_scripts_exemplary_practice_is_narrowed_by_its_button(bare: Tab) -> None:
    page = bare.open("/exemplary")
    page.get_by_role("checkbox", name="2022 年").check()
    page.get_by_role("button", name="应用筛选").click()

    expect(page.locator("h1")).to_have_text("典型做法：共 5 段，来自 5 份报告")


def test_suggestions_stand_in_named_groups_as_links_with_the_typed_part_marked(wide: Tab) -> None:
    page = wide.open("/")
    suggested(
        page,
        [
            {"kind": "主题", "text": "政务公开", "count": 9, "url": "/?topic=政务公开"},
            {"kind": "常用说法", "text": "政务服务大厅", "count": 4, "url": "/?q=政务服务大厅"},
            {"kind": "主题", "text": "政务服务", "count": 3, "url": "/?topic=政务服务"},
            *({"kind": "镇", "text": f"政务{number}镇", "count": 1, "url": "/"} for number in range(12)),
        ],
    )
    page.get_by_role("combobox").press_sequentially("政务")

    options = page.get_by_role("option")
    expect(options).to_have_count(10)
    expect(page.get_by_role("listbox").get_by_role("group", name="主题").get_by_role("option")).to_have_count(2)
    expect(options.nth(2)).to_have_text("政务服务大厅4 段")
    expect(options.nth(2).locator("b")).to_have_text("政务")
    expect(options.nth(2)).to_have_attribute("href", "/?q=政务服务大厅")


def test_a_suggestion_is_followed_by_a_click_and_tab_leaves_the_list(wide: Tab) -> None:
    page = wide.open("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("执法")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).not_to_be_visible()
    box.press_sequentially(" ")
    page.get_by_role("option").first.click()

    page.wait_for_url("**/?topic=*")


def test_suggestions_that_come_late_are_dropped(wide: Tab) -> None:
    page = wide.open("/")
    hold_back(page, "**/suggest?q=%E6%9C%9B", milliseconds=700)
    box = page.get_by_role("combobox")
    box.press_sequentially("望")
    page.wait_for_timeout(300)
    box.fill("执法")

    expect(page.get_by_role("option").first).to_have_text("行政执法30 段")
    page.wait_for_timeout(900)
    expect(page.get_by_role("option").first).to_have_text("行政执法30 段")


def test_one_letter_is_too_little_for_suggestions(wide: Tab) -> None:
    page = wide.open("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("combobox").press_sequentially("a")
    page.wait_for_timeout(500)

    assert not [url for url in asked if "suggest" in url]


def test_suggestions_are_chosen_with_the_arrows_and_closed_with_escape(wide: Tab) -> None:
    page = wide.open("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("望杉")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")

    chosen = page.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("望杉")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_enter_on_a_suggestion_narrows_to_it(wide: Tab) -> None:
    page = wide.open("/")
    page.get_by_role("combobox").press_sequentially("执法")
    expect(page.get_by_role("option").first).to_contain_text("行政执法")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/?topic=*")
    expect(page.locator(".chips")).to_contain_text("行政执法")


def test_enter_that_commits_a_candidate_of_an_input_method_does_not_search(wide: Tab) -> None:
    page = wide.open("/")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.evaluate(
        """() => {
        const box = document.querySelector("#q");
        box.focus();
        box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
        box.value = "tiaojie";
        box.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
        const enter = { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true };
        window.allowed = box.dispatchEvent(new KeyboardEvent("keydown", enter));
        }"""
    )
    page.wait_for_timeout(400)

    assert page.evaluate("window.allowed") is False
    assert [request.url for request in asked if "/static/" not in request.url] == []
    page.evaluate(
        """() => {
        const box = document.querySelector("#q");
        box.value = "执法";
        box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "执法" }));
        }"""
    )
    expect(page.get_by_role("option").first).to_have_text("行政执法30 段")


def test_the_whole_way_can_be_gone_by_keyboard(wide: Tab) -> None:
    page = wide.open("/about")
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("矛盾纠纷")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    expect(page.locator("#hit-1 h2 a")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#hit-2 h2 a")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    page.keyboard.press("j")

    expect(page.locator(".passage.is-current")).to_have_count(1)


def test_question_mark_shows_the_keys_and_escape_closes_them(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_keys_typed_into_the_box_are_text(wide: Tab) -> None:
    page = wide.open(SEARCH)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("j/?k")

    expect(page.locator("#q")).to_have_value("j/?k")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_bar_of_matches_never_covers_the_heading_of_the_passage_that_is_jumped_to(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 420})
    page = context.new_page()
    found = []
    for target in ("p-3", "h-4", "p-5"):
        page.goto(f"{address}{REPORT}?hl=矛盾纠纷{'或很长的检索词' * 9}#{target}")
        found.append(
            page.evaluate(
                """() => {
                let top = document.querySelector(location.hash);
                while (top.previousElementSibling.matches(".heading")) top = top.previousElementSibling;
                const bar = document.querySelector("#report-bar").getBoundingClientRect();
                return top.getBoundingClientRect().top >= bar.bottom;
                }"""
            )
        )
    context.close()

    assert found == [True, True, True]


def test_all_filters_are_reached_by_scrolling_the_page(wide: Tab) -> None:
    page = wide.open(SEARCH)

    assert page.evaluate("getComputedStyle(document.querySelector('#filters')).overflowY") == "visible"
    assert page.locator(".facet h3").all_inner_texts()[:3] == ["年度", "乡镇（街道）", "章节类型"]


def test_a_list_of_values_is_filtered_while_typing(wide: Tab) -> None:
    page = wide.open("/facets/town")
    page.locator("#find").press_sequentially("望杉")

    expect(page.locator("#values li:visible")).to_have_count(2)


def test_without_scripts_a_search_is_narrowed_read_and_left_again(bare: Tab) -> None:
    page = bare.open("/")
    page.locator("#q").fill("矛盾纠纷")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("checkbox", name="2022 年").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator("h1")).to_contain_text("共 10 段")
    page.get_by_role("link", name="年度：2022").click()
    expect(page.locator("h1")).to_contain_text("共 30 段")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("#body mark").first).to_be_visible()
    page.get_by_role("link", name="返回结果").click()

    expect(page.locator("h1")).to_contain_text("共 30 段")


def test_without_scripts_nothing_is_shown_that_needs_them(bare: Tab) -> None:
    page = bare.open(f"{REPORT}?hl=矛盾纠纷")

    expect(page.locator(".needs-script:visible")).to_have_count(0)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_telephone(narrow: Tab, path: str) -> None:
    page = narrow.open(path)
    width = page.evaluate("document.documentElement.scrollWidth")

    narrow.complaints = [said for said in narrow.complaints if "status of 400" not in said]
    assert width <= 390


def test_on_a_telephone_filters_wait_above_the_results(narrow: Tab) -> None:
    page = narrow.open(SEARCH)
    expect(page.get_by_role("checkbox", name="2022 年")).not_to_be_visible()
    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name="2022 年").check()

    expect(page.locator("h1")).to_contain_text("共 10 段")
    expect(page.locator("#filters")).to_have_attribute("open", "")
