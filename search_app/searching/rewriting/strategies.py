"""Rewriting strategies: from a parsed search to what is shown for it, whatever it takes.

In: a search as it was parsed. Out: an :class:`Answer`. Where it finds nothing: the filters in the way, else what was
probably meant, else most of the words, else what is not held here. Where it finds little: that, and after it what is
near. Each of these is said in a note, and ``literal`` does without all of them.
"""

from dataclasses import dataclass, replace
from functools import partial

from search_app.engines.base import Engine
from search_app.model import Collapse, Facet, Found, Sort
from search_app.query import (
    RANKING,
    About,
    AllOf,
    AnyOf,
    BestOf,
    Node,
    Note,
    Phrase,
    Raised,
    Ranking,
    Search,
    Selection,
    SomeOf,
    Words,
    describe,
    to_text,
)
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.rewriting.correction import Corrected, corrected
from search_app.searching.rewriting.expansion import FEW, nearest, widened
from search_app.searching.rewriting.intent import Wish, wished
from search_app.searching.rewriting.relaxation import relax
from search_app.searching.rewriting.rewriter import Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """How many passages would match if one filter were taken off; ``name`` is a facet, ``exemplary`` or ``all``."""

    name: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown for a question: ``applied`` is the tree searched for, ``meant`` how it was understood.

    ``searched`` is what finds all that is shown, what is near included.
    """

    found: Found
    applied: Node | None
    meant: Node | None
    searched: Node | None
    relaxed: bool = False
    notes: tuple[Note, ...] = ()
    without: tuple[Without, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is searched for a question, decided without its filters, so that narrowing an answer never changes it.

    ``total`` passages hold ``applied``; ``further`` finds these first and then what is near, where they are few.
    """

    asker: Asker
    wish: Wish
    applied: Node | None
    total: int
    further: Node | None = None
    notes: tuple[Note, ...] = ()

    @property
    def query(self) -> Node | None:
        """Return the tree that is searched for."""
        return self.further or self.applied

    @property
    def relaxed(self) -> bool:
        """Tell whether less is asked for than was typed."""
        return self.applied != self.wish.query


class Asking:
    """Answers searches over one engine as one request wishes."""

    def __init__(self, engine: Engine, *, also: bool = True, literal: bool = False, ranking: Ranking = RANKING) -> None:
        self._engine = engine
        self._also, self._literal, self._ranking = also, literal, ranking

    def answer(self, asked: Search) -> Answer:
        """Answer a search whose query is as it was parsed."""
        if self._literal:
            asker = self._asker(Wish(query=asked.query))
            tree = asker.understood(asked.query).query
            return Answer(found=asker.search(asked), applied=asked.query, meant=tree, searched=tree)
        wish = self._wished(asked.query)
        asker, typed = self._asker(wish), asked.query
        asked = replace(asked, query=wish.query)
        found = asker.search(asked)
        everywhere = Search(query=wish.query, collapse=Collapse.SIMILAR)
        total = found.total
        if total < FEW and _filtered(asked):
            total = asker.count(everywhere)
        plan = _Plan(asker=asker, wish=wish, applied=wish.query, total=total)
        meant = corrected(self._engine, typed)
        plan = replace(plan, notes=self._offer(meant, everywhere)) if total else self._instead(plan, meant, everywhere)
        if self._also:
            plan = _followed(plan, everywhere)
        return _carried_out(plan, asked, found)

    def _wished(self, query: Node | None) -> Wish:
        return wished(query, catalogue_of(self._engine), partial(vocabulary_of, self._engine), self._ranking)

    def _asker(self, wish: Wish) -> Asker:
        return Asker(self._engine, wish, also=self._also, ranking=self._ranking)

    def _tried(self, wish: Wish, everywhere: Search) -> _Plan | None:
        """Return the plan that searches for another wish; None if that finds nothing."""
        asker = self._asker(wish)
        total = asker.count(replace(everywhere, query=wish.query))
        return _Plan(asker=asker, wish=wish, applied=wish.query, total=total) if total else None

    def _offer(self, meant: Corrected | None, everywhere: Search) -> tuple[Note, ...]:
        """Return a note with what was probably meant, if it finds anything."""
        if meant is None or not self._tried(self._wished(meant.query), everywhere):
            return ()
        return (Note(kind="did_you_mean", message=f"您是不是要找：{meant.text}", query=to_text(meant.query)),)

    def _instead(self, plan: _Plan, meant: Corrected | None, everywhere: Search) -> _Plan:
        """Return what to search for where the question finds nothing at all."""
        held = plan.asker.held
        if not held.reports:
            message = "索引里还没有报告。请把报告放进资料文件夹，再运行：search-app index"
            return replace(plan, notes=(Note(kind="empty", message=message),))
        if meant is not None and meant.sure and (better := self._tried(self._wished(meant.query), everywhere)):
            return replace(better, notes=(_instead_of(meant),))
        offered = self._offer(meant, everywhere)
        anywhere = plan.wish.anywhere()
        if anywhere is not None and (elsewhere := self._tried(anywhere, everywhere)):
            said = "、".join(f"“{describe(node)}”" for node in plan.wish.placed)
            message = f"{said}没有这方面的段落，以下是其他地方或年度的。"
            return replace(elsewhere, wish=plan.wish, notes=(*offered, Note(kind="elsewhere", message=message)))
        if meant is not None and meant.sure and (mended := self._mended(plan, meant, everywhere)):
            return mended
        milder = relax(plan.asker, everywhere)
        if milder is not None and milder.total:
            notes = (*offered, *milder.notes)
            return replace(plan, applied=milder.query, total=milder.total, notes=notes)
        if not offered and self._also and (near := _near(plan, everywhere)):
            return near
        advice = milder.notes if milder is not None else ()
        notes = (*offered, *advice, *held.explain(everywhere.query, Selection()), *held.strangers(everywhere.query))
        return replace(plan, notes=notes or (_NOTHING,))

    def _mended(self, plan: _Plan, meant: Corrected, everywhere: Search) -> _Plan | None:
        """Return what to search for where what was probably meant finds nothing as a whole either; None if nothing."""
        wish = self._wished(meant.query)
        mended = replace(plan, asker=self._asker(wish), wish=wish, applied=wish.query)
        mended = self._instead(mended, None, replace(everywhere, query=wish.query))
        return replace(mended, notes=(_instead_of(meant), *mended.notes)) if mended.total else None


