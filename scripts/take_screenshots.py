"""Take the pictures of the Chinese README: pages over the sample reports, as a clerk sees them.

Indexes ``corpus/`` into a temporary folder, serves it on 127.0.0.1, collects some passages as a clerk would, and writes
one small JPEG per page to ``docs/images``. Run with the packages for development and a Chromium on the PATH::

    python -m scripts.take_screenshots
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from search_app.settings import Settings
from search_app.web import create_app
from tests.web.browser import chromium, serving

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
#: All pictures together stay below this, so that the README opens quickly and a checkout stays small: fourteen pages of
#: some 85 KB, which is what a page full of text takes at this quality.
MOST_BYTES = 1_300_000
_QUALITY = 55
_WIDE, _NARROW = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
#: A search and which of its results are collected: passages of four towns.
_COLLECTED = (("矛盾纠纷调解", (1, 4, 7)), ("夜话", (1,)))
_HEADING, _NOTE = "矛盾纠纷化解", "可以参考：请退休教师、老船工当特邀调解员。"
#: A draft with what the check looks for: another town's words and name, a year left over, parts thin or missing.
_DRAFT = """月牙渡镇2024年法治政府建设年度报告

2024年，月牙渡镇坚持依法行政，现将有关情况报告如下。

一、主要举措和成效
（一）矛盾纠纷化解。依托老茶馆建起“巷议堂”，社区民警、物业经理、网格员、律师每周三下午坐堂，专议邻里噪声、楼道堆物、漏水赔偿等“巷子里的事”。全年调解矛盾纠纷86件，钟鼓巷街道群众满意度明显提升。
（二）普法宣传。加强宣传，营造良好氛围，不断提高群众的法治意识，推动形成办事依法、遇事找法的良好风尚。

二、存在的不足和原因
执法人员少，专业能力不强。

三、2024年工作打算
补齐执法人员，每季度组织一次培训。
"""
#: Passages of three towns on the same topic, a report that is mostly last year's, a passage that three towns have.
_BESIDE = ("af1c5c87b1f8-7", "4a9498f600d6-7", "e00182b6b25f-12")
_COPIED_REPORT, _RETOLD = "600ee7704d3c", "fd38c85a53ab-3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page to take: its file name, its address, what is done on it first, and the window."""

    name: str
    address: str
    prepare: Callable[[Page], None]
    window: ViewportSize


def _nothing(page: Page) -> None:
    """Leave a page as it opens."""


def _to_the_line(page: Page) -> None:
    """Scroll to where what is near begins, below what holds the words."""
    page.locator("#hit-2").evaluate("hit => scrollTo(0, hit.getBoundingClientRect().top + scrollY - 70)")


def _to_the_first_result(page: Page) -> None:
    """Read the first result in its report."""
    page.locator(".hit-link").first.click()
    expect(page.locator("#report-bar")).to_be_visible()
    expect(page.locator(".passage.is-hit").first).to_be_in_viewport()


def _to_the_tree(page: Page) -> None:
    """Scroll to who wrote a passage first, and who may have taken it from whom."""
    page.locator("h2").first.evaluate("head => scrollTo(0, head.getBoundingClientRect().top + scrollY - 90)")


def _to_the_heat_map(page: Page) -> None:
    """Scroll to the towns and years that are held."""
    page.locator(".heat").first.evaluate("map => scrollTo(0, map.getBoundingClientRect().top + scrollY - 120)")


def _check_a_draft(page: Page) -> None:
    """Paste a draft and have it checked."""
    page.locator("#draft-text").fill(_DRAFT)
    page.get_by_role("button", name="检查草稿").click()
    expect(page.locator(".finding-head").first).to_be_visible()


PICTURES = (
    Picture(name="start.jpg", address="/", prepare=_nothing, window=_WIDE),
    Picture(name="results.jpg", address="/?q=矛盾纠纷调解", prepare=_nothing, window=_WIDE),
    Picture(name="near.jpg", address="/?q=外卖骑手", prepare=_to_the_line, window=_WIDE),
    Picture(name="report.jpg", address="/?q=矛盾纠纷调解", prepare=_to_the_first_result, window=_WIDE),
    Picture(name="review.jpg", address="/review?county=枕河区&year=2024", prepare=_nothing, window=_WIDE),
    Picture(name="years.jpg", address=f"/reports/{_COPIED_REPORT}/years", prepare=_nothing, window=_WIDE),
    Picture(name="compare.jpg", address="/compare?p=" + "&p=".join(_BESIDE), prepare=_nothing, window=_WIDE),
    Picture(name="matrix.jpg", address="/matrix?columns=town&county=柘川市", prepare=_nothing, window=_WIDE),
    Picture(name="history.jpg", address=f"/passages/{_RETOLD}/history", prepare=_to_the_tree, window=_WIDE),
    Picture(name="figures.jpg", address="/figures?topic=矛盾化解&what=化解矛盾纠纷", prepare=_nothing, window=_WIDE),
    Picture(name="coverage.jpg", address="/about", prepare=_to_the_heat_map, window=_WIDE),
    Picture(name="draft.jpg", address="/draft", prepare=_check_a_draft, window=_WIDE),
    Picture(name="basket.jpg", address="/basket", prepare=_nothing, window=_WIDE),
    Picture(name="narrow.jpg", address="/?q=矛盾纠纷调解", prepare=_nothing, window=_NARROW),
)


def main() -> None:
    """Write every picture and say how large all are together."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        settings = Settings(corpus=ROOT / "corpus", index=Path(folder) / "index")
        where = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
        subprocess.run([sys.executable, "-m", "search_app", "index", *where], check=True, capture_output=True)  # noqa: S603
        with serving(create_app(settings)) as address, chromium() as browser:
            _take_all(browser, address)
    size = sum((IMAGES / picture.name).stat().st_size for picture in PICTURES)
    print(f"{len(PICTURES)} pictures, {size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"larger than {MOST_BYTES:,} bytes: lower the quality, or show less")


def _take_all(browser: Browser, address: str) -> None:
    """Collect passages, then take every picture in the same browser, which so has the same basket."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", color_scheme="light", reduced_motion="reduce", viewport=_WIDE
    )
    _collect(context)
    for picture in PICTURES:
        page = context.new_page()
        page.set_viewport_size(picture.window)
        page.goto(quote(picture.address, safe="/?=&"))
        picture.prepare(page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / picture.name, type="jpeg", quality=_QUALITY, animations="disabled")
        page.close()
    context.close()


def _collect(context: BrowserContext) -> None:
    """Fill the basket by the buttons of the pages: passages, a heading above them, a note on one."""
    page = context.new_page()
    held = 0
    for words, ranks in _COLLECTED:
        page.goto(f"/?q={quote(words)}")
        for rank in ranks:
            held += 1
            page.locator(f"#hit-{rank} button[data-collect]").click()
            expect(page.locator("#basket-count")).to_have_text(f" {held}")
    page.goto("/basket")
    first = page.locator("#entries > .entry").first
    first.locator(".write summary").click()
    first.locator("textarea").fill(_NOTE)
    first.get_by_role("button", name="保存").click()
    expect(page.locator(".note-text")).to_have_text(_NOTE)
    first.locator(".insert summary").click()
    first.locator(".insert input").fill(_HEADING)
    first.locator(".insert button").click()
    expect(page.locator(".own-heading")).to_have_text(_HEADING)
    page.close()


if __name__ == "__main__":
    main()
