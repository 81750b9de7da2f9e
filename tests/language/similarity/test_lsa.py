"""Meanings: the table is the one that its passages teach, and near words lie near."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import DIMENSIONS, UNIT, cut_terms, embed, is_known, pack_embedding
from training.learn_meanings import stamp


def cosine(one: str, other: str) -> float:
    first, second = embed(cut_terms(one)), embed(cut_terms(other))
    assert first is not None
    assert second is not None
    return float(first @ second)


def cosine_of(one: list[str], other: list[str]) -> float:
    first, second = embed(one), embed(other)
    assert first is not None
    assert second is not None
    return float(first @ second)


def test_the_table_is_made_from_the_passages_in_training() -> None:
    with files("search_app.data").joinpath("meanings.npz").open("rb") as file, np.load(file) as held:
        made_from = bytes(held["made_from"]).decode("ascii")

    assert made_from == stamp(), "run: python -m training.learn_meanings"


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("征地拆迁", "征收补偿", "政务公开栏"),
        ("便民服务中心窗口", "帮办代办事项", "矛盾纠纷调解"),
        ("法律顾问审查合同", "签约律师出具法律意见", "消防演练"),
        ("信访积案", "领导包案接访", "执法记录仪"),
    ],
)
def test_what_is_said_of_the_same_matter_lies_nearer_than_what_is_not(text: str, near: str, far: str) -> None:
    assert cosine(text, near) > cosine(text, far) + 0.2


@pytest.mark.parametrize(("said", "near"), [("坐过牢的", "安置帮教"), ("拖欠工钱", "农民工欠薪")])
def test_what_people_say_lies_near_what_reports_write_for_it(said: str, near: str) -> None:
    assert cosine(said, near) > cosine(said, "政务公开栏") + 0.2


def test_a_word_that_was_never_learnt_lies_near_those_that_share_a_character() -> None:
    assert not is_known(["唱戏台"])
    assert cosine_of(["唱戏台"], ["戏曲"]) > cosine_of(["唱戏台"], ["合同"]) + 0.2


def test_a_rare_word_says_more_of_a_text_than_a_frequent_one() -> None:
    assert cosine_of(["彩礼", "开展"], ["彩礼"]) > cosine_of(["彩礼", "开展"], ["开展"])


def test_a_text_without_any_known_word_has_no_meaning() -> None:
    assert embed(["qwerty", "之"]) is None
    assert pack_embedding([]) == bytes(DIMENSIONS)


@given(st.lists(st.sampled_from(("调解", "纠纷", "普法", "执法", "公开", "窗口", "无此词语")), max_size=12))
def test_a_packed_meaning_is_of_unit_length_or_nothing(words: list[str]) -> None:
    packed = np.frombuffer(pack_embedding(words), dtype=np.int8).astype(np.float64)

    assert len(packed) == DIMENSIONS
    assert np.linalg.norm(packed) == pytest.approx(UNIT if embed(words) is not None else 0, abs=4)
