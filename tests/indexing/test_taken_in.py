"""What a report knows of its file: the checksum of its bytes, and when they were first taken in."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from search_app.indexing import Inspected, inspect, sources_at, update
from search_app.indexing import sources as sources_module
from search_app.model import Report
from tests.engines.scanning import ScanningEngine
from tests.readers.docx_files import zipped

TEXT = "望杉镇2023年法治政府建设年度报告\n一、主要举措\n全年调解矛盾纠纷四十二件，说定的事当场写进簿子。\n"
START = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)


class Clock:
    """Says a later day each time that it is asked."""

    def __init__(self) -> None:
        self.days = -1

    def __call__(self) -> datetime:
        self.days += 1
        return START + timedelta(days=self.days)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def held(engine: ScanningEngine) -> dict[str, Report]:
    return {report.path: report for report in engine.reports()}


def days(engine: ScanningEngine) -> dict[str, int]:
    return {path: (report.indexed_at - START).days for path, report in held(engine).items() if report.indexed_at}


def test_the_checksum_is_that_of_the_bytes_of_the_file(corpus: Path) -> None:
    engine = ScanningEngine()
    update(engine, corpus)

    assert held(engine)["a.txt"].checksum == sha256((corpus / "a.txt").read_bytes()).hexdigest()


def test_the_checksum_of_a_member_of_a_bundle_is_that_of_the_member(corpus: Path) -> None:
    member = TEXT.replace("望杉镇", "云栈镇").encode()
    (corpus / "包.zip").write_bytes(zipped({"b.txt": member}))
    engine = ScanningEngine()
    update(engine, corpus)

    assert held(engine)["包.zip/b.txt"].checksum == sha256(member).hexdigest()


def test_the_checksum_says_nothing_of_the_sidecar(corpus: Path) -> None:
    engine = ScanningEngine()
    update(engine, corpus)
    before = held(engine)["a.txt"].checksum
    (corpus / "a.meta.toml").write_text("year = 2022", encoding="utf-8")

    update(engine, corpus)

    assert (held(engine)["a.txt"].checksum, held(engine)["a.txt"].year) == (before, 2022)


def test_the_file_is_read_for_fingerprint_and_checksum_together(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def digest(data: object, name: str) -> object:
        opened.append(name)
        return sha256(data.read())  # type: ignore[attr-defined]

    monkeypatch.setattr(sources_module, "file_digest", digest)
    update(ScanningEngine(), corpus)

    assert opened == ["sha256"]


def test_inspecting_a_file_tells_its_checksum_too(corpus: Path) -> None:
    (source,) = sources_at(corpus / "a.txt", corpus=corpus).found
    found = inspect(source)

    assert isinstance(found, Inspected)
    assert found.report.checksum == sha256((corpus / "a.txt").read_bytes()).hexdigest()


def test_a_report_keeps_the_day_on_which_its_bytes_were_first_taken_in(corpus: Path) -> None:
    engine, clock = ScanningEngine(), Clock()
    update(engine, corpus, clock=clock)
    (corpus / "b.txt").write_text(TEXT.replace("望杉镇", "云栈镇"), encoding="utf-8")

    update(engine, corpus, clock=clock)

    assert days(engine) == {"a.txt": 0, "b.txt": 1}


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_report_that_is_read_again_keeps_its_day_while_its_bytes_are_the_same(corpus: Path, rebuild: bool) -> None:
    engine, clock = ScanningEngine(), Clock()
    update(engine, corpus, clock=clock)
    if not rebuild:
        (corpus / "a.meta.toml").write_text("year = 2022", encoding="utf-8")

    tally = update(engine, corpus, clock=clock, rebuild=rebuild)

    assert tally.changed or rebuild
    assert days(engine) == {"a.txt": 0}


def test_a_report_whose_bytes_changed_is_taken_in_anew(corpus: Path) -> None:
    engine, clock = ScanningEngine(), Clock()
    update(engine, corpus, clock=clock)
    (corpus / "a.txt").write_text(TEXT + "二、不足\n人手不够，专业力量不足。\n", encoding="utf-8")

    update(engine, corpus, clock=clock)

    assert days(engine) == {"a.txt": 1}


def test_a_report_whose_copies_change_keeps_its_day(corpus: Path) -> None:
    long = TEXT + "本镇全年召开会议十二次，逐月过问执法、调解、普法三件事，件件有着落，事事有回音。" * 4
    (corpus / "a.txt").write_text(long, encoding="utf-8")
    engine, clock = ScanningEngine(), Clock()
    update(engine, corpus, clock=clock)
    (corpus / "b.txt").write_text(long, encoding="utf-8")

    update(engine, corpus, clock=clock)

    assert [copy.path for copy in held(engine)["a.txt"].copies] == ["b.txt"]
    assert days(engine) == {"a.txt": 0}


def test_a_sidecar_states_number_issuer_and_day_of_publication_also_in_chinese(corpus: Path) -> None:
    (corpus / "a.meta.toml").write_text(
        "文号＝“望政发[2024]3”\n发布机构＝望杉镇党政办\n发布日期：2024年1月20日", encoding="utf-8"
    )
    engine = ScanningEngine()

    tally = update(engine, corpus)

    report = held(engine)["a.txt"]
    assert [item.warning for item in tally.warnings if "更正" in item.warning] == []
    assert (report.document_number, report.issuer) == ("望政发〔2024〕3号", "望杉镇党政办")
    assert str(report.published) == "2024-01-20"
