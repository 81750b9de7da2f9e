"""Suggestions over the sample corpus: two or three characters offer a phrase, and whatever is offered is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.searching import Request, phrases_of, search, suggest

CORPUS = Path(__file__).parents[2] / "corpus"
#: Of the phrases of the sample corpus, so many are among the ten offered when their first two or three characters are
#: typed; measured 1.0.
OFFERED = 0.97
#: Every so many phrases are typed.
EVERY = 4


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index = tmp_path_factory.mktemp("suggested") / "index"
    found = open_engine(index)
    update(found, CORPUS, index=index)
    yield found
    found.close()


def offered(engine: Engine, typed: str) -> list[str]:
    return [each.text for each in suggest(engine, typed)]


def test_two_or_three_characters_offer_a_phrase(engine: Engine) -> None:
    phrases = sorted(phrases_of(engine).estimated)[::EVERY]
    found = [any(phrase in offered(engine, phrase[:typed]) for typed in (2, 3)) for phrase in phrases]

    assert len(phrases) > 100
    assert sum(found) / len(found) >= OFFERED


def test_whatever_is_offered_is_found(engine: Engine) -> None:
    typed = {phrase[:2] for phrase in sorted(phrases_of(engine).estimated)[:: EVERY * 4]}
    several = {f"普法 {start}" for start in sorted(typed)[::4]}
    suggested = {each for text in typed | several for each in suggest(engine, text) if each.kind == "常用说法"}

    assert len(suggested) > 50
    assert not [each.text for each in suggested if each.count < 1]
    assert not [each.text for each in suggested if not search(engine, Request(text=each.text, size=1)).hits]


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("执法全", "执法全过程记录"),
        ("首违", "首违不罚"),
        ("板凳", "板凳说事会"),
        ("秸秆", "秸秆禁烧"),
        ("调解成", "调解成功率"),
        ("12345", "12345热线"),
        ("zfqgc", "执法全过程记录"),
        ("shouwei", "首违不罚"),
        ("执法qgc", "执法全过程记录"),
    ],
)
def test_phrases_that_reports_hold_are_continued(engine: Engine, typed: str, phrase: str) -> None:
    assert phrase in offered(engine, typed)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("普法 执法全", "普法 执法全过程记录"), ("乡镇　zfqgc", "乡镇　执法全过程记录"), ("网格 调解成", "网格 调解成功")],
)
def test_the_last_word_is_continued_behind_what_stands_before_it(engine: Engine, typed: str, whole: str) -> None:
    assert whole in offered(engine, typed)


def test_a_last_word_that_is_not_held_along_with_the_others_is_not_offered(engine: Engine) -> None:
    assert "首违不罚" in offered(engine, "首违")
    assert not [each for each in offered(engine, "湿地补偿专窗 首违") if "首违不罚" in each]


def test_what_begins_so_is_ordered_by_how_many_passages_hold_it(engine: Engine) -> None:
    counts = [each.count for each in suggest(engine, "合同") if each.text.startswith("合同")]

    assert len(counts) > 2
    assert counts == sorted(counts, reverse=True)


def test_no_amounts_of_things_are_offered(engine: Engine) -> None:
    phrases = phrases_of(engine).estimated

    assert not [phrase for phrase in phrases if any(char.isdigit() for char in phrase) and "12345" not in phrase]


def test_a_word_of_the_field_is_offered_though_quotes_stand_in_it(engine: Engine) -> None:
    assert "八五普法" in offered(engine, "八五")


def test_what_stands_in_quotes_again_and_again_is_offered_whatever_words_it_is_of(engine: Engine) -> None:
    assert "谁执法谁普法" in offered(engine, "谁执")
    assert "政策翻译官" in offered(engine, "政策翻")


def test_a_year_and_a_place_before_the_last_word_are_understood_as_the_search_does(engine: Engine) -> None:
    year = {each.text: each.count for each in suggest(engine, "2023 信访")}
    place = [each.text for each in suggest(engine, "枕河区 法律") if each.text.startswith("枕河区 ")]

    assert place
    assert year["2023 信访事项"] == search(engine, Request(text="2023 信访事项", also=False)).found.total


def test_what_says_a_word_before_it_again_is_not_offered(engine: Engine) -> None:
    assert "调解成功率" in offered(engine, "调解 成功")
    assert not [each for each in offered(engine, "调解 成功") if each.startswith("调解 ") and each.count("调解") > 1]


def test_places_of_which_the_text_is_a_small_piece_come_after_what_begins_with_it(engine: Engine) -> None:
    found = offered(engine, "河")
    begins = [each.startswith("河") for each in found]

    assert any(begins)
    assert not all(begins)
    assert begins == sorted(begins, reverse=True)


def test_a_topic_of_which_the_text_is_half_comes_first(engine: Engine) -> None:
    assert offered(engine, "执法")[0] == "行政执法"


def test_the_beginning_of_a_phrase_is_not_offered_where_nearly_all_go_on_with_it(engine: Engine) -> None:
    assert "重大行政决策" in offered(engine, "重大行")
    assert "重大行政" not in offered(engine, "重大行")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("章节:不", "章节:不足和原因"),
        ("普法 镇：月牙", "普法 镇：月牙渡镇"),
        ("年:20", "年:2023"),
        ("主题:", "主题:普法宣传"),
    ],
)
def test_behind_a_field_its_values_are_offered(engine: Engine, typed: str, whole: str) -> None:
    assert ("限定", whole) in [(each.kind, each.text) for each in suggest(engine, typed)]


def test_figures_that_begin_a_year_offer_it(engine: Engine) -> None:
    assert ("年度", "2023") in [(each.kind, each.text) for each in suggest(engine, "202")]


def test_no_clause_is_taken_for_a_phrase(engine: Engine) -> None:
    assert not [each for each in phrases_of(engine).estimated if "更加" in each or "进一步" in each]
