"""Automatic numbers: each way of counting that Word has, restarts, links between styles and lists."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.readers.docx_reader import read
from search_app.readers.word_numbering import numeral
from tests.readers.docx_files import abstract, docx, level, num, p

OUTLINE = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def texts(body: str, numbering: str, styles: str = "") -> list[str]:
    return [block.text for block in read(docx(body, numbering=numbering, styles=styles), "报告.docx").blocks]


def counted(depths: Sequence[int], numbering: str = OUTLINE + num(1, 0)) -> list[str]:
    return texts("".join(p("文", number=1, depth=depth) for depth in depths), numbering)


def test_the_four_levels_of_an_official_document() -> None:
    assert counted([0, 1, 2, 3, 3, 2, 1, 2, 0, 1]) == [
        "一、文", "（一）文", "1.文", "①文", "②文", "2.文", "（二）文", "1.文", "二、文", "（一）文",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2024, "二千零二十四"),
        ("japaneseCounting", 21, "二十一"),
        ("taiwaneseCounting", 12, "十二"),
        ("taiwaneseCountingThousand", 30, "三十"),
        ("taiwaneseDigital", 12, "一二"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 10, "⑩"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 12, "亥"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("noSuchFormat", 5, "5"),
    ],
)
def test_numerals_are_written_as_word_writes_them(form: str, number: int, expected: str) -> None:
    assert numeral(number, form) == expected


@given(st.integers(1, 99_999))
def test_counting_numbers_never_begin_with_a_spoken_one_ten(number: int) -> None:
    text = numeral(number, "chineseCountingThousand")

    assert not text.startswith("一十")
    assert "零零" not in text
    assert not text.endswith("零")


def test_two_lists_of_one_kind_continue_each_other() -> None:
    body = p("甲", number=1) + p("乙", number=2)

    assert texts(body, OUTLINE + num(1, 0) + num(2, 0)) == ["一、甲", "二、乙"]


def test_a_start_override_restarts_once() -> None:
    body = p("甲", number=1) + p("乙", number=2) + p("丙", number=2)

    assert texts(body, OUTLINE + num(1, 0) + num(2, 0, starts={0: 1})) == ["一、甲", "一、乙", "二、丙"]


def test_a_list_may_start_anywhere() -> None:
    assert counted([0, 0], abstract(0, level(0, "decimal", "%1)", start=5)) + num(1, 0)) == ["5)文", "6)文"]


def test_an_override_may_bring_a_whole_level() -> None:
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "upperLetter", "%1．") + "</w:lvlOverride>"
    numbering = OUTLINE + f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{own}</w:num>'

    assert counted([0, 0], numbering) == ["A．文", "B．文"]


def test_numbers_of_several_levels_are_joined() -> None:
    numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(1, 0)

    assert counted([0, 1, 1, 0, 1], numbering) == ["1 文", "1.1 文", "1.2 文", "2 文", "2.1 文"]


def test_legal_numbering_shows_digits_for_every_level() -> None:
    numbering = abstract(
        0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    ) + num(1, 0)

    assert counted([0, 1], numbering) == ["第一章 文", "1.1 文"]


def test_a_level_that_never_restarts_counts_on() -> None:
    never = level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')

    assert counted([0, 1, 0, 1], abstract(0, level(0, "chineseCounting", "%1、"), never) + num(1, 0)) == [
        "一、文", "1.文", "二、文", "2.文",
    ]  # fmt: skip


def test_bullets_leave_no_sign() -> None:
    assert counted([0], abstract(0, level(0, "bullet", "\uf06c")) + num(1, 0)) == ["文"]


def test_number_zero_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="条目"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    body = p("甲", style="h") + p("乙", style="h", number=0) + p("丙", style="h")

    assert texts(body, OUTLINE + num(1, 0), styles) == ["一、甲", "乙", "二、丙"]


def test_a_style_counts_on_the_level_that_names_it() -> None:
    linked = abstract(
        0,
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="h2"/>'),
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="条{0}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    child = '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="变体"/><w:basedOn w:val="h2"/></w:style>'

    body = p("甲", style="h1") + p("乙", style="h2") + p("丙", style="c")

    assert texts(body, linked + num(1, 0), style.format("h1") + style.format("h2") + child) == [
        "一、甲", "（一）乙", "（二）丙",
    ]  # fmt: skip


def test_a_list_may_be_defined_by_a_list_style() -> None:
    numbering = (
        abstract(5, level(0, "decimal", "%1)"), more='<w:styleLink w:val="L"/>')
        + abstract(6, more='<w:numStyleLink w:val="L"/>')
        + num(1, 6)
    )

    assert counted([0, 0], numbering) == ["1)文", "2)文"]


def test_an_empty_numbered_paragraph_counts_but_is_no_block() -> None:
    body = p("甲", number=1) + p("", number=1) + p("乙", number=1)

    assert texts(body, OUTLINE + num(1, 0)) == ["一、甲", "三、乙"]


def test_a_list_that_is_not_defined_gives_no_number() -> None:
    assert texts(p("甲", number=9), OUTLINE + num(1, 0)) == ["甲"]


def test_no_format_shows_nothing() -> None:
    assert counted([0], abstract(0, level(0, "none", "%1")) + num(1, 0)) == ["文"]
