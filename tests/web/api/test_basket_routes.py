"""Baskets as JSON: what is described is what comes, and programs lose nothing either."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from search_app.collecting import was
from search_app.web import create_app
from search_app.web.edits import VERBS
from tests.web import sample
from tests.web.collecting_from_pages import Program, browser_cookie, close
from tests.web.schema import Json, faults

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = create_app(sample.settings(tmp_path), engine=sample.engine())
    yield made
    close(made)


@pytest.fixture
def program(app: Flask) -> Program:
    return Program(app.test_client())


@pytest.fixture
def described(app: Flask) -> Json:
    document: Json = app.test_client().get("/api/v1/openapi.json").get_json()
    return document


def schema(described: Json, path: str, method: str = "get", status: str = "200") -> Json:
    told: Json = described["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]
    return told


def test_every_edit_is_answered_as_described(program: Program, described: Json) -> None:
    one, two = program.add(f"{REPORT}-1", f"{REPORT}-2")
    edits: list[dict[str, Any]] = [
        {"do": "note", "entry": one, "text": "看", "was": was("")},
        {"do": "up", "entry": two},
        {"do": "down", "entry": two},
        {"do": "move", "entry": two, "before": one},
        {"do": "heading", "text": "标题"},
        {"do": "rename", "text": "名称", "was": was("未命名")},
        {"do": "share"},
        {"do": "withdraw"},
        {"do": "create", "text": "另一个"},
        {"do": "copy_to", "entry": one, "to": 2},
        {"do": "move_to", "entry": two, "to": 2},
        {"do": "use"},
        {"do": "remove", "entry": one},
        {"do": "undo", "removal": 1},
        {"do": "empty"},
        {"do": "delete"},
    ]
    answers = [program.edit(**{"basket": 1} | each) for each in edits]

    assert [each.status_code for each in answers] == [200] * len(edits)
    told = schema(described, "/api/v1/basket", "post")
    assert [faults(each.get_json(), told, described) for each in answers] == [[]] * len(edits)
    assert {each["do"] for each in edits} | {"add", "adopt", "recall"} == set(VERBS)


def test_a_basket_with_all_it_holds_is_as_described_for_its_browser_and_for_others(
    app: Flask, program: Program, described: Json
) -> None:
    program.add(f"{REPORT}-1", f"{REPORT}-2")
    program.edit(do="heading", basket=1, text="标题")
    program.edit(do="share", basket=1)
    mine = program.basket()
    token = mine["share"].rpartition("/")[2]
    theirs = Program(app.test_client()).basket(token)

    told = schema(described, "/api/v1/baskets/{key}")
    assert faults(mine, told, described) == faults(theirs, told, described) == []
    assert [each["heading"] for each in theirs["items"]] == [None, None, "标题"]
    assert (mine["basket"], theirs["basket"]) == (1, None)
    assert mine["items"][0]["collected"]["state"] == "same"


def test_an_edit_on_an_old_note_is_answered_with_what_is_kept(program: Program, described: Json) -> None:
    (one,) = program.add(f"{REPORT}-1")
    program.edit(do="note", basket=1, entry=one, text="先写的", was=was(""))

    response = program.edit(do="note", basket=1, entry=one, text="后写的", was=was(""))
    assert response.status_code == 409
    assert response.get_json()["current"] == "先写的"
    assert faults(response.get_json(), schema(described, "/api/v1/basket", "post", "409"), described) == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "add", "passages": []}, 400),
        ({"do": "add", "passages": "x"}, 400),
        ({"do": "add", "passages": [1]}, 400),
        ({"do": "add", "passages": ["0123456789ab-1"]}, 404),
        ({"do": "add", "passages": [f"{REPORT}-99"]}, 404),
        ({"do": "remove", "entry": True, "basket": 1}, 400),
        ({"do": "remove", "entry": 1}, 400),
        ({"do": "remove", "entry": 1, "basket": 7}, 404),
        ({"do": "move", "entry": 10**30, "basket": 1}, 400),
        ({"do": "note", "entry": 1, "basket": 1, "text": None}, 400),
        ({"do": "create", "text": ["甲"]}, 400),
        ({"do": "create", "text": 7}, 400),
        ({}, 400),
    ],
)
def test_a_wrong_edit_is_an_error_as_described(
    program: Program, described: Json, fields: dict[str, Any], status: int
) -> None:
    response = program.edit(**fields)

    assert response.status_code == status
    assert faults(response.get_json(), schema(described, "/api/v1/basket", "post", str(status)), described) == []


def test_what_is_no_json_is_told(program: Program) -> None:
    response = program.client.post("/api/v1/basket", data=b"[", headers={"X-Basket-Token": program.token})

    assert response.status_code == 400


@pytest.mark.parametrize("headers", [{}, {"X-Basket-Token": "x"}, {"Origin": "http://evil.example"}])
def test_without_the_token_nothing_is_done(program: Program, headers: dict[str, str]) -> None:
    given = {"X-Basket-Token": program.token} if "Origin" in headers else {}

    response = program.client.post(
        "/api/v1/basket", json={"do": "add", "passages": [f"{REPORT}-1"]}, headers=given | headers
    )
    assert response.status_code == 403
    assert program.client.get("/api/v1/basket").get_json()["held"] == []


def test_a_program_without_the_token_is_told_where_to_get_it(program: Program) -> None:
    refused = program.client.post("/api/v1/basket", json={"do": "add", "passages": [f"{REPORT}-1"]})

    assert refused.status_code == 403
    assert "GET 取 /api/v1/basket" in refused.get_json()["error"]["hint"]


def test_two_programs_of_one_browser_that_edit_at_once_lose_nothing(app: Flask, program: Program) -> None:
    program.add(f"{REPORT}-1")
    others = [Program(app.test_client()) for _ in range(2)]
    key = program.client.get_cookie(browser_cookie(app))
    assert key is not None
    for other in others:
        other.client.set_cookie(browser_cookie(app), key.value)
        other.token = program.token
    reports = [
        sample.report_id(f"{county}/{town}/{year}.txt") for county, town in sample.PLACES for year in (2022, 2023)
    ]

    def work(own: Program, passages: list[str]) -> None:
        for passage in passages:
            own.edit(do="add", passages=[passage])

    threads = [
        Thread(target=work, args=(own, [f"{report}-{number}" for report in reports]))
        for own, number in zip(others, (2, 5), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    held = program.client.get("/api/v1/basket").get_json()["held"]
    assert {each["passage"] for each in held} == {f"{REPORT}-1"} | {f"{r}-{n}" for r in reports for n in (2, 5)}


def test_what_is_answered_to_one_browser_is_kept_by_no_cache_for_another(program: Program) -> None:
    program.add(f"{REPORT}-1")

    for path in ("/api/v1/basket", "/api/v1/baskets", "/api/v1/baskets/current"):
        headers = program.client.get(path).headers
        assert headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in headers["Vary"]
