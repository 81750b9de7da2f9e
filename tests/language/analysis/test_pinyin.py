"""Pinyin: every character has its syllable, and words are read as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.analysis.pinyin import blur, loosen, to_initials, to_letters, to_syllables

TEXTS = st.text(alphabet="法治政府重大复调解查长银行佛律师12ab ，", max_size=12) | st.text(max_size=8)


@given(TEXTS)
def test_there_is_a_syllable_for_each_character(text: str) -> None:
    assert len(to_syllables(text)) == len(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, codec="gb2312"), max_size=8))
def test_every_common_character_is_read_in_letters(text: str) -> None:
    assert all(syllable.isascii() and syllable.isalpha() for syllable in to_syllables(text))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("调解", "tiao jie"),
        ("调查", "diao cha"),
        ("矛调中心", "mao tiao zhong xin"),
        ("重大", "zhong da"),
        ("重复", "chong fu"),
        ("三重一大", "san zhong yi da"),
        ("银行", "yin hang"),
        ("率先", "shuai xian"),
        ("成功率", "cheng gong lv"),
        ("千佛镇", "qian fo zhen"),
        ("重庆", "chong qing"),
    ],
)
def test_characters_with_several_readings_are_read_as_their_word_wants(word: str, said: str) -> None:
    assert " ".join(to_syllables(word)) == said


def test_initials_are_one_letter_for_each_character() -> None:
    assert to_initials("政务公开") == "zwgk"


def test_what_is_typed_and_what_is_read_meet_whatever_stands_for_the_dotted_u() -> None:
    assert to_letters("法律") == loosen("falv") == loosen("fa'lü") == loosen("fa lu")


def test_sounds_that_dialects_do_not_tell_apart_are_one() -> None:
    assert blur("zhi yuan") == blur("zi yuan")
    assert blur("xin fang") == blur("xing fan")
    assert blur("nian") == blur("lian")
