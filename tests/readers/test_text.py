"""Plain text: every encoding in use in China, and the white space that tells paragraphs apart."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import encodings
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


HEAD = b"<style>.a{margin:0}</style>\n" * 1_000


def test_ascii_before_the_text_does_not_decide_its_encoding() -> None:
    data = bytearray(HEAD + (TEXT * 5).encode())
    data[len(HEAD) + 31] = 0xFF

    decoded = decode(bytes(data), "报告.txt")

    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") <= 3


@pytest.mark.parametrize("head", [b"", HEAD])
def test_a_line_in_the_other_encoding_is_read_in_its_own(head: bytes) -> None:
    foot = "主办：云岭镇人民政府办公室"

    in_utf8 = decode(head + TEXT.encode() + b"<p>" + foot.encode("gb18030"), "报告.txt")
    in_gbk = decode(head + TEXT.encode("gb18030") + b"<p>" + foot.encode(), "报告.txt")

    assert in_utf8.text.endswith(f"{TEXT}<p>{foot}")
    assert in_gbk.text.endswith(f"{TEXT}<p>{foot}")
    assert (in_utf8.warnings, in_gbk.warnings) == ((), ())


def test_a_byte_lost_in_gbk_costs_one_character_and_not_the_rest_of_the_line() -> None:
    line = "镇党委书记认真履行推进法治建设第一责任人职责，专题研究法治工作并协调解决重大问题。"
    data = line.encode("gb18030")

    found = decode(data[:21] + data[22:], "报告.txt")

    assert found.text.startswith(line[:10])
    assert found.text.endswith(line[12:])
    assert "1 处" in found.warnings[0]


def test_big5_that_is_mostly_ascii_is_big5() -> None:
    decoded = decode(HEAD + TRADITIONAL.encode("big5hkscs") + b"\xff\n" + HEAD, "報告.txt")

    assert decoded.encoding == "big5hkscs"
    assert TRADITIONAL in decoded.text


def test_traditional_characters_in_gbk_are_text() -> None:
    assert decode(TRADITIONAL.encode("gb18030"), "報告.txt").text == TRADITIONAL


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_a_page_that_calls_itself_western_and_is_chinese_is_read_as_chinese(declared: str) -> None:
    assert decode(TEXT.encode("gb18030"), "报告.html", declared=declared).text == TEXT


def test_a_western_page_is_believed() -> None:
    text = "Le maire a déclaré l’état d’été à Orléans; où ça? "

    assert decode(text.encode("cp1252"), "a.html", declared="windows-1252").text == text


def test_utf16_cut_in_the_middle_of_a_character_is_read() -> None:
    decoded = decode(TEXT.encode("utf-16-le")[:-1], "报告.txt")

    assert decoded.text.rstrip("\ufffd") == TEXT[:-1]


def test_the_encoding_of_damaged_texts_is_told_as_often_as_measured() -> None:
    found = encodings.share_right(encodings.ours, lengths=(60, 300), seeds=2)

    assert sum(found["all"]) >= 0.97 * len(found["all"])
    assert all(sum(right) >= 0.85 * len(right) for right in found.values())


@given(st.integers(0, 99), st.sampled_from(["utf-8", "gb18030"]), st.sampled_from([b"", b"\xff", b"\x80"]), st.data())
@settings(max_examples=40)
def test_one_odd_byte_costs_a_few_characters_wherever_it_is(
    seed: int, encoding: str, odd: bytes, data: st.DataObject
) -> None:
    text = encodings.text_of(200, seed)
    raw = text.encode(encoding)
    at = data.draw(st.integers(0, len(raw) - 1))

    found = decode(raw[:at] + odd + raw[at + 1 :], "报告.txt").text

    kept = sum(block.size for block in SequenceMatcher(None, text, found, autojunk=False).get_matching_blocks())
    assert kept >= len(text) - 10
