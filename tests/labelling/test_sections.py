"""Sections: the words of a heading say what a part is; the year in it only hints."""

import pytest

from search_app.labelling.sections import Role, adapt_to_kind, find_heading_roles, find_sections
from search_app.model import REPORT_KIND, OutlineEntry, Passage, Report


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、2024年主要举措和成效", "主要举措和成效"),
        ("二、2023年推进法治政府建设取得的成绩", "主要举措和成效"),
        ("三、2024年工作措施", "下年度安排"),
        ("三、2024年度推进法治政府建设的主要安排", "下年度安排"),
        ("四、2024年存在的不足和原因", "不足和原因"),
    ],
)
def test_in_a_report_on_2023_a_heading_is_read_by_its_words_before_its_year(heading: str, section: str) -> None:
    role = find_heading_roles((OutlineEntry(heading=heading, level=1),), 2023)[0]

    assert role.section == section


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("三、未完全达标的七项", "不足和原因"),
        ("三、需要改进的地方", "不足和原因"),
        ("五、依法处置土地问题", "主要举措和成效"),
        ("努力方向", "下年度安排"),
        ("四、工作设想", "下年度安排"),
        ("四、下年度主要工作安排", "下年度安排"),
        ("三、其他工作", "主要举措和成效"),
        ("五、有关建议", "其他"),
        ("附件：各村法治工作情况统计", "其他"),
        ("二、落实述法考评制度", "主要举措和成效"),
    ],
)
def test_a_heading_of_the_first_level_is_read_by_its_words(heading: str, section: str) -> None:
    role = find_heading_roles((OutlineEntry(heading=heading, level=1),), None)[0]

    assert role.section == section


def test_after_the_problems_a_heading_with_a_year_is_a_plan_even_where_the_year_reported_on_is_unknown() -> None:
    headings = ("一、主要举措", "二、存在问题", "三、2025年重点工作")

    roles = find_heading_roles(tuple(OutlineEntry(heading=heading, level=1) for heading in headings), None)

    assert [role.section for role in roles] == ["主要举措和成效", "不足和原因", "下年度安排"]


@pytest.mark.parametrize(
    ("kind", "title", "section"),
    [
        ("政策解读", None, "其他"),
        ("工作方案", None, "其他"),
        ("新闻", None, "其他"),
        ("法规文件", None, "其他"),
        ("工作总结", None, "其他"),
        ("政府工作报告", None, "其他"),
        ("其他文件", None, "其他"),
        ("镇里自编的专报", None, "主要举措和成效"),
        ("自查报告", None, "主要举措和成效"),
        ("述法报告", None, "第一责任人履职"),
        (REPORT_KIND, "2024年党委主要负责人履行推进法治建设第一责任人职责情况的报告", "第一责任人履职"),
        (REPORT_KIND, "2024年法治政府建设情况及主要负责人履行第一责任人职责情况的报告", "主要举措和成效"),
    ],
)
def test_what_was_done_is_told_by_the_kind_of_document(kind: str, title: str | None, section: str) -> None:
    given = adapt_to_kind("主要举措和成效", Report(id="", path="", kind=kind, title=title))

    assert given == section


@pytest.mark.parametrize("text", ["以上报告如有不妥，请批评指正。", "特此报告。"])
def test_a_closing_sentence_belongs_to_no_part(text: str) -> None:
    assert find_sections((passage(text),), (0,), (Role(section="下年度安排"),)) == ("其他",)


@pytest.mark.parametrize("who", ["镇党委、政府主要负责人", "街道党工委、办事处主要负责人", "乡党委书记"])
def test_a_passage_that_opens_with_the_heads_doing_their_duty_is_theirs_below_another_heading(
    who: str,
) -> None:
    text = f"{who}履行第一责任人职责，年内听了五次汇报。"

    assert find_sections((passage(text),), (0,), (Role(section="主要举措和成效", stated=False),)) == ("第一责任人履职",)


def test_success_conceding_problems_at_the_end_is_about_problems() -> None:
    text = "一年来，工作虽有进步，但也清醒看到还有不少薄弱环节。"

    assert find_sections((passage(text),), (0,), (Role(section="主要举措和成效"),)) == ("不足和原因",)


def passage(text: str) -> Passage:
    return Passage(id="1", report="", number=1, text=text)


@pytest.mark.parametrize(
    ("kind", "section"), [("新闻", "其他"), ("通知", "其他"), ("政策解读", "导语"), ("工作方案", "导语")]
)
def test_what_opens_news_is_no_opening_of_a_report(kind: str, section: str) -> None:
    assert adapt_to_kind("导语", Report(id="", path="", kind=kind)) == section


@pytest.mark.parametrize(
    "heading",
    [
        "（一）发挥法治建设第一责任人作用，夯实组织基础",
        "（一）当好第一责任人，高位推动法治建设",
        "（一）扛牢推进法治建设第一责任",
        "（一）压实第一责任人职责",
        "（一）强化第一责任人担当",
        "（一）党政主要领导亲自挂帅、履职尽责",
        "（一）“一把手”履责到位",
    ],
)
def test_the_first_responsible_person_is_known_in_other_words(heading: str) -> None:
    outline = (OutlineEntry(heading="一、主要举措和成效", level=1), OutlineEntry(heading=heading, level=2))

    assert find_heading_roles(outline, 2024)[1].section == "第一责任人履职"


@pytest.mark.parametrize(
    "heading", ["（一）压实工作责任，狠抓落实", "（一）落实行政执法责任制", "（一）主要领导带头学法"]
)
def test_duties_of_others_and_learning_are_what_was_done(heading: str) -> None:
    outline = (OutlineEntry(heading="一、主要举措和成效", level=1), OutlineEntry(heading=heading, level=2))

    assert find_heading_roles(outline, 2024)[1].section == "主要举措和成效"
