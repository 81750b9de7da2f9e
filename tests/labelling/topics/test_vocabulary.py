"""Terms of many texts at once: the same as those of each text by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.labelling.topics.vocabulary import Vocabulary

ROWS = {term: row for row, term in enumerate(("调解", "解员", "调解员", "人民调解", "民调", "𠮷了", "解解解"), start=1)}
TEXTS = st.lists(st.text(alphabet="人民调解员了𠮷\n。\ud800x", max_size=12), max_size=6)


@settings(max_examples=200, deadline=None)
@given(texts=TEXTS)
def test_terms_found_together_are_those_found_one_by_one(texts: list[str]) -> None:
    vocabulary = Vocabulary(ROWS)

    found = vocabulary.found(texts)

    pairs = list(zip(found.texts.tolist(), found.rows.tolist(), strict=True))
    assert pairs == sorted({(at, 0) for at in range(len(texts))} | expected(vocabulary, texts))
    assert [pairs[start] for start in found.starts.tolist()] == [(at, 0) for at in range(len(texts))]


def expected(vocabulary: Vocabulary, texts: list[str]) -> set[tuple[int, int]]:
    assert all(vocabulary.of(text) == {term for term in ROWS if term in text} for text in texts)
    return {(at, ROWS[term]) for at, text in enumerate(texts) for term in vocabulary.of(text)}


def test_the_terms_of_a_whole_are_those_of_its_parts_each_once() -> None:
    found = Vocabulary(ROWS).found(["调解", "调解员", "人民", "解员"])

    wholes = found.gathered([0, 0, 1, 1])

    assert list(zip(wholes.texts.tolist(), wholes.rows.tolist(), strict=True)) == [
        (0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 2),
    ]  # fmt: skip
