"""Debris: what belongs to the page goes aside, what is a sentence of the report stays."""

from datetime import date

import pytest

from search_app.parsing import parse
from tests.parsing.reading import lines


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("全年化解矛盾 <script> 与 </script> 三十件，效果明显。", True),
        ("首页 > 政务公开 > 法治政府建设", False),
        ("扫一扫在手机打开当前页", False),
        ("主办单位：某县人民政府", False),
    ],
)
def test_only_what_is_no_sentence_is_taken_for_the_page_around_the_report(line: str, kept: bool) -> None:
    _, passages = parse(lines(f"云栖岭镇2023年法治政府建设年度报告\n一、主要举措\n{line}\n做了工作。"), path="a.txt")

    assert any(line[:8] in passage.text for passage in passages) == kept


def test_a_title_that_a_correction_gives_is_not_missed() -> None:
    report, _ = parse(lines("一、主要举措\n做了工作。"), path="a.txt", corrections={"title": "云栖岭镇报告"})

    assert report.title == "云栖岭镇报告"
    assert "未找到标题" not in report.warnings


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("石岭镇人民政府\n石岭镇2023年法治政府建设年度报告", "石岭镇2023年法治政府建设年度报告"),
        ("石岭镇人民政府\n2023年法治政府建设年度报告", "石岭镇人民政府2023年法治政府建设年度报告"),
        ("石岭镇人民政府\n关于2023年法治政府建设情况的报告", "石岭镇人民政府关于2023年法治政府建设情况的报告"),
    ],
)
def test_an_issuer_above_a_title_that_names_the_town_itself_is_no_part_of_it(head: str, title: str) -> None:
    report, _ = parse(lines(f"{head}\n一、主要举措\n做了工作。"), path="a.txt")

    assert report.title == title


def test_a_line_of_day_and_hour_below_the_title_is_metadata() -> None:
    text = "石岭镇2023年法治政府建设年度报告\n2024-01-20 09:12 石岭镇人民政府 打印\n一、主要举措\n做了工作。"

    report, _ = parse(lines(text), path="a.txt")

    assert report.issued == date(2024, 1, 20)


def test_a_page_on_open_government_without_a_title_is_told_by_its_opening() -> None:
    text = "根据《中华人民共和国政府信息公开条例》第五十条编制本年度报告。\n一、总体情况\n我街道主动公开信息。"

    assert parse(lines(text), path="a.txt")[0].kind == "政府信息公开年报"


def test_the_name_of_a_part_in_the_body_is_no_title() -> None:
    long = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况。"
    text = f"2023年，我镇推进法治建设。\n主要工作\n{long}\n存在的困难和问题\n{long}\n下步工作计划\n{long}"

    report, _ = parse(lines(text), path="a.txt")

    assert (report.title, [entry.level for entry in report.outline]) == (None, [1, 1, 1])


def test_lines_of_contacts_below_the_report_are_no_passage_of_it() -> None:
    foot = "联系人：李某某\n联系电话：0000-1234567\n通讯地址：鹭洲镇街道1号\n邮编：000000\n电子邮箱：a@example.invalid"

    _, passages = parse(lines(f"鹭洲镇2023年度报告\n一、主要举措\n更新执法记录仪八台。\n{foot}"), path="a.txt")

    assert [passage.text for passage in passages] == ["更新执法记录仪八台。"]


@pytest.mark.parametrize("number", ["", "2、"])
def test_a_second_report_in_the_file_is_warned_of(number: str) -> None:
    first = "鹭洲镇2022年法治政府建设工作总结\n一、主要工作\n（一）普法。办讲座八场。"
    second = f"{number}白石镇2023年法治政府建设工作总结\n一、主要工作\n（一）调解。化解纠纷九十件。"

    report, _ = parse(lines(f"{first}\n{second}"), path="a.txt")

    warned = next(warning for warning in report.warnings if "别的报告" in warning)
    assert "白石镇2023年法治政府建设工作总结" in warned
    assert report.town == "鹭洲镇"


def test_titles_of_related_pages_below_a_report_are_no_second_report() -> None:
    first = "鹭洲镇2022年法治政府建设工作总结\n一、主要工作\n（一）普法。办讲座八场。"
    related = "鹭洲镇2021年法治政府建设工作总结\n鹭洲镇2020年法治政府建设工作总结"

    report, _ = parse(lines(f"{first}\n{related}"), path="a.txt")

    assert not any("别的报告" in warning for warning in report.warnings)


def test_a_text_without_one_han_character_is_warned_of() -> None:
    found = [parse(lines(text), path="a.txt")[0] for text in ("~{TFF:Ur~}2023~{Dj7(VNU~}", "Annual report 鹭洲镇")]

    assert [any("没有汉字" in warning for warning in report.warnings) for report in found] == [True, False]


def test_a_title_in_the_marks_of_one_is_the_title() -> None:
    report, _ = parse(lines("《鹭洲镇2023年法治政府建设年度报告》\n一、主要举措\n做了工作。"), path="a.txt")

    assert report.title == "鹭洲镇2023年法治政府建设年度报告"


@pytest.mark.parametrize(
    "foot",
    [
        "相关链接\n鹭洲镇2022年法治政府建设年度报告\n鹭洲镇2021年法治政府建设年度报告",
        "满意度评价\n您对本页内容是否满意？\n满意 基本满意 不满意",
        "您是第 12345 位访问者\n微信里点“发现”，扫一下二维码便可将本文分享至朋友圈。",
        "隐私声明\n某公安备案 00000000000000号",
    ],
)
def test_what_a_page_adds_below_a_report_is_no_passage_of_it(foot: str) -> None:
    _, passages = parse(lines(f"鹭洲镇2023年法治政府建设年度报告\n一、主要举措\n做了工作。\n{foot}"), path="a.txt")

    assert [passage.text for passage in passages] == ["做了工作。"]
