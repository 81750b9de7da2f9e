"""The draft check as JSON: what may be sent, what is answered, and that it is what the page shows."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.web import create_app
from tests.web import sample
from tests.web.drafts import BAD, CLEAN, engine
from tests.web.reading_pages import page, texts
from tests.web.schema import described_places, faults, filled


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(sample.settings(tmp_path_factory.mktemp("drafts")), engine=engine())


SCHEMA = {"$ref": "#/components/schemas/DraftCheck"}


def check(client: FlaskClient, **sent: object) -> dict[str, object]:
    answer: dict[str, object] = client.post("/api/v1/draft", json={"text": BAD, **sent}).get_json()
    return answer


@pytest.mark.parametrize("text", [BAD, CLEAN, "只有一句话，什么都没说。"])
def test_an_answer_is_what_the_description_says(client: FlaskClient, text: str) -> None:
    described = client.get("/api/v1/openapi.json").get_json()

    answer = client.post("/api/v1/draft", json={"text": text})

    assert answer.status_code == 200
    assert faults(answer.get_json(), SCHEMA, described) == []


def test_nothing_is_described_that_no_answer_gives_but_what_wide_spread_and_lack_of_time_fill(
    client: FlaskClient,
) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    own = {
        place
        for name in ("DraftCheck", "DraftFinding")
        for place in described_places(described["components"]["schemas"][name], name)
    }

    given = set(filled(check(client), SCHEMA, described, "answer"))

    assert own - given == {"DraftFinding.reports", "DraftFinding.towns"} | {
        f"DraftCheck.unfinished.{each}" for each in ("hurried", "unread")
    }


def test_the_same_may_be_sent_as_text_as_json_and_as_a_form(client: FlaskClient) -> None:
    told = [
        check(client),
        client.post("/api/v1/draft", data=BAD.encode(), content_type="text/plain; charset=utf-8").get_json(),
        client.post("/api/v1/draft", data={"text": BAD}).get_json(),
        client.post("/api/v1/draft", data={"file": (io.BytesIO(BAD.encode()), "草稿.txt")}).get_json(),
    ]

    assert [each["findings"] for each in told] == [told[0]["findings"]] * 4


def test_the_answer_has_what_the_page_shows(client: FlaskClient) -> None:
    shown = page(client.post("/draft", data={"text": BAD}))

    findings = check(client)["findings"]
    assert isinstance(findings, list)
    said = texts(shown, "//p[@class='finding-said']")
    assert len(findings) == len(said)
    assert all(any(each["message"] in words for words in said) for each in findings)


def test_spans_are_places_of_the_part_that_is_returned(client: FlaskClient) -> None:
    answer = client.post("/api/v1/draft", json={"text": BAD}).get_json()

    parts = {each["id"]: each["text"] for each in answer["draft"]["parts"]}
    spanned = [each for each in answer["findings"] if each["spans"]]
    assert spanned
    assert all(parts[each["place"]][slice(*each["spans"][0])] == each["words"] for each in spanned)


def test_place_and_year_may_be_stated(client: FlaskClient) -> None:
    answer = client.post("/api/v1/draft", json={"text": BAD, "town": "云栈镇", "year": 2024}).get_json()

    assert (answer["draft"]["town"], answer["draft"]["year"]) == ("云栈镇", 2024)


def test_nothing_of_the_answer_is_kept(client: FlaskClient) -> None:
    assert client.post("/api/v1/draft", json={"text": BAD}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"json": {"text": ""}}, 400, "bad_draft"),
        ({"json": {"draft": BAD}}, 400, "bad_draft"),
        ({"json": [BAD]}, 400, "bad_draft"),
        ({"json": {"text": BAD, "year": "去年"}}, 400, "bad_draft"),
        ({"json": {"text": BAD, "town": ["望杉镇"]}}, 400, "bad_draft"),
        ({"data": b"{", "content_type": "application/json"}, 400, "bad_draft"),
        ({"data": b"x", "content_type": "image/png"}, 400, "bad_draft"),
        ({"data": {"file": (io.BytesIO(b"MZ"), "a.exe")}}, 415, "unsupported_draft"),
        ({"json": {"text": "法" * 200_000}}, 413, "draft_too_long"),
        ({"json": {"text": BAD}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "forged_edit"),
    ],
)
def test_what_cannot_be_meant_is_an_error_in_words(
    client: FlaskClient, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post("/api/v1/draft", **sent)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)
    assert answer.get_json()["error"]["message"]
