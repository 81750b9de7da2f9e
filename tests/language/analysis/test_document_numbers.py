"""Document numbers: one normal form, however they are written, and nothing else taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.analysis.document_numbers import read_own_line, read_stated_number, read_typed_number

#: Lines as they stand alone on a cover, with the number that they are.
LINES = {
    "澄政发〔2021〕33号": "澄政发〔2021〕33号",
    "澄政发[2021]33号": "澄政发〔2021〕33号",
    "澄政发［2021］33号": "澄政发〔2021〕33号",
    "澄政发(2021)33号": "澄政发〔2021〕33号",
    "澄政发（2021）33号": "澄政发〔2021〕33号",
    "澄政发【2021】33号": "澄政发〔2021〕33号",
    "澄政发〔2021〕33": "澄政发〔2021〕33号",
    "澄政发 〔 2021 〕 33 号": "澄政发〔2021〕33号",
    "澄 政 发 〔 2 0 2 1 〕 3 3 号": "澄政发〔2021〕33号",
    "　　　澄政发〔2021〕33号　　　": "澄政发〔2021〕33号",
    "澄政发〔２０２１〕３３号": "澄政发〔2021〕33号",
    "澄政发〔2021〕033号": "澄政发〔2021〕33号",
    "澄政发〔2021〕第33号": "澄政发〔2021〕33号",
    "澄政发〔2021年〕33号": "澄政发〔2021〕33号",
    "澄政发2021 33号": "澄政发〔2021〕33号",
    "澄政发 2021-33号": "澄政发〔2021〕33号",
    "（澄政发〔2021〕33号）": "澄政发〔2021〕33号",
    "澄政发〔2021〕33号　　　签发人：柳长风": "澄政发〔2021〕33号",
    "澄岭县政办〔2021〕33号": "澄岭县政办〔2021〕33号",
    "望镇政〔2023〕5 号": "望镇政〔2023〕5号",
    "中共望杉镇委〔2023〕5号": "中共望杉镇委〔2023〕5号",
    "望党发﹝2023﹞5号": "望党发〔2023〕5号",
    "青街办发〔2024〕12号": "青街办发〔2024〕12号",
    "〔2024〕3号": "〔2024〕3号",
    "（2024）3号": "〔2024〕3号",
}
#: Lines of covers and bodies that are none.
OTHERS = (
    "2024年3月15日",
    "2024-03-15",
    "二〇二四年三月十五日",
    "2024年度",
    "2024 3",
    "[2024] 3",
    "望杉镇2023年法治政府建设年度报告",
    "望杉镇人民政府文件",
    "根据国发〔2019〕5号",
    "关于印发望政发〔2024〕3号的通知",
    "依据《澄岭县规定》（澄政发〔2019〕33号）",
    "按照澄政发〔2021〕33号文件要求，抓好落实。",
    "澄政发〔2021〕33号、澄政发〔2021〕34号",
    "附件：澄政发〔2021〕33号",
    "全镇受理2021 33号信访件",
    "望杉镇 2024 3号",
    "〔2024〕号",
    "望政发〔2024〕号",
    "望政发〔224〕3号",
    "望政发〔2024〕0号",
    "第3号",
    "33号",
    "共印 33 份",
    "（2024）",
    "（一）2024年3号楼",
    "村〔2024〕3号",
    "",
    "号" * 100,
)


@pytest.mark.parametrize(("line", "number"), LINES.items())
def test_a_number_on_a_line_of_its_own_is_read_however_it_is_set(line: str, number: str) -> None:
    assert str(read_own_line(line)) == number


@pytest.mark.parametrize("line", OTHERS)
def test_no_other_line_is_taken_for_a_number(line: str) -> None:
    assert read_own_line(line) is None


@pytest.mark.parametrize("value", ["2021 33", "〔2021〕33", "[2021]33号", "(2021)33", "2021 33号"])
def test_behind_a_label_year_and_number_alone_are_enough(value: str) -> None:
    assert str(read_stated_number(value)) == "〔2021〕33号"


@pytest.mark.parametrize(
    "value", ["无", "", "—", "2021", "2021-00033", "2021年3", "FZB-2021-003", "见附件", "2021-03-15"]
)
def test_behind_a_label_what_is_no_number_is_none(value: str) -> None:
    assert read_stated_number(value) is None


@pytest.mark.parametrize(
    "typed",
    [
        "望政发〔2024〕3号",
        "望政发[2024]3",
        "望政发 2024 3",
        "望政发（2024）3号",
        "文号：望政发〔2024〕3号",
        "“望政发〔2024〕3号”",
    ],
)
def test_a_clerk_may_type_a_number_in_any_of_these_ways(typed: str) -> None:
    assert str(read_typed_number(typed)) == "望政发〔2024〕3号"


@pytest.mark.parametrize(
    "typed", ["矛盾纠纷 2024 调解", "望杉镇 2024", "2024", "2024年3月", "2024-2025", "2024-3", "2024年3"]
)
def test_words_and_spans_of_years_are_no_number(typed: str) -> None:
    assert read_typed_number(typed) is None


@given(
    letters=st.text(alphabet="望杉澄岭政发办函字党委镇街", min_size=2, max_size=8),
    year=st.integers(2000, 2049),
    serial=st.integers(1, 9999),
    brackets=st.sampled_from(["〔〕", "[]", "［］", "（）", "()", "【】"]),
    blank=st.sampled_from(["", " ", "\u3000"]),
)
def test_every_way_to_set_a_number_gives_the_same_normal_form(
    letters: str, year: int, serial: int, brackets: str, blank: str
) -> None:
    written = f"{letters}{blank}{brackets[0]}{blank}{year}{blank}{brackets[1]}{blank}{serial}{blank}号"
    normal = f"{letters}〔{year}〕{serial}号"

    assert {str(read(written)) for read in (read_own_line, read_stated_number, read_typed_number)} == {normal}
    assert str(read_own_line(normal)) == normal


@given(st.text(max_size=70))
def test_any_text_is_read_without_fault_and_what_is_read_reads_as_itself(text: str) -> None:
    for read in (read_own_line, read_stated_number, read_typed_number):
        found = read(text)
        assert found is None or read(str(found)) == found
