"""Tallies: in how many passages, and in how many reports, each value of a facet stands, among some rows.

Rows are always ascending, so the rows of a report are neighbours: what belongs to reports is counted once per report,
and what belongs to passages once per kind. O(rows + values) where rows are many, O(rows) where they are few.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Columns, Ints, find_runs, rank_values
from search_app.facets import FACETS
from search_app.model import Facet, FacetValue, Value

#: The facets whose values belong to reports; those of the others belong to passages.
OF_REPORTS = frozenset(facet for facet, kind in FACETS.items() if kind.of_report)
_NONE: Ints = np.zeros(0, dtype=np.int64)
_ONE: Ints = np.ones(1, dtype=np.int64)
#: The values of fewer rows than this are added up one by one.
_FEW = 64


class Tally(NamedTuple):
    """Which of some values stand in rows (V values, S of them), in how many passages, in how many reports."""

    values: Sequence[Value]  # V
    rank: Ints  # V: place in the order of values, for those that stand in equally many passages
    numbers: Ints  # S
    passages: Ints  # S
    reports: Ints  # S

    def or_of(self, other: "Tally", excluded: Collection[Value], ticked: Collection[Value]) -> "Tally":
        """Return the tally with the counts of another for the excluded values; ticked ones of the other are kept."""
        own, kept = np.array([[value in some for value in self.values] for some in (excluded, ticked)], dtype=np.bool_)
        passages, reports = np.where(own, other.dense, self.dense)
        shown = np.flatnonzero((passages > 0) | (kept & (other.dense[0] > 0)))
        return Tally(self.values, self.rank, shown, passages[shown], reports[shown])

    @property
    def dense(self) -> Ints:
        """Return passages and reports of every value, 2 x V."""
        made = np.zeros((2, len(self.values)), dtype=np.int64)
        made[:, self.numbers] = self.passages, self.reports
        return made

    def and_none_of(self, facet: Facet, further: Sequence[Value]) -> "Tally":
        """Return the tally with values that stand in no row."""
        values = (*self.values, *further)
        none = np.zeros(len(further), dtype=np.int64)
        return Tally(
            values,
            rank_values(facet, values),
            np.append(self.numbers, np.arange(len(self.values), len(values))),
            np.append(self.passages, none),
            np.append(self.reports, none),
        )


class FacetValues(Sequence[FacetValue]):
    """The values of a facet in order (years newest first, others by count), each made when it is asked for.

    A country has thousands of towns, of which a page shows ten.
    """

    def __init__(
        self, facet: Facet, tally: Tally, ticked: Collection[Value] = (), excluded: Collection[Value] = ()
    ) -> None:
        if len(tally.numbers) > 1:
            rank = tally.rank[tally.numbers]
            # one number to sort by: passages, then rank, which is below the number of values
            key = rank if FACETS[facet].chronological else rank - tally.passages * len(tally.values)
            self._order = key.argsort()
        else:
            self._order = np.arange(len(tally.numbers))
        self._tally, self._ticked, self._excluded = tally, ticked, excluded

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> FacetValue: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, at: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        if isinstance(at, slice):
            return tuple(self._made(self._order[at]))
        return next(self._made(self._order[[at]]))

    def __iter__(self) -> Iterator[FacetValue]:
        return self._made(self._order)

    def _made(self, places: Ints) -> Iterator[FacetValue]:
        tally, ticked, excluded = self._tally, self._ticked, self._excluded
        columns = (column[places].tolist() for column in (tally.numbers, tally.passages, tally.reports))
        for number, passages, reports in zip(*columns, strict=True):
            value = tally.values[number]
            yield FacetValue(
                value=value, count=passages, reports=reports, selected=value in ticked, excluded=value in excluded
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list, compared by what it holds


class Counts:
    """Counts passages and distinct reports of ascending rows."""

    def __init__(self, columns: Columns, rows: Ints) -> None:
        self._columns, self.rows = columns, rows
        runs = columns.runs if len(rows) == columns.size else find_runs(columns.report[rows])
        #: The reports that the rows belong to, each once, and how many rows each has.
        self.reports, self.sizes, self._starts = runs

    def of(self, facet: Facet, kept: NDArray[np.bool_] | None = None) -> Tally:
        """Return the values of a facet that stand in the rows; of a facet of reports, in those that are kept."""
        if facet in OF_REPORTS:
            return self._of_reports(facet, kept)
        values, rank = self._columns.passage_values[facet]
        if not len(self.rows):
            return Tally(values, rank, _NONE, _NONE, _NONE)
        start = len(self._columns.section_names) if facet == Facet.TOPIC else 0
        passages, reports = (counts[start : start + len(values)] for counts in self._of_kinds)
        held = np.flatnonzero(passages)
        return Tally(values, rank, held, passages[held], reports[held])

    def _of_reports(self, facet: Facet, kept: NDArray[np.bool_] | None) -> Tally:
        values, rank, number = self._columns.report_values[facet]
        mine, sizes = self.reports, self.sizes
        if kept is not None:
            mine, sizes = mine[kept[mine]], sizes[kept[mine]]
        if not len(mine):
            return Tally(values, rank, _NONE, _NONE, _NONE)
        own = number[mine]
        if len(mine) == 1:
            return Tally(values, rank, own, sizes, _ONE)
        if len(mine) < _FEW:
            return Tally(values, rank, *_add_up(own.tolist(), sizes.tolist()))
        reports = np.bincount(own, minlength=len(values))
        passages = np.bincount(own, weights=sizes, minlength=len(values)).astype(np.int64)
        held = np.flatnonzero(reports)
        return Tally(values, rank, held, passages[held], reports[held])

    @cached_property
    def _of_kinds(self) -> tuple[Ints, Ints]:
        """Return for each section, each topic and none how many passages have it, and how many reports."""
        kind, held = self._columns.kind[self.rows], self._columns.held
        if len(kind) < _FEW:
            own = held[kind]
            return own.sum(axis=0), np.logical_or.reduceat(own, self._starts).sum(axis=0)
        often = np.bincount(kind, minlength=len(held)).astype(np.float64)
        passages = (often @ held).astype(np.int64)
        of_report = np.bitwise_or.reduceat(self._columns.flags[kind], self._starts)
        octets = of_report.view(np.uint8).reshape(-1, of_report.itemsize).T
        reports = np.concatenate([np.bincount(octet, minlength=256) @ _BITS for octet in octets])
        return passages, reports


def _add_up(values: list[int], sizes: list[int]) -> tuple[Ints, Ints, Ints]:
    """Return the values of some reports, in how many passages and in how many reports each stands."""
    passages: dict[int, int] = {}
    reports: dict[int, int] = {}
    for value, size in zip(values, sizes, strict=True):
        passages[value] = passages.get(value, 0) + size
        reports[value] = reports.get(value, 0) + 1
    numbers, many, often = list(passages), list(passages.values()), list(reports.values())
    return np.array(numbers, dtype=np.int64), np.array(many, dtype=np.int64), np.array(often, dtype=np.int64)


#: Which bits a byte has, from the lowest on.
_BITS = np.arange(256)[:, None] >> np.arange(8) & 1
