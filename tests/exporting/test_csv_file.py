"""CSV files: what a reader of CSV finds in them is what was collected, and no spreadsheet runs it."""

import csv
import io

import pytest
from hypothesis import given

from search_app.exporting import citation
from search_app.exporting.collection import Collection, Heading, Remark
from search_app.exporting.csv_file import BOM, write_csv
from search_app.exporting.printable import make_printable
from search_app.exporting.rows import COLUMNS
from tests.exporting.collections import REPORT, SPITEFUL, collection, quoted, spiteful, texts

RUN_BY_SPREADSHEETS = tuple("=+-@＝＋－＠\t\r\n")
UNSEEN = " \t\r\n\x0b\x0c\u3000\xa0\ufeff\u200b\u200c\u200d\u2060\u00ad"


def read(made: Collection) -> tuple[list[str], list[dict[str, str]]]:
    """Return the first line of a file, and the rows below its header."""
    text = "".join(write_csv(made))
    assert text.startswith(BOM)
    lines = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert lines[1] == list(COLUMNS)
    return lines[0], [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]


def test_a_row_says_all_that_is_known_of_a_passage() -> None:
    item = quoted("设“茶馆议事角”，调解42件。", number=7, note="可学", state="原文已改动")

    _, rows = read(collection(Heading(text="一、怎么调"), item))

    assert rows == [
        {
            "序号": "1", "分组": "一、怎么调", "省": "云岭省", "市": "青禾市", "县": "芷川县", "镇": "湖口镇",
            "年度": "2023", "推定": "", "章节类型": "主要举措和成效", "主题": "矛盾化解", "标题路径": "一、主要举措",
            "段号": "7", "正文": "设“茶馆议事角”，调解42件。",
            "典型分": "80", "典型理由": "有数据：42件", "相关度": "3.25", "相近段数": "2",
            "报告标题": "湖口镇2023年法治政府建设年度报告", "源文件": "芷川县/湖口镇2023.txt",
            "地址": "http://127.0.0.1:8000/reports/0123456789ab#p-7",
            "引用": "《湖口镇2023年法治政府建设年度报告》（芷川县湖口镇，2023年度）一、第7段",
            "引用码": citation.code(item.passage, REPORT), "备注": "可学", "状态": "原文已改动",
        }
    ]  # fmt: skip


def test_the_first_line_says_what_the_file_is() -> None:
    first, _ = read(collection(quoted("甲"), title="检索结果：调解"))

    assert first[0] == "标题：检索结果：调解；检索词：调解"
    assert not any(first[1:])


def test_lines_end_as_the_standard_has_it() -> None:
    text = "".join(write_csv(collection(quoted("甲"), quoted("乙"))))

    assert text.count("\r\n") == text.count("\n") == 4


def test_remarks_and_headings_without_passages_have_rows_without_a_number() -> None:
    items = (Heading(text="空"), Heading(text="有"), quoted("甲"), Remark(text="落款：某镇"), Heading(text="末"))

    _, rows = read(collection(*items))

    assert [(row["序号"], row["分组"], row["正文"]) for row in rows] == [
        ("", "空", ""),
        ("1", "有", "甲"),
        ("", "有", "落款：某镇"),
        ("", "末", ""),
    ]


def test_headings_below_headings_name_the_path() -> None:
    items = (Heading(text="一"), Heading(text="（一）", level=2), quoted("甲"), Heading(text="二"), quoted("乙"))

    _, rows = read(collection(*items))

    assert [row["分组"] for row in rows] == ["一 › （一）", "二"]


@pytest.mark.parametrize("text", SPITEFUL)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    first, rows = read(spiteful(text))

    for cell in (*first, *(cell for row in rows for cell in row.values())):
        assert not cell.startswith(RUN_BY_SPREADSHEETS)
        assert not cell.strip(UNSEEN).startswith(RUN_BY_SPREADSHEETS)


@given(text=texts)
def test_any_text_comes_back_as_it_is_printed(text: str) -> None:
    _, rows = read(spiteful(text))

    body = rows[-1]["正文"]
    assert body.removeprefix("'") == make_printable(text).removeprefix("'")
    assert body in (make_printable(text), f"'{make_printable(text)}")
    "".join(write_csv(spiteful(text))).encode()
