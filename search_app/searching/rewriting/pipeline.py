"""The pipeline: the way of a query from the parsed tree to the engine's answer, top to bottom.

In: a search whose query is as it was parsed. Out: an :class:`Answer`. The query is decided without the filters of the
search, so that narrowing an answer never changes what was meant; the filters come back when the engine is asked.
"""

from dataclasses import dataclass, replace
from functools import partial

from search_app.engines.base import Engine
from search_app.model import Facet, Found, Sort
from search_app.query import RANKING, About, Deadline, Node, Note, NoteKind, Ranking, Search, Selection
from search_app.query.trees import has_phrase
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.hints import explain_missing
from search_app.searching.rewriting.backfill import FEW, backfill
from search_app.searching.rewriting.correction import correct
from search_app.searching.rewriting.intent import QueryIntent, detect_intent
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
class Without:
    """How many passages would match if one filter were taken off.

    ``name`` is a facet whose ticks it is, ``not.`` and a facet whose exclusions, ``exemplary``, ``since`` or ``all``.
    """

    name: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown for a query. ``chosen`` and ``rewritten`` are its states (see the package).

    ``asked`` is the search that the engine answered: its query finds all that is shown, what is near included.
    ``relaxed``: less is asked for than was typed. ``hurried``: time was up before everything was tried.
    """

    found: Found
    asked: Search
    chosen: Node | None
    rewritten: Node | None
    relaxed: bool = False
    hurried: bool = False
    notes: tuple[Note, ...] = ()
    without: tuple[Without, ...] = ()


def answer(engine: Engine, search: Search, options: Options) -> Answer:
    """Answer a search whose query is as it was parsed. Raises BadSearch and IndexProblem."""
    if options.literal:
        intent = QueryIntent(query=search.query)
        return _as_asked(Rewriter(engine, intent, also=options.also, ranking=options.ranking), search)
    make_rewriter = partial(_make_rewriter, engine, options, search.deadline)
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


def _as_asked(rewriter: Rewriter, search: Search) -> Answer:
    """Answer with what is asked for, whatever it finds; other wordings are left to ``also``."""
    found, rewritten = rewriter.search(search), rewriter.rewrite(search.query).query
    return Answer(
        found=found,
        asked=rewriter.prepare(search),
        chosen=search.query,
        rewritten=rewritten,
        notes=_of_time(found, hurried=False),
    )


def _make_rewriter(engine: Engine, options: Options, deadline: Deadline | None, parsed: Node | None) -> Rewriter:
    """Return the rewriter for a parsed query: bound to what it intends."""
    vocabulary = partial(vocabulary_of, engine)
    intent = detect_intent(parsed, catalogue_of(engine), vocabulary, options.ranking)
    return Rewriter(engine, intent, also=options.also, ranking=options.ranking, deadline=deadline)


def _settled(attempt: Attempt) -> Attempt:
    """Return what the first strategy that applies makes of an attempt."""
    return next(settled for strategy in STRATEGIES if (settled := strategy(attempt)))


def _total(rewriter: Rewriter, asked: Search, found: Found) -> int:
    """Return how many passages hold the query whatever the filters, as far as that decides anything."""
    if found.total < FEW and _filtered(asked):
        return rewriter.count(asked.query)
    return found.total


def _backfilled(attempt: Attempt, *, typed: Node | None) -> Attempt:
    """Return the attempt that finds what is near as well, where there is little else."""
    if not 0 < attempt.total < FEW or attempt.chosen is None or has_phrase(typed) or isinstance(attempt.chosen, About):
        return attempt  # an exact phrase wants nothing else; nothing is nearer than what is near already
    backfilled = backfill(attempt.rewriter, attempt.intent.query, attempt.chosen, attempt.total)
    return replace(attempt, backfilled=backfilled)


def _ask(attempt: Attempt, intended: Search, found: Found, *, hurried: bool) -> Answer:
    """Ask the engine within the filters, and say all there is to say.

    ``found`` answers the intended search already; ``hurried``: time was up before everything was tried.
    """
    rewriter, total, without = attempt.rewriter, None, tuple[Without, ...]()
    asked = replace(intended, query=attempt.backfilled or attempt.chosen)
    notes = attempt.notes
    try:
        total = _within_filters(attempt, intended, found)
        found, asked = _asked_again(rewriter, asked, intended, found)
        if not found.total and attempt.total and _filtered(asked):
            without = _without(rewriter, asked)
            notes = (*notes, _IN_THE_WAY)
    except OutOfTime:
        hurried = True
        if total is None:
            found, asked = _asked_again(rewriter, asked, intended, found)
    if total is not None and found.total > total and not found.partial:
        of_what = "这些词" if attempt.relaxed else "全部词或其同义说法"
        notes = (*attempt.notes, Note(kind=NoteKind.WIDENED, message=_WIDENED[bool(total)].format(of_what, total)))
    if not found.total:
        notes = (*notes, *explain_missing(rewriter.catalogue, None, asked.selection))
    rewritten = rewriter.rewrite(attempt.chosen)
    of_intent = _of_intent(attempt.intent, asked, found)
    return Answer(
        found=found,
        asked=rewriter.prepare(asked),
        chosen=attempt.chosen,
        rewritten=rewritten.query,
        relaxed=attempt.relaxed,
        hurried=hurried,
        notes=(
            *_of_time(found, hurried=hurried),
            *notes,
            *of_intent,
            *(rewritten.notes if found.total else ()),
        ),
        without=without,
    )


def _asked_again(rewriter: Rewriter, asked: Search, intended: Search, found: Found) -> tuple[Found, Search]:
    """Return the answer to what was chosen; the one to what was intended where that, in a hurry, tells of more."""
    if asked.query == intended.query:
        return found, intended
    if found.total and rewriter.is_late():
        return found, intended
    again = rewriter.search(asked)
    return (found, intended) if found.total and again.looked_at < found.looked_at else (again, asked)


def _of_time(found: Found, *, hurried: bool) -> tuple[Note, ...]:
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


_WIDENED = {
    True: "包含{}的有 {} 段，其余是内容相近的段落。",
    False: "选定的范围里没有包含{}的段落，以下是内容相近的段落。",
}
_IN_THE_WAY = Note(kind=NoteKind.FILTERS, message="在选定的筛选条件下没有找到；去掉下列条件之一即可看到结果。")


def _within_filters(attempt: Attempt, intended: Search, found: Found) -> int:
    """Return how many passages within the filters hold the chosen query itself."""
    if attempt.chosen == intended.query:
        return found.total
    if _filtered(intended):
        return attempt.rewriter.count(attempt.chosen, within=intended)
    return attempt.total


def _of_intent(intent: QueryIntent, asked: Search, found: Found) -> tuple[Note, ...]:
    """Return the notes of an intent that hold for an answer: none tells of an order that is not there to be seen."""
    held = {value.value for value in found.facets.get(Facet.SECTION, ()) if value.count and not value.excluded}
    leans = (
        asked.sort is Sort.RELEVANCE and not asked.selection.of(Facet.SECTION) and not held.isdisjoint(intent.leaning)
    )
    return tuple(note for note in intent.notes if leans or note.kind is not NoteKind.LEANING)


def _filtered(asked: Search) -> bool:
    return asked.exemplary or asked.since is not None or bool(asked.selection)


def _without(rewriter: Rewriter, asked: Search) -> tuple[Without, ...]:
    """Return the filters that, taken off, would leave something, with how much; empty where none would."""
    ticked = [facet for facet in Facet if asked.selection.of(facet)]
    excluded = [facet for facet in Facet if asked.selection.excluded(facet)]
    milder = {facet.value: replace(asked, selection=asked.selection.with_values(facet, ())) for facet in ticked}
    for facet in excluded:
        milder[f"not.{facet.value}"] = replace(asked, selection=asked.selection.with_excluded(facet, ()))
    if asked.exemplary:
        milder["exemplary"] = replace(asked, exemplary=False)
    if asked.since is not None:
        milder["since"] = replace(asked, since=None)
    if len(milder) > 1:
        milder["all"] = replace(asked, selection=Selection(), exemplary=False, since=None)
    totals = {name: rewriter.count(search.query, within=search) for name, search in milder.items()}
    return tuple(Without(name=name, total=total) for name, total in totals.items() if total)
