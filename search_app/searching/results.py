"""Requests and results: what any door (page, API, terminal) asks, and the whole answer that it shows."""

from dataclasses import dataclass, field

from search_app.engines.base import Engine
from search_app.errors import NoSuchPassage
from search_app.model import Collapse, Facet, Found, Match, Report, Snippet, Sort
from search_app.query import Node, Note, Parsed, Search, Selection
from search_app.score import Explanation
from search_app.searching.practice_jump import PracticeJump
from search_app.searching.report_scope import count_elsewhere
from search_app.searching.rewriting.filters_in_the_way import Without
from search_app.searching.rewriting.near_part import Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a door (page, API, terminal) asks; ``collapse=None`` leaves the choice to the search.

    ``also`` searches other wordings beside the typed ones, and what is near; ``literal`` stays with what was typed,
    whatever it finds; ``strict`` with what it means, and shows nothing that is only near. ``since`` keeps what is new
    since a generation. ``explain`` gives every hit the parts of its score. ``by_name`` are the facets whose values are
    shown in the order of their names instead of their counts, which changes nothing that is found. In an index of
    several genres only the annual reports are searched, unless a genre is named or ``all_genres`` asked for.
    """

    text: str = ""
    selection: Selection = field(default_factory=Selection)
    exemplary: bool = False
    sort: Sort = Sort.RELEVANCE
    collapse: Collapse | None = None
    page: int = 1
    size: int = 10
    also: bool = True
    literal: bool = False
    strict: bool = False
    since: str | None = None
    explain: bool = False
    by_name: tuple[Facet, ...] = ()
    all_genres: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One listed passage with its snippet, ready to be shown; ``explanation`` where it was asked for.

    ``near``: it does not hold what was asked for. ``other_wordings`` are those that it has instead of what was typed,
    ``why`` says why it is there where nothing in the snippet is marked.
    """

    match: Match
    snippet: Snippet
    explanation: Explanation | None = None
    near: bool = False
    other_wordings: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The whole answer to a request: ``collapse`` is what was applied, ``pages`` the last page's number (0 = none).

    ``found`` are the passages that hold what was asked for, which the search ``asked`` found, ``near`` what is listed
    after them. ``chosen`` is the query that was searched for in the end: the intended one, or the ``relaxed`` one, of
    which all that is found is near; ``rewritten`` has its other wordings included: what is marked in a text.
    ``without`` is filled where filters leave nothing. ``direct`` are up to three reports that the text names by
    document number, or by town (and year), ``practice`` is where it leads that asks for exemplary practice. ``pasted``:
    the text was taken for a paragraph. ``partial``: time was up, and a note says what is left out; how many passages
    were looked at, of how many, ``shown`` says. ``kept_to_reports``: an index of several genres was searched for annual
    reports alone; ``elsewhere`` is how many passages of other genres the same search has.
    """

    request: Request
    parsed: Parsed
    found: Found
    hits: tuple[Hit, ...]
    notes: tuple[Note, ...]
    collapse: Collapse
    pages: int
    took_ms: float
    asked: Search
    near: Near | None = None
    chosen: Node | None = None
    rewritten: Node | None = None
    relaxed: bool = False
    partial: bool = False
    without: tuple[Without, ...] = ()
    direct: tuple[Report, ...] = ()
    practice: PracticeJump | None = None
    pasted: bool = False
    kept_to_reports: bool = False

    @property
    def elsewhere(self) -> int:
        """Return how many passages of other genres the same search has, where it was kept to the reports."""
        return count_elsewhere(self.found) if self.kept_to_reports else 0

    @property
    def near_total(self) -> int:
        """Return how many passages are listed as near, beside those that hold what was asked for."""
        return self.near.total if self.near is not None else 0

    @property
    def near_listed(self) -> int:
        """Return how many of those are listed, folded as the others are."""
        return self.near.listed if self.near is not None else 0

    @property
    def near_cut(self) -> bool:
        """Tell whether passages are left out that are less near than those listed."""
        return self.near is not None and self.near.cut

    @property
    def listed(self) -> int:
        """Return how many matches all pages list."""
        return self.found.listed + self.near_listed

    @property
    def shown(self) -> Found:
        """Return the part that is listed first: what was asked for, or where there is none of it, what is near."""
        return self.near.found if self.near is not None and not self.found.total else self.found

    def asked_for(self, engine: Engine, passage_id: str) -> Search:
        """Return the search, of the two, that found a listed passage."""
        if self.near is None:
            return self.asked
        if not self.found.total:
            return self.near.asked
        try:
            engine.explain(self.asked, (passage_id,))
        except NoSuchPassage:
            return self.near.asked
        return self.asked
