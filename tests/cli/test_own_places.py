"""The setting ``gazetteer`` from door to door: every command understands, and holds against the index, with it."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from search_app.cli import run
from search_app.engines.base import Prepared
from search_app.errors import ConfigError
from search_app.indexing import read_own_places, source_at, update
from search_app.indexing.workers import Ready, prepare_all
from search_app.settings import Settings
from search_app.web import create_app
from search_app.web import state as sites
from tests.engines.scanning import ScanningEngine

TEXT = "星子坳镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷四十二件，成功率达到九成以上。\n"
OWN = "云岭省,青禾市,禾川县,星子坳镇\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with one report of a town that no built-in list has, and a list that has it."""
    monkeypatch.chdir(tmp_path)
    for name in ("CORPUS", "INDEX", "GAZETTEER"):
        monkeypatch.delenv(f"SEARCH_APP_{name}", raising=False)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "报告.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "地名.csv").write_text(OWN, encoding="utf-8")
    return tmp_path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    run([*arguments, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_same_list_makes_nothing_new_an_edited_one_everything(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "index")
    (here / "search-app.toml").write_text('gazetteer = "地名.csv"', encoding="utf-8")

    assert asked(capsys, "status")["needs_reindex"]
    assert asked(capsys, "index")["changed"] == ["报告.txt"]
    assert asked(capsys, "index")["unchanged"] == ["报告.txt"]
    assert asked(capsys, "verify")["ok"]
    (here / "地名.csv").write_text(f"{OWN}云岭省,青禾市,禾川县,月牙乡\n", encoding="utf-8")
    assert not asked(capsys, "verify")["ok"]
    assert asked(capsys, "index")["changed"] == ["报告.txt"]


@pytest.mark.usefixtures("here")
def test_a_file_is_inspected_with_the_list_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without = asked(capsys, "inspect", "corpus/报告.txt")["reports"][0]["report"]
    monkeypatch.setenv("SEARCH_APP_GAZETTEER", "地名.csv")

    found = asked(capsys, "inspect", "corpus/报告.txt")["reports"][0]["report"]

    assert (without["county"], found["county"], found["place_source"]) == (None, "禾川县", "gazetteer")


def test_other_processes_understand_with_the_same_list(here: Path) -> None:
    own_places = read_own_places(here / "地名.csv")
    work = [(source_at(here / "corpus" / "报告.txt", corpus=here / "corpus"), "f")] * 2

    results = [result for _, result in prepare_all(work, Prepared, jobs=2, own_places=own_places)]

    found = [result.report.county for result in results if isinstance(result, Ready)]

    assert found == ["禾川县", "禾川县"]


@pytest.mark.parametrize("command", [["index"], ["inspect", "corpus/报告.txt"], ["status"], ["verify"], ["serve"]])
def test_a_list_that_cannot_be_used_is_wrong_use_at_every_door_that_needs_it(
    here: Path, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "地名.csv").write_text("禾川县,星子坳镇\n", encoding="utf-8")
    monkeypatch.setenv("SEARCH_APP_GAZETTEER", "地名.csv")

    assert run(command) == 2
    assert "地名表 地名.csv 第 1 行写法有误" in capsys.readouterr().err


def test_a_search_does_not_need_the_list(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(capsys, "index")
    (here / "地名.csv").unlink()
    monkeypatch.setenv("SEARCH_APP_GAZETTEER", "地名.csv")

    assert asked(capsys, "search", "调解")["total"] == 1


def test_watching_sees_an_edited_list_and_outlasts_a_spoilt_one(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCH_APP_GAZETTEER", "地名.csv")
    contents = iter(["甲", None, None, f"{OWN}云岭省,青禾市,禾川县,月牙乡\n", None, None])

    def pause(_: float) -> None:
        content = next(contents, "end")
        if content == "end":
            raise KeyboardInterrupt
        if content is not None:
            (here / "地名.csv").write_text(content, encoding="utf-8")

    monkeypatch.setattr(time, "sleep", pause)

    assert run(["index", "--watch"]) == 130

    told = capsys.readouterr()
    assert "地名表 地名.csv 第 1 行写法有误" in told.err
    assert told.out.count("改动 1") == 1


def test_the_page_takes_the_list_anew_and_keeps_the_old_one_while_it_is_spoilt(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(corpus=here / "corpus", index=here / "index", gazetteer=here / "地名.csv")
    engine = ScanningEngine()
    update(engine, settings.corpus, own_places=read_own_places(settings.gazetteer))
    watch = sites.of(create_app(settings, engine=engine)).watch
    monkeypatch.setattr(sites, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(sites, "RESTS", 0.0)

    def needs_reindex() -> bool:
        watch.wait(20)
        watch.status()  # starts a look
        watch.wait(20)
        return watch.status().needs_reindex

    assert not needs_reindex()
    (here / "地名.csv").write_text("坏了", encoding="utf-8")
    assert not needs_reindex()
    (here / "地名.csv").write_text(f"{OWN},,禾川县,月牙乡\n", encoding="utf-8")
    assert needs_reindex()
    with pytest.raises(ConfigError):
        create_app(Settings(gazetteer=here / "没有.csv"), engine=engine)
