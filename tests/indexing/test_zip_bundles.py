"""A .zip of reports counts as a folder: its members are sources, and nothing in it can do harm."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from search_app.errors import ConfigError, DamagedFile, NoText, UnsupportedFile
from search_app.indexing import find_original, snapshot, sources_at, survey, update, zip_bundles
from tests.engines.scanning import ScanningEngine
from tests.readers.docx_files import docx, p, zipped

REPORT = """{town}2023年法治政府建设年度报告
一、主要举措和成效
（一）化解矛盾。{town}全年调解矛盾纠纷四十二件，调解成功率达到九成以上，没有一件上行。
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def text(town: str) -> bytes:
    return REPORT.format(town=town).encode()


def put(corpus: Path, files: Mapping[str, bytes], name: str = "包.zip") -> Path:
    path = corpus / name
    path.write_bytes(zipped(files))
    return path


def with_raw_name(name: bytes, content: bytes) -> bytes:
    """Return a ZIP whose one name is these bytes, without the mark of UTF-8, as Windows writes it."""
    stand_in = "x" * len(name)
    return zipped({stand_in: content}).replace(stand_in.encode(), name)


def encrypted(data: bytes) -> bytes:
    """Return the ZIP with the flag of encryption set on every member, in both places where it stands."""
    broken = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = broken.find(mark)
        while at >= 0:
            broken[at + offset] |= 1
            at = broken.find(mark, at + 4)
    return bytes(broken)


def paths(engine: ScanningEngine) -> list[str]:
    return [report.path for report in engine.reports()]


# ---- what is in it ---------------------------------------------------------------------------------------------------


