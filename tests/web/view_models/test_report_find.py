"""Finding in a report: literally what was typed, letters compared as the index compares them, counted in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import BadSearch
from search_app.language import squeeze
from search_app.web.view_models.report_find import MAX_FIND, Finder

TEXTS = st.lists(st.text(st.sampled_from("法治 \u3000Ａa調调,，|\n"), max_size=30), max_size=6)
WANTED = st.text(st.sampled_from("法治 Aａ调，"), min_size=1, max_size=3)


@given(TEXTS, WANTED)
def test_every_place_squeezes_to_what_was_typed_and_no_other_is_left(texts: list[str], wanted: str) -> None:
    finder = Finder(wanted)
    for text in texts:
        before, places = finder.count, finder.find(text)
        pieces = [squeeze(text[start:end]) for start, end in places.ranges]

        assert pieces == [squeeze(wanted)] * (squeeze(text).count(squeeze(wanted)) if finder else 0)
        assert list(places.ranges) == sorted(places.ranges)
        assert (places.first, finder.count) == (before + 1 if finder else 1, before + len(pieces))


@given(TEXTS, WANTED)
def test_leaves_count_what_their_texts_hold(texts: list[str], wanted: str) -> None:
    leaves = [(at // 2 + 1, text) for at, text in enumerate(texts)]
    counted = Finder(wanted).count_by_leaf(leaves)

    for leaf in {at for at, _ in leaves}:
        finder = Finder(wanted)
        for at, text in leaves:
            if at == leaf:
                finder.find(text)
        assert counted.get(leaf, 0) == finder.count


@pytest.mark.parametrize(("wanted", "text"), [("A4纸", "用Ａ４ 纸"), ("調解", "抓调解"), ("[2024]", "〔2024〕")])
def test_width_case_blanks_and_traditional_writing_make_no_difference(wanted: str, text: str) -> None:
    assert len(Finder(wanted).find(text).ranges) == 1


@pytest.mark.parametrize("wanted", ["", "  ", "|", "||"])
def test_nothing_is_found_where_nothing_is_looked_for(wanted: str) -> None:
    finder = Finder(wanted)

    assert not finder
    assert finder.find("甲 | 乙").ranges == ()
    assert finder.count_by_leaf([(1, "甲 | 乙")]) == {}


def test_what_is_too_long_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadSearch) as refused:
        Finder("字" * (MAX_FIND + 1))

    assert "101" in refused.value.message
    assert "最多 100 个字" in refused.value.hint
