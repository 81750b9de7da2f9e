"""The web: pages for clerks and the same as JSON. ``create_app`` makes the app, ``serve`` runs it.

Reading order: address (URL <-> question) -> views, likenesses, practices, api -> panels, listing, reading, walking,
coverage (answers -> view models) -> rendering (text -> safe HTML) -> problems, security (what every answer keeps to) ->
application, serving.
Everything works without JavaScript; ``static/app.js`` only makes it smoother.
"""

from typing import TYPE_CHECKING

from search_app.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from search_app.engines.base import Engine


def create_app(settings: Settings, *, engine: "Engine | None" = None) -> "Flask":
    """Return the web app over an index; without an engine, the one that the settings name is opened."""
    from search_app.web.application import create_app

    return create_app(settings, engine=engine)


def serve(settings: Settings) -> None:
    """Answer requests until interrupted. Raises ConfigError where the address cannot be used."""
    from search_app.web.serving import serve

    serve(settings)
