"""The answer to a request: parse, rewrite, ask the engine, cut snippets. The door to searching.

In: a :class:`Request` from any door. Out: :class:`Results`, never silently empty: where nothing matches, the notes say
why, and either most of the words are searched instead (``relaxed``) or the filters in the way are named with what they
hide.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from search_app.engines.base import Engine
from search_app.engines.lineage import find_generation, number_of, say_moment
from search_app.errors import BadSearch, NoSuchPassage
from search_app.model import Collapse, Facet, Found, Match, Report, Snippet, Sort
from search_app.query import (
    MAX_SIZE,
    RANKING,
    Deadline,
    Node,
    Note,
    NoteKind,
    Parsed,
    Ranking,
    Search,
    Selection,
    Words,
    parse,
)
from search_app.query.trees import has_phrase
from search_app.score import Explanation
from search_app.searching import snippets
from search_app.searching.catalogue import catalogue_of
from search_app.searching.hints import offer_narrowing
from search_app.searching.named_reports import find_named_reports, may_name_report
from search_app.searching.numbered_reports import find_numbered_reports, may_name_number
from search_app.searching.paging import count_pages, is_beyond
from search_app.searching.rewriting import pipeline
from search_app.searching.rewriting.correction import correct
from search_app.searching.rewriting.pipeline import Options, Without


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a door (page, API, terminal) asks; ``collapse=None`` leaves the choice to the search.

    ``also`` searches other wordings beside the typed ones, and what is near; ``literal`` stays with what was typed,
    whatever it finds; ``strict`` with what it means, and shows nothing that is only near. ``since`` keeps what is new
    since a generation. ``explain`` gives every hit the parts of its score. ``by_name`` are the facets whose values are
    shown in the order of their names instead of their counts, which changes nothing that is found.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One listed passage with its snippet, ready to be shown; ``explanation`` where it was asked for."""

    match: Match
    snippet: Snippet
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The whole answer to a request: ``collapse`` is what was applied, ``pages`` the last page's number (0 = none).

    ``chosen`` is the query that was searched for in the end: the intended one, or the ``relaxed`` one; ``rewritten``
    has its other wordings included: what is marked in a text; ``asked`` is the search that the engine answered, whose
    query finds all that is listed, what is near included. ``without`` is filled where filters leave nothing. ``direct``
    are up to three reports that the text names by document number, or by town (and year). ``partial``: time was up, and
    a note says what is left out; how many passages were looked at, of how many, ``found`` says.
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
    chosen: Node | None = None
    rewritten: Node | None = None
    relaxed: bool = False
    partial: bool = False
    without: tuple[Without, ...] = ()
    direct: tuple[Report, ...] = ()


def get_ready(engine: Engine) -> None:
    """Make what is kept for every search of a generation, which is no part of the time that a search is given.

    Raises IndexProblem.
    """
    correct(engine, Words(text="法治"))


def give_time(seconds: float, *, clock: Callable[[], float] = time.monotonic) -> Deadline | None:
    """Return the deadline of what begins now and may take so many seconds; None where it may take any time."""
    return Deadline(clock() + seconds, clock) if seconds else None


def search(
    engine: Engine, request: Request, *, ranking: Ranking = RANKING, deadline: Deadline | None = None
) -> Results:
    """Answer a request, once the deadline has come with what was looked at until then.

    Raises BadSearch, NoSuchPage (page after the last) and IndexProblem.
    """
    started = time.perf_counter()
    _check_page(request)
    parsed = parse(request.text)
    asked = _asked(request, parsed.query, deadline)
    options = Options(also=request.also, literal=request.literal, strict=request.strict, ranking=ranking)
    answer = pipeline.answer(engine, asked, options)
    found = answer.found
    pages = count_pages(found, page=request.page, size=request.size)
    direct, narrower = _on_first_page(engine, request, parsed, answer)
    hits = _hits(engine, answer, explain=request.explain)
    unexplained = request.explain and any(hit.explanation is None for hit in hits)
    narrower = (*narrower, *((_UNEXPLAINED,) if unexplained else ()))
    return Results(
        request=request,
        parsed=parsed,
        found=found,
        hits=hits,
        notes=(*_of_since(engine, request), *parsed.notes, *answer.notes, *narrower),
        collapse=asked.collapse,
        pages=pages,
        took_ms=(time.perf_counter() - started) * 1000,
        asked=answer.asked,
        chosen=answer.chosen,
        rewritten=answer.rewritten,
        relaxed=answer.relaxed,
        partial=found.partial or answer.hurried or unexplained,
        without=answer.without,
        direct=direct,
    )


