"""Search: parse what was typed, ask the engine, relax when nothing holds all words, cut snippets."""

from dataclasses import dataclass, field

from search_app.engines.base import Engine
from search_app.model import Collapse, Found, Match, Snippet, Sort
from search_app.query import Note, Parsed, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a door (page, API, terminal) asks; ``collapse=None`` leaves the choice to the search."""

    text: str = ""
    selection: Selection = field(default_factory=Selection)
    exemplary: bool = False
    sort: Sort = Sort.RELEVANCE
    collapse: Collapse | None = None
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One listed passage with its snippet, ready to be shown."""

    match: Match
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The whole answer to a request: ``collapse`` is what was applied, ``pages`` the number of the last page (0 = none)."""

    request: Request
    parsed: Parsed
    found: Found
    hits: tuple[Hit, ...]
    notes: tuple[Note, ...]
    collapse: Collapse
    pages: int
    took_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to put into the box: ``kind`` is 主题, 镇 or 县; ``count`` is the passages it would narrow to."""

    kind: str
    text: str
    count: int


def search(engine: Engine, request: Request) -> Results:
    """Answer a request. Raises BadSearch, NoSuchPage (page after the last) and IndexProblem."""
    raise NotImplementedError


def suggest(engine: Engine, text: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Return topics and places that contain the text, most passages first."""
    raise NotImplementedError
