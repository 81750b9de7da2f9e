"""The commands of whoever keeps the service: what they say, their exit codes, and the lines of the log."""

import json
from pathlib import Path

import pytest

from search_app.cli import run

REPORT = "石桥镇2023年法治政府建设年度报告\n调解矛盾纠纷28起。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def test_a_backup_comes_back_and_both_say_what_they_did(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "search-app.toml").write_text("port = 9000\n", encoding="utf-8")

    assert run(["backup", "a.zip"]) == 0
    assert "设置文件" in capsys.readouterr().out
    (here / "search-app.toml").unlink()
    assert run(["restore", "a.zip", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == ["search-app.toml"]
    assert (here / "search-app.toml").read_text(encoding="utf-8") == "port = 9000\n"


def test_a_backup_does_not_replace_a_file_unasked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.zip").write_text("somebody's")

    assert run(["backup", "a.zip"]) == 2
    assert (here / "a.zip").read_text() == "somebody's"
    assert "--force" in capsys.readouterr().err
    assert run(["backup", "a.zip", "--force"]) == 0


def test_a_restore_over_what_is_there_is_refused_with_the_way_on(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "search-app.toml").write_text("port = 9000\n", encoding="utf-8")
    run(["backup", "a.zip"])
    (here / "search-app.toml").write_text("port = 9001\n", encoding="utf-8")

    assert run(["restore", "a.zip"]) == 2
    assert "--force" in capsys.readouterr().err
    assert run(["restore", "a.zip", "--force"]) == 0
    assert "search-app-before-restore-" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_backup_is_refused(content: bytes, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.zip").write_bytes(content)

    assert run(["restore", "a.zip"]) == 1
    assert "什么都没有改动" in capsys.readouterr().err


def test_a_run_is_one_line_of_the_log_and_so_is_one_that_fails(here: Path) -> None:
    run(["index", "--log-file", "logs/a.log"])
    (here / "corpus/a.txt").unlink()
    (here / "corpus").rmdir()
    assert run(["index", "--log-file", "logs/a.log"]) == 2

    first, second = (here / "logs/a.log").read_text(encoding="utf-8").splitlines()
    assert "index run added=1 changed=0 unchanged=0 removed=0 failed=0" in first
    assert "index run failed code=config" in second


@pytest.mark.usefixtures("here")
def test_the_status_tells_of_the_last_run(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    run(["status", "--json"])
    found = json.loads(capsys.readouterr().out)
    run(["status"])

    assert found["last_run"]["read"] == 1
    assert found["last_run"]["error"] is None
    assert 0 <= found["age_seconds"] < 600
    assert "最近一次更新" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_SEARCH_APP_COMPLETE", f"{shell}_source")

    with pytest.raises(SystemExit) as ended:
        run([])

    assert ended.value.code == 0
    assert "_SEARCH_APP_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("search-app ba", "backup"), ("search-app search --so", "--sort"), ("search-app search --sort n", "newest")],
)
def test_commands_options_and_values_are_completed(
    typed: str, offered: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_SEARCH_APP_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))

    with pytest.raises(SystemExit):
        run([])

    assert f"plain,{offered}" in capsys.readouterr().out.splitlines()
