"""PDFs that are odd on purpose say what they say: all of it, in order, nothing woven, and what is left out is said."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from benchmarks import recall
from search_app.errors import NoText
from search_app.model import Document
from search_app.readers import pdf_reader
from tests.readers import odd_pdfs
from tests.readers.odd_pdfs import CASES, Odd
from tests.readers.pdf_pages import Sheet, document

#: What our reading holds of what was written into drawn-by-chance reports, and how much of ours was written.
FLOOR_RECALL, FLOOR_PRECISION = 0.999, 0.995
#: What it holds of what poppler reads, where that is installed.
FLOOR_OTHER = 0.97
SEEDS = range(40)


@cache
def case(name: str) -> tuple[Odd, Document]:
    odd = CASES[name]()
    return odd, pdf_reader.read(odd.data, f"{name}.pdf")


def said(found: Document) -> str:
    return odd_pdfs.bare([block.text.replace("|", "") for block in found.blocks])


@pytest.mark.parametrize("name", CASES)
def test_it_is_read_in_order_and_whole(name: str) -> None:
    odd, found = case(name)
    text, at = said(found), 0
    for wanted in odd.said:
        bare = odd_pdfs.bare([wanted])

        assert bare in text[at:], wanted

        at = text.index(bare, at) + len(bare)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]().unsaid])
def test_what_is_no_text_of_it_stays_out(name: str) -> None:
    odd, found = case(name)

    assert not [text for text in odd.unsaid if odd_pdfs.bare([text]) in said(found)]


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]().warned])
def test_what_is_left_out_is_said(name: str) -> None:
    odd, found = case(name)

    assert all(any(text in warning for warning in found.warnings) for text in odd.warned), found.warnings


@pytest.mark.parametrize("name", [name for name in CASES if not CASES[name]().warned])
def test_nothing_is_warned_of_where_nothing_is_left_out(name: str) -> None:
    assert case(name)[1].warnings == ()


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]().rows])
def test_tables_come_as_rows(name: str) -> None:
    odd, found = case(name)

    assert [block.rows for block in found.blocks if block.kind == "table"] == [odd.rows]


def test_a_watermark_is_named_once_with_its_pages() -> None:
    found = case("watermark aslant")[1]

    assert found.warnings == ("水印、印章或斜排的文字“内部资料”没有算作正文（第 1、2、3 页）。",)


def test_a_page_of_codes_that_nobody_can_read_is_refused_as_such() -> None:
    sheet = Sheet()
    for at in range(5):
        sheet.text(80, 700 - at * 20, "".join(chr(0x100 + 7 * at + other) for other in range(0, 60, 3)), font="F2")

    with pytest.raises(NoText, match="乱码"):
        pdf_reader.read(document(sheet), "a.pdf")


def test_paragraphs_are_put_together_within_a_column() -> None:
    odd, found = case("two columns, line by line")

    assert [odd_pdfs.bare([block.text]) for block in found.blocks[1:]] == [
        odd_pdfs.bare([text]) for text in odd.said[1:]
    ]


def test_reports_drawn_by_chance_are_read_as_they_were_written() -> None:
    results = []
    for seed in SEEDS:
        odd = odd_pdfs.mixed(seed)
        ours = "\n".join(block.text for block in pdf_reader.read(odd.data, "a.pdf").blocks)
        results.append(recall.held(ours, odd.said))

    assert sum(result.recall for result in results) / len(results) >= FLOOR_RECALL
    assert sum(result.precision for result in results) / len(results) >= FLOOR_PRECISION
    assert not [line for result in results for line in result.woven]


if shutil.which("pdftotext"):  # no skip where it is missing: there the floors above hold

    def test_reports_drawn_by_chance_hold_what_another_reader_reads(tmp_path: Path) -> None:
        found = []
        for seed in SEEDS:
            path = tmp_path / f"{seed}.pdf"
            path.write_bytes(odd_pdfs.mixed(seed).data)
            found.append(recall.compared(path)["the other reader"])

        assert sum(result.recall for result in found) / len(found) >= FLOOR_OTHER
        assert sum(len(result.woven) for result in found) == 0


def test_woven_lines_are_told_from_missing_ones() -> None:
    lines = ["全年调处矛盾纠纷二百一十件", "办理行政执法案件一十七件整"]
    woven = "".join(one + other for one, other in zip(*lines, strict=True))

    assert recall.held(woven, lines).woven == tuple(lines)
    assert recall.held("另有一段完全不同的话在这里", lines).woven == ()
    assert recall.held("\n".join(lines), lines).recall == 1.0


def test_heads_and_page_numbers_of_another_reading_are_not_missed() -> None:
    texts = [["全年调处纠纷八十六件", "办结八十五件"], ["执法人员持证上岗", "案卷评查"], ["公开栏更换", "网格员入户"]]
    pages = [["镇人民政府文件", *text, f"— {number} —"] for number, text in enumerate(texts, start=1)]

    assert recall.without_running(pages) == [line for text in texts for line in text]
