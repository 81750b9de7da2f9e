"""Exemplary practice: concrete passages pass the floor with true reasons, boilerplate and plans do not."""

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
    assert rated.reasons == ("属于下年度安排，还没有做",)


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
