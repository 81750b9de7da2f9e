"""The figures: what the reports count, by topic; one thing over towns and years; the same as a file."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.comparing.counted_figures import Figures
from search_app.comparing.figures_table import Narrowing
from search_app.exporting.figure_wording import SIDES, explain, say_spread, say_year, title
from search_app.exporting.figures_sheet import tabulate
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.table import Table, write_table
from search_app.labelling.figures.things import Thing, thing_named
from search_app.model import TOPICS, Passage
from search_app.searching.paging import count_full_pages
from search_app.web import urls
from search_app.web.downloads import disposition, read_file_format
from search_app.web.figures_answers import (
    EXPORT,
    MOST,
    PATH,
    TOWNS,
    Asked,
    find,
    levels_of,
    read_asked,
    tell_of,
)
from search_app.web.state import site
from search_app.web.view_models import figures_view, links

figures = Blueprint("figures", __name__)


@figures.get(PATH)
def show() -> ResponseReturnValue:
    """Show what the reports count."""
    asked = read_asked(request.args.to_dict(flat=False))
    found = find(asked)
    thing = thing_named(asked.wanted.what) if asked.wanted.what else None
    return _show_topics(asked, found) if thing is None else _show_thing(asked, found, thing)


def _show_topics(asked: Asked, found: Figures) -> str:
    count_full_pages(1, asked.page, 1)
    names = tuple(one.thing.name for one in found.things) if asked.wanted.topic else ()
    return render_template(
        "figures.html",
        found=found,
        topics=figures_view.show_topics(asked, found, levels_of(found, names)),
        **_common(asked, found),
    )


def _show_thing(asked: Asked, found: Figures, thing: Thing) -> str:
    levels = levels_of(found, (thing.name,))[thing.name]
    places = figures_view.order_places(asked, found, levels)
    last = count_full_pages(len(places), asked.page, TOWNS)
    shown = places[(asked.page - 1) * TOWNS : asked.page * TOWNS]
    entries = figures_view.entries_of(found, shown)
    read = figures_view.choose_read(entries)
    years = figures_view.years_of(found)
    return render_template(
        "figures_thing.html",
        found=found,
        thing=thing,
        count=found.things[0] if found.things else None,
        levels=levels,
        plot=figures_view.draw(thing, levels),
        spreads=[levels.spreads[year] for year in sorted(levels.spreads, reverse=True)],
        say_spread=say_spread,
        years=years,
        towns=figures_view.show_towns(asked, entries, years, levels),
        clauses=figures_view.show_clauses(tell_of(read), levels),
        read_year=say_year(read[0]) if len(read) < len(entries) else None,
        orders=figures_view.orders(asked),
        pager=figures_view.pager(asked, last),
        places=len(places),
        first=(asked.page - 1) * TOWNS + 1,
        sides=tuple(SIDES.values()),
        all_things=figures_view.address(replace(asked, page=1), topic=thing.topic, what=None, sort=None),
        **_common(asked, found),
    )


def _common(asked: Asked, found: Figures) -> dict[str, object]:
    wanted = asked.wanted
    table = found.table
    return {
        "asked": asked,
        "wanted": wanted,
        "title": title(wanted),
        "files": figures_view.files(asked),
        "rules": explain(),
        "most": MOST,
        "topic_names": TOPICS,
        "year_names": sorted({report.year for report in table.reports if report.year}, reverse=True),
        "county_names": sorted({place.county for place in table.place_names if place.county}),
        "cleared": figures_view.address(Asked(wanted=Narrowing(topic=wanted.topic, what=wanted.what))),
        "everything": PATH,
    }


@figures.get(EXPORT)
def export() -> Response:
    """Hand out the same as a file."""
    return hand_out(request.args.to_dict(flat=False))


def hand_out(parameters: urls.Parameters) -> Response:
    """Return the file of what these parameters ask for. Raises BadSearch, IndexProblem."""
    form = read_file_format(parameters)
    found = find(read_asked(parameters))
    levels = levels_of(found, tuple(one.thing.name for one in found.things))
    told = tell_of(found.table.entries(found.rows[:MOST].tolist()))
    table = tabulate(
        told,
        found.wanted,
        side=lambda one: levels[one.entry.thing.name].side(one.entry),
        made=datetime.now().astimezone(),
        left_out=max(len(found.rows) - MOST, 0),
        address=_address,
    )
    with site().gate:
        response = Response(_written(table, form), mimetype=form.media_type)
    response.headers["Content-Disposition"] = disposition(name_file(table, form))
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(table: Table, form: FileFormat) -> bytes:
    held = BytesIO()
    write_table(table, form, held)
    return held.getvalue()


def _address(passage: Passage) -> str:
    return request.host_url.rstrip("/") + links.passage_url(passage)
