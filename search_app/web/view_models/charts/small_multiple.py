"""Small multiples: many little plots of shares on one scale, so that topics are held against each other at a glance."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from search_app.web.view_models.charts.chart import draw, drawing
from search_app.web.view_models.charts.scale import Scale

WIDTH, HEIGHT = 200, 76
_SIDE, _TOP, _BOTTOM = 12, 12, 20


def small_multiple(id: str, title: str, years: Sequence[tuple[int, float]], span: tuple[int, int]) -> Markup:
    """Return shares from 0 to 1 over years, oldest first, on the span of years that all the little plots have."""
    across = Scale(low=span[0], high=span[1], start=_SIDE, end=WIDTH - _SIDE)
    up = Scale(low=0.0, high=1.0, start=HEIGHT - _BOTTOM, end=_TOP)
    strokes = [
        draw(
            "line",
            x1=across.place(one[0]),
            y1=up.place(one[1]),
            x2=across.place(other[0]),
            y2=up.place(other[1]),
            class_="stroke",
        )
        for one, other in pairwise(years)
        if other[0] == one[0] + 1
    ]
    marks = [draw("circle", cx=across.place(year), cy=up.place(share), r=3, class_="mark") for year, share in years]
    frame = [draw("line", x1=0, x2=WIDTH, y1=up.place(at), y2=up.place(at), class_="grid") for at in (0.0, 0.5, 1.0)]
    ends = {span[0]: "start", span[1]: "end"}
    named = [
        draw("text", str(year), x=0 if side == "start" else WIDTH, y=HEIGHT - 4, class_=f"year-{side}")
        for year, side in ends.items()
    ]
    line = draw("g", *strokes, *marks, class_="series-1")
    return drawing(id, title, *frame, line, *named, width=WIDTH, height=HEIGHT, linked=False, class_="small-multiple")
