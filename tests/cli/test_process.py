"""The program as a process: what it loads, and what it writes whatever the locale is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("whoosh", "jieba", "flask", "numpy", "lxml", "pypdfium2", "pypdf", "markdown", "nh3", "waitress")
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


def program(*arguments: str, cwd: Path, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from search_app.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **(environ or {})},
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["search", "--size", "x"], ["nothing"], ["status"]])
def test_run_as_a_module_it_says_and_returns_what_the_command_does(arguments: list[str], tmp_path: Path) -> None:
    script = [sys.executable, "-c", "import sys; from search_app.__main__ import main; main()"]
    ways = [
        subprocess.run([*way, *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=False)
        for way in (script, [sys.executable, "-m", "search_app"])
    ]

    assert ways[0].returncode == ways[1].returncode
    assert (ways[0].stdout, ways[0].stderr) == (ways[1].stdout, ways[1].stderr)
    assert b"__main__" not in ways[1].stdout + ways[1].stderr


def test_run_as_a_module_it_indexes_with_several_processes(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for number in range(3):
        text = f"甲镇202{number}年度法治政府建设报告\n\n一、成效\n开展普法。"
        (tmp_path / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "search_app", "index", "--jobs", "2"], cwd=tmp_path, capture_output=True, timeout=120
    )

    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert "新增 3" in done.stdout.decode("utf-8")


def test_a_command_that_has_ended_leaves_nothing_to_be_looked_through_for_rings(tmp_path: Path) -> None:
    code = (
        "import atexit, gc; atexit.register(lambda: print(len(gc.get_objects()), gc.get_freeze_count()));"
        "from search_app.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, "--version"], cwd=tmp_path, capture_output=True, timeout=60)
    left, frozen = map(int, done.stdout.split()[-2:])

    assert left < frozen / 100


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["--version"]])
def test_help_loads_no_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from search_app.cli import run; run(sys.argv[1:]);"
        f"print(sorted(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, timeout=60)

    assert done.stderr.strip() == b"[]"


def test_output_is_utf8_in_an_ascii_locale(tmp_path: Path) -> None:
    done = program("--help", cwd=tmp_path, environ=ASCII)

    assert done.returncode == 0
    assert "用法" in done.stdout.decode("utf-8")


def test_a_file_name_that_is_not_unicode_does_not_stop_the_program(tmp_path: Path) -> None:
    done = program("inspect", os.fsdecode(b"\xff.txt"), "--json", cwd=tmp_path, environ=ASCII)

    assert done.returncode == 1
    assert "\ufffd.txt" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_a_bad_settings_file_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "search-app.toml").write_text("port = 0", encoding="utf-8")

    done = program("status", cwd=tmp_path)

    assert done.returncode == 2
    assert "port" in done.stderr.decode("utf-8")


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    code = "import os, sys; from search_app.cli import main; os.close(0); main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "--help"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read()
        process.wait(60)

    assert b"Traceback" not in error


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = f'"{sys.executable}" -m search_app {line}'
    return subprocess.run(command, shell=True, cwd=cwd, capture_output=True, timeout=120, check=False)  # noqa: S602


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("line", ["--help", "status --json", "search --help"])
def test_output_that_finds_the_disk_full_is_said_in_plain_words(line: str, tmp_path: Path) -> None:
    done = shell(f"{line} > /dev/full", tmp_path)

    assert done.returncode == 1
    assert "结果没有写完：磁盘空间不够" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX shell closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_was_closed_changes_no_exit_code(closed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云岭镇2023年法治政府建设年度报告\n一、成效\n开展普法三十场。\n", encoding="utf-8")

    done = shell(f"inspect a.txt {closed}", tmp_path)

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
@pytest.mark.parametrize("command", ["inspect", "draft"])
@pytest.mark.parametrize("name", ["pipe.txt", "pipe.zip", "/dev/zero"])
def test_what_is_no_file_is_refused_and_not_waited_for(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("云岭镇2023年度报告\n开展普法三十场。\n", encoding="utf-8")
    assert program("index", cwd=tmp_path).returncode == 0
    if not name.startswith("/"):
        os.mkfifo(tmp_path / name)

    done = program(command, name, cwd=tmp_path)

    assert done.returncode == (1 if command == "inspect" else 2)
    assert "不是普通文件" in done.stderr.decode()
