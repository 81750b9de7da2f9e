"""The page's basket: what every page shows of the basket in use: how much it holds, and which passages of this page.

Asked only where a template asks; a browser that never collected costs nothing. A basket that cannot be read at the
moment is shown without a number: no page fails for it.
"""

from functools import cached_property
from urllib.parse import quote, urlencode

from flask import request

from search_app.collecting import Mark, Marks
from search_app.errors import BasketsUnusable
from search_app.web import urls, visitor
from search_app.web.parameters import LABELS
from search_app.web.state import site
from search_app.web.visitor import Said


class PageBasket:
    """The basket in use, as the page that is being made asks for it."""

    def __init__(self) -> None:
        self._anchored: set[str] = set()

    @cached_property
    def marks(self) -> Marks | None:
        """Return which passages the basket holds, None where there is none, or none that can be read."""
        browser = visitor.browser()
        if browser is None:
            return None
        try:
            return site().baskets.marks(browser)
        except BasketsUnusable:
            return None

    @property
    def count(self) -> int:
        """Return how many passages the basket holds."""
        return len(self.marks.held) if self.marks is not None else 0

    @property
    def number(self) -> int | None:
        """Return the number of the basket, None where there is none yet."""
        return self.marks.number if self.marks is not None else None

    @cached_property
    def token(self) -> str:
        """Return what an edit from this page carries."""
        return visitor.token()

    @cached_property
    def said(self) -> Said | None:
        """Return what an edit left to be told."""
        return visitor.take_said()

    @property
    def back(self) -> str:
        """Return the address of this page, to which an edit leads back, without what means nothing here."""
        if request.method == "POST":
            return "/basket"
        given = [(name, urls.clean(text)) for name, text in request.args.items(multi=True) if name in LABELS]
        query = urlencode(given)
        return quote(request.path, errors="replace") + (f"?{query}" if query else "")

    def holds(self, passage: str, code: str = "") -> Mark | None:
        """Return where the basket holds a passage: by its code, which goes with the text; by its id without one."""
        if self.marks is None:
            return None
        return self.marks.by_code.get(code) if code else self.marks.by_passage.get(passage)

    def anchor(self, passage: str) -> str:
        """Return the id of a passage's button on this page; a page that shows a passage twice names it once."""
        if passage in self._anchored:
            return ""
        self._anchored.add(passage)
        return f"c-{passage}"
