"""What of a PDF was left out, in words: which pages, how much, and why."""

from collections.abc import Iterable, Sequence

from search_app.readers.pdf_directions import counted
from search_app.readers.pdf_page import Page


def left_out(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return a warning for each kind of text that was left out of some pages."""
    found = []
    if any(page.broken for page in pages):
        found.append(f"第 {_pages(pages, 'broken')} 页已损坏，打不开，其内容没有读到。")
    aside = [text for page in pages for text in page.aside]
    if aside:
        found.append(f"水印、印章或斜排的文字{counted(aside)}没有算作正文（第 {_pages(pages, 'aside')} 页）。")
    for name, why in (
        ("codes", "个字的字体没有文字对照表，读不出来，没有收录"),
        ("hidden", "个字在隐藏的图层里，没有收录"),
        ("outside", "个字在页面可见范围之外，没有收录"),
        ("remarks", "条批注不在页面正文里，没有收录"),
    ):
        total = sum(getattr(page, name) for page in pages)
        if total:
            found.append(f"第 {_pages(pages, name)} 页有 {total} {why}。")
    return tuple(found)


def numbers(pages: Iterable[int]) -> str:
    """Return the numbers of pages, given from 0 on, as they are said: the first ten of them."""
    said = [str(number + 1) for number in pages]
    return "、".join(said[:10]) + ("等" if len(said) > 10 else "")


def _pages(pages: Sequence[Page], name: str) -> str:
    return numbers(number for number, page in enumerate(pages) if getattr(page, name))
