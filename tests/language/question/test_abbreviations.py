"""Abbreviations: a short form is told from the first characters of a name's words, and no word is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.question.abbreviations import MOST, find_full_names
from search_app.language.question.synonyms import synonym_words

CHARACTERS = sorted({char for word in synonym_words() for char in word if "一" <= char <= "鿿"})


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("人调委", "人民调解委员会"),
        ("综执队", "综合行政执法队"),
        ("综执队", "综合行政执法大队"),
        ("公法站", "公共法律服务站"),
    ],
)
def test_a_short_form_stands_for_the_name_whose_words_it_begins(short: str, name: str) -> None:
    assert name in find_full_names(short)


@pytest.mark.parametrize(
    "word", ["护林员", "彩礼", "负责人", "板凳会", "法律顾问", "行政", "行政诉讼费用", "行诉", "平安村", "a", ""]
)
def test_a_word_or_a_name_of_its_own_is_short_for_nothing(word: str) -> None:
    assert find_full_names(word) == ()


@given(st.text(CHARACTERS, max_size=5))
def test_every_name_holds_the_short_form_in_order(typed: str) -> None:
    names = find_full_names(typed)

    assert len(names) <= MOST
    for name in names:
        rest = iter(name)
        assert all(char in rest for char in typed)
        assert name[0] == typed[0]
