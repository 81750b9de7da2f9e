"""Security: what is let in, what is sent along, and that nothing from outside leaves its place on a page."""

import logging
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from lxml import html

from search_app.model import Found
from search_app.query import Search
from search_app.settings import Settings
from search_app.web import create_app
from search_app.web.security import Busy, Gate
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import page, text

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
HOSTILE = sample.report_id(f"{sample.HOSTILE[:9]}.txt")
PAGES = [
    "/",
    "/?q=矛盾纠纷",
    f"/reports/{REPORT}",
    f"/passages/{REPORT}-2/similar",
    f"/passages/{REPORT}-2/related",
    f"/passages/{REPORT}-2/why?q=矛盾纠纷",
    f"/passages/{REPORT}-2/history",
    "/topics?topic=矛盾化解",
    "/profile?town=白砾乡",
    "/exemplary",
    "/about",
    "/facets/town",
    "/nothing-here",
    "/?years=1",
    "/?page=0",
    "/api/v1/search?q=a",
    "/robots.txt",
]


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_forbids_foreign_code_frames_and_guessing(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("url", [url for url in PAGES if "api" not in url and "robots" not in url])
def test_no_page_holds_code_or_style_of_its_own_or_calls_other_machines(client: FlaskClient, url: str) -> None:
    tree = page(client.get(url))

    assert not tree.xpath("//style | //*[@style] | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    assert all(str(source).startswith("/") for source in tree.xpath("//@src | //link/@href"))


@pytest.mark.parametrize(
    "url",
    [
        f"/reports/{HOSTILE}?hl={quote(sample.HOSTILE)}",
        f"/?q={quote(sample.HOSTILE)}",
        f"/?town={quote(sample.HOSTILE)}",
        "/?exemplary=1&collapse=none",
        "/exemplary?town=" + quote(sample.HOSTILE),
        f"/passages/{HOSTILE}-1/similar?q={quote(sample.HOSTILE)}",
        f"/passages/{HOSTILE}-1/related",
        f"/passages/{HOSTILE}-1/why?q={quote(sample.HOSTILE)}",
        f"/passages/{HOSTILE}-1/history",
        "/profile?town=" + quote(sample.HOSTILE),
        "/topics?county=" + quote(f"县{sample.HOSTILE}"),
        f"/?collapse=none&q={quote(sample.HOSTILE)}",
        "/passages/" + quote(sample.HOSTILE, safe="") + "/similar",
        "/about",
        "/facets/town?find=" + quote(sample.HOSTILE[:30]),
        "/?" + quote(sample.HOSTILE) + "=1",
        "/reports/" + quote(sample.HOSTILE, safe=""),
    ],
)
def test_html_in_reports_queries_names_and_files_stays_text(client: FlaskClient, url: str) -> None:
    tree = page(client.get(url))

    assert all(script.get("src", "").startswith("/static/") and not script.text for script in tree.xpath("//script"))
    assert not tree.xpath("//img | //@onmouseover | //@onerror | //a[starts-with(@href, 'javascript')]")


def test_hostile_text_is_shown_as_it_was_written(client: FlaskClient) -> None:
    shown = text(page(client.get(f"/reports/{HOSTILE}")), "//div[@class='text']")

    assert "<img src=x onerror=alert(1)> &lt;b&gt;" in shown


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@effort(max_examples=25, deadline=None)
def test_any_query_is_answered_or_refused_and_never_breaks_the_page(typed: str) -> None:
    client = _client()

    response = client.get("/", query_string={"q": typed})
    assert response.status_code in (200, 400)
    assert not html.fromstring(response.get_data(as_text=True)).xpath("//script[not(starts-with(@src, '/static/'))]")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "a b", ""])
def test_a_foreign_host_name_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_the_names_that_the_settings_give_are_let_in() -> None:
    client = create_app(Settings(hosts=("search.county.example",)), engine=sample.engine()).test_client()

    assert client.get("/healthz", headers={"Host": "Search.county.example:8000"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "county.example"}).status_code == 400


def test_whoever_is_refused_by_name_is_told_how_to_allow_it(client: FlaskClient) -> None:
    told = client.get("/", headers={"Host": "search.county.example"}).get_data(as_text=True)

    assert "SEARCH_APP_HOSTS" in told
    assert "hosts = [" in told


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("url", ["/", "/api/v1/search", f"/reports/{REPORT}"])
def test_nothing_can_be_changed_from_outside(client: FlaskClient, method: str, url: str) -> None:
    response = client.open(url, method=method)

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    assert client.get("/", data=b"x" * 70_000).status_code == 413


def test_an_endless_address_is_refused(client: FlaskClient) -> None:
    assert client.get("/?q=" + "x" * 40_000).status_code == 414


def test_a_long_query_is_cut_and_it_is_said(client: FlaskClient) -> None:
    response = client.get("/", query_string={"q": "矛盾" * 200, "literal": "1"})

    assert response.status_code == 200
    assert "检索词太长" in response.get_data(as_text=True)


@pytest.mark.parametrize("url", ["/nothing-here", "/api/v1/nothing-here"])
def test_errors_come_in_our_own_clothing(client: FlaskClient, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 404
    assert "没有这个页面" in response.get_data(as_text=True)
    assert response.is_json == ("api" in url)


@pytest.mark.parametrize("path", ["/../etc/passwd", "/static/../../errors.py", "/static/%2e%2e/%2e%2e/errors.py"])
def test_no_path_leads_out_of_the_static_folder(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


class _Broken(ScanningEngine):
    def search(self, search: Search) -> Found:  # noqa: ARG002 - the contract's signature
        raise ZeroDivisionError("secret detail")


def test_an_unforeseen_error_is_logged_and_tells_nothing(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    engine = _Broken()
    with engine.writing() as writer:
        writer.put(*sample.bare())
    client = create_app(sample.settings(tmp_path), engine=engine).test_client()
    with caplog.at_level(logging.ERROR):
        shown, told = client.get("/?q=调解"), client.get("/api/v1/search?q=调解")

    assert shown.status_code == told.status_code == 500
    assert "secret" not in shown.get_data(as_text=True) + told.get_data(as_text=True)
    assert told.get_json()["error"]["code"] == "internal"
    assert "secret detail" in caplog.text


def test_whoever_finds_no_place_is_asked_to_come_back() -> None:
    gate, inside, leave = Gate(1, patience=0.01), Event(), Event()

    def stay() -> None:
        with gate:
            inside.set()
            leave.wait(5)

    visitor = Thread(target=stay)
    visitor.start()
    inside.wait(5)
    with pytest.raises(Busy), gate:
        pass
    leave.set()
    visitor.join()
    with gate:
        pass


def test_static_files_may_be_kept_because_their_address_changes_with_them(client: FlaskClient) -> None:
    sheet = page(client.get("/about")).xpath("//link[@rel='stylesheet']/@href")[0]

    with client.get(str(sheet)) as response:
        assert "immutable" in response.headers["Cache-Control"]


_clients: list[FlaskClient] = []


def _client() -> FlaskClient:
    """Return one client for all examples of a property."""
    if not _clients:
        _clients.append(create_app(Settings(), engine=sample.engine()).test_client())
    return _clients[0]
