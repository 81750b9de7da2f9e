"""Faceting: which passages a value accepts, and true counts per value, each facet's own selection left out.

A place is counted under its label (see :attr:`Columns.labels`) and accepted by label, with its parent, or bare. Rows
are always ascending, so the rows of a report are neighbours and most of the work is done once per report.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints, ranks
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
            mask = _of_reports(columns, columns.year == (0 if value is None else value or -1), rows)
        case Facet.SECTION if str(value) in columns.section_names:
            mask = columns.section[rows] == columns.section_names.index(str(value))
        case Facet.TOPIC if value is None:
            mask = columns.topics[rows] == 0
        case Facet.TOPIC if str(value) in columns.topic_names:
            mask = (columns.topics[rows] >> np.uint64(columns.topic_names.index(str(value))) & np.uint64(1)).astype(
                bool
            )
        case Facet.COUNTY | Facet.TOWN:
            at = np.zeros(len(columns.heads), dtype=np.bool_)
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

    @cached_property
    def counts(self) -> "Counts":
        """Return the counts of the rows that the whole selection lets through."""
        return Counts(self._columns, self._rows[self.mask])

    def facets(self) -> dict[Facet, Sequence[FacetValue]]:
        """Return every facet's values with true counts, its own selection left out."""
        return {
            facet: self._chosen(facet, Counts(self._columns, self._rows[self._without(facet)]))
            if facet in self._masks
            else FacetValues(facet, self.counts.of(facet))
            for facet in Facet
        }

    def _without(self, left_out: Facet | None) -> Mask:
        kept = [mask for facet, mask in self._masks.items() if facet != left_out]
        return np.logical_and.reduce(kept) if kept else np.ones(len(self._rows), dtype=np.bool_)

    def _chosen(self, facet: Facet, counts: "Counts") -> "FacetValues":
        """Return the values of a facet with the chosen ones marked, whether they stand in the rows or not."""
        held = counts.of(facet)
        chosen: set[Value] = set()
        for value in self._selection.of(facet):
            if facet == Facet.TOPIC:
                chosen.add(value)
            else:
                rows = counts.rows[accepted(self._columns, facet, value, counts.rows)]
                found = Counts(self._columns, rows).of(facet)
                chosen |= {found.values[number] for number in found.numbers.tolist()} or {value}
        present = {held.values[number] for number in held.numbers.tolist()}
        absent = [value for value in chosen if value not in present]
        return FacetValues(facet, held.and_none_of(facet, absent) if absent else held, chosen)


class Tally(NamedTuple):
    """Which of some values stand in rows (V values, S of them), in how many passages, in how many reports."""

    values: Sequence[Value]  # V
    rank: Ints  # V: place in the order of values, for those that stand in equally many passages
    numbers: Ints  # S
    passages: Ints  # S
    reports: Ints  # S

    def and_none_of(self, facet: Facet, further: Sequence[Value]) -> "Tally":
        """Return the tally with values that stand in no row."""
        values = (*self.values, *further)
        none = np.zeros(len(further), dtype=np.int64)
        return Tally(
            values,
            ranks(facet, values),
            np.append(self.numbers, np.arange(len(self.values), len(values))),
            np.append(self.passages, none),
            np.append(self.reports, none),
        )


class FacetValues(Sequence[FacetValue]):
    """The values of a facet in order (years newest first, others by count), each made when it is asked for.

    A country has thousands of towns, of which a page shows ten.
    """

    def __init__(self, facet: Facet, tally: Tally, chosen: Collection[Value] = ()) -> None:
        rank = tally.rank[tally.numbers]
        self._order = np.argsort(rank) if facet == Facet.YEAR else np.lexsort((rank, -tally.passages))
        self._tally, self._chosen = tally, chosen

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> FacetValue: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, at: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        place = int(self._order[at])
        value = self._tally.values[int(self._tally.numbers[place])]
        return FacetValue(
            value=value,
            count=int(self._tally.passages[place]),
            reports=int(self._tally.reports[place]),
            selected=value in self._chosen,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list, compared by what it holds


class Counts:
    """Counts passages and distinct reports of ascending rows."""

    def __init__(self, columns: Columns, rows: Ints) -> None:
        self._columns, self.rows = columns, rows
        report = columns.report[rows]
        self._starts = np.flatnonzero(report[1:] != report[:-1]) + 1 if len(rows) else np.zeros(0, dtype=np.int64)
        if len(rows):
            self._starts = np.concatenate([[0], self._starts])
        #: The reports that the rows belong to, each once.
        self.reports: NDArray[np.int32] = report[self._starts]
        self._sizes = np.diff(self._starts, append=len(rows))

    def of(self, facet: Facet) -> Tally:
        """Return the values of a facet that stand in the rows."""
        columns = self._columns
        match facet:
            case Facet.SECTION:
                section = columns.section[self.rows]
                passages = np.bincount(section, minlength=len(columns.section_names))
                return self._flagged(facet, passages, _BIT[section])
            case Facet.TOPIC:
                patterns, pattern = columns.patterns
                own = pattern[self.rows]
                often = np.bincount(own, minlength=len(patterns))
                passages = _with_each_bit(patterns, often, len(columns.topic_names) + 1)
                return self._flagged(facet, passages, patterns[own])
            case _:
                values, rank, number = columns.report_values[facet]
                own = number[self.reports]
                reports = np.bincount(own, minlength=len(values))
                passages = np.bincount(own, weights=self._sizes, minlength=len(values)).astype(np.int64)
                held = np.flatnonzero(reports)
                return Tally(values, rank, held, passages[held], reports[held])

    def _flagged(self, facet: Facet, passages: Ints, bits: NDArray[np.uint64]) -> Tally:
        """Return a tally with the reports that hold each value; ``bits`` say for every row which values it has."""
        values, rank = self._columns.passage_values[facet]
        per_report = np.bitwise_or.reduceat(bits, self._starts) if len(bits) else bits
        reports = _with_each_bit(per_report, np.ones(len(per_report), dtype=np.int64), len(values))
        held = np.flatnonzero(passages)
        return Tally(values, rank, held, passages[held], reports[held])


#: One bit for each ordinal.
_BIT = np.uint64(1) << np.arange(64, dtype=np.uint64)


def _with_each_bit(bits: NDArray[np.uint64], often: Ints, count: int) -> Ints:
    """Return for each of the first bits how often it is set, every number counting as often as given."""
    return np.array([often[(bits & _BIT[bit]) != 0].sum() for bit in range(count)], dtype=np.int64)
