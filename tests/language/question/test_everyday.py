"""Everyday wordings: the table is read as a clerk writes it, and leads from how people talk to what reports write."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.language import squeeze, tokenize
from search_app.language.question.everyday import (
    SURE,
    UNSURE,
    EverydayForm,
    everyday_words,
    find_everyday,
    read_everyday,
)
from search_app.language.question.synonyms import read_table

PROJECT = Path(__file__).parents[3]
TABLE = files("search_app.data").joinpath("everyday.txt").read_text(encoding="utf-8")
#: Where reports, or texts written in their manner, stand.
WRITTEN = ("corpus", "training", "tests/judged", "tests/language/question")
TEXTS = st.lists(st.sampled_from(sorted(everyday_words())) | st.text(max_size=4), max_size=6).map("".join)


def officials(text: str) -> set[str]:
    folded = squeeze(text)
    return {each.text for span in find_everyday(folded, tokenize(folded)) for each in span.officials}


def found(text: str) -> list[str]:
    folded = squeeze(text)
    return [folded[span.start : span.end] for span in find_everyday(folded, tokenize(folded))]


def forms() -> tuple[EverydayForm, ...]:
    return read_everyday(TABLE)


@cache
def written() -> str:
    paths = sorted(path for folder in WRITTEN for path in (PROJECT / folder).rglob("*"))
    texts = (path.read_bytes().decode("utf-8", "ignore") for path in paths if path.suffix in {".txt", ".md", ".html"})
    return "\n".join(squeeze(re.sub("<[^>]+>", "", text)) for text in texts)


def test_a_line_leads_from_each_form_to_each_wording_of_reports() -> None:
    (form,) = read_everyday("坐过牢、蹲过监狱 > 刑满释放、安置帮教 ~ 特殊人群  # 说明")

    assert form.parts == (("坐过牢", "蹲过监狱"),)
    assert [(each.text, each.weight) for each in form.officials] == [
        ("刑满释放", SURE),
        ("安置帮教", SURE),
        ("特殊人群", UNSURE),
    ]


def test_the_signs_of_an_input_method_are_understood() -> None:
    assert read_everyday("盖／建 ＋ 房 ＞ 违法建设 ～ 违建") == read_everyday("盖/建 + 房 > 违法建设 ~ 违建")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("坐过牢", "一行一个 >"),
        ("坐过牢 > 帮教 > 矫正", "一行一个 >"),
        ("坐过牢、 > 帮教", "没有词"),
        ("贼 > 社会治安", "只有一个字"),
        ("坐过牢 > 帮", "只有一个字"),
        ("坐 过牢 > 帮教", "空格"),
        ("坐过牢 > 帮教、帮教", "两遍"),
        ("甲乙 > 帮教", "第 1 行已经写过"),
    ],
)
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    with pytest.raises(ConfigError, match=f"第 2 行.*{said}"):
        read_everyday(f"甲乙 > 丙丁\n{line}\n")


@pytest.mark.parametrize("text", ["乱盖房子", "房子是违章盖的", "偷着在村口建房", "私自修的楼"])
def test_a_verb_and_its_object_are_one_form_in_any_order_and_with_little_between(text: str) -> None:
    assert "违法建设" in officials(text)


def test_a_verb_far_from_its_object_is_none() -> None:
    assert "违法建设" not in officials("乱停车的人越来越多，村里打算明年再盖房")


def test_a_form_takes_the_whole_of_its_last_word() -> None:
    assert found("偷着盖房子") == ["偷着盖房子"]


@pytest.mark.parametrize("text", ["施工单位", "教学法研究", "人民调解员队伍"])
def test_characters_that_meet_inside_other_words_are_no_form(text: str) -> None:
    assert found(text) == []


def test_what_overlaps_is_one_with_the_wordings_of_both() -> None:
    assert found("讨工钱打官司") == ["讨工钱", "打官司"]
    assert len(found("老板拖欠工钱不给")) == 1


def test_a_form_within_a_longer_one_does_not_stand_for_it() -> None:
    """盖房子 alone asks for 宅基地审批 as well; who says 违章盖房子 does not."""
    (span,) = find_everyday("违章盖房子", tokenize("违章盖房子"))
    weights = {each.text: each.weight for each in span.officials}

    assert weights["违法建设"] == SURE
    assert "农村建房" not in weights


def test_a_form_over_a_gap_has_no_more_than_its_own_characters() -> None:
    table = read_everyday("群众+投诉 > 群众诉求\n打热线+投诉 > 热线工单")
    over, inner = table

    assert over.places_in("群众打热线投诉", 0, 7) == {0, 1, 5, 6}
    assert inner.places_in("群众打热线投诉", 2, 7) == {2, 3, 4, 5, 6}


def test_a_form_in_the_gap_of_another_one_does_not_stand_for_it() -> None:
    """Who types 学法App考试 does not look for whatever an app is called."""
    (span,) = find_everyday("学法app考试", tokenize("学法app考试"))

    assert "学法考试" in {each.text for each in span.officials}
    assert "小程序" not in {each.text for each in span.officials}


def test_what_was_not_done_is_no_form_of_doing_it() -> None:
    assert "违法建设" in officials("没办手续盖的房子给拆了")
    assert "便民服务中心" not in officials("没办手续盖的房子给拆了")
    assert "便民服务中心" in officials("到哪里办手续")


def test_a_line_may_name_a_practice_and_say_what_it_is_about_without_being_sure() -> None:
    (form,) = read_everyday("吹哨报到 > ~ 部门联动、联合执法")

    assert {each.weight for each in form.officials} == {UNSURE}


@pytest.mark.parametrize("line", ["吹哨报到 >", "吹哨报到 > ~", "吹哨报到 > 部门联动、 ~ 联合执法"])
def test_a_line_that_leads_nowhere_is_refused(line: str) -> None:
    with pytest.raises(ConfigError):
        read_everyday(line)


@given(TEXTS)
def test_spans_are_in_order_and_apart_and_inside_the_text(text: str) -> None:
    folded = squeeze(text)
    spans = find_everyday(folded, tokenize(folded))

    assert all(0 <= span.start < span.end <= len(folded) and span.officials for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_every_form_of_one_part_is_found_when_it_is_typed_alone() -> None:
    missing = [word for word in sorted(everyday_words()) if word not in "".join(found(word))]

    assert len(everyday_words()) > 2000
    assert missing == []


def wordings() -> Iterator[str]:
    yield from dict.fromkeys(each.text for form in forms() for each in form.officials)


def test_every_wording_it_leads_to_is_one_that_reports_use() -> None:
    assert [word for word in wordings() if squeeze(word) not in written()] == []


def test_no_form_is_a_wording_that_it_leads_to_elsewhere() -> None:
    """Who types what reports write is not led away from it; the name of a practice is followed by what it is about."""
    official = {squeeze(word) for word in wordings()}
    led_away = {
        word
        for form in forms()
        if len(form.parts) == 1 and any(each.weight > UNSURE for each in form.officials)
        for word in form.parts[0]
        if word in official and not any(word in squeeze(each.text) for each in form.officials)
    }

    assert led_away == set()


def test_no_form_leads_to_what_is_the_same_both_ways_in_the_other_table() -> None:
    """What both tables say of one word is said once, where it is the stronger."""
    synonyms = read_table(files("search_app.data").joinpath("synonyms.txt").read_text(encoding="utf-8"))
    against = {
        word
        for form in forms()
        if len(form.parts) == 1
        for word in form.parts[0]
        if word in synonyms
        and {squeeze(other.text) for other in synonyms[word]} >= {squeeze(each.text) for each in form.officials}
    }

    assert against == set()
