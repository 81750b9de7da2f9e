"""The page of topics × towns, counties or years: how many passages there are, and the best practice of each cell."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search_app.comparing.matrix import MOST_COLUMNS, ColumnKind, Matrix
from search_app.exporting.matrix_table import tell_totals
from search_app.model import Facet
from search_app.web import urls
from search_app.web.answers import sounds
from search_app.web.comparison_files import read_form, send_matrix
from search_app.web.leaves import check_leaf
from search_app.web.matrices import MatrixAsked, find_matrix, read_matrix
from search_app.web.parameters import NOT
from search_app.web.view_models import facet_panels, matrix_view, notices, pager
from search_app.web.view_models.links import Link
from search_app.web.view_models.matrix_view import FILES, PATH, matrix_url
from search_app.web.view_models.notices import Notice

matrices = Blueprint("matrices", __name__)


@matrices.get(PATH)
def matrix() -> ResponseReturnValue:
    """Show how many passages each topic has in each town, county or year."""
    asked = read_matrix(request.args.to_dict(flat=False))
    found = find_matrix(asked)

    def turn(to: int) -> str:
        return matrix_url(asked, leaf=to if to > 1 else None)

    check_leaf(asked.leaf, found.leaves, turn)
    own = {"rows": asked.rows.value, "columns": asked.across.value, **({} if asked.best else {"best": "0"})}
    return render_template(
        "matrix.html",
        matrix=found,
        shown=matrix_view.show_matrix(found, asked),
        asked=asked,
        totals=tell_totals(found),
        counties=_counties(asked, found),
        panels=[
            replace(panel, url=None)  # all values of a facet have no page that leads back here
            for panel in facet_panels.panels(found.results.found, asked.request, sounds=sounds, path=PATH, **own)
        ],
        chips=facet_panels.chips(asked.request, path=PATH, **own),
        cleared=urls.build(urls.clear_filters(asked.request), path=PATH, **own),
        kept=matrix_view.hidden(asked),
        filters=_filters(asked),
        notices=[_here(each, own) for each in notices.notices(found.results)],
        exports=matrix_view.exports(asked),
        leaves=pager.numbered(found.leaf, found.leaves, turn),
        first=(found.leaf - 1) * MOST_COLUMNS + 1,
    )


def _here(notice: Notice, own: Mapping[str, str]) -> Notice:
    """Return a notice whose link stays with the matrix instead of leading to the results."""
    if notice.link is None:
        return notice
    _, _, query = notice.link.url.partition("?")
    return replace(notice, link=replace(notice.link, url=f"{PATH}?{urlencode(own)}&{query}"))


@matrices.get(FILES)
def export() -> ResponseReturnValue:
    """Send the matrix as a file."""
    parameters = request.args.to_dict(flat=False)
    return send_matrix(read_matrix(parameters), read_form(parameters))


def _filters(asked: MatrixAsked) -> list[tuple[str, str]]:
    """Return the filters that the form for words keeps, which the form of filters has as boxes."""
    boxes = {facet.value for facet in Facet} | {f"{NOT}{facet.value}" for facet in Facet}
    return [(name, value) for name, value in urls.to_pairs(asked.request) if name in boxes]


def _counties(asked: MatrixAsked, found: Matrix) -> list[Link]:
    """Return the counties to choose from, where there are more towns than stand beside each other."""
    if asked.across is not ColumnKind.TOWN or found.leaves == 1 or asked.request.selection.of(Facet.COUNTY):
        return []
    held = sounds().by_name(Facet.COUNTY, found.results.found.facets[Facet.COUNTY])
    first = MatrixAsked(request=asked.request, rows=asked.rows, across=asked.across, leaf=1, best=asked.best)
    return [
        Link(text=f"{each.value}", url=matrix_url(matrix_view.narrow_to_county(first, each.value)))
        for each in held
        if each.value is not None and each.count
    ]
