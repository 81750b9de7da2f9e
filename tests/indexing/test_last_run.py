"""The last run is kept for whoever asks later, however it ended; rubbish in its place is nothing."""

import json
from pathlib import Path

import pytest

from search_app.engines.whoosh import WhooshEngine
from search_app.errors import ConfigError, IndexLocked
from search_app.indexing import Tally, recall_run, update
from search_app.indexing.last_run import MEMORY, record_run, recording_failure


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index").mkdir()
    return tmp_path / "index"


def test_what_a_run_did_is_known_after_it(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    (corpus / "空.txt").write_text("", encoding="utf-8")

    tally = update(WhooshEngine(index), corpus, index=index)

    found = recall_run(index)
    assert found is not None
    assert (found.added, found.failed, found.error) == (1, 1, None)
    assert found.seconds == pytest.approx(tally.seconds, abs=0.001)


def test_a_dry_run_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")

    update(WhooshEngine(tmp_path / "index"), tmp_path / "corpus", index=tmp_path / "index", dry_run=True)

    assert recall_run(tmp_path / "index") is None


def test_a_run_that_failed_is_kept_with_what_it_said(folder: Path) -> None:
    record_run(folder, Tally(added=("a",)))

    with pytest.raises(ConfigError), recording_failure(folder):
        raise ConfigError("资料文件夹不存在")

    found = recall_run(folder)
    assert found is not None
    assert (found.error, found.added) == ("资料文件夹不存在", 0)


def test_a_run_that_another_one_kept_from_running_is_not_the_last(folder: Path) -> None:
    record_run(folder, Tally(added=("a",)))

    with pytest.raises(IndexLocked), recording_failure(folder):
        raise IndexLocked("另一个进程正在更新索引", holder=1)

    found = recall_run(folder)
    assert found is not None
    assert (found.error, found.added) == (None, 1)


def test_nothing_is_written_into_a_folder_that_no_run_of_ours_ended_in(folder: Path) -> None:
    with pytest.raises(ConfigError), recording_failure(folder):
        raise ConfigError("资料文件夹不存在")

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"ended_at": "2026-03-01T02:30:00", "seconds": 1.0}',
        '{"ended_at": "2026-03-01T02:30:00+00:00", "seconds": "1"}',
        '{"ended_at": "2026-03-01T02:30:00+00:00", "seconds": 1.0, "added": []}',
        '{"ended_at": "2026-03-01T02:30:00+00:00", "seconds": 1.0, "error": 7}',
        '{"ended_at": "2026-03-01T02:30:00+00:00", "seconds": 1.0, "colour": "red"}',
    ],
)
def test_rubbish_in_its_place_is_nothing(text: str, folder: Path) -> None:
    (folder / MEMORY).write_text(text, encoding="utf-8")

    assert recall_run(folder) is None


def test_what_was_kept_is_json(folder: Path) -> None:
    record_run(folder, Tally())

    assert json.loads((folder / MEMORY).read_text(encoding="ascii"))["error"] is None
