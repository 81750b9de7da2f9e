"""Plain text: every encoding in use in China, and the white space that tells paragraphs apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import DamagedFile
from search_app.readers.text_decoding import PLAUSIBLE, decode
from search_app.readers.text_reader import read
from search_app.readers.text_scoring import plausibility

TEXT = "云岭镇2023年法治政府建设情况报告\n一、主要举措和成效\n全年调处纠纷112件，成功率98.2%。\n"
TRADITIONAL = "鄉鎮人民政府關於二〇二三年法治政府建設情況的報告，堅持依法行政，化解矛盾糾紛。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "报告.txt").text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_seven_characters_are_enough_to_know_the_encoding(encoding: str) -> None:
    assert decode("云岭镇年度报告".encode(encoding), "报告.txt").text == "云岭镇年度报告"


def test_characters_outside_the_old_code_table_survive_gb18030() -> None:
    text = "新建阵地500㎡，由㛃姓村民捐建，𠮷祥村受益。"

    assert decode(text.encode("gb18030"), "报告.txt").text == text


def test_big5_is_not_taken_for_rare_gb18030_characters() -> None:
    decoded = decode(TRADITIONAL.encode("big5hkscs"), "報告.txt")

    assert decoded.text == TRADITIONAL
    assert "繁体" in decoded.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_off_inside_a_character_is_read_with_a_warning(encoding: str) -> None:
    decoded = decode((TEXT * 3 + "完").encode(encoding)[:-1], "报告.txt")

    assert decoded.text.startswith(TEXT * 3)
    assert "损坏" in decoded.warnings[0]


def test_one_wrong_byte_in_utf8_does_not_turn_the_file_into_gb18030() -> None:
    data = bytearray((TEXT * 5).encode())
    data[20] = 0xFF

    decoded = decode(bytes(data), "报告.txt")

    assert decoded.encoding == "utf-8"
    assert "法治政府建设" in decoded.text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DamagedFile, match=r"编码无法识别|不是文字"):
        decode(bytes(range(128, 256)) * 40 + bytes(range(32)) * 40, "报告.txt")


def test_control_characters_alone_are_no_text() -> None:
    with pytest.raises(DamagedFile, match="控制字符"):
        decode(b"\xef\xbb\xbf" + bytes(range(1, 9)) * 50, "报告.txt")


@given(
    st.text(
        alphabet="法治政府建设的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可", min_size=4, max_size=60
    )
)
def test_common_chinese_round_trips_through_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), "报告.txt").text == text


def test_ordinary_chinese_is_more_plausible_than_the_floor_by_far() -> None:
    assert plausibility(TEXT) > 0.97 > PLAUSIBLE


def test_each_line_with_text_is_a_block() -> None:
    document = read("甲镇报告\r\n\r\n一、做法\r正文一\n  \n正文二".encode(), "报告.txt")

    assert [block.text for block in document.blocks] == ["甲镇报告", "一、做法", "正文一", "正文二"]
    assert document.hard_wrapped


def test_indents_stay_and_blanks_at_the_end_go() -> None:
    document = read("\u3000\u3000首行缩进  \n    四个空格\t\n顶格\u3000".encode(), "报告.txt")

    assert [block.text for block in document.blocks] == ["\u3000\u3000首行缩进", "    四个空格", "顶格"]


def test_nul_and_invisible_characters_are_taken_out() -> None:
    document = read("依法\0行政\u200b和\ufeff监督\u202e".encode(), "报告.txt")

    assert document.blocks[0].text == "依法行政和监督"


def test_radical_look_alikes_become_the_real_characters() -> None:
    document = read("⾏政执法⼈员⻓期培训".encode(), "报告.txt")

    assert document.blocks[0].text == "行政执法人员长期培训"
