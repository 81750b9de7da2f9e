"""Titles of laws and channels are no matter: what is learnt, or by what means, is not what a passage is about."""

import pytest

from search_app.labelling.topics.classify import without_means


def test_a_law_is_named_no_more_and_a_rule_of_the_town_is() -> None:
    assert (
        without_means("学习《行政复议法》《信访工作条例》，印发《白鹿镇集市管理办法》")
        == "学习《》《》，印发《白鹿镇集市管理办法》"
    )


def test_channels_are_left_out_and_what_is_done_through_them_stays() -> None:
    assert without_means("用公众号、电子屏、宣传栏发布审批信息。") == "发布审批信息。"


@pytest.mark.parametrize("text", ["建成法治宣传栏四处。", "通过，再修宣传栏。", "", "《法"])
def test_what_is_no_means_stays(text: str) -> None:
    assert without_means(text) == text
