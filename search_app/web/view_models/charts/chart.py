"""A chart as a template shows it: the drawing, what it is called, and the table that holds the same numbers.

The macro ``chart`` of ``templates/charts.html`` shows one; a page that does so links ``charts.css``.
"""

from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from search_app.web.view_models.links import Link

#: What stands in the table beside a drawing: words, or a link with its words.
Cell: TypeAlias = str | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing and its table; the first cell of each row heads it. ``id`` is unlike that of any other on the page.

    ``keys`` name the lines of a drawing that has several, in the order of their classes.
    """

    id: str
    title: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()


def draw(name: str, *inside: str, **attributes: str | float | None) -> Markup:
    """Return an SVG element; what is inside is escaped unless it is markup, an attribute that is None is left out.

    ``class_`` is written as class, and an underscore in a name as a hyphen.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _say(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, Markup("").join(inside))  # noqa: S704 - names are ours


def drawing(name: str, title: str, *inside: str, width: float, height: float, linked: bool, class_: str = "") -> Markup:
    """Return a whole drawing with its title; what has links inside is a group, else one picture.

    A picture has no parts for who hears a page read: links inside one would be lost.
    """
    return draw(
        "svg",
        draw("title", title, id=f"{name}-title"),
        *inside,
        class_=f"drawing {class_}".strip(),
        viewBox=f"0 0 {_say(width)} {_say(height)}",
        width=width,
        height=height,
        role="group" if linked else "img",
        aria_labelledby=f"{name}-title",
        focusable="false",
    )


def link(url: str | None, said: str, *inside: str) -> Markup:
    """Return what is drawn for one value, with its words, as a link where it leads anywhere."""
    drawn = Markup("").join((draw("title", said), *inside))
    return draw("a", drawn, href=url, rel="nofollow") if url else draw("g", drawn)


def _say(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
