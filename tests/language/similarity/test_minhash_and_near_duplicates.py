"""Resemblance: near-copies join, different passages stay apart, whatever came first and however it came."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from search_app.language import SIGNATURE_BYTES, find_clusters, minhash, update_clusters
from search_app.language import minhash_all as signatures_of
from search_app.language.similarity import near_duplicates
from search_app.language.similarity.near_duplicates import THRESHOLD

BASE = "坚持把矛盾纠纷排查化解作为基层治理的重点，组织村居干部每周排查一次，全年排查纠纷126件，化解124件。"
CHANGED = BASE.replace("126", "131").replace("124", "129").replace("每周", "每月")
OTHER = "聘请专职律师担任常年法律顾问，对重大行政决策和合同逐件审查，出具书面意见，从源头减少行政争议。"


def signatures(*texts: str) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(map(minhash, texts)), dtype=np.uint8).reshape(-1, SIGNATURE_BYTES)


def together(*texts: str) -> bool:
    return len(set(find_clusters(signatures(*texts)).tolist())) == 1


def test_a_passage_with_other_figures_and_a_changed_word_is_nearly_the_same() -> None:
    assert together(BASE, CHANGED)


def test_figures_may_differ_in_length_and_be_written_in_words() -> None:
    assert together(BASE, BASE.replace("126", "1126").replace("124", "九").replace("一次", "三次"))


def test_passages_about_different_things_stay_apart() -> None:
    assert not together(BASE, OTHER)


def test_sharing_one_sentence_of_several_is_not_nearly_the_same() -> None:
    assert not together(BASE, BASE[:30] + OTHER)


def test_half_the_wording_of_another_passage_is_not_nearly_the_same() -> None:
    half = len(BASE) // 2

    assert not together(BASE, BASE[:half] + OTHER[:half])


@given(st.text(max_size=30))
def test_equal_texts_always_share_a_cluster(text: str) -> None:
    assert together(text, text)


#: Few values per byte, and the second half of most signatures alike, so that many are near each other.
_NEARLY = arrays(np.uint8, st.tuples(st.integers(0, 25), st.just(SIGNATURE_BYTES)), elements=st.integers(0, 2)).map(
    lambda made: np.where(np.arange(SIGNATURE_BYTES) % 4 == 0, made, made[:, :1] // 2)
)


@given(_NEARLY)
def test_every_passage_resembles_its_leader_and_a_leader_leads_itself(
    found: NDArray[np.uint8],
) -> None:
    leaders = find_clusters(found)

    assert all(leaders[leader] == leader for leader in leaders)
    assert all((found[at] == found[leader]).mean() >= THRESHOLD for at, leader in enumerate(leaders))


@given(_NEARLY, st.randoms())
def test_the_order_of_passages_plays_no_part(found: NDArray[np.uint8], chance: Random) -> None:
    order = list(range(len(found)))
    chance.shuffle(order)

    leaders, shuffled = find_clusters(found), find_clusters(found[order])

    assert all((found[leaders[old]] == found[order][shuffled[new]]).all() for new, old in enumerate(order))


@given(_NEARLY, _NEARLY, st.data())
def test_clusters_repaired_after_a_change_are_those_made_anew(
    before: NDArray[np.uint8], more: NDArray[np.uint8], data: st.DataObject
) -> None:
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(before), max_size=len(before))), dtype=np.bool_)
    after = np.concatenate([before[kept], more])
    now = np.where(kept, np.cumsum(kept) - 1, -1)
    leaders = np.append(now[find_clusters(before)[kept]], np.full(len(more), -1))

    repaired, anew = update_clusters(after, leaders), find_clusters(after)

    assert (after[repaired] == after[anew]).all()
    assert len(set(repaired.tolist())) == len(set(anew.tolist()))


@given(_NEARLY, _NEARLY)
def test_passages_in_crowds_cluster_as_those_compared_each_with_each(
    some: NDArray[np.uint8], more: NDArray[np.uint8]
) -> None:
    found = np.concatenate([some, more])
    leaders = find_clusters(found)

    with pytest.MonkeyPatch.context() as patched:
        for most in (1, 3, 1000):
            patched.setattr(near_duplicates, "_CROWD", most)
            assert find_clusters(found).tolist() == leaders.tolist()


def test_signatures_of_several_texts_are_those_of_each_alone() -> None:
    texts = (BASE, "短", "", OTHER, "一二三")

    assert signatures_of(texts) == [minhash(text) for text in texts]
