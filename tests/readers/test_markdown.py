"""Markdown: front matter, headings, tables, and text without its marks."""

import time
from collections.abc import Mapping

import pytest

from search_app.model import Block, Document
from search_app.readers.markdown_reader import plain, read


def document(text: str) -> Document:
    return read(text.encode(), "报告.md")


def texts(text: str) -> list[str]:
    return [block.text for block in document(text).blocks]


@pytest.mark.parametrize(
    ("front", "properties"),
    [
        ("---\ntitle: 云岭镇报告\nyear: 2023\n---\n", {"title": "云岭镇报告", "year": "2023"}),
        ('---\n镇：云岭镇\ntitle: "带引号"  \n# 说明\n- 列表\nempty:\n---\n', {"镇": "云岭镇", "title": "带引号"}),
        ('+++\ntitle = "云岭镇报告"\nyear = 2023\nissued = 2024-01-18\n+++\n',
         {"title": "云岭镇报告", "year": "2023", "issued": "2024-01-18"}),
    ],
)  # fmt: skip
def test_front_matter_becomes_properties_and_no_text(front: str, properties: Mapping[str, str]) -> None:
    read_back = document(front + "正文")

    assert read_back.properties == properties
    assert [block.text for block in read_back.blocks] == ["正文"]


def test_front_matter_without_an_end_is_text_with_a_warning() -> None:
    read_back = document("---\ntitle: 云岭镇\n\n正文")

    assert read_back.properties == {}
    assert read_back.warnings
    assert "正文" in [block.text for block in read_back.blocks]


def test_headings_of_both_kinds_have_their_level() -> None:
    read_back = document("# 报告\n\n##一、做法 ##\n\n小节\n----\n\n大节\n====\n")

    assert read_back.blocks == (
        Block(kind="heading", text="报告", level=1),
        Block(kind="heading", text="一、做法", level=2),
        Block(kind="heading", text="小节", level=2),
        Block(kind="heading", text="大节", level=1),
    )


def test_a_table_becomes_rows() -> None:
    read_back = document("| 项目 | 件数 |\n|:--|--:|\n| 调解 | **12** |\n| 处罚\\|检查 | |\n\n后文")

    assert read_back.blocks[0].rows == (("项目", "件数"), ("调解", "12"), ("处罚|检查", ""))
    assert read_back.blocks[0].text == "项目 | 件数\n调解 | 12\n处罚|检查 | "
    assert read_back.blocks[1].text == "后文"


def test_soft_breaks_between_chinese_lines_leave_no_blank() -> None:
    assert texts("云岭镇坚持\n依法行政。\n\n另一段") == ["云岭镇坚持依法行政。", "另一段"]


def test_numbers_of_lists_stay_and_bullets_go() -> None:
    assert texts("- 甲\n* 乙\n- [x] 丙\n\n1. 丁\n2. 戊\n（一）己\n（二）庚\n一、辛") == [
        "甲", "乙", "丙", "1. 丁", "2. 戊", "（一）己", "（二）庚", "一、辛",
    ]  # fmt: skip


def test_a_hard_break_ends_the_block() -> None:
    assert texts("云岭镇人民政府  \n2024年1月18日") == ["云岭镇人民政府", "2024年1月18日"]


def test_rules_comments_and_link_definitions_are_no_text() -> None:
    assert texts("甲\n\n---\n\n<!-- 批注 -->\n\n[1]: http://example.org\n\n乙") == ["甲", "乙"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("**重点**和*次重点*及~~删~~", "重点和次重点及删"),
        ("见[办法](http://a/b)和![图](c.png)", "见办法和图"),
        ("`代码`与``双`层``", "代码与双`层"),
        (r"\*不是强调\*", "*不是强调*"),
        ("file_name_x 保留", "file_name_x 保留"),
        ("<b>粗</b><br>", "粗"),
    ],
)
def test_marks_inside_a_line_go_and_words_stay(marked: str, expected: str) -> None:
    assert plain(marked) == expected


def test_code_fences_are_read_line_by_line() -> None:
    assert texts("前\n```\n# 不是标题\n第二行\n```\n后") == ["前", "# 不是标题", "第二行", "后"]


def test_quotes_lose_their_marks() -> None:
    assert texts("> 引用第一行\n> 第二行") == ["引用第一行第二行"]


def test_a_numbered_heading_without_a_blank_line_below_it_stays_a_line_of_its_own() -> None:
    assert texts("一、主要举措\n做了很多工作，\n调解三件。\n（一）调解\n回访三次。") == [
        "一、主要举措", "做了很多工作，调解三件。", "（一）调解", "回访三次。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    ["a" + ".a" * 5_000 + " = 1", "a" + ".a" * 40_000 + " = 1", "a = " + "[" * 9_000, "a = 0x" + "f" * 9_000],
    ids=["5000 dots", "40000 dots", "brackets", "a number without end"],
)
def test_front_matter_that_nobody_writes_is_left_out_and_the_text_read(inside: str) -> None:
    began = time.process_time()
    found = document(f"+++\n{inside}\n+++\n云岭镇调解矛盾纠纷四十二件。")

    assert time.process_time() - began < 1
    assert not found.properties
    assert [block.text for block in found.blocks] == ["云岭镇调解矛盾纠纷四十二件。"]
    assert "没有采用" in found.warnings[0]


def test_a_line_of_front_matter_without_end_takes_no_time() -> None:
    began = time.process_time()
    document(f"---\na{' ' * 200_000}b\n---\n云岭镇")

    assert time.process_time() - began < 1
