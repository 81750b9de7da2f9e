"""The seam: which reader takes a file, and that only the three errors of the contract come out."""

import errno
import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from search_app import readers
from search_app.errors import DamagedFile, NoText, ReadError, UnsupportedFile
from search_app.readers import READABLE_SUFFIXES, read, reading
from tests.readers import endurance
from tests.readers.docx_files import docx, p, zipped
from tests.readers.ole_files import ole

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLES = sorted(path for path in FIXTURES.glob("sample.*") if path.suffix != ".json")
REPORTS = Path(__file__).parents[2] / ".." / "shared" / "reports"


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_each_format_is_read_by_its_own_reader(sample: Path) -> None:
    assert read(sample).format == sample.suffix.removeprefix(".")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
@pytest.mark.parametrize("suffix", [".doc", ".docx", ".txt", ".pdf"])
def test_the_content_outranks_the_suffix(sample: Path, suffix: str, tmp_path: Path) -> None:
    assert read(put(tmp_path, f"报告{suffix}", sample.read_bytes())).format == sample.suffix.removeprefix(".")


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.suffix in (".doc", ".docx", ".rtf")])
def test_a_wps_is_read_by_its_content(sample: Path, tmp_path: Path) -> None:
    found = read(put(tmp_path, "报告.wps", sample.read_bytes()))

    assert (found.format, found.blocks) == (sample.suffix[1:], read(sample).blocks)


def test_a_text_file_renamed_doc_is_read_as_text(tmp_path: Path) -> None:
    assert read(put(tmp_path, "报告.doc", "云岭镇坚持依法行政，化解矛盾纠纷。" * 9)).format == "txt"


@pytest.mark.parametrize("name", ["数据.xyz", "表.csv", "报告", "图.png", "报告.docx.bak"])
def test_an_unknown_type_is_not_supported(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile) as caught:
        read(put(tmp_path, name, "内容"))
    assert ".docx" in caught.value.hint


def test_a_known_content_under_an_unknown_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match=r"内容像 \.docx"):
        read(put(tmp_path, "报告.docx(1)", docx(p("正文"))))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
        (zipped({"mimetype": "", "content.xml": ""}), "ODF"),
        (zipped({"a.txt": ""}), "压缩包"),
        (ole({"Workbook": b"x"}), "Excel"),
        (ole({"PowerPoint Document": b"x"}), "演示文稿"),
        (ole({"Other": b"x"}), "旧版"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "Word 2003"),
    ],
)
def test_what_is_no_report_is_named_for_what_it_is(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match=reason) as caught:
        read(put(tmp_path, "报告.docx", data))
    assert caught.value.hint


@pytest.mark.parametrize("name", ["报告.docx", "报告.doc"])
def test_a_locked_docx_asks_for_the_password_to_be_taken_off(name: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match="密码"):
        read(put(tmp_path, name, ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})))


@pytest.mark.parametrize("suffix", [".docx", ".doc", ".pdf", ".rtf", ".wps"])
def test_rubbish_under_a_document_suffix_is_damaged(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFile) as caught:
        read(put(tmp_path, f"报告{suffix}", b"this is not a document"))
    assert "扩展名" in caught.value.reason


