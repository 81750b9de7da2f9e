"""Indexing: what counts as a source, what is read again, and that nothing is lost on the way."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search_app import indexing, labelling, parsing, readers
from search_app.engines.base import Prepared, Preparing, Writer
from search_app.errors import (
    ConfigError,
    DamagedFile,
    IndexDamaged,
    IndexLocked,
    IndexOutdated,
    IndexProblem,
    ReadError,
    SearchAppError,
    UnsupportedFile,
)
from search_app.indexing import Source, Tally, report_id, snapshot, source_at, survey, understand, update
from search_app.indexing.sidecars import corrections
from search_app.indexing.sources import fingerprint
from search_app.indexing.workers import Ready, prepare, prepare_all
from search_app.model import Block, Document, Passage, Report
from tests.engines.scanning import ScanningEngine

Put = Callable[..., Path]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def put(corpus: Path) -> Put:
    def put(path: str, text: str = "一段文字") -> Path:
        file = corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return put


@pytest.fixture
def plain_readers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read any .txt as one passage: indexing is tested here, not reading; the names of files read are collected."""
    read: list[str] = []

    def reading(path: Path) -> Document:
        read.append(path.name)
        if path.suffix != ".txt":
            raise UnsupportedFile(str(path), "不认识的类型")
        text = path.read_text(encoding="utf-8")
        if text == "坏":
            raise DamagedFile(str(path), "打不开")
        if text == "错":
            raise KeyError("fault")
        return Document(format="txt", blocks=(Block(text=text),))

    def parsed(
        document: Document,
        *,
        path: str,
        fingerprint: str = "",
        corrections: dict[str, object] | None = None,
        own_places: str = "",
    ) -> tuple[Report, tuple[Passage, ...]]:
        assert not own_places
        known = corrections or {}
        town, year = known.get("town"), known.get("year")
        report = Report(
            id=report_id(path),
            path=path,
            fingerprint=fingerprint,
            town=str(town) if town else None,
            year=year if isinstance(year, int) else None,
        )
        return report, (Passage(id=f"{report.id}-1", report=report.id, number=1, text=document.blocks[0].text),)

    monkeypatch.setattr(readers, "read", reading)
    monkeypatch.setattr(parsing, "parse", parsed)
    monkeypatch.setattr(labelling, "label", lambda report, passages: (report, passages))
    return read


def texts(engine: ScanningEngine) -> dict[str, str]:
    return {report.path: engine.report(report.id)[1][0].text for report in engine.reports()}


def warned(tally: Tally, path: str) -> list[str]:
    return [item.warning for item in tally.warnings if item.path == path]


# ---- the folder ------------------------------------------------------------------------------------------------------


def test_sources_are_listed_by_path_whatever_their_type(corpus: Path, put: Put) -> None:
    for path in ("乙/b.txt", "a.xyz", "乙/a.DOCX", "c"):
        put(path)

    assert [source.path for source in survey(corpus).found] == ["a.xyz", "c", "乙/a.DOCX", "乙/b.txt"]


def test_hidden_and_lock_files_are_ignored_and_said_so(corpus: Path, put: Put) -> None:
    for path in (".gitkeep", "~$报告.docx", ".~lock.报告.docx#", ".git/config", "报告.docx"):
        put(path)

    found = survey(corpus)

    assert [source.path for source in found.found] == ["报告.docx"]
    assert {item.path for item in found.ignored} == {".git", ".gitkeep", "~$报告.docx", ".~lock.报告.docx#"}
    assert all(item.warning for item in found.ignored)


