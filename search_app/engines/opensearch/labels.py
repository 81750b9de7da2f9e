"""Labels: what the numbers in rows are called in the facets of a generation, and which numbers a value accepts."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.facet_values import Ints, rank_values
from search_app.engines.opensearch.manifest import Manifest, Place
from search_app.engines.opensearch.schema import Fields
from search_app.engines.place_labels import Places
from search_app.model import Facet, Value

#: Where the numbers of a facet are registered, how a row's are called when unpacked, and the field they are found by.
_REGISTERS = {
    Facet.YEAR: "years",
    Facet.COUNTY: "places",
    Facet.TOWN: "places",
    Facet.GENRE: "genres",
    Facet.SECTION: "kinds",
    Facet.TOPIC: "kinds",
}
_NUMBERS = {facet: name.removesuffix("s") for facet, name in _REGISTERS.items()}
_FIELDS = {facet: f"{name}_number" for facet, name in _NUMBERS.items()}


class Numbers(NamedTuple):
    """The numbers packed into ``labels`` of a row."""

    place: int
    year: int
    genre: int
    kind: int


class Called(NamedTuple):
    """What the numbers of a facet are called in its counts (V values, N numbers)."""

    values: Sequence[Value]  # V
    rank: Ints  # V: place in the order of values, for those that stand in equally many passages
    ordinals: Ints  # N: which value each number is counted under


def unpack_labels(labels: int) -> Numbers:
    """Return the numbers that are packed into a row's ``labels``."""
    return Numbers(labels >> 32, labels >> 24 & 0xFF, labels >> 16 & 0xFF, labels & 0xFFFF)


def register_name(facet: Facet) -> str:
    """Return the name of the register in which the numbers of a facet stand."""
    return _REGISTERS[facet]


class Labels:
    """The labels of one generation."""

    def __init__(self, manifest: Manifest) -> None:
        self.registers = manifest.registers
        self._held = np.array(sorted(manifest.held_places), dtype=np.int64)

    @cached_property
    def _places(self) -> Places:
        places = [self.registers.places[number] for number in self._held.tolist()]
        names = list(dict.fromkeys([None, *(name for place in places for name in place)]))
        ordinal = {name: at for at, name in enumerate(names)}
        own = np.array([[ordinal[name] for name in place] for place in places], dtype=np.int64).reshape(-1, 3)
        return Places(tuple(names), own)

    @cached_property
    def _called(self) -> dict[Facet, list[str | None]]:
        """Return for each level of places the label of each place by its number; None too where none is held."""
        made = {}
        for facet in (Facet.COUNTY, Facet.TOWN):
            numbers, names = self._places.labelled(facet)
            labels: list[str | None] = [None] * len(self.registers.places)
            for place, number in zip(self._held.tolist(), numbers.tolist(), strict=True):
                labels[place] = names[number]
            made[facet] = labels
        return made

    def counted(self, facet: Facet) -> Called:
        """Return what the numbers of a facet are called in its counts; a kind's sections and topics have their own."""
        return self._counted[facet]

    @cached_property
    def _counted(self) -> dict[Facet, Called]:
        kinds = self.registers.kinds
        named: dict[Facet, Sequence[Value]] = {
            **self._called,
            Facet.YEAR: self.registers.years,
            Facet.GENRE: self.registers.genres,
            Facet.SECTION: list(dict.fromkeys(section for section, _ in kinds)),
            Facet.TOPIC: [*dict.fromkeys(topic for _, topics in kinds for topic in topics), None],
        }
        return {facet: _rank_names(facet, names) for facet, names in named.items()}

    def name_place(self, facet: Facet, place: int) -> str | None:
        """Return what a place is counted under."""
        return self._called[facet][place]

    def place(self, number: int) -> Place:
        """Return the city, county and town of a place."""
        return self.registers.places[number]

    @cached_property
    def sound_ranks(self) -> list[int]:
        """Return the rank of each place by the sound of county and town."""
        ranks = np.zeros(len(self.registers.places), dtype=np.int64)
        ranks[self._held] = self._places.by_sound
        return ranks.tolist()

    def register_of(self, facet: Facet) -> Sequence[object]:
        """Return what the numbers of a facet stand for."""
        return getattr(self.registers, _REGISTERS[facet])  # type: ignore[no-any-return]

    def accepted(self, facet: Facet, value: Value) -> list[int]:
        """Return the numbers of places, years, genres or kinds that a value accepts; None is what is not known."""
        match facet:
            case Facet.COUNTY | Facet.TOWN:
                chosen: NDArray[np.bool_] = self._places.called(facet, None if value is None else str(value))
                return [int(number) for number in self._held[chosen]]
            case Facet.SECTION:
                return [at for at, (section, _) in enumerate(self.registers.kinds) if section == value]
            case Facet.TOPIC:
                kinds = enumerate(self.registers.kinds)
                return [at for at, (_, topics) in kinds if (value in topics if value is not None else not topics)]
            case Facet.YEAR | Facet.GENRE:
                return [at for at, held in enumerate(self.register_of(facet)) if held == value]

    def accepts(self, facet: Facet, value: Value, numbers: Numbers) -> bool:
        """Tell whether a value accepts a passage of these numbers."""
        return getattr(numbers, _NUMBERS[facet]) in self.accepted(facet, value)

    def accepting(self, facet: Facet, values: Iterable[Value]) -> Fields:
        """Return a query for what any of several values accepts."""
        return _terms(facet, {number for value in values for number in self.accepted(facet, value)})

    def of_years(self, first: int | None, last: int | None) -> Fields:
        """Return a query for a range of years, both ends included; None leaves an end open."""
        return _terms(Facet.YEAR, (at for at in range(len(self.registers.years)) if self.is_year_in(at, first, last)))

    def is_year_in(self, number: int, first: int | None, last: int | None) -> bool:
        """Tell whether the year of a number lies in a range."""
        year = self.registers.years[number]
        return year is not None and (first or 0) <= year <= (last or 9999)


def _rank_names(facet: Facet, names: Sequence[Value]) -> Called:
    values = tuple(dict.fromkeys(names))
    ordinal = {value: at for at, value in enumerate(values)}
    return Called(values, rank_values(facet, values), np.array([ordinal[name] for name in names], dtype=np.int64))


def _terms(facet: Facet, numbers: Iterable[int]) -> Fields:
    return {"terms": {_FIELDS[facet]: [str(number) for number in sorted(numbers)]}}
