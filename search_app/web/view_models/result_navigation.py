"""Result navigation: where an opened report stands in the list of results, and those before and after."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from search_app.errors import BadSearch
from search_app.searching import Hit, Request, Results
from search_app.web import urls
from search_app.web.view_models import links

#: Answers a request; None once time is up.
Ask: TypeAlias = Callable[[Request], Results | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The way back to the list, and where known the place in it with its neighbours."""

    back: str
    rank: int | None = None
    of: int = 0
    before: str | None = None
    after: str | None = None


def walk(ask: Ask, request: Request, rank: int, report: str, *, highlight: str) -> Walk:
    """Return where the report stands in its list; only the way back when the list has changed, or time is up."""
    page, place = divmod(rank - 1, request.size)
    here = _page(ask, request, page + 1)
    if place >= len(here.hits) or here.hits[place].match.report.id != report:
        return Walk(back=urls.build(request))
    before = here.hits[place - 1] if place else _edge(ask, request, page, last=True)
    after = here.hits[place + 1] if place + 1 < len(here.hits) else None
    if after is None and rank < min(here.listed, urls.MAX_PAGE):
        after = _edge(ask, request, page + 2, last=False)
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


def _page(ask: Ask, request: Request, page: int) -> _Page:
    try:
        found = ask(replace(request, page=page, explain=False)) if page >= 1 else None
    except BadSearch:  # the list has become shorter since the link was made
        found = None
    return _Page() if found is None else _Page(hits=found.hits, listed=found.listed)


def _edge(ask: Ask, request: Request, page: int, *, last: bool) -> Hit | None:
    hits = _page(ask, request, page).hits
    return (hits[-1] if last else hits[0]) if hits else None


def _url(hit: Hit | None, request: Request, rank: int, highlight: str) -> str | None:
    if hit is None:
        return None
    passage = hit.match.passage
    return links.result_url(request, passage.report, rank, passage.number, highlight=highlight)
