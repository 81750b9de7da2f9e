"""The report scope: in a mixed index a search keeps to the annual reports, unless a genre or every genre is asked for.

In: an engine, and what is asked. Out: the engine itself, or a view of it to which the annual reports are the whole
index: whoever asks that, use cases and rewriting alike, counts, corrects and relaxes as if nothing else were held. The
surprise: its counts by genre tell of the other genres too, so what is left out is known without another search. An
index of annual reports alone, or of none, has no such view, and costs nothing.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from weakref import ref

from search_app.engines.base import Engine, Preparing, Status, Writer
from search_app.genres import REPORTS, find_genre
from search_app.model import Facet, FacetValue, Found, Passage, Report
from search_app.query import In, Node, Note, NoteKind, Search, Selection
from search_app.query.trees import walk
from search_app.score import Explanation
from search_app.searching.catalogue import catalogue_of
from search_app.searching.per_generation import PerGeneration

#: So many genres are named in a sentence.
_NAMED = 3


class ReportsOnly(Engine):
    """An engine to which the annual reports are the whole index; what asks for a genre is answered as it is."""

    def __init__(self, engine: Engine) -> None:
        self._of = ref(engine)  # it is kept with the engine, and must not keep that alive

    @property
    def _engine(self) -> Engine:
        engine = self._of()
        if engine is None:
            raise ReferenceError("the engine behind the view is gone")
        return engine

    def search(self, search: Search) -> Found:
        asked = keep_to_reports(search)
        found = self._engine.search(asked)
        if asked is search:
            return found
        held = (replace(each, selected=False) for each in found.facets[Facet.GENRE] if each.count)  # nobody ticked it
        return replace(found, facets={**found.facets, Facet.GENRE: tuple(held)})

    def count(self, search: Search) -> int:
        return self._engine.count(keep_to_reports(search))

    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        return self._engine.explain(keep_to_reports(search), passage_ids)

    def reports(self) -> tuple[Report, ...]:
        return tuple(report for report in self._engine.reports() if find_genre(report.kind) == REPORTS)

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        return self._engine.report(report_id)

    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        return self._engine.find_text(digest)

    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        return self._engine.near_duplicates(report_id)

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        return self._engine.frequent_words(limit)

    def numerals(self) -> frozenset[str]:
        return self._engine.numerals()

    def fingerprints(self) -> Mapping[str, str]:
        return self._engine.fingerprints()

    def status(self) -> Status:
        return self._engine.status()

    def hold(self) -> Engine:
        return self  # it is kept with one generation of the engine behind it

    def verify(self) -> tuple[str, ...]:
        return self._engine.verify()

    def writing(self, *, rebuild: bool = False) -> AbstractContextManager[Writer]:
        return self._engine.writing(rebuild=rebuild)

    def preparing(self) -> Preparing:
        return self._engine.preparing()

    def close(self) -> None:
        self._engine.close()


def keep_to_reports(search: Search) -> Search:
    """Return a search within the annual reports; one that asks for a genre stays as it is."""
    if names_genre(search.selection, search.query):
        return search
    return replace(search, selection=search.selection.with_values(Facet.GENRE, (REPORTS,)))


def names_genre(selection: Selection, query: Node | None) -> bool:
    """Tell whether a genre is ticked, excluded or named in a query."""
    return selection.touches(Facet.GENRE) or any(
        isinstance(node, In) and node.facet is Facet.GENRE for node in walk(query)
    )


def _narrow(engine: Engine) -> ReportsOnly | None:
    held = {each.value for each in catalogue_of(engine).values(Facet.GENRE)}
    return ReportsOnly(engine) if REPORTS in held and len(held) > 1 else None


_narrowed = PerGeneration(_narrow)


def is_mixed(engine: Engine) -> bool:
    """Tell whether an index holds annual reports and other genres. Raises IndexProblem."""
    return not isinstance(engine, ReportsOnly) and _narrowed(engine) is not None


def reports_in(engine: Engine) -> Engine:
    """Return the engine to which the annual reports are all: itself where it holds nothing else, or none of them."""
    return engine if isinstance(engine, ReportsOnly) else _narrowed(engine) or engine


def scoped(engine: Engine, selection: Selection, query: Node | None = None, *, all_genres: bool = False) -> Engine:
    """Return the engine that answers what is asked: that of the reports, unless a genre or every genre is asked for."""
    return engine if all_genres or names_genre(selection, query) else reports_in(engine)


def count_elsewhere(found: Found) -> int:
    """Return how many passages of other genres the same search has, which was kept to the reports."""
    return sum(each.count for each in _others(found))


def say_scope(found: Found) -> tuple[Note, ...]:
    """Return the note that a search was kept to the reports, with what it leaves out; none where that is nothing."""
    others = _others(found)
    if not others:
        return ()
    named = "、".join(f"{each.value} {each.count:,} 段" for each in others[:_NAMED])
    more = "等" if len(others) > _NAMED else ""
    message = f"只查了年度报告，另有 {count_elsewhere(found):,} 段在其他文种里（{named}{more}）。"
    return (Note(kind=NoteKind.REPORTS_ONLY, message=message),)


def _others(found: Found) -> list[FacetValue]:
    return [each for each in found.facets[Facet.GENRE] if each.value != REPORTS and each.count]


#: Said where no report holds what was asked for, and other genres do: what is near in the reports is a click away.
IN_OTHER_GENRES = Note(
    kind=NoteKind.OTHER_GENRES,
    message="年度报告里没有找到，以下是其他文种里的段落。",
    selection=Selection(genre=(REPORTS,)),
)
EVERY_GENRE = Note(kind=NoteKind.ALL_GENRES, message="查的是全部文种，不只年度报告。")
