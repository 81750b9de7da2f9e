"""The pipeline: the way of a query from the parsed tree to the engine's answer, top to bottom.

In: a search whose query is as it was parsed. Out: an :class:`Answer` in two parts: what holds that which was asked for,
and what is only near. The query is decided without the filters of the search, so that narrowing an answer never changes
what was meant; the filters come back when the engine is asked.
"""

from dataclasses import dataclass, replace
from functools import partial

from search_app.engines.base import Engine
from search_app.model import Facet, Found, Sort
from search_app.query import (
    RANKING,
    About,
    BestOf,
    Deadline,
    Node,
    Note,
    NoteKind,
    Ranking,
    Search,
    Weighted,
    Words,
)
from search_app.query.trees import has_phrase
from search_app.searching.catalogue import catalogue_of
from search_app.searching.combinations import explain_combination
from search_app.searching.hints import explain_missing
from search_app.searching.rewriting.backfill import FEW, backfill, backfill_by_meaning, without
from search_app.searching.rewriting.correction import correct
from search_app.searching.rewriting.filters_in_the_way import Without, find_without, is_filtered, without_any
from search_app.searching.rewriting.intent import QueryIntent, detect_intent
from search_app.searching.rewriting.literal import respell_quoted
from search_app.searching.rewriting.near_part import Near, find_near
from search_app.searching.rewriting.rewriter import OutOfTime, Rewriter
from search_app.searching.rewriting.strategies import STRATEGIES, Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a request switches: ``also`` adds other wordings and what is near, ``literal`` does without any guess.

    ``strict`` keeps to what holds all that is asked for: other wordings count, nothing near and nothing instead.
    """

    also: bool = True
    literal: bool = False
    strict: bool = False
    ranking: Ranking = RANKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown for a query. ``chosen`` and ``rewritten`` are its states (see the package).

    ``found`` are the passages that hold what was asked for, which the search ``asked`` found; ``near`` is what is
    listed after them. ``relaxed``: less is asked for than was typed, so that all that is shown is near. ``hurried``:
    time was up before everything was tried.
    """

    found: Found
    asked: Search
    chosen: Node | None
    rewritten: Node | None
    near: Near | None = None
    relaxed: bool = False
    hurried: bool = False
    notes: tuple[Note, ...] = ()
    without: tuple[Without, ...] = ()

    @property
    def partial(self) -> bool:
        """Tell whether time was up before everything was looked at or tried."""
        return self.hurried or self.found.partial or (self.near is not None and self.near.found.partial)


def answer(engine: Engine, search: Search, text: str, options: Options) -> Answer:
    """Answer a search whose query is as it was parsed from a text. Raises BadSearch and IndexProblem."""
    if options.literal:
        intent = QueryIntent(query=search.query)
        return _as_asked(Rewriter(engine, intent, text=text, also=options.also, ranking=options.ranking), search)
    make_rewriter = partial(_make_rewriter, engine, options, text, search.deadline)
    rewriter = make_rewriter(search.query)
    asked = replace(search, query=rewriter.intent.query)
    if options.strict:
        return _as_asked(rewriter, asked)
    found = rewriter.search(asked)
    attempt = Attempt(
        make_rewriter=make_rewriter,
        rewriter=rewriter,
        intent=rewriter.intent,
        chosen=rewriter.intent.query,
        total=found.total,
        correction=None if rewriter.is_late() else correct(engine, search.query),
    )
    hurried = False
    try:
        attempt = _settled(replace(attempt, total=_total(rewriter, asked, found)))
        if options.also:
            attempt = _backfilled(attempt, typed=asked.query)
    except OutOfTime:  # what was found so far is shown
        hurried = True
    return _ask(attempt, asked, found, hurried=hurried)


def get_ready(engine: Engine, word: Words) -> None:
    """Load what understanding any question needs, by understanding a word."""
    _make_rewriter(engine, Options(), word.text, None, word).rewrite(word)


def _as_asked(rewriter: Rewriter, search: Search) -> Answer:
    """Answer with what is asked for, whatever it finds; other wordings are left to ``also``."""
    found, rewritten = rewriter.search(search), rewriter.rewrite(search.query).query
    return Answer(
        found=found,
        asked=rewriter.prepare(search),
        chosen=search.query,
        rewritten=rewritten,
        notes=say_time(found, hurried=False),
    )


