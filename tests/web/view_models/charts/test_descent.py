"""Trees of descent: no two marks share a place, every child is joined to its parent."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from search_app.web.view_models.charts.descent import Node, descent, place_rows


@st.composite
def families(draw: st.DrawFn) -> list[Node]:
    """Draw nodes by their years, each a root or the child of one before it."""
    years = sorted(draw(st.lists(st.integers(2019, 2023), min_size=1, max_size=12)))
    return [
        Node(
            id=str(at),
            year=year,
            parent=draw(st.sampled_from((None, *map(str, range(at))))),
            name="望杉镇",
            said="话",
            url=f"#{at}",
            kind=1,
        )
        for at, year in enumerate(years)
    ]


@given(families())
def test_no_two_marks_share_a_place(nodes: list[Node]) -> None:
    rows = place_rows(nodes)

    assert len({(node.year, rows[node.id]) for node in nodes}) == len(nodes) == len(rows)
    assert set(rows.values()) == set(range(max(rows.values()) + 1))


@given(families())
def test_every_node_is_drawn_and_every_child_joined(nodes: list[Node]) -> None:
    drawn: html.HtmlElement = html.fromstring(descent("tree", "图", nodes))

    assert {each.get("href") for each in drawn.iter("a")} == {node.url for node in nodes}
    assert len(list(drawn.iter("path"))) == sum(node.parent is not None for node in nodes)
