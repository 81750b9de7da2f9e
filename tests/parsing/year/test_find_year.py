"""Years: the reporting year with its source; false, masked and next years are not taken for it."""

from datetime import date

import pytest

from search_app.model import Block, Document, Report
from search_app.parsing import parse
from tests.parsing.reading import lines


def report(text: str, path: str = "a.txt", **corrections: object) -> Report:
    return parse(lines(text), path=path, corrections=corrections)[0]


@pytest.mark.parametrize(
    ("text", "year", "source"),
    [
        ("石岭镇2023年法治政府建设年度报告\n2022年以来工作。", 2023, "title"),
        ("石岭镇二〇二三年法治政府建设年度报告", 2023, "title"),
        ("石岭镇法治政府建设年度报告（2023年度）", 2023, "title"),
        ("2023年，我镇落实《法治政府建设实施纲要（2021—2025年）》，现将情况报告如下。", 2023, "intro"),
        ("我镇落实法治政府建设实施纲要（2021-2025年），法治政府建设成效明显。", None, "none"),
        ("我镇落实法治政府建设实施纲要20212025年，法治政府建设成效明显。", None, "none"),
        ("依法行政成效明显。\n一、2023年主要举措\n开展法治建设。\n二、2024年打算\n继续努力。", 2023, "heading"),
        ("依法行政成效明显。\n一、主要举措\n开展法治建设。\n二、2024年工作打算\n继续努力。", 2023, "inferred"),
        ("法治建设成效明显。\n一、主要举措\n2023年，全镇法治建设再上台阶。", 2023, "body"),
        ("20xx年法治政府建设年度报告\n一、主要举措", None, "none"),
        ("****年法治政府建设年度报告\n石岭镇人民政府\n2024年1月5日", None, "none"),
        ("法治政府建设工作报告\n我镇推进依法行政工作。\n石岭镇人民政府\n2024年1月5日", 2023, "issued"),
        ("法治政府建设工作报告\n我镇推进依法行政工作。\n石岭镇人民政府\n2023年12月28日", 2023, "issued"),
        ("法治政府建设工作报告\n我镇推进依法行政工作。\n石岭镇人民政府\n2024年7月5日", None, "none"),
    ],
)
def test_the_reporting_year_is_found_where_it_is_said(text: str, year: int | None, source: str) -> None:
    found = report(text)

    assert (found.year, found.year_source) == (year, source)


TITLED = "石岭镇2025年法治政府建设年度报告\n我镇推进法治政府建设，工作有序。\n一、2024年主要工作\n开展普法。\n"


@pytest.mark.parametrize(
    ("rest", "year"),
    [
        ("二、2025年工作安排\n继续普法。", 2024),
        ("二、2026年工作安排\n继续普法。", 2025),
        ("二、存在问题\n普法不够。\n石岭镇人民政府\n2025年1月9日", 2024),
        ("二、存在问题\n普法不够。", None),
    ],
)
def test_title_and_heading_that_disagree_need_evidence(rest: str, year: int | None) -> None:
    found = report(TITLED + rest)

    assert found.year == year
    assert any("正文标题写的是2024年" in warning for warning in found.warnings)


def test_a_sentence_of_plans_does_not_give_the_year() -> None:
    text = "法治建设工作报告\n成效明显。\n一、主要工作\n截至2022年11月底，办案3起。\n2023年，我镇将购置执法车一辆。"

    assert report(text).year == 2022


def test_a_year_in_the_file_name_is_the_last_resort() -> None:
    found = report("法治政府建设工作报告\n我镇推进依法行政。", path="石岭镇/2022年报告.txt")

    assert (found.year, found.year_source) == (2022, "filename")


def test_a_correction_of_year_and_date_wins() -> None:
    found = report("石岭镇2023年法治政府建设年度报告", year=2022, issued="2023-01-05")

    assert (found.year, found.year_source, found.issued) == (2022, "sidecar", date(2023, 1, 5))


def test_front_matter_of_a_markdown_file_counts_as_a_correction() -> None:
    document = Document(
        format="md", blocks=(Block(text="法治政府建设扎实推进。"),), properties={"year": "2021", "town": "石岭镇"}
    )

    found, _ = parse(document, path="a.md")

    assert (found.year, found.year_source, found.town) == (2021, "sidecar", "石岭镇")


def test_a_metadata_table_gives_the_date_of_issue() -> None:
    rows = (("索引号", "001", "发布日期", "2024-03-01"), ("发布机构", "石岭镇人民政府", "成文日期", "2024-02-20"))
    table = Block(kind="table", text="\n".join(" | ".join(row) for row in rows), rows=rows)
    document = Document(format="html", blocks=(table, Block(text="2023年，我镇推进依法行政工作。")))

    found, passages = parse(document, path="a.html")

    assert (found.issued, len(passages)) == (date(2024, 2, 20), 1)
    assert [aside.reason for aside in found.asides] == ["元数据"]


def test_a_plan_has_the_year_that_it_plans_for() -> None:
    text = "石岭镇2024年法治政府建设工作方案\n结合2023年法治政府建设情况，制定本方案。\n石岭镇人民政府\n2024年2月5日"

    assert report(text).year == 2024


def test_the_only_year_of_the_body_counts_where_something_was_done_in_it() -> None:
    done = "法治政府建设工作报告\n我镇推进依法行政。\n一、主要举措\n与法院合作，2022年在集市上开庭四次。"
    built = "法治政府建设工作报告\n我镇推进依法行政。\n一、主要举措\n依托2019年建成的法治广场开展宣传。"

    assert [report(done).year, report(built).year] == [2022, None]


def test_the_column_that_a_page_stands_in_gives_the_year_where_nothing_else_does() -> None:
    text = "首页 > 政务公开 > 法治政府建设年度报告 > 2021年度\n一、总体情况\n我街道推进法治政府建设。"

    assert (report(text).year, report(text).year_source) == (2021, "inferred")


def test_the_year_s_tasks_that_a_report_names_give_its_year() -> None:
    text = "根据《2023年全县法治政府建设工作要点》要求，我镇推进法治政府建设。\n一、主要举措\n开展普法。"

    assert (report(text).year, report(text).year_source) == (2023, "inferred")


@pytest.mark.parametrize(
    "title",
    [
        "石岭镇2023年法治政府建设工作总结及2024年工作计划",
        "石岭镇法治政府建设工作总结和2024年工作打算",
        "关于2023年法治政府建设情况暨2024年工作要点的报告",
    ],
)
def test_a_title_that_names_the_next_year_s_plan_too_is_that_of_a_report(title: str) -> None:
    found = report(f"{title}\n一、2023年主要举措\n开展普法。\n二、2024年计划\n继续普法。")

    assert (found.title, found.year, found.kind) == (title, 2023, "法治政府建设年度报告")


def test_the_month_that_figures_run_up_to_gives_the_year() -> None:
    text = "石岭镇法治政府建设报告\n我镇推进（2021-2025年）规划。\n一、举措\n截至2025年11月，调解纠纷30件。"

    assert report(text).year == 2025


def test_a_signature_behind_the_last_sentence_dates_the_report() -> None:
    text = "石岭镇法治政府建设报告\n一、举措\n开展普法，群众满意。石岭镇人民政府 2024年1月10日"

    assert report(text).issued == date(2024, 1, 10)


def test_the_year_of_an_honour_is_not_taken_for_the_year_reported_on() -> None:
    text = "鹭洲镇法治政府建设情况报告\n我镇自2015年起推行依法治镇，2018年获评先进。\n一、主要工作\n河道巡查三百次。"

    assert parse(lines(text), path="a.txt")[0].year is None
