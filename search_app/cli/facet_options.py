"""The options that narrow a search, each repeatable: ``--year --town --county --section --topic``, ``--not-year`` …"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from search_app.errors import BadSearch
from search_app.facets import FACETS, FacetClass
from search_app.model import UNKNOWN, Value
from search_app.query import Selection

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def facet_options(command: Decorated) -> Decorated:
    """Add two options per facet, what to keep and what to leave out, in the order of the facets."""
    several = [(facet.value, kind, kind.narrows) for facet, kind in FACETS.items()]
    several += [(f"not-{facet.value}", kind, kind.narrows.replace("只看", "不看")) for facet, kind in FACETS.items()]
    for name, kind, said in reversed(several):
        command = click.option(
            f"--{name}",
            type=click.Choice((*kind.values, *((UNKNOWN,) if kind.may_be_unknown else ()))) if kind.values else None,
            callback=_reader(kind),
            multiple=True,
            metavar=kind.prefix,
            help=f"{said}，可写多次。",
        )(command)
    return command


def selection_from(given: Mapping[str, object]) -> Selection:
    """Return what the options given select and exclude."""
    chosen = {facet.value: _values(given[facet.value]) for facet in FACETS}
    return Selection({facet: _values(given[f"not_{facet.value}"]) for facet in FACETS}, **chosen)


def _values(given: object) -> tuple[Value, ...]:
    return given if isinstance(given, tuple) else ()


def _reader(kind: FacetClass) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[Value, ...]]:
    """Return what reads the values of a facet's option."""

    def read(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[Value, ...]:
        try:
            return tuple(kind.read_option(text) for text in given)
        except BadSearch as refused:
            raise click.BadParameter(refused.message, ctx, param) from None

    return read
