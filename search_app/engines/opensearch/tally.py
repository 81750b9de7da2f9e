"""Tally: totals, distinct reports and every facet's values with true counts, each facet's own selection left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from search_app.engines.facet_values import FacetTally, FacetValues, Ints
from search_app.engines.opensearch import tally_scripts
from search_app.engines.opensearch.labels import Labels, register_name
from search_app.engines.opensearch.schema import Fields
from search_app.engines.opensearch.scripts import script
from search_app.model import Collapse, Facet, FacetValue, Value
from search_app.query import Search

#: The facets in the order in which their counts lie.
_ORDER = (Facet.YEAR, Facet.COUNTY, Facet.TOWN, Facet.GENRE, Facet.SECTION, Facet.TOPIC)
_PLACES = (Facet.COUNTY, Facet.TOWN)


class Totals(NamedTuple):
    """What a search comes to; ``listed`` are the groups of near-duplicates where these are folded."""

    total: int
    reports: int
    listed: int
    facets: Mapping[Facet, Sequence[FacetValue]]


class _Counted(NamedTuple):
    """What was counted of one facet, each array as long: numbers that stand for values, passages, reports."""

    numbers: Ints
    passages: Ints
    reports: Ints


class Tally:
    """Counts of one search over one generation."""

    def __init__(self, labels: Labels, search: Search) -> None:
        self._labels, self._selection = labels, search.selection
        self._folds = search.collapse == Collapse.SIMILAR
        registers, places = labels.registers, len(labels.registers.places)
        #: What is counted by place serves counties and towns alike, unless some of these are selected.
        self._parts_places = any(search.selection.of(facet) or search.selection.excluded(facet) for facet in _PLACES)
        sizes = (
            *(len(registers.years), places if self._parts_places else 0, places, len(registers.genres)),
            *(len(labels.counted(facet).values) for facet in (Facet.SECTION, Facet.TOPIC)),
        )
        self._at = [sum(sizes[:facet]) for facet in range(len(sizes) + 1)]

    def aggregation(self) -> Fields:
        """Return the aggregation that counts."""
        registers, selection = self._labels.registers, self._selection
        sections, topics = (self._labels.counted(facet).values for facet in (Facet.SECTION, Facet.TOPIC))
        params: Fields = {
            "at": self._at,
            "reports": registers.reports,
            "folds": self._folds,
            "sections": [sections.index(section) for section, _ in registers.kinds],
            "topics": [self._counted_topics(held, topics) for _, held in registers.kinds],
            "selects": bool(selection),
        }
        if selection:
            params |= self._fails()
        return {
            "scripted_metric": {
                "init_script": script(tally_scripts.INIT),
                "map_script": script(tally_scripts.MAP),
                "combine_script": script(tally_scripts.COMBINE),
                "reduce_script": script(tally_scripts.REDUCE),
                "params": params,
            }
        }

    def _counted_topics(self, held: tuple[str, ...], topics: Sequence[Value]) -> list[int]:
        """Return the topics under which passages of these are counted: where one is excluded, under no other."""
        excluded = self._selection.excluded(Facet.TOPIC)
        own: tuple[Value, ...] = held or (None,)
        return [topics.index(one) for one in ([one for one in own if one in excluded] or own)]

    def _fails(self) -> dict[str, list[int]]:
        """Return for each number of years, places, genres and kinds the bits of the facets that leave it out."""
        registers = self._labels.registers
        fails = {name: [0] * len(getattr(registers, name)) for name in ("years", "places", "genres", "kinds")}
        for bit, facet in enumerate(_ORDER):
            ticked, excluded = self._selection.of(facet), self._selection.excluded(facet)
            if not ticked and not excluded:
                continue
            held = fails[register_name(facet)]
            kept = self._accepted(facet, ticked) if ticked else set(range(len(held)))
            for number in set(range(len(held))) - (kept - self._accepted(facet, excluded)):
                held[number] |= 1 << bit
        return fails

    def _accepted(self, facet: Facet, values: Iterable[Value]) -> set[int]:
        return {number for value in values for number in self._labels.accepted(facet, value)}

    def read(self, answer: Fields, search: Search) -> Totals:
        """Return what the aggregation answered."""
        value = answer["value"]
        parts = [np.array(part, dtype=np.int64).reshape(-1, 3) for part in value["found"]]
        found = np.concatenate([*parts, np.zeros((0, 3), dtype=np.int64)])
        total, reports = found[found[:, 0] == self._at[-1], 1:].sum(axis=0).tolist()
        listed = {Collapse.NONE: total, Collapse.REPORT: reports, Collapse.SIMILAR: value["listed"]}
        facets = {facet: self._values(facet, found) for facet in Facet}
        return Totals(total, reports, listed[search.collapse], facets)

    def _values(self, facet: Facet, found: Ints) -> FacetValues:
        """Return the values of a facet with the ticked and excluded ones marked, whether they are held or not."""
        counted, called = self._counted(facet, found), self._labels.counted(facet)
        ordinals, size = called.ordinals[counted.numbers], len(called.values)
        passages, reports = (
            np.bincount(ordinals, weights=each, minlength=size).astype(np.int64)
            for each in (counted.passages, counted.reports)
        )
        held = np.flatnonzero(passages)
        tally = FacetTally(called.values, called.rank, held, passages[held], reports[held])
        marks = self._selection.of(facet), self._selection.excluded(facet)
        if not any(marks):
            return FacetValues(facet, tally)
        ticked, excluded = (
            {value for wanted in values for value in self._answering(facet, wanted, counted.numbers)}
            for values in marks
        )
        shown = {tally.values[number] for number in held.tolist()}
        absent = tuple({*ticked, *excluded} - shown)
        return FacetValues(facet, tally.and_none_of(facet, absent) if absent else tally, ticked, excluded)

    def _counted(self, facet: Facet, found: Ints) -> _Counted:
        """Return what was counted of a facet, by the numbers of its register."""
        which = _ORDER.index(Facet.TOWN if facet == Facet.COUNTY and not self._parts_places else facet)
        first, end = self._at[which : which + 2]
        own = found[(found[:, 0] >= first) & (found[:, 0] < end)]
        return _Counted(own[:, 0] - first, own[:, 1], own[:, 2])

    def _answering(self, facet: Facet, wanted: Value, held: Ints) -> set[Value]:
        """Return the held values that a name stands for; itself where there is none."""
        if facet not in _PLACES:
            return {wanted}
        accepted = np.isin(held, self._labels.accepted(facet, wanted))
        called = self._labels.counted(facet)
        return {called.values[number] for number in called.ordinals[held[accepted]].tolist()} or {wanted}
