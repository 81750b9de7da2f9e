"""Find again: what a page of results offers for coming back to its question later."""

from dataclasses import dataclass, replace

from search_app.engines.base import Status
from search_app.engines.lineage import known_generations, mark
from search_app.model import Sort
from search_app.searching import Request
from search_app.web import urls
from search_app.web.view_models import facet_panels

FEED = "/feed"
#: So many characters of a question make the name of a saved one.
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAgain:
    """The ways back to a question: its address and name, its feed, what the last update brought, what will be new.

    ``latest`` is the same question of what is new since the generation before, None where there was none or it is asked
    already; ``mark`` names the generation in use, since which whoever comes back asks what is new.
    """

    url: str
    name: str
    feed: str
    latest: str | None
    mark: str


def find_again(request: Request, status: Status) -> FindAgain:
    """Return the ways back to a question."""
    asked = replace(request, page=1, since=None)
    known = known_generations(status)
    latest = replace(request, page=1, since=mark(known[1])) if len(known) > 1 and request.since is None else None
    return FindAgain(
        url=urls.build(asked),
        name=name_of_question(asked),
        feed=feed_url(request),
        latest=urls.build(latest) if latest else None,
        mark=mark(known[0]),
    )


def feed_url(request: Request) -> str:
    """Return the address of a question's feed: what orders, pages and folds a list has no effect on it."""
    kept = replace(request, page=1, size=urls.SIZES[0], sort=Sort.RELEVANCE, collapse=None)
    return urls.build(kept, path=FEED)


def name_of_question(request: Request) -> str:
    """Return what a question is called: its words, and what narrows them."""
    narrowed = [chip.text for chip in facet_panels.chips(request)]
    name = " · ".join(filter(None, (request.text.strip(), *narrowed))) or "全部段落"
    return name if len(name) <= _LONGEST else name[:_LONGEST] + "…"
