"""Whose an index is and who could write into it is asked before anything in it is read."""

import os
import sys
from pathlib import Path

import pytest

from search_app.engines.whoosh import WhooshEngine
from search_app.errors import IndexProblem
from search_app.query import Search
from tests.engines.building import filed
from tests.engines.contract import put

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders private by other means")
FIRST, SECOND = filed("甲.txt", "调解28起。"), filed("乙.txt", "聘请法律顾问。")
FOLDERS = ("", "gen-000001")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    put(WhooshEngine(folder), FIRST)
    return folder


def refusals(index: Path) -> list[IndexProblem]:
    """Return what searching, describing, verifying and writing are refused with."""
    engine = WhooshEngine(index)
    found = []
    for use in (lambda: engine.search(Search()), engine.status, engine.verify, lambda: put(engine, SECOND)):
        with pytest.raises(IndexProblem) as refused:
            use()
        found.append(refused.value)
    return found


def as_another_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder belong to somebody else, whoever runs the tests."""
    stat = Path.stat

    def seen(path: Path, **how: bool) -> os.stat_result:
        real = stat(path, **how)
        return os.stat_result((*real[:4], real.st_uid + 1, *real[5:])) if path == folder else real

    monkeypatch.setattr(Path, "stat", seen)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_another_user_is_refused_by_every_question_with_the_command_that_mends_it(
    index: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    as_another_user(index / folder, monkeypatch)

    assert all("属于另一个用户" in each.message and "chown -R" in each.hint for each in refusals(index))


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_others_can_write_into_is_refused_by_every_question_with_the_command_that_mends_it(
    index: Path, folder: str, mode: int
) -> None:
    (index / folder).chmod(mode)

    assert all("其他用户改写" in each.message and "chmod 700" in each.hint for each in refusals(index))


def test_nothing_of_a_refused_folder_is_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.chmod(0o777)
    read: list[object] = []
    monkeypatch.setattr(Path, "read_bytes", read.append)
    monkeypatch.setattr(os, "open", lambda *asked: read.append(asked))

    refusals(index)

    assert read == []


def test_not_even_root_reads_what_another_user_wrote(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = index.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: 0 if owner else 1)

    assert refusals(index)


def test_a_folder_whose_owner_cannot_be_asked_is_not_taken_for_one_without_an_index(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "stat", failing)

    assert {each.code for each in refusals(index)} == {"index"}