def test_a_docx_cut_in_half_is_damaged(tmp_path: Path) -> None:
    data = (FIXTURES / "sample.docx").read_bytes()

    with pytest.raises(DamagedFile, match="不完整"):
        read(put(tmp_path, "报告.docx", data[: len(data) // 2]))


@pytest.mark.parametrize("suffix", sorted(READABLE_SUFFIXES))
def test_an_empty_file_has_no_text(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(NoText, match="0 字节"):
        read(put(tmp_path, f"报告{suffix}", b""))


@pytest.mark.parametrize("name", ["报告.txt", "报告.md", "报告.html"])
@pytest.mark.parametrize("data", [" \r\n\t\u3000\n", "\ufeff", "\ufeff\n", "———\n。。。"])
def test_white_space_and_punctuation_alone_are_no_text(name: str, data: str, tmp_path: Path) -> None:
    with pytest.raises(NoText):
        read(put(tmp_path, name, data))


def test_a_docx_without_a_word_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoText):
        read(put(tmp_path, "报告.docx", docx(p() + p())))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").mkdir()

    with pytest.raises(DamagedFile, match="文件夹"):
        read(tmp_path / "报告.docx")


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match="不存在"):
        read(tmp_path / "没有.txt")


def test_a_link_in_a_circle_is_reported(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").symlink_to(tmp_path / "乙.txt")
    (tmp_path / "乙.txt").symlink_to(tmp_path / "甲.txt")

    with pytest.raises(DamagedFile):
        read(tmp_path / "甲.txt")


def test_a_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "报告.txt", "正文")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(DamagedFile, match="权限"):
        read(path)


@pytest.mark.parametrize("case", ["50 MB of text.txt", "15 MB of text.txt", "5000 pages.pdf", "deep tables.docx"])
def test_a_file_far_beyond_any_report_is_refused(case: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as refused:
        read(put(tmp_path, case, endurance.CASES[case]()))

    assert refused.value.reason


def test_a_file_beyond_any_limit_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_FILE_BYTES", 100)

    with pytest.raises(UnsupportedFile, match="太大"):
        read(put(tmp_path, "报告.docx", b"PK\x03\x04" + b"x" * 200))


def test_more_text_than_a_report_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 100)

    with pytest.raises(UnsupportedFile, match="文字超过"):
        reading.read_bytes(("法治" * 60).encode(), "报告.txt")


def test_more_lines_than_a_report_can_have_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match="超过 10 万段"):
        read(put(tmp_path, "报告.txt", "法\n" * 100_001))


def test_what_a_library_throws_comes_out_as_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_: bytes, __: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("search_app.readers.docx_reader.read", explode)

    with pytest.raises(DamagedFile, match="ZeroDivisionError"):
        reading.read_bytes(docx(p("正文")), "报告.docx")


def test_an_error_names_the_file_and_survives_a_process_border(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "没有.txt")

    restored = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own object
    assert (restored.path, restored.reason) == (str(tmp_path / "没有.txt"), caught.value.reason)


def test_a_document_survives_a_process_border() -> None:
    document = read(FIXTURES / "sample.docx")

    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301  our own object


def test_reading_text_loads_no_document_library(tmp_path: Path) -> None:
    path = put(tmp_path, "报告.txt", "云岭镇")
    code = (
        "import sys, pathlib; from search_app.readers import reading;"
        "reading.read_bytes(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[1]);"
        "print([name for name in ('lxml', 'pypdfium2', 'pypdf', 'olefile') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "[]"


def test_the_real_reports_are_read_whole() -> None:
    paths = sorted(REPORTS.glob("*.txt"))
    if not paths:
        pytest.skip("the real reports (../shared/reports) are not on this machine")

    for path in paths:
        expected = "".join(path.read_text("utf-8").split())
        assert "".join("".join(block.text.split()) for block in read(path).blocks) == expected


@pytest.mark.parametrize(
    ("name", "data", "reason", "hint"),
    [
        ("表.xls", ole({"Workbook": b"x"}), "Excel 表格", ".xlsx"),
        ("表.xlt", ole({"Book": b"x"}), "Excel 表格", ".xlsx"),
        ("表.et", ole({"ET": b"x"}), "Excel 表格", ".xlsx"),
        ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "Excel 表格", ".xlsx"),
        ("片.ppt", ole({"PowerPoint Document": b"x"}), "演示文稿", ".pptx"),
        ("片.dps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "演示文稿", ".pptx"),
        ("表.xls", ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "密码", "密码"),
        ("信.msg", ole({"__properties_version1.0": b"x"}), "旧版", "另存"),
        ("图.dat", b"\x89PNG\r\n\x1a\n", "图片", "OCR"),
    ],
)
def test_an_old_file_of_an_office_suite_is_named_for_what_it_is(
    name: str, data: bytes, reason: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(UnsupportedFile, match=reason) as caught:
        read(put(tmp_path, name, data))
    assert hint in caught.value.hint
    assert "内容像" not in caught.value.reason


@pytest.mark.parametrize("name", ["报告.bak", "报告.xls", "报告"])
def test_a_name_that_would_make_a_file_readable_is_told_only_where_it_would(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match=r"内容像 \.doc，"):
        read(put(tmp_path, name, (FIXTURES / "sample.doc").read_bytes()))


ARTICLE = "云岭镇2023年度法治政府建设情况报告</h1><p>一、主要做法</p><p>全年调处矛盾纠纷八十六件。</p>"


@pytest.mark.parametrize(
    "opening",
    [
        "<div><h1>", "<p></p><h1>", "<table><tr><td><h1>", "<meta charset=utf-8><h1>", "<style>p{}</style><h1>",
        "<!--[if gte mso 9]><xml></xml><![endif]--><h1>", "<h1>", "<br/><h1>", "\n <!-- x --> <span></span><h1>",
        "<center><h1>", "<?xml version='1.0'?><div><h1>", "<o:p></o:p><h1>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".docx"])
def test_a_piece_of_a_page_under_the_name_of_a_document_is_read_as_a_page(
    opening: str, suffix: str, tmp_path: Path
) -> None:
    found = read(put(tmp_path, f"报告{suffix}", opening + ARTICLE))

    assert found.format == "html"
    assert "<" not in "".join(block.text for block in found.blocks)
    assert found.blocks[-1].text.endswith("八十六件。")


def test_a_page_that_begins_with_text_is_read_as_a_page(tmp_path: Path) -> None:
    found = read(put(tmp_path, "报告.doc", "云岭镇报告<br>" + "<p>全年调处矛盾纠纷八十六件。</p>" * 8))

    assert (found.format, len(found.blocks)) == ("html", 9)


def test_markdown_that_begins_with_a_tag_stays_markdown(tmp_path: Path) -> None:
    assert read(put(tmp_path, "报告.md", "<div align=center>\n\n# 云岭镇报告\n\n</div>\n")).format == "md"


@pytest.mark.parametrize("suffix", [".html", ".htm", ".txt", ".md", ".doc", ".mht"])
def test_a_page_saved_as_one_file_is_read_under_any_name(suffix: str, tmp_path: Path) -> None:
    head = "From: <x>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

    found = read(put(tmp_path, f"报告{suffix}", head + "<html><body><p>全年调处矛盾纠纷八十六件。</p></body></html>"))

    assert [block.text for block in found.blocks] == ["全年调处矛盾纠纷八十六件。"]


def test_a_docx_packed_with_backslashes_in_its_names_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("调处八十六件。")))) as whole, zipfile.ZipFile(packed, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name.replace("/", "\\"), whole.read(name))

    assert read(put(tmp_path, "报告.docx", packed.getvalue())).blocks[0].text == "调处八十六件。"
