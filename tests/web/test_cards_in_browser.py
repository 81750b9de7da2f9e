"""Hit cards in a browser: three on a screen, unfolding in place, a pasted paragraph, with and without scripts."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from search_app.engines import open_engine
from search_app.model import Exemplary
from search_app.settings import Settings
from search_app.web import create_app
from tests.engines.building import filed
from tests.web.axe import EVERY_LOOK, checkable, each_look, violations
from tests.web.browser import Tab, fresh_tab, serving

REASONS = (
    "有数据：312件、98%、12名",
    "有成效：调解成功率98%，比上年提高5个百分点，没有一件转为信访",
    "有自己的名称：“板凳议事会”",
    "写明由谁怎么做：由老支书、老教师轮流坐堂，说定的事当场写进议事簿",
    "做法具体：每周六上午在村口开会",
)
PRACTICE = (
    "推行“板凳议事会”，由老支书、老教师和村里的热心人轮流坐堂，有话当面说，有理当面讲，说定的事当场写进议事簿。"
    "{town}每周六上午在村口开会，先听双方陈述，再到现场查看，当场写成协议，一周内回访，做到事事有回音。"
    "全年调解矛盾纠纷{count}件，调解成功率98%，比上年提高5个百分点，没有一件转为信访，群众说这样的会开得实在。"
    "下一步还要把议事会开到田间地头，开到工地上，让更多的人坐下来谈一谈，把小事谈小，把难事谈妥。"
)
TOWNS = ("望杉镇", "白砾乡", "云栈镇", "青蒲街道", "石桥镇")
#: Held by two, near to which the others are.
FEW = "征迁服务站"
PASTED = PRACTICE.format(town="望杉镇", count=101)
SCREEN = """hits => hits.map(hit => hit.getBoundingClientRect())
    .filter(box => box.top >= 0 && box.bottom <= innerHeight).length"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = open_engine(tmp_path_factory.mktemp("cards") / "index")
    with engine.writing() as writer:
        for number, town in enumerate(TOWNS):
            own = PRACTICE.format(town=town, count=101 + number)
            few = f"在村口设{FEW}" if number < 2 else "在集市设搬家登记的服务站"
            report, passages = filed(
                f"{town}.txt",
                own,
                f"{few}，由{town}干部坐班。",
                town=town,
                county="澄岭县",
                year=2020 + number,
                section="主要举措和成效",
                topics=("矛盾化解", "基层治理"),
                headings=("二、主要举措和成效", "（三）健全矛盾纠纷排查调处机制，把问题解决在一线"),
            )
            practice = Exemplary(score=100, reasons=REASONS)
            writer.put(report, (replace(passages[0], exemplary=practice), passages[1]))
    app = create_app(Settings(), engine=engine)
    with serving(app) as found:
        yield found


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Tab]:
    with fresh_tab(browser, address, viewport={"width": 390, "height": 800}, color_scheme="dark") as tab:
        yield tab


@pytest.mark.parametrize(
    "path", ["/?q=调解矛盾纠纷&collapse=none", f"/?q={FEW}", "/?q=议事会 征迁服务站 量子&collapse=none"]
)
def test_three_hits_with_all_they_have_are_wholly_on_the_screen(wide: Tab, path: str) -> None:
    page = wide.open(path)

    assert page.locator(".hit").evaluate_all(SCREEN) >= 3


@pytest.mark.parametrize("path", ["/?q=调解矛盾纠纷&collapse=none", f"/?q={FEW}", f"/?q={PASTED}&collapse=none"])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(narrow: Tab, path: str) -> None:
    page = narrow.open(path)
    for summary in page.locator(".hit summary").all():
        if summary.is_visible():
            summary.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("which", ["wide", "bare"])
def test_the_whole_passage_unfolds_in_place_of_what_was_shown(which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which).open("/?q=调解矛盾纠纷&collapse=none")
    first = page.locator(".hit").first
    expect(first.locator(".snippet")).to_be_visible()

    first.get_by_text("展开全文").click()

    expect(first.locator(".snippet")).to_be_hidden()
    expect(first.locator(".whole .text")).to_contain_text("把难事谈妥。")
    assert first.locator(".whole mark").count() > 0
    first.get_by_text("收起全文").click()
    expect(first.locator(".snippet")).to_be_visible()


@pytest.mark.parametrize("which", ["wide", "bare"])
def test_the_other_reasons_and_the_other_ways_on_are_one_click_away(which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which).open("/?q=调解矛盾纠纷&collapse=none")
    first = page.locator(".hit").first

    first.get_by_text(re.compile("另 [0-9] 条理由")).click()
    first.get_by_text("更多", exact=True).click()

    expect(first.locator(".rest").get_by_text("每周六上午在村口开会")).to_be_visible()
    expect(first.get_by_text("为什么排在这里")).to_be_visible()
    expect(first.get_by_text("引用码")).to_be_visible()


def test_why_a_passage_stands_there_still_unfolds_in_its_card(wide: Tab) -> None:
    page = wide.open("/?q=调解矛盾纠纷&collapse=none")
    first = page.locator(".hit").first
    first.get_by_text("更多", exact=True).click()

    first.get_by_role("button", name="为什么排在这里").click()

    expect(first.locator(".unfolded .why-total")).to_be_visible()


def test_what_is_near_is_below_a_line(wide: Tab) -> None:
    page = wide.open(f"/?q={FEW}")

    line, near = page.locator(".near-line").bounding_box(), page.locator(".is-near").first.bounding_box()
    holding = page.locator(".hit:not(.is-near)").last.bounding_box()
    assert line
    assert near
    assert holding
    assert holding["y"] < line["y"] < near["y"]
    expect(page.locator("#results-title")).to_have_text("共 2 段，来自 2 份报告；另有 8 段内容相近")


def test_a_paragraph_in_the_box_is_told_to_be_one_and_how_much_of_it_is_used(wide: Tab) -> None:
    page = wide.open("/")

    page.fill("#q", PASTED)
    expect(page.locator("#q-hint")).to_contain_text(f"{len(PASTED)} 个字")
    page.fill("#q", PASTED * 12)
    expect(page.locator("#q-hint")).to_contain_text("超过 2,000 个字")
    page.fill("#q", "调解")
    expect(page.locator("#q-hint")).to_be_hidden()


@pytest.mark.parametrize("which", ["wide", "bare"])
def test_a_pasted_paragraph_finds_itself_first(which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which).open("/")
    page.fill("#q", PASTED)
    page.press("#q", "Enter")

    expect(page.locator("#results-title")).to_contain_text("与粘贴的文字相同或相近的段落")
    first = page.locator(".hit").first
    expect(first).to_contain_text("望杉镇")
    expect(first).to_contain_text("一字不差")
    expect(first).to_contain_text("另有 4 处相近表述")
    first.locator(".hit-link").click()
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    ["/?q=调解矛盾纠纷&collapse=none", f"/?q={FEW}", f"/?q={PASTED}&collapse=none", "/?q=！！", "/?q=石桥镇2021"],
)
def test_axe_finds_no_violation(browser: Browser, address: str, path: str) -> None:
    with checkable(browser) as page:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('.hit details').forEach((each) => { each.open = true; })")

        assert [(look, each) for look in each_look(page, EVERY_LOOK) for each in violations(page)] == []
