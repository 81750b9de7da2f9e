"""Synonyms: the table is read as a clerk writes it, and an entry counts where it is a word of its own."""

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.language import squeeze
from search_app.language.question.synonyms import MOST, NARROWER, NEAR, SAME, find_synonyms, read_table, synonym_words

#: Said in nearly every passage: as another wording they would find everything.
TOO_GENERAL = frozenset(
    [
        "工作",
        "管理",
        "宣传",
        "建设",
        "推进",
        "加强",
        "制度",
        "机制",
        "组织",
        "开展",
        "领导",
        "干部",
        "群众",
        "服务",
        "代表",
        "企业",
    ]
)
TEXTS = st.lists(st.sampled_from(sorted(synonym_words())) | st.text(max_size=4), max_size=8).map("".join)


def others(text: str) -> set[str]:
    return {other.text for found in find_synonyms(text) for other in found.others}


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_synonyms(text)]


def read(line: str) -> dict[str, dict[str, float]]:
    return {word: {other.text: other.weight for other in others} for word, others in read_table(line).items()}


def test_words_of_the_same_meaning_lead_to_each_other() -> None:
    assert read("甲乙 = 丙丁") == {"甲乙": {"丙丁": SAME}, "丙丁": {"甲乙": SAME}}


def test_words_of_near_meaning_weigh_less() -> None:
    table = read("甲乙 = 丙丁 ~ 戊己")

    assert table["甲乙"] == {"丙丁": SAME, "戊己": NEAR}
    assert table["戊己"] == {"甲乙": NEAR, "丙丁": NEAR}


def test_an_arrow_leads_one_way() -> None:
    assert read("甲乙 = 丙丁 > 戊己、庚辛")["丙丁"] == {"甲乙": SAME, "戊己": NARROWER, "庚辛": NARROWER}
    assert "戊己" not in read("甲乙 > 戊己、庚辛")


def test_the_signs_of_an_input_method_and_remarks_are_understood() -> None:
    assert read("甲乙 ＝ 丙丁　～ 戊己 ＃ 说明\n# 说明\n\n") == read("甲乙=丙丁~戊己")


def test_the_stronger_of_two_lines_counts() -> None:
    assert read("甲乙 ~ 丙丁\n甲乙 = 丙丁")["甲乙"] == {"丙丁": SAME}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("甲乙", "至少要两个"),
        ("甲乙 = ", "没有词"),
        ("甲乙 丙丁 = 戊己", "空格"),
        ("甲 = 乙丙", "只有一个字"),
        ("甲乙 = 丙丁 = 甲乙", "两遍"),
        ("甲乙 > 丙丁 > 戊己", "只能有一个"),
    ],
)
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    with pytest.raises(ConfigError, match=f"第 2 行.*{said}"):
        read_table(f"甲乙 = 丙丁\n{line}\n戊己 = 庚辛")


def test_the_everyday_word_leads_to_the_official_one() -> None:
    assert "便民服务中心" in others("服务大厅")
    assert "合法性审查" in others("合法性审核怎么写")


def test_the_longest_entry_counts() -> None:
    assert found("矛盾纠纷调解") == ["矛盾纠纷调解"]


def test_an_entry_is_found_beside_other_words_and_across_blanks() -> None:
    assert found("服务大厅 延时服务") == ["服务大厅", "延时服务"]
    assert found("普 法") == ["普 法"]


@pytest.mark.parametrize("text", ["施工单位", "农村居民", "教学法", "防火墙", "司法制度", "粮食安全", "叙述法"])
def test_characters_that_meet_inside_another_word_are_no_entry(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "entry"), [("网格员们", "网格员"), ("戒毒所", "戒毒"), ("大接访", "接访"), ("信访办理", "信访")]
)
def test_an_entry_with_what_it_is_done_by_is_one(text: str, entry: str) -> None:
    assert found(text) == [entry]


def test_wordings_that_contain_the_typed_word_are_left_out_because_it_finds_them_anyway() -> None:
    assert not any("普法" in other for other in others("普法"))


@given(TEXTS)
def test_entries_are_in_order_and_apart_and_inside_the_text(text: str) -> None:
    spans = [(each.start, each.end) for each in find_synonyms(text)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_other_wordings_differ_from_what_was_typed_and_weigh_less(text: str) -> None:
    for each in find_synonyms(text):
        typed = squeeze(text[each.start : each.end])
        assert each.others
        assert all(squeeze(other.text) != typed and 0 < other.weight < 1 for other in each.others)


@given(TEXTS)
def test_a_query_has_a_bounded_number_of_other_wordings(text: str) -> None:
    assert sum(len(each.others) for each in find_synonyms(text)) <= MOST


def test_every_word_that_leads_to_others_is_found_when_it_is_typed_alone() -> None:
    table = read_table(files("search_app.data").joinpath("synonyms.txt").read_text(encoding="utf-8"))
    leading = [word for word, others in table.items() if any(word not in squeeze(other.text) for other in others)]

    assert len(leading) > 1000
    assert [word for word in leading if found(word) != [word]] == []


def test_no_word_of_the_table_is_so_general_that_it_finds_everything() -> None:
    assert synonym_words().isdisjoint(TOO_GENERAL)
