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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["status", "--json"]])
def test_an_answer_that_finds_no_room_is_said_in_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    code = "from search_app.cli import main; main()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    said = done.stderr.decode("utf-8")
    assert (done.returncode, "结果没有写完：磁盘空间不够" in said, "Traceback" in said) == (1, True, False)


def test_streams_that_are_closed_are_no_error(tmp_path: Path) -> None:
    code = "import sys; sys.stdout = sys.stderr = None; from search_app.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "search", "普法"], cwd=tmp_path, timeout=60, check=False)

    assert done.returncode == 3  # there is no index, which is all that is wrong
