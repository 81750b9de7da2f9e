""".pdf: paragraphs from lines, without page numbers and running heads."""

import io
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest

from search_app.errors import DamagedFile, NoText, UnsupportedFile
from search_app.readers import pdf_reader
from search_app.readers.pdf_layout import Line, blocks_of, without_running
from search_app.readers.pdf_reader import read
from tests.readers.pdf_pages import Sheet, document

SAMPLE = (Path(__file__).parent / "fixtures" / "sample.pdf").read_bytes()


def lines(*texts: str, left: float = 80, width: float = 430, page: int = 0, top: float = 200) -> list[Line]:
    """Return full lines; a leading ``>`` indents, a trailing ``<`` makes the line short."""
    found = []
    for at, text in enumerate(texts):
        bare = text.strip("<>")
        start = left + 32 * text.startswith(">")
        right = start + 16 * len(bare) if text.endswith("<") else left + width
        found.append(Line(text=bare, page=page, left=start, right=right, y=top + 28 * at, size=16))
    return found


def joined(found: Sequence[Line], pages: int = 1) -> list[str]:
    return [block.text for block in blocks_of(found, [842.0] * pages)]


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    texts = [block.text for block in read(SAMPLE, "报告.pdf").blocks]

    assert texts[:3] == ["青溪县云岭镇人民政府", "关于2023年法治政府建设情况的报告", "青溪县人民政府："]
    assert texts[3].startswith("2023年，云岭镇以“板凳会”为抓手")
    assert texts[3].endswith("现将有关情况报告如下。")


def test_page_numbers_and_running_heads_are_no_text() -> None:
    text = "\n".join(block.text for block in read(SAMPLE, "报告.pdf").blocks)

    assert "— 1 —" not in text
    assert "云岭镇法治政府建设年度报告" not in text


def test_columns_become_the_rows_of_a_table() -> None:
    tables = [block.rows for block in read(SAMPLE, "报告.pdf").blocks if block.kind == "table"]

    assert tables == [(("项目", "件数", "同比"), ("行政处罚", "17", "-3"), ("行政检查", "206", "+41"))]


def test_paragraphs_are_found_so_parsing_need_not_join_lines() -> None:
    assert not read(SAMPLE, "报告.pdf").hard_wrapped


def test_without_pdfium_the_lines_are_handed_over_unjoined() -> None:
    found = read(SAMPLE, "报告.pdf", pdfium=False)

    assert found.hard_wrapped
    assert "备用方式" in found.warnings[0]
    assert "一、主要举措和成效" in [block.text for block in found.blocks]


def test_a_short_line_ends_a_paragraph() -> None:
    assert joined(lines("甲" * 26, "甲甲。<", "乙" * 26)) == ["甲" * 28 + "。", "乙" * 26]


def test_an_indent_begins_a_paragraph() -> None:
    assert joined(lines(">" + "甲" * 24, "甲" * 26, ">" + "乙" * 24)) == ["甲" * 50, "乙" * 24]


def test_a_line_cut_early_before_a_long_number_goes_on() -> None:
    found = lines("甲" * 26, "受理热线" + "甲" * 20 + "<", "12345工单" + "甲" * 20, "。<")

    assert joined(found) == ["甲" * 26 + "受理热线" + "甲" * 20 + "12345工单" + "甲" * 20 + "。"]


def test_a_paragraph_runs_across_pages() -> None:
    found = [*lines("甲" * 26, top=700), *lines("— 1 —", top=800), *lines("甲甲。<", page=1, top=80)]

    assert joined(found, pages=2) == ["甲" * 28 + "。"]


def test_a_number_after_a_finished_sentence_begins_a_paragraph() -> None:
    assert joined(lines("甲" * 25 + "。", "（二）" + "乙" * 23)) == ["甲" * 25 + "。", "（二）" + "乙" * 23]


def test_a_number_within_the_page_is_text() -> None:
    found = lines("甲" * 26, "2023<", "乙" * 26)

    assert [line.text for line in without_running(found, [842.0])] == ["甲" * 26, "2023", "乙" * 26]


@pytest.mark.parametrize("number", ["1", "— 1 —", "-12-", "第 3 页", "第3页 共9页", "3 / 9"])
def test_every_usual_form_of_page_number_is_known(number: str) -> None:
    found = [*lines("甲" * 26), *lines(number, top=800)]

    assert [line.text for line in without_running(found, [842.0])] == ["甲" * 26]


def test_latin_words_keep_a_blank_between_lines() -> None:
    assert joined(lines("word " * 10, "next")) == ["word " * 10 + "next"]


def pdf_with(pages: int, *, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("pdfium", [True, False])
def test_pages_without_text_are_called_a_scan(pdfium: bool) -> None:
    with pytest.raises(NoText, match="3 页但没有文字"):
        read(pdf_with(3), "扫描.pdf", pdfium=pdfium)


@pytest.mark.parametrize("pdfium", [True, False])
def test_a_password_is_asked_to_be_taken_off(pdfium: bool) -> None:
    with pytest.raises(DamagedFile, match="密码"):
        read(pdf_with(1, password="secret"), "加密.pdf", pdfium=pdfium)  # noqa: S106  the test's own


@pytest.mark.parametrize("pdfium", [True, False])
def test_a_pdf_cut_off_after_its_head_is_damaged(pdfium: bool) -> None:
    with pytest.raises(DamagedFile):
        read(SAMPLE[:300], "报告.pdf", pdfium=pdfium)


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 3)

    with pytest.raises(UnsupportedFile, match="4 页"):
        read(pdf_with(4), "报告.pdf")


def test_a_page_that_cannot_be_opened_costs_that_page_alone() -> None:
    first, second = Sheet(), Sheet()
    first.text(80, 700, "全年调处矛盾纠纷八十六件。")
    second.text(80, 700, "下一步加强执法监督工作。")
    data = document(first, second, packed=False)
    broken = data.replace(b"/Type/Page/Parent", b"/Type/Pagx/Parent", 1)

    found = read(broken, "报告.pdf")

    assert [block.text for block in found.blocks] == ["下一步加强执法监督工作。"]
    assert found.warnings == ("第 1 页已损坏，打不开，其内容没有读到。",)


def test_a_scan_with_a_running_head_is_called_a_scan() -> None:
    sheets = []
    for number in range(4):
        sheet = Sheet()
        sheet.picture()
        sheet.text(80, 810, "苍梧岭镇人民政府文件", size=9)
        sheet.text(280, 40, f"— {number + 1} —", size=9)
        sheets.append(sheet)

    with pytest.raises(NoText, match="4 页但没有文字"):
        read(document(*sheets), "扫描.pdf")


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_LONG_SECONDS", -1)

    with pytest.raises(UnsupportedFile, match="没读完"):
        read(SAMPLE, "报告.pdf")
