"""From a question to a Word file as a clerk goes it: over the sample corpus, with scripts and without."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from playwright.sync_api import Browser, Download, Page, ViewportSize, expect

from search_app.engines import open_engine
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.web.axe import checkable, faults
from tests.web.browser import Tab, serving
from tests.web.collecting_from_pages import close

CORPUS = Path(__file__).parents[2] / "corpus"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 800}}
QUESTION, PASSAGES, TOWNS, MOST_CLICKS = "矛盾纠纷调解", 5, 4, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a clerk saw on the way, and the file in the end."""

    clicks: int
    towns: list[str]
    snippets: list[str]
    texts: list[str]
    sources: list[str]
    file: Download


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = tmp_path_factory.mktemp("clerk") / "index"
    engine = open_engine(index)
    update(engine, CORPUS, index=index)
    app = create_app(Settings(corpus=CORPUS, index=index), engine=engine)
    with serving(app) as found:
        yield found
    close(app)
    engine.close()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_twelve_clicks_lead_from_a_question_to_a_word_file_with_five_passages_of_four_towns(
    browser: Browser, address: str, tmp_path: Path, scripts: bool, size: ViewportSize
) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport=size, locale="zh-CN", accept_downloads=True)
    tab = Tab(context, address)
    got = gather(tab.open("/"))
    got.file.save_as(tmp_path / "a.docx")
    context.close()
    quotes, headings, notes = read(tmp_path / "a.docx")

    assert tab.complaints == []
    assert got.clicks <= MOST_CLICKS
    assert len(set(got.towns)) == TOWNS
    assert quotes == got.texts
    assert len(quotes) == PASSAGES
    assert all(snippet in quote for snippet, quote in zip(got.snippets, quotes, strict=True))
    assert all(town in heading for town, heading in zip(got.towns, headings, strict=True))
    assert [sum(note.startswith(source) for note in notes) for source in got.sources] == [1] * PASSAGES
    assert len(notes) == PASSAGES


def test_no_page_on_that_way_has_a_violation_or_runs_over_the_edge(browser: Browser, address: str) -> None:
    said: list[str] = []
    with checkable(browser) as page:
        page.goto(address)
        gather(page, lambda page: said.extend(faults(page)))

    assert said == []


@pytest.mark.parametrize("question", ["矛盾纠纷调解", "矛盾纠纷调节", "板凳", "无人机 河长制 村规民约 法律顾问"])
def test_three_whole_passages_stand_on_the_first_screen(browser: Browser, address: str, question: str) -> None:
    context = browser.new_context(viewport=SIZES["wide"], locale="zh-CN")
    page = Tab(context, address).open(f"/?q={question}")
    ends = [box["y"] + box["height"] for each in page.locator(".hit").all()[:3] if (box := each.bounding_box())]
    context.close()

    assert len(ends) == 3
    assert max(ends) <= SIZES["wide"]["height"]


def test_the_ways_to_keep_a_list_stand_in_two_rows_with_its_heading_and_its_order(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=SIZES["wide"], locale="zh-CN")
    page = Tab(context, address).open(f"/?q={QUESTION}")
    middles = {
        name: box["y"] + box["height"] / 2
        for name in ("#results-title", "[data-keep]", ".toolbar nav", ".exports")
        if (box := page.locator(name).first.bounding_box())
    }
    context.close()

    assert middles["[data-keep]"] == pytest.approx(middles["#results-title"], abs=8)
    assert middles[".exports"] == pytest.approx(middles[".toolbar nav"], abs=8)


def gather(page: Page, look: Callable[[Page], None] = lambda _: None) -> Gathered:
    """Ask, collect passages of several towns, and fetch the Word file, by clicks alone after typing."""
    clicks = 0
    look(page)
    page.locator("#q").fill(QUESTION)
    page.get_by_role("button", name="检索", exact=True).click()
    clicks += 1
    expect(page.locator(".hit").first).to_be_visible()
    look(page)
    seen = [each.inner_text() for each in page.locator(".hit .origin a:first-child").all()]
    chosen = choose(seen)
    snippets = [squeeze(page.locator(".hit").nth(nth).locator(".snippet").inner_text()) for nth in chosen]
    for count, nth in enumerate(chosen, start=1):
        page.locator(".hit").nth(nth).get_by_role("button", name="加入素材夹").click()
        clicks += 1
        expect(page.locator("#basket-count")).to_have_text(f" {count}")
    look(page)
    page.get_by_role("link", name="素材夹").click()
    clicks += 1
    expect(page.locator("#entries > .entry")).to_have_count(PASSAGES)
    look(page)
    texts = [squeeze(each.inner_text()) for each in page.locator(".entry .text").all()]
    sources = [each.inner_text().partition("引用码")[0].strip() for each in page.locator(".entry-source").all()]
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word").click()
    clicks += 1
    towns = [seen[nth] for nth in chosen]
    return Gathered(clicks=clicks, towns=towns, snippets=snippets, texts=texts, sources=sources, file=coming.value)


def choose(seen: list[str]) -> list[int]:
    """Return five places of a list whose passages are of four towns, the first of each town and then one more."""
    first = [nth for nth, town in enumerate(seen) if town not in seen[:nth]][:TOWNS]
    more = [nth for nth, town in enumerate(seen) if nth not in first and town in {seen[each] for each in first}]
    return sorted([*first, *more[: PASSAGES - TOWNS]])


def read(path: Path) -> tuple[list[str], list[str], list[str]]:
    """Return the quotations, the headings above them and the endnotes of a Word file."""
    paragraphs = docx.Document(str(path)).paragraphs
    quotes = [squeeze(each.text) for each in paragraphs if each.style and each.style.name == "Quote"]
    headings = [each.text for each in paragraphs if each.style and each.style.name == "Heading 1"]
    with ZipFile(path) as archive:
        notes = etree.fromstring(archive.read("word/endnotes.xml")).findall(f"{W}endnote")
    told = [
        "".join(each.text or "" for each in note.iter(f"{W}t")).strip()
        for note in notes
        if note.get(f"{W}type") is None
    ]
    assert headings[-1] == "来源"
    return quotes, headings[:-1], told


def squeeze(text: str) -> str:
    """Return a text without spaces and without the signs of what is cut off."""
    return re.sub(r"\s", "", text).strip("…")
