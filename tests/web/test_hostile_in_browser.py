"""Texts, names and sidecars that are out to do harm, on every page in a real browser: nothing of them runs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from search_app.web.view_models.links import LEAF
from tests.web import sample
from tests.web.browser import Tab, serving
from tests.web.fuzzing import World, world
from tests.web.test_bounded import LONG, long_app

TYPED = quote(sample.HOSTILE)
#: Reports what the policy stopped, and what would not have been stopped.
WATCH = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", event => window.stopped.push(event.violatedDirective));
window.alert = () => window.stopped.push("alert");
"""
#: The addresses of scripts that are not our own files; one that stands in the page has none.
FOREIGN_SCRIPTS = """
[...document.scripts].map(script => script.src).filter(source => !source.startsWith(location.origin + "/static/"))
"""


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("hostile")) as found:
        yield found


@pytest.fixture(scope="module")
def address(at: World) -> Iterator[str]:
    with serving(at.client.application) as found:
        yield found


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Tab]:
    """Give a tab in which everything would be noticed that runs or is kept from running."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(15_000)
    tab = Tab(context, address)
    tab.page.add_init_script(WATCH)
    yield tab
    context.close()


def pages(at: World) -> Iterator[str]:
    """Yield every page, asked for and filled with what is out to do harm."""
    for report in at.reports:
        yield f"/reports/{report}?hl={TYPED}&q={TYPED}&n=1"
    for passage in at.passages[:4]:
        for path in ("similar", "related", "why"):
            yield f"/passages/{passage}/{path}" + (f"?q={TYPED}" if path != "related" else "")
    for path in ("/", "/about", "/exemplary", "/facets/town", "/facets/county"):
        yield path
    for query in (
        "collapse=none&size=100",
        f"town={TYPED}",
        f"county={TYPED}",
        f"topic={TYPED}",
        "exemplary=1",
    ):
        yield f"/?q={TYPED}&{query}"
    yield from (f"/facets/town?find={TYPED[:40]}", f"/about?county={TYPED}", f"/?{TYPED}=1", f"/reports/{TYPED}")


def events(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.stopped")
    return found


def foreign_scripts(page: Page) -> int:
    """Count the scripts that are none of our files."""
    found: int = page.evaluate("[...document.scripts].filter(each => !each.src.includes('/static/')).length")
    return found


def test_nothing_runs_and_the_policy_has_nothing_to_stop(opened: Tab, at: World) -> None:
    asked = list(pages(at))
    for path in asked:
        page = opened.open(path)

        assert events(page) == [], path
        assert page.evaluate(FOREIGN_SCRIPTS) == [], path
        assert not page.locator("img").count(), path
        # an error page is announced in the console; whatever else is said there is a fault
        assert [said for said in opened.complaints if "the server responded with a status of 40" not in said] == [], (
            path
        )

    assert len(asked) > 40


def test_hovering_clicking_and_unfolding_run_nothing(opened: Tab) -> None:
    page = opened.open(f"/?q={TYPED}&collapse=similar")
    for summary in page.locator(".hit summary").all():
        summary.click()
    for link in page.locator("a[data-unfold]").all()[:3]:
        link.hover()
        link.click()
    page.locator("article.hit").first.hover()

    assert events(page) == []


def test_suggestions_of_hostile_names_are_text(opened: Tab) -> None:
    page = opened.open("/")
    page.locator("#q").press_sequentially("<script>")
    page.wait_for_timeout(500)

    assert events(page) == []
    assert foreign_scripts(page) == 0


def test_the_address_of_a_passage_without_its_leaf_is_turned_to(browser: Browser, tmp_path: Path) -> None:
    with long_app(tmp_path, LEAF + 5) as app, serving(app) as address:
        context = browser.new_context()
        context.set_default_timeout(15_000)
        page = Tab(context, address).open(f"/reports/{LONG}?hl=纠纷#p-{LEAF + 2}")
        page.wait_for_selector(f"#p-{LEAF + 2}")

        assert "leaf=2" in page.url
        assert page.url.endswith(f"#p-{LEAF + 2}")
        context.close()
