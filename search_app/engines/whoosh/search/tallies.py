"""Tallies: in how many passages, and in how many reports, each value of a facet stands, among some rows.

Rows are always ascending, so the rows of a report are neighbours: what belongs to reports is counted once per report,
and what belongs to passages once per kind. O(rows + values) where rows are many, O(rows) where they are few.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_app.engines.facet_values import FacetTally
from search_app.engines.whoosh.index.columns import Columns, Ints, find_runs
from search_app.facets import FACETS
from search_app.model import Facet

#: The facets whose values belong to reports; those of the others belong to passages.
OF_REPORTS = frozenset(facet for facet, kind in FACETS.items() if kind.of_report)
_NONE: Ints = np.zeros(0, dtype=np.int64)
_ONE: Ints = np.ones(1, dtype=np.int64)
#: The values of fewer rows than this are added up one by one.
_FEW = 64


class Counts:
    """Counts passages and distinct reports of ascending rows."""

    def __init__(self, columns: Columns, rows: Ints) -> None:
        self._columns, self.rows = columns, rows
        runs = columns.runs if len(rows) == columns.size else find_runs(columns.report[rows])
        #: The reports that the rows belong to, each once, and how many rows each has.
        self.reports, self.sizes, self._starts = runs

    def of(self, facet: Facet, kept: NDArray[np.bool_] | None = None) -> FacetTally:
        """Return the values of a facet that stand in the rows; of a facet of reports, in those that are kept."""
        if facet in OF_REPORTS:
            return self._of_reports(facet, kept)
        values, rank = self._columns.passage_values[facet]
        if not len(self.rows):
            return FacetTally(values, rank, _NONE, _NONE, _NONE)
        start = len(self._columns.section_names) if facet == Facet.TOPIC else 0
        passages, reports = (counts[start : start + len(values)] for counts in self._of_kinds)
        held = np.flatnonzero(passages)
        return FacetTally(values, rank, held, passages[held], reports[held])

    def _of_reports(self, facet: Facet, kept: NDArray[np.bool_] | None) -> FacetTally:
        values, rank, number = self._columns.report_values[facet]
        mine, sizes = self.reports, self.sizes
        if kept is not None:
            mine, sizes = mine[kept[mine]], sizes[kept[mine]]
        if not len(mine):
            return FacetTally(values, rank, _NONE, _NONE, _NONE)
        own = number[mine]
        if len(mine) == 1:
            return FacetTally(values, rank, own, sizes, _ONE)
        if len(mine) < _FEW:
            return FacetTally(values, rank, *_add_up(own.tolist(), sizes.tolist()))
        reports = np.bincount(own, minlength=len(values))
        passages = np.bincount(own, weights=sizes, minlength=len(values)).astype(np.int64)
        held = np.flatnonzero(reports)
        return FacetTally(values, rank, held, passages[held], reports[held])

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