def _make_rewriter(
    engine: Engine, options: Options, text: str, deadline: Deadline | None, parsed: Node | None
) -> Rewriter:
    """Return the rewriter for a parsed query: bound to what it intends, in the parts that it names if these have it."""

    def count(query: Node) -> int:
        return engine.count(Search(query=query))

    intent = detect_intent(parsed, catalogue_of(engine), count, options.ranking)
    rewriter = Rewriter(engine, intent, text=text, also=options.also, ranking=options.ranking, deadline=deadline)
    kept = intent.in_its_parts()
    if kept is None or rewriter.is_late():
        return rewriter
    there = rewriter.for_intent(kept)
    try:
        return there if there.count(kept.query) else rewriter
    except OutOfTime:
        return rewriter


def _settled(attempt: Attempt) -> Attempt:
    """Return what the first strategy that applies makes of an attempt."""
    return next(settled for strategy in STRATEGIES if (settled := strategy(attempt)))


def _total(rewriter: Rewriter, asked: Search, found: Found) -> int:
    """Return how many passages hold the query whatever the filters, as far as that decides anything."""
    if found.total < FEW and is_filtered(asked):
        return rewriter.count(asked.query)
    return found.total


def _backfilled(attempt: Attempt, *, typed: Node | None) -> Attempt:
    """Return the attempt that finds what is near as well, where there is little else, or less is asked for than typed.

    Of many passages with one of the words, those come first that are near in meaning too, and beside them those that
    are nearer and have none.
    """
    few = 0 < attempt.total < FEW
    if not (few or attempt.relaxed) or attempt.chosen is None or isinstance(attempt.chosen, About):
        return attempt  # nothing is nearer than what is near already
    if has_phrase(typed):  # which wants nothing else, but the name it may be in other spellings
        if attempt.relaxed or (respelt := respell_quoted(attempt.chosen)) == attempt.chosen:
            return attempt
        ways: tuple[Weighted, ...] = (Weighted(node=respelt),)
    elif few:
        ways = backfill(attempt.rewriter, attempt.intent.query, attempt.total)
    else:
        ways = backfill_by_meaning(attempt.rewriter, attempt.intent.query)
    if attempt.relaxed:
        weight = 1.0 if few else attempt.rewriter.ranking.near
        return replace(attempt, near=BestOf(children=(Weighted(node=attempt.chosen, weight=weight), *ways)))
    rewritten = attempt.rewriter.rewrite(attempt.chosen).query
    return replace(attempt, near=without(ways, rewritten) if rewritten is not None else None)


def _ask(attempt: Attempt, intended: Search, found: Found, *, hurried: bool) -> Answer:
    """Ask the engine within the filters, and say all there is to say.

    ``found`` answers the intended search already; ``hurried``: time was up before everything was tried.
    """
    rewriter, asked = attempt.rewriter, intended
    if not attempt.relaxed and attempt.chosen != intended.query:  # corrected
        asked = replace(intended, query=attempt.chosen)
        found = rewriter.search(asked)
    near = _near(attempt, asked, found)
    hurried = hurried or (near is None and attempt.near is not None)
    shown = near.found if near is not None and not found.total else found
    notes, gone = attempt.notes, tuple[Without, ...]()
    if not found.total:
        try:
            notes, gone = _why_nothing(attempt, asked, shown)
        except OutOfTime:
            hurried = True
    rewritten = rewriter.rewrite(attempt.chosen)
    return Answer(
        found=found,
        asked=rewriter.prepare(asked),
        near=near,
        chosen=attempt.chosen,
        rewritten=rewritten.query,
        relaxed=attempt.relaxed,
        hurried=hurried,
        notes=(
            *say_time(shown, hurried=hurried),
            *notes,
            *_of_intent(attempt.intent, asked, shown),
            *_of_practice(rewriter, asked, found),
            *(rewritten.notes if shown.total else ()),
        ),
        without=gone,
    )


