"""Habits of naming places: how counties and towns stand in names of files, breadcrumbs, signatures and titles."""

from datetime import date

import pytest

from search_app.model import Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核，结果与评先评优挂钩。"


def report(text: str, path: str = "a.txt") -> Report:
    return parse(lines(text), path=path)[0]


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


def test_a_signature_set_with_blanks_names_the_place() -> None:
    found = report(f"法治政府建设报告\n一、举措\n{LONG}\n禾 川 县 石 鼓 镇 人 民 政 府\n2024年1月3日")

    assert (found.county, found.town) == ("禾川县", "石鼓镇")


@pytest.mark.parametrize(
    "text",
    [
        "某县某镇2023年法治政府建设报告",
        "法治政府建设报告\n辖区内人民路、解放街道路整治完成。",
        "法治政府建设报告\n推动资源下沉到乡、服务延伸到村，争创示范镇。",
    ],
)
def test_what_only_looks_like_a_town_is_none(text: str) -> None:
    assert report(f"{text}\n一、举措\n{LONG}").town is None


@pytest.mark.parametrize("path", ["禾川县-石鼓镇-2023.docx", "石鼓镇（禾川县）2023.docx", "01禾川县石鼓镇报告.docx"])
def test_the_county_in_a_file_s_name_is_known_however_it_is_joined(path: str) -> None:
    found = report(f"2023年法治政府建设报告\n一、举措\n{LONG}", path=path)

    assert (found.town, found.county) == ("石鼓镇", "禾川县")


def test_the_county_in_a_breadcrumb_is_known() -> None:
    found = report(f"当前位置：首页 > 禾川县 > 石鼓镇 > 法治建设\n石鼓镇2023年法治政府建设报告\n一、举措\n{LONG}")

    assert found.county == "禾川县"


def test_a_former_official_of_a_county_is_no_county() -> None:
    found = report(f"石鼓镇2023年法治政府建设报告\n一、举措\n邀请时任县委政法委领导授课，{LONG}")

    assert found.county is None


@pytest.mark.parametrize(
    "text",
    [
        "石鼓镇2023年法治政府建设报告\n一、举措\n制定《禾川县石鼓镇重大行政决策程序规定》，抓好落实。",
        "禾川县-石鼓镇-2023年法治政府建设报告\n一、举措",
        "禾川县人民政府石鼓镇办事处2023年法治政府建设报告\n一、举措",
        "中共禾川县石鼓镇委 石鼓镇人民政府关于2023年法治政府建设情况的报告\n一、举措",
    ],
)
def test_a_county_right_before_the_town_s_name_is_its_own(text: str) -> None:
    found = report(text)

    assert (found.town, found.county) == ("石鼓镇", "禾川县")


def test_a_praised_county_before_the_town_s_name_is_no_name() -> None:
    found = report("青禾岭镇2023年法治政府建设报告\n一、举措\n建设“法治示范县青禾岭镇样板”，抓好落实。")

    assert found.county is None


def test_a_town_s_bare_name_above_a_day_is_its_signature() -> None:
    found = report(f"法治政府建设报告\n一、举措\n{LONG}\n石鼓镇\n2024年1月3日")

    assert (found.town, found.issued) == ("石鼓镇", date(2024, 1, 3))


@pytest.mark.parametrize("title", ["乡镇镇长2023年述法报告", "关于我乡2023年法治政府建设情况的报告"])
def test_a_title_that_names_no_town_gives_none(title: str) -> None:
    assert report(f"{title}\n一、举措\n{LONG}").town is None
