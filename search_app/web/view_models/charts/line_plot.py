"""Line plots: values over years, one line or several, joined or as single marks; what stands out is ringed.

In: lines of marks, each with its year, its value and its words. Out: a :class:`Chart`. A year without a value parts a
line: nothing is drawn where nothing is known. The lines differ by the shape of their marks as well as by colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from search_app.web.view_models.charts.chart import Cell, Chart, draw, drawing, link
from search_app.web.view_models.charts.scale import Scale, say_number, ticks

WIDTH, HEIGHT = 420, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 18, 24, 28
#: As many lines are told apart by their colour and their marks.
MOST_LINES = 4
#: So many years are named along the axis; of more every second, third …
_NAMED = 8
_SIZE = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value: ``said`` are its words in full, ``url`` is where it leads, ``outlier`` what is far from the others."""

    year: int
    value: float
    said: str
    url: str | None = None
    outlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Marks of one kind, in any order; ``joined``: those of years that follow each other are joined by a stroke."""

    name: str
    marks: tuple[Mark, ...]
    joined: bool = True


def line_plot(
    *,
    id: str,
    title: str,
    lines: Sequence[Line],
    columns: tuple[str, ...],
    rows: Iterable[tuple[Cell, ...]],
    unit: str = "",
    from_zero: bool = True,
) -> Chart | None:
    """Return the plot of at most four lines; None where there is no value. Raises ValueError where there are more.

    ``columns`` and ``rows`` are the table beside it, ``unit`` stands above the axis of values. ``from_zero``: the axis
    begins at zero where no value is below it.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(f"{len(lines)} lines in one plot")
    marks = [mark for line in lines for mark in line.marks]
    if not marks:
        return None
    years, values = [mark.year for mark in marks], [mark.value for mark in marks]
    named = ticks(min(0.0, *values) if from_zero else min(values), max(values))
    across = Scale(low=min(years), high=max(years), start=_LEFT + 10, end=WIDTH - _RIGHT - 10)
    up = Scale(low=named[0], high=named[-1], start=HEIGHT - _BOTTOM, end=_TOP)
    svg = drawing(
        id,
        title,
        _value_axis(named, up, unit),
        _year_axis(min(years), max(years), across),
        *(_line(line, number, across, up) for number, line in enumerate(lines, 1)),
        width=WIDTH,
        height=HEIGHT,
        linked=any(mark.url for mark in marks),
        class_="line-plot",
    )
    keys = tuple(line.name for line in lines) if len(lines) > 1 else ()
    return Chart(id=id, title=title, svg=svg, columns=columns, rows=tuple(rows), keys=keys)


def _value_axis(named: Sequence[float], up: Scale, unit: str) -> Markup:
    drawn = [
        draw("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=up.place(value), y2=up.place(value), class_="grid")
        + draw("text", say_number(value), x=_LEFT - 6, y=up.place(value) + 4, class_="value-name")
        for value in named
    ]
    if unit:
        drawn.append(draw("text", unit, x=_LEFT - 6, y=_TOP - 10, class_="value-name"))
    return draw("g", *drawn, aria_hidden="true")


def _year_axis(first: int, last: int, across: Scale) -> Markup:
    every = (last - first) // _NAMED + 1
    return draw(
        "g",
        *(
            draw("text", str(year), x=across.place(year), y=HEIGHT - 8, class_="year-name")
            for year in range(first, last + 1, every)
        ),
        aria_hidden="true",
    )


def _line(line: Line, number: int, across: Scale, up: Scale) -> Markup:
    ordered = sorted(line.marks, key=lambda mark: mark.year)
    strokes = [
        draw(
            "line",
            x1=across.place(one.year),
            y1=up.place(one.value),
            x2=across.place(other.year),
            y2=up.place(other.value),
            class_="stroke",
        )
        for one, other in pairwise(ordered)
        if line.joined and other.year == one.year + 1
    ]
    points = [_point(mark, number, across.place(mark.year), up.place(mark.value)) for mark in ordered]
    return draw("g", *strokes, *points, class_=f"series-{number}")


def _point(mark: Mark, number: int, x: float, y: float) -> Markup:
    ring = draw("circle", cx=x, cy=y, r=_SIZE + 4, class_="outlier") if mark.outlier else Markup("")
    return link(mark.url, mark.said, ring, shape(number, x, y))


def shape(number: int, x: float, y: float, size: float = _SIZE) -> Markup:
    """Return the mark of the line of this number: a disc, a square, a diamond or a triangle."""
    if number == 1:
        return draw("circle", cx=x, cy=y, r=size, class_="mark")
    corners = {
        2: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        3: ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        4: ((0, -1.3), (1.3, 1), (-1.3, 1)),
    }[number]
    points = " ".join(f"{x + size * right:g},{y + size * down:g}" for right, down in corners)
    return draw("polygon", points=points, class_="mark")


def draw_key(number: int) -> Markup:
    """Return the mark of a line, small and alone, as it stands before the line's name."""
    mark = draw("g", shape(number, 7, 7), class_=f"series-{number}")
    return draw("svg", mark, viewBox="0 0 14 14", width=14, height=14, aria_hidden="true", focusable="false")
