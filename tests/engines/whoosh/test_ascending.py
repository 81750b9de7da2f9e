"""What is reckoned of ascending numbers without numpy.unique."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.whoosh.segments.ascending import distinct


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_distinct_values_are_those_of_numpy(values: list[int]) -> None:
    array = np.array(sorted(values), dtype=np.uint32)

    assert distinct(array).tolist() == np.unique(array).tolist()
    assert distinct(array).dtype == array.dtype