def test_links_that_leave_the_corpus_are_not_followed(corpus: Path, put: Put, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("外面", encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (corpus / "a.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "b").symlink_to(tmp_path / "outside", target_is_directory=True)
    put("c.txt")
    (corpus / "d.txt").symlink_to(corpus / "c.txt")

    found = survey(corpus)

    assert [source.path for source in found.found] == ["c.txt", "d.txt"]
    assert [item.path for item in found.ignored] == ["a.txt", "b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")

    assert survey(corpus).found == ()


@pytest.mark.parametrize("name", ["报告.docx.meta.toml", "报告.meta.toml", "报告.meta.toml.txt"])
def test_a_sidecar_belongs_to_the_file_beside_it(corpus: Path, put: Put, name: str) -> None:
    put("县/报告.docx")
    put(f"县/{name}")

    (source,) = survey(corpus).found

    assert source.sidecar == corpus / "县" / name
    assert source_at(corpus / "县/报告.docx", corpus=corpus) == source


def test_a_sidecar_without_a_report_is_warned_about(corpus: Path, put: Put) -> None:
    put("没有.meta.toml")

    assert [item.path for item in survey(corpus).warnings] == ["没有.meta.toml"]


def test_a_missing_corpus_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        update(ScanningEngine(), tmp_path / "nowhere")

    assert "--corpus" in refused.value.hint


def test_a_fingerprint_covers_file_and_sidecar(corpus: Path, put: Put) -> None:
    put("a.txt")
    plain = fingerprint(survey(corpus).found[0])
    put("a.meta.toml", "year = 2023")
    corrected = fingerprint(survey(corpus).found[0])
    put("a.meta.toml", "year = 2022")

    assert len({plain, corrected, fingerprint(survey(corpus).found[0])}) == 3


def test_a_snapshot_tells_a_changed_folder(corpus: Path, put: Put) -> None:
    put("a.txt")
    before = snapshot(corpus)
    same = snapshot(corpus)
    put("a.meta.toml", "year = 2023")

    assert before == same != snapshot(corpus)


def test_corrections_are_read_and_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    sidecar = tmp_path / "a.meta.toml"
    sidecar.write_text(
        '\ufeffyear = 2023\ntown = "湖口镇"\nissued = 2024-01-20\ncounty = 5\nplace = "x"\n', encoding="utf-8"
    )

    usable, warnings = corrections(Source(path="a.txt", file=tmp_path / "a.txt", sidecar=sidecar))

    assert {key: str(value) for key, value in usable.items()} == {
        "year": "2023",
        "town": "湖口镇",
        "issued": "2024-01-20",
    }
    assert len(warnings) == 2
    assert any("county" in warning for warning in warnings)
    assert any("place" in warning for warning in warnings)


@pytest.mark.parametrize("text", ["year = ", "年度 = 2023 = 4", 'issued = "昨天"', "year = true"])
def test_a_bad_sidecar_corrects_nothing_and_is_no_reason_to_stop(tmp_path: Path, text: str) -> None:
    sidecar = tmp_path / "a.meta.toml"
    sidecar.write_text(text, encoding="utf-8")

    usable, warnings = corrections(Source(path="a.txt", file=tmp_path / "a.txt", sidecar=sidecar))

    assert usable == {}
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x = " + b"[" * 20_000, "写法不对"),
        (b"year = " + b"9" * 5_000, "写法不对"),
        (b"\xff\xff\x00", "UTF-8"),
        ('town = "湖口镇"\ntown = "溪口镇"'.encode(), "写了两遍"),
        (b'town = ""', "是空的"),
        ("town = 湖口镇\n这一行不是".encode(), "第 1 行"),
        ("年度 = 202".encode(), "年度 的值不对"),
        (b"\ntown = x", "第 2 行"),
        (b"year = 0x" + b"f" * 5_000, "年度不在"),
        (b"year = 1848", "1949 至 2100"),
        (b"year = 2101", "1949 至 2100"),
        (b"town = 0x" + b"f" * 5_000, "town 的值不对"),
    ],
)
def test_a_fault_of_a_sidecar_is_said_in_plain_chinese(tmp_path: Path, content: bytes, said: str) -> None:
    sidecar = tmp_path / "a.meta.toml"
    sidecar.write_bytes(content)

    usable, (warning,) = corrections(Source(path="a.txt", file=tmp_path / "a.txt", sidecar=sidecar))

    assert usable == {}
    assert said in warning
    assert len(warning) < 150
    assert not re.search("codec|line|column|Invalid|recursion|Exceeds", warning)


@pytest.mark.parametrize(
    "text",
    [
        'year = "2021"\ntown = "湖口镇"\nissued = "2022年1月20日"',
        "年度 = 2021\n镇 = 湖口镇\n成文日期 = 2022.1.20",
        "# 更正\nyear＝2021年\ntown = “湖口镇”\nissued：‘2022-1-20’  # 落款",
        "报告年度：2021年度。\r\n\r\n乡镇：”湖口镇“\r\n落款日期：二〇二二年一月二十日",
        "Year = 2021\nTown = '湖口镇'\nISSUED = 2022-01-20T08:00:00",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_correction_is_understood_as_a_clerk_writes_it(tmp_path: Path, text: str, encoding: str) -> None:
    sidecar = tmp_path / "a.meta.toml"
    sidecar.write_bytes(text.encode(encoding))

    usable, warnings = corrections(Source(path="a.txt", file=tmp_path / "a.txt", sidecar=sidecar))

    assert usable == {"year": 2021, "town": "湖口镇", "issued": date(2022, 1, 20)}
    assert warnings == ()


def test_a_name_that_is_not_whole_is_used_and_asked_about(tmp_path: Path) -> None:
    sidecar = tmp_path / "a.meta.toml"
    sidecar.write_text('town = "湖口"\ncounty = "芷川县"', encoding="utf-8")

    usable, (warning,) = corrections(Source(path="a.txt", file=tmp_path / "a.txt", sidecar=sidecar))

    assert usable == {"town": "湖口", "county": "芷川县"}
    assert "不像全称" in warning


def test_a_link_that_leads_to_itself_is_left_alone(corpus: Path, put: Put) -> None:
    put("b.txt")
    (corpus / "a.txt").symlink_to("a.txt")
    (corpus / "b.meta.toml").symlink_to("b.meta.toml")

    found = survey(corpus)

    assert [source.path for source in found.found] == ["b.txt"]
    assert [warned.path for warned in found.ignored] == ["a.txt", "b.meta.toml"]
    assert source_at(corpus / "a.txt", corpus=corpus).path.endswith("a.txt")


def test_an_index_folder_inside_the_corpus_holds_no_sources(corpus: Path, put: Put) -> None:
    put("a.txt")
    put("ix/gen-000001/manifest.json")
    put("ix.baskets/baskets.sqlite")
    put("b/ix/c.txt")

    found = survey(corpus, index=corpus / "ix")

    assert [source.path for source in found.found] == ["a.txt", "b/ix/c.txt"]
    assert sorted((warned.path, warned.warning) for warned in found.ignored) == [
        ("ix", "索引文件夹，里面不是报告"),
        ("ix.baskets", "收着素材夹的文件夹，里面不是报告"),
    ]
    assert all("gen-" not in path for path, *_ in snapshot(corpus, index=corpus / "ix"))


def test_the_corpus_folder_cannot_be_the_index_folder(corpus: Path) -> None:
    with pytest.raises(ConfigError, match="同一个"):
        survey(corpus, index=corpus)


def test_what_systems_leave_in_folders_is_no_source(corpus: Path, put: Put) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store"):
        put(name)

    assert survey(corpus).found == ()


# ---- a run -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plain_readers")
def test_the_first_run_adds_everything(corpus: Path, put: Put) -> None:
    put("a.txt", "甲")
    put("b/c.txt", "乙")
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert (tally.added, tally.changed, tally.unchanged, tally.removed) == (("a.txt", "b/c.txt"), (), (), ())
    assert (tally.reports, tally.passages, tally.generation) == (2, 2, "gen-000001")
    assert texts(engine) == {"a.txt": "甲", "b/c.txt": "乙"}


def test_a_second_run_reads_and_writes_nothing(corpus: Path, put: Put, plain_readers: list[str]) -> None:
    put("a.txt")
    engine = ScanningEngine()
    update(engine, corpus)
    plain_readers.clear()

    tally = update(engine, corpus)

    assert plain_readers == []
    assert (tally.unchanged, tally.generation) == (("a.txt",), "gen-000001")


def test_only_what_changed_is_read_again(corpus: Path, put: Put, plain_readers: list[str]) -> None:
    for name in "abc":
        put(f"{name}.txt", name)
    engine = ScanningEngine()
    update(engine, corpus)
    plain_readers.clear()
    put("a.txt", "新")
    (corpus / "b.txt").unlink()
    put("d.txt", "d")

    tally = update(engine, corpus)

    assert plain_readers == ["a.txt", "d.txt"]
    assert (tally.added, tally.changed, tally.unchanged, tally.removed) == (
        ("d.txt",),
        ("a.txt",),
        ("c.txt",),
        ("b.txt",),
    )
    assert texts(engine) == {"a.txt": "新", "c.txt": "c", "d.txt": "d"}


@pytest.mark.usefixtures("plain_readers")
def test_a_corrected_sidecar_is_a_change(corpus: Path, put: Put) -> None:
    put("a.txt")
    engine = ScanningEngine()
    update(engine, corpus)
    put("a.meta.toml", 'town = "湖口镇"')

    tally = update(engine, corpus)

    assert tally.changed == ("a.txt",)
    assert engine.reports()[0].town == "湖口镇"


@pytest.mark.usefixtures("plain_readers")
def test_bad_files_are_listed_and_the_rest_is_indexed(corpus: Path, put: Put) -> None:
    put("a.txt", "坏")
    put("b.xyz")
    put("c.txt", "好")
    put("d.txt", "错")
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert [(error.path, type(error)) for error in tally.failed] == [
        ("a.txt", DamagedFile),
        ("b.xyz", UnsupportedFile),
        ("d.txt", DamagedFile),
    ]
    assert tally.added == ("c.txt",)
    assert texts(engine) == {"c.txt": "好"}


@pytest.mark.usefixtures("plain_readers")
def test_bad_files_alone_build_an_empty_generation(corpus: Path, put: Put) -> None:
    put("a.txt", "坏")

    tally = update(ScanningEngine(), corpus)

    assert (tally.generation, tally.reports) == ("gen-000001", 0)


@pytest.mark.usefixtures("plain_readers")
def test_a_file_that_cannot_be_read_any_more_keeps_its_old_text(corpus: Path, put: Put) -> None:
    put("a.txt", "旧")
    engine = ScanningEngine()
    update(engine, corpus)
    put("a.txt", "坏")

    tally = update(engine, corpus)

    assert [error.path for error in tally.failed] == ["a.txt"]
    assert warned(tally, "a.txt") == ["这次没有读出来，索引里仍保留上次读到的内容。"]
    assert tally.changed == ()
    assert texts(engine) == {"a.txt": "旧"}


def test_a_rebuild_reads_everything_from_nothing(corpus: Path, put: Put, plain_readers: list[str]) -> None:
    put("a.txt")
    engine = ScanningEngine()
    update(engine, corpus)
    plain_readers.clear()

    tally = update(engine, corpus, rebuild=True)

    assert plain_readers == ["a.txt"]
    assert (tally.unchanged, tally.generation) == (("a.txt",), "gen-000002")


@pytest.mark.usefixtures("plain_readers")
def test_a_first_run_over_an_empty_folder_leaves_an_empty_index_that_can_be_filled(corpus: Path, put: Put) -> None:
    engine = ScanningEngine()

    assert update(engine, corpus, dry_run=True).generation is None
    assert update(engine, corpus).generation == "gen-000001"
    put("a.txt", "甲")
    assert update(engine, corpus).reports == 1


@pytest.mark.usefixtures("plain_readers")
def test_an_empty_folder_does_not_empty_the_index(corpus: Path, put: Put) -> None:
    put("a.txt").touch()
    engine = ScanningEngine()
    update(engine, corpus)
    (corpus / "a.txt").unlink()

    with pytest.raises(ConfigError):
        update(engine, corpus)

    assert list(texts(engine)) == ["a.txt"]
    with pytest.raises(ConfigError):
        update(engine, corpus, rebuild=True)
    assert update(engine, corpus, accept_removals=True).removed == ("a.txt",)


@pytest.mark.usefixtures("plain_readers")
def test_reports_in_a_folder_that_cannot_be_opened_are_kept(
    corpus: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    put("关/b.txt", "另一段文字")
    engine = ScanningEngine()
    update(engine, corpus)
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("关"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)

    tally = update(engine, corpus)

    assert (tally.removed, tally.generation) == ((), "gen-000001")
    assert "保留" in warned(tally, "关")[0]
    assert set(texts(engine)) == {"a.txt", "关/b.txt"}


def test_a_dry_run_changes_and_reads_nothing(corpus: Path, put: Put, plain_readers: list[str]) -> None:
    put("a.txt")
    engine = ScanningEngine()

    tally = update(engine, corpus, dry_run=True)

    assert (tally.added, tally.generation, plain_readers) == (("a.txt",), None, [])


@pytest.mark.usefixtures("plain_readers")
def test_an_interrupted_run_leaves_the_old_index(corpus: Path, put: Put) -> None:
    put("a.txt", "旧")
    engine = ScanningEngine()
    update(engine, corpus)
    put("a.txt", "新")
    put("b.txt")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(engine, corpus, progress=interrupt)

    assert texts(engine) == {"a.txt": "旧"}


@pytest.mark.usefixtures("plain_readers")
def test_a_locked_index_is_left_alone(corpus: Path, put: Put) -> None:
    class Locked(ScanningEngine):
        @contextmanager
        def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
            if not rebuild:
                raise IndexLocked("另一个进程正在更新", holder=1)
            with super().writing(rebuild=rebuild) as writer:
                yield writer

    put("a.txt")

    with pytest.raises(IndexLocked):
        update(Locked(), corpus)


@pytest.mark.usefixtures("plain_readers")
@pytest.mark.parametrize("problem", [IndexOutdated("索引是用旧版程序建的"), IndexDamaged("索引内容已损坏")])
def test_an_outdated_or_damaged_index_is_built_anew_and_said_to_be(
    corpus: Path, put: Put, problem: IndexProblem
) -> None:
    class Unusable(ScanningEngine):
        @contextmanager
        def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
            if not rebuild:
                raise problem
            with super().writing(rebuild=rebuild) as writer:
                yield writer

    put("a.txt")
    engine = Unusable()

    tally = update(engine, corpus)

    assert warned(tally, "索引") == [f"{problem.message}，已从头重建。"]
    assert list(texts(engine)) == ["a.txt"]


@pytest.mark.usefixtures("plain_readers")
def test_a_damaged_index_is_not_built_anew_while_a_folder_cannot_be_looked_into(
    corpus: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Damaged(ScanningEngine):
        @contextmanager
        def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
            if not rebuild:
                raise IndexDamaged("索引内容已损坏")
            with super().writing(rebuild=rebuild) as writer:
                yield writer

    put("a.txt")
    whole = survey(corpus)
    monkeypatch.setattr("search_app.indexing.run.survey", lambda *_, **__: replace(whole, closed=("乙县",)))

    with pytest.raises(IndexDamaged):
        update(Damaged(), corpus)


def test_an_edited_table_has_every_report_read_again(
    corpus: Path, put: Put, plain_readers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    engine = ScanningEngine()
    update(engine, corpus)

    monkeypatch.setattr("search_app.indexing.sources.understanding", lambda *_: "another table")

    assert update(engine, corpus).changed == ("a.txt",)
    assert plain_readers == ["a.txt", "a.txt"]


@pytest.mark.usefixtures("plain_readers")
def test_progress_counts_the_files_to_be_read(corpus: Path, put: Put) -> None:
    put("a.txt")
    put("b.xyz")
    seen: list[tuple[int, int, str]] = []

    update(ScanningEngine(), corpus, progress=lambda *step: seen.append(step))

    assert seen == [(1, 2, "a.txt"), (2, 2, "b.xyz")]


@pytest.mark.usefixtures("plain_readers")
def test_warnings_of_a_sidecar_reach_tally_and_report(corpus: Path, put: Put) -> None:
    put("a.txt")
    put("a.meta.toml", "colour = 1")
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert "colour" in warned(tally, "a.txt")[0]
    assert "colour" in engine.reports()[0].warnings[0]


@pytest.mark.usefixtures("plain_readers")
def test_ignored_files_are_counted(corpus: Path, put: Put) -> None:
    put("~$a.docx")
    put("a.txt")

    assert [item.path for item in update(ScanningEngine(), corpus).ignored] == ["~$a.docx"]


# ---- reading in processes --------------------------------------------------------------------------------------------


def test_processes_give_the_same_answers_in_the_same_order(corpus: Path, put: Put) -> None:
    names = [f"{number}.xyz" for number in range(7)] + ["8.txt"]
    for name in names:
        put(name, "湖口镇2023年法治政府建设年度报告\n一、主要举措\n全年调解矛盾纠纷四十二件，成功率达到九成。")
    work = [(source, fingerprint(source)) for source in survey(corpus).found]

    alone = list(prepare_all(work, Prepared, jobs=1))
    together = list(prepare_all(work, Prepared, jobs=2))

    assert [source.path for source, _ in together] == names
    assert [repr(result) for _, result in together] == [repr(result) for _, result in alone]


def _die(*_: object) -> None:
    os._exit(9)


def _die_of_a(source: Source, fingerprint: str, preparing: Preparing) -> Ready | ReadError:
    if source.path == "a.txt":
        os._exit(9)
    return prepare(source, fingerprint, preparing)


def test_a_file_that_kills_its_process_is_a_failure_of_that_file(
    corpus: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a.txt", *(f"{number}.txt" for number in range(12))]
    for name in names:
        put(name, f"湖口镇2023年法治政府建设年度报告\n一、主要举措\n全年调解矛盾纠纷{name}件，成功率达到九成。")
    monkeypatch.setattr(indexing.workers, "_prepare_in_worker", _die_of_a)
    engine = ScanningEngine()

    tally = update(engine, corpus, jobs=2)

    assert [error.path for error in tally.failed] == ["a.txt"]
    assert "意外结束" in tally.failed[0].reason
    assert len(tally.added) + len(tally.duplicates) == 12


def test_processes_that_keep_dying_are_a_clear_error(corpus: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcdefg":
        put(f"{name}.txt")
    monkeypatch.setattr(indexing.workers, "_prepare_in_worker", _die)
    engine = ScanningEngine()

    with pytest.raises(SearchAppError) as stopped:
        update(engine, corpus, jobs=2)

    assert "a.txt" in stopped.value.message
    assert "--jobs 1" in stopped.value.hint
    assert engine.fingerprints() == {}


def test_a_file_that_vanished_is_a_failure_of_that_file(corpus: Path) -> None:
    result = understand(Source(path="a.txt", file=corpus / "a.txt"))

    assert isinstance(result, DamagedFile)
    assert result.path == "a.txt"


# ---- with the real rooms ---------------------------------------------------------------------------------------------

REPORT = """溪口镇2023年法治政府建设年度报告
一、主要举措和成效
（一）化解矛盾。全年调解矛盾纠纷四十二件，调解成功率达到九成以上，没有一件上行。
二、存在的不足
普法形式单一，年轻人参与不多。
"""


def test_a_file_becomes_a_labelled_report(corpus: Path, put: Put) -> None:
    put("溪口镇.txt", REPORT)
    engine = ScanningEngine()

    tally = update(engine, corpus)

    (report,) = engine.reports()
    assert tally.failed == ()
    assert (report.town, report.year, report.year_source) == ("溪口镇", 2023, "title")
    passages = engine.report(report.id)[1]
    assert {passage.section for passage in passages} >= {"主要举措和成效", "不足和原因"}
    assert report.id == report_id("溪口镇.txt") == passages[0].report


def test_a_correction_survives_every_run(corpus: Path, put: Put) -> None:
    put("溪口镇.txt", REPORT)
    put("溪口镇.meta.toml", 'year = 2021\ncounty = "芷川县"\nissued = 2022-01-20\n')
    engine = ScanningEngine()
    update(engine, corpus)
    put("溪口镇.txt", REPORT.replace("四十二", "四十三"))
    update(engine, corpus)
    update(engine, corpus, rebuild=True)

    (report,) = engine.reports()
    assert (report.year, report.year_source, report.county, str(report.issued)) == (
        2021,
        "sidecar",
        "芷川县",
        "2022-01-20",
    )


def test_files_of_no_known_type_or_without_text_are_told_apart(corpus: Path, put: Put) -> None:
    put("a.xyz")
    put("b.txt", "")
    (corpus / "c.docx").write_bytes(b"PK\x03\x04 broken")

    failed = update(ScanningEngine(), corpus).failed

    assert [(error.path, error.code) for error in failed] == [
        ("a.xyz", "unsupported_file"),
        ("b.txt", "no_text"),
        ("c.docx", "damaged_file"),
    ]
    assert all(error.hint for error in failed)
