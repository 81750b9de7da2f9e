""".rtf, which often hides under the name .doc."""

from pathlib import Path

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
