"""``search-app draft``: exit codes, what is printed, and that a draft leaves nothing behind."""

import io
import json
import sys
from pathlib import Path

import pytest

from search_app.cli import run
from search_app.settings import Settings
from tests.web.drafts import BAD, CLEAN
from tests.web.test_basket_survives import TOWNS, index, write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an index of four reports."""
    for name in ("SEARCH_APP_CORPUS", "SEARCH_APP_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    for town in TOWNS:
        write(settings, town)
    index(settings)
    return tmp_path


def put(here: Path, text: str, name: str = "草稿.txt") -> str:
    (here / name).write_text(text, encoding="utf-8")
    return name


def test_a_draft_with_faults_ends_with_1_and_says_what_they_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["draft", put(here, BAD)])

    said = capsys.readouterr().out
    assert code == 1
    assert ("错留的年份、地名" in said, "改成2023年" in said, "缺必写部分" in said) == (True, True, True)


def test_a_draft_without_faults_ends_with_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", put(here, CLEAN)]) == 0
    assert "没有发现问题" in capsys.readouterr().err


def test_a_copied_sentence_is_printed_with_its_source(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied = "编排小品十二个，在集市和学校演出二十场，发放手册三千份。"

    run(["draft", put(here, BAD.replace("栗坪乡党委、政府高度重视。", copied))])

    assert "来源：《芷川县" in capsys.readouterr().out


def test_the_json_has_the_same_findings_and_nothing_else_on_stdout(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["draft", put(here, BAD), "--json", "--year", "2024", "--town", "云栈镇", "--county", "澄岭县"])

    told = json.loads(capsys.readouterr().out)
    assert (code, told["draft"]["year"], told["draft"]["town"]) == (1, 2024, "云栈镇")
    assert {each["kind"] for each in told["findings"]} >= {"leftover", "missing"}


def test_a_draft_may_come_from_standard_input(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLEAN.encode("gb18030"))))

    assert run(["draft", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["draft"]["town"] == "青蒲街道"


@pytest.mark.parametrize(
    ("name", "content"),
    [("没有.txt", None), ("空.txt", b""), ("坏.docx", b"PK\x03\x04"), ("程序.exe", b"MZ")],
)
def test_what_cannot_be_checked_is_wrong_use(
    here: Path, name: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (here / name).write_bytes(content)

    assert run(["draft", name]) == 2
    assert "办法：" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["draft"], ["draft", "a", "b"], ["draft", "a", "--year", "99"]])
def test_wrong_use_ends_with_2(here: Path, arguments: list[str]) -> None:
    assert here
    assert run(arguments) == 2


def test_without_an_index_it_ends_with_3(here: Path) -> None:
    assert run(["draft", put(here, CLEAN), "--index", "nirgends"]) == 3


def test_a_check_leaves_no_file_behind(here: Path) -> None:
    put(here, BAD)
    before = {each: each.stat().st_mtime_ns for each in here.rglob("*")}

    run(["draft", "草稿.txt"])

    assert {each: each.stat().st_mtime_ns for each in here.rglob("*")} == before
