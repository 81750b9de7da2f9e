"""Whole words: what the dictionary lacks is put together again, and a letter belongs to the word behind it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import find_whole_words, fold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("网格员走访", ["网格员", "走访"]),
        ("B站普法", ["b站", "普法"]),
        ("e法亭", ["e法亭"]),
        ("a b", ["a", "b"]),
        ("VR普法", ["vr", "普法"]),
    ],
)
def test_what_is_written_as_one_is_one_word(text: str, words: list[str]) -> None:
    assert [token.text for token in find_whole_words(text)] == words


@given(st.text(st.sampled_from("法律站顾问亭一调解5GBe% ，"), max_size=12))
def test_words_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    tokens = find_whole_words(text)

    assert all(fold(text[token.start : token.end]) == token.text for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
