"""A lattice of words over a text: each word an arc with a cost, and the cheapest way through."""

from collections.abc import Collection
from typing import NamedTuple

from search_app.language.question.confusions import Slip


class Arc(NamedTuple):
    """A word from one place of the text to another, as typed (no slip) or as it may have been meant."""

    start: int
    end: int
    word: str
    cost: float
    slip: Slip | None = None


def find_cheapest(length: int, arcs: list[Arc], *, backwards: bool = False) -> list[tuple[float, Arc | None]]:
    """Return for each place the least cost of the text up to it (or, backwards, from it on) and the last word."""
    best: list[tuple[float, Arc | None]] = [(float("inf"), None)] * (length + 1)
    best[length if backwards else 0] = (0.0, None)
    for arc in sorted(arcs, key=lambda arc: (-arc.end, -arc.start) if backwards else (arc.start, arc.end)):
        come, go = (arc.end, arc.start) if backwards else (arc.start, arc.end)
        if (cost := best[come][0] + arc.cost) < best[go][0]:
            best[go] = (cost, arc)
    return best


def walk_back(best: list[tuple[float, Arc | None]], length: int) -> list[Arc]:
    """Return the words of the cheapest way through a text."""
    arcs: list[Arc] = []
    while (arc := best[length][1]) is not None:
        arcs.append(arc)
        length = arc.start
    return arcs[::-1]


def changes(arc: Arc, text: str, at_places: Collection[int]) -> bool:
    """Tell whether an arc puts other characters at some places of a text: at any it spans, where its length differs."""
    spanned = range(arc.start, arc.end)
    if len(arc.word) == len(spanned):
        return any(at in at_places and text[at] != char for at, char in zip(spanned, arc.word, strict=True))
    return any(at in at_places for at in spanned)
