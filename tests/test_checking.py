"""Checking: an index is described and held against the corpus, whatever state it is in."""

from pathlib import Path

from search_app.checking import status, verify
from search_app.engines.base import Engine
from search_app.errors import IndexMissing, IndexOutdated
from search_app.indexing import report_id, survey
from search_app.indexing.sources import fingerprint
from search_app.model import Facet, Report
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


def test_an_index_that_cannot_be_opened_is_a_problem_of_verify(tmp_path: Path) -> None:
    class Outdated(ScanningEngine):
        def verify(self) -> tuple[str, ...]:
            raise IndexOutdated("索引是旧版程序建的")

    found = verify(Outdated(), corpus_of(tmp_path / "corpus"))

    assert found == ("索引是旧版程序建的",)
