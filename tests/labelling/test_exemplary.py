"""Exemplary practice: concrete passages pass the floor with true reasons, boilerplate and plans do not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.engines.base import EXEMPLARY_FLOOR
from search_app.labelling.exemplary import rate

CONCRETE = (
    "打造“老槐树下议事角”，由村支书、老党员和法律明白人每周三轮流坐班，先听诉求、再讲法理、后签协议，"
    "全年化解邻里纠纷63件，调解成功率98.4%，做法在全县推广。"
)
EMPTY = (
    "高度重视法治政府建设工作，坚持以习近平法治思想为指导，进一步加强组织领导，不断提高依法行政水平，"
    "切实增强责任意识，营造良好法治氛围。"
)
DONE = "主要举措和成效"


def test_a_concrete_practice_passes_the_floor() -> None:
    assert rate(CONCRETE, DONE).score >= EXEMPLARY_FLOOR


def test_boilerplate_stays_far_below_the_floor() -> None:
    assert rate(EMPTY, DONE).score < EXEMPLARY_FLOOR / 2


def test_a_plan_is_no_practice_yet_however_concrete() -> None:
    rated = rate(CONCRETE, "下年度安排")

    assert rated.score < EXEMPLARY_FLOOR
    assert rated.reasons[-1] == "属于下年度安排，还没有做"


def test_a_slogan_in_quotes_is_no_practice_of_its_own() -> None:
    reasons = rate("坚持新时代“枫桥经验”，落实“谁执法谁普法”，推进“放管服”改革。", DONE).reasons

    assert not any(reason.startswith("有自己的名称") for reason in reasons)


def test_every_reason_quotes_the_passage() -> None:
    for reason in rate(CONCRETE, DONE).reasons:
        for words in reason.partition("：")[2].replace("；", "、").split("、"):
            assert words in CONCRETE


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_the_score_is_between_0_and_100_for_any_text(text: str) -> None:
    assert 0 <= rate(text, DONE).score <= 100


@pytest.mark.parametrize(
    "text",
    [
        "全镇法律顾问覆盖率达100%，视频留存率为零。",
        "审查平均用时2.5个工作日，群众满意率由78.5%提高到89%，投诉下降12个百分点。",
        "推行先讲险情、再讲责任、后讲预案的办法，由网格员每周上门，2.组织演练3场次，接待群众65人次。",
    ],
)
def test_every_reason_quotes_whole_words_of_the_passage(text: str) -> None:
    rated = rate(text, "主要举措和成效")

    quoted = [word for reason in rated.reasons for word in re.split("[、；]", reason.split("：", 1)[1])]
    bare = text.replace("、", "")
    assert quoted
    assert all(word.strip("“”") in bare or word in text for word in quoted)
    assert not any(re.search(r"\d$|^率|个$", word) for word in quoted)


def test_a_score_never_stands_without_a_reason() -> None:
    for text in ("逐案梳理，定期回访，限时办结。", "做了一些工作。", "值守电话24小时开通。"):
        rated = rate(text, "主要举措和成效")

        assert rated.reasons or rated.score == 0
