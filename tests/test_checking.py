"""Checking: an index is described and held against the corpus, whatever state it is in."""

from pathlib import Path

import pytest

from search_app import readers
from search_app.checking import status, verify
from search_app.engines.base import Engine
from search_app.errors import DamagedFile, IndexMissing, IndexOutdated
from search_app.indexing import report_id, survey, update
from search_app.indexing.known_failures import MEMORY
from search_app.indexing.sources import fingerprint
from search_app.model import Block, Document, Facet, Report
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine


def corpus_of(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def holding(corpus: Path) -> ScanningEngine:
    """Return an engine that holds every file of the corpus as it is."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for source in survey(corpus).found:
            report = Report(id=report_id(source.path), path=source.path, fingerprint=fingerprint(source))
            writer.put(report, make_passages(report, "一段"))
    return engine


def test_an_index_of_the_corpus_as_it_is_needs_nothing(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus", "a.txt")

    found = status(holding(corpus), corpus)

    assert (found.generation, found.reports, found.passages) == ("gen-000001", 1, 1)
    assert (found.needs_reindex, found.reasons) == (False, ())
    assert found.built_at is not None


def test_every_difference_from_the_corpus_is_a_reason_to_reindex(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus", "a.txt", "b.txt", "c.txt")
    engine = holding(corpus)
    corpus_of(corpus, "d.txt")
    (corpus / "a.txt").write_text("改过", encoding="utf-8")
    (corpus / "b.txt").unlink()

    found = status(engine, corpus)

    assert found.needs_reindex
    assert [name for name in ("d.txt", "a.txt", "b.txt") if any(name in reason for reason in found.reasons)] == [
        "d.txt",
        "a.txt",
        "b.txt",
    ]
    assert verify(engine, corpus) == found.reasons


def test_a_missing_index_is_described_and_not_raised(tmp_path: Path) -> None:
    found = status(ScanningEngine(), corpus_of(tmp_path / "corpus"))

    assert (found.generation, found.reports, found.needs_reindex) == (None, 0, True)
    assert isinstance(found.unusable, IndexMissing)


def test_a_missing_corpus_is_a_reason(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus", "a.txt")

    assert status(holding(corpus), tmp_path / "nowhere").needs_reindex


def test_counts_and_warnings_are_those_of_the_whole_index(engine: Engine, tmp_path: Path) -> None:
    found = status(engine, corpus_of(tmp_path / "corpus"))

    assert [(each.value, each.reports) for each in found.counts[Facet.YEAR]] == [(2023, 2), (2022, 1)]


def test_two_reports_of_one_town_and_year_are_a_warning(tmp_path: Path) -> None:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for name in ("a.txt", "b.txt"):
            report = make_report(name, town="湖口镇")
            writer.put(report, make_passages(report, "一段"))

    assert [warned.path for warned in status(engine, corpus_of(tmp_path / "corpus")).warnings] == ["a.txt"]


def test_an_index_that_cannot_be_opened_is_a_problem_of_verify_with_what_mends_it(tmp_path: Path) -> None:
    class Outdated(ScanningEngine):
        def verify(self) -> tuple[str, ...]:
            raise IndexOutdated("索引是旧版程序建的", hint="请运行：search-app index")

    found = verify(Outdated(), corpus_of(tmp_path / "corpus"))

    assert found == ("索引是旧版程序建的。请运行：search-app index",)


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ScanningEngine, Path, Path]:
    """Give an engine, corpus and index folder after a run in which ``坏.txt`` could not be read."""

    def read(file: Path) -> Document:
        if file.name == "坏.txt":
            raise DamagedFile(str(file), "打不开", hint="另存")
        return Document(format="txt", blocks=(Block(text=file.read_text(encoding="utf-8")),))

    monkeypatch.setattr(readers, "read", read)
    corpus, index = corpus_of(tmp_path / "corpus", "a.txt", "坏.txt"), corpus_of(tmp_path / "index")
    engine = ScanningEngine()
    update(engine, corpus, index=index)
    return engine, corpus, index


def test_a_file_that_failed_and_is_the_same_is_named_and_no_reason(
    indexed: tuple[ScanningEngine, Path, Path],
) -> None:
    engine, corpus, index = indexed

    found = status(engine, corpus, index=index)

    assert [(each.path, each.error, each.hint) for each in found.failed] == [("坏.txt", "打不开", "另存")]
    assert (found.needs_reindex, verify(engine, corpus, index=index)) == (False, ())


def test_a_failed_file_that_was_changed_since_is_a_reason_again(indexed: tuple[ScanningEngine, Path, Path]) -> None:
    engine, corpus, index = indexed
    (corpus / "坏.txt").write_text("改好了", encoding="utf-8")

    found = status(engine, corpus, index=index)

    assert found.failed == ()
    assert "坏.txt" in found.reasons[0]


def test_a_failed_file_that_was_taken_away_is_forgotten(indexed: tuple[ScanningEngine, Path, Path]) -> None:
    engine, corpus, index = indexed
    (corpus / "坏.txt").unlink()

    assert status(engine, corpus, index=index).failed == ()


def test_a_bundle_that_cannot_be_opened_is_named_and_no_reason(indexed: tuple[ScanningEngine, Path, Path]) -> None:
    engine, corpus, index = indexed
    (corpus / "包.zip").write_bytes(b"PK")
    update(engine, corpus, index=index)

    found = status(engine, corpus, index=index)

    assert [each.path for each in found.failed] == ["包.zip", "坏.txt"]
    assert not found.needs_reindex


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"failed": [{"path": 1}]}', b"\xff", b"[" * 50_000, b'{"failed": 3}'])
def test_a_damaged_memory_of_the_last_run_remembers_nothing(
    indexed: tuple[ScanningEngine, Path, Path], kept: bytes
) -> None:
    engine, corpus, index = indexed
    (index / MEMORY).write_bytes(kept)

    assert status(engine, corpus, index=index).needs_reindex


def test_a_memory_that_cannot_be_written_stops_no_run(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus", "坏.xyz")

    tally = update(ScanningEngine(), corpus, index=tmp_path / "nowhere")

    assert [error.path for error in tally.failed] == ["坏.xyz"]
