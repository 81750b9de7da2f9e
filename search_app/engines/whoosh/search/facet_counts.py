"""Facet counts: which passages a value accepts, and true counts per value, each facet's own selection left out.

A facet lets through what has any of its ticked values, if there are such, and none of its excluded ones.

A place is counted under its label (place_labels.py) and accepted by label, with its parent, or bare. What belongs to
reports is selected once per report, and what belongs to passages once per kind (a section and a set of topics), of
which there are some hundreds. How rows are counted: tallies.py.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.facet_values import FacetTally, FacetValues
from search_app.engines.whoosh.index.columns import Columns, Ints
from search_app.engines.whoosh.search.tallies import OF_REPORTS, Counts
from search_app.model import Facet, FacetValue, Value
from search_app.query import Selection

Mask = NDArray[np.bool_]
Rows: TypeAlias = Ints | slice


def accept_rows(columns: Columns, facet: Facet, value: Value, rows: Rows) -> Mask:
    """Return which of the rows one value of a facet accepts; ``None`` accepts those where it is not known."""
    if facet in OF_REPORTS:
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


class Narrowing:
    """Which reports, and which kinds of passages, each facet of a selection lets through."""

    def __init__(self, columns: Columns, selection: Selection) -> None:
        self._columns, self.selection = columns, selection
        touched = {facet: _let_through(columns, facet, selection) for facet in Facet if selection.touches(facet)}
        self.reports = {facet: mask for facet, mask in touched.items() if facet in OF_REPORTS}
        self.kinds = {facet: mask for facet, mask in touched.items() if facet not in OF_REPORTS}

    def keeps(self, rows: Ints) -> Mask | None:
        """Return which rows, none of them removed, the whole selection lets through; None = all of them."""
        reports, kinds = _all(self.reports.values()), _all(self.kinds.values())
        masks = [] if reports is None else [reports[self._columns.report[rows]]]
        return _all(masks if kinds is None else [*masks, kinds[self._columns.kind[rows]]])


class Selected:
    """Matching rows, and what a selection makes of them; ``mask`` tells which it lets through, None = all of them."""

    def __init__(self, columns: Columns, rows: Ints, narrowing: Narrowing, mask: Mask | None) -> None:
        self._columns, self._rows, self._selection = columns, rows, narrowing.selection
        self._reports, self._kinds = narrowing.reports, narrowing.kinds
        self.mask = mask

    @cached_property
    def counts(self) -> "Counts":
        """Return the counts of the rows that the whole selection lets through."""
        return self._every if self.mask is None else Counts(self._columns, self._rows[self.mask])

    def facets(self) -> dict[Facet, Sequence[FacetValue]]:
        """Return every facet's values with true counts, its own selection left out."""
        if not len(self._rows) and not self._reports and not self._kinds:
            return dict.fromkeys(Facet, ())
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
        if not self._reports and not self._kinds:
            return None
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

    def _marked(self, facet: Facet, counts: "Counts", held: "FacetTally", others: Mask | None = None) -> "FacetValues":
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
        self, facet: Facet, value: Value, counts: "Counts", held: "FacetTally", others: Mask | None
    ) -> set[Value]:
        """Return the held values that a name stands for."""
        if facet not in OF_REPORTS:
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
    accept = _reports if facet in OF_REPORTS else _kinds
    return np.asarray(np.logical_or.reduce([accept(columns, facet, value) for value in values]))


def _all(masks: Iterable[Mask]) -> Mask | None:
    """Return what all masks let through; None where there is none."""
    held = list(masks)
    return np.logical_and.reduce(held) if len(held) > 1 else held[0] if held else None
