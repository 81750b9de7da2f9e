"""Nearest forms: what is written most like a spoken form is taken for it, and what is like none for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.question.everyday import UNSURE, everyday_forms
from search_app.language.question.nearest_forms import FORMS, find_nearest_wordings


@pytest.mark.parametrize(
    ("text", "about"),
    [("钱花得冤", "三公经费"), ("帮写诉状", "代写法律文书"), ("烟囱太矮", "大气污染")],
)
def test_a_saying_that_no_line_has_is_taken_for_the_one_written_most_like_it(text: str, about: str) -> None:
    assert about in {each.text for each in find_nearest_wordings(text)}


@pytest.mark.parametrize("text", ["", "量子纠缠", "宇宙飞船", "xyz", "黄鼠狼给鸡拜年"])
def test_what_is_like_no_form_is_taken_for_none(text: str) -> None:
    assert find_nearest_wordings(text) == ()


def test_a_form_is_nearest_to_itself() -> None:
    sure = [form for form in everyday_forms() if any(each.weight > UNSURE for each in form.officials)]
    words = [(max(form.parts[0], key=len), form) for form in sure[::9] if len(form.parts) == 1]

    assert len(words) > 20
    for word, form in words:
        assert {each.text for each in form.officials if each.weight > UNSURE} <= {
            each.text for each in find_nearest_wordings(word)
        }


@given(st.text(max_size=12))
def test_few_wordings_are_returned_each_once_and_each_is_sure(text: str) -> None:
    found = find_nearest_wordings(text)

    assert len(found) == len(set(found)) <= FORMS * 8
    assert all(each.weight > UNSURE for each in found)
