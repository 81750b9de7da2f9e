"""Precision, recall and F1 of labels given against labels wanted, and how often scores rank them rightly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(slots=True, kw_only=True)
class Overlap:
    """How many of the wanted were given, and how many of the given were wanted."""

    wanted: int = 0
    given: int = 0
    both: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.given + self.wanted) if self.given + self.wanted else 1.0


def auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return how often a good one stands above a bad one, a draw counting half."""
    return sum((one > other) + (one == other) / 2 for one, other in product(good, bad)) / (len(good) * len(bad))
