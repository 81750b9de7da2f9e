"""Tables: what other programs read in a file of any format is what the table holds, and nothing in it is run."""

import csv
import io
from typing import Any

import docx
import pytest
from hypothesis import given
from markdown import markdown
from openpyxl import load_workbook

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.table import Table, write_table
from tests.exporting.collections import MADE, SPITEFUL, texts

ADDRESS = "http://127.0.0.1:8000/reports/0123456789ab#p-7"


def table(text: str = "缺", *, address: str = ADDRESS) -> Table:
    return Table(
        title=f"体检{text}",
        notes=(f"说明{text}",),
        columns=("乡镇", "比例", text),
        rows=(("湖口镇", 63, text), ("白石乡", 0.5, None)),
        made=MADE,
        links={(0, 2): address},
    )


def table_bytes(made: Table, form: FileFormat) -> bytes:
    held = io.BytesIO()
    write_table(made, form, held)
    return held.getvalue()


def sheet(made: Table) -> Any:
    return load_workbook(io.BytesIO(table_bytes(made, FileFormat.XLSX)))["表"]


def lines(made: Table) -> list[list[str]]:
    text = table_bytes(made, FileFormat.CSV).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_spreadsheet_holds_numbers_as_numbers_and_unknown_as_nothing() -> None:
    rows = list(sheet(table()).iter_rows(values_only=True))

    assert rows == [("乡镇", "比例", "缺"), ("湖口镇", 63, "缺"), ("白石乡", 0.5, None)]


def test_a_header_stays_filters_and_columns_are_as_wide_as_their_texts() -> None:
    made = sheet(table("很长很长很长的一格"))

    assert (made.freeze_panes, made.auto_filter.ref) == ("A2", "A1:C3")
    assert made.column_dimensions["C"].width > made.column_dimensions["B"].width


def test_a_cell_leads_to_its_address() -> None:
    cell = sheet(table()).cell(2, 3)

    assert (cell.value, f"{cell.hyperlink.target}#{cell.hyperlink.location}") == ("缺", ADDRESS)


def test_an_address_that_no_browser_opens_makes_no_link() -> None:
    assert sheet(table(address="javascript:alert(1)")).cell(2, 3).hyperlink is None


def test_csv_says_what_it_is_then_names_the_columns() -> None:
    assert lines(table()) == [
        ["体检缺；说明缺", "", ""],
        ["乡镇", "比例", "缺"],
        ["湖口镇", "63", "缺"],
        ["白石乡", "0.5", ""],
    ]


def test_markdown_has_one_row_for_each_and_the_link() -> None:
    html = markdown(table_bytes(table(), FileFormat.MARKDOWN).decode(), extensions=["tables"])

    assert html.count("<tr>") == 3
    assert f'<a href="{ADDRESS}">缺</a>' in html


def test_word_lies_on_its_side_with_title_notes_and_the_whole_table() -> None:
    document = docx.Document(io.BytesIO(table_bytes(table(), FileFormat.DOCX)))

    held = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [each.text for each in document.paragraphs] == ["体检缺", "说明缺"]
    assert held == [["乡镇", "比例", "缺"], ["湖口镇", "63", "缺"], ["白石乡", "0.5", ""]]
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert page.page_width > page.page_height
    links = [link.address for each in document.tables[0].cell(1, 2).paragraphs for link in each.hyperlinks]
    assert links == [ADDRESS]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a cell for each column"):
        Table(title="", notes=(), columns=("甲", "乙"), rows=(("一",),), made=MADE)


def test_a_file_is_named_by_title_and_day() -> None:
    assert name_file(table(), FileFormat.XLSX) == "体检缺-20261129.xlsx"


@pytest.mark.parametrize("text", SPITEFUL)
def test_nothing_is_a_formula(text: str) -> None:
    book = load_workbook(io.BytesIO(table_bytes(table(text), FileFormat.XLSX)))

    assert {cell.data_type for each in book for row in each.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r\n")) for row in lines(table(text)) for cell in row)


@given(text=texts)
def test_any_text_comes_back_as_it_is_printed(text: str) -> None:
    made = table(text)

    assert (sheet(made).cell(2, 3).value or "") == make_printable(text)
    assert lines(made)[2][2].removeprefix("'") == make_printable(text).removeprefix("'")
    held = docx.Document(io.BytesIO(table_bytes(made, FileFormat.DOCX))).tables[0].cell(1, 2)
    assert held.text == make_line(text)
    table_bytes(made, FileFormat.MARKDOWN).decode()
