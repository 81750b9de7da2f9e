"""The use cases of collecting that read: whose basket is meant, and how what it holds stands in the index of today."""

from collections.abc import Mapping

from search_app.collecting import Basket, Standing
from search_app.errors import NoSuchBasket
from search_app.web import visitor
from search_app.web.state import site

#: How the basket in use is named in addresses.
CURRENT = "current"


def find_basket(key: str) -> Basket:
    """Return the basket that an address names: ``current``, a number of this browser's, or the token of a shared one.

    Raises NoSuchBasket.
    """
    if key == CURRENT or (key.isascii() and key.isdecimal() and len(key) < 16):
        browser = visitor.browser()
        found = site().baskets.basket(browser, None if key == CURRENT else int(key)) if browser is not None else None
        if found is None:
            raise NoSuchBasket("没有这个素材夹，或它不是这个浏览器的", hint="请先在检索结果里按“加入素材夹”。")
        return found
    return site().baskets.shared(key)


def stand(basket: Basket) -> Mapping[int, Standing]:
    """Return how the passages of a basket stand in the index of today, by entry."""
    return site().standings.of(basket.kept, lambda: site().shelf.reports)
