"""Facet values: what stands behind each value of a facet in an answer, in the order in which pages show them."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from search_app.facets import FACETS
from search_app.model import Facet, FacetValue, Value

Ints: TypeAlias = NDArray[np.int64]


class FacetTally(NamedTuple):
    """Which of some values stand in rows (V values, S of them), in how many passages, in how many reports."""

    values: Sequence[Value]  # V
    rank: Ints  # V: place in the order of values, for those that stand in equally many passages
    numbers: Ints  # S
    passages: Ints  # S
    reports: Ints  # S

    def or_of(self, other: "FacetTally", excluded: Collection[Value], ticked: Collection[Value]) -> "FacetTally":
        """Return the tally with the counts of another for the excluded values; ticked ones of the other are kept."""
        own, kept = np.array([[value in some for value in self.values] for some in (excluded, ticked)], dtype=np.bool_)
        passages, reports = np.where(own, other.dense, self.dense)
        shown = np.flatnonzero((passages > 0) | (kept & (other.dense[0] > 0)))
        return FacetTally(self.values, self.rank, shown, passages[shown], reports[shown])

    @property
    def dense(self) -> Ints:
        """Return passages and reports of every value, 2 x V."""
        made = np.zeros((2, len(self.values)), dtype=np.int64)
        made[:, self.numbers] = self.passages, self.reports
        return made

    def and_none_of(self, facet: Facet, further: Sequence[Value]) -> "FacetTally":
        """Return the tally with values that stand in no row."""
        values = (*self.values, *further)
        none = np.zeros(len(further), dtype=np.int64)
        return FacetTally(
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
        self, facet: Facet, tally: FacetTally, ticked: Collection[Value] = (), excluded: Collection[Value] = ()
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


def rank_values(facet: Facet, values: Sequence[Value]) -> Ints:
    """Return for each value its place among them: years newest first, names in order, what is not known last."""
    known = [at for at, value in enumerate(values) if value is not None]
    known.sort(key=lambda at: str(values[at]), reverse=FACETS[facet].chronological)
    made = np.full(len(values), len(known))
    made[known] = np.arange(len(known))
    return made
