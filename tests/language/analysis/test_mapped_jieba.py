"""jieba over a mapped dictionary cuts as the jieba does that it was laid out from."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.array_file import ArrayFile, write_arrays
from search_app.language import fold
from search_app.language.analysis import tokenizer as cutting
from search_app.language.analysis.mapped_jieba import MappedJieba

CORPUS = Path(__file__).parent.parent.parent.parent / "corpus"
_RUNS = st.lists(
    st.sampled_from(cutting._own_words())
    | st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=4),
    min_size=1,
    max_size=8,
).map("".join)
#: 乐乐乐 is 乐 and 乐乐 or 乐乐 and 乐, equally likely but for the last digit of a sum.
_TIE = re.compile(r"(.)\1\1")


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> MappedJieba:
    path = tmp_path_factory.mktemp("dictionary") / "arrays"
    told, arrays = cutting.lay_out()
    write_arrays(path, arrays, told)
    file = ArrayFile(path)
    return MappedJieba(file, file.meta)


def assert_alike(mapped: MappedJieba, run: str) -> None:
    """Hold all four ways to cut against the jieba that is loaded."""
    loaded = cutting._loaded()
    assert sorted(mapped.tokenize(run)) == sorted(map(tuple, loaded.tokenize(run)))
    assert sorted(mapped.cut(run)) == sorted(loaded.cut(run))
    assert sorted(mapped.listed(run)) == sorted(map(tuple, loaded.listed(run)))
    assert mapped.plain(run) == list(loaded.plain(run))


@settings(max_examples=300, deadline=None)
@given(run=_RUNS.filter(lambda run: bool(run) and not _TIE.search(run)))
def test_any_run_is_cut_as_by_the_loaded_jieba(mapped: MappedJieba, run: str) -> None:
    assert_alike(mapped, run)


def test_the_sample_corpus_is_cut_as_by_the_loaded_jieba(mapped: MappedJieba) -> None:
    texts = (path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.md"))[:6])
    runs = [run.group(1) for text in texts for run in cutting._RUN.finditer(fold(text)) if run.group(1)]

    assert len(runs) > 500
    for run in runs:
        assert_alike(mapped, run)


@pytest.mark.parametrize("word", ["进入", "欠薪", "板凳会", "12345", cutting._own_words()[0]])
def test_a_word_is_said_as_often_whether_the_dictionary_lies_prepared_or_not(
    mapped: MappedJieba, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "_mapped", lambda: None)
    read = cutting.how_often_said(word)
    monkeypatch.setattr(cutting, "_mapped", lambda: mapped)

    assert cutting.how_often_said(word) == read


def test_words_of_the_field_and_unknown_ones_are_said_nowhere_else() -> None:
    assert cutting.how_often_said("进入") > cutting.how_often_said("欠薪") > 0
    assert not any(map(cutting.how_often_said, (cutting._own_words()[0], "板凳会", "12345")))
