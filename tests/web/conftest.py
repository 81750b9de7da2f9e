"""The app over the sample shelf: a client to ask it with, and a browser that opens its pages.

A module that wants another shelf gives an ``address`` of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import Browser

from search_app.web import create_app
from tests.web import sample
from tests.web.browser import Tab, chromium, fresh_tab, serving


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out over a cluster what rests on an index folder."""
    if config.getoption("--over-opensearch"):
        for item in items:
            if item.get_closest_marker("index_folder"):
                item.add_marker(pytest.mark.skip(reason="rests on what only an index folder has"))


@pytest.fixture(scope="session", autouse=True)
def kept_in(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have the engines of this room kept in a cluster, where that is asked for."""
    if not request.config.getoption("--over-opensearch"):
        yield
        return
    from tests.web.over_opensearch import engines_of

    with engines_of(request.getfixturevalue("cluster_url")):
        yield


class Compiled(BytecodeCache):
    """Keeps what templates are compiled to: each app would compile them anew, for longer than a test asks it."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, unless the template has changed since."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Have all apps of a process share their compiled templates."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": Compiled()})
        yield


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("web")
    return create_app(sample.settings(folder), engine=sample.engine())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Tab]:
    with fresh_tab(browser, address) as tab:
        yield tab


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Tab]:
    with fresh_tab(browser, address, viewport={"width": 390, "height": 800}) as tab:
        yield tab


@pytest.fixture
def bare(browser: Browser, address: str) -> Iterator[Tab]:
    with fresh_tab(browser, address, java_script_enabled=False) as tab:
        yield tab
