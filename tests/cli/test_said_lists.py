"""What a terminal is told of many files: the first, how many there are, and the way to all of them."""

import json
from pathlib import Path

import pytest

from search_app.cli import run
from search_app.cli.said_lists import MOST_LINES


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an index of reports of which each has something to be said, and many broken files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    for number in range(MOST_LINES + 5):
        text = f"云台镇2023年度法治政府建设情况报告\n全年调处矛盾纠纷{number + 10}件，普法{number + 5}场，群众满意。"
        (tmp_path / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
        (tmp_path / "corpus" / f"{number}.docx").write_bytes(b"broken %d" % number)
    assert run(["index", "--json"]) == 1
    return tmp_path


@pytest.mark.usefixtures("here")
def test_status_says_the_first_of_each_list_and_how_all_are_had(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    run(["status"])
    told = capsys.readouterr().err.splitlines()

    assert sum(line.startswith("读不出来：") for line in told) == MOST_LINES
    assert sum(line.startswith("注意：") for line in told) == MOST_LINES
    assert sum("search-app status --all" in line for line in told) == 2


@pytest.mark.usefixtures("here")
def test_status_says_all_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    run(["status", "--json"])
    whole = json.loads(capsys.readouterr().out)
    run(["status", "--all"])
    told = capsys.readouterr().err.splitlines()

    assert sum(line.startswith("读不出来：") for line in told) == whole["failed_total"] == len(whole["failed"])
    assert sum(line.startswith("注意：") for line in told) == whole["warnings_total"] == len(whole["warnings"])
