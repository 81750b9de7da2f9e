"""The way of someone who writes a report: how three towns wrote a thing, side by side, and then the draft, checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from search_app.engines import open_engine
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.web.browser import fresh_tab, serving
from tests.web.collecting_from_pages import close

CORPUS = Path(__file__).parents[2] / "corpus"
LAST_YEAR = CORPUS / "柘川市" / "2024年度" / "云脊乡2024年度法治政府建设情况报告.txt"
OF_ANOTHER_TOWN = CORPUS / "柘川市" / "2024年度" / "橘井镇法治政府建设年度报告.md"
WIDE, NARROW = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
#: What a clerk wrote anew: years and places in it stand there rightly.
OWN = """　　（七）田埂议法
　　每逢农闲，包村干部把要签字的事项带到田埂上讲，村民当场提问、当场改稿。全年议定村规民约12部，与2024年相比信访下降四成；作为岚江市2024年度法治乡镇，我乡在全市交流，泊州市有3个乡镇来信索要文本。
"""
WAYS = pytest.mark.parametrize(
    ("scripts", "size"), [(True, WIDE), (False, WIDE), (True, NARROW)], ids=["scripts", "no scripts", "narrow"]
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = tmp_path_factory.mktemp("writer") / "index"
    engine = open_engine(index)
    update(engine, CORPUS, index=index)
    app = create_app(Settings(corpus=CORPUS, index=index), engine=engine)
    with serving(app) as found:
        yield found
    close(app)
    engine.close()


def write_next_year() -> str:
    """Return a draft as it is often made: last year's with new years, an own part, a paragraph of another town's."""
    text = LAST_YEAR.read_text("utf-8").replace("2025", "2026").replace("2024", "2025")
    copied = next(line for line in OF_ANOTHER_TOWN.read_text("utf-8").splitlines() if line.startswith("橘井镇种植"))
    text = text.replace("　　三、存在的不足", f"{OWN}　　{copied}\n　　三、存在的不足")
    return text.replace("2026年度主要安排", "2025年度主要安排")


@WAYS
def test_passages_of_three_towns_stand_side_by_side_after_six_clicks(
    browser: Browser, address: str, scripts: bool, size: ViewportSize
) -> None:
    with fresh_tab(browser, address, java_script_enabled=scripts, viewport=size) as tab:
        page = tab.open("/")
        page.locator("#q").fill("普法")
        page.get_by_role("button", name="检索", exact=True).click()
        page.locator(".hit").first.wait_for()
        towns = tick_three_towns(page)
        page.locator("#compare-go").click()
        page.locator("article.column").first.wait_for()

        shown = [each.inner_text() for each in page.locator("article.column h2").all()]
        assert len(shown) == 3
        assert all(town in heading for town, heading in zip(towns, shown, strict=True))
        assert all("普法宣传" in each.inner_text() for each in page.locator("article.column dl").all())


@WAYS
def test_a_draft_made_from_last_years_is_told_what_was_left_over_and_copied_and_nothing_else(
    browser: Browser, address: str, scripts: bool, size: ViewportSize
) -> None:
    with fresh_tab(browser, address, java_script_enabled=scripts, viewport=size) as tab:
        page = tab.open("/draft")
        page.get_by_label("草稿全文").fill(write_next_year())
        page.get_by_role("button", name="检查草稿").click()
        page.locator("#findings-title").wait_for()

        assert page.locator(".is-leftover .finding-words").all_inner_texts() == ["橘井镇", "2025年"]
        assert page.locator(".kind.is-elsewhere .finding").count() == 1
        expect(page.locator(".kind.is-elsewhere .finding-said")).to_contain_text("橘井镇2024年")
        assert page.locator(".kind.is-doubtful, .kind.is-missing, .kind.is-thin, .kind.is-empty").count() == 0
        assert "田埂议法" not in " ".join(page.locator(".piece mark").all_inner_texts())


@WAYS
def test_a_source_opens_beside_the_draft_which_stays_as_it_was(
    browser: Browser, address: str, scripts: bool, size: ViewportSize
) -> None:
    with fresh_tab(browser, address, java_script_enabled=scripts, viewport=size) as tab:
        page = tab.open("/draft")
        page.get_by_label("草稿全文").fill(write_next_year())
        page.get_by_role("button", name="检查草稿").click()
        page.locator(".is-elsewhere .sources summary").click()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="到报告里看").first.click()

        expect(opened.value.locator("h1")).to_contain_text("橘井镇法治政府建设年度报告")
        expect(page.get_by_label("草稿全文")).to_have_value(write_next_year())
        expect(page.locator("#findings-title")).to_be_visible()


def tick_three_towns(page: Page) -> list[str]:
    """Tick a passage of each of the first three towns, and return the towns."""
    towns: list[str] = []
    for hit in page.locator(".hit").all():
        town = hit.locator(".origin a").first.inner_text()
        if town not in towns and len(towns) < 3:
            hit.get_by_role("checkbox").check()
            towns.append(town)
    return towns
