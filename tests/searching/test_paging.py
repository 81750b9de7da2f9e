"""Paging: a page after the last is named, and so is where an answer ends that is larger than what is shown of any."""

import pytest

from search_app.errors import NoSuchPage
from search_app.model import Found
from search_app.query import MAX_WINDOW
from search_app.searching.paging import count_pages


def found(listed: int, *, looked_at: int = 0) -> Found:
    """Return an answer that lists so many passages; ``looked_at`` of a part only."""
    held = looked_at and looked_at + 1
    return Found(
        total=listed, reports=1, listed=listed, matches=(), facets={}, generation="", looked_at=looked_at, held=held
    )


def test_a_page_after_the_last_of_a_small_answer_names_its_last_wherever_it_lies() -> None:
    for page in (4, MAX_WINDOW):
        with pytest.raises(NoSuchPage, match="最后一页是第 3 页") as refused:
            count_pages(found(25), page=page, size=10)
        assert refused.value.last == 3


def test_a_page_beyond_what_is_shown_of_any_answer_is_told_so() -> None:
    with pytest.raises(NoSuchPage, match=f"只能翻看前 {MAX_WINDOW} 段，到第 100 页为止，没有第 101 页") as refused:
        count_pages(found(MAX_WINDOW + 1), page=101, size=100)

    assert refused.value.last == 100
    assert "缩小范围" in refused.value.hint
    assert count_pages(found(MAX_WINDOW + 1), page=100, size=100) == 100


def test_an_answer_in_part_may_have_further_pages_but_none_beyond_what_is_shown() -> None:
    assert count_pages(found(25, looked_at=9), page=9, size=10) == 3
    with pytest.raises(NoSuchPage):
        count_pages(found(25, looked_at=9), page=MAX_WINDOW, size=10)
