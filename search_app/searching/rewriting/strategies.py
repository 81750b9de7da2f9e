"""Rewriting strategies: which query to search for, tried in order; the first that applies wins.

In: an :class:`Attempt` with the intended query. Out: the attempt with the chosen query and the notes that say so, or
None where the strategy does not apply. A new strategy is one function and one line in :data:`STRATEGIES`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from search_app.language import cut_terms, is_known
from search_app.language.question.nearest_forms import find_nearest_wordings
from search_app.model import Facet
from search_app.query import In, Node, Note, NoteKind, Selection, Words, describe, to_text
from search_app.query.trees import all_of, any_of, parts
from search_app.searching.hints import explain_missing, explain_strangers
from search_app.searching.rewriting.backfill import find_nearest
from search_app.searching.rewriting.correction import Correction
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.relaxation import Relaxed, relax
from search_app.searching.rewriting.rewriter import Rewriter

#: Where no word is found, only what is as near in meaning as this (a cosine) is shown instead.
_NEAR = 0.5
#: ... and where nothing is, so many passages, the nearest.
_FEW_NEAREST = 5
_NOTHING = Note(kind=NoteKind.NO_MATCH, message="没有找到。请看看有没有写错字，或换一个说法、少写几个词。")
_EMPTY = Note(kind=NoteKind.EMPTY, message="索引里还没有报告。请把报告放进资料文件夹，再运行：search-app index")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A query on its way through the pipeline; which filters are set does not change what it means.

    ``intent`` is what was typed (or, once corrected, meant), ``chosen`` the query to search for, which ``total``
    passages hold (of the index, or within filters that leave enough); ``near`` finds what is shown after these, or
    where nothing holds what was typed, instead. ``make_rewriter`` makes the rewriter for another parsed query.
    ``correction`` is what was probably meant, None where nothing looks like a slip.
    """

    make_rewriter: Callable[[Node | None], Rewriter]
    rewriter: Rewriter
    intent: QueryIntent
    chosen: Node | None
    total: int
    correction: Correction | None = None
    near: Node | None = None
    notes: tuple[Note, ...] = ()

    @property
    def relaxed(self) -> bool:
        """Tell whether less is asked for than was typed."""
        return self.chosen != self.intent.query

    @cached_property
    def offer(self) -> tuple[Note, ...]:
        """Return a note with what was probably meant, if it finds anything."""
        correction = self.correction
        if correction is None or self.as_corrected is None:
            return ()
        query = to_text(correction.query)
        return (Note(kind=NoteKind.DID_YOU_MEAN, message=f"您是不是要找：{correction.text}", query=query),)

    @cached_property
    def as_corrected(self) -> "Attempt | None":
        """Return the attempt at what was probably meant; None where nothing looks like a slip, or it finds nothing."""
        return self.retry(self.make_rewriter(self.correction.query)) if self.correction is not None else None

    @cached_property
    def milder(self) -> Relaxed | None:
        """Return the relaxed query, or what advice there is; None where there is nothing to relax."""
        return relax(self.rewriter, self.intent.query)

    def retry(self, rewriter: Rewriter) -> "Attempt | None":
        """Return the attempt at what another rewriter intends; None where that finds nothing."""
        query = rewriter.intent.query
        total = rewriter.count(query)
        if not total:
            return None
        return replace(self, rewriter=rewriter, intent=rewriter.intent, chosen=query, total=total)


Strategy: TypeAlias = Callable[[Attempt], Attempt | None]


def as_typed(attempt: Attempt) -> Attempt | None:
    """Apply where the intended query finds anything: it is searched for, and a likely correction is offered."""
    return replace(attempt, notes=attempt.offer) if attempt.total else None


def in_an_empty_index(attempt: Attempt) -> Attempt | None:
    """Apply where there is no report at all: nothing can be found, and the way to fill the index is told."""
    return None if attempt.rewriter.catalogue.reports else replace(attempt, notes=(_EMPTY,))


def corrected(attempt: Attempt) -> Attempt | None:
    """Apply where the typed words are surely a slip and the corrected query finds as a whole no less than they do."""
    correction, better = attempt.correction, attempt.as_corrected
    if correction is None or not correction.sure or (attempt.total and not correction.alike):
        return None
    if better is None or better.total < attempt.total:  # what is held nowhere as typed may be found by a part of it
        return None
    return replace(better, notes=(_corrected(correction),))


def on_the_topic_there(attempt: Attempt) -> Attempt | None:
    """Apply where a place or year was named whose passages on the topic say it in other words."""
    placed, topics = attempt.intent.placed, attempt.intent.topics
    if not placed or not topics or not attempt.rewriter.also:
        return None
    query = all_of((*placed, any_of([In(facet=Facet.TOPIC, value=topic) for topic in topics])))
    total = attempt.rewriter.count(query)
    if not total:
        return None
    said = "、".join(f"“{describe(node)}”" for node in placed)
    message = f"{said}没有用这些字的段落，以下是那里讲{'、'.join(topics)}的。"
    notes = (*attempt.offer, Note(kind=NoteKind.RELAXED, message=message))
    return replace(attempt, chosen=query, total=total, notes=notes)


