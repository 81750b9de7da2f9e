"""Pages of topics: how often they are written about over the years, and what a town writes about beside its county."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search_app.model import TOPICS, Facet
from search_app.query import Selection
from search_app.searching import Request
from search_app.web import urls
from search_app.web.answers import find_by_topic
from search_app.web.state import site
from search_app.web.topic_answers import (
    Place,
    histories,
    list_counties,
    list_towns,
    profile,
    read_county,
    read_place,
    read_topic,
)
from search_app.web.view_models import cards
from search_app.web.view_models.links import Link
from search_app.web.view_models.topic_views import (
    PROFILE_PATH,
    TOPICS_PATH,
    address,
    profile_rows,
    topic_chart,
    topic_rows,
)

topic_pages = Blueprint("topics", __name__)


@topic_pages.get(TOPICS_PATH)
def topics() -> ResponseReturnValue:
    """Show the history of one topic, or of all of them side by side."""
    asked = request.args.to_dict(flat=False)
    topic, county = read_topic(asked), read_county(asked)
    found = histories((topic,) if topic else TOPICS, county)
    within = Selection(county=(county,)) if county else Selection()
    best = Request(selection=within.with_values(Facet.TOPIC, (topic,)), exemplary=True) if topic else None
    shelves = find_by_topic(best).shelves if best else ()
    return render_template(
        "topics.html",
        topic=topic,
        county=county,
        counties=list_counties(site().shelf.reports),
        topics=TOPICS,
        links=[
            Link(text=name, url=address(TOPICS_PATH, topic=name, county=county), current=name == topic)
            for name in TOPICS
        ],
        history=found[0] if topic else None,
        chart=topic_chart(found[0], county) if topic else None,
        years=[each.year for each in found[0].years],
        rows=() if topic else topic_rows(found, county),
        best=[
            cards.lone_card(hit, rank=at, request=Request())
            for shelf in shelves
            for at, hit in enumerate(shelf.hits, 1)
        ],
        all_best=urls.build(best) if best else None,
        all_topics=address(TOPICS_PATH, county=county),
    )


@topic_pages.get(PROFILE_PATH)
def town_profile() -> ResponseReturnValue:
    """Show what a town writes about beside the towns of its county; without a town, the way to choose one."""
    place = read_place(request.args.to_dict(flat=False))
    found, reports = profile(place), site().shelf.reports
    rows = profile_rows(found) if found else ()
    return render_template(
        "profile.html",
        place=place,
        profile=found,
        rows=rows,
        missing=sorted((row for row in rows if not row.passages), key=lambda row: -row.writers),
        counties=list_counties(reports),
        towns=list_towns(reports, place.county) if place.county else (),
        choices=_choices(place),
        years=_years(place, found.years) if found else (),
        address=lambda town: address(PROFILE_PATH, county=place.county, town=town, year=place.year),
    )


def _choices(place: Place) -> list[Link]:
    """Return the counties that have a town of the name asked for."""
    return [
        Link(
            text=f"{county}{place.town}",
            url=address(PROFILE_PATH, county=county, town=place.town, year=place.year),
        )
        for county in place.counties
    ]


def _years(place: Place, held: tuple[int, ...]) -> list[Link]:
    every: tuple[int | None, ...] = (None, *held)
    return [
        Link(
            text=f"{year} 年度" if year else "全部年度",
            url=address(PROFILE_PATH, county=place.county, town=place.town, year=year),
            current=year == place.year,
        )
        for year in every
    ]
