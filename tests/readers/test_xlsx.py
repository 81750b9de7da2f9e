""".xlsx: the cells as they are shown, row by row, and what was not read said."""

from pathlib import Path

import pytest

from search_app.errors import DamagedFile, NoText
from search_app.model import Document
from search_app.readers import reading
from search_app.readers.xlsx_numbers import shown
from tests.readers.office_files import line, xlsx

FIXTURES = Path(__file__).parent / "fixtures"


def read(data: bytes) -> Document:
    return reading.read_bytes(data, "表.xlsx")


def rows(*lines: str, texts: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in read(xlsx({"Sheet1": "".join(lines)}, texts=texts)).blocks]


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0.982", "0.0%", "98.2%"),
        ("45292", "yyyy-m-d", "2024-1-1"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二四年一月一日"),
        ("45292.5", "yyyy-mm-dd hh:mm", "2024-01-01 12:00"),
        ("0.75", "h:mm", "18:00"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("12", "General", "12"),
        ("0.30000000000000004", "General", "0.3"),
        ("2023", 'General"年"', "2023年"),
        ("17", '0"件"', "17件"),
        ("1200", '"¥"#,##0', "¥1,200"),
        ("-5.5", "0.00_);(0.00)", "(5.50)"),
        ("-3", "0", "-3"),
        ("0", '0;-0;"无"', "无"),
        ("5", "000", "005"),
        ("98.20", "0.##", "98.2"),
        ("86", "[Red]0", "86"),
        ("x", "0", "x"),
        ("1e300", "0", "1e300"),
        ("-1", "yyyy-m-d", "-1"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


def test_rows_become_a_table_and_lines_with_one_text_paragraphs() -> None:
    found = read(
        xlsx({"Sheet1": line("云岭镇统计表") + line("项目", "件数") + line("处罚", 17) + line("注：来自台账。")})
    )

    assert [(block.kind, block.text) for block in found.blocks] == [
        ("paragraph", "云岭镇统计表"),
        ("table", "项目 | 件数\n处罚 | 17"),
        ("paragraph", "注：来自台账。"),
    ]


def test_a_sheet_with_a_name_of_its_own_has_it_as_heading() -> None:
    found = read(xlsx({"执法统计": line("甲", "乙"), "Sheet2": line("丙", "丁"), "空表": ""}))

    assert [block.text for block in found.blocks] == ["执法统计", "甲 | 乙", "丙 | 丁"]


def test_hidden_sheets_rows_and_columns_are_left_out_and_said() -> None:
    column = '<cols><col min="2" max="2" hidden="1"/></cols>'
    body = line("甲", "藏", "乙") + line("丙丁", "戊", more=' hidden="1"')

    found = read(xlsx({"Sheet1": f"{column}<sheetData>{body}</sheetData>", "旧账": line("去年", 20)}, hidden=("旧账",)))

    assert [block.rows for block in found.blocks] == [(("甲", "乙"),)]
    assert found.warnings == (
        "有隐藏的工作表 1 张（旧账，共 4 字），没有读取。",
        "有隐藏的行或列，其中 3 个单元格没有读取。",
    )


def test_shared_texts_formulas_and_truths_are_read() -> None:
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>A1</f><v>文</v></c>'
        '<c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="s"><v>99</v></c>'
    )

    assert rows(f"<row>{cells}</row>", texts=("共享",)) == [(("共享", "2", "文", "是", "#N/A"),)]


def test_a_merged_cell_says_its_text_once() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    body = f"<sheetData>{line('合并', '', '乙')}{line('一', '二', '三')}</sheetData>{merged}"

    assert [block.rows for block in read(xlsx({"Sheet1": body})).blocks] == [(("合并", "", "乙"), ("一", "二", "三"))]


def test_a_long_text_is_a_paragraph_and_not_a_figure() -> None:
    found = read(xlsx({"Sheet1": line("做法", "法治建设。" * 90)}))

    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph"]


def test_cells_without_places_stand_one_after_the_other() -> None:
    assert rows('<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row>') == [(("甲", "1"),)]


def test_comments_are_counted() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    comment = f"<comments {space}><commentList><comment><text><t>再核实</t></text></comment></commentList></comments>"

    found = read(xlsx({"Sheet1": line("甲", "乙")}, more={"xl/comments1.xml": comment}))

    assert found.warnings == ("有批注 3 字，不是正文，没有读取。",)


def test_a_book_without_a_word_has_no_text() -> None:
    with pytest.raises(NoText):
        read(xlsx({"Sheet1": ""}))


def test_a_damaged_book_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        read((FIXTURES / "sample.xlsx").read_bytes()[:-300])
