"""The page of exemplary practice by topic, an entrance for browsing, narrowed as the search page is."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search_app.model import TOPICS, Facet, Sort
from search_app.searching import Practices, Request, Shelf
from search_app.web import urls
from search_app.web.answers import find_by_topic, sounds
from search_app.web.view_models import cards, facet_panels
from search_app.web.view_models.cards import Card
from search_app.web.view_models.facet_panels import Panel

exemplary_practice = Blueprint("exemplary", __name__)

PATH = "/exemplary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic as the page shows it; ``all`` leads to every exemplary passage of it."""

    anchor: str
    name: str
    total: int
    reports: int
    cards: tuple[Card, ...]
    all: str


@exemplary_practice.get(PATH)
def exemplary() -> ResponseReturnValue:
    """Show the best exemplary passages of each topic."""
    asked = urls.parse_filters(request.args.to_dict(flat=False))
    found = find_by_topic(asked)
    best = replace(asked, exemplary=True, sort=Sort.EXEMPLARY)
    return render_template(
        "exemplary.html",
        found=found.found,
        hurried=found.partial,
        topics=[_topic(shelf, best) for shelf in found.shelves],
        panels=_panels(found, asked, best),
        chips=facet_panels.chips(asked, path=PATH),
        cleared=PATH,
        kept=urls.to_hidden(asked),
        everything=urls.build(best),
    )


def _topic(shelf: Shelf, best: Request) -> Topic:
    of_topic = replace(best, selection=best.selection.with_values(Facet.TOPIC, (shelf.topic,)))
    return Topic(
        anchor=f"t-{TOPICS.index(shelf.topic) + 1}",
        name=shelf.topic,
        total=shelf.total,
        reports=shelf.reports,
        cards=tuple(cards.lone_card(hit, rank=at, request=best) for at, hit in enumerate(shelf.hits, start=1)),
        all=urls.build(of_topic),
    )


def _panels(found: Practices, asked: Request, best: Request) -> list[Panel]:
    """Return the groups of filters; the list of all values of one leads on to the search page."""
    return [
        replace(panel, url=urls.build(best, path=f"/facets/{panel.name}"))
        for panel in facet_panels.panels(found.found, asked, sounds=sounds, path=PATH)
        if panel.name != Facet.TOPIC.value or asked.selection.touches(Facet.TOPIC)
    ]
