"""Plots of figures: the towns of each year as points, or where they are many as a box, drawn on the server.

What stands apart is drawn as a triangle, upwards or downwards, so it is told by shape and not by colour alone. The same
is told in words beside the picture. Geometry stands in attributes, colours in figures.css.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup

from search_app.comparing.figure_levels import HIGH, Levels, YearSpread
from search_app.comparing.figures_table import Place
from search_app.exporting.figure_wording import say_number

_WIDTH, _HEIGHT = 680, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 14, 30
#: So many towns of a year are drawn one by one; so many that stand apart are.
_POINTS, _APART = 60, 40
_SPARK = (132, 34)


def draw_levels(levels: Levels, unit: str, label: str) -> Markup:
    """Return the picture of one thing over towns and years; empty where nothing has a level."""
    if not levels.spreads:
        return Markup("")
    scale = _Scale(list(levels.by_town.values()), rate=unit == "%")
    years = sorted(levels.spreads)
    step = (_WIDTH - _LEFT - _RIGHT) / len(years)
    parts = [_grid(scale, unit)]
    middles: list[tuple[float, float]] = []
    for at, year in enumerate(years):
        middle = _LEFT + step * (at + 0.5)
        spread = levels.spreads[year]
        values = [(place, value) for (place, of), value in levels.by_town.items() if of == year]
        parts += [_year(year, middle), _box(spread, scale, middle, step), _points(values, spread, scale, middle, step)]
        middles.append((middle, scale(spread.median)))
    parts.append(_line(middles, "fig-median"))
    return Markup('<svg class="figure-plot" viewBox="0 0 {} {}" role="img" aria-label="{}"><g>{}</g></svg>').format(
        _WIDTH, _HEIGHT, label, Markup("").join(parts)
    )


def draw_spark(levels: Levels, label: str) -> Markup:
    """Return a small line of the medians of the years."""
    if len(levels.spreads) < 2:
        return Markup("")
    width, height = _SPARK
    values = [spread.median for _, spread in sorted(levels.spreads.items())]
    low, high = min(values), max(values)
    room = (high - low) or 1
    step = (width - 12) / (len(values) - 1)
    points = [(6 + step * at, height - 6 - (value - low) / room * (height - 12)) for at, value in enumerate(values)]
    dot = Markup('<circle class="fig-end" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(*points[-1])
    return Markup('<svg class="figure-spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
        width, height, label, _line(points, "fig-median"), dot
    )


class _Scale:
    """Where a value is drawn: counts on a logarithmic scale, rates as they are."""

    def __init__(self, values: Sequence[float], *, rate: bool) -> None:
        self.rate = rate
        low, high = min(values), max(values)
        if rate:
            low, high = min(low, 100.0), max(high, 100.0)
            low = math.floor((low - 1) / 10) * 10 if low < 100 else 90.0
        self._low, self._high = self._into(low), self._into(high)
        if self._high - self._low < 1e-9:
            self._low, self._high = self._low - 0.5, self._high + 0.5
        self.ticks = self._ticks(low, high)

    def __call__(self, value: float) -> float:
        share = (self._into(value) - self._low) / (self._high - self._low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    def _into(self, value: float) -> float:
        return value if self.rate else math.log1p(value)

    def _ticks(self, low: float, high: float) -> list[float]:
        if self.rate:
            step = 5 if high - low <= 25 else 20
            return [tick for tick in range(0, 201, step) if low <= tick <= high]
        ticks = [base * 10**power for power in range(9) for base in (1, 2, 5)]
        fit = [tick for tick in (0, *ticks) if low <= tick <= high] or [low]
        while len(fit) > 6:
            fit = fit[::2]
        return [float(tick) for tick in fit]


def _grid(scale: _Scale, unit: str) -> Markup:
    lines = [
        Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="{}" y="{:.1f}">{}</text>').format(
            _LEFT, _WIDTH - _RIGHT, scale(tick), scale(tick), _LEFT - 8, scale(tick) + 4, f"{say_number(tick)}{unit}"
        )
        for tick in scale.ticks
    ]
    return Markup('<g class="fig-grid">{}</g>').format(Markup("").join(lines))


def _year(year: int, middle: float) -> Markup:
    return Markup('<text class="fig-year" x="{:.1f}" y="{}">{}</text>').format(middle, _HEIGHT - 9, year)


def _box(spread: YearSpread, scale: _Scale, middle: float, step: float) -> Markup:
    if spread.first_quartile is None or spread.third_quartile is None:
        return Markup("")
    top, bottom = scale(spread.third_quartile), scale(spread.first_quartile)
    half = min(step * 0.36, 46)
    return Markup(
        '<rect class="fig-box" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="3"/>'
        '<line class="fig-middle" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>'
    ).format(
        middle - half, top, 2 * half, max(bottom - top, 2), middle - half, middle + half,
        scale(spread.median), scale(spread.median),
    )  # fmt: skip


def _points(
    values: Sequence[tuple[Place, float]], spread: YearSpread, scale: _Scale, middle: float, step: float
) -> Markup:
    apart = [(place, value) for place, value in values if spread.side(value)][:_APART]
    drawn = values if len(values) <= _POINTS else apart
    half = min(step * 0.3, 36)
    made = []
    for at, (place, value) in enumerate(sorted(drawn, key=lambda one: one[0])):
        spread_by = ((at * 0.618034 + 0.5) % 1) * 2 - 1  # golden steps: neighbours never lie on each other
        x = middle + half * spread_by
        made.append(_point(place, value, spread.side(value), x, scale(value)))
    return Markup("").join(made)


def _point(place: Place, value: float, side: str | None, x: float, y: float) -> Markup:
    said = f"{place.county}{place.town} {say_number(value)}"
    if side is None:
        return Markup('<circle class="fig-point" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>{}</title></circle>').format(
            x, y, said
        )
    tip = -6 if side == HIGH else 6
    return Markup('<path class="fig-apart" d="M{:.1f} {:.1f}l5.5 {}h-11z"><title>{}</title></path>').format(
        x, y + tip, -2 * tip * 0.9, said
    )


def _line(points: Sequence[tuple[float, float]], name: str) -> Markup:
    if len(points) < 2:
        return Markup("")
    return Markup('<polyline class="{}" points="{}"/>').format(name, " ".join(f"{x:.1f},{y:.1f}" for x, y in points))
