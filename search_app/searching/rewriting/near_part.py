"""The near part of a list: passages shown after those that hold what was asked for, on pages that run on from these.

In: the query for what is near, and how many matches are listed before. Out: a :class:`Near`, of which at most MOST are
listed: nobody reads on in what is ever less near, and its number says nothing. The surprise: a page of the whole list
may begin in the middle of one of the engine's own, so up to two of those are asked for.
"""

from dataclasses import dataclass, replace

from search_app.model import Found, Match
from search_app.query import Search
from search_app.searching.rewriting.rewriter import Rewriter

#: So many passages that are only near are listed: twenty pages of ten.
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What is near: ``asked`` finds all of it, ``matches`` are those on the page, ``found`` is the engine's answer."""

    found: Found
    asked: Search
    matches: tuple[Match, ...]

    @property
    def listed(self) -> int:
        """Return how many matches all pages list."""
        return min(self.found.listed, MOST)

    @property
    def total(self) -> int:
        """Return how many passages these are: those folded behind them counted too, where all are listed."""
        return self.listed if self.cut else self.found.total

    @property
    def cut(self) -> bool:
        """Tell whether there are more than are listed."""
        return self.found.listed > MOST


def find_near(rewriter: Rewriter, asked: Search, *, before: int) -> Near:
    """Return what a search finds, for the page that it asks of a list that has ``before`` other matches first."""
    start, stop = (asked.page - 1) * asked.size - before, min(asked.page * asked.size - before, MOST)
    prepared = rewriter.prepare(replace(asked, page=1), near=True)
    if stop <= max(start, 0):
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
