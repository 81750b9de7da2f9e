"""An app over a county in which everything occurs that a wall tells."""

from pathlib import Path

from flask import Flask

from search_app.web import create_app
from tests.reviewing.building import county, holding
from tests.web import sample

WALL = "/review?county=甲县&year=2023"


def review_app(folder: Path) -> Flask:
    """Return the app."""
    return create_app(sample.settings(folder), engine=holding(*county()))
