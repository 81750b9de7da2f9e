"""The time of a search at the doors: pages, JSON and the command line say that an answer tells of a part only."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app import searching
from search_app.cli import run
from search_app.engines import open_engine
from search_app.indexing import update
from search_app.query import Deadline
from search_app.searching.per_generation import RecentAnswers
from search_app.settings import Settings
from search_app.web import answers, create_app
from tests.web import sample
from tests.web.reading_pages import page, text, texts

pytestmark = pytest.mark.index_folder

PASSAGE = f"{sample.report_id('澄岭县/望杉镇/2020.txt')}-2"
NOTICE = "//p[contains(@class, 'is-partial')]"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of every search be up before it begins."""
    monkeypatch.setattr(searching, "give_time", lambda _: Deadline(0.0, lambda: 1.0))
    monkeypatch.setattr(answers, "_answers", RecentAnswers(1))  # what was answered in good time is remembered


@pytest.mark.usefixtures("hurried")
def test_a_page_of_results_says_of_how_many_passages_it_tells(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷"))

    assert "只查了 77 段中的 1 段" in text(shown, NOTICE)


@pytest.mark.usefixtures("hurried")
def test_a_part_does_not_claim_to_be_all(client: FlaskClient) -> None:
    shown = page(client.get("/?exemplary=1&q=法治"))

    assert not any(said.startswith("第") and "共" in said for said in texts(shown, "//h1"))


@pytest.mark.parametrize(
    "address",
    ["/facets/town?q=矛盾", f"/passages/{PASSAGE}/similar?q=矛盾", f"/passages/{PASSAGE}/related"],
)
@pytest.mark.usefixtures("hurried")
def test_every_page_that_searches_says_it(client: FlaskClient, address: str) -> None:
    assert "时间用完了" in text(page(client.get(address)), NOTICE)


@pytest.mark.usefixtures("hurried")
def test_the_json_says_it_with_the_figures(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=矛盾纠纷").get_json()

    assert (told["partial"], told["looked_at"], told["held"]) == (True, 1, 77)
    assert "partial" in [note["kind"] for note in told["notes"]]


@pytest.mark.parametrize("path", ["facets?q=矛盾", "facets/town?q=矛盾", f"passages/{PASSAGE}/related"])
@pytest.mark.usefixtures("hurried")
def test_every_route_that_searches_says_it(client: FlaskClient, path: str) -> None:
    assert client.get(f"/api/v1/{path}").get_json()["partial"]


def test_an_answer_in_good_time_says_nothing_of_it(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=矛盾纠纷").get_json()

    assert (told["partial"], told["looked_at"]) == (False, told["held"])
    assert not page(client.get("/?q=矛盾纠纷")).xpath(NOTICE)


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_the_settings_say_how_long(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(searching, "give_time", given.append)
    client = create_app(Settings(time_budget=seconds), engine=sample.engine()).test_client()
    client.get("/api/v1/search?q=矛盾")

    assert given == [seconds]


@pytest.mark.usefixtures("hurried")
def test_the_command_line_says_it_in_words_and_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "报告.txt").write_text("一、主要举措\n调解矛盾纠纷30件。", encoding="utf-8")
    engine = open_engine(tmp_path / "index")
    update(engine, tmp_path / "corpus", index=tmp_path / "index")
    engine.close()

    run(["search", "调解", "没有的字"])
    words = capsys.readouterr().out
    run(["search", "调解", "没有的字", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert "时间用完了" in words
    assert told["partial"]
