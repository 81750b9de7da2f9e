"""Searches that the browser remembers: listed, offered, kept, removed, never sent, and missing where they must be."""

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.web.axe import LOOKS, checkable, faults
from tests.web.browser import Tab

SEARCHES = ("/?q=矛盾纠纷", "/?q=行政执法&year=2022", "/?town=望杉镇")


def recent(page: Page) -> list[str]:
    return page.locator("[data-list=recent-searches] li a.name").all_inner_texts()


def kept(page: Page) -> list[str]:
    return page.locator("[data-list=kept-searches] li a.name").all_inner_texts()


def test_what_was_searched_lately_is_listed_on_the_start_page_and_leads_back(wide: Tab) -> None:
    for path in SEARCHES:
        wide.open(path)

    page = wide.open("/")

    assert recent(page) == ["望杉镇", "行政执法 · 2022", "矛盾纠纷"]
    page.get_by_role("link", name="行政执法 · 2022").click()
    expect(page.locator("#q")).to_have_value("行政执法")
    expect(page.locator(".chips")).to_contain_text("2022")


def test_a_question_is_listed_once_as_it_was_narrowed_last(wide: Tab) -> None:
    wide.open("/?q=矛盾纠纷")
    page = wide.open("/?q=行政执法")
    page.locator("input[value='2022']").check()
    expect(page.locator(".chips")).to_contain_text("2022")

    page = wide.open("/")

    assert recent(page) == ["行政执法 · 2022", "矛盾纠纷"]


def test_at_most_twenty_are_remembered_and_single_ones_or_all_can_be_removed(wide: Tab) -> None:
    page = wide.open("/?q=第0次")
    page.evaluate(
        "localStorage.setItem('recent-searches', JSON.stringify([...Array(30).keys()]"
        ".map(n => ({ name: '第' + n + '次', url: '/?q=第' + n + '次', at: 1 }))))"
    )
    wide.open("/?q=又一次")
    page = wide.open("/")
    listed = recent(page)
    page.get_by_role("button", name="删去：第0次").click()
    left = recent(page)
    page.get_by_role("button", name="清空最近查过").click()

    assert (len(listed), listed[0], len(left)) == (20, "又一次", 19)
    expect(page.locator("#coming-back")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_kept_search_is_listed_with_its_feed_and_what_is_new_since(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷&year=2022")
    page.get_by_role("button", name="保存检索").click()
    expect(page.locator("[data-keep]")).to_have_text("已保存")

    page = wide.open("/")

    assert kept(page) == ["矛盾纠纷 · 2022"]
    row = page.locator("[data-list=kept-searches] li")
    feed = row.get_by_role("link", name="订阅").get_attribute("href")
    assert feed is not None
    assert page.request.get(wide.address + feed).headers["content-type"].startswith("application/atom+xml")
    row.get_by_role("link", name="看新增").click()
    expect(page.locator(".chips")).to_contain_text("代之后新增")


def test_a_kept_search_is_shown_as_such_and_can_be_dropped_where_it_was_kept(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷")
    page.get_by_role("button", name="保存检索").click()
    page = wide.open("/?q=矛盾纠纷")
    expect(page.locator("[data-keep]")).to_have_attribute("aria-pressed", "true")

    page.locator("[data-keep]").click()

    expect(page.locator("[data-keep]")).to_have_text("保存检索")
    assert kept(wide.open("/")) == []


def test_the_empty_box_offers_what_was_searched_by_mouse_and_keyboard_but_not_by_itself(wide: Tab) -> None:
    for path in SEARCHES:
        wide.open(path)
    page = wide.open("/")
    expect(page.locator("#suggestions")).to_be_hidden()

    page.locator("#q").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]").inner_text()
    page.keyboard.press("Escape")
    page.locator("#q").click()
    expect(page.get_by_role("option")).to_have_count(3)
    page.get_by_role("option", name="矛盾纠纷").click()

    assert chosen == "望杉镇"
    expect(page.locator("#q")).to_have_value("矛盾纠纷")


def test_nothing_of_what_is_remembered_is_ever_sent(wide: Tab) -> None:
    page = wide.open("/?q=矛盾纠纷")
    page.get_by_role("button", name="保存检索").click()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))

    wide.open("/")
    page.locator("#q").click()
    page.get_by_role("option").first.wait_for()

    assert all("%E7%9F%9B" not in each.url and each.method == "GET" for each in sent)
    assert page.context.cookies() == []


def test_where_nothing_may_be_stored_pages_work_and_say_so(wide: Tab) -> None:
    wide.page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('denied', 'SecurityError'); } })"
    )
    page = wide.open("/?q=矛盾纠纷")

    page.locator("[data-keep]").click()

    expect(page.locator("[data-keep]")).to_have_text("没能保存")
    expect(wide.open("/").locator("#coming-back")).to_be_hidden()


@pytest.mark.parametrize(
    "spoilt",
    [
        "}{",
        "null",
        '"x"',
        "[1, null, {}]",
        '[{"name": "坏", "url": "javascript:alert(1)", "at": 1}]',
        '[{"name": "坏", "url": "//evil.example/?q=x", "at": 1}]',
    ],
)
def test_what_somebody_else_wrote_into_the_store_is_not_shown(wide: Tab, spoilt: str) -> None:
    page = wide.open("/about")
    page.evaluate("held => { localStorage['recent-searches'] = held; localStorage['kept-searches'] = held; }", spoilt)

    page = wide.open("/")

    expect(page.locator("#coming-back")).to_be_hidden()


def test_words_that_look_like_markup_are_shown_as_words(wide: Tab) -> None:
    wide.open("/?q=<img src=x onerror=alert(1)>")

    page = wide.open("/")

    assert recent(page) == ["<img src=x onerror=alert(1)>"]


def test_without_scripts_nothing_is_shown_of_it_but_the_feed(bare: Tab) -> None:
    page = bare.open("/?q=矛盾纠纷")
    expect(page.locator("[data-keep]")).to_be_hidden()
    expect(page.get_by_role("link", name="订阅")).to_be_visible()

    page = bare.open("/")

    expect(page.locator("#coming-back")).to_be_hidden()


def test_axe_finds_no_violation_and_nothing_runs_over_the_edge(browser: Browser, address: str) -> None:
    with checkable(browser) as page:
        for path in (*SEARCHES, f"/?q={'很长的检索词' * 20}"):
            page.goto(address + path)
        page.locator("[data-keep]").click()
        page.goto(address)
        said = faults(page, LOOKS)
        page.locator("#q").click()
        page.get_by_role("option").first.wait_for()
        said += faults(page, LOOKS)
        expect(page.get_by_role("option").first).to_be_visible()

    assert said == []
