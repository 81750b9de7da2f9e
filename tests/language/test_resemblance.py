"""Resemblance: near-copies join, different passages stay apart, and the order alone decides who leads."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.language import clusters, signature

BASE = "坚持把矛盾纠纷排查化解作为基层治理的重点，组织村居干部每周排查一次，全年排查纠纷126件，化解124件。"
CHANGED = BASE.replace("126", "131").replace("124", "129").replace("每周", "每月")
OTHER = "聘请专职律师担任常年法律顾问，对重大行政决策和合同逐件审查，出具书面意见，从源头减少行政争议。"


def test_a_passage_with_other_figures_and_a_changed_word_is_nearly_the_same() -> None:
    assert clusters([signature(BASE), signature(CHANGED)]) == [0, 0]


def test_figures_may_differ_in_length_and_be_written_in_words() -> None:
    long = BASE.replace("126", "1126").replace("124", "九").replace("一次", "三次")

    assert clusters([signature(BASE), signature(long)]) == [0, 0]


def test_passages_about_different_things_stay_apart() -> None:
    assert clusters([signature(BASE), signature(OTHER)]) == [0, 1]


def test_sharing_one_sentence_of_several_is_not_nearly_the_same() -> None:
    assert clusters([signature(BASE), signature(BASE[:30] + OTHER)]) == [0, 1]


def test_half_the_wording_of_another_passage_is_not_nearly_the_same() -> None:
    half = len(BASE) // 2

    assert clusters([signature(BASE), signature(BASE[:half] + OTHER[:half])]) == [0, 1]


@given(st.lists(st.sampled_from([BASE, CHANGED, OTHER, "短", "", "镇。"]), max_size=12))
def test_every_passage_joins_an_earlier_leader_or_leads_itself(texts: list[str]) -> None:
    found = clusters([signature(text) for text in texts])

    assert all(leader <= at and found[leader] == leader for at, leader in enumerate(found))


@given(st.text(max_size=30))
def test_equal_texts_always_share_a_cluster(text: str) -> None:
    assert clusters([signature(text), signature(text)]) == [0, 0]
