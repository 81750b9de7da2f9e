"""Of a few documents the same is told as of all, whatever is looked at for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.whoosh.search import character_runs
from search_app.engines.whoosh.search.character_runs import Above, Run, RunAbove
from search_app.engines.whoosh.segments import bigrams, doc_sets
from search_app.engines.whoosh.segments.bigrams import LONGEST

_texts = st.lists(st.text(alphabet="法治12的\U00020000", max_size=12), min_size=1, max_size=9)
_needle = st.text(alphabet="法治12\U00020000", min_size=1, max_size=5)


@contextmanager
def few(factor: int) -> Iterator[None]:
    """Have documents be looked up one by one always (0), or never."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doc_sets, "FEW", factor)
        patched.setattr(character_runs, "LOOKED_UP", factor)
        patched.setattr(bigrams, "_SKIPPED", factor)
        yield


def runs(texts: list[str], needle: str, *, whole: bool) -> tuple[Run, Run]:
    """Return the run in texts that are one document each, and in texts that stand above two."""
    grams = bigrams.gathered(texts)
    above = Above(len(texts), np.arange(2 * len(texts)) // 2, lambda some: (2 * some[:, None] + [0, 1]).reshape(-1))
    located = grams.locate(needle)
    of_texts = Run(grams, needle, located, len(texts), whole=whole)
    return of_texts, RunAbove(grams, needle, located, above, whole=whole)


def times(text: str, needle: str, *, whole: bool) -> int:
    """Return how often characters stand in a text, by looking at every place of it."""
    found = 0
    for at in range(len(text) - len(needle) + 1):
        before, behind = text[:at][-1:], text[at + len(needle) :][:1]
        cut = (needle[0].isdigit() and before.isdigit()) or (needle[-1].isdigit() and behind.isdigit())
        found += text.startswith(needle, at) and not (whole and cut)
    return found


@given(_texts, _needle, st.booleans(), st.sampled_from((0, 16, 10**9)), st.data())
def test_a_run_is_found_counted_and_told_of_some_documents_as_a_look_at_every_text_tells(
    texts: list[str], needle: str, whole: bool, factor: int, data: st.DataObject
) -> None:
    often = [times(text, needle, whole=whole) for text in texts]
    for found, expected in zip(runs(texts, needle, whole=whole), (often, np.repeat(often, 2).tolist()), strict=True):
        asked = np.array(sorted(data.draw(st.sets(st.integers(0, len(expected) - 1)))), dtype=np.intp)
        with few(factor):
            among, counts = found.among(asked), found.count(asked)  # before all places are known

            assert found.find().docs.tolist() == [doc for doc, count in enumerate(expected) if count]
        assert among.tolist() == [expected[doc] > 0 for doc in asked]
        if not whole:  # phrases alone are counted, and they are found as they stand
            assert counts.tolist() == [expected[doc] for doc in asked]
        assert found.bound >= sum(1 for count in expected if count) or isinstance(found, RunAbove)


def test_what_begins_at_the_end_of_a_long_text_does_not_run_into_the_next() -> None:
    texts = ["治" * (LONGEST // 2 - 1) + "法", "治法"]

    (found, _) = runs(texts, "法治", whole=False)

    assert not found.find()
    with few(0):
        assert found.among(np.arange(2)).tolist() == [False, False]
