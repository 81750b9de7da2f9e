"""The pager: page numbers of a list, what orders, folds and sizes it, and the counts in one line."""

from collections.abc import Callable
from dataclasses import replace

from search_app.model import Collapse, Sort
from search_app.searching import Request, Results
from search_app.web import urls
from search_app.web.parameters import SAID
from search_app.web.view_models.links import Link

SORTS = tuple((sort, SAID[sort]) for sort in Sort)
COLLAPSES = tuple((collapse, SAID[collapse]) for collapse in Collapse)


def sorts(request: Request, *, path: str = "/", **extra: str) -> tuple[Link, ...]:
    """Return the orders to choose from."""
    return tuple(
        Link(
            text=text,
            url=urls.build(replace(request, sort=sort, page=1), path=path, **extra),
            current=request.sort is sort,
        )
        for sort, text in SORTS
    )


def collapses(results: Results) -> tuple[Link, ...]:
    """Return the ways of folding to choose from."""
    return tuple(
        Link(
            text=text,
            url=urls.build(replace(results.request, collapse=collapse, page=1)),
            current=results.collapse is collapse,
        )
        for collapse, text in COLLAPSES
    )


def sizes(request: Request) -> tuple[Link, ...]:
    """Return the page sizes to choose from."""
    return tuple(
        Link(text=str(size), url=urls.build(replace(request, size=size, page=1)), current=request.size == size)
        for size in urls.SIZES
    )


def pager(request: Request, last: int, *, path: str = "/", **extra: str) -> tuple[Link | None, ...]:
    """Return links to the first, the last and the pages around this one; None stands for pages left out."""
    return numbered(request.page, last, lambda page: urls.build(replace(request, page=page), path=path, **extra))


def numbered(current: int, last: int, address: Callable[[int], str]) -> tuple[Link | None, ...]:
    """Return links to the first, the last and those around the current one; none where there is only one."""
    wanted = sorted({1, last, *(page for page in range(current - 2, current + 3) if 1 <= page <= last)})
    found: list[Link | None] = []
    before = 0
    for page in wanted:
        if page > before + 1:
            found.append(None)
        found.append(Link(text=str(page), url=address(page), current=page == current))
        before = page
    return tuple(found) if last > 1 else ()


def summary(results: Results) -> str:
    """Return the counts in one line: which are shown, of how many passages and reports."""
    found, request = results.found, results.request
    if not found.total:
        return "没有找到符合的段落"
    first = (request.page - 1) * request.size + 1
    last = first + len(results.hits) - 1
    counted = f"{'已查到' if found.partial else '共'} {found.total:,} 段，来自 {found.reports:,} 份报告"
    listed = f"（折叠后列出 {found.listed:,} 条）" if found.listed != found.total else ""
    return f"第 {first:,}–{last:,} 条，{counted}{listed}"
