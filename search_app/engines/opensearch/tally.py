"""Tally: totals, distinct reports and every facet's values with true counts, each facet's own selection left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from search_app.engines.opensearch import tally_scripts
from search_app.engines.opensearch.labels import Labels, register_name
from search_app.engines.opensearch.schema import Fields
from search_app.engines.opensearch.scripts import script
from search_app.model import Collapse, Facet, FacetValue, Value
from search_app.query import Search

#: The facets in the order in which their counts lie.
_ORDER = (Facet.YEAR, Facet.COUNTY, Facet.TOWN, Facet.GENRE, Facet.SECTION, Facet.TOPIC)
_PLACES = (Facet.COUNTY, Facet.TOWN)


class Counted(NamedTuple):
    """Passages, and distinct reports."""

    passages: int
    reports: int


class Totals(NamedTuple):
    """What a search comes to; ``listed`` are the groups of near-duplicates where these are folded."""

    total: int
    reports: int
    listed: int
    facets: Mapping[Facet, Sequence[FacetValue]]


class Tally:
    """Counts of one search over one generation."""

    def __init__(self, labels: Labels, search: Search) -> None:
        self._labels, self._selection = labels, search.selection
        self._folds = search.collapse == Collapse.SIMILAR
        registers = labels.registers
        self._sections = list(dict.fromkeys(section for section, _ in registers.kinds))
        self._topics: list[str | None] = [*dict.fromkeys(one for _, topics in registers.kinds for one in topics), None]
        places = len(registers.places)
        sizes = (len(registers.years), places, places, len(registers.genres), len(self._sections), len(self._topics))
        self._at = [sum(sizes[:facet]) for facet in range(len(sizes) + 1)]

    def aggregation(self) -> Fields:
        """Return the aggregation that counts."""
        registers, selection = self._labels.registers, self._selection
        params: Fields = {
            "at": self._at,
            "reports": registers.reports,
            "folds": self._folds,
            "sections": [self._sections.index(section) for section, _ in registers.kinds],
            "topics": [self._counted_topics(topics) for _, topics in registers.kinds],
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

    def _counted_topics(self, topics: tuple[str, ...]) -> list[int]:
        """Return the topics under which passages of these are counted: where one is excluded, under no other."""
        excluded = self._selection.excluded(Facet.TOPIC)
        held: tuple[str | None, ...] = topics or (None,)
        return [self._topics.index(one) for one in ([one for one in held if one in excluded] or held)]

    def _fails(self) -> dict[str, list[int]]:
        """Return for each number of years, places, genres and kinds the bits of the facets that leave it out."""
        fails = {name: [0] * len(held) for name, held in asdict(self._labels.registers).items() if name != "reports"}
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
        found = value["found"]
        counts = {
            at: Counted(passages, reports)
            for at, passages, reports in zip(found[::3], found[1::3], found[2::3], strict=True)
        }
        chosen = counts.get(self._at[-1], Counted(0, 0))
        listed = {Collapse.NONE: chosen.passages, Collapse.REPORT: chosen.reports, Collapse.SIMILAR: value["listed"]}
        facets = {facet: self._values(facet, counts) for facet in Facet}
        return Totals(chosen.passages, chosen.reports, listed[search.collapse], facets)

    def _values(self, facet: Facet, counts: Mapping[int, Counted]) -> tuple[FacetValue, ...]:
        """Return the values of a facet with the ticked and excluded ones marked, whether they are held or not."""
        which = _ORDER.index(facet)
        held = {at - self._at[which]: counts[at] for at in range(*self._at[which : which + 2]) if at in counts}
        totals: dict[Value, Counted] = {}
        for number, (passages, reports) in held.items():
            value = self._name(facet, number)
            before = totals.get(value, Counted(0, 0))
            totals[value] = Counted(before.passages + passages, before.reports + reports)
        ticked, excluded = (
            {value for wanted in values for value in self._answering(facet, wanted, held)}
            for values in (self._selection.of(facet), self._selection.excluded(facet))
        )
        found = [
            FacetValue(
                value=value,
                count=totals.get(value, _NOTHING).passages,
                reports=totals.get(value, _NOTHING).reports,
                selected=value in ticked,
                excluded=value in excluded,
            )
            for value in {*totals, *ticked, *excluded}
        ]
        if facet == Facet.YEAR:
            return tuple(sorted(found, key=lambda item: (item.value is None, -int(item.value or 0))))
        return tuple(sorted(found, key=lambda item: (-item.count, item.value is None, str(item.value))))

    def _name(self, facet: Facet, number: int) -> Value:
        match facet:
            case Facet.COUNTY | Facet.TOWN:
                return self._labels.name_place(facet, number)
            case Facet.SECTION:
                return self._sections[number]
            case Facet.TOPIC:
                return self._topics[number]
            case Facet.YEAR:
                return self._labels.registers.years[number]
            case Facet.GENRE:
                return self._labels.registers.genres[number]

    def _answering(self, facet: Facet, wanted: Value, held: Iterable[int]) -> set[Value]:
        """Return the held values that a name stands for; itself where there is none."""
        if facet not in _PLACES:
            return {wanted}
        accepted = set(self._labels.accepted(facet, wanted))
        return {self._name(facet, number) for number in held if number in accepted} or {wanted}


#: What is counted nowhere.
_NOTHING = Counted(0, 0)
