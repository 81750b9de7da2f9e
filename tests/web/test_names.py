"""Files named in anything: pages, API and commands show them, in valid UTF-8 and without a broken line."""

import json
import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.cli.test_process import program
from tests.sampling import drawn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are a matter of Linux")

GBK = "望杉镇报告".encode("gbk") + b".txt"
NAMES = (GBK, "换\n行.txt".encode(), "倒\u202e转.txt".encode(), "坏\u2067.docx".encode(), b"\xff\xfe.docx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a corpus of such names, indexed."""
    root = tmp_path_factory.mktemp("names")
    corpus = root / "corpus"
    corpus.mkdir()
    for number, name in enumerate(NAMES):
        text = f"一、主要举措\n调解矛盾纠纷{number + 20}件，组织普法活动{number + 5}场。"
        (corpus / os.fsdecode(name)).write_text(text, encoding="utf-8")
    engine = open_engine(root / "index")
    update(engine, corpus, index=root / "index")
    engine.close()
    return root


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    found = open_engine(folder / "index")
    yield found
    found.close()


@pytest.fixture
def client(folder: Path, engine: Engine) -> FlaskClient:
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    return create_app(settings, engine=engine).test_client()


def addresses(engine: Engine) -> Iterator[str]:
    yield from ("/", "/about", "/?q=调解", "/?q=调解&collapse=none", "/exemplary", "/facets/town?q=调解")
    for path in ("reports", "status", "search?q=调解", "exemplary", "facets", "suggest?q=tiaojie", "openapi.json"):
        yield f"/api/v1/{path}"
    for report in engine.reports():
        yield from (f"/reports/{report.id}?hl=调解&q=调解&n=1", f"/api/v1/reports/{report.id}")
        passage = engine.report(report.id)[1][0].id
        for path in ("similar", "related", "why?q=调解"):
            yield from (f"/passages/{passage}/{path}", f"/api/v1/passages/{passage}/{path}")


def test_every_page_and_route_answers_in_utf8(client: FlaskClient, engine: Engine) -> None:
    asked = list(addresses(engine))
    refused = []
    for address in asked:
        response = client.get(address)
        told = response.get_data().decode("utf-8")  # raises where it is no UTF-8
        if response.status_code != 200:
            refused.append((address, told))

    assert len(asked) > 30
    assert refused == []


def test_a_name_that_is_no_utf8_is_shown_with_replacement_signs(client: FlaskClient) -> None:
    listed = [each["path"] for each in client.get("/api/v1/reports").get_json()["reports"]]

    assert any("\ufffd" in path and path.endswith(".txt") for path in listed)
    assert "\ufffd" in client.get("/about").get_data(as_text=True)


def test_no_name_turns_the_reading_direction_of_a_page(client: FlaskClient, engine: Engine) -> None:
    pages = [client.get(address).get_data(as_text=True) for address in addresses(engine) if "/api/" not in address]

    assert not any(sign in page for page in pages for sign in "\u202e\u2067")


def test_the_original_of_any_name_can_be_fetched(client: FlaskClient, engine: Engine) -> None:
    for report in engine.reports():
        with client.get(f"/reports/{report.id}/file") as response:
            assert response.status_code == 200
            assert "\n" not in response.headers["Content-Disposition"]


COMMANDS = ("status", "search 调解", "verify", "index", "index --dry-run", "inspect corpus")


@pytest.mark.index_folder
@pytest.mark.parametrize("command", drawn([each + form for each in COMMANDS for form in ("", " --json")]))
def test_commands_write_valid_utf8(folder: Path, command: str) -> None:
    done = program(*command.split(), cwd=folder)
    told = (done.stdout + done.stderr).decode("utf-8")  # raises where it is no UTF-8

    assert done.returncode in (0, 1)
    assert "Traceback" not in told
    assert not any(sign in done.stderr.decode() for sign in "\u202e\u2067")
    if command.endswith("--json"):
        assert not any("\ud800" <= char <= "\udfff" for char in json.dumps(json.loads(done.stdout), ensure_ascii=False))


@pytest.mark.index_folder
def test_show_writes_reports_of_any_name_in_every_form(folder: Path, engine: Engine) -> None:
    """In a build some reports in each form, others each time."""
    for report, form in drawn([*product(engine.reports(), ("text", "markdown", "json"))]):
        done = program("show", report.id, "--format", form, cwd=folder)

        assert done.returncode == 0, (report.path, form)
        assert done.stdout.decode("utf-8")
