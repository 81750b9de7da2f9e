"""What leaves an index: what somebody took away, and nothing that only cannot be reached just now."""

import errno
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search_app import checking, readers
from search_app.engines.base import Engine
from search_app.errors import ConfigError, IndexMissing, IndexOutdated
from search_app.indexing import Source, Tally, survey, update
from search_app.model import Document, Report
from tests.engines.scanning import ScanningEngine

TEXT = "{name}镇2023年度法治政府建设情况报告\n2023年{name}镇全年调处矛盾纠纷八十六件，办结率达到九成以上。\n"


def put(corpus: Path, *paths: str) -> None:
    for path in paths:
        (corpus / path).parent.mkdir(parents=True, exist_ok=True)
        (corpus / path).write_text(TEXT.format(name=path.replace("/", "")), encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    put(folder, "甲县/a.txt", "甲县/c.txt", "乙县/b.txt", "d.txt")
    return folder


@pytest.fixture
def engine(corpus: Path) -> ScanningEngine:
    engine = ScanningEngine()
    update(engine, corpus)
    return engine


def paths(engine: Engine) -> list[str]:
    return sorted(report.path for report in engine.reports())


def warned(tally: Tally, path: str) -> str:
    return "".join(item.warning for item in tally.warnings if item.path == path)


ALL = ["d.txt", "乙县/b.txt", "甲县/a.txt", "甲县/c.txt"]

# ---- a folder that is gone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leave_empty", [True, False])
@pytest.mark.parametrize("rebuild", [True, False])
def test_reports_of_a_folder_that_vanished_are_kept_and_named(
    corpus: Path, engine: ScanningEngine, leave_empty: bool, rebuild: bool
) -> None:
    shutil.rmtree(corpus / "乙县")
    if leave_empty:
        (corpus / "乙县").mkdir()

    tally = update(engine, corpus, rebuild=rebuild)

    assert tally.removed == ()
    assert paths(engine) == ALL
    assert "1 份报告" in warned(tally, "乙县")
    assert "--accept-removals" in warned(tally, "乙县")


@pytest.mark.parametrize("rebuild", [True, False])
def test_reports_of_a_folder_that_vanished_go_once_that_is_accepted(
    corpus: Path, engine: ScanningEngine, rebuild: bool
) -> None:
    shutil.rmtree(corpus / "乙县")

    tally = update(engine, corpus, rebuild=rebuild, accept_removals=True)

    assert tally.removed == ("乙县/b.txt",)
    assert paths(engine) == ["d.txt", "甲县/a.txt", "甲县/c.txt"]


def test_a_kept_folder_is_named_by_every_run_until_it_is_back(corpus: Path, engine: ScanningEngine) -> None:
    (corpus / "乙县").rename(corpus.parent / "away")
    update(engine, corpus)

    again = update(engine, corpus)
    (corpus.parent / "away").rename(corpus / "乙县")
    back = update(engine, corpus)

    assert warned(again, "乙县")
    assert not warned(back, "乙县")
    assert "乙县/b.txt" in back.unchanged


def test_status_and_verify_say_what_to_do_about_a_folder_that_vanished(corpus: Path, engine: ScanningEngine) -> None:
    shutil.rmtree(corpus / "乙县")
    update(engine, corpus)

    (reason,) = checking.status(engine, corpus).reasons

    assert "乙县" in reason
    assert "--accept-removals" in reason
    assert checking.verify(engine, corpus) == (reason,)


def test_a_folder_that_was_renamed_is_no_folder_that_vanished(corpus: Path, engine: ScanningEngine) -> None:
    (corpus / "乙县").rename(corpus / "乙县（新）")

    tally = update(engine, corpus)

    assert tally.removed == ("乙县/b.txt",)
    assert "乙县（新）/b.txt" in paths(engine)


def test_single_files_that_are_taken_away_go(corpus: Path, engine: ScanningEngine) -> None:
    (corpus / "甲县/a.txt").unlink()
    (corpus / "d.txt").unlink()

    assert update(engine, corpus).removed == ("d.txt", "甲县/a.txt")


@pytest.mark.parametrize("rebuild", [True, False])
def test_reports_below_a_folder_that_the_system_does_not_describe_are_kept(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    put(corpus, "甲县/云岭镇/e.txt")
    engine = ScanningEngine()
    update(engine, corpus)
    shutil.rmtree(corpus / "甲县/云岭镇")
    whole = survey(corpus)
    stuck = Source(path="甲县/云岭镇", file=corpus / "甲县/云岭镇")  # how a walk lists what it cannot tell a folder
    monkeypatch.setattr("search_app.indexing.run.survey", lambda *_, **__: replace(whole, found=(*whole.found, stuck)))

    tally = update(engine, corpus, rebuild=rebuild)

    assert [error.path for error in tally.failed] == ["甲县/云岭镇"]
    assert "甲县/云岭镇/e.txt" in paths(engine)


def test_a_corpus_that_does_not_answer_is_told_from_one_that_is_missing(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "stat", silent)
        with pytest.raises(ConfigError, match="打不开资料文件夹"):
            survey(corpus)


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    """Give folders in folders: 甲县/云岭镇 and 甲县/石台镇, a file beside them."""
    folder = tmp_path / "nested"
    put(folder, "甲县/云岭镇/a.txt", "甲县/云岭镇/b.txt", "甲县/石台镇/c.txt", "d.txt")
    return folder


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def leave_corrections(folder: Path) -> None:
    empty(folder)
    (folder / "a.meta.toml").write_text("year = 2023\n", encoding="utf-8")


def leave_hidden(folder: Path) -> None:
    empty(folder)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "~$a.docx").write_bytes(b"x")


def replace_by_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text(TEXT.format(name="别处"), encoding="utf-8")


def replace_by_link(folder: Path) -> None:
    away = folder.parents[2] / "away"
    folder.rename(away)
    folder.symlink_to(away, target_is_directory=True)


@pytest.mark.parametrize(
    "lose", [shutil.rmtree, empty, leave_corrections, leave_hidden, replace_by_file, replace_by_link]
)
def test_a_folder_deep_down_that_holds_no_report_any_more_keeps_those_of_the_index(
    nested: Path, lose: Callable[[Path], None]
) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    lose(nested / "甲县/云岭镇")

    tally = update(engine, nested)

    assert tally.removed == ()
    assert [(each.folder, each.reports) for each in tally.kept] == [("甲县/云岭镇", 2)]
    assert "--accept-removals" in warned(tally, "甲县/云岭镇")
    assert {"甲县/云岭镇/a.txt", "甲县/云岭镇/b.txt"} <= set(paths(engine))


def test_of_folders_in_a_folder_that_is_gone_only_the_outermost_is_named(nested: Path) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    shutil.rmtree(nested / "甲县")

    assert [(each.folder, each.reports) for each in update(engine, nested).kept] == [("甲县", 3)]


def test_half_of_a_folder_that_is_taken_away_goes(nested: Path) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    (nested / "甲县/云岭镇/a.txt").unlink()

    assert update(engine, nested).removed == ("甲县/云岭镇/a.txt",)


def test_a_folder_that_was_moved_deep_down_is_no_folder_that_vanished(nested: Path) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    (nested / "乙县").mkdir()
    (nested / "甲县/云岭镇").rename(nested / "乙县/云岭镇")

    tally = update(engine, nested)

    assert tally.kept == ()
    assert "乙县/云岭镇/a.txt" in paths(engine)
    assert "甲县/云岭镇/a.txt" not in paths(engine)


def test_a_folder_whose_name_changed_in_case_only_is_no_folder_that_vanished(tmp_path: Path) -> None:
    put(tmp_path, "Town/a.txt", "b.txt")
    engine = ScanningEngine()
    update(engine, tmp_path)
    (tmp_path / "Town").rename(tmp_path / "between")
    (tmp_path / "between").rename(tmp_path / "TOWN")

    tally = update(engine, tmp_path)

    assert tally.kept == ()
    assert paths(engine) == ["TOWN/a.txt", "b.txt"]


def test_a_folder_that_was_moved_while_the_program_changed_is_known_by_its_bytes(
    nested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    (nested / "甲县/云岭镇").rename(nested / "云岭镇（新）")
    monkeypatch.setattr("search_app.indexing.sources._program", lambda: "another")

    assert update(engine, nested).kept == ()


def test_what_was_edited_in_a_folder_that_was_moved_stays_until_that_is_accepted(nested: Path) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    (nested / "甲县/云岭镇").rename(nested / "云岭镇（新）")
    put(nested, "云岭镇（新）/a.txt")

    tally = update(engine, nested)

    assert [(each.folder, each.reports) for each in tally.kept] == [("甲县/云岭镇", 1)]


@pytest.mark.parametrize(("limit", "kept"), [(0, []), (2, ["甲县/云岭镇"]), (3, [])])
def test_a_folder_is_kept_from_as_many_reports_on_as_is_set(nested: Path, limit: int, kept: list[str]) -> None:
    engine = ScanningEngine()
    update(engine, nested)
    shutil.rmtree(nested / "甲县/云岭镇")

    assert [each.folder for each in checking.status(engine, nested, vanished_limit=limit).kept] == kept
    assert [each.folder for each in update(engine, nested, vanished_limit=limit).kept] == kept


def bundle(file: Path, *names: str) -> None:
    with zipfile.ZipFile(file, "w") as members:
        for name in names:
            members.writestr(name, TEXT.format(name=name))


def test_a_bundle_that_is_deleted_goes_as_a_file_does_and_one_that_is_emptied_stays(nested: Path) -> None:
    bundle(nested / "甲县/一.zip", "a.txt", "b.txt")
    bundle(nested / "甲县/二.zip", "e.txt")
    engine = ScanningEngine()
    update(engine, nested)
    (nested / "甲县/二.zip").unlink()
    bundle(nested / "甲县/一.zip")

    tally = update(engine, nested)

    assert tally.removed == ("甲县/二.zip/e.txt",)
    assert [(each.folder, each.reports) for each in tally.kept] == [("甲县/一.zip", 2)]


def test_a_folder_that_cannot_be_looked_into_is_named_with_its_reports(
    nested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("云岭镇"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    engine = ScanningEngine()
    update(engine, nested)
    monkeypatch.setattr(os, "scandir", closed)

    tally = update(engine, nested, accept_removals=True)

    assert tally.removed == ()
    assert [(each.folder, each.reports, each.shut) for each in tally.kept] == [("甲县/云岭镇", 2, True)]
    assert "2 份报告仍保留" in warned(tally, "甲县/云岭镇")


def test_an_upgrade_asks_before_it_builds_anew_without_a_folder_that_held_reports(tmp_path: Path) -> None:
    class Upgraded(ScanningEngine):
        old = False

        def reports(self) -> tuple[Report, ...]:
            if self.old:
                raise IndexOutdated("索引是用旧版程序建的")
            return super().reports()

    corpus, index = tmp_path / "corpus", tmp_path / "index"
    index.mkdir()
    put(corpus, "甲县/a.txt", "乙县/b.txt")
    engine = Upgraded()
    update(engine, corpus, index=index)
    empty(corpus / "乙县")
    engine.old = True

    with pytest.raises(ConfigError, match="乙县") as refused:
        update(engine, corpus, index=index)

    assert "--accept-removals" in refused.value.hint


# ---- building anew --------------------------------------------------------------------------------------------------


def test_a_rebuild_that_would_lose_most_reports_asks_first(corpus: Path, engine: ScanningEngine) -> None:
    for path in ("甲县/a.txt", "甲县/c.txt", "乙县/b.txt"):
        (corpus / path).unlink()

    with pytest.raises(ConfigError, match="大部分报告") as refused:
        update(engine, corpus, rebuild=True)

    assert "--accept-removals" in refused.value.hint
    assert paths(engine) == ALL
    assert len(update(engine, corpus, rebuild=True, accept_removals=True).removed) == 3


def test_a_rebuild_keeps_the_text_of_a_file_that_cannot_be_read_just_now(corpus: Path, engine: ScanningEngine) -> None:
    (corpus / "d.txt").write_bytes(bytes(100))

    tally = update(engine, corpus, rebuild=True)

    assert [error.path for error in tally.failed] == ["d.txt"]
    assert paths(engine) == ALL
    assert "保留上次读到的内容" in warned(tally, "d.txt")


def test_an_empty_corpus_empties_no_index_that_cannot_be_read(tmp_path: Path) -> None:
    class Outdated(ScanningEngine):
        def reports(self) -> tuple[Report, ...]:
            raise IndexOutdated("索引是用旧版程序建的")

    (tmp_path / "corpus").mkdir()

    with pytest.raises(ConfigError, match="没有文件"):
        update(Outdated(), tmp_path / "corpus", rebuild=True)


# ---- a corpus that goes away while it is read -----------------------------------------------------------------------


def after_the_first(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something to the corpus once the first file has been read."""
    read = readers.read
    done: list[object] = []

    def reading(path: Path) -> Document:
        document = read(path)
        if not done:
            done.append(act())
        return document

    monkeypatch.setattr(readers, "read", reading)


@pytest.mark.parametrize("leave_empty", [True, False])
@pytest.mark.parametrize("accept", [True, False])
def test_a_corpus_that_goes_away_during_a_rebuild_changes_nothing(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch, leave_empty: bool, accept: bool
) -> None:
    def away() -> None:
        corpus.rename(corpus.with_name("away"))
        if leave_empty:
            corpus.mkdir()

    before = engine.status().current.name
    after_the_first(monkeypatch, away)

    with pytest.raises(ConfigError, match="不见了"):
        update(engine, corpus, rebuild=True, accept_removals=accept)

    assert paths(engine) == ALL
    assert engine.status().current.name == before


def test_a_corpus_that_goes_away_during_the_rebuild_after_an_upgrade_changes_nothing(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Upgraded(ScanningEngine):
        old = True

        def reports(self) -> tuple[Report, ...]:
            if self.old:
                raise IndexOutdated("索引是用旧版程序建的")
            return super().reports()

    engine = Upgraded()
    after_the_first(monkeypatch, lambda: corpus.rename(corpus.with_name("away")))

    with pytest.raises(ConfigError, match="不见了"):
        update(engine, corpus)

    engine.old = False
    with pytest.raises(IndexMissing):
        engine.status()


def test_a_few_files_that_go_while_a_rebuild_reads_stop_nothing(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_first(monkeypatch, lambda: (corpus / "甲县/c.txt").unlink())

    tally = update(engine, corpus, rebuild=True)

    assert [error.path for error in tally.failed] == ["甲县/c.txt"]
    assert paths(engine) == ALL
