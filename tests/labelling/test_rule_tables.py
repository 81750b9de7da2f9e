"""The tables a clerk may edit: complete, and a mistake in one is named."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.labelling import explain, label
from search_app.labelling.rule_patterns import split_by_first_character, write_out
from search_app.labelling.rule_tables import exemplary_rule, section_rules, topic_words
from search_app.model import SECTIONS, Passage, Report
from search_app.parsing import parse
from tests.parsing.reading import lines


def test_the_tables_compile_and_every_section_but_the_opening_has_rules() -> None:
    topic_words(), exemplary_rule()

    assert set(section_rules()) == set(SECTIONS) - {"导语"}


@pytest.mark.parametrize("entry", ["调解(", "调解.{0,4}纠纷", "[调解", "调|解"])
def test_a_mistake_in_a_word_is_named(entry: str) -> None:
    with pytest.raises(ConfigError, match="调"):
        write_out(entry, where="“矛盾化解”")


def test_an_entry_stands_for_all_that_its_brackets_say() -> None:
    assert write_out("执法(人员|队)?[甲乙]", where="") == (
        "执法人员甲", "执法人员乙", "执法队甲", "执法队乙", "执法甲", "执法乙",
    )  # fmt: skip


ENTRIES = (
    "(甲|乙丙)?丁",
    "(甲|乙(丙|丁)?)[丙丁]",
    "[甲乙]丙|丁",
    "\\d+甲",
    "\\d{1,3}(甲|乙)",
    "(甲|\\d+)乙",
    "甲(?!乙)",
    "(?:甲|乙)丙",
    "[(甲]丙",
)


@settings(max_examples=200, deadline=None)
@given(entry=st.sampled_from(ENTRIES), text=st.text(alphabet="甲乙丙丁(3８", max_size=12))
def test_an_entry_parted_by_its_first_character_finds_the_same(entry: str, text: str) -> None:
    parted = "|".join(split_by_first_character(entry))

    found = [one.span() for one in re.finditer(parted, text)]

    assert found == [one.span() for one in re.finditer(entry, text)]


def understood(text: str) -> tuple[Report, tuple[Passage, ...]]:
    return label(*parse(lines(text), path="a.txt"))


def test_labels_can_be_explained_by_words_of_the_passage() -> None:
    report, passages = understood("一、主要举措\n全年调解矛盾纠纷12件，法律顾问审查合同3份。")

    (why,) = explain(report, passages)

    assert why.topics["法律顾问"][0] == "法律顾问"
    assert (why.section, why.section_from) == ("主要举措和成效", "一、主要举措")


def test_labels_can_be_explained_by_the_heading_above() -> None:
    report, passages = understood(
        "一、主要举措\n（一）加强普法宣传\n在集市上摆摊设点，与群众面对面，一年里办了十二场。"
    )

    (why,) = explain(report, passages)

    assert (passages[0].topics, why.headings) == (("普法宣传",), {"普法宣传": ("普法", "宣传")})


def test_a_list_of_short_items_has_the_topics_of_each() -> None:
    _, passages = understood(
        "一、举措\n依法履职，有序推进各项工作。\n二、存在问题\n（一）执法案卷制作不够规范。\n（二）法律顾问参与面不广。\n（三）防汛演练次数偏少。"
    )

    assert {"行政执法", "法律顾问", "应急管理"} <= {topic for passage in passages for topic in passage.topics}


def test_traditional_characters_are_labelled_like_simplified_ones() -> None:
    _, passages = understood("一、主要舉措\n全年調解矛盾糾紛12件，成功11件，群眾滿意。")

    assert passages[0].topics == ("矛盾化解",)
