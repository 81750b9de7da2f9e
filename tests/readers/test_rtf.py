""".rtf, which often hides under the name .doc."""

from pathlib import Path

import pytest

from search_app.model import Document
from search_app.readers.rtf_reader import read

FIXTURES = Path(__file__).parent / "fixtures"


def rtf(inner: str) -> Document:
    return read(("{\\rtf1\\ansi\\ansicpg936\\deff0 " + inner + "}").encode("gb18030"), "报告.doc")


def texts(inner: str) -> list[str]:
    return [block.text for block in rtf(inner).blocks]


def escaped(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def test_an_office_suites_rtf_reads_like_the_original() -> None:
    found = [block.text.replace(" ", "") for block in read((FIXTURES / "sample.rtf").read_bytes(), "报告.rtf").blocks]

    assert found[4:8] == [
        "一、主要举措和成效",
        "（一）“板凳会”把调解搬到院坝",
        "全年调处纠纷一百一十二件，无一起上交。",
        "1.网格员每周入户一次。",
    ]
    assert "项目|件数|同比\n行政处罚|17|-3\n行政检查|206|+41" in found


def test_chinese_comes_as_pairs_of_escapes_or_as_unicode() -> None:
    assert texts(escaped("云岭镇") + f"\\par \\u{ord('依')}?\\u{ord('法')} ?\\u{ord('辖') - 65_536}?\\par") == [
        "云岭镇",
        "依法辖",
    ]


def test_characters_beyond_the_basic_plane_are_put_together() -> None:
    assert texts("\\u-10174?\\u-8263?\\u26449?\\par") == ["𠮹村"]


@pytest.mark.parametrize(("skip", "stand_in"), [(0, ""), (1, r"\'3f"), (1, "?"), (2, r"\'c1\'d6"), (3, r"\'c1\'d6?")])
def test_characters_in_unicode_are_the_same_in_a_row_and_apart(skip: int, stand_in: str) -> None:
    codes = [rf"\u{ord(char)} {stand_in}" for char in "林地七件"]

    in_a_row, apart = texts(rf"\uc{skip} {''.join(codes)}2023"), texts(rf"\uc{skip} {chr(10).join(codes)}2023")

    assert in_a_row == apart == ["林地七件2023"]


def test_a_stand_in_that_never_came_is_not_taken_from_the_characters_after_it() -> None:
    assert texts("\\uc1 \\u26519 \n" + r"\u22320 ?A") == ["林地A"]


def test_destinations_deletions_and_hidden_text_are_left_out() -> None:
    parts = "{\\fonttbl{\\f0 SimSun;}}{\\*\\generator X;}{\\header H}{\\deleted D}{\\v V}T\\par"

    assert texts(parts) == ["T"]


def test_a_field_gives_its_result() -> None:
    assert texts('{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt link}} end\\par') == ["link end"]


def test_numbers_written_for_old_readers_are_kept() -> None:
    assert texts("{\\listtext " + escaped("一、") + "\\tab}" + escaped("做法") + "\\par") == ["一、 做法"]


def test_a_table_becomes_rows() -> None:
    found = rtf("\\trowd\\intbl a\\cell b\\cell\\row\\trowd\\intbl c\\cell d\\cell\\row\\pard e\\par")

    assert found.blocks[0].rows == (("a", "b"), ("c", "d"))
    assert found.blocks[1].text == "e"


def test_unbalanced_braces_end_the_reading_without_harm() -> None:
    assert texts("a}}}} b\\par") == ["a b"]


CHINESE = (
    "{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fnil\\fcharset2 Wingdings;}{\\f2\\fnil\\fcharset2 Symbol;}}"
)


def test_a_star_that_does_not_open_its_group_skips_one_word_only() -> None:
    assert texts("{\\f0\\b0\\*\\cs7\\f0 kept}\\par \\*\\cs3 too\\par") == ["kept", "too"]


def test_an_unknown_group_is_left_out_and_its_size_said() -> None:
    found = rtf("T\\par{\\*\\zzunknown " + escaped("全年调处矛盾纠纷") + "}\\par")

    assert [block.text for block in found.blocks] == ["T"]
    assert found.warnings == ("有 8 字在不认识的标记（zzunknown）里，没有读取。",)


def test_an_unknown_group_without_text_is_not_worth_a_word() -> None:
    assert rtf("T\\par{\\*\\zzunknown 01afe}\\par").warnings == ()


def test_text_of_old_drawings_and_of_embedded_objects_is_read() -> None:
    drawing = "{\\*\\do\\dobxpage{\\dptxbx{\\dptxbxtext box\\par}}}\\par"
    shown = "{\\object\\objemb{\\*\\objdata 01ff}{\\result result}}\\par"

    assert texts(drawing + shown) == ["box", "result"]


def test_the_unicode_form_of_a_text_outranks_its_ansi_form() -> None:
    assert texts("{\\upr{ansi ?}{\\*\\ud{" + f"\\u{ord('依')}?" + "}}}\\par") == ["依"]


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        ("\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell\\pard\\par c\\par", (("a", "b"),)),
        ("\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell", (("a", "b"),)),
        ("\\trowd\\pard\\intbl a\\cell b\\cell\\pard c\\par", (("a", "b"),)),
        ("\\trowd\\pard\\intbl a\\cell b\\pard c\\par", (("a", "b"),)),
        ("\\trowd\\intbl a\\cell b\\cell\\row\\trowd\\intbl cut", (("a", "b"), ("cut",))),
        ("\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell cut", (("a", "cut"),)),
        ("\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell c\\cell d\\cell\\pard\\par", (("a", "b"), ("c", "d"))),
        (
            "\\trowd\\cellx1\\cellx2\\intbl a\\cell b\\cell\\row\\trowd\\cellx1\\cellx2 c\\cell d",
            (("a", "b"), ("c", "d")),
        ),
    ],
)
def test_cells_whose_row_is_never_ended_are_not_lost(cells: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert rtf(cells).blocks[0].rows == rows


def test_notes_follow_the_text_and_do_not_break_its_sentences() -> None:
    note = "{\\footnote\\pard\\plain {\\super\\chftn} " + escaped("脚注文字") + "\\par}"
    last = "{\\footnote\\ftnalt\\pard " + escaped("尾注文字") + "}"

    assert texts(escaped("前半，") + note + escaped("后半。") + last + "\\par") == [
        "前半，后半。",
        "注1：脚注文字",
        "注1：尾注文字",
    ]


def test_comments_are_left_out_and_their_size_said() -> None:
    comment = (
        "{\\*\\atnid x}{\\*\\atnauthor " + escaped("某人") + "}\\chatn{\\*\\annotation\\pard " + escaped("再核实") + "}"
    )
    found = rtf("T" + comment + "\\par")

    assert [block.text for block in found.blocks] == ["T"]
    assert found.warnings == ("有批注 1 处（3 字），不是正文，没有读取。",)


def test_headers_and_footers_are_properties_without_page_numbers() -> None:
    found = rtf("{\\header\\pard H\\par}{\\footer\\pard - {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}} -\\par}T\\par")

    assert found.properties == {"页眉": "H"}


def test_hidden_text_is_counted() -> None:
    assert rtf("{\\v " + escaped("内部掌握") + "}T\\par").warnings == ("有隐藏文字 4 字，没有读取。",)


def test_equations_say_what_the_page_shows() -> None:
    circled = "{\\field{\\*\\fldinst { EQ \\\\o\\\\ac(" + escaped("○") + ",3) }}{\\fldrslt }}"

    assert texts(circled + "a\\par") == ["③a"]


@pytest.mark.parametrize(
    ("page", "raw", "expected"),
    [
        ("1252", "\\'93a\\'94 3\\'b75", "“a” 3·5"),
        ("1250", "\\'a3\\'f3d\\'9f", "Łódź"),
        ("1251", "\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2", "Привет"),
        ("949", "\\'c7\\'d1\\'b1\\'db", "한글"),
        ("932", "\\'93\\'fa\\'96\\'7b", "日本"),
        ("950", "\\'a4\\'a4\\'a4\\'e5", "中文"),
        ("936", "\\'d6\\'d0\\'ce\\'c4", "中文"),
        ("1252", "\\'d6\\'d0\\'ce\\'c4", "中文"),
        ("65001", "\\'e4\\'b8\\'ad", "中"),
    ],
)
def test_the_code_page_of_the_file_is_believed(page: str, raw: str, expected: str) -> None:
    data = (
        "{\\rtf1\\ansi\\ansicpg" + page + "\\deff0{\\fonttbl{\\f0\\fnil SimSun;}}\\pard\\f0 " + raw + "\\par}"
    ).encode()

    assert [block.text for block in read(data, "报告.rtf").blocks] == [expected]


def test_a_font_of_another_script_outranks_the_code_page() -> None:
    fonts = "{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset204 Arial;}}"

    assert texts(fonts + "\\f1\\'cf\\'f0\\f0\\'d6\\'d0\\par") == ["Пр中"]


def test_signs_of_symbol_fonts_are_what_the_page_shows_and_bullets_are_none() -> None:
    bullet = "{\\listtext\\f1\\'a7\\tab}" + escaped("建立台账。") + "\\par"
    ticked = "\\f1\\'fe\\f0 " + escaped("已完成") + "\\par"
    private = "\\u-3913?" + escaped("定期通报。") + "\\par"
    greater = "\\f2\\'b3\\f0 90\\par {\\f2\\u-3933?}7\\par"

    found = texts(CHINESE + bullet + ticked + private + greater)

    assert found == ["建立台账。", "☑已完成", "定期通报。", "≥90", "≤7"]


def test_bytes_stored_in_the_file_do_not_end_its_groups() -> None:
    assert texts("a{\\pict\\bin5 }}}}}}b\\par") == ["ab"]


def test_a_text_with_a_character_that_no_code_page_gives_says_so() -> None:
    assert "损坏" in rtf("\\'d6\\par T\\par").warnings[0]


def test_the_odd_file_of_an_office_suite_reads_like_the_original() -> None:
    found = read((FIXTURES / "odd.rtf").read_bytes(), "报告.rtf")

    assert [block.text for block in found.blocks][-2:] == [
        "注1：本项含联合执法九次。",
        "注1：数据来源于镇综治中心台账。",
    ]
    assert found.properties == {"页眉": "云岭镇文件"}
    assert found.warnings == ("有批注 1 处（4 字），不是正文，没有读取。", "有隐藏文字 4 字，没有读取。")


def test_what_follows_an_open_row_is_a_paragraph_of_its_own() -> None:
    assert texts("\\trowd\\pard\\intbl a\\cell b\\cell\\pard c\\par d\\par") == ["a | b", "c", "d"]


def test_a_table_in_a_cell_is_part_of_the_cell() -> None:
    inner = "\\intbl\\itap2 a\\nestcell b\\nestcell{\\*\\nesttableprops\\trowd\\cellx1\\nestrow}{\\nonesttables\\par}"

    found = rtf("\\trowd\\cellx1\\cellx2" + inner + "\\intbl\\itap1\\cell c\\cell\\row\\pard d\\par")

    assert found.blocks[0].rows == (("a b", "c"),)
    assert found.blocks[1].text == "d"


def test_a_file_cut_off_inside_a_note_keeps_what_is_there() -> None:
    data = b"{\\rtf1\\ansi\\ansicpg936 before{\\footnote note"

    assert [block.text for block in read(data, "报告.rtf").blocks] == ["before", "注1：note"]
