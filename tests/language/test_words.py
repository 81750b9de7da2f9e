"""Words: offsets slice back, every Han character is in some word, index and query are cut alike."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search_app.language import dictionary_version, fold, squeeze, words

TEXTS = st.text(alphabet=st.sampled_from("法治政府建设调解员纠纷，。 \n28Ａ４aB％镇的𠮷"), max_size=40) | st.text(
    max_size=20
)


@given(TEXTS)
def test_offsets_slice_back_to_the_folded_word(text: str) -> None:
    for token in words(text):
        assert fold(text[token.start : token.end]) == token.text


@given(TEXTS)
def test_words_come_in_order_of_their_start(text: str) -> None:
    starts = [token.start for token in words(text)]

    assert starts == sorted(starts)


@given(TEXTS)
def test_every_common_han_character_is_part_of_some_word(text: str) -> None:
    covered = {at for token in words(text) for at in range(token.start, token.end)}

    assert {at for at, char in enumerate(text) if "一" <= char <= "鿿"} <= covered


@example("İstanbul ﬁ ß ΑΣ")
@given(TEXTS)
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold(text)

    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(TEXTS, TEXTS)
def test_folding_looks_at_no_neighbour(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_a_radical_folds_to_the_character_it_looks_like() -> None:
    assert fold("⽴法") == "立法"


@given(TEXTS)
def test_squeezing_keeps_every_visible_character_with_its_place(text: str) -> None:
    squeezed, places = squeeze(text)

    assert [fold(text)[place] for place in places] == list(squeezed)
    assert not any(char.isspace() for char in squeezed)
    assert len(squeezed) == sum(not char.isspace() for char in text)


def test_search_mode_gives_the_words_inside_a_long_word() -> None:
    found = [token.text for token in words("人民调解员")]

    assert {"人民", "调解", "调解员"} <= set(found)


def test_words_of_the_domain_dictionary_stay_whole() -> None:
    assert "法律明白人" in [token.text for token in words("培养法律明白人")]


def test_figures_and_letters_are_words_of_their_own() -> None:
    assert [token.text for token in words("12.4调解２８件A4")] == ["12.4", "调解", "28", "件", "a", "4"]


def test_the_dictionary_version_names_jieba_and_the_words_added() -> None:
    assert dictionary_version().startswith("jieba-0.42")


@pytest.mark.skipif(sys.platform == "win32", reason="the mode bits say nothing on Windows")
def test_jiebas_cache_lies_in_a_folder_that_only_this_user_can_write(tmp_path: Path) -> None:
    code = "from search_app.language import words; words('法治政府')"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)}, timeout=60
    )

    folders = [path.parent for path in tmp_path.rglob("jieba.cache")]
    assert len(folders) == 1
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o700
