"""Conditional answers: what has not changed is not sent again, and what is sent is compressed."""

import gzip
import importlib
import sys

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web import conditional, create_app, state
from search_app.web.security import MAX_ADDRESS
from tests.web import sample

PAGES = ["/", "/?q=矛盾纠纷", f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}", "/exemplary", "/about"]
JSON = ["/api/v1/search?q=矛盾纠纷", "/api/v1/reports", "/api/v1/openapi.json"]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("path", [*PAGES, *JSON])
def test_who_has_an_answer_already_is_told_that_nothing_changed(client: FlaskClient, path: str) -> None:
    client.get(path)
    assert state.of(client.application).watch.wait(60)  # else /about may change when the corpus has been looked at
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert again.status_code == 304
    assert again.get_data() == b""
    assert again.headers["ETag"] == first.headers["ETag"]


def test_another_answer_has_another_tag(client: FlaskClient) -> None:
    tag = client.get("/?q=矛盾纠纷").headers["ETag"]

    assert client.get("/?q=行政执法", headers={"If-None-Match": tag}).status_code == 200


def test_an_index_that_changed_is_shown_anew() -> None:
    engine = sample.engine()
    client = create_app(Settings(time_budget=0), engine=engine).test_client()
    tag = client.get("/?q=矛盾纠纷").headers["ETag"]
    with engine.writing() as writer:
        writer.remove(sample.report_id("澄岭县/望杉镇/2020.txt"))

    assert client.get("/?q=矛盾纠纷", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("path", [*PAGES, *JSON])
def test_answers_are_compressed_as_the_browser_can_read_them(client: FlaskClient, path: str, coding: str) -> None:
    plain = client.get(path)

    packed = client.get(path, headers={"Accept-Encoding": coding})

    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.get_data()) < len(plain.get_data()) / 2
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert UNPACK[coding](packed.get_data())[:15] == plain.get_data()[:15]


@pytest.mark.parametrize("asked", ["", "identity", "compress"])
def test_who_asks_for_no_compression_gets_none(client: FlaskClient, asked: str) -> None:
    assert "Content-Encoding" not in client.get("/?q=矛盾纠纷", headers={"Accept-Encoding": asked}).headers


def test_a_head_request_has_the_headers_of_the_answer_and_no_body(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "br"}
    got, asked = client.get("/api/v1/reports", headers=headers), client.head("/api/v1/reports", headers=headers)

    assert asked.get_data() == b""
    assert {asked.headers[name] for name in ("ETag", "Content-Length", "Content-Encoding")} == {
        got.headers[name] for name in ("ETag", "Content-Length", "Content-Encoding")
    }


def test_pages_say_that_they_may_depend_on_a_cookie_and_json_does_not(client: FlaskClient) -> None:
    assert "Cookie" in client.get("/about").headers["Vary"]
    assert "Cookie" not in client.get("/api/v1/reports").headers.get("Vary", "")


def test_files_and_streams_are_left_as_they_are(app: Flask) -> None:
    client, original = app.test_client(), f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}/file"

    for path in (original, "/static/app.css"):
        with client.get(path, headers={"Accept-Encoding": "br"}) as found:
            assert found.status_code == 200
            assert "Content-Encoding" not in found.headers
            assert int(found.headers["Content-Length"]) == len(found.get_data())


def test_a_stream_is_neither_read_nor_tagged() -> None:
    app = Flask(__name__)
    conditional.register(app)
    app.add_url_rule("/", view_func=lambda: Response((part for part in ["甲" * 2000, "乙"]), mimetype="text/html"))

    found = app.test_client().get("/", headers={"Accept-Encoding": "br"})

    assert "ETag" not in found.headers
    assert "Content-Encoding" not in found.headers


def test_errors_carry_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/?q=！！！").headers


def test_without_the_library_answers_go_out_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flask_compress", None)
    importlib.invalidate_caches()
    client = create_app(Settings(time_budget=0), engine=sample.engine()).test_client()

    found = client.get("/about", headers={"Accept-Encoding": "br"})

    assert found.status_code == 200
    assert "Content-Encoding" not in found.headers
    assert found.headers["ETag"]


def test_two_answers_that_differ_in_the_time_they_took_or_in_a_token_have_one_tag() -> None:
    app = Flask(__name__)
    conditional.register(app)
    bodies = iter(
        f'<p>甲</p><span class="took-time">用时 {time} 毫秒</span><input type="hidden" name="token" value="{time}">'
        for time in (3, 42)
    )
    app.add_url_rule("/", view_func=lambda: next(bodies))
    client = app.test_client()

    assert client.get("/").headers["ETag"] == client.get("/").headers["ETag"]


def test_a_pasted_paragraph_fits_into_an_address(client: FlaskClient) -> None:
    longest = client.get("/", query_string={"q": "镇" * 3_000})

    assert longest.status_code == 200
    assert len(longest.request.full_path) < MAX_ADDRESS
