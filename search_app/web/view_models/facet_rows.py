"""Facet rows: a value of a facet as HTML, a box to tick, with what excludes the value or takes that back.

A page has more than a hundred, and most of what is written of a value is the same on every page: so rows are written
here instead of by a template, and what stays the same of a value is written once.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from search_app.model import UNKNOWN, Facet
from search_app.web.parameters import NOT
from search_app.web.view_models.facet_panels import Row

_SVG = 'class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"'
_RAIL = '<rect class="rail" width="100" height="10"/>'


class _Written(NamedTuple):
    """What is the same of a value wherever it stands: name, attributes of its box, button, what it is found by."""

    name: str
    box: str
    button: str
    keys: str


def choices(rows: Iterable[Row], name: str, form: str, *, keys: bool = True) -> Markup:
    """Return values of the facet of this name as items of a list; their boxes and buttons belong to a form.

    ``keys``: the letters that a value is found by are written too, where a list can be searched.
    """
    return Markup("".join(_choice(row, name, form, keys=keys) for row in rows))  # noqa: S704 - escaped


def _choice(row: Row, name: str, form: str, *, keys: bool) -> str:
    written = _write(row.id, row.value, row.text, row.keys, name, form)
    searched = written.keys if keys else ""
    if row.excluded:
        return _excluded(row, written.name, searched)
    there = row.passages or row.selected
    kind, button = ("", written.button) if there else (' class="none"', "")
    state = " checked" if row.selected else "" if there else " disabled"
    return (
        f'<li{kind}{searched}>\n<label for="{row.id}"><input type="checkbox" {written.box}{state}>\n'
        f'<span class="name">{written.name}</span> {_bar(row, name)}'
        f'<span class="n"><span class="visually-hidden">，</span>{row.passages:,}'
        f'<span class="visually-hidden"> 段</span></span></label>\n{button}</li>\n'
    )


def _excluded(row: Row, name: str, searched: str) -> str:
    return (
        f'<li class="excluded"{searched}><span class="out"><s class="name">{name}</s> <span class="n">'
        f'已排除 {row.passages:,}<span class="visually-hidden"> 段</span></span></span>'
        f'<a class="not" id="not-{row.id}" href="{escape(row.url)}" rel="nofollow" data-soft>恢复'
        f'<span class="visually-hidden"> {name}</span></a></li>\n'
    )


def _bar(row: Row, name: str) -> str:
    """Return how many passages a year has as a bar; other facets have none."""
    if name != Facet.YEAR:
        return ""
    return f'<svg {_SVG}>{_RAIL}<rect class="fill" width="{row.share}" height="10"/></svg>'


@lru_cache(maxsize=1 << 13)
def _write(row_id: str, value: str, text: str, keys: str, name: str, form: str) -> _Written:
    said = escape(f"{text} 年" if name == Facet.YEAR and value != UNKNOWN else text)
    written, belongs = escape(value), f'form="{escape(form)}"'
    return _Written(
        name=str(said),
        box=f'id="{row_id}" {belongs} name="{name}" value="{written}"',
        button=f'<button class="not" id="not-{row_id}" {belongs} name="{NOT}{name}" value="{written}" '
        f'title="不要 {said}"></button>',
        keys=f' data-keys="{escape(keys)}"',
    )
