"""A listing: the first passages of a search in one go, as an export takes them, all of one generation of the index.

Pages gathered one after the other could come of two generations, and repeat a passage or miss one. So the query is
settled as for a page, and the engine is then asked once for the whole window.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from search_app.engines.base import Engine
from search_app.errors import BadSearch
from search_app.model import Found
from search_app.query import Deadline
from search_app.searching.answer import Request, Results, search

#: How often it is tried to get counts and list of the same generation; a list is of one generation in any case.
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The first ``most`` passages of a search in ``found``; ``results`` tells how the query was understood.

    ``built_at`` is when the generation was built, None where a newer one has come into use meanwhile.
    """

    results: Results
    found: Found
    most: int
    built_at: datetime | None = None

    @property
    def capped(self) -> bool:
        """Tell whether more is listed than these passages."""
        return self.found.listed > len(self.found.matches)


def list_hits(engine: Engine, request: Request, *, most: int, deadline: Deadline | None = None) -> Listing:
    """Return the first passages of a search, whatever page the request names.

    Raises BadSearch, also where the text holds nothing that can be searched for, and IndexProblem.
    """
    asked = replace(request, page=1, size=1, explain=False)
    for _ in range(_TRIES):
        results = search(engine, asked, deadline=deadline)
        if request.text.strip() and results.parsed.query is None:
            raise BadSearch("检索词里没有可以检索的字", hint="请写几个字，例如：矛盾纠纷调解。")
        found = engine.search(replace(results.asked, page=1, size=most))
        if found.generation == results.found.generation:
            break
    current = engine.status().current
    built_at = current.built_at if current.name == found.generation else None
    return Listing(results=replace(results, request=request), found=found, most=most, built_at=built_at)