def _why_nothing(attempt: Attempt, asked: Search, shown: Found) -> tuple[tuple[Note, ...], tuple[Without, ...]]:
    """Return the notes of an answer that nothing holds, the true reason first, and the filters that are in the way."""
    rewriter, notes, gone = attempt.rewriter, attempt.notes, tuple[Without, ...]()
    if attempt.total and is_filtered(asked) and not shown.total:
        gone = find_without(rewriter, replace(asked, query=attempt.chosen))
        notes = (*notes, _IN_THE_WAY)
    elif attempt.total and is_filtered(asked) and not attempt.relaxed:
        gone = (without_any(asked, attempt.total),)  # known already: no more is counted beside what is near
        notes = (*notes, _NONE_HERE)
    if not shown.total:
        notes = (
            *(note for note in notes if note.kind not in _OF_A_LIST),
            *explain_missing(rewriter.catalogue, None, asked.selection),
        )
    reasons = explain_combination(
        rewriter.catalogue,
        attempt.intent.query,
        asked.selection,
        lambda search: rewriter.count(None, within=search),
    )
    if reasons:
        notes = (*reasons, *(note for note in notes if note.kind is not NoteKind.NO_MATCH))
    return tuple(dict.fromkeys(notes)), gone


def _near(attempt: Attempt, asked: Search, found: Found) -> Near | None:
    """Return what is near; None where none is looked for, or time is up and there is something else to show."""
    query = attempt.near or (attempt.chosen if attempt.relaxed else None)
    if query is None or (found.total and attempt.rewriter.is_late()):
        return None
    rewriter = attempt.rewriter
    if found.total and attempt.intent.sections:  # what stands in the part that is named is found already
        rewriter = rewriter.for_intent(replace(attempt.intent, sections=()))
    near = find_near(rewriter, replace(asked, query=query), before=found.listed)
    return None if found.total and near.found.partial and not found.partial else near


def say_time(found: Found, *, hurried: bool) -> tuple[Note, ...]:
    """Return the note that time was up, with what the answer tells of."""
    if found.partial:
        message = (
            f"时间用完了，只查了 {found.held:,} 段中的 {found.looked_at:,} 段，以下结果和计数都只说这一部分。"
            "请过一会儿再试，或请管理员把 time_budget 调大。"
        )
    elif hurried:
        message = "时间用完了，没有再找别的说法和内容相近的段落。请过一会儿再试。"
    else:
        return ()
    return (Note(kind=NoteKind.PARTIAL, message=message),)


_NONE_HERE = Note(kind=NoteKind.WIDENED, message="选定的范围里没有包含全部词或其同义说法的段落，以下是内容相近的段落。")
#: Said of passages that are listed: of none, where the filters leave none.
_OF_A_LIST = frozenset({NoteKind.RELAXED, NoteKind.ELSEWHERE, NoteKind.NEAR, NoteKind.PHRASE_IN_HEADING})
_IN_THE_WAY = Note(kind=NoteKind.FILTERS, message="在选定的筛选条件下没有找到；去掉下列条件之一即可看到结果。")


def _of_intent(intent: QueryIntent, asked: Search, found: Found) -> tuple[Note, ...]:
    """Return the notes of an intent that hold for an answer: none tells of an order that is not there to be seen."""
    held = {value.value for value in found.facets.get(Facet.SECTION, ()) if value.count and not value.excluded}
    leans = (
        asked.sort is Sort.RELEVANCE and not asked.selection.of(Facet.SECTION) and not held.isdisjoint(intent.leaning)
    )
    return tuple(note for note in intent.notes if leans or note.kind is not NoteKind.LEANING)


def _of_practice(rewriter: Rewriter, asked: Search, found: Found) -> tuple[Note, ...]:
    """Return the note that practice was asked for, and comes first, with how much of what is found is exemplary."""
    if not rewriter.intent.practice or asked.sort is not Sort.RELEVANCE or asked.exemplary or not found.total:
        return ()
    try:
        many = rewriter.count(asked.query, within=replace(asked, exemplary=True))
    except OutOfTime:
        return ()
    message = f"问的是怎么做，写得具体的段落优先；其中典型做法有 {many:,} 段。"
    return (Note(kind=NoteKind.PRACTICE, message=message),) if many else ()
