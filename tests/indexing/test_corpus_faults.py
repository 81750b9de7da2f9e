"""A corpus folder on a disk or a network that fails: what cannot be looked at is told, and is never taken for gone."""

import os
from pathlib import Path

import pytest

from search_app.errors import ConfigError, IndexOutdated
from search_app.indexing import update
from search_app.model import Report
from tests.engines.scanning import ScanningEngine

INSIDE, BESIDE = "甲县/石桥镇2023年法治政府建设年度报告.txt", "云溪乡2023年法治政府建设年度报告.txt"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for number, path in enumerate((INSIDE, BESIDE)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"调解矛盾纠纷2{number}起。", encoding="utf-8")
    return folder


@pytest.fixture
def engine() -> ScanningEngine:
    return ScanningEngine()


def fail(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> None:
    """Let nothing of this name be looked at or opened any more."""
    lstat, read = Path.lstat, Path.read_bytes

    def seen(path: Path) -> os.stat_result:
        if path.name == name:
            raise OSError(number, os.strerror(number))
        return lstat(path)

    def opened(path: Path) -> bytes:
        if path.name == name:
            raise OSError(number, os.strerror(number))
        return read(path)

    monkeypatch.setattr(Path, "lstat", seen)
    monkeypatch.setattr(Path, "read_bytes", opened)


def listed_as_files(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a walk take everything for a file, as os.walk does where it cannot ask what something is."""
    names = [path.name for path in corpus.iterdir()]
    monkeypatch.setattr(os, "walk", lambda *_, **__: iter([(str(corpus), [], names)]))


def test_a_folder_that_a_walk_takes_for_a_file_keeps_its_reports(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(engine, corpus)
    held = engine.reports()
    listed_as_files(corpus, monkeypatch)

    tally = update(engine, corpus)

    assert (tally.removed, engine.reports()) == ((), held)


@pytest.mark.parametrize("number", [5, 12, 116], ids=["EIO", "ENOMEM", "ESTALE"])
def test_a_folder_that_cannot_be_looked_at_keeps_its_reports(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    update(engine, corpus)
    held = engine.reports()
    listed_as_files(corpus, monkeypatch)
    fail(monkeypatch, "甲县", number)

    tally = update(engine, corpus)

    assert (tally.removed, engine.reports()) == ((), held)


def test_a_file_that_cannot_be_looked_at_stops_no_run(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, BESIDE, 5)

    tally = update(engine, corpus)

    assert INSIDE in tally.added


def test_a_folder_whose_listing_fails_keeps_its_reports(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(engine, corpus)
    held, scandir = engine.reports(), os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("甲县"):
            raise OSError(5, "Input/output error", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)

    tally = update(engine, corpus)

    assert (tally.removed, engine.reports()) == ((), held)
    assert any("打不开这个文件夹" in warned.warning for warned in tally.warnings)


def test_a_corpus_that_goes_away_while_an_index_is_built_anew_leaves_the_one_before(
    corpus: Path, engine: ScanningEngine
) -> None:
    update(engine, corpus)
    held = engine.reports()

    with pytest.raises(ConfigError, match="不见了"):
        update(engine, corpus, rebuild=True, progress=lambda *_: take_away(corpus))

    assert engine.reports() == held


def test_a_corpus_that_goes_away_after_an_upgrade_leaves_the_index_before(
    corpus: Path, engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(engine, corpus)
    held, reports = engine.reports(), engine.reports

    def outdated() -> tuple[Report, ...]:
        raise IndexOutdated("索引是用旧版程序建的")

    monkeypatch.setattr(engine, "reports", outdated)
    with pytest.raises(ConfigError, match="不见了"):
        update(engine, corpus, progress=lambda *_: take_away(corpus))

    assert reports() == held


def test_one_file_that_goes_away_while_an_index_is_built_anew_is_listed(corpus: Path, engine: ScanningEngine) -> None:
    for number in range(3):
        (corpus / f"{number}.txt").write_text(f"普法宣传{number}次。", encoding="utf-8")

    tally = update(engine, corpus, rebuild=True, progress=lambda *_: (corpus / INSIDE).unlink(missing_ok=True))

    assert [error.path for error in tally.failed] == [INSIDE]
    assert tally.reports == 4


def take_away(corpus: Path) -> None:
    """Do what disconnecting a drive does: its folder is empty."""
    if corpus.exists():
        corpus.rename(corpus.with_name("elsewhere"))
