"""Steps: the shades of a heat map, five from little to much, each a class; the numbers stand in the cells."""

from dataclasses import dataclass
from math import ceil

#: So many shades are told apart at a glance.
STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One shade with the values that it stands for, both ends included."""

    number: int
    first: int
    last: int


def step_of(value: int, most: int) -> int:
    """Return the shade of a whole number: 0 for nothing, 1 to 5 in even steps up to the most there is."""
    return min(STEPS, ceil(value * STEPS / most)) if value > 0 and most > 0 else 0


def legend(most: int) -> tuple[Step, ...]:
    """Return the shades that whole numbers up to the most can have."""
    by_step: dict[int, list[int]] = {}
    for number in range(1, STEPS + 1):
        first, last = (number - 1) * most // STEPS + 1, number * most // STEPS
        if first <= last:
            by_step[number] = [first, last]
    return tuple(Step(number=number, first=first, last=last) for number, (first, last) in by_step.items())
