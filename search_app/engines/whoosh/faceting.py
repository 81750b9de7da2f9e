"""Faceting: which passages a value accepts, and true counts per value, each facet's own selection left out.

A place is counted under its label (see :attr:`Columns.labels`) and accepted by label, with its parent, or bare. Rows
are always ascending, so the rows of a report are neighbours and most of the work is done once per report.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints
from search_app.model import Facet, FacetValue, Value
from search_app.query import Selection

Mask = NDArray[np.bool_]
Rows: TypeAlias = Ints | slice
_LEVEL = {Facet.COUNTY: 1, Facet.TOWN: 2}


def accepted(columns: Columns, facet: Facet, value: Value, rows: Rows) -> Mask:
    """Return which of the rows one value of a facet accepts; ``None`` accepts those where it is not known."""
    mask: Mask
    match facet:
        case Facet.YEAR:
            mask = _of_reports(columns, columns.year == (value or 0), rows)
        case Facet.SECTION if str(value) in columns.section_names:
            mask = columns.section[rows] == columns.section_names.index(str(value))
        case Facet.TOPIC if value is None:
            mask = columns.topics[rows] == 0
        case Facet.TOPIC if str(value) in columns.topic_names:
            mask = (columns.topics[rows] >> np.uint64(columns.topic_names.index(str(value))) & np.uint64(1)).astype(bool)
        case Facet.COUNTY | Facet.TOWN:
            at = np.zeros(len(columns.rows), dtype=np.bool_)
            at[columns.named[_LEVEL[facet]].get(None if value is None else str(value), [])] = True
            mask = _of_reports(columns, at, rows)
        case _:
            mask = np.zeros(len(columns.report[rows]), dtype=np.bool_)
    return mask


def _of_reports(columns: Columns, chosen: Mask, rows: Rows) -> Mask:
    return np.append(chosen, False)[columns.report[rows]]  # the last one is for rows that were removed


class Selected:
    """Matching rows, and what a selection makes of them."""

    def __init__(self, columns: Columns, rows: Ints, selection: Selection) -> None:
        self._columns, self._rows, self._selection = columns, rows, selection
        self._masks: dict[Facet, Mask] = {
            facet: np.logical_or.reduce([accepted(columns, facet, value, rows) for value in selection.of(facet)])
            for facet in Facet
            if selection.of(facet)
        }

    @cached_property
    def mask(self) -> Mask:
        """Return which rows the whole selection lets through."""
        return self._without(None)

    def facets(self) -> dict[Facet, tuple[FacetValue, ...]]:
        """Return every facet's values with true counts, its own selection left out."""
        whole = _Counts(self._columns, self._rows[self.mask])
        return {
            facet: self._values(
                facet, _Counts(self._columns, self._rows[self._without(facet)]) if facet in self._masks else whole
            )
            for facet in Facet
        }

    def _without(self, left_out: Facet | None) -> Mask:
        kept = [mask for facet, mask in self._masks.items() if facet != left_out]
        return np.logical_and.reduce(kept) if kept else np.ones(len(self._rows), dtype=np.bool_)

    def _values(self, facet: Facet, counts: "_Counts") -> tuple[FacetValue, ...]:
        counted = {value: (passages, reports) for value, passages, reports in counts.of(facet)}
        chosen: set[Value] = set()
        for value in self._selection.of(facet):
            if facet == Facet.TOPIC:
                chosen.add(value)
            else:
                rows = counts.rows[accepted(self._columns, facet, value, counts.rows)]
                chosen |= {held for held, _, _ in _Counts(self._columns, rows).of(facet)} or {value}
        found = (
            FacetValue(value=value, count=passages, reports=reports, selected=value in chosen)
            for value, (passages, reports) in (dict.fromkeys(chosen, (0, 0)) | counted).items()
        )
        if facet == Facet.YEAR:
            return tuple(sorted(found, key=lambda item: (item.value is None, -int(item.value or 0))))
        return tuple(sorted(found, key=lambda item: (-item.count, item.value is None, str(item.value))))


class _Counts:
    """Counts passages and distinct reports of ascending rows."""

    def __init__(self, columns: Columns, rows: Ints) -> None:
        self._columns, self.rows = columns, rows
        report = columns.report[rows]
        self._starts = np.flatnonzero(np.diff(report, prepend=np.int32(-2)))
        self._reports = report[self._starts]
        self._sizes = np.diff(self._starts, append=len(rows))

    def of(self, facet: Facet) -> Iterator[tuple[Value, int, int]]:
        """Yield (value, passages, distinct reports) for the values that stand in the rows."""
        columns = self._columns
        match facet:
            case Facet.YEAR:
                for year, passages, reports in self._tally(columns.year[self._reports]):
                    yield year or None, passages, reports
            case Facet.SECTION:
                bits = np.uint64(1) << columns.section[self.rows].astype(np.uint64)
                yield from self._flagged(bits, columns.section_names)
            case Facet.TOPIC:
                topics = columns.topics[self.rows]
                yield from self._flagged(topics, columns.topic_names)
                rest = topics == 0
                if rest.any():
                    yield None, int(np.count_nonzero(rest)), int(np.count_nonzero(self._any(rest)))
            case Facet.COUNTY | Facet.TOWN:
                labels, values = columns.labels[_LEVEL[facet]]
                for number, passages, reports in self._tally(labels[self._reports]):
                    yield values[number], passages, reports

    def _tally(self, values: Ints) -> Iterator[tuple[int, int, int]]:
        """Yield each value of the reports with its passages and its reports."""
        held, inverse, reports = np.unique(values, return_inverse=True, return_counts=True)
        passages = np.bincount(inverse, weights=self._sizes, minlength=len(held))
        for value, size, count in zip(held.tolist(), passages.tolist(), reports.tolist(), strict=True):
            yield value, int(size), count

    def _flagged(self, bits: NDArray[np.uint64], names: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield each name whose bit stands in some rows with its passages and its reports."""
        if not len(bits):
            return
        patterns, sizes = np.unique(bits, return_counts=True)
        per_report, reports = np.unique(np.bitwise_or.reduceat(bits, self._starts), return_counts=True)
        for number, name in enumerate(names):
            passages = int(sizes[_has(patterns, number)].sum())
            if passages:
                yield name, passages, int(reports[_has(per_report, number)].sum())

    def _any(self, flags: Mask) -> Mask:
        return np.logical_or.reduceat(flags, self._starts)


def _has(bits: NDArray[np.uint64], number: int) -> Mask:
    return (bits >> np.uint64(number) & np.uint64(1)).astype(np.bool_)
