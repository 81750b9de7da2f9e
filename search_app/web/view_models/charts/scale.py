"""Scales: values -> places on a drawing, with the few round numbers that an axis names."""

import math
from dataclasses import dataclass

#: What a step between two numbers of an axis may begin with.
_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight way from values to places: ``low`` is drawn at ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value is drawn, to a tenth; in the middle where all values are the same."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def ticks(low: float, high: float, *, most: int = 5) -> tuple[float, ...]:
    """Return at most so many round numbers, evenly spaced, the first not above ``low`` and the last not below ``high``.

    Of a single value the range is widened to something above it; ``most`` is at least 3.
    """
    high = high if high > low else low + max(abs(low), 1.0)
    step = 10.0 ** math.floor(math.log10((high - low) / (most - 1)))
    for factor in (*_ROUND, 20, 50, 100):
        first, last = math.floor(low / (step * factor)), math.ceil(high / (step * factor))
        if last - first < most:
            return tuple(_tidy(at * step * factor) for at in range(first, last + 1))
    raise ArithmeticError(f"no step fits between {low} and {high}")  # a hundredfold step always does


def say_number(value: float) -> str:
    """Return a number as an axis or a table writes it: thousands parted, no digits that say nothing."""
    tidy = _tidy(value)
    return f"{int(tidy):,}" if tidy == int(tidy) else f"{tidy:,}"


def _tidy(value: float) -> float:
    """Return a number without what binary fractions leave behind its sixth significant digit."""
    return float(f"{value:.6g}") if abs(value) < 1e6 else float(round(value))
