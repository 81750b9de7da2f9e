"""What other genres say of themselves: no year of a meeting, no town from their text, no 举措."""

from datetime import date

import pytest

from search_app.labelling import label
from search_app.model import Passage, Report
from search_app.parsing import explain, parse
from tests.parsing.reading import lines

MEETING = """云渡镇召开年度依法行政工作推进会
5月6日，澄泗县云渡镇召开2023年依法行政工作推进会，机关干部和各村书记参加。
会议通报了上年法治政府建设情况，要求继续抓好学法、审查和执法公示。
会议强调，各站所要把任务分解到人，年底统一考核。
（来源：云渡镇）
"""
READING = """常务会议题解读：2024年度法治建设情况
澄泗区政府办公室
2024-12-25
第21次常务会上的2024年度法治建设情况议题，解读如下：
一、议题背景
石鼓镇等地全年审查合同120份，区司法局作了梳理。
二、政策依据
根据有关规定和考核办法。
"""


def understood(text: str, **corrections: object) -> tuple[Report, tuple[Passage, ...]]:
    return label(*parse(lines(text), path="a.txt", corrections=corrections))


def test_news_has_no_year_no_headings_and_no_practice() -> None:
    report, passages = understood(MEETING)

    assert (report.kind, report.title, report.year, report.outline) == ("新闻", MEETING.split("\n")[0], None, ())
    assert (report.town, report.county) == ("云渡镇", "澄泗县")
    assert {passage.section for passage in passages} == {"其他"}


def test_a_town_that_others_visit_is_concluded_not_stated() -> None:
    report, _ = understood(
        "县司法局调研组赴云渡镇调研法治工作\n5月6日，县司法局一行赴云渡镇调研。\n会议指出，要抓好落实。"
    )

    assert (report.town, report.place_source, report.place_confidence) == ("云渡镇", "inferred", "low")


def test_an_interpretation_has_the_year_of_its_title_as_concluded_and_no_town_of_its_text() -> None:
    report, passages = understood(READING)

    assert (report.kind, report.town, report.county) == ("政策解读", None, "澄泗区")
    assert (report.year, report.year_confidence) == (2024, "low")
    assert {passage.section for passage in passages if passage.headings} == {"其他"}


@pytest.mark.parametrize(
    ("title", "section"),
    [("云渡镇2023年普法工作总结", "其他"), ("云渡镇2023年依法行政工作总结", "主要举措和成效")],
)
def test_only_accounts_of_the_rule_of_law_state_what_was_done(title: str, section: str) -> None:
    _, passages = understood(
        f"{title}\n现总结如下：\n一、主要做法\n全年办班12期，来的人都说听得懂、用得上，回去就能讲给邻居听。"
    )

    assert passages[-1].section == section


def test_what_a_keeper_states_of_the_kind_wins_and_may_be_the_name_of_a_genre() -> None:
    stated, _ = understood(MEETING, kind="年度报告")
    own, passages = understood(MEETING, kind="信息专报")

    assert (stated.kind, stated.year) == ("法治政府建设年度报告", 2023)
    assert (own.kind, passages[-1].section != "其他") == ("信息专报", True)


def test_a_doubtful_genre_is_said_to_be_one() -> None:
    report, _ = understood("一、概况\n镇里有三座桥，最老的一座建在河湾处，过桥的人都要歇一歇脚。")

    assert [warning for warning in report.warnings if "文种" in warning] == ["文种“其他文件”是推定的，请核对"]


def test_the_genre_is_explained_with_how_far_it_can_be_relied_on() -> None:
    evidence = {each.field: each for each in explain(lines(MEETING), path="a.txt")}

    assert (evidence["kind"].value, evidence["kind"].confidence) == ("新闻", "high")
    assert "标题讲一件事（“召开”）" in evidence["kind"].text


def test_of_news_nobody_is_told_that_headings_or_a_town_are_missing() -> None:
    report, _ = understood("全县法治建设推进会召开\n5月6日，全县法治建设推进会召开。\n会议强调，要抓落实。")

    assert report.warnings == ()


def test_an_untitled_letter_that_never_speaks_of_law_gets_no_year_from_its_date() -> None:
    found, _ = parse(lines("村民朋友们：\n请大家防火防盗。\n鹭洲镇人民政府\n2024年3月1日"), path="a.txt")

    assert (found.year, found.issued) == (None, date(2024, 3, 1))
