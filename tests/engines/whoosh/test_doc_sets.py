"""Document sets do what plain sets do, in whichever form they hold their documents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.whoosh.segments import doc_sets
from search_app.engines.whoosh.segments.doc_sets import DocSet

_SIZE = 40
_some = st.frozensets(st.integers(0, _SIZE - 1))
#: All documents few, as shipped, none few: every form meets every other.
_few = st.sampled_from((0, doc_sets.FEW, 10**9))


def held(docs: frozenset[int], few: int, *, as_mask: bool) -> DocSet:
    """Return a set made in one of the ways there are."""
    numbers = np.array(sorted(docs), dtype=np.intp)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doc_sets, "FEW", few)
        if as_mask:
            return DocSet.of_mask(doc_sets.spread(numbers, _SIZE))
        return DocSet.of_docs(np.repeat(numbers, 2), _SIZE)


sets = st.builds(lambda docs, few, as_mask: (docs, held(docs, few, as_mask=as_mask)), _some, _few, st.booleans())


@given(sets, sets, _few)
def test_they_are_joined_cut_and_turned_round_as_plain_sets_are(
    one: tuple[frozenset[int], DocSet], other: tuple[frozenset[int], DocSet], few: int
) -> None:
    (plain, docs), (others, further) = one, other
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doc_sets, "FEW", few)
        made = {
            plain: docs,
            plain & others: docs & further,
            plain | others: docs | further,
            frozenset(range(_SIZE)) - plain: ~docs,
            plain - others: docs.only(~further.among(docs.docs)),
        }

    for expected, found in made.items():
        assert found.docs.tolist() == sorted(expected)
        assert np.flatnonzero(found.mask).tolist() == sorted(expected)
        assert (len(found), bool(found)) == (len(expected), bool(expected))


@given(sets, _some, _few, st.integers(0, 9))
def test_they_tell_which_documents_are_among_them_and_add_to_the_numbers_of_these(
    one: tuple[frozenset[int], DocSet], asked: frozenset[int], few: int, number: int
) -> None:
    plain, docs = one
    numbers = np.zeros(_SIZE, dtype=np.uint16)
    docs.add_to(numbers, number)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doc_sets, "FEW", few)
        among = docs.among(np.array(sorted(asked), dtype=np.intp))

    assert among.tolist() == [doc in plain for doc in sorted(asked)]
    assert numbers.tolist() == [number if doc in plain else 0 for doc in range(_SIZE)]


def test_what_is_made_of_sets_leaves_them_as_they_are() -> None:
    few, many = held(frozenset({3}), 0, as_mask=False), held(frozenset({3, 5}), 10**9, as_mask=True)

    _ = few | many, many | many, few & many, ~many

    assert (few.docs.tolist(), many.docs.tolist()) == ([3], [3, 5])
