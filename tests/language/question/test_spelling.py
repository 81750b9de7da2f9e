"""Spelling: mistakes are understood, what is right is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.language.question.confusions import Slip
from search_app.language.question.spelling import MAX_LENGTH, MOST, Speller
from tests.language.question.spelling_scoring import SETS, doubted, misspelt, precision, recall, speller

SPELLER = Speller(
    {"调解": 900, "调节": 49, "公开": 300, "政务": 250, "纠纷": 800, "矛盾": 700, "工": 20, "开": 40, "app": 5}
)
#: A little below what ``python -m tests.language.question.spelling_scoring`` prints.
FLOORS = dict(zip(SETS, (0.92, 0.93), strict=True))
TEXTS = st.text(alphabet="矛盾纠纷调节解公工开政务tiaojie '12 镇", max_size=20) | st.text(max_size=MAX_LENGTH + 5)


def meant(text: str) -> list[str]:
    return [correction.text for correction in SPELLER.corrections(text)]


def test_a_word_that_sounds_the_same_is_found() -> None:
    assert meant("工开") == ["公开"]


def test_a_mistake_is_found_inside_a_longer_text() -> None:
    assert meant("政务工开")[0] == "政务公开"
    assert meant("矛盾调节 12月")[0] == "矛盾调解 12月"


def test_several_mistakes_are_mended_together() -> None:
    assert meant("政务工开 矛顿")[0] == "政务公开 矛盾"


@pytest.mark.parametrize("typed", ["maodunjiufen", "maodun jiufen", "mao dun jiu fen", "MAODUN jiufen", "mdjf"])
def test_pinyin_and_initials_become_words(typed: str) -> None:
    assert meant(typed)[0].replace(" ", "") == "矛盾纠纷"


def test_blanks_between_words_stay() -> None:
    assert meant("tiaojie zwgk")[0] == "调解 政务公开"


def test_letters_that_the_index_holds_are_right() -> None:
    assert meant("app") == []


def test_a_word_that_is_held_is_offered_a_far_more_frequent_one_but_not_taken_for_a_mistake() -> None:
    (offered,) = SPELLER.corrections("调节")

    assert (offered.text, offered.slip, offered.sure) == ("调解", Slip.SOUND, False)


def test_a_word_that_is_held_nearly_as_often_is_not_doubted() -> None:
    assert Speller({"调解": 900, "调节": 400}).corrections("调节") == ()


def test_what_no_word_is_like_is_left_alone() -> None:
    assert meant("龘靐") == []


def test_a_word_of_the_genre_is_known_although_the_index_does_not_hold_it() -> None:
    assert meant("菜礼") == ["彩礼"]
    assert meant("彩礼") == []


def test_names_are_right_as_they_are() -> None:
    assert Speller({"公开": 300}, known=["工开镇"]).corrections("工开镇") == ()
    assert Speller({"公开": 300}).corrections("工开镇") != ()


@given(TEXTS)
def test_corrections_are_few_and_each_differs_from_what_was_typed(typed: str) -> None:
    found = SPELLER.corrections(typed)

    assert len(found) <= MOST
    assert fold(typed).strip() not in [each.text for each in found]
    assert len({each.text for each in found}) == len(found)


@given(TEXTS)
def test_a_correction_says_what_it_changed(typed: str) -> None:
    for each in SPELLER.corrections(typed):
        assert each.meant in each.text
        bare = "".join(fold(typed).split()).replace("'", "")
        assert each.typed.replace("'", "") in bare or each.typed in fold(typed)


def test_an_empty_index_doubts_little() -> None:
    assert Speller({}).corrections("政务公开") == ()


@pytest.mark.parametrize("name", SETS)
def test_judged_mistakes_are_understood(name: str) -> None:
    scored = misspelt(name)

    assert recall(scored) >= FLOORS[name]
    assert precision(scored) >= FLOORS[name]


def test_judged_queries_that_are_right_are_not_doubted() -> None:
    assert len(doubted()) <= 2


def test_a_speller_is_made_from_words_that_are_not_folded_too() -> None:
    assert Speller({"ＡＰＰ": 3}).corrections("app") == ()


def test_scoring_uses_the_words_of_the_sample_corpus() -> None:
    assert speller().corrections("tiaojie")[0].text == "调解"


@pytest.mark.parametrize("typed", ["教人别吸毒", "怎么教人别吸毒", "坝坝宴报备", "人没几个", "网上骂", "评干部"])
def test_what_is_said_so_in_everyday_speech_is_no_slip(typed: str) -> None:
    assert speller().corrections(typed) == ()


def test_a_slip_beside_an_everyday_wording_is_found_all_the_same() -> None:
    assert meant("教人别吸毒 政务工开")[0] == "教人别吸毒 政务公开"


def test_characters_that_changed_places_to_a_word_that_reports_do_not_use_are_found() -> None:
    found = Speller({"合法性": 90, "合法性审查": 80, "审查": 300}).corrections("合法性查审")

    assert [each.text for each in found][:1] == ["合法性审查"]


def test_a_character_that_comes_again_one_further_on_is_left_out() -> None:
    found = Speller({"法律": 90, "法律顾问": 80, "顾问": 30}).corrections("法律法顾问")

    assert [each.text for each in found][:1] == ["法律顾问"]


def test_capital_letters_beside_words_are_a_name_and_no_initials() -> None:
    speller = Speller({"清欠": 60, "群": 10, "调解": 300})

    assert [each.text for each in speller.corrections("tj 清欠")] == ["调解 清欠"]
    assert speller.corrections("TJ 清欠") == ()
    assert [each.text for each in speller.corrections("TJ")] == ["调解"]


@pytest.mark.parametrize(("typed", "meant"), [("执法人员陪训", "执法人员培训"), ("行政职法证考试", "行政执法证考试")])
def test_a_slip_in_the_gap_of_an_everyday_wording_is_found(typed: str, meant: str) -> None:
    held = {"执法人员": 40, "培训": 60, "行政执法证": 20, "考试": 20, "执法": 90}

    assert [each.text for each in Speller(held).corrections(typed)][:1] == [meant]