def _instead_of(meant: Corrected) -> Note:
    message = f"没有找到“{meant.typed}”，已改搜“{meant.text}”。"
    return Note(kind="corrected", message=message, query=to_text(meant.query))


def _near(plan: _Plan, everywhere: Search) -> _Plan | None:
    """Return the plan that finds what is near in meaning to plain words that nothing holds; None if nothing is."""
    parts = everywhere.query.children if isinstance(everywhere.query, AllOf) else (everywhere.query,)
    if not all(isinstance(part, Words) for part in parts):
        return None
    node = nearest(plan.asker, everywhere, (), 1, least=_NEAR)
    total = plan.asker.count(replace(everywhere, query=node)) if node is not None else 0
    return replace(plan, applied=node, total=total, notes=(_NEAR_ONLY,)) if total else None


def _followed(plan: _Plan, everywhere: Search) -> _Plan:
    """Return the plan that finds what is near as well, where there is little else."""
    if not 0 < plan.total < FEW or plan.applied is None or has_phrase(everywhere.query):
        return plan
    if isinstance(plan.applied, About):
        return plan  # nothing is nearer
    asked = replace(everywhere, query=plan.wish.query)
    return replace(plan, further=widened(plan.asker, asked, plan.applied, plan.total))


def _carried_out(plan: _Plan, asked: Search, found: Found) -> Answer:
    """Return the answer: what the plan finds within the filters, with all there is to say."""
    full = found.total if plan.applied == asked.query else plan.total
    if plan.applied != asked.query and _filtered(asked):
        full = plan.asker.count(replace(asked, query=plan.applied))
    if plan.query != asked.query:
        found = plan.asker.search(replace(asked, query=plan.query))
    notes, without = plan.notes, tuple[Without, ...]()
    if found.total > full:
        of_what = "这些词" if plan.relaxed else "全部词或其同义说法"
        notes = (*notes, Note(kind="widened", message=_WIDENED[bool(full)].format(of_what, full)))
    if not found.total and plan.total and _filtered(asked):
        without = _without(plan.asker, replace(asked, query=plan.query))
        message = "在选定的筛选条件下没有找到；去掉下列条件之一即可看到结果。"
        notes = (*notes, Note(kind="filters", message=message), *plan.asker.held.explain(None, asked.selection))
    elif not found.total:
        notes = (*notes, *plan.asker.held.explain(None, asked.selection))
    understood = plan.asker.understood(plan.applied)
    return Answer(
        found=found,
        applied=plan.applied,
        meant=understood.query,
        searched=plan.asker.understood(plan.further).query if plan.further else understood.query,
        relaxed=plan.relaxed,
        notes=(*notes, *_of_wish(plan.wish, asked, found), *(understood.notes if found.total else ())),
        without=without,
    )


#: Where no word is found, only what is as near in meaning as this is shown instead.
_NEAR = 0.5
_NEAR_ONLY = Note(kind="near", message="没有找到这些字，以下是意思相近的段落。")
_NOTHING = Note(kind="no_match", message="没有找到。请看看有没有写错字，或换一个说法、少写几个词。")
_WIDENED = {
    True: "包含{}的有 {} 段，其余是内容相近的段落。",
    False: "选定的范围里没有包含{}的段落，以下是内容相近的段落。",
}


def _of_wish(wish: Wish, asked: Search, found: Found) -> tuple[Note, ...]:
    """Return the notes of a wish that hold for an answer: none tells of an order that is not there to be seen."""
    held = {value.value for value in found.facets.get(Facet.SECTION, ()) if value.count}
    leans = asked.sort is Sort.RELEVANCE and not asked.selection.section and not held.isdisjoint(wish.leaning)
    return tuple(note for note in wish.notes if leans or note.kind != "leaning")


def _filtered(asked: Search) -> bool:
    return asked.exemplary or any(asked.selection.of(facet) for facet in Facet)


def has_phrase(query: Node | None) -> bool:
    """Tell whether a tree asks for exact characters."""
    match query:
        case Phrase():
            return True
        case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
            return any(has_phrase(child) for child in children)
        case BestOf(children=ways):
            return any(has_phrase(way.node) for way in ways)
        case Raised(child=child):
            return has_phrase(child)
        case _:
            return False


def _without(asker: Asker, asked: Search) -> tuple[Without, ...]:
    """Return the filters that, taken off, would leave something, with how much; empty where none would."""
    ticked = [facet for facet in Facet if asked.selection.of(facet)]
    milder = {facet.value: replace(asked, selection=replace(asked.selection, **{facet.value: ()})) for facet in ticked}
    if asked.exemplary:
        milder["exemplary"] = replace(asked, exemplary=False)
    if len(milder) > 1:
        milder["all"] = replace(asked, selection=Selection(), exemplary=False)
    totals = {name: asker.count(search) for name, search in milder.items()}
    return tuple(Without(name=name, total=total) for name, total in totals.items() if total)
