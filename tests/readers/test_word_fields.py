"""Fields of Word that show something without a result; signs of symbol fonts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.readers.symbol_fonts import sign
from search_app.readers.word_fields import is_dropped_field, text_of_field


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r"eq \o\ac(○,1)", "①"),
        (r" EQ \o\ac(○, 12) ", "⑫"),
        (r"eq \o\ac(□,是)", "是"),
        (r"eq \o\ac(○,秘)", "秘"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(bái),白)', "白"),
        (r'EQ \* jc0 \* "Font:Calibri" \* hps16 \o \ad(\s \up 15(fǎ),法)', "法"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \f((1+2),3)", "(1+2)/3"),
        (r"EQ \r(3,x)", "3√x"),
        (r"EQ \b\bc\[(甲,乙)", "[甲乙]"),
        (r"EQ \s\up5(2)", "2"),
        (r"eq \o(\s\up 5(上),\s\do 3(下))", "上下"),
        (r"EQ \x(加框)", "加框"),
        (r"EQ \a\al(甲,乙)", "甲 乙"),
        (r"EQ \l(甲,乙)", "甲,乙"),
        (r"EQ \f(a\,b,c)", "a,b/c"),
        (r"EQ \d\fo10()", ""),
        ("MACROBUTTON NoMacro 此处盖章", "此处盖章"),
        (r"SYMBOL 254 \f Wingdings", "☑"),
        (r"SYMBOL 179 \f Symbol \s 10", "≥"),
        ("PAGE", ""),
        ("", ""),
    ],
)
def test_a_field_without_a_result_says_what_the_page_shows(instruction: str, shown: str) -> None:
    assert text_of_field(instruction) == shown


@given(st.text(alphabet="\\oacfsup()○,1法 ", max_size=200))
def test_whatever_an_equation_says_ends_in_a_text(inside: str) -> None:
    assert isinstance(text_of_field(f"EQ {inside}"), str)


def test_an_equation_nested_beyond_reason_ends() -> None:
    assert isinstance(text_of_field("EQ " + "\\o(" * 600), str)


@pytest.mark.parametrize(("instruction", "dropped"), [(" TOC \\o", True), ("PAGEREF _1", True), ("DATE", False)])
def test_page_numbers_and_contents_are_no_text_of_the_author(instruction: str, dropped: bool) -> None:
    assert is_dropped_field(instruction) == dropped


@pytest.mark.parametrize(
    ("code", "font", "shown"),
    [
        (0xB7, "Symbol", ""),
        (0xF0D8, "Wingdings", ""),
        (0xF0FE, "", "☑"),
        (0x81, "Wingdings", "①"),
        (0xB3, "Symbol", "≥"),
        (0x61, "Symbol", "α"),
        (0x52, "Wingdings 2", "☑"),
        (0xF04E, "Webdings", ""),
        (0xF0B3, "", "≥"),
        (0xF0B3, "Wingdings", ""),
    ],
)
def test_a_symbol_says_what_it_means_and_a_bullet_nothing(code: int, font: str, shown: str) -> None:
    assert sign(code, font) == shown
