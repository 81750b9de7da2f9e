"""Habits of the writers: rarer numbers, half-width marks, short siblings, words that stand before names."""

from datetime import date

import pytest

from search_app.model import Block, Document, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核，结果与评先评优挂钩。"


def report(text: str, path: str = "a.txt") -> Report:
    return parse(lines(text), path=path)[0]


def shape(text: str) -> list[tuple[str, int]]:
    return [(entry.heading, entry.level) for entry in report(text).outline]


def test_numbers_as_on_cheques_are_those_of_the_first_level() -> None:
    found = shape(f"壹、举措\n（一）抓学习\n{LONG}\n贰、不足\n{LONG}\n拾壹、2024年展望\n（一）补人手。{LONG}")

    assert found == [
        ("壹、举措", 1), ("（一）抓学习", 2), ("贰、不足", 1), ("拾壹、2024年展望", 1), ("（一）补人手", 2),
    ]  # fmt: skip


def test_ordinals_that_have_numbers_below_them_are_the_first_level() -> None:
    found = shape(
        f"第一、所做工作\n1.抓决策\n（1）定规矩。{LONG}\n（2）定清单。{LONG}\n2.抓执法\n{LONG}\n第二、差距\n1.人手少。{LONG}\n2.经费少。{LONG}"
    )

    assert [level for _, level in found] == [1, 2, 3, 3, 2, 1, 2, 2]


def test_ordinals_below_other_numbers_stay_inside() -> None:
    found = shape(f"一、举措\n{LONG}\n二、不足\n第一，人手少。{LONG}\n第二，经费少。{LONG}")

    assert [level for _, level in found] == [1, 1, 2, 2]


def test_a_point_typed_for_a_full_stop_ends_a_heading() -> None:
    found = shape(
        "三.差距\n1.案卷不规范.个别人员对程序不熟,审核不严.\n2.台账不齐全.3个村没有建立台账.\n四.措施\n1.对不合格的案卷重新讲评,再考一次."
    )

    assert found == [("三.差距", 1), ("1.案卷不规范", 2), ("2.台账不齐全", 2), ("四.措施", 1)]


def test_siblings_of_three_characters_are_headings_where_all_are() -> None:
    found = shape(f"一、打算\n抓队伍。{LONG}\n抓阵地。{LONG}\n抓考核。{LONG}")

    assert found == [("一、打算", 1), ("抓队伍", 2), ("抓阵地", 2), ("抓考核", 2)]


def test_two_short_sentences_among_others_are_no_headings() -> None:
    assert shape(f"一、打算\n目标明。{LONG}\n其中重点在于继续抓好队伍建设，{LONG}") == [("一、打算", 1)]


@pytest.mark.parametrize("behind", ["_街镇动态_禾川县人民政府", "-政务公开", " | 法治建设 | 禾川县"])
def test_columns_behind_a_page_s_title_are_no_part_of_it(behind: str) -> None:
    title = "石鼓镇2023年法治政府建设情况的报告"
    document = Document(
        format="html", blocks=(Block(text="区政府："), Block(text=LONG)), properties={"title": title + behind}
    )

    assert parse(document, path="a.html")[0].title == title


def test_a_line_of_several_facts_is_no_title() -> None:
    found = report(f"石鼓镇政务公开\n分    类：  综合政务 ; 报告\n石鼓镇2023年法治政府建设情况报告\n一、举措\n{LONG}")

    assert found.title == "石鼓镇2023年法治政府建设情况报告"


def test_what_a_folder_is_called_does_not_grow_into_the_name_of_a_county() -> None:
    found = report(f"一、举措\n{LONG}\n青禾岭乡人民政府", path="旧稿/禾川县青禾岭乡（定稿）.txt")

    assert (found.town, found.county) == ("青禾岭乡", "禾川县")


def test_what_is_handed_in_within_days_is_no_town() -> None:
    found = report(f"青禾岭乡地处三河交汇处，辖九个村。\n抓好公开\n结果五日内报到乡政府公示栏，{LONG}")

    assert found.town == "青禾岭乡"


def test_a_county_whose_bureau_asked_for_the_report_is_known() -> None:
    found = report(f"青禾岭乡辖九个村。根据禾川县司法局通知，现将法治政府建设情况报告如下。\n一、举措\n{LONG}")

    assert found.county == "禾川县"


def test_a_known_county_that_the_opening_mentions_is_the_town_s_own() -> None:
    found = report(f"我镇对照宿松县考核细则逐条自查，现报告如下：\n一、举措\n{LONG}\n石鼓岭镇人民政府\n2023年11月2日")

    assert (found.county, found.year, found.year_source) == ("宿松县", 2023, "issued")


def test_the_year_that_an_inspection_is_about_is_that_of_the_report() -> None:
    found = report(
        "按照<关于开展2022年度依法行政考核的通知>,石鼓镇认真自查,现报告如下:\n一.工作情况\n我镇推进依法行政."
    )

    assert (found.year, found.year_source) == (2022, "inferred")


def test_buttons_in_brackets_belong_to_the_page() -> None:
    found = report(f"石鼓镇2023年法治政府建设报告\n一、举措\n{LONG}\n【我要打印】 【关闭本页】")

    assert found.asides[-1].reason == "网页残留"


def test_a_day_of_november_is_of_the_year_reported_on() -> None:
    found = report("法治政府建设自查报告\n我镇推进依法行政工作。\n石岭镇人民政府\n2023年11月8日")

    assert (found.year, found.issued) == (2023, date(2023, 11, 8))
