"""Value sounds: how the values of facets are read, for finding them by pinyin and for ordering places by name.

In: an engine. Out: :class:`Sounds`, which keeps what it has read until the next generation, because a country has tens
of thousands of towns.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from search_app.facets import FACETS, is_shown
from search_app.language.analysis.pinyin import loosen, to_syllables
from search_app.model import Facet, FacetValue, Value
from search_app.searching.catalogue import PLACES, Catalogue, catalogue_of
from search_app.searching.per_generation import PerGeneration


class Keys(NamedTuple):
    """What a value is found by beside its characters: the first letters of its syllables, and the syllables.

    ``endings`` spell it from each syllable on, each after a blank, so that one look tells whether something begins one.
    """

    initials: str
    syllables: tuple[str, ...]
    endings: str

    def answer(self, letters: str) -> bool:
        """Tell whether letters are initials side by side, or begin to spell the value from some syllable on."""
        return letters in self.initials or f" {letters}" in self.endings


def read_keys(said: str) -> Keys:
    """Return what a value, as a page says it, is found by; signs and blanks are not typed."""
    spelt = map(_spell, to_syllables(said))
    syllables = tuple(syllable for syllable in spelt if syllable.isalnum())
    endings = "".join(f" {''.join(syllables[at:])}" for at in range(len(syllables)))
    return Keys("".join(syllable[0] for syllable in syllables), syllables, endings)


#: There are some 1,300 syllables, and thousands of places made of them.
_spell = lru_cache(maxsize=4096)(loosen)


class Sounds:
    """Reads the places of one generation, each once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _places(self) -> Mapping[str, Keys]:
        held = (value.value for facet in PLACES for value in self._catalogue.values(facet))
        return {name: read_keys(name) for name in held if isinstance(name, str)}

    @cached_property
    def _rank(self) -> Mapping[Value, int]:
        ordered = sorted(self._places, key=lambda name: (self._places[name].syllables, name))
        return {name: rank for rank, name in enumerate(ordered)} | {None: len(ordered) + 1}

    def find(self, facet: Facet, values: Iterable[FacetValue], typed: str) -> list[FacetValue]:
        """Return the values that contain what is typed, or are read so."""
        wanted, letters, say = typed.strip().casefold(), loosen(typed), FACETS[facet].say
        if not letters.isascii() or not letters.isalnum():
            return [each for each in values if wanted in say(each.value).casefold()]
        return [
            each
            for each in values
            if wanted in say(each.value).casefold() or self.keys(facet, each.value).answer(letters)
        ]

    def keys(self, facet: Facet, value: Value) -> Keys:
        """Return what a value is found by."""
        held = self._places.get(str(value)) if facet in PLACES else None
        return held or read_keys(FACETS[facet].say(value))

    def by_name(self, facet: Facet, values: Iterable[FacetValue]) -> list[FacetValue]:
        """Return the values that are shown in the order of their names: places by their sound, others as they stand."""
        if facet not in PLACES:
            return FACETS[facet].arrange_by_name(values)
        rank, strange = self._rank, len(self._places)  # who names a town that is not held sees it after all others
        return sorted(filter(is_shown, values), key=lambda each: rank.get(each.value, strange))


#: What is read of the values of an engine's generation in use.
sounds_of = PerGeneration(lambda engine: Sounds(catalogue_of(engine)))
