"""The accessibility checker, asked of a page in every look: light and dark, wide and narrow.

A page is opened once, in the first look, and changes to the others as by a window or at dusk: to open it anew, and have
it read the checker anew, takes longer than to look at it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
Look: TypeAlias = tuple[Literal["light", "dark"], int]
#: Both schemes and both widths.
LOOKS: tuple[Look, ...] = (("light", 1280), ("dark", 390))
#: Each scheme in each width.
EVERY_LOOK: tuple[Look, ...] = (*LOOKS, ("light", 390), ("dark", 1280))


@contextmanager
def checkable(browser: Browser) -> Iterator[Page]:
    """Give a page that takes the checker: the pages' own policy forbids foreign scripts."""
    context = browser.new_context(locale="zh-CN", bypass_csp=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    take_on(page, LOOKS[0])
    try:
        yield page
    finally:
        context.close()


def take_on(page: Page, look: Look) -> None:
    """Have a page take on a look."""
    scheme, width = look
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})


def each_look(page: Page, looks: tuple[Look, ...] = LOOKS) -> Iterator[Look]:
    """Have a page take on one look after the other, and in the end the first again, in which the next one opens."""
    try:
        for look in looks:
            take_on(page, look)
            yield look
    finally:
        take_on(page, looks[0])


def violations(page: Page, within: str = "html") -> list[str]:
    """Return what the checker finds in a part of a page, each fault with the first element that has it."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate("within => axe.run(within, { resultTypes: ['violations'] })", within)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def faults(page: Page, looks: tuple[Look, ...] = EVERY_LOOK, within: str = "html") -> list[str]:
    """Return what the checker finds in each look, and whether the page runs over the edge there."""
    said: list[str] = []
    for look in each_look(page, looks):
        over = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        said += [f"{look}: {each}" for each in (*violations(page, within), *(["too wide"] if over else []))]
    return said