def test_each_member_becomes_a_report_of_its_own(corpus: Path) -> None:
    put(corpus, {"内/溪口镇.txt": text("溪口镇"), "云岭镇.docx": docx(p("云岭镇2023年法治政府建设年度报告"))})
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert tally.added == ("包.zip/云岭镇.docx", "包.zip/内/溪口镇.txt")
    assert [report.town for report in engine.reports()] == ["云岭镇", "溪口镇"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_mark_of_utf8_are_read_right(corpus: Path, encoding: str) -> None:
    (corpus / "包.zip").write_bytes(with_raw_name("报告/溪口镇.txt".encode(encoding), text("溪口镇")))

    assert [source.path for source in survey(corpus).found] == ["包.zip/报告/溪口镇.txt"]


def test_only_the_suffix_zip_is_a_bundle(corpus: Path) -> None:
    (corpus / "云岭镇.docx").write_bytes(docx(p("正文")))
    put(corpus, {"a.txt": text("溪口镇")}, "包.ZIP")

    assert [source.path for source in survey(corpus).found] == ["云岭镇.docx", "包.ZIP/a.txt"]


def test_what_macos_and_office_leave_behind_is_ignored(corpus: Path) -> None:
    put(corpus, {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "b/~$a.docx": b"x", "Thumbs.db": b"x", "a.txt": b"y"})

    found = survey(corpus)

    assert [source.path for source in found.found] == ["包.zip/a.txt"]
    assert len(found.ignored) == 4


def test_a_correction_inside_the_bundle_works(corpus: Path) -> None:
    put(corpus, {"内/a.txt": text("溪口镇"), "内/a.meta.toml": 'county = "芷川县"\nyear = 2021\nx = 1'.encode()})
    engine = ScanningEngine()

    tally = update(engine, corpus)

    (report,) = engine.reports()
    assert (report.county, report.year, report.year_source) == ("芷川县", 2021, "sidecar")
    assert "a.meta.toml" in tally.warnings[0].warning


def test_a_bundle_in_a_bundle_is_refused_and_the_rest_is_read(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇"), "b.zip": zipped({"c.txt": b"x"})})
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert paths(engine) == ["包.zip/a.txt"]
    assert [(error.path, error.reason) for error in tally.failed] == [("包.zip/b.zip", "压缩包里的压缩包不读。")]


def test_each_bad_member_is_listed_and_the_rest_is_read(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇"), "b.docx": b"PK\x03\x04 broken", "c.xyz": b"x", "d.txt": b""})
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert paths(engine) == ["包.zip/a.txt"]
    assert [(error.path, error.code) for error in tally.failed] == [
        ("包.zip/b.docx", "damaged_file"),
        ("包.zip/c.xyz", "unsupported_file"),
        ("包.zip/d.txt", "no_text"),
    ]


def test_the_last_of_two_members_of_one_name_is_read(corpus: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", text("溪口镇"))
        archive.writestr("./a.txt", text("云岭镇"))
    (corpus / "包.zip").write_bytes(buffer.getvalue())
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert [report.town for report in engine.reports()] == ["云岭镇"]
    assert "同名" in tally.warnings[0].warning


# ---- from run to run -------------------------------------------------------------------------------------------------


def test_only_the_members_that_changed_are_read_again(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇"), "b.txt": text("云岭镇"), "c.txt": text("石桥镇")})
    engine = ScanningEngine()
    update(engine, corpus)
    put(corpus, {"a.txt": text("溪口镇"), "b.txt": text("松坪镇"), "d.txt": text("石桥镇")})

    tally = update(engine, corpus)

    assert (tally.unchanged, tally.changed, tally.added, tally.removed) == (
        ("包.zip/a.txt",),
        ("包.zip/b.txt",),
        ("包.zip/d.txt",),
        ("包.zip/c.txt",),
    )


def test_a_bundle_that_is_gone_takes_its_reports_along(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇")})
    (corpus / "b.txt").write_bytes(text("云岭镇"))
    engine = ScanningEngine()
    update(engine, corpus)
    (corpus / "包.zip").unlink()

    assert update(engine, corpus).removed == ("包.zip/a.txt",)
    assert paths(engine) == ["b.txt"]


def test_a_bundle_that_cannot_be_opened_any_more_keeps_its_reports(corpus: Path) -> None:
    bundle = put(corpus, {"a.txt": text("溪口镇")})
    engine = ScanningEngine()
    update(engine, corpus)
    bundle.write_bytes(b"PK\x03\x04 half of it")

    tally = update(engine, corpus)

    assert [error.path for error in tally.failed] == ["包.zip"]
    assert (tally.removed, paths(engine)) == ((), ["包.zip/a.txt"])
    assert [item.path for item in tally.warnings] == ["包.zip"]


def test_a_snapshot_sees_a_changed_bundle_without_opening_it(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(corpus, {"a.txt": text("溪口镇")})
    before = snapshot(corpus)
    put(corpus, {"a.txt": text("溪口镇"), "b.txt": text("云岭镇")})
    monkeypatch.setattr("search_app.indexing.corpus_folder.opened", None)

    assert snapshot(corpus) != before


# ---- harm ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../../外.txt", "/etc/外.txt", "a/../../外.txt", "..\\..\\外.txt", "./外.txt"])
def test_a_name_that_leads_outside_stays_inside(corpus: Path, name: str) -> None:
    (corpus / "包.zip").write_bytes(with_raw_name(name.encode(), text("溪口镇")))
    engine = ScanningEngine()

    update(engine, corpus)

    (path,) = paths(engine)
    assert path.startswith("包.zip/")
    assert ".." not in path.split("/")
    assert [item.name for item in corpus.parent.iterdir()] == ["corpus"]


def test_a_locked_bundle_is_one_failure_with_a_reason(corpus: Path) -> None:
    (corpus / "包.zip").write_bytes(encrypted(zipped({"a.txt": b"x", "b.txt": b"y"})))

    tally = update(ScanningEngine(), corpus)

    assert [(error.path, type(error)) for error in tally.failed] == [("包.zip", DamagedFile)]
    assert "密码" in tally.failed[0].reason


def test_a_locked_member_is_a_failure_of_its_own(corpus: Path) -> None:
    data = zipped({"a.txt": text("溪口镇")}), encrypted(zipped({"b.txt": text("云岭镇")}))
    (corpus / "a.zip").write_bytes(data[0])
    with zipfile.ZipFile(corpus / "a.zip", "a") as archive:
        archive.writestr("b.txt", b"x")
    whole = bytearray((corpus / "a.zip").read_bytes())
    whole[whole.rfind(b"PK\x01\x02") + 8] |= 1
    (corpus / "a.zip").write_bytes(whole)
    engine = ScanningEngine()

    tally = update(engine, corpus)

    assert paths(engine) == ["a.zip/a.txt"]
    assert [(error.path, "密码" in error.reason) for error in tally.failed] == [("a.zip/b.txt", True)]


def test_a_bomb_is_refused_before_it_goes_off(corpus: Path) -> None:
    put(corpus, {f"{at}.txt": bytes(2**24) for at in range(5)})

    tally = update(ScanningEngine(), corpus)

    assert [(error.path, type(error)) for error in tally.failed] == [("包.zip", UnsupportedFile)]
    assert "80 MB" in tally.failed[0].reason


def test_a_member_beyond_the_limit_is_refused_alone(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(corpus, {"a.txt": text("溪口镇"), "b.txt": b"x" * 2000})
    monkeypatch.setattr(zip_bundles, "MAX_MEMBER_BYTES", 1000)

    tally = update(ScanningEngine(), corpus)

    assert [error.path for error in tally.failed] == ["包.zip/b.txt"]
    assert tally.added == ("包.zip/a.txt",)


def test_too_many_members_are_refused(corpus: Path) -> None:
    put(corpus, {f"{at}.txt": b"x" for at in range(zip_bundles.MAX_MEMBERS + 1)})

    (error,) = update(ScanningEngine(), corpus).failed

    assert "2001 个文件" in error.reason


def test_a_member_that_lies_about_its_size_is_damaged(corpus: Path) -> None:
    data = bytearray(zipped({"a.txt": text("溪口镇") * 9, "b.txt": text("云岭镇")}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (50).to_bytes(4, "little")
    (corpus / "包.zip").write_bytes(data)

    tally = update(ScanningEngine(), corpus)

    assert [(error.path, type(error)) for error in tally.failed] == [("包.zip/a.txt", DamagedFile)]
    assert tally.added == ("包.zip/b.txt",)


@pytest.mark.parametrize("data", [b"", b"no zip at all", zipped({"a.txt": b"x" * 99})[:60]])
def test_a_broken_bundle_is_listed(corpus: Path, data: bytes) -> None:
    (corpus / "包.zip").write_bytes(data)

    kind = DamagedFile if data else NoText
    assert [(error.path, type(error)) for error in update(ScanningEngine(), corpus).failed] == [("包.zip", kind)]


def test_a_document_renamed_zip_is_told(corpus: Path) -> None:
    (corpus / "报告.zip").write_bytes(docx(p("正文")))

    (error,) = update(ScanningEngine(), corpus).failed

    assert ".docx" in error.hint


def test_mutated_bundles_end_in_sources_or_read_errors(corpus: Path) -> None:
    data = zipped({"内/溪口镇.txt": text("溪口镇"), "b.meta.toml": b"year = 2023", "b.docx": docx(p("正文"))})
    for seed in range(150):
        broken = bytearray(data)
        for at in range(3):
            broken[zlib.crc32(b"%d,%d" % (seed, at)) % len(data)] = seed % 256
        (corpus / "包.zip").write_bytes(broken)

        tally = update(ScanningEngine(), corpus)

        assert not any("程序出错" in error.reason for error in tally.failed), seed


# ---- the original, and one file --------------------------------------------------------------------------------------


def test_the_original_of_a_member_is_the_member(corpus: Path) -> None:
    put(corpus, {"内/溪口镇.txt": text("溪口镇")})

    found = find_original(corpus, "包.zip/内/溪口镇.txt")

    assert found is not None
    held = found.content()
    assert isinstance(held, io.BytesIO)
    assert (found.name, held.getvalue()) == ("溪口镇.txt", text("溪口镇"))


@pytest.mark.parametrize(
    "path", ["包.zip/没有.txt", "包.zip", "没有.zip/a.txt", "../外.zip/a.txt", "/etc/passwd", "\0"]
)
def test_no_original_is_found_elsewhere(corpus: Path, path: str) -> None:
    put(corpus, {"a.txt": b"x"})
    (corpus.parent / "外.zip").write_bytes(zipped({"a.txt": b"x"}))

    found = find_original(corpus, path)

    assert found is None or path == "包.zip"


def test_a_bundle_outside_that_a_link_leads_to_is_not_opened(corpus: Path) -> None:
    (corpus.parent / "外.zip").write_bytes(zipped({"a.txt": b"x"}))
    (corpus / "内.zip").symlink_to(corpus.parent / "外.zip")

    assert find_original(corpus, "内.zip/a.txt") is None
    assert survey(corpus).found == ()


def test_one_bundle_and_one_member_can_be_named_alone(corpus: Path) -> None:
    bundle = put(corpus, {"内/a.txt": b"x", "b.txt": b"y"})

    assert [source.path for source in sources_at(bundle, corpus=corpus).found] == ["包.zip/b.txt", "包.zip/内/a.txt"]
    assert [source.path for source in sources_at(bundle / "内" / "a.txt", corpus=corpus).found] == ["包.zip/内/a.txt"]
    assert [error.path for error in sources_at(bundle / "c.txt", corpus=corpus).failed] == [
        (bundle / "c.txt").as_posix()
    ]


def test_an_empty_folder_beside_a_broken_bundle_is_not_taken_for_a_missing_drive(corpus: Path) -> None:
    bundle = put(corpus, {"a.txt": text("溪口镇")})
    engine = ScanningEngine()
    update(engine, corpus)
    bundle.unlink()

    with pytest.raises(ConfigError):
        update(engine, corpus)


def test_a_bundle_of_many_members_is_listed_a_few_times_only(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(corpus, {f"{at}.txt": text(f"第{at}溪镇") for at in range(40)})
    listed: list[int] = []

    class Counted(zipfile.ZipFile):
        def infolist(self) -> list[zipfile.ZipInfo]:
            listed.append(1)
            return super().infolist()

    monkeypatch.setattr("search_app.indexing.zip_bundles.zipfile.ZipFile", Counted)

    tally = update(ScanningEngine(), corpus)

    assert len(tally.added) + len(tally.duplicates) == 40
    assert len(listed) <= 4


def test_a_bundle_that_was_replaced_is_opened_anew(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇")})
    with zip_bundles.kept_open(corpus / "包.zip", "包.zip") as bundle:
        before = bundle.read("a.txt")
    put(corpus, {"a.txt": text("云岭街道")})

    with zip_bundles.kept_open(corpus / "包.zip", "包.zip") as bundle:
        after = bundle.read("a.txt")
    zip_bundles.close_kept()

    assert before != after == text("云岭街道")


def test_a_run_leaves_no_bundle_open(corpus: Path) -> None:
    put(corpus, {"a.txt": text("溪口镇")})

    update(ScanningEngine(), corpus)

    assert zip_bundles._kept.bundle is None


def test_an_ofd_renamed_zip_is_told(corpus: Path) -> None:
    put(corpus, {"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"})

    assert [error.reason for error in update(ScanningEngine(), corpus).failed] == [
        "这不是压缩包，是扩展名写成 .zip 的 OFD 文档。"
    ]
