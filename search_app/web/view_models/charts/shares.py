"""Shares as bars inside a table: one bar, or two above each other, so that the table is the picture.

The numbers stand beside a bar as text; the bar itself is nothing for who hears a page read.
"""

from markupsafe import Markup

from search_app.web.view_models.charts.chart import draw

#: A bar that stands for anything at all is this wide at least.
_LEAST = 0.6


def bar(share: float, *, most: float = 1.0) -> Markup:
    """Return a bar as long as a share is of the longest."""
    return _bars(draw("rect", class_="fill series-1", width=_length(share, most), height=10, y=0), height=10)


def paired_bar(share: float, other: float, *, most: float) -> Markup:
    """Return two bars, the upper for the share and the lower, of another pattern and thinner, for the other."""
    upper = draw("rect", class_="fill series-1", width=_length(share, most), height=9, y=0)
    lower = draw("rect", class_="fill series-2", width=_length(other, most), height=5, y=11)
    return _bars(upper, lower, height=16)


def _bars(*drawn: Markup, height: int) -> Markup:
    rail = draw("rect", class_="rail", width=100, height=height)
    return draw(
        "svg",
        rail,
        *drawn,
        class_="share-bar",
        viewBox=f"0 0 100 {height}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _length(share: float, most: float) -> float:
    return round(max(_LEAST, share / most * 100), 2) if share and most else 0.0


def say_percent(share: float) -> str:
    """Return a share as people read it: something is never said to be nothing, nor less than all to be all."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    percent = share * 100
    return "不到 1%" if percent < 1 else f"{min(99.9, percent):.1f}%" if percent > 99 else f"{percent:.0f}%"
