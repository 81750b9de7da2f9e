"""What is on the disk is held against what was meant before it is put into use: nothing is lost in silence."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from search_app import array_file
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import writer as writer_module
from search_app.engines.whoosh.segments import segment as segment_module
from search_app.errors import IndexProblem
from search_app.query import Search
from tests.engines.building import filed
from tests.engines.contract import put

OLD, NEW, THIRD = filed("旧.txt", "调解28起。"), filed("新.txt", "调解36起。"), filed("三.txt", "聘请法律顾问。")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    put(WhooshEngine(folder), OLD, NEW)
    return folder


def refused(index: Path) -> str:
    """Write one more report, which must fail and change nothing; return what is said."""
    before = WhooshEngine(index).search(Search())
    with pytest.raises(IndexProblem) as told:
        put(WhooshEngine(index), THIRD)
    engine = WhooshEngine(index)
    assert (engine.search(Search()), engine.verify(), engine.status().problem) == (before, (), None)
    assert [path.name for path in index.glob("gen-*")] == ["gen-000001"]
    return told.value.message


@pytest.mark.parametrize("number", [5, 12, 116], ids=["EIO", "ENOMEM", "ESTALE"])
@pytest.mark.parametrize("which", range(1, 8))
def test_a_listing_that_fails_fails_the_run(
    index: Path, monkeypatch: pytest.MonkeyPatch, which: int, number: int
) -> None:
    iterdir, left = Path.iterdir, [which]

    def failing(path: Path) -> Iterator[Path]:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(number, "the listing fails")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", failing)
    with suppress(IndexProblem):  # after the switch a listing only serves to tidy up
        put(WhooshEngine(index), THIRD)
    monkeypatch.undo()

    engine = WhooshEngine(index)
    assert {report.path for report in engine.reports()} >= {"旧.txt", "新.txt"}
    assert (engine.verify(), engine.status().problem) == ((), None)


def test_a_listing_that_comes_back_empty_fails_the_run(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    iterdir = Path.iterdir

    def short(path: Path) -> Iterator[Path]:
        return iter(()) if path.name == "gen-000002" else iterdir(path)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "iterdir", short)

        assert "不完整" in refused(index)


def test_a_segment_that_was_not_written_whole_fails_the_run(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = array_file.write_arrays

    def cut(path: Path, arrays: Mapping[str, Any], meta: Any = None) -> None:
        write(path, arrays, meta)
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 1
        path.write_bytes(content)

    with monkeypatch.context() as broken:
        broken.setattr("search_app.engines.whoosh.segments.segment_file.write_arrays", cut)

        assert "已损坏" in refused(index)


def test_a_report_that_is_missing_in_the_end_fails_the_run(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_over = writer_module.IndexWriter._take_over

    def loses_one(writer: writer_module.IndexWriter, entries: Any) -> None:
        take_over(writer, entries)
        name, number = next(iter(writer._where.values()))
        writer._gone[name].add(number)

    with monkeypatch.context() as broken:
        broken.setattr(writer_module.IndexWriter, "_take_over", loses_one)

        assert "应有 3 份报告、3 个段落，写下的是 2 份报告、2 个段落" in refused(index)


def test_a_passage_that_is_missing_in_the_end_fails_the_run(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add = segment_module.SegmentBuilder.add

    def loses_one(builder: segment_module.SegmentBuilder, report: Any, ready: Any) -> None:
        add(builder, report, ready)
        builder._first[-1] -= 1

    with monkeypatch.context() as broken:
        broken.setattr(segment_module.SegmentBuilder, "add", loses_one)

        refused(index)


def test_a_copy_that_differs_from_what_was_copied_fails_the_run(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copyfile = shutil.copyfile

    def spoilt(old: Path, new: Path) -> None:
        copyfile(old, new)
        content = bytearray(new.read_bytes())
        content[len(content) // 2] ^= 1
        new.write_bytes(content)

    with monkeypatch.context() as broken:
        broken.setattr("search_app.engines.whoosh.index.generations.shutil.copyfile", spoilt)

        refused(index)
