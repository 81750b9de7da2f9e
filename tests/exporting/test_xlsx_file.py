"""Spreadsheets: what another library reads in them is what was collected, every text as text."""

import io
from typing import Any

import pytest
from hypothesis import given
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from search_app.exporting.collection import Collection, Fact, Heading
from search_app.exporting.printable import make_printable
from search_app.exporting.rows import ADDRESS, COLUMNS, TEXT
from search_app.exporting.xlsx_file import MOST_IN_CELL, write_xlsx
from tests.exporting.collections import SPITEFUL, collection, quoted, spiteful, texts


def opened(made: Collection) -> Any:
    held = io.BytesIO()
    write_xlsx(made, held)
    held.seek(0)
    return load_workbook(held)


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == tuple(COLUMNS)
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]]


def test_passages_stand_in_list_order_with_numbers_as_numbers() -> None:
    found = rows(opened(collection(Heading(text="一"), quoted("甲", number=3), quoted("乙", number=9)))["段落"])

    assert [(row["序号"], row["分组"], row["正文"], row["段号"]) for row in found] == [
        (1, "一", "甲", 3),
        (2, "一", "乙", 9),
    ]
    assert (found[0]["年度"], found[0]["典型分"], found[0]["相关度"], found[0]["状态"]) == (2023, 80, 3.25, None)


def test_the_header_stays_and_filters() -> None:
    sheet = opened(collection(quoted("甲"), quoted("乙")))["段落"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:X3"
    assert sheet.cell(2, TEXT + 1).alignment.wrap_text


def test_a_row_is_as_high_as_its_text_needs_and_never_higher_than_there_are_rows() -> None:
    sheet = opened(collection(quoted("甲"), quoted("调解矛盾纠纷" * 40), quoted("调" * 9000)))["段落"]

    short, long, longest = (sheet.row_dimensions[row].height for row in (2, 3, 4))
    assert short < long < longest <= 409


def test_an_address_is_a_link_and_a_path_is_none() -> None:
    linked, plain = quoted("甲"), quoted("乙")
    object.__setattr__(plain, "address", "/reports/0123456789ab#p-1")

    sheet = opened(collection(linked, plain))["段落"]

    cells = [sheet.cell(row, ADDRESS + 1) for row in (2, 3)]
    assert [cell.hyperlink is not None for cell in cells] == [True, False]
    assert cells[1].value == "/reports/0123456789ab#p-1"


def test_the_second_sheet_says_what_the_file_is() -> None:
    book = opened(collection(quoted("甲"), title="检索结果：调解", about=(Fact(label="索引代", text="gen-1"),)))

    assert book.sheetnames == ["段落", "说明"]
    assert list(book["说明"].iter_rows(values_only=True)) == [("标题", "检索结果：调解"), ("索引代", "gen-1")]
    assert book.properties.creator in (None, "")


@pytest.mark.parametrize("sign", ["甲", "\U00020000"])
def test_a_text_that_no_cell_holds_goes_on_below(sign: str) -> None:
    text = sign * (MOST_IN_CELL + 5)

    found = rows(opened(collection(quoted(text), quoted("乙")))["段落"])

    assert [row["序号"] for row in found] == [1, *[None] * (len(found) - 2), 2]
    assert "".join(row["正文"].removeprefix("（接上一行）") for row in found[:-1]) == text
    assert all(len(row["正文"].encode("utf-16-le")) // 2 <= MOST_IN_CELL for row in found)


def test_a_note_that_no_cell_holds_says_that_it_is_cut() -> None:
    found = rows(opened(collection(quoted("甲", note="乙" * 40_000)))["段落"])

    assert found[0]["备注"].endswith("……（共 40,000 字，单元格装不下）")


@pytest.mark.parametrize("text", SPITEFUL)
def test_nothing_is_a_formula(text: str) -> None:
    book = opened(spiteful(text))

    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@given(text=texts)
def test_any_text_comes_back_as_it_is_printed(text: str) -> None:
    found = rows(opened(spiteful(text))["段落"])

    assert (found[-1]["正文"] or "") == make_printable(text)
