"""The near part of a list: passages shown after those that hold what was asked for, on pages that run on from these.

In: the query for what is near, and how many matches are listed before. Out: a :class:`Near`. The surprise: a page of
the whole list may begin in the middle of one of the engine's own, so up to two of those are asked for.
"""

from dataclasses import dataclass, replace

from search_app.model import Found, Match
from search_app.query import Search
from search_app.searching.rewriting.rewriter import Rewriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What is near: ``asked`` finds all of it, ``matches`` are those on the page, ``found`` has counts and facets."""

    found: Found
    asked: Search
    matches: tuple[Match, ...]


def find_near(rewriter: Rewriter, asked: Search, *, before: int) -> Near:
    """Return what a search finds, for the page that it asks of a list that has ``before`` other matches first."""
    start, stop = (asked.page - 1) * asked.size - before, asked.page * asked.size - before
    prepared = rewriter.prepare(replace(asked, page=1), near=True)
    if stop <= 0:
        counted = rewriter.search(replace(asked, page=1, size=1), near=True)
        return Near(found=counted, asked=prepared, matches=())
    first = max(start, 0)
    page = first // asked.size + 1
    found = rewriter.search(replace(asked, page=page), near=True)
    matches = found.matches
    if found.listed > page * asked.size < stop and not rewriter.is_late():
        matches += rewriter.search(replace(asked, page=page + 1), near=True).matches
    skipped = (page - 1) * asked.size
    return Near(found=found, asked=prepared, matches=matches[first - skipped : stop - skipped])
