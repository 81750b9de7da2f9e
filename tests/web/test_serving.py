"""A request is answered by one generation from end to end, and by the one before until the next is ready."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from weakref import ref

import pytest
from flask import Flask, Response, jsonify
from flask.testing import FlaskClient

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.engines.whoosh.index.current import read_current
from search_app.searching.per_generation import PerEngine, PerGeneration
from search_app.settings import Settings
from search_app.web import create_app, state, warming
from tests.web import sample


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "index")
    put(made, 2022)
    yield made
    made.close()


def put(engine: Engine, year: int) -> None:
    with engine.writing() as writer:
        writer.put(*sample.ordinary("澄岭县", "望杉镇", year))


def app_over(engine: Engine, tmp_path: Path) -> Flask:
    app = create_app(Settings(index=tmp_path / "index", corpus=tmp_path / "corpus", time_budget=0), engine=engine)

    @app.get("/held")
    def held() -> Response:
        first = state.site().engine.status().current.name
        put(engine, 2023)
        return jsonify([first, state.site().engine.status().current.name, len(state.site().shelf.reports)])

    return app


def generation(client: FlaskClient) -> str:
    told = client.get("/healthz").get_json()
    return str(told["generation"])


def test_a_request_is_answered_by_one_generation_though_another_comes_meanwhile(engine: Engine, tmp_path: Path) -> None:
    client = app_over(engine, tmp_path).test_client()

    told = client.get("/held").json

    assert told == ["gen-000001", "gen-000001", 1]
    assert generation(client) == "gen-000002"


@pytest.mark.index_folder
def test_a_page_looks_once_which_generation_there_is(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, looks = app_over(engine, tmp_path).test_client(), list[Path]()
    client.get("/?q=矛盾纠纷")

    def read(root: Path) -> bytes:
        looks.append(root)
        return read_current(root)

    monkeypatch.setattr("search_app.engines.whoosh.index.opened_index.read_current", read)

    assert client.get("/?q=矛盾纠纷").status_code == 200

    assert len(looks) == 1


def test_the_generation_before_answers_until_the_next_is_warm(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_over(engine, tmp_path)
    client, begun, may_go_on = app.test_client(), Event(), Event()
    warm = warming.warm

    def slowly(app: Flask, newer: Engine) -> None:
        if newer.status().current.name != "gen-000001":
            begun.set()
            assert may_go_on.wait(30)
        warm(app, newer)

    def rest(_: float) -> None:
        if may_go_on.is_set():
            raise SystemExit

    monkeypatch.setattr(warming, "warm", slowly)
    monkeypatch.setattr("search_app.web.warming.time.sleep", rest)

    def keep() -> None:
        with suppress(SystemExit):
            warming._keep_warm(app)

    keeper = Thread(target=keep, daemon=True)
    state.of(app).serving.put(engine.hold())
    put(engine, 2023)
    keeper.start()
    assert begun.wait(30)
    before = generation(client)
    may_go_on.set()
    keeper.join(30)

    assert before == "gen-000001"
    assert generation(client) == "gen-000002"


def test_a_generation_is_let_go_of_once_another_is_in_use(engine: Engine, tmp_path: Path) -> None:
    app = app_over(engine, tmp_path)
    serving = state.of(app).serving
    warming.warm(app, serving.newest())
    serving.put(serving.newest())
    before = ref(serving.newest())
    put(engine, 2023)

    warming.warm(app, serving.newest())
    serving.put(serving.newest())
    gc.collect()

    assert before() is None


def test_what_outlives_generations_is_handed_on_and_nothing_else(engine: Engine, tmp_path: Path) -> None:
    serving = state.of(app_over(engine, tmp_path)).serving
    lasting: PerEngine[list[int]] = PerEngine(list)
    passing: PerGeneration[list[int]] = PerGeneration(lambda _: [])
    lasting(serving.newest()).append(1)
    passing(serving.newest()).append(1)

    put(engine, 2023)

    assert (lasting(serving.newest()), passing(serving.newest())) == ([1], [])


def test_nobody_waits_for_what_is_made_of_another_generation(engine: Engine) -> None:
    before = engine.hold()
    put(engine, 2023)
    after, begun, may_go_on = engine.hold(), Event(), Event()

    def make(asked: Engine) -> str:
        if asked is after:
            begun.set()
            assert may_go_on.wait(30)
        return asked.status().current.name

    memo = PerGeneration(make)
    slow = Thread(target=memo, args=(after,), daemon=True)
    slow.start()
    assert begun.wait(30)
    told = memo(before)
    may_go_on.set()
    slow.join()

    assert (told, memo(after)) == ("gen-000001", "gen-000002")