def elsewhere(attempt: Attempt) -> Attempt | None:
    """Apply where a place or year was named, and only other places or years hold the rest of the query."""
    anywhere = attempt.intent.anywhere()
    found = attempt.retry(attempt.rewriter.for_intent(anywhere)) if anywhere is not None else None
    if found is None:
        return None
    said = "、".join(f"“{describe(node)}”" for node in attempt.intent.placed)
    message = f"{said}没有这方面的段落，以下是其他地方或年度的。"
    notes = (*attempt.offer, Note(kind=NoteKind.ELSEWHERE, message=message))
    return replace(found, intent=attempt.intent, notes=notes)


def corrected_in_part(attempt: Attempt) -> Attempt | None:
    """Apply where the corrected query finds nothing as a whole either, but the strategies below find some of it."""
    correction = attempt.correction
    return _in_part(attempt, correction) if correction is not None and correction.sure else None


def corrected_unsurely(attempt: Attempt) -> Attempt | None:
    """Apply where nothing that was typed is held: a correction that is only likely is better than an empty page."""
    correction = attempt.correction
    if correction is None or correction.typed.isascii():  # a few letters may be the initials of anything
        return None
    better = attempt.as_corrected
    return _in_part(attempt, correction) if better is None else replace(better, notes=(_corrected(correction),))


def _in_part(attempt: Attempt, correction: Correction) -> Attempt | None:
    """Return what the strategies find of the corrected query."""
    rewriter = attempt.make_rewriter(correction.query)
    better = replace(attempt, rewriter=rewriter, intent=rewriter.intent, chosen=rewriter.intent.query, correction=None)
    for strategy in (on_the_topic_there, elsewhere, relaxed, near_in_meaning):
        if found := strategy(better):
            return replace(found, notes=(_corrected(correction), *found.notes))
    return None


def relaxed(attempt: Attempt) -> Attempt | None:
    """Apply where some of the words are held, or a phrase stands in headings: most of them are asked for."""
    milder = attempt.milder
    if milder is None or not milder.total:
        return None
    return replace(attempt, chosen=milder.query, total=milder.total, notes=(*attempt.offer, *milder.notes))


def near_in_meaning(attempt: Attempt) -> Attempt | None:
    """Apply where plain words are held nowhere and no correction is offered: what is near in meaning is shown."""
    return _nearest(attempt, 1, least=_NEAR, told="没有{}的原词，以下是意思相近的段落。")


def faintly_near(attempt: Attempt) -> Attempt | None:
    """Apply where not even that is near, and no place is missing: the few that are nearest are better than none."""
    if explain_strangers(attempt.rewriter.catalogue, attempt.intent.query):
        return None
    told = "没有{}的原词，以下几段意思离得最近，不一定相关。"
    return _nearest(attempt, _FEW_NEAREST, least=0.0, told=told)


def _nearest(attempt: Attempt, enough: int, *, least: float, told: str) -> Attempt | None:
    """Return the attempt at what is nearest to plain words of which the meaning is known."""
    rewriter, intended = attempt.rewriter, attempt.intent.query
    plain = [part.text for part in parts(intended) if isinstance(part, Words)]
    if (
        not rewriter.also
        or len(plain) < len(parts(intended))
        or attempt.offer
        or not is_known(cut_terms(" ".join(plain)))
    ):
        return None
    nearest = find_nearest(rewriter, (), enough, least=least)
    total = rewriter.count(nearest) if nearest is not None else 0
    note = Note(kind=NoteKind.NEAR, message=told.format("、".join(f"“{text}”" for text in plain)))
    return replace(attempt, chosen=nearest, total=total, notes=(note,)) if total else None


def by_the_nearest_saying(attempt: Attempt) -> Attempt | None:
    """Apply where nothing of plain words is known at all: what the most similar spoken form is about is shown."""
    rewriter, intended = attempt.rewriter, attempt.intent.query
    plain = [part.text for part in parts(intended) if isinstance(part, Words)]
    if not rewriter.also or len(plain) < len(parts(intended)) or attempt.offer:
        return None
    ways = [Words(text=each.text, whole=True) for each in find_nearest_wordings("".join(plain))]
    held = [way for way in ways if rewriter.count(way)]
    if not held:
        return None
    query = any_of(held)
    said, read = ("、".join(f"“{text}”" for text in texts) for texts in (plain, [way.text for way in held]))
    note = Note(kind=NoteKind.NEAR, message=f"没有{said}的原词，也没有把握是哪种说法，以下是写到{read}的段落。")
    return replace(attempt, chosen=query, total=rewriter.count(query), notes=(note,))


def nothing(attempt: Attempt) -> Attempt:
    """Apply where all else fails: say what could be tried, and which part of the query names what is not held."""
    catalogue, intended = attempt.rewriter.catalogue, attempt.intent.query
    advice = attempt.milder.notes if attempt.milder is not None else ()
    missing = (*explain_missing(catalogue, intended, Selection()), *explain_strangers(catalogue, intended))
    return replace(attempt, notes=(*attempt.offer, *advice, *missing) or (_NOTHING,))


STRATEGIES: tuple[Strategy, ...] = (
    corrected,
    as_typed,
    in_an_empty_index,
    on_the_topic_there,
    elsewhere,
    corrected_in_part,
    relaxed,
    by_the_nearest_saying,
    near_in_meaning,
    corrected_unsurely,
    faintly_near,
    nothing,
)


def _corrected(correction: Correction) -> Note:
    message = f"没有找到“{correction.typed}”，已改搜“{correction.text}”。"
    return Note(kind=NoteKind.CORRECTED, message=message, query=to_text(correction.query))
