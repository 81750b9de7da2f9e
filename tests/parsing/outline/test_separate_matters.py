"""Separate matters: in a part on shortcomings each item of a list is a passage, elsewhere short items stay together."""

import pytest

from search_app.parsing import parse
from tests.parsing.reading import lines

LIST = "一是执法人员只有3名，难以两人同行。二是档案没有专人管理，借阅无登记。三是宣传进厂区少，工人知晓率低。"
PLAN = "下一步，重点做好以下工作：一是再招2名执法人员，保证同行。二是请专人管档案，逐卷登记。三是每月进一次厂区。"


def passages(*paragraphs: str) -> list[str]:
    opening = ("芦花镇2023年度法治政府建设情况报告", "2023年，我镇依法履职，现将情况报告如下：")
    document = lines("\n".join((*opening, *paragraphs)), hard_wrapped=False)
    return [passage.text for passage in parse(document, path="芦花镇.txt")[1]][1:]


@pytest.mark.parametrize(
    "heading", ["二、存在的不足和原因", "二、主要问题", "二、短板与差距", "二、法治政府建设中存在的问题"]
)
def test_items_on_one_line_below_the_name_of_the_part_are_passages_of_their_own(heading: str) -> None:
    assert [text[:2] for text in passages(heading, LIST)] == ["一是", "二是", "三是"]


def test_items_on_lines_of_their_own_are_not_joined_however_short() -> None:
    items = ["一是调解员年纪偏大，接不上班。", "二是经费到账晚，活动常常延期。"]

    assert passages("二、存在的不足", *items) == items


def test_a_list_that_announces_shortcomings_is_parted_without_a_heading_on_them() -> None:
    told = passages("一、工作开展情况", "但与要求相比，仍存在一些短板：" + LIST)

    assert [text[-5:] for text in told] == ["两人同行。", "阅无登记。", "知晓率低。"]


def test_words_above_the_list_stay_with_its_first_item() -> None:
    assert passages("二、存在的不足", "主要有三点：" + LIST)[0].startswith("主要有三点：一是")


def test_what_they_have_in_common_stands_by_itself() -> None:
    told = passages("二、存在的不足", LIST + "究其原因，主要是统筹不够、投入不足。")

    assert told[-1] == "究其原因，主要是统筹不够、投入不足。"


def test_points_on_one_matter_stay_together() -> None:
    told = passages("二、存在的不足", "（一）执法力量薄弱", "一是持证人员少，只有2名。二是车辆老旧，常在半路抛锚。")

    assert len(told) == 1


def test_points_of_a_few_words_stay_together() -> None:
    assert len(passages("二、存在的不足", "一是人手少。二是经费紧。三是路途远。")) == 1


def test_plans_in_a_part_on_both_stay_together_by_the_usual_lengths() -> None:
    told = passages("二、存在问题及下一步打算", PLAN)

    assert len(told) < 3


def test_nothing_of_a_list_is_lost() -> None:
    told = passages("二、存在的不足", LIST + "究其原因，主要是统筹不够、投入不足。")

    assert "".join(told) == LIST + "究其原因，主要是统筹不够、投入不足。"
