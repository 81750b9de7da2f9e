"""Result navigation: where an opened report stands in the list of results, and those before and after."""

from dataclasses import dataclass, replace

from search_app import searching
from search_app.engines.base import Engine
from search_app.errors import BadSearch
from search_app.query import Deadline
from search_app.searching import Hit, Request
from search_app.web import urls
from search_app.web.view_models import links


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The way back to the list, and where known the place in it with its neighbours."""

    back: str
    rank: int | None = None
    of: int = 0
    before: str | None = None
    after: str | None = None


def walk(
    engine: Engine, request: Request, rank: int, report: str, *, highlight: str, deadline: Deadline | None = None
) -> Walk:
    """Return where the report stands in its list; only the way back when the list has changed, or time is up."""
    page, place = divmod(rank - 1, request.size)
    here = _page(engine, request, page + 1, deadline)
    if place >= len(here.hits) or here.hits[place].match.report.id != report:
        return Walk(back=urls.build(request))
    before = here.hits[place - 1] if place else _edge(engine, request, page, deadline, last=True)
    after = here.hits[place + 1] if place + 1 < len(here.hits) else None
    if after is None and rank < min(here.listed, urls.MAX_PAGE):
        after = _edge(engine, request, page + 2, deadline, last=False)
    return Walk(
        back=links.list_url(request, rank),
        rank=rank,
        of=here.listed,
        before=_url(before, request, rank - 1, highlight),
        after=_url(after, request, rank + 1, highlight),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    hits: tuple[Hit, ...] = ()
    listed: int = 0


def _page(engine: Engine, request: Request, page: int, deadline: Deadline | None) -> _Page:
    if page < 1 or (deadline is not None and deadline.is_over()):
        return _Page()
    try:
        found = searching.search(engine, replace(request, page=page, explain=False), deadline=deadline)
    except BadSearch:  # the list has become shorter since the link was made
        return _Page()
    return _Page(hits=found.hits, listed=found.listed)


def _edge(engine: Engine, request: Request, page: int, deadline: Deadline | None, *, last: bool) -> Hit | None:
    hits = _page(engine, request, page, deadline).hits
    return (hits[-1] if last else hits[0]) if hits else None


def _url(hit: Hit | None, request: Request, rank: int, highlight: str) -> str | None:
    if hit is None:
        return None
    passage = hit.match.passage
    return links.result_url(request, passage.report, rank, passage.number, highlight=highlight)
