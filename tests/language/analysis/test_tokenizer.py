"""Words: offsets slice back, every Han character is in some word, index and query are cut alike."""

import os
import re
import stat
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search_app.language import cut_terms, dictionary_version, fold, squeeze, squeeze_with_offsets, tokenize

cutting = import_module("search_app.language.analysis.tokenizer")
CORPUS = Path(__file__).parents[3] / "corpus"
Both: TypeAlias = tuple[Any, Any]

TEXTS = st.text(alphabet=st.sampled_from("法治政府建设调解员纠纷，。 \n28Ａ４aB％镇的𠮷"), max_size=40) | st.text(
    max_size=20
)


@given(TEXTS)
def test_offsets_slice_back_to_the_folded_word(text: str) -> None:
    for token in tokenize(text):
        assert fold(text[token.start : token.end]) == token.text


@given(TEXTS)
def test_words_come_in_order_of_their_start(text: str) -> None:
    starts = [token.start for token in tokenize(text)]

    assert starts == sorted(starts)


@given(TEXTS)
def test_every_common_han_character_is_part_of_some_word(text: str) -> None:
    covered = {at for token in tokenize(text) for at in range(token.start, token.end)}

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
def test_squeezing_gives_the_same_with_places_and_without(text: str) -> None:
    assert squeeze(text) == squeeze_with_offsets(text)[0]


@given(TEXTS)
def test_squeezing_keeps_every_visible_character_with_its_place(text: str) -> None:
    kept, places = squeeze_with_offsets(text)

    assert [fold(text)[place] for place in places] == list(kept)
    assert not any(char.isspace() for char in kept)
    assert len(kept) == sum(not char.isspace() for char in text)


def test_search_mode_gives_the_words_inside_a_long_word() -> None:
    found = [token.text for token in tokenize("人民调解员")]

    assert {"人民", "调解", "调解员"} <= set(found)


def test_words_of_the_domain_dictionary_stay_whole() -> None:
    assert "法律明白人" in [token.text for token in tokenize("培养法律明白人")]


def test_figures_and_letters_are_words_of_their_own() -> None:
    assert [token.text for token in tokenize("12.4调解２８件A4")] == ["12.4", "调解", "28", "件", "a", "4"]


def test_the_dictionary_version_names_jieba_and_the_words_added() -> None:
    assert re.fullmatch(r"r?jieba-\d[\d.]+\+[0-9a-f]{12}", dictionary_version())


#: Runs as jieba is handed them: Han of its dictionary's range, our own words among them.
_OWN_WORDS = cutting._own_words()
#: 乐乐乐 is 乐 and 乐乐 or 乐乐 and 乐, equally likely but for the last digit of a sum.
_TIE = re.compile(r"(.)\1\1")
_RUNS = st.lists(
    st.sampled_from(_OWN_WORDS)
    | st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=4),
    min_size=1,
    max_size=8,
).map("".join)


@pytest.fixture(scope="module")
def both() -> Both:
    return cutting._rjieba()[0], cutting._jieba()[0]


@pytest.mark.skipif(find_spec("rjieba") is None, reason="no wheel of rjieba for this machine")
class TestBothJiebas:
    @settings(max_examples=500, deadline=None)
    @given(run=_RUNS.filter(lambda run: bool(run) and not _TIE.search(run)))
    def test_cut_alike_but_for_ties(self, both: Both, run: str) -> None:
        compiled, plain = both

        assert sorted(map(tuple, compiled.tokenize(run))) == sorted(map(tuple, plain.tokenize(run)))
        assert sorted(compiled.cut(run)) == sorted(plain.cut(run))

    def test_cut_the_sample_corpus_alike(self, both: Both) -> None:
        compiled, plain = both
        texts = (path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.md")))
        runs = [run.group(1) for text in texts for run in cutting._RUN.finditer(fold(text)) if run.group(1)]

        assert runs
        assert [sorted(compiled.cut(run)) for run in runs] == [sorted(plain.cut(run)) for run in runs]

    def test_keep_our_own_words_whole(self, both: Both) -> None:
        assert [word for jieba in both for word in _OWN_WORDS if word not in jieba.cut(word)] == []


def test_plain_jieba_takes_over_where_the_compiled_one_does_not_load() -> None:
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from search_app.language import dictionary_version, cut_terms\n"
        "print(dictionary_version(), *cut_terms('人民调解'))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)

    assert done.stdout.startswith("jieba-")
    assert "调解" in done.stdout


@given(TEXTS)
def test_terms_are_the_words_without_their_places(text: str) -> None:
    assert sorted(cut_terms(text)) == sorted(token.text for token in tokenize(text))


@pytest.mark.skipif(sys.platform == "win32", reason="the mode bits say nothing on Windows")
def test_jiebas_cache_lies_in_a_folder_that_only_this_user_can_write(tmp_path: Path) -> None:
    code = "from search_app.language.analysis import tokenizer; tokenizer._jieba()[0].cut('法治政府')"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)}, timeout=60
    )

    folders = [path.parent for path in tmp_path.rglob("jieba.cache")]
    assert len(folders) == 1
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("95％（不含）", "95%(不含)"),
        ("政发〔2023〕5号", "政发【2023】5号"),
        ("12•4", "12·4"),
        ("矛盾糾紛", "矛盾纠纷"),
        ("徵求意見", "征求意见"),
        ("工作台帐", "工作台账"),
        ("⾒证", "见证"),
        ("二○二三", "二〇二三"),
    ],
)
def test_ways_to_write_the_same_are_one(written: str, same: str) -> None:
    assert fold(written) == fold(same)


@pytest.mark.parametrize(("one", "other"), [("“三室”", "三室"), ("12.4", "12·4"), ("甲,乙", "甲，乙"), ("[1]", "(1)")])
def test_different_signs_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)
