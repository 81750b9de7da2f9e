"""Place labels: what cities, counties and towns are counted under, and every name that they answer to.

A place is a city, a county and a town, each of which may be unknown. Everything is reckoned once per place; reports
only know which one is theirs. Shapes: R reports, C places.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.language.analysis.pinyin import to_syllables
from search_app.model import UNKNOWN, Facet

Numbers = NDArray[np.int64]


class Labels(NamedTuple):
    """The labels of one level, None where the place is not known, and which one each place has."""

    names: list[str | None]
    numbers: Numbers  # C


#: The levels of a place, outermost first, and the facet that counts each (cities have none).
LEVELS: tuple[Facet | None, ...] = (None, Facet.COUNTY, Facet.TOWN)


class Places:
    """The places of reports."""

    def __init__(self, names: tuple[str | None, ...], own: Numbers) -> None:
        """Take the levels of each report's place, R x 3: ordinals in ``names``, of which the first is None."""
        self._names = names
        self._own, self._which = _distinct(*own.T)

    def labelled(self, facet: Facet) -> tuple[Numbers, list[str | None]]:
        """Return which label of a facet's level each report has, and the labels."""
        names, numbers = self._labels[LEVELS.index(facet)]
        return numbers[self._which], names

    @cached_property
    def _labels(self) -> tuple[Labels, ...]:
        """Return the labels of all levels.

        A name that stands under several known parents in this index is written with its parent (``甲县石桥镇``), or
        with 未识别 where that is unknown; None is a place that is not known.
        """
        levels: list[Labels] = []
        above = Labels([None], np.zeros(len(self._own), dtype=np.int64))
        for own in self._own.T:
            pairs, pair = _distinct(own, above.numbers)
            parents = np.array([name is not None for name in above.names], dtype=np.bool_)
            several = np.bincount(pairs[parents[pairs[:, 1]], 0], minlength=len(self._names)) > 1
            labels = [self._names[name] for name in pairs[:, 0].tolist()]
            for at in np.flatnonzero(several[pairs[:, 0]] & (pairs[:, 0] > 0)).tolist():
                labels[at] = (above.names[pairs[at, 1]] or UNKNOWN) + str(labels[at])
            position = {label: number for number, label in enumerate(dict.fromkeys(labels))}
            above = Labels(list(position), np.array([position[label] for label in labels], dtype=np.int64)[pair])
            levels.append(above)
        return tuple(levels)

    def called(self, facet: Facet, name: str | None) -> NDArray[np.bool_]:
        """Return which reports a name stands for: bare, with its parent, or as labelled; None = not known."""
        chosen = np.zeros(len(self._own), dtype=np.bool_)
        chosen[self._named[LEVELS.index(facet)].get(name, [])] = True
        return chosen[self._which]

    @cached_property
    def by_sound(self) -> Numbers:
        """Return for each report the rank of its place by the sound of county and town; what is not known is last."""
        levels = [LEVELS.index(facet) for facet in (Facet.COUNTY, Facet.TOWN)]
        keys = [
            tuple(
                _sound(self._names[own[level]], self._labels[level].names[self._labels[level].numbers[place]])
                for level in levels
            )
            for place, own in enumerate(self._own.tolist())
        ]
        rank = {key: number for number, key in enumerate(sorted(set(keys)))}
        return np.array([rank[key] for key in keys], dtype=np.int64)[self._which]

    @cached_property
    def _named(self) -> tuple[dict[str | None, list[int]], ...]:
        """Return for each level the places that a name stands for."""
        return tuple(map(self._names_of, range(len(self._labels))))

    def _names_of(self, level: int) -> dict[str | None, list[int]]:
        label, above = self._labels[level], self._labels[level - 1] if level else None
        named: dict[str | None, list[int]] = {}
        for place, names in enumerate(self._own.tolist()):
            name = self._names[names[level]]
            answers: set[str | None] = {name}
            if name:
                parent = self._names[names[level - 1]] if level else None
                its_label = above.names[above.numbers[place]] if above else None
                answers |= {label.names[label.numbers[place]], (parent or "") + name, (its_label or "") + name}
            for one in answers:
                named.setdefault(one, []).append(place)
        return named


def _sound(name: str | None, label: str | None) -> tuple[bool, tuple[str, ...], str, str]:
    """Return what a place is ordered by: its sound, then how it is written, then what tells it from its namesakes."""
    return name is None, to_syllables(name or ""), name or "", label or ""


def _distinct(*columns: Numbers) -> tuple[Numbers, Numbers]:
    """Return the distinct rows of columns side by side, and for each row which one it is."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:  # two at a time, so that both fit into one number
        _, number = np.unique(number << np.int64(32) | column, return_inverse=True)
    _, first = np.unique(number, return_index=True)
    return np.stack([column[first] for column in columns], axis=1), number
