"""Differing: the parts of a text say truly what another one says instead."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.searching.wording_diff import MAX_CHARACTERS, Part, diff_wording

_BITS = ("调解", "矛盾", "纠纷", "42", "38", "件", "，", "。", "望杉镇", "Ａ4", "a4", " ", "\n", "的")
TEXTS = st.lists(st.sampled_from(_BITS), max_size=30).map("".join) | st.text(max_size=30)


def changed(text: str, other: str) -> list[tuple[str, str]]:
    """Return what is said and what is said instead, where it is not the same."""
    return [(part.text, part.instead) for part in diff_wording(text, other) if part.instead is not None]


@given(TEXTS, TEXTS)
def test_the_parts_joined_are_the_one_text_and_with_what_is_said_instead_the_other(text: str, other: str) -> None:
    parts = diff_wording(text, other)

    assert "".join(part.text for part in parts) == text
    assert fold("".join(part.text if part.instead is None else part.instead for part in parts)) == fold(other)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff_wording(text, text) == ((Part(text=text),) if text else ())


@given(TEXTS, TEXTS)
def test_what_is_the_same_and_what_is_not_take_turns(text: str, other: str) -> None:
    same = [part.instead is None for part in diff_wording(text, other)]

    assert all(one != next_ for one, next_ in pairwise(same))


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("全年调解纠纷38件。", "全年调解纠纷42件。", [("38", "42")]),
        ("调解38件，成功率98%。", "调解42件，成功率96%。", [("38", "42"), ("98", "96")]),
        ("聘请法律顾问，审查合同。", "聘请法律顾问。", [("，审查合同", "")]),
        ("聘请法律顾问。", "聘请法律顾问，审查合同。", [("", "，审查合同")]),
        ("组织人民调解员培训。", "组织网格员培训。", [("人民调解员", "网格员")]),
        ("共３８件", "共38件", []),
    ],
)
def test_figures_and_words_differ_as_a_whole(text: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert changed(text, other) == expected


def test_a_character_that_chance_left_the_same_between_two_changes_is_no_rest() -> None:
    assert changed("望杉镇村社会", "白砾乡村中学") == [("望杉镇村社会", "白砾乡村中学")]


def test_of_very_long_texts_clauses_are_compared() -> None:
    clause = "这一项说的是同一件事，"
    long = clause * (MAX_CHARACTERS // len(clause))

    assert changed(f"{long}办结38件。", f"{long}办结42件。") == [("办结38件。", "办结42件。")]
