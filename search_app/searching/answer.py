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
from search_app.errors import BadSearch, NoSuchPassage, NothingToSearch
from search_app.language.similarity.near_duplicates import THRESHOLD
from search_app.model import Collapse, Found, Match, Report, Snippet, Sort
from search_app.query import (
    MAX_PASTED,
    MAX_SIZE,
    MAX_WINDOW,
    RANKING,
    Deadline,
    Node,
    Note,
    NoteKind,
    Parsed,
    Ranking,
    SaysAlike,
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
from search_app.searching.other_wordings import find_other_wordings
from search_app.searching.paging import count_pages
from search_app.searching.pasted_text import answer_pasted, is_pasted
from search_app.searching.practice_jump import PRACTICE, PracticeJump, find_practice_jump
from search_app.searching.rewriting import pipeline
from search_app.searching.rewriting.correction import correct
from search_app.searching.rewriting.near_part import Near
from search_app.searching.rewriting.pipeline import Options, Without


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a door (page, API, terminal) asks; ``collapse=None`` leaves the choice to the search.

    ``also`` searches other wordings beside the typed ones, and what is near; ``literal`` stays with what was typed,
    whatever it finds. ``explain`` gives every hit the parts of its score.
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
    explain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One listed passage with its snippet, ready to be shown; ``explanation`` where it was asked for.

    ``near``: it does not hold what was asked for. ``other_wordings`` are those that it has instead of what was typed.
    """

    match: Match
    snippet: Snippet
    explanation: Explanation | None = None
    near: bool = False
    other_wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The whole answer to a request: ``collapse`` is what was applied, ``pages`` the last page's number (0 = none).

    ``found`` are the passages that hold what was asked for, which the search ``asked`` found, ``near`` what is listed
    after them. ``chosen`` is the query that was searched for in the end: the intended one, or the ``relaxed`` one, of
    which all that is found is near; ``rewritten`` has its other wordings included: what is marked in a text.
    ``without`` is filled where filters leave nothing. ``direct`` are up to three reports that the text names by town
    (and year), ``practice`` is where it leads that asks for exemplary practice. ``pasted``: the text was taken for a
    paragraph. ``partial``: time was up, and a note says what is left out; how many passages were looked at, of how
    many, ``shown`` says.
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

    @property
    def near_total(self) -> int:
        """Return how many passages are near, beside those that hold what was asked for."""
        return self.near.found.total if self.near is not None else 0

    @property
    def near_listed(self) -> int:
        """Return how many of those are listed, folded as the others are."""
        return self.near.found.listed if self.near is not None else 0

    @property
    def listed(self) -> int:
        """Return how many matches all pages list."""
        return self.found.listed + self.near_listed

    @property
    def shown(self) -> Found:
        """Return the part that the facets tell of: what was asked for, or where there is none of it, what is near."""
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

    Raises BadSearch, NothingToSearch (signs only), NoSuchPage (page after the last) and IndexProblem.
    """
    started = time.perf_counter()
    _check_page(request)
    pasted = not request.literal and is_pasted(request.text)
    parsed = _parsed(request.text, pasted=pasted)
    asked = _asked(request, parsed.query, deadline)
    options = Options(also=request.also, literal=request.literal, ranking=ranking)
    answer = answer_pasted(engine, asked, request.text) if pasted else pipeline.answer(engine, asked, options)
    found, near = answer.found, answer.near
    direct, narrower = _named(engine, parsed.query) if request.page == 1 else ((), ())
    if answer.relaxed or not found.total:
        narrower = ()  # it would find nothing either
    hits = _hits(engine, answer, explain=request.explain)
    unexplained = request.explain and any(hit.explanation is None for hit in hits)
    return Results(
        request=request,
        parsed=parsed,
        found=found,
        hits=hits,
        notes=(*parsed.notes, *answer.notes, *narrower, *((_UNEXPLAINED,) if unexplained else ())),
        collapse=asked.collapse,
        pages=count_pages(found, page=request.page, size=request.size, further=near.found.listed if near else 0),
        took_ms=(time.perf_counter() - started) * 1000,
        asked=answer.asked,
        near=near,
        chosen=answer.chosen,
        rewritten=answer.rewritten,
        relaxed=answer.relaxed,
        partial=answer.partial or unexplained,
        without=answer.without,
        direct=direct,
        pasted=pasted,
        practice=_practice(engine, request, parsed.query),
    )


def _parsed(text: str, *, pasted: bool) -> Parsed:
    """Return what was typed as a query; a pasted paragraph is one as a whole. Raises NothingToSearch."""
    if pasted:
        return Parsed(query=SaysAlike(text=text.strip()[:MAX_PASTED], least=THRESHOLD))
    parsed = parse(text)
    if parsed.query is None and parsed.notes:
        raise _nothing_to_search(text, parsed)
    return parsed


#: So much of what was typed is quoted in an error.
_QUOTED = 20
_UNEXPLAINED = Note(kind=NoteKind.PARTIAL, message="时间用完了，没有来得及说明每一段的得分。请减少每页条数再试。")


def _nothing_to_search(text: str, parsed: Parsed) -> NothingToSearch:
    typed = " ".join(text.split())
    typed = typed if len(typed) <= _QUOTED else typed[:_QUOTED] + "…"
    why = "".join(dict.fromkeys(note.message for note in parsed.notes))
    return NothingToSearch(f"“{typed}”里没有可以检索的字。", hint=f"{why}{NothingToSearch.default_hint}")


def _asked(request: Request, query: Node | None, deadline: Deadline | None) -> Search:
    return Search(
        query=query,
        selection=request.selection,
        exemplary=request.exemplary,
        sort=request.sort,
        collapse=_collapse(request, query),
        page=request.page,
        size=request.size,
        deadline=deadline,
    )


def _hits(engine: Engine, answer: pipeline.Answer, *, explain: bool) -> tuple[Hit, ...]:
    """Return the hits of an answer, what is near after the others; without explanations where time is up."""
    told = [(answer.asked, answer.found.matches, False)]
    if answer.near is not None:
        told.append((answer.near.asked, answer.near.matches, True))
    hits: list[Hit] = []
    for asked, matches, near in told:
        explanations: tuple[Explanation | None, ...] = (None,) * len(matches)
        if explain and matches and not (asked.deadline is not None and asked.deadline.is_over()):
            with suppress(NoSuchPassage):  # a newer generation has come into use, without one of them
                explanations = engine.explain(asked, [match.passage.id for match in matches])
        hits += (
            Hit(
                match=match,
                snippet=snippets.cut(match.passage, answer.rewritten),
                explanation=explanation,
                near=near,
                other_wordings=find_other_wordings(match.passage, answer.rewritten),
            )
            for match, explanation in zip(matches, explanations, strict=True)
        )
    return tuple(hits)


def _named(engine: Engine, query: Node | None) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """Return the reports that a query names, and how to narrow to a place or year among its words."""
    if not may_name_report(query):
        return (), ()
    catalogue = catalogue_of(engine)
    return find_named_reports(catalogue, query), offer_narrowing(catalogue, query)


def _practice(engine: Engine, request: Request, query: Node | None) -> PracticeJump | None:
    """Return where the words lead to that ask for exemplary practice."""
    return find_practice_jump(catalogue_of(engine), query) if PRACTICE in request.text and request.page == 1 else None


def _check_page(request: Request) -> None:
    if not 1 <= request.size <= MAX_SIZE:
        raise BadSearch(f"每页条数应为 1 至 {MAX_SIZE}，现在是 {request.size}。", hint="请改用 10、20、50 或 100。")
    if request.page < 1:
        raise BadSearch(f"页码从 1 开始，现在是 {request.page}。", hint="请回到第 1 页。")
    if request.page * request.size > MAX_WINDOW:
        raise BadSearch(
            f"只能翻看前 {MAX_WINDOW} 段，第 {request.page} 页超出了。", hint="请增加检索词或筛选条件，缩小范围。"
        )


def _collapse(request: Request, query: Node | None) -> Collapse:
    """Return what is folded: near-duplicates, unless a quoted phrase asks to see every place."""
    if request.collapse is not None:
        return request.collapse
    return Collapse.NONE if has_phrase(query) else Collapse.SIMILAR
