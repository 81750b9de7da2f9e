"""The pager: page numbers of a list, what orders, folds and sizes it, and the counts in one line."""

from collections.abc import Callable
from dataclasses import replace

from search_app.exporting.wording import FURTHER
from search_app.model import Collapse, Sort
from search_app.query import NoteKind, SomeOf
from search_app.query.trees import walk
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
    """Return the counts in one line: how many passages hold what was asked for, how many are only near."""
    found, request = results.found, results.request
    if not found.total:
        return _only_near(results) if results.near_total else "没有找到符合的段落"
    counted = f"{'已查到' if found.partial else '共'} {found.total:,} 段，来自 {found.reports:,} 份报告"
    counted += f"（折叠后列出 {found.listed:,} 条）" if found.listed != found.total else ""
    if results.pasted:
        counted = f"与粘贴的文字相同或相近的段落：{counted}"
    if results.near_total:
        counted += f"；另有 {results.near_total:,} 段{'含有其中的句子' if _has_parts(results) else '内容相近'}"
    first = (request.page - 1) * request.size + 1
    place = f"第 {first:,}–{first + len(results.hits) - 1:,} 条"
    if results.near_total or results.pasted:  # of both parts, and so no place among those that are counted first
        return counted if request.page == 1 else f"{counted}（{place}）"
    return f"{place}，{counted}"


def _only_near(results: Results) -> str:
    """Return the line of an answer in which no passage holds what was asked for."""
    text, where = shorten(results.request.text), "选定的范围里" if is_narrowed(results.request) else ""
    count = f"以下 {results.near_total:,} 段{FURTHER if results.near_cut else ''}"
    if results.pasted:
        nearness = "含有其中的句子" if _has_parts(results) else "意思相近"
        return f"{where}没有与粘贴的文字整段相同或相近的，{count}{nearness}"
    if any(note.kind is NoteKind.NEAR for note in results.notes):
        return f"{where}没有段落含有“{text}”，{count}意思相近"
    if results.relaxed:
        return f"{where}没有段落完全符合，{count}部分符合或内容相近"
    return f"{where}没有段落含有“{text}”，{count}内容相近"


def near_line(results: Results) -> str:
    """Return what stands above the passages that are only near, where others stand before them."""
    if not results.found.total:
        return ""
    if _has_parts(results):
        return f"以下段落只含有其中的句子（{results.near_total:,} 段）"
    unlike = "" if results.pasted else "，不一定含有这些词"
    return f"以下是内容相近的段落（{results.near_total:,} 段）{FURTHER if results.near_cut else ''}{unlike}"


def _has_parts(results: Results) -> bool:
    """Tell whether what is near holds sentences of a pasted text."""
    return (
        results.pasted
        and results.near is not None
        and any(isinstance(node, SomeOf) for node in walk(results.near.asked.query))
    )


def is_narrowed(request: Request) -> bool:
    """Tell whether filters are set."""
    return request.exemplary or bool(request.selection)


def shorten(text: str, *, most: int = 20) -> str:
    """Return the beginning of a text, with an ellipsis where more follows."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most] + "…"
