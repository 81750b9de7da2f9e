"""The answer to a request: parse, rewrite, ask the engine, cut snippets. The door to searching.

In: a :class:`Request` from any door. Out: :class:`Results`, never silently empty: where nothing matches, the notes say
why, and either most of the words are searched instead (``relaxed``) or the filters in the way are named with what they
hide.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from search_app.engines.base import Engine
from search_app.engines.lineage import find_generation, number_of, say_moment
from search_app.errors import BadSearch, NoSuchPassage, NothingToSearch
from search_app.language.similarity.near_duplicates import THRESHOLD
from search_app.model import Collapse, Match, Report
from search_app.query import (
    MAX_PASTED,
    MAX_SIZE,
    RANKING,
    Deadline,
    Node,
    Note,
    NoteKind,
    Parsed,
    Ranking,
    SaysAlike,
    Search,
    Words,
    parse,
)
from search_app.query.trees import any_of, has_phrase
from search_app.score import Explanation
from search_app.searching import snippets
from search_app.searching.catalogue import catalogue_of
from search_app.searching.hints import offer_narrowing
from search_app.searching.named_reports import find_named_reports, may_name_report
from search_app.searching.numbered_reports import find_numbered_reports, may_name_number
from search_app.searching.other_wordings import find_other_wordings
from search_app.searching.paging import count_pages, is_beyond
from search_app.searching.pasted_text import answer_pasted, is_pasted
from search_app.searching.per_generation import PerGeneration
from search_app.searching.practice_jump import PRACTICE, PracticeJump, find_practice_jump
from search_app.searching.report_scope import (
    EVERY_GENRE,
    IN_OTHER_GENRES,
    is_mixed,
    keep_to_reports,
    reports_in,
    say_scope,
    scoped,
)
from search_app.searching.results import Hit, Request, Results
from search_app.searching.rewriting import pipeline
from search_app.searching.rewriting.correction import correct
from search_app.searching.rewriting.pipeline import Options
from search_app.searching.shown_why import say_why


def get_ready(engine: Engine) -> None:
    """Make what is kept for every search of a generation, which is no part of the time that a search is given.

    Raises IndexProblem.
    """
    for scope in dict.fromkeys((engine, reports_in(engine))):
        _ready(scope)


def _make_ready(engine: Engine) -> None:
    """Ask for what every report has, so that what any question needs is loaded and made."""
    word = Words(text="法治")
    correct(engine, word)
    pipeline.get_ready(engine, word)


_ready = PerGeneration(_make_ready)


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
    pasted = not request.literal and not request.strict and is_pasted(request.text)
    parsed = _parsed(request.text, pasted=pasted)
    asked = _asked(request, parsed.query, deadline)
    scope, answer = _answer(engine, request, asked, ranking, pasted=pasted)
    further = answer.near.listed if answer.near is not None else 0
    pages = count_pages(answer.found, page=request.page, size=request.size, further=further)
    direct, narrower = _on_first_page(engine, scope, request, parsed, answer)
    hits = _hits(engine, answer, explain=request.explain)
    unexplained = request.explain and any(hit.explanation is None for hit in hits)
    late = (_UNEXPLAINED,) if unexplained else ()
    return Results(
        request=request,
        parsed=parsed,
        found=answer.found,
        hits=hits,
        notes=(*_of_since(engine, request), *parsed.notes, *_told(request, answer, direct), *narrower, *late),
        collapse=asked.collapse,
        pages=pages,
        took_ms=(time.perf_counter() - started) * 1000,
        asked=answer.asked,
        near=answer.near,
        chosen=answer.chosen,
        rewritten=answer.rewritten,
        relaxed=answer.relaxed,
        partial=answer.partial or unexplained,
        without=answer.without,
        direct=direct,
        pasted=pasted,
        practice=_practice(scope, request, parsed.query),
        kept_to_reports=scope is not engine,
    )


def _answer(
    engine: Engine, request: Request, asked: Search, ranking: Ranking, *, pasted: bool
) -> tuple[Engine, pipeline.Answer]:
    """Return the answer, and the engine that gave it: that of the annual reports, where these are to be searched.

    What none of them holds is looked for in the other genres too.
    """

    options = Options(also=request.also, literal=request.literal, strict=request.strict, ranking=ranking)

    def ask(scope: Engine) -> pipeline.Answer:
        return (
            answer_pasted(scope, asked, request.text)
            if pasted
            else pipeline.answer(scope, asked, request.text, options)
        )

    scope = scoped(engine, request.selection, asked.query, all_genres=request.all_genres)
    answer = ask(scope)
    if scope is engine:
        every = (EVERY_GENRE,) if request.all_genres and is_mixed(engine) else ()
        return engine, replace(answer, notes=(*every, *answer.notes))
    if not (answer.found.total or answer.partial or request.strict) and (others := ask(engine)).found.total:
        return engine, replace(others, notes=(IN_OTHER_GENRES, *others.notes))
    near = answer.near
    if near is not None:
        near = replace(near, asked=keep_to_reports(near.asked))
    notes = (*say_scope(answer.found), *answer.notes)
    return scope, replace(answer, asked=keep_to_reports(answer.asked), near=near, notes=notes)


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
_MISSING = (NoteKind.RELAXED, NoteKind.NO_MATCH)
_UNEXPLAINED = Note(kind=NoteKind.PARTIAL, message="时间用完了，没有来得及说明每一段的得分。请减少每页条数再试。")


def _of_since(engine: Engine, request: Request) -> tuple[Note, ...]:
    """Return the note that says when the generation was built since which something is new: names come again."""
    if request.since is None:
        return ()
    held = find_generation(request.since, engine.status())
    message = f"只看 {say_moment(held.built_at)}（第 {number_of(held.name)} 代索引）之后新增的段落。"
    return (Note(kind=NoteKind.SINCE, message=message),)


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
        since=request.since,
        sort=request.sort,
        collapse=_collapse(request, query),
        page=1 if is_beyond(request.page, request.size) else request.page,
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
            _hit(answer, match, explanation, near=near)
            for match, explanation in zip(matches, explanations, strict=True)
        )
    return tuple(hits)


def _hit(answer: pipeline.Answer, match: Match, explanation: Explanation | None, *, near: bool) -> Hit:
    marked = answer.rewritten
    if near and answer.near is not None and not answer.relaxed and marked is not None:
        marked = any_of([node for node in (marked, answer.near.asked.query) if node is not None])
    snippet = snippets.cut(match.passage, marked)
    return Hit(
        match=match,
        snippet=snippet,
        explanation=explanation,
        near=near,
        other_wordings=find_other_wordings(match.passage, answer.rewritten),
        why=say_why(match.passage, match.report, snippet, marked, answer.chosen),
    )


def _on_first_page(
    engine: Engine, scope: Engine, request: Request, parsed: Parsed, answer: pipeline.Answer
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """Return the reports that the text names, by town or by number, and how to narrow; nothing on later pages.

    A town names its annual reports, a number is that of any paper.
    """
    if request.page > 1:
        return (), ()
    direct, narrower = _named(scope, parsed.query)
    if answer.relaxed or not answer.found.total:
        narrower = ()  # it would find nothing either
    if may_name_number(request.text):
        numbered, more = find_numbered_reports(catalogue_of(engine), request.text)
        direct, narrower = numbered or direct, (*more, *narrower)
    return direct, narrower


def _told(request: Request, answer: pipeline.Answer, direct: tuple[Report, ...]) -> tuple[Note, ...]:
    """Return the notes of an answer; not that something is missing where the report of a typed number is offered."""
    if direct and may_name_number(request.text):
        return tuple(note for note in answer.notes if note.kind not in _MISSING)
    return answer.notes


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


def _collapse(request: Request, query: Node | None) -> Collapse:
    """Return what is folded: near-duplicates, unless a quoted phrase asks to see every place."""
    if request.collapse is not None:
        return request.collapse
    return Collapse.NONE if has_phrase(query) else Collapse.SIMILAR
