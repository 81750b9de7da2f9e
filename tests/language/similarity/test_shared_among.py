"""Shared wording among many texts is what is shared by each two of them alone."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.language.similarity.shared_among import SharedAmong
from search_app.language.similarity.shared_wording import Wording, letters, measure_overlap

#: Few letters, so that runs of thirteen come again, and what does not count between them.
_TEXTS = st.lists(st.sampled_from(("甲乙丙丁戊己庚", "子丑寅卯辰巳", "法", "镇", "1", "，", " ")), max_size=14).map(
    "".join
)


@given(st.lists(_TEXTS, min_size=1, max_size=7))
def test_every_pair_shares_as_much_as_it_does_alone(texts: list[str]) -> None:
    among = SharedAmong(texts)

    assert [among.shared(at) for at in range(len(texts))] == [
        [measure_overlap(text, Wording([other])).shared for other in texts] for text in texts
    ]
    assert [among.letters(at) for at in range(len(texts))] == [len(letters(text)) for text in texts]
