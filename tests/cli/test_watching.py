"""Watching a folder: no edit is missed, whatever times and sizes say, and nothing is said twice."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search_app.cli import run, watching

BEFORE = "云台镇2023年度法治政府建设情况报告\n全年调处纠纷八十六件，办结八十五件。\n"
AFTER = BEFORE.replace("纠纷", "矛盾")
OTHER = "石台镇2023年度法治政府建设情况报告\n全年开展普法宣传四十三场，受众千人。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "corpus/b.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[dict[str, list[str]]]]:
    """Give a way to watch for some rounds, do something in the first, and see what runs there were."""

    def watch(act: Callable[[Path], None], rounds: int = 4) -> list[dict[str, list[str]]]:
        left: Iterator[int] = iter(range(rounds))

        def wait(_: float) -> None:
            step = next(left, None)
            if step is None:
                raise KeyboardInterrupt
            if step == 0:
                act(here / "corpus/a.txt")

        monkeypatch.setattr("search_app.cli.watching.time.sleep", wait)
        assert run(["index", "--watch", "--json"]) == 130
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return watch


def edit_keeping_time_and_size(file: Path) -> None:
    seen = file.stat()
    file.write_text(AFTER, encoding="utf-8")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def replace_keeping_time_and_size(file: Path) -> None:
    seen, other = file.stat(), file.parent.parent / "other"
    other.write_text(AFTER, encoding="utf-8")
    os.utime(other, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    other.replace(file)


def set_clock_back(file: Path) -> None:
    file.write_text(AFTER, encoding="utf-8")
    os.utime(file, (1_000_000_000, 1_000_000_000))


@pytest.mark.parametrize("act", [edit_keeping_time_and_size, replace_keeping_time_and_size, set_clock_back])
def test_an_edit_is_seen_whatever_its_time_says(
    act: Callable[[Path], None], watched: Callable[..., list[dict[str, list[str]]]]
) -> None:
    assert [each["changed"] for each in watched(act)] == [[], ["a.txt"]]


def test_an_edit_that_no_time_tells_of_is_found_by_a_full_look(
    monkeypatch: pytest.MonkeyPatch, watched: Callable[..., list[dict[str, list[str]]]]
) -> None:
    monkeypatch.setattr("search_app.indexing.snapshot", lambda *_, **__: ())
    monkeypatch.setattr(watching, "FULL_LOOK", 0.0)

    assert [each["changed"] for each in watched(edit_keeping_time_and_size)] == [[], ["a.txt"]]


def test_a_full_look_that_finds_nothing_says_nothing(
    monkeypatch: pytest.MonkeyPatch, watched: Callable[..., list[dict[str, list[str]]]]
) -> None:
    monkeypatch.setattr(watching, "FULL_LOOK", 0.0)

    assert len(watched(lambda _: None)) == 1


def test_a_full_look_says_which_file_cannot_be_read_any_more(
    monkeypatch: pytest.MonkeyPatch, watched: Callable[..., list[dict[str, list[str]]]]
) -> None:
    monkeypatch.setattr("search_app.indexing.snapshot", lambda *_, **__: ())
    monkeypatch.setattr(watching, "FULL_LOOK", 0.0)

    runs = watched(lambda file: file.write_bytes(bytes(100)) and None)

    assert [len(each["failed"]) for each in runs] == [0, 1]


def test_what_changes_while_the_first_run_reads_is_seen(
    here: Path, monkeypatch: pytest.MonkeyPatch, watched: Callable[..., list[dict[str, list[str]]]]
) -> None:
    from search_app import indexing

    update = indexing.update

    def meanwhile(*arguments: object, **more: object) -> object:
        tally = update(*arguments, **more)  # type: ignore[arg-type]
        if (here / "corpus/a.txt").read_text(encoding="utf-8") == BEFORE:
            edit_keeping_time_and_size(here / "corpus/a.txt")
        return tally

    monkeypatch.setattr("search_app.indexing.update", meanwhile)

    assert [each["changed"] for each in watched(lambda _: None)] == [[], ["a.txt"]]
