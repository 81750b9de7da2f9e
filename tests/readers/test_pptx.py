""".pptx: titles as headings, text as the eye goes, notes and hidden slides said."""

import pytest

from search_app.errors import NoText
from search_app.model import Document
from search_app.readers import reading
from tests.readers.office_files import pptx, shape


def read(data: bytes) -> Document:
    return reading.read_bytes(data, "片.pptx")


def texts(*slides: str, layout: str = "") -> list[str]:
    return [block.text for block in read(pptx(slides, layout=layout)).blocks]


def numbered(text: str, kind: str, *, level: int = 0) -> str:
    return f'<a:p><a:pPr lvl="{level}"><a:buAutoNum type="{kind}"/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'


def test_the_title_is_a_heading_wherever_it_was_drawn() -> None:
    found = read(pptx([shape("正文", at=(0, 0)) + shape("题目", kind="title", at=(0, 9))]))

    assert [(block.kind, block.text) for block in found.blocks] == [("heading", "题目"), ("paragraph", "正文")]


def test_a_title_that_goes_on_over_slides_is_said_once() -> None:
    assert texts(shape("题目", kind="title") + shape("甲"), shape("题目", kind="title") + shape("乙")) == [
        "题目",
        "甲",
        "乙",
    ]


def test_text_is_read_from_top_to_bottom_and_left_to_right() -> None:
    shapes = [
        ("丁", (6_000_000, 4_000_000)),
        ("乙", (6_000_000, 1_000_000)),
        ("丙", (0, 4_050_000)),
        ("甲", (0, 1_090_000)),
    ]

    assert texts("".join(shape(text, at=place) for text, place in shapes)) == ["甲", "乙", "丙", "丁"]


def test_a_group_is_read_as_one() -> None:
    inner = shape("组二", at=(0, 900_000)) + shape("组一", at=(0, 0))
    group = f'<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="5000000"/></a:xfrm></p:grpSpPr>{inner}</p:grpSp>'

    assert texts(group + shape("上", at=(0, 0)) + shape("下", at=(0, 9_000_000))) == ["上", "组一", "组二", "下"]


def test_a_placeholder_stands_where_its_layout_says() -> None:
    layout = shape("", kind="body", number=3, at=(0, 8_000_000))

    assert texts(shape("下", kind="body", number=3) + shape("上", at=(0, 10)), layout=layout) == ["上", "下"]


def test_automatic_numbers_are_text() -> None:
    inner = [
        numbered("甲", "ea1ChsPeriod"), numbered("子", "arabicParenBoth", level=1),
        numbered("丑", "arabicParenBoth", level=1),
        numbered("乙", "ea1ChsPeriod"), numbered("寅", "arabicParenBoth", level=1), numbered("丙", "circleNumDbPlain"),
    ]  # fmt: skip

    assert texts(shape(*inner)) == ["一、甲", "(1)子", "(2)丑", "二、乙", "(1)寅", "①丙"]


def test_tables_become_rows_and_lines_broken_by_hand_paragraphs() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in "甲乙")
    grid = f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"
    broken = shape("<a:p><a:r><a:t>一行</a:t></a:r><a:br/><a:r><a:t>二行</a:t></a:r></a:p>", at=(0, 9))

    found = read(pptx([grid + broken])).blocks

    assert found[0].rows == (("甲", "乙"),)
    assert [block.text for block in found[1:]] == ["一行", "二行"]


def test_page_numbers_dates_and_feet_are_no_text() -> None:
    running = shape("3", kind="sldNum") + shape("页脚", kind="ftr") + shape("2024-1-1", kind="dt")
    number = '<a:p><a:r><a:t>第</a:t></a:r><a:fld type="slidenum"><a:t>3</a:t></a:fld></a:p>'

    assert texts(running + shape(number) + shape("正文")) == ["第", "正文"]


def test_notes_follow_their_slide_and_are_said() -> None:
    found = read(pptx([shape("甲"), shape("乙")], notes={1: "讲稿"}))

    assert [block.text for block in found.blocks] == ["甲", "备注：讲稿", "乙"]
    assert found.warnings == ("有演讲者备注 2 字，已作为“备注：”读取，请核对。",)


def test_hidden_slides_are_left_out_and_said() -> None:
    found = read(pptx([shape("甲"), shape("藏起来")], hidden=[2]))

    assert [block.text for block in found.blocks] == ["甲"]
    assert found.warnings == ("有隐藏的幻灯片 1 张（3 字），没有读取。",)


def test_slides_without_a_word_have_no_text() -> None:
    with pytest.raises(NoText):
        read(pptx([""]))
