"""A listing: the first passages of a search in one go, as an export takes them, all of one generation of the index.

Pages gathered one after the other could come of two generations, and repeat a passage or miss one. So the query is
settled as for a page, and the engine is then asked once for the whole window.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from search_app.engines.base import Engine
from search_app.model import Found, Match
from search_app.query import Deadline
from search_app.searching.answer import search
from search_app.searching.results import Request, Results

#: How often it is tried to get counts and list of the same generation; a list is of one generation in any case.
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The first ``most`` passages of a search; ``results`` tells how the query was understood.

    ``found`` has those that hold what was asked for, ``near`` those that are listed after them. ``built_at`` is when
    the generation was built, None where a newer one has come into use meanwhile.
    """

    results: Results
    found: Found
    near: tuple[Match, ...]
    most: int
    built_at: datetime | None = None

    @property
    def listed(self) -> int:
        """Return how many passages the list has on all its pages."""
        return self.results.listed

    @property
    def capped(self) -> bool:
        """Tell whether more is listed than these passages."""
        return self.listed > len(self.found.matches) + len(self.near)


def list_hits(engine: Engine, request: Request, *, most: int, deadline: Deadline | None = None) -> Listing:
    """Return the first passages of a search, whatever page the request names.

    Raises BadSearch, NothingToSearch (signs only) and IndexProblem.
    """
    asked = replace(request, page=1, size=1, explain=False)
    for _ in range(_TRIES):
        results = search(engine, asked, deadline=deadline)
        found = engine.search(replace(results.asked, page=1, size=most))
        near = _list_near(engine, results, most - len(found.matches))
        if {found.generation, *(() if near is None else (near.generation,))} == {results.found.generation}:
            break
    current = engine.status().current
    built_at = current.built_at if current.name == found.generation else None
    return Listing(
        results=replace(results, request=request),
        found=found,
        near=near.matches if near is not None else (),
        most=most,
        built_at=built_at,
    )


def _list_near(engine: Engine, results: Results, room: int) -> Found | None:
    """Return what is listed after the passages that hold what was asked for, as far as there is room."""
    if results.near is None or room < 1 or not results.near_listed:
        return None
    return engine.search(replace(results.near.asked, page=1, size=min(room, results.near_listed)))
