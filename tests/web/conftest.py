"""The app over the sample shelf, and a client to ask it with."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.web import create_app
from tests.web import sample


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("web")
    return create_app(sample.settings(folder), engine=sample.engine())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
