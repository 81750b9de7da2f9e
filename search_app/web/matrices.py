"""The use case behind the matrix: what an address asks to be counted, and the counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_app import searching
from search_app.comparing.matrix import ColumnKind, Matrix, RowKind, make_matrix
from search_app.comparing.recent import Recent
from search_app.model import Facet, FacetValue
from search_app.searching import Request
from search_app.searching.per_generation import PerGeneration
from search_app.searching.value_sounds import sounds_of
from search_app.web import urls
from search_app.web.parameters import read_choice, read_scalars, read_switch
from search_app.web.state import site

#: So many matrices are kept, each with its best practices: some ten megabytes in all.
KEPT = 24
#: A matrix is some twenty searches, and may take so many times as long as one may.
PATIENCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAsked:
    """A matrix as an address states it."""

    request: Request
    rows: RowKind
    across: ColumnKind
    leaf: int
    best: bool


def read_matrix(parameters: urls.Parameters) -> MatrixAsked:
    """Return the matrix that an address asks for. Raises BadParameter."""
    known = (*urls.NARROWING, "also", "literal")
    extra = read_scalars(parameters, ("rows", "columns", "leaf", "best"))
    return MatrixAsked(
        request=urls.parse({name: values for name, values in parameters.items() if name in known}).request,
        rows=read_choice(RowKind, "rows", extra) or RowKind.TOPIC,
        across=read_choice(ColumnKind, "columns", extra) or ColumnKind.TOWN,
        leaf=urls.parse_position(extra.get("leaf"), "leaf") or 1,
        best=read_switch("best", extra, default=True),
    )


#: The matrices of a generation that were asked for last: a page, its file and its JSON are one matrix.
_memo_of: PerGeneration[Recent[MatrixAsked, Matrix]] = PerGeneration(lambda _: Recent(KEPT))


def find_matrix(asked: MatrixAsked) -> Matrix:
    """Return the matrix, from what is kept where it was asked for of this generation before."""
    with site().gate:
        memo = _memo_of(site().engine)
        found = memo.find(asked)
        if found is None:
            found = _make(asked)
            if not found.partial and found.results.found.generation == site().engine.status().current.name:
                memo.put(asked, found)
        return found


def _make(asked: MatrixAsked) -> Matrix:
    """Return the matrix: years from the oldest on, places by their sound."""
    facet, engine = Facet(asked.across.value), site().engine
    sounds = sounds_of(engine)
    searching.get_ready(engine)
    deadline = searching.give_time(PATIENCE * site().settings.time_budget)

    def arrange(values: Sequence[FacetValue]) -> Sequence[FacetValue]:
        if facet is Facet.YEAR:
            return sorted(values, key=lambda each: (each.value is None, str(each.value)))
        return sounds.by_name(facet, values)

    return make_matrix(
        engine,
        asked.request,
        rows=asked.rows,
        across=asked.across,
        leaf=asked.leaf,
        best=asked.best,
        arrange=arrange,
        deadline=deadline,
    )
