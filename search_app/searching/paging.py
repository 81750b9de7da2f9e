"""Paging: how many pages an answer has, and whether the one that was asked for is among them."""

from search_app.errors import NoSuchPage
from search_app.model import Found
from search_app.query import MAX_WINDOW


def count_pages(found: Found, *, page: int, size: int, further: int = 0) -> int:
    """Return the number of the last page, 0 where nothing is listed. Raises NoSuchPage where ``page`` comes after.

    ``further`` are listed after what was found. Not raised of an answer that tells of a part of the index: the whole
    may have that page, if any may.
    """
    pages = min(-(-(found.listed + further) // size), MAX_WINDOW // size)
    last = max(pages, 1)
    if is_beyond(page, size) and (found.listed > MAX_WINDOW or found.partial):
        message = f"只能翻看前 {MAX_WINDOW} 段，到第 {last} 页为止，没有第 {page} 页。"
        raise NoSuchPage(message, last=last, hint="请增加检索词或筛选条件，缩小范围。")
    if not found.partial:
        check_page(page, last)
    return pages


def count_full_pages(total: int, page: int, size: int) -> int:
    """Return how many pages a whole list has, one at least. Raises NoSuchPage where ``page`` comes after the last."""
    last = max(-(-total // size), 1)
    check_page(page, last)
    return last


def check_page(page: int, last: int) -> None:
    """Raise NoSuchPage where a page comes after the last."""
    if page > last:
        raise NoSuchPage(f"没有第 {page} 页，最后一页是第 {last} 页。", last=last, hint="请回到最后一页或第一页。")


def is_beyond(page: int, size: int) -> bool:
    """Tell whether a page lies beyond what is shown of any answer."""
    return page * size > MAX_WINDOW
