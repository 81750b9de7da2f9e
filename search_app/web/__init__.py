"""The web: pages for clerks and the same as JSON. ``create_app`` makes the app, ``serve`` runs it.

Reading order: urls (URL <-> request) -> answers and its siblings (review_answers, years_answers, comparisons, matrices,
genealogies, figures_answers, drafts: what pages and API ask, each in its turn) -> pages, api ->
view_models (answers -> what templates show) -> errors, security, own_addresses, wire (what every answer keeps to) ->
app, server.

Everything works without JavaScript; ``static/app.js`` only makes it smoother.
"""

from typing import TYPE_CHECKING

from search_app.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from search_app.engines.base import Engine


def create_app(settings: Settings, *, engine: "Engine | None" = None) -> "Flask":
    """Return the web app over an index; without an engine, the one that the settings name is opened."""
    from search_app.web.app import create_app

    return create_app(settings, engine=engine)


def serve(settings: Settings) -> None:
    """Answer requests until interrupted. Raises ConfigError where the address cannot be used."""
    from search_app.web.server import serve

    serve(settings)
