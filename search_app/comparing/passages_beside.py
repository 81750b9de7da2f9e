"""Passages beside each other: what each shares with one of them, the base, and what only it has.

In: two to four passages with their reports, and which is the base. Out: a column for each, with the runs of its text
that stand in the base (of the base: in any other), its figures, and the topics, reasons and figures of no other. Pure;
:func:`find_columns` asks an engine for the passages first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.labelling.exemplary.amounts import find_figures
from search_app.language.similarity.shared_wording import Overlap, Wording, find_shared, measure_overlap
from search_app.searching.reference_passage import Subject, find_subject

#: So many stand beside each other: more are too narrow to be read.
FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One passage. ``shared`` are the runs of its text that stand in the base, ``overlap`` how much that is.

    Of the base itself: what stands in any of the others. ``figures`` are those it states, ``only_…`` what no other has.
    """

    subject: Subject
    is_base: bool
    overlap: Overlap
    shared: tuple[tuple[int, int], ...]
    figures: tuple[str, ...]
    only_topics: tuple[str, ...]
    only_reasons: tuple[str, ...]
    only_figures: tuple[str, ...]


def find_columns(engine: Engine, passage_ids: Sequence[str], base: str) -> tuple[Column, ...]:
    """Return passages by their ids beside each other. Raises NoSuchPassage, NoSuchReport."""
    return put_beside([find_subject(engine, each) for each in passage_ids], base)


def put_beside(subjects: Sequence[Subject], base: str) -> tuple[Column, ...]:
    """Return passages beside each other, in their order."""
    texts = {each.passage.id: each.passage.text for each in subjects}
    others = Wording(text for name, text in texts.items() if name != base)
    own = Wording((texts[base],))
    topics = _only(subjects, lambda each: each.passage.topics)
    reasons = _only(subjects, lambda each: tuple(_label(reason) for reason in each.passage.exemplary.reasons))
    figures = [tuple(dict.fromkeys(find_figures(each.passage.text))) for each in subjects]
    only_figures = _alone(figures)
    columns = []
    for at, each in enumerate(subjects):
        held_against = others if each.passage.id == base else own
        columns.append(
            Column(
                subject=each,
                is_base=each.passage.id == base,
                overlap=measure_overlap(each.passage.text, held_against),
                shared=find_shared(each.passage.text, held_against),
                figures=figures[at],
                only_topics=topics[at],
                only_reasons=reasons[at],
                only_figures=only_figures[at],
            )
        )
    return tuple(columns)


def _only(subjects: Sequence[Subject], of: Callable[[Subject], tuple[str, ...]]) -> list[tuple[str, ...]]:
    return _alone([of(each) for each in subjects])


def _alone(several: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return of each list what stands in no other."""
    return [
        tuple(dict.fromkeys(item for item in own if not any(item in other for other in several if other is not own)))
        for own in several
    ]


def _label(reason: str) -> str:
    return reason.partition("：")[0]
