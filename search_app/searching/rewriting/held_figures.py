"""Held figures: which figures that stand in the index fulfil a condition of a question (98%以上), the nearest first.

In: an engine, and a condition. Out: figures as they are written there, with their unit. The surprise: the numerals of a
generation are listed once, and of those that fulfil a condition only the nearest are looked for with their unit, so
that 100件以上 costs no more where ten thousand numbers are greater.
"""

from collections.abc import Callable, Iterator

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


def _ways(condition: FigureCondition, numerals: tuple[tuple[float, str], ...]) -> Iterator[str]:
    """Yield the figures that would fulfil a condition, as reports write them, the nearest to the one typed first."""
    scaled = [
        (value * scale, f"{numeral}{sign}")
        for scale, sign in ((1, ""), (_TEN_THOUSAND, "万"))
        for value, numeral in numerals
        if condition.is_fulfilled(value * scale)
    ]
    more = ("",) if condition.units == ("%",) else ("", "余", "多")
    for _, numeral in sorted(scaled, key=lambda each: (abs(each[0] - condition.value), each[1])):
        yield from (f"{numeral}{sign}{unit}" for unit in condition.units for sign in more)


def _list_numerals(engine: Engine) -> tuple[tuple[float, str], ...]:
    """Return the numerals of an index with their values."""
    counts = (each for each in engine.numerals() if len(each) <= _LONGEST and each.count(".") < 2)
    return tuple((float(numeral), numeral) for numeral in counts)


_numerals_of = PerGeneration(_list_numerals)
