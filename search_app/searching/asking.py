"""Asking: from a parsed search to what is shown for it, whatever it takes.

In: a search as it was parsed. Out: an :class:`Answer`. Where it finds nothing: the filters in the way, else what was
probably meant, else most of the words, else what is not held here. Where it finds little: that, and after it what is
near. Each of these is said in a note, and ``literal`` does without all of them.
"""

from dataclasses import dataclass, replace
from functools import partial

from search_app.engines.base import Engine
from search_app.model import Facet, Found
from search_app.query import (
    RANKING,
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
    describe,
    to_text,
)
from search_app.searching.catalogues import catalogue_of, vocabulary_of
from search_app.searching.correcting import Corrected, corrected
from search_app.searching.relaxing import relax
from search_app.searching.understanding import Asker
from search_app.searching.widening import FEW, widened
from search_app.searching.wishing import Wish, wished


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
class _Shown:
    """What is shown so far, and why; ``further`` finds what is near as well, where that was added."""

    found: Found
    applied: Node | None
    further: Node | None = None
    notes: tuple[Note, ...] = ()
    without: tuple[Without, ...] = ()


class Asking:
    """Answers searches over one engine as one request wishes."""

    def __init__(self, engine: Engine, *, also: bool = True, literal: bool = False, ranking: Ranking = RANKING) -> None:
        self._engine = engine
        self._also, self._literal, self._ranking = also, literal, ranking

    def answer(self, asked: Search) -> Answer:
        """Answer a search whose query is as it was parsed."""
        if self._literal:
            asker = self._asker(Wish(query=asked.query))
            found = asker.search(asked)
            tree = asker.understood(asked.query).query
            return Answer(found=found, applied=asked.query, meant=tree, searched=tree)
        wish = self._wished(asked.query)
        asker, asked = self._asker(wish), replace(asked, query=wish.query)
        found = asker.search(asked)
        shown = _Shown(found=found, applied=asked.query)
        meant = corrected(self._engine, asked.query)
        if found.total:
            offered = self._offer(meant, asked)
            return self._finished(asker, wish, asked, replace(shown, notes=offered))
        blocked = _in_the_way(asker, asked, found)
        if blocked is None and meant is not None and (better := self._instead(meant, asked)):
            return better
        return self._finished(
            asker, wish, asked, blocked or self._elsewhere(wish, asked) or _milder(asker, asked, found)
        )

    def _wished(self, query: Node | None) -> Wish:
        return wished(query, catalogue_of(self._engine), partial(vocabulary_of, self._engine), self._ranking)

    def _asker(self, wish: Wish) -> Asker:
        return Asker(self._engine, wish, also=self._also, ranking=self._ranking)

    def _offer(self, meant: Corrected | None, asked: Search) -> tuple[Note, ...]:
        """Return a note with what was probably meant, if it finds anything."""
        if meant is None:
            return ()
        wish = self._wished(meant.query)
        if not self._asker(wish).search(replace(asked, query=wish.query, page=1, size=1)).total:
            return ()
        return (Note(kind="did_you_mean", message=f"您是不是要找：{meant.text}", query=to_text(meant.query)),)

    def _instead(self, meant: Corrected, asked: Search) -> Answer | None:
        """Return the answer to what was probably meant, which says so; None if that finds nothing either."""
        wish = self._wished(meant.query)
        asker, instead = self._asker(wish), replace(asked, query=wish.query)
        found = asker.search(instead)
        if not found.total:
            return None
        note = Note(
            kind="corrected", message=f"没有找到“{meant.typed}”，已改搜“{meant.text}”。", query=to_text(meant.query)
        )
        return self._finished(asker, wish, instead, _Shown(found=found, applied=wish.query, notes=(note,)))

    def _elsewhere(self, wish: Wish, asked: Search) -> _Shown | None:
        """Return what stands in other places or years, where the one that was typed has nothing."""
        anywhere = wish.anywhere()
        if anywhere is None:
            return None
        found = self._asker(anywhere).search(replace(asked, query=anywhere.query))
        if not found.total:
            return None
        said = "、".join(f"“{describe(node)}”" for node in wish.placed)
        note = Note(kind="elsewhere", message=f"{said}没有这方面的段落，以下是其他地方或年度的。")
        return _Shown(found=found, applied=anywhere.query, notes=(note,))

    @staticmethod
    def _finished(asker: Asker, wish: Wish, asked: Search, shown: _Shown) -> Answer:
        """Return what is shown, followed by what is near where it is little, with all there is to say."""
        shown = _followed(asker, asked, shown)
        understood = asker.understood(shown.applied)
        return Answer(
            found=shown.found,
            applied=shown.applied,
            meant=understood.query,
            searched=asker.understood(shown.further).query if shown.further else understood.query,
            relaxed=shown.applied != wish.query,
            notes=(*shown.notes, *wish.notes, *(understood.notes if shown.found.total else ())),
            without=shown.without,
        )


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


def _followed(asker: Asker, asked: Search, shown: _Shown) -> _Shown:
    """Return what is shown and, where that is little, what is near to it."""
    total = shown.found.total
    if not 0 < total < FEW or asked.query is None or shown.applied is None or has_phrase(asked.query):
        return shown
    query = widened(asker, asked, shown.applied, total)
    more = asker.search(replace(asked, query=query)) if query is not None else shown.found
    if more.total <= total:
        return shown
    note = Note(kind="widened", message=f"包含全部词的有 {total} 段，排在最前；后面是内容相近的段落。")
    relaxed = shown.applied != asked.query
    return replace(shown, found=more, further=query, notes=shown.notes if relaxed else (*shown.notes, note))


def _in_the_way(asker: Asker, asked: Search, found: Found) -> _Shown | None:
    """Return an answer that there are no reports, or which filters hide what there is; None if there is nothing."""
    if not asker.held.reports:
        message = "索引里还没有报告。请把报告放进资料文件夹，再运行：search-app index"
        return _Shown(found=found, applied=asked.query, notes=(Note(kind="empty", message=message),))
    if without := _without(asker, asked):
        note = Note(kind="filters", message="在选定的筛选条件下没有找到；去掉下列条件之一即可看到结果。")
        notes = (note, *asker.held.explain(None, asked.selection))
        return _Shown(found=found, applied=asked.query, notes=notes, without=without)
    return None


def _milder(asker: Asker, asked: Search, found: Found) -> _Shown:
    """Return the answer to a milder question, else what is not held here."""
    milder = relax(asker, asked)
    if milder is not None and milder.found.total:
        return _Shown(found=milder.found, applied=milder.query, notes=milder.notes)
    advice = milder.notes if milder is not None else ()
    notes = (*advice, *asker.held.explain(asked.query, asked.selection))
    nothing = Note(kind="no_match", message="没有找到。请看看有没有写错字，或换一个说法、少写几个词。")
    return _Shown(found=found, applied=asked.query, notes=notes or (nothing,))


def _without(asker: Asker, asked: Search) -> tuple[Without, ...]:
    """Return the filters that, taken off, would leave something, with how much; empty where none would."""
    ticked = [facet for facet in Facet if asked.selection.of(facet)]
    milder = {facet.value: replace(asked, selection=replace(asked.selection, **{facet.value: ()})) for facet in ticked}
    if asked.exemplary:
        milder["exemplary"] = replace(asked, exemplary=False)
    if len(milder) > 1:
        milder["all"] = replace(asked, selection=Selection(), exemplary=False)
    totals = {name: asker.search(replace(search, page=1, size=1)).total for name, search in milder.items()}
    return tuple(Without(name=name, total=total) for name, total in totals.items() if total)
