"""Line plots: every value stands where its scale puts it, no line crosses a year of which nothing is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from search_app.web.view_models.charts.line_plot import Line, Mark, line_plot
from search_app.web.view_models.charts.scale import Scale, ticks

_VALUES = st.floats(-1e9, 1e9).map(lambda value: round(value, 3))


def plot(*lines: Line) -> html.HtmlElement:
    """Return the drawing of lines as a tree."""
    found = line_plot(id="plot", title="一张图", lines=lines, columns=("年度",), rows=())
    assert found is not None
    return html.fromstring(found.svg)


def line(*values: tuple[int, float]) -> Line:
    """Return a line of these years and values."""
    return Line(name="线", marks=tuple(Mark(year=year, value=value, said=f"{year}：{value}") for year, value in values))


@given(st.lists(_VALUES, min_size=1, max_size=9), st.integers(3, 9))
def test_the_numbers_of_an_axis_hold_every_value_between_them(values: list[float], most: int) -> None:
    named = ticks(min(values), max(values), most=most)

    assert 2 <= len(named) <= most
    slack = 1e-5 * max(1.0, abs(named[0]), abs(named[-1]))
    assert named[0] <= min(values) + slack
    assert max(values) - slack <= named[-1]


@given(_VALUES, _VALUES, _VALUES)
def test_a_scale_keeps_the_order_of_values(low: float, high: float, value: float) -> None:
    low, value, high = sorted((low, value, high))
    scale = Scale(low=low, high=high, start=0, end=100)

    assert scale.place(low) <= scale.place(value) <= scale.place(high)


def test_a_year_without_a_value_parts_the_line() -> None:
    drawn = plot(line((2020, 1), (2021, 2), (2023, 3)))

    assert len(drawn.xpath("//line[@class='stroke']")) == 1


def test_every_value_has_its_mark_with_its_words() -> None:
    drawn = plot(line((2020, 1), (2021, 2.5)))

    assert drawn.xpath("//g/title/text()") == ["2020：1", "2021：2.5"]
    assert len(drawn.xpath("//circle[@class='mark']")) == 2


def test_what_stands_out_is_ringed() -> None:
    mark = Mark(year=2020, value=9, said="离群", outlier=True)

    drawn = plot(Line(name="线", marks=(mark, Mark(year=2020, value=1, said="常见")), joined=False))

    assert len(drawn.xpath("//circle[@class='outlier']")) == 1


@pytest.mark.parametrize(("url", "role"), [("/?q=x", "group"), (None, "img")])
def test_a_drawing_with_links_is_a_group_whose_parts_can_be_reached(url: str | None, role: str) -> None:
    drawn = plot(Line(name="线", marks=(Mark(year=2020, value=9, said="九", url=url),)))

    assert drawn.get("role") == role
    assert drawn.xpath("//a/title/text()") == (["九"] if url else [])


def test_words_from_reports_stay_words() -> None:
    drawn = plot(Line(name="线", marks=(Mark(year=2020, value=9, said='<script>"x'),)))

    assert drawn.xpath("//g/title/text()") == ['<script>"x']
    assert not drawn.xpath("//script")


def test_without_a_value_there_is_no_plot() -> None:
    assert line_plot(id="plot", title="", lines=(line(),), columns=(), rows=()) is None


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="5 lines"):
        line_plot(id="plot", title="", lines=(line((2020, 1)),) * 5, columns=(), rows=())
