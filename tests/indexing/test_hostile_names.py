"""Folders and names that a system hardly allows: what cannot be reached is listed, and the rest is indexed."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app import checking
from search_app.indexing import snapshot, survey, update
from tests.engines.scanning import ScanningEngine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such names are none on Windows")
TEXT = "云岭镇2023年度法治政府建设情况报告\n2023年全年调处矛盾纠纷八十六件，办结率达到九成以上。\n"
_DEPTH, _NAME = 25, "d" * 240


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def deep(corpus: Path) -> Iterator[Path]:
    """Give the corpus folders nested beyond what a path may hold, made step by step, with a report in each."""
    here = os.open(corpus, os.O_RDONLY)
    opened = [here]
    for _ in range(_DEPTH):
        os.mkdir(_NAME, dir_fd=here)
        here = os.open(_NAME, os.O_RDONLY, dir_fd=here)
        opened.append(here)
        with os.fdopen(os.open("b.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here), "w", encoding="utf-8") as file:
            file.write(TEXT)
    yield corpus
    for inner, outer in zip(reversed(opened[1:]), reversed(opened[:-1]), strict=True):
        os.unlink("b.txt", dir_fd=inner)
        os.close(inner)
        os.rmdir(_NAME, dir_fd=outer)
    os.close(opened[0])


def test_folders_nested_beyond_the_longest_path_are_listed_and_the_rest_is_indexed(deep: Path) -> None:
    engine = ScanningEngine()

    tally = update(engine, deep)

    assert "a.txt" in {report.path for report in engine.reports()}
    named = [*(error.path for error in tally.failed), *(item.path for item in tally.warnings)]
    assert any(len(path) > 3_000 for path in named)


def test_folders_nested_beyond_the_longest_path_do_not_stop_status_and_verify(deep: Path) -> None:
    engine = ScanningEngine()
    update(engine, deep)

    assert not checking.status(engine, deep).unusable
    assert isinstance(checking.verify(engine, deep), tuple)


def test_folders_nested_beyond_the_longest_path_do_not_stop_a_snapshot(deep: Path) -> None:
    assert str(deep / "a.txt") in {path for path, *_ in snapshot(deep)}


@pytest.mark.parametrize(
    "name", [b"\xd4\xc6\xc1\xeb.txt", b"a\nb.txt", b"\xff\xfe.txt", b"a\x1b[31m.txt", b" .txt", b"-rf.txt"]
)
def test_a_file_of_any_name_is_indexed_seen_and_compared(corpus: Path, name: bytes) -> None:
    (corpus / "a.txt").rename(corpus / os.fsdecode(name))
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert [report.path for report in engine.reports()] == [os.fsdecode(name)]
    assert not tally.failed
    assert not checking.status(engine, corpus).reasons
    assert checking.verify(engine, corpus) == ()
    assert len(snapshot(corpus)) == 1


def test_links_that_lead_round_in_a_circle_are_listed(corpus: Path) -> None:
    (corpus / "甲").mkdir()
    (corpus / "甲" / "乙").symlink_to(corpus / "甲", target_is_directory=True)
    (corpus / "丙.txt").symlink_to(corpus / "丁.txt")
    (corpus / "丁.txt").symlink_to(corpus / "丙.txt")

    found = survey(corpus)

    assert [source.path for source in found.found] == ["a.txt"]
    assert {item.path for item in found.ignored} == {"甲/乙", "丙.txt", "丁.txt"}
    assert len(snapshot(corpus)) == 1


def test_a_folder_that_cannot_be_looked_into_stops_neither_run_nor_snapshot(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "关").mkdir()
    (corpus / "关" / "b.txt").write_text(TEXT, encoding="utf-8")
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("关"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert tally.added == ("a.txt",)
    assert "打不开" in next(item.warning for item in tally.warnings if item.path == "关")
    assert len(snapshot(corpus)) == 1
    assert not checking.status(engine, corpus).unusable
