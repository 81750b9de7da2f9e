"""The options that narrow a search, one per facet: ``--year --town --county --section --topic``, each repeatable."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from search_app.errors import BadSearch
from search_app.facets import FACETS, FacetClass
from search_app.model import UNKNOWN, Value
from search_app.query import Selection

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def facet_options(command: Decorated) -> Decorated:
    """Add one option per facet, in the order of :data:`search_app.facets.FACETS`."""
    for facet, kind in reversed(tuple(FACETS.items())):
        command = click.option(
            f"--{facet.value}",
            type=click.Choice((*kind.values, *((UNKNOWN,) if kind.may_be_unknown else ()))) if kind.values else None,
            callback=_reader(kind),
            multiple=True,
            metavar=kind.prefix,
            help=f"{kind.narrows}，可写多次。",
        )(command)
    return command


def selection_from(given: Mapping[str, object]) -> Selection:
    """Return what the options given select."""
    chosen = {facet.value: given[facet.value] for facet in FACETS}
    return Selection(**{name: values for name, values in chosen.items() if isinstance(values, tuple)})


def _reader(kind: FacetClass) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[Value, ...]]:
    """Return what reads the values of a facet's option."""

    def read(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[Value, ...]:
        try:
            return tuple(kind.read_option(text) for text in given)
        except BadSearch as refused:
            raise click.BadParameter(refused.message, ctx, param) from None

    return read
