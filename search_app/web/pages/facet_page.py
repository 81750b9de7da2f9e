"""The facet page: every value of one facet for a search, with a filter, pages, and several picks before one click.

All of it is one form, so that what is ticked on one leaf is still ticked on the next, with or without scripts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search_app.facets import FACETS
from search_app.model import Facet, FacetValue
from search_app.searching import Request, Results
from search_app.web import urls
from search_app.web.answers import answer, sounds
from search_app.web.leaves import check_leaf
from search_app.web.parameters import MAX_TICKED, Arrangement, read_choice, read_switch
from search_app.web.view_models import facet_panels, pager

facet_lists = Blueprint("facets", __name__)

#: Values on one leaf.
LEAF = 100


@facet_lists.get("/facets/<name>")
def facet(name: str) -> ResponseReturnValue:
    """Show every value of one facet for a search; with ``apply``, lead on to the results of what is ticked."""
    if name not in {item.value for item in Facet}:
        abort(404)
    wanted = Facet(name)
    told = urls.parse(request.args.to_dict(flat=False), allowed=("find", "leaf", "to", "order", "apply"))
    order = read_choice(Arrangement, "order", told.extra)
    asked = urls.order_by(replace(told.request, page=1), wanted, order)
    if read_switch("apply", told.extra, default=False):
        return redirect(urls.build(asked))
    results, find = answer(replace(asked, page=told.request.page)), told.extra.get("find", "").strip()
    values = _values(wanted, results, asked, find)
    leaf = _leaf(told.extra)
    leaves = max(1, -(-len(values) // LEAF))

    def turn(to: int) -> str:
        return urls.build(asked, path=request.path, find=find or None, leaf=to if to > 1 else None)

    check_leaf(leaf, leaves, turn)
    shown = values[(leaf - 1) * LEAF : leaf * LEAF]
    chosen = _chosen(wanted, results, asked)
    return render_template(
        "facet.html",
        found=results.found,
        label=FACETS[wanted].label,
        name=name,
        rows=facet_panels.rows(wanted, shown, asked),
        elsewhere=facet_panels.rows(wanted, [value for value in chosen if value not in shown], asked),
        ticked=sum(value.selected for value in chosen),
        most=MAX_TICKED,
        count=len(values),
        find=find,
        text=asked.text,
        kept=urls.to_hidden(asked, own=wanted),
        excluded=[urls.write_value(value) for value in asked.selection.excluded(wanted)],
        back=urls.build(asked),
        by_name=None if FACETS[wanted].chronological else wanted in asked.by_name,
        leaf=leaf,
        leaves=pager.numbered(leaf, leaves, turn),
    )


def _leaf(extra: Mapping[str, str]) -> int:
    """Return the leaf that was turned to; another order begins anew."""
    here, to = (urls.parse_position(extra.get(name), name) for name in ("leaf", "to"))
    return to or (None if extra.get("order") else here) or 1


def _chosen(facet: Facet, results: Results, asked: Request) -> list[FacetValue]:
    """Return the values that are ticked or excluded; where none is, they are not looked for among thousands."""
    if not asked.selection.touches(facet):
        return []
    return [value for value in results.found.facets[facet] if value.selected or value.excluded]


def _values(facet: Facet, results: Results, asked: Request, find: str) -> Sequence[FacetValue]:
    """Return the values to list, in the order asked for; what is ticked keeps its place, so that leaves stay whole."""
    held = results.found.facets[facet]
    if facet in asked.by_name:
        held = sounds().by_name(facet, held)
    return sounds().find(facet, held, find) if find else held
