"""Facet counts: which passages a value accepts, and true counts per value, each facet's own selection left out.

A facet lets through what has any of its ticked values, if there are such, and none of its excluded ones.

A place is counted under its label (place_labels.py) and accepted by label, with its parent, or bare. Rows are always
ascending, so the rows of a report are neighbours: what belongs to reports is selected and counted once per report, and
what belongs to passages once per kind (a section and a set of topics), of which there are some hundreds.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.index.columns import Columns, Ints, find_runs, rank_values
from search_app.facets import FACETS
from search_app.model import Facet, FacetValue, Value
from search_app.query import Selection

Mask = NDArray[np.bool_]
Rows: TypeAlias = Ints | slice
_OF_REPORTS = frozenset(facet for facet, kind in FACETS.items() if kind.of_report)


def accept_rows(columns: Columns, facet: Facet, value: Value, rows: Rows) -> Mask:
    """Return which of the rows one value of a facet accepts; ``None`` accepts those where it is not known."""
    if facet in _OF_REPORTS:
        chosen = np.append(_reports(columns, facet, value), False)  # the last one is for rows that were removed
        return chosen[columns.report[rows]]
    return _kinds(columns, facet, value)[columns.kind[rows]]


def _reports(columns: Columns, facet: Facet, value: Value) -> Mask:
    """Return which reports a value accepts."""
    if facet == Facet.YEAR:
        return np.asarray(columns.year == (0 if value is None else value or -1))
    if facet == Facet.GENRE:
        names, genre = columns.genres
        return np.asarray(genre == (names.index(str(value)) if value in names else -1))
    return columns.places.called(facet, None if value is None else str(value))


def _kinds(columns: Columns, facet: Facet, value: Value) -> Mask:
    """Return which kinds of passages a value accepts."""
    values, _ = columns.passage_values[facet]
    if value not in values:
        return np.zeros(len(columns.sections), dtype=np.bool_)
    return columns.held[:, values.index(value) + (len(columns.section_names) if facet == Facet.TOPIC else 0)]


class Selected:
    """Matching rows, and what a selection makes of them."""

    def __init__(self, columns: Columns, rows: Ints, selection: Selection) -> None:
        self._columns, self._rows, self._selection = columns, rows, selection
        touched = {facet: _let_through(columns, facet, selection) for facet in Facet if selection.touches(facet)}
        self._reports = {facet: mask for facet, mask in touched.items() if facet in _OF_REPORTS}
        self._kinds = {facet: mask for facet, mask in touched.items() if facet not in _OF_REPORTS}

    @cached_property
    def mask(self) -> Mask | None:
        """Return which rows the whole selection lets through; None = all of them."""
        return self._without(None)

    @cached_property
    def counts(self) -> "Counts":
        """Return the counts of the rows that the whole selection lets through."""
        return self._every if self.mask is None else Counts(self._columns, self._rows[self.mask])

    def facets(self) -> dict[Facet, Sequence[FacetValue]]:
        """Return every facet's values with true counts, its own selection left out."""
        return {facet: self._facet(facet) for facet in Facet}

    @cached_property
    def _every(self) -> "Counts":
        return Counts(self._columns, self._rows)

    @cached_property
    def _of_kinds(self) -> "Counts":
        """Return the counts of the rows that the selection of sections and topics lets through."""
        mask = _all(self._kinds.values())
        return self._every if mask is None else Counts(self._columns, self._rows[mask[self._kind]])

    @cached_property
    def _kind(self) -> NDArray[np.uint16] | NDArray[np.uint32]:
        return self._columns.kind[self._rows]

    def _without(self, left_out: Facet | None) -> Mask | None:
        """Return which rows the selection of all facets but one lets through; None = all of them."""
        reports = _all(mask for facet, mask in self._reports.items() if facet != left_out)
        kinds = _all(mask for facet, mask in self._kinds.items() if facet != left_out)
        masks = []
        if reports is not None:
            masks.append(np.repeat(reports[self._every.reports], self._every.sizes))
        if kinds is not None:
            masks.append(kinds[self._kind])
        return _all(masks)

    def _facet(self, facet: Facet) -> "FacetValues":
        if facet in self._reports:
            others = _all(mask for other, mask in self._reports.items() if other != facet)
            return self._marked(facet, self._of_kinds, self._of_kinds.of(facet, others), others)
        if facet in self._kinds:
            mask = self._without(facet)
            counts = self._every if mask is None else Counts(self._columns, self._rows[mask])
            return self._marked(facet, counts, counts.of(facet))
        return FacetValues(facet, self.counts.of(facet))

    def _marked(self, facet: Facet, counts: "Counts", held: "Tally", others: Mask | None = None) -> "FacetValues":
        """Return the values of a facet with the ticked and excluded ones marked, whether they are held or not."""
        absent: dict[Value, None] = {}
        marked: list[set[Value]] = []
        for values in (self._selection.of(facet), self._selection.excluded(facet)):
            marked.append(set())
            for value in values:
                found = self._answering(facet, value, counts, held, others)
                marked[-1] |= found or {value}
                absent |= {} if found else {value: None}
        ticked, excluded = marked
        if excluded and facet in self._kinds:  # a passage on two topics is gone from both where one is excluded
            kinds = self._columns.kind[counts.rows]
            kept = ~_any_of(self._columns, facet, self._selection.excluded(facet))[kinds]
            held = Counts(self._columns, counts.rows[kept]).of(facet).or_of(held, excluded, ticked)
        return FacetValues(facet, held.and_none_of(facet, tuple(absent)) if absent else held, ticked, excluded)

    def _answering(
        self, facet: Facet, value: Value, counts: "Counts", held: "Tally", others: Mask | None
    ) -> set[Value]:
        """Return the held values that a name stands for."""
        if facet not in _OF_REPORTS:
            return {value} & {held.values[number] for number in held.numbers.tolist()}
        of_value = _reports(self._columns, facet, value)
        found = counts.of(facet, of_value if others is None else of_value & others)
        return {found.values[number] for number in found.numbers.tolist()}


