"""Trees of descent: what may come from what, a column per year, each mark joined to its parent.

In: nodes with their year and the id of their parent, parents before children. Out: the drawing. A chain of first
children keeps one row, every other child opens a row of its own, so no two marks ever share a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search_app.web.view_models.charts.chart import draw, drawing, link
from search_app.web.view_models.charts.line_plot import shape

_COLUMN, _ROW, _SIDE, _TOP, _BELOW = 104, 46, 52, 34, 30
#: So many characters of a name stand below its mark.
_NAME = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One mark: ``kind`` is the number of its shape and colour, ``said`` its words in full, ``here`` the one meant."""

    id: str
    year: int
    parent: str | None
    name: str
    said: str
    url: str
    kind: int
    here: bool = False


def descent(id: str, title: str, nodes: Sequence[Node]) -> Markup:
    """Return the drawing of some nodes, of one at least; the years stand above, each in its column."""
    years = sorted({node.year for node in nodes})
    rows = place_rows(nodes)
    places = {node.id: (_SIDE + years.index(node.year) * _COLUMN, _TOP + 16 + rows[node.id] * _ROW) for node in nodes}
    named = [draw("text", str(year), x=_SIDE + at * _COLUMN, y=16, class_="year-name") for at, year in enumerate(years)]
    return drawing(
        id,
        title,
        draw("g", *named, aria_hidden="true"),
        *(_branch(places[node.parent], places[node.id], node.kind) for node in nodes if node.parent is not None),
        *(_mark(node, *places[node.id]) for node in nodes),
        width=2 * _SIDE + (len(years) - 1) * _COLUMN,
        height=_TOP + (max(rows.values()) + 1) * _ROW + _BELOW - 16,
        linked=True,
        class_="descent",
    )


def place_rows(nodes: Sequence[Node]) -> Mapping[str, int]:
    """Return the row of each node by its id."""
    children: dict[str | None, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent, []).append(node)
    rows: dict[str, int] = {}
    free = 0
    waiting = [(node, False) for node in reversed(children.get(None, []))]
    while waiting:
        node, goes_on = waiting.pop()
        if goes_on and node.parent is not None:
            rows[node.id] = rows[node.parent]
        else:
            rows[node.id], free = free, free + 1
        below = children.get(node.id, [])
        heir = next((child for child in below if child.year > node.year), None)
        waiting += [(child, False) for child in reversed(below) if child is not heir]
        waiting += [(heir, True)] if heir is not None else []
    return rows


def _branch(one: tuple[int, int], other: tuple[int, int], kind: int) -> Markup:
    (x1, y1), (x2, y2) = one, other
    bend = _COLUMN // 2
    turn = x2 - bend if x2 > x1 else x2 + bend  # two of one year: the stroke goes around what stands between them
    way = f"M{x1} {y1}C{x1 + bend} {y1} {turn} {y2} {x2} {y2}"
    return draw("g", draw("path", d=way, class_="branch"), class_=f"series-{kind}", aria_hidden="true")


def _mark(node: Node, x: int, y: int) -> Markup:
    name = node.name if len(node.name) <= _NAME else f"{node.name[: _NAME - 1]}…"
    ring = draw("circle", cx=x, cy=y, r=10, class_="here") if node.here else Markup("")
    words = draw("text", name, x=x, y=y + 21, class_="node-name")
    return draw("g", link(node.url, node.said, ring, shape(node.kind, x, y, 5.5), words), class_=f"series-{node.kind}")
