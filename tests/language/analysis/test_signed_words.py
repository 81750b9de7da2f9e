"""Signed words: signs belong to the letters and figures that they are written with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.language.analysis.signed_words import cut_signed, find_longest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("调解率100％", ["调解", "率", "100%"]),
        ("500㎡场所", ["500㎡", "场所"]),
        ("１＋３＋N调解", ["1+3+n", "调解"]),
        ("党建+N", ["党建", "+n"]),
        ("12345/110", ["12345/110"]),
        ("37℃", ["37℃"]),
        ("98.5‰", ["98.5‰"]),
        ("普法+调解", ["普法", "调解"]),
        ("乡镇/街道", ["乡镇", "街道"]),
        ("1.5万", ["1.5", "万"]),
        ("5G视频", ["5g", "视频"]),
        ("PM2.5超标", ["pm2.5", "超标"]),
        ("AI助手", ["ai", "助手"]),
    ],
)
def test_signs_beside_letters_and_figures_are_kept_others_part_words(text: str, words: list[str]) -> None:
    assert [token.text for token in find_longest(text)] == words


@given(st.text(st.sampled_from("法律顾问调解100%+/·#㎡Ａn. ，"), max_size=20))
def test_every_word_stands_in_the_text_where_it_says(text: str) -> None:
    assert all(fold(text[token.start : token.end]) == token.text for token in cut_signed(text))
