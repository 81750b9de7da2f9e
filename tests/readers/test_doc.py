""".doc: text, automatic numbers, headings and tables from the binary itself, without an office suite."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from search_app.errors import DamagedFile
from search_app.model import Block
from search_app.readers import doc_conversion, doc_reader, docx_reader
from search_app.readers.doc_reader import read
from tests.readers.ole_files import ole

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLE = (FIXTURES / "sample.doc").read_bytes()


def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_reader, "to_docx", lambda _: None)


def test_a_doc_reads_the_same_as_the_docx_it_was_made_from() -> None:
    original = docx_reader.read((FIXTURES / "sample.docx").read_bytes(), "报告.docx")

    assert read(SAMPLE, "报告.doc", soffice=False).blocks == original.blocks


def test_automatic_numbers_are_restored_without_an_office_suite() -> None:
    texts = [block.text for block in read(SAMPLE, "报告.doc", soffice=False).blocks]

    assert "一、主要举措和成效" in texts
    assert "（二）把住行政执法的关口" in texts
    assert "②办理结果七日内回访。" in texts


def test_tracked_deletions_are_left_out() -> None:
    texts = "".join(block.text for block in read(SAMPLE, "报告.doc", soffice=False).blocks)

    assert "调处纠纷一百一十二件" in texts
    assert "九十" not in texts


def test_the_office_suite_is_not_asked_where_the_binary_says_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_reader, "to_docx", lambda _: pytest.fail("not needed"))

    assert read(SAMPLE, "报告.doc").blocks


def test_a_locked_doc_asks_for_the_password_to_be_taken_off() -> None:
    data = bytearray(SAMPLE)
    at = data.index(b"\xec\xa5", 512) + 0x0A
    struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 0x0100)

    with pytest.raises(DamagedFile, match="密码") as caught:
        read(bytes(data), "报告.doc")
    assert "另存" in caught.value.hint


def test_a_broken_doc_is_reported_where_no_office_suite_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_office(monkeypatch)

    with pytest.raises(DamagedFile, match="Word 95"):
        read(ole({"WordDocument": b"\xec\xa5\xc1\x00" + b"\0" * 2000, "0Table": b"\0" * 100}), "报告.doc")


def test_broken_lists_cost_the_numbers_but_not_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise struct.error

    monkeypatch.setattr(doc_reader, "read_lists", broken)

    found = read(SAMPLE, "报告.doc", soffice=False)

    assert "主要举措和成效" in [block.text for block in found.blocks]
    assert "自动编号" in found.warnings[0]


def test_broken_styles_cost_the_format_but_not_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise struct.error

    monkeypatch.setattr("search_app.readers.doc_file.read_styles", broken)

    found = read(SAMPLE, "报告.doc", soffice=False)

    assert found.blocks[0].text == "青溪县云岭镇人民政府"
    assert "读不全" in found.warnings[0]


def test_a_doc_of_word_95_goes_through_the_office_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    converted = (FIXTURES / "sample.docx").read_bytes()
    monkeypatch.setattr(doc_reader, "to_docx", lambda _: converted)

    found = read(ole({"WordDocument": b"\xdc\xa5\x68\x00" + b"\0" * 2000}), "报告.doc")

    assert found.blocks[0] == Block(text="青溪县云岭镇人民政府")


@pytest.mark.skipif(doc_conversion.soffice() is None, reason="LibreOffice (soffice) is not installed")
def test_the_office_suite_converts_to_the_same_text() -> None:
    converted = doc_conversion.to_docx(SAMPLE)

    assert converted is not None
    expected = [block.text for block in read(SAMPLE, "报告.doc", soffice=False).blocks]
    assert [block.text for block in docx_reader.read(converted, "报告.doc").blocks] == expected


def test_a_converter_that_fails_gives_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(doc_conversion, "soffice", lambda: str(program))

    assert doc_conversion.to_docx(SAMPLE) is None


def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(doc_conversion, "soffice", lambda: str(program))
    monkeypatch.setattr(doc_conversion, "MAX_WAIT_SECONDS", 0.2)

    assert doc_conversion.to_docx(SAMPLE) is None


def test_a_converter_that_cannot_be_started_gives_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice.exe"
    program.write_bytes(b"MZ no program")
    monkeypatch.setattr(doc_conversion, "soffice", lambda: str(program))

    assert doc_conversion.to_docx(SAMPLE) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the processor time of another process")
def test_a_converter_is_ended_by_its_processor_time_and_not_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_conversion, "MAX_LONG_SECONDS", 1.0)

    assert not doc_conversion._ran(["/bin/sh", "-c", "while :; do :; done"])
    assert doc_conversion._ran(["/bin/sh", "-c", "sleep 1.5"])


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the memory of a process bounded for sure")
def test_a_converter_may_take_more_memory_than_the_sandbox_around_it() -> None:
    code = (
        "import resource; from search_app.readers import doc_conversion, sandboxed; sandboxed._limit_memory();"
        "allowed = doc_conversion._ran(['/bin/sh', '-c', 'test \"$(ulimit -v)\" != \"$1\"', 'sh', str(2**20)]);"
        "print(allowed, resource.getrlimit(resource.RLIMIT_AS)[0])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.split() == ["True", str(2**30)]


ODD = (FIXTURES / "odd.doc").read_bytes()


def test_notes_of_both_kinds_follow_the_text_and_contents_styles_lose_nothing() -> None:
    found = read(ODD, "报告.doc", soffice=False)

    assert [block.text for block in found.blocks][1:] == [
        "二、规范行政执法，全年办理案件十七件",
        "开展执法检查三十次。",
        "全年调处矛盾纠纷八十六件。",
        "网格员每周入户一次。",
        "执法人员全部持证上岗。",
        "第组，出勤。",
        "注1：本项含联合执法九次。",
        "注1：数据来源于镇综治中心台账。",
    ]


def test_comments_and_hidden_text_are_counted_and_headers_are_properties() -> None:
    found = read(ODD, "报告.doc", soffice=False)

    assert found.properties == {"页眉": "云岭镇文件"}
    assert found.warnings == ("有批注 1 处（4 字），不是正文，没有读取。", "有隐藏文字约 4 字，没有读取。")


@pytest.mark.parametrize(
    ("instruction", "shown"), [(r" EQ \o\ac(○,3)", "③"), (r"EQ \f(3,4)", "3/4"), ("PAGE", ""), ("QUOTE x", "x")]
)
def test_a_field_without_a_result_says_what_the_page_shows(instruction: str, shown: str) -> None:
    title = "云岭镇2023年度法治政府建设情况报告"
    field = f"甲\x13{instruction}\x15".ljust(len(title))
    data = ODD.replace(title.encode("utf-16-le"), field.encode("utf-16-le"))

    assert read(data, "报告.doc", soffice=False).blocks[0].text == f"甲{shown}"
