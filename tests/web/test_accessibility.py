"""Accessibility: axe-core finds nothing serious on any page, in light and dark, wide and narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web import sample
from tests.web.axe import Look, checkable, each_look, violations
from tests.web.browser import Tab

ONE, OTHER = (sample.report_id(f"澄岭县/{name}.txt") for name in ("望杉镇/2020", "白砾乡/2022"))
REPORT = f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}"
PAGES = {
    "start": "/",
    "results": "/?q=矛盾纠纷&collapse=none&year=2022&page=1",
    "nothing": "/?q=矛盾纠纷&topic=信访&year=2022",
    "notes": "/?q=(矛盾纠纷",
    "report": f"{REPORT}?hl=矛盾纠纷&n=1&q=矛盾纠纷",
    "report with its facts": f"/reports/{sample.report_id('沅坪县/青蒲街道/2023.txt')}?find=青蒲",
    "bare report": f"/reports/{sample.report_id('无名.txt')}",
    "similar": f"/passages/{sample.report_id('澄岭县/望杉镇/2020.txt')}-2/similar?q=矛盾纠纷&year=2022",
    "related": f"/passages/{sample.report_id('无名.txt')}-1/related",
    "why": f"/passages/{sample.report_id('澄岭县/望杉镇/2020.txt')}-2/why?q=矛盾纠纷",
    "history": f"/passages/{sample.report_id('澄岭县/望杉镇/2020.txt')}-2/history",
    "history of nothing": f"/passages/{sample.report_id('无名.txt')}-1/history",
    "topics": "/topics",
    "topic": "/topics?topic=矛盾化解&county=澄岭县",
    "profile": "/profile?county=澄岭县&town=望杉镇",
    "towns to choose": "/profile?town=望杉镇",
    "exemplary": "/exemplary?year=2022",
    "facet": "/facets/town?q=矛盾纠纷",
    "about": "/about",
    "figures": "/figures",
    "figures of a topic": "/figures?topic=矛盾化解&county=澄岭县",
    "figures of a thing": "/figures?what=化解矛盾纠纷",
    "no figures": "/figures?what=网格&town=没有的镇",
    "care": "/about/warnings",
    "facet picked": "/facets/town?q=矛盾纠纷&town=白砾乡&town=没有的镇&not.town=青蒲街道&order.town=name",
    "excluded": "/?q=矛盾纠纷&not.town=青蒲街道&not.year=2020&order.town=name&years=1",
    "error": "/?page=0",
    "new": "/?q=矛盾纠纷&since=gen-000001",
    "years": f"/reports/{sample.report_id('澄岭县/望杉镇/2023.txt')}/years?section=主要举措和成效",
    "years missing": f"/reports/{sample.report_id('澄岭县/望杉镇/2022.txt')}/years",
    "years of nothing": f"/reports/{sample.report_id('无名.txt')}/years",
    "two towns": f"{REPORT}/years?with={sample.report_id('沅坪县/望杉镇/2022.txt')}",
    "code": f"/c/{sample.code('澄岭县/望杉镇/2020.txt', 1)[:-1]}0",
    "code of nothing": "/c/7K3QF-9ZM2X-2XAB",
    "compare passages": f"/compare?p={ONE}-2&p={OTHER}-2",
    "compare reports": f"/compare?r={ONE}&r={OTHER}",
    "choose to compare": f"/compare?p={ONE}-2&q=议事会",
    "how to compare": "/compare",
    "compare what is lost": f"/compare?p={ONE}-2&p=x",
    "matrix": "/matrix",
    "matrix of years": "/matrix?columns=year&q=矛盾纠纷&county=澄岭县&best=0",
    "draft": "/draft",
}
WIDE: tuple[Look, ...] = (("light", 1280), ("dark", 1280))


@pytest.fixture(scope="module")
def shown(browser: Browser, address: str) -> Iterator[Tab]:
    """Give one tab for all addresses: what earlier ones left in the browser shows on later ones, as to a clerk."""
    with checkable(browser) as page:
        yield Tab(page.context, address, page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_no_violation_in_light_and_dark_wide_and_narrow(shown: Tab, path: str) -> None:
    page = shown.open(path)

    assert [(look, each) for look in each_look(page) for each in violations(page)] == []


def test_axe_finds_no_violation_in_what_scripts_open(shown: Tab) -> None:
    page = shown.open("/?q=矛盾纠纷&collapse=similar&year=2022&literal=1")
    page.locator("#hit-1 .folded").click()
    page.locator("#hit-1 .further > summary").click()
    page.locator("#hit-1 .why-link").click()
    page.locator("#hit-2 .further > summary").click()
    page.locator("#hit-2 .why-link").click()
    page.locator("#hit-2 .why-parts").first.wait_for()
    page.locator("#hit-1 .variant").first.wait_for()
    page.locator("#q").fill("执法")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")

    assert [(look, each) for look in each_look(page, WIDE) for each in violations(page)] == []
