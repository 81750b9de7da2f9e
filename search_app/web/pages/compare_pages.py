"""Compare pages: two to four passages, or reports, side by side; what helps to choose them where there are fewer."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.comparing.passages_beside import FEWEST, MOST
from search_app.exporting import citation
from search_app.model import Match
from search_app.web import compare_offers, comparisons, errors, urls
from search_app.web.comparison_files import read_form, send_comparison
from search_app.web.comparisons import LookedUp, TooMany, Wanted
from search_app.web.leaves import check_leaf
from search_app.web.parameters import MAX_VALUE, read_scalars
from search_app.web.view_models import beside_view, compare_view, pager
from search_app.web.view_models.compare_view import FILES, PATH
from search_app.web.view_models.links import Link

compared = Blueprint("compared", __name__)


@compared.errorhandler(TooMany)
def too_many(error: TooMany) -> Response:
    """Answer an address with too many by the way to the first of them."""
    kept = [each for _, each in error.kept]
    way_on = compare_view.address(error.name, kept)
    return errors.answer(replace(errors.describe(error), way_on=way_on, way_on_text=f"只对照前 {MOST} 个"))


@compared.get(PATH)
def compare() -> ResponseReturnValue:
    """Show what is named side by side; where that is not enough, what else may be put beside it."""
    wanted = comparisons.read_wanted(request.args.to_dict(flat=False))
    found = comparisons.look_up(wanted)
    if found.lost:
        return make_response(_lost(found), 404)
    if found.count < FEWEST:
        return _choose(found)
    return _passages(found) if found.subjects else _reports(found)


@compared.get(FILES)
def export() -> ResponseReturnValue:
    """Send what stands side by side as a file."""
    parameters = request.args.to_dict(flat=False)
    form = read_form(parameters)
    found = comparisons.look_up(comparisons.read_wanted(parameters))
    comparisons.require(found)
    return send_comparison(found, form)


def _lost(found: LookedUp) -> str:
    lost = [each if len(each) <= MAX_VALUE else f"{each[:MAX_VALUE]}…" for each in found.lost]
    wanted = found.wanted
    return render_template(
        "compare_lost.html",
        lost=lost,
        reports=wanted.kind == "r",
        chosen=compare_view.show_chosen(found),
        left=compare_view.address(wanted.kind, wanted.ids) if found.count else None,
        enough=found.count >= FEWEST,
    )


def _choose(found: LookedUp) -> str:
    if not found.count and not found.wanted.text.strip():
        return render_template(
            "compare_start.html",
            passages=[
                (topic, compare_view.address("p", [each.passage.id for each in matches]), _places(matches))
                for topic, matches in compare_offers.sample_passages()
            ],
            reports=[
                (said, compare_view.address("r", [each.id for each in pair]), "、".join(map(citation.where, pair)))
                for said, pair in compare_offers.sample_reports()
            ],
            most=MOST,
        )
    return render_template("compare_pick.html", chosen=compare_view.show_chosen(found), **_picking(found))


def _places(matches: tuple[Match, ...]) -> str:
    return "、".join(citation.where(each.report) for each in matches)


def _picking(found: LookedUp) -> dict[str, object]:
    """Return what a page says of what more may be chosen."""
    wanted = found.wanted
    offers = compare_offers.offer_more(found) if found.count < FEWEST or wanted.text.strip() else ()
    return {
        "wanted": wanted,
        "of_reports": wanted.kind == "r",
        "repeated": wanted.repeated,
        "most": MOST,
        "room": compare_view.has_room(wanted),
        "offers": compare_view.show_offers(offers, wanted),
        "kept": [(wanted.kind, each) for each in wanted.ids]
        + ([("base", wanted.base)] if wanted.base and wanted.base != wanted.ids[0] else []),
    }


def _passages(found: LookedUp) -> str:
    columns = comparisons.compare_passages(found)
    shown = compare_view.show_columns(columns, found.wanted)
    return render_template(
        "compare.html",
        columns=shown,
        base=next(each for each in shown if each.is_base),
        sharing=any(each.overlap.shared for each in columns),
        exports=compare_view.exports(found.wanted),
        **_picking(found),
    )


def _reports(found: LookedUp) -> str:
    leaf = _leaf()
    wanted = found.wanted
    shown = beside_view.show_beside(comparisons.compare_reports(found), wanted, leaf)

    def turn(to: int) -> str:
        return beside_view.turn(wanted, to)

    check_leaf(leaf, shown.leaves, turn)
    return render_template(
        "compare_reports.html",
        shown=shown,
        base=next(each for each in shown.reports if each.is_base),
        exports=compare_view.exports(wanted),
        leaves=pager.numbered(leaf, shown.leaves, turn),
        years=_years(wanted),
        **_picking(found),
    )


def _leaf() -> int:
    given = read_scalars(request.args.to_dict(flat=False), ("leaf",))
    return urls.parse_position(given.get("leaf"), "leaf") or 1


def _years(wanted: Wanted) -> Link | None:
    """Return the way to two reports paragraph by paragraph."""
    if len(wanted.ids) != FEWEST:
        return None
    other = next(each for each in wanted.ids if each != wanted.base)
    return Link(text="逐段看改了什么", url=f"/reports/{other}/years?with={wanted.base}")