def _let_through(columns: Columns, facet: Facet, selection: Selection) -> Mask:
    """Return which reports, or kinds of passages, the ticked and excluded values of a facet let through."""
    if not selection.excluded(facet):
        return _any_of(columns, facet, selection.of(facet))
    left = ~_any_of(columns, facet, selection.excluded(facet))
    return left & _any_of(columns, facet, selection.of(facet)) if selection.of(facet) else left


def _any_of(columns: Columns, facet: Facet, values: Iterable[Value]) -> Mask:
    """Return which reports, or kinds of passages, any of the values accepts."""
    accept = _reports if facet in _OF_REPORTS else _kinds
    return np.asarray(np.logical_or.reduce([accept(columns, facet, value) for value in values]))


def _all(masks: Iterable[Mask]) -> Mask | None:
    """Return what all masks let through; None where there is none."""
    held = list(masks)
    return np.logical_and.reduce(held) if len(held) > 1 else held[0] if held else None


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
        rank = tally.rank[tally.numbers]
        # one number to sort by: passages, then rank, which is below the number of values
        self._order = np.argsort(rank if FACETS[facet].chronological else rank - tally.passages * len(tally.values))
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

    def of(self, facet: Facet, kept: Mask | None = None) -> Tally:
        """Return the values of a facet that stand in the rows; of a facet of reports, in those that are kept."""
        if facet in _OF_REPORTS:
            return self._of_reports(facet, kept)
        values, rank = self._columns.passage_values[facet]
        start = len(self._columns.section_names) if facet == Facet.TOPIC else 0
        passages, reports = (counts[start : start + len(values)] for counts in self._of_kinds)
        held = np.flatnonzero(passages)
        return Tally(values, rank, held, passages[held], reports[held])

    def _of_reports(self, facet: Facet, kept: Mask | None) -> Tally:
        values, rank, number = self._columns.report_values[facet]
        mine, sizes = self.reports, self.sizes
        if kept is not None:
            mine, sizes = mine[kept[mine]], sizes[kept[mine]]
        own = number[mine]
        reports = np.bincount(own, minlength=len(values))
        passages = np.bincount(own, weights=sizes, minlength=len(values)).astype(np.int64)
        held = np.flatnonzero(reports)
        return Tally(values, rank, held, passages[held], reports[held])

    @cached_property
    def _of_kinds(self) -> tuple[Ints, Ints]:
        """Return for each section, each topic and none how many passages have it, and how many reports."""
        kind, held = self._columns.kind[self.rows], self._columns.held
        often = np.bincount(kind, minlength=len(held)).astype(np.float64)
        passages = (often @ held).astype(np.int64)
        flags = self._columns.flags[kind]
        of_report = np.bitwise_or.reduceat(flags, self._starts) if len(flags) else flags
        octets = of_report.view(np.uint8).reshape(-1, flags.itemsize).T
        reports = np.concatenate([np.bincount(octet, minlength=256) @ _BITS for octet in octets])
        return passages, reports


#: Which bits a byte has, from the lowest on.
_BITS = np.arange(256)[:, None] >> np.arange(8) & 1
