"""Completing: what is being typed finds its continuations however far the input method is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.question.completion import Completer

HELD = {
    "矛盾纠纷": 90,
    "矛盾纠纷排查": 40,
    "人民调解": 80,
    "调解员": 30,
    "政务公开": 70,
    "石桥镇": 20,
    "12345热线": 10,
    "调研": 5,
}
COMPLETER = Completer(HELD)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("矛盾", "矛盾纠纷"),
        ("maod", "矛盾纠纷"),
        ("mdjf", "矛盾纠纷"),
        ("矛盾jiuf", "矛盾纠纷"),
        ("矛盾jf", "矛盾纠纷"),
        ("zwgk", "政务公开"),
        ("sqz", "石桥镇"),
        ("123", "12345热线"),
        ("Tiao jie y", "调解员"),
    ],
)
def test_typing_finds_its_continuation(typed: str, first: str) -> None:
    assert COMPLETER.completions(typed)[0] == first


def test_what_begins_with_it_comes_before_what_holds_it() -> None:
    assert COMPLETER.completions("调解") == ("调解员", "人民调解")


def test_of_equal_fit_what_is_held_more_comes_first() -> None:
    assert COMPLETER.completions("矛盾") == ("矛盾纠纷", "矛盾纠纷排查")


def test_nothing_typed_finds_nothing() -> None:
    assert COMPLETER.completions("  ") == ()


@given(st.text(alphabet="矛盾纠纷调解maodunjf ", max_size=8), st.integers(1, 3))
def test_completions_are_candidates_each_once_and_not_too_many(typed: str, limit: int) -> None:
    found = COMPLETER.completions(typed, limit=limit)

    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert set(found) <= HELD.keys()


@given(st.sampled_from(sorted(HELD)), st.data())
def test_any_beginning_finds_its_whole(text: str, data: st.DataObject) -> None:
    typed = text[: data.draw(st.integers(1, len(text)))]

    assert text in COMPLETER.completions(typed)
