"""Warming: what visitors ask first is asked before them, once for each generation."""

import pytest
from flask import Flask, Response

from search_app.engines.base import Engine
from search_app.settings import Settings
from search_app.web import create_app, warming
from tests.engines.scanning import ScanningEngine
from tests.web import sample

#: A report and its town are asked for as well.
OF_A_REPORT = 2


class Asked:
    """An app that remembers what it was asked and what it answered."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.app: Flask = create_app(settings, engine=engine)
        self.answers: list[int] = []
        self.app.after_request(self._remember)

    def _remember(self, response: Response) -> Response:
        self.answers.append(response.status_code)
        return response


@pytest.fixture(scope="module")
def engine() -> Engine:
    return sample.engine()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1", "::", "localhost"])  # noqa: S104
def test_what_visitors_ask_first_is_answered_wherever_the_server_listens(engine: Engine, host: str) -> None:
    asked = Asked(engine, Settings(host=host, time_budget=0))

    warming.warm(asked.app)

    assert asked.answers == [200] * (len(warming.ADDRESSES) + OF_A_REPORT)


def test_an_index_that_cannot_be_used_stops_nothing() -> None:
    asked = Asked(ScanningEngine(), Settings())

    warming.warm(asked.app)

    assert asked.answers == []


@pytest.mark.index_folder
def test_every_generation_is_warmed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = sample.engine()
    asked = Asked(engine, Settings(time_budget=0))
    rounds: list[float] = []

    def wait(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 2:
            with engine.writing() as writer:
                writer.put(*sample.ordinary("澄岭县", "新设镇", 2024))
        if len(rounds) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("search_app.web.warming.time.sleep", wait)
    with pytest.raises(KeyboardInterrupt):
        warming._keep_warm(asked.app)

    assert len(asked.answers) == 2 * (len(warming.ADDRESSES) + OF_A_REPORT)
