"""Deadline: the moment after which an answer tells of what was looked at until then.

In: the moment, and the clock by which it is told, so that a test can hold the hands. Nothing is interrupted: whoever
works through something asks between two steps whether time is up.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of a clock."""

    at: float
    clock: Callable[[], float]

    def is_over(self) -> bool:
        """Tell whether the moment has come."""
        return self.clock() >= self.at
