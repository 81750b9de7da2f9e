"""Held figures: which figures that stand in the index fulfil a condition of a question (98%以上), the nearest first.

In: an engine, and a condition. Out: figures as they are written there, with their unit. The surprise: the numerals of a
generation are listed once, and of those that fulfil a condition only the nearest are looked for with their unit, so
that 100件以上 costs no more where ten thousand numbers are greater.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from math import nextafter

from search_app.engines.base import Engine
from search_app.language import FigureCondition
from search_app.searching.per_generation import PerGeneration

#: So many figures answer one condition, and so many ways to write them are looked for.
MOST_FIGURES, MOST_TRIED = 48, 160
#: Numbers of more digits are no counts, but of telephones and documents.
_LONGEST = 8
_TEN_THOUSAND = 10_000


def find_held_figures(engine: Engine, is_held: Callable[[str], bool]) -> Callable[[FigureCondition], tuple[str, ...]]:
    """Return what gives the figures held that fulfil a condition, none of them as typed; raises IndexProblem."""

    def held(condition: FigureCondition) -> tuple[str, ...]:
        found: list[str] = []
        for tried, figure in enumerate(_ways(condition, _numerals_of(engine))):
            if tried == MOST_TRIED or len(found) == MOST_FIGURES:
                break
            if figure != condition.figure and is_held(figure):
                found.append(figure)
        return tuple(found)

    return held


def _ways(condition: FigureCondition, numerals: "_Numerals") -> Iterator[str]:
    """Yield the figures that would fulfil a condition, as reports write them, the nearest to the one typed first."""
    more = ("",) if condition.units == ("%",) else ("", "余", "多")

    def distance(each: tuple[float, str]) -> tuple[float, str]:
        return abs(each[0] - condition.value), each[1]

    for _, numeral in merge(_upwards(condition, numerals), _downwards(condition, numerals), key=distance):
        yield from (f"{numeral}{sign}{unit}" for unit in condition.units for sign in more)


def _upwards(condition: FigureCondition, numerals: "_Numerals") -> Iterator[tuple[float, str]]:
    """Yield the numerals from the figure of a condition to the most it allows, with their values."""
    start = bisect_left(numerals.upwards, max(condition.value, condition.least), key=_value)
    for at in range(start, len(numerals.upwards)):
        if numerals.upwards[at][0] > condition.most:
            return
        yield numerals.upwards[at]


def _downwards(condition: FigureCondition, numerals: "_Numerals") -> Iterator[tuple[float, str]]:
    """Yield the numerals from below the figure of a condition to the least it allows, with their values."""
    greatest = min(nextafter(condition.value, 0), condition.most)
    start = bisect_left(numerals.downwards, -greatest, key=lambda each: -each[0])
    for at in range(start, len(numerals.downwards)):
        if numerals.downwards[at][0] < condition.least:
            return
        yield numerals.downwards[at]


def _value(numeral: tuple[float, str]) -> float:
    return numeral[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numerals:
    """The numerals of an index with their values, also as so many times ten thousand, the least or the greatest first.

    Those of one value stand in the order of their characters in either.
    """

    upwards: tuple[tuple[float, str], ...]
    downwards: tuple[tuple[float, str], ...]


def _list_numerals(engine: Engine) -> _Numerals:
    counts = [each for each in engine.numerals() if len(each) <= _LONGEST and each.count(".") < 2]
    valued = [(float(numeral), numeral) for numeral in counts]
    valued += [(value * _TEN_THOUSAND, f"{numeral}万") for value, numeral in valued]
    return _Numerals(
        upwards=tuple(sorted(valued)), downwards=tuple(sorted(valued, key=lambda each: (-each[0], each[1])))
    )


_numerals_of = PerGeneration(_list_numerals)