_UNEXPLAINED = Note(kind=NoteKind.PARTIAL, message="时间用完了，没有来得及说明每一段的得分。请减少每页条数再试。")


def _of_since(engine: Engine, request: Request) -> tuple[Note, ...]:
    """Return the note that says when the generation was built since which something is new: names come again."""
    if request.since is None:
        return ()
    held = find_generation(request.since, engine.status())
    message = f"只看 {say_moment(held.built_at)}（第 {number_of(held.name)} 代索引）之后新增的段落。"
    return (Note(kind=NoteKind.SINCE, message=message),)


def _asked(request: Request, query: Node | None, deadline: Deadline | None) -> Search:
    return Search(
        query=query,
        selection=request.selection,
        exemplary=request.exemplary,
        since=request.since,
        sort=request.sort,
        collapse=_collapse(request, query),
        page=1 if is_beyond(request.page, request.size) else request.page,
        size=request.size,
        deadline=deadline,
    )


def _hits(engine: Engine, answer: pipeline.Answer, *, explain: bool) -> tuple[Hit, ...]:
    """Return the hits of an answer; without explanations where time is up."""
    matches, deadline = answer.found.matches, answer.asked.deadline
    explanations: tuple[Explanation | None, ...] = (None,) * len(matches)
    if explain and not (deadline is not None and deadline.is_over()):
        with suppress(NoSuchPassage):  # a newer generation has come into use, without one of them
            explanations = engine.explain(answer.asked, [match.passage.id for match in matches])
    return tuple(
        Hit(match=match, snippet=snippets.cut(match.passage, answer.rewritten), explanation=explanation)
        for match, explanation in zip(matches, explanations, strict=True)
    )


def _on_first_page(
    engine: Engine, request: Request, parsed: Parsed, answer: pipeline.Answer
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """Return the reports that the text names, by town or by number, and how to narrow; nothing on later pages."""
    if request.page > 1:
        return (), ()
    direct, narrower = _named(engine, parsed.query)
    if answer.relaxed or not answer.found.total:
        narrower = ()  # it would find nothing either
    if may_name_number(request.text):
        numbered, more = find_numbered_reports(catalogue_of(engine), request.text)
        direct, narrower = numbered or direct, (*more, *narrower)
    return direct, narrower


def _named(engine: Engine, query: Node | None) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """Return the reports that a query names, and how to narrow to a place or year among its words."""
    if not may_name_report(query):
        return (), ()
    catalogue = catalogue_of(engine)
    return find_named_reports(catalogue, query), offer_narrowing(catalogue, query)


def _check_page(request: Request) -> None:
    if not 1 <= request.size <= MAX_SIZE:
        raise BadSearch(f"每页条数应为 1 至 {MAX_SIZE}，现在是 {request.size}。", hint="请改用 10、20、50 或 100。")
    if request.page < 1:
        raise BadSearch(f"页码从 1 开始，现在是 {request.page}。", hint="请回到第 1 页。")


def _collapse(request: Request, query: Node | None) -> Collapse:
    """Return what is folded: near-duplicates, unless a quoted phrase asks to see every place."""
    if request.collapse is not None:
        return request.collapse
    return Collapse.NONE if has_phrase(query) else Collapse.SIMILAR
