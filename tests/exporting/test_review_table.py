"""A review as a file holds what the page shows: every row, every cell's words and measures, and what stands apart."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.review_table import COLUMNS, COUNTY_COLUMNS, READ_COLUMNS, Ways, tabulate
from search_app.exporting.review_wording import (
    explain,
    percent,
    say_copied,
    say_dates,
    say_totals,
    sum_up_row,
    title,
)
from search_app.exporting.table import Table, write_table
from search_app.reviewing.copied_reports import find_copied_reports
from search_app.reviewing.deadlines import judge_dates
from search_app.reviewing.report_check import Mark
from search_app.reviewing.review import Wanted, review
from tests.reviewing.building import LONG, county, holding, of

MADE = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
WAYS = Ways(
    read=lambda report, number: f"http://h/reports/{report.id}{f'#p-{number}' if number else ''}",
    compare=lambda report, other: f"http://h/reports/{report.id}/years?with={other.id}",
)
WALL = Wanted(county="甲县", year=2023)


def made(wanted: Wanted = WALL, ways: Ways | None = WAYS, form: FileFormat = FileFormat.XLSX) -> Table:
    return tabulate(review(holding(*county()), wanted), form, made=MADE, ways=ways)


def by_town(table: Table) -> dict[object, dict[str, Any]]:
    cells = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {row["乡镇（街道）"]: row for row in cells}


def test_a_row_says_what_is_to_be_looked_at_and_what_it_rests_on() -> None:
    row = by_town(made())["石桥镇"]

    assert row["不足和原因"] == "单薄 47 字；与他镇相同 100%（灯台镇2023）；与上年相同 100%"
    assert (row["不足和原因：字数"], row["不足和原因：与往年相同%"], row["不足和原因：与他镇相同%"]) == (
        47,
        100.0,
        100.0,
    )
    assert (row["整份与上一份相同%"], row["上一份年度"]) == (100.0, 2022)
    assert (row["成文日期"], row["公开日期"]) == ("2024-01-09", "2024-01-20")
    assert (row["报告"], row["源文件"]) == ("石桥镇2023年度报告", "甲县石桥镇2023.txt")


def test_a_town_without_a_report_has_a_row_that_says_so() -> None:
    row = by_town(made())["松岭乡"]

    assert row["结论"] == "未收录（已收录 2022 年）"
    assert {name for name, cell in row.items() if cell is not None} == {"县（区、市）", "乡镇（街道）", "年度", "结论"}


def test_what_stands_apart_follows_with_the_reason() -> None:
    rows = by_town(made())

    assert rows["望杉镇"]["结论"] == "未列入：没有识别出年度"
    assert rows["青蒲乡"]["结论"] == "未列入：文种是“述职述廉报告”，不是法治政府建设年度报告"


def test_cells_lead_to_the_passage_and_copies_to_both_reports() -> None:
    table = made()
    at = [row[1] for row in table.rows].index("石桥镇")
    (mine, _), (before, _) = county()[1], county()[0]

    assert table.links[at, COLUMNS.index("不足和原因")] == f"http://h/reports/{mine.id}#p-3"
    assert (
        table.links[at, COLUMNS.index("不足和原因：与往年相同%")]
        == f"http://h/reports/{mine.id}/years?with={before.id}"
    )


def test_without_a_server_nothing_is_a_link() -> None:
    assert made(ways=None).links == {}


def test_the_notes_say_totals_and_rules() -> None:
    found = review(holding(*county()), WALL)

    notes = made().notes

    assert notes[1] == f"{say_totals(found.totals)}。"
    assert notes[2:] == explain()
    assert made().title == title(found) == "甲县2023年报告体检"


def test_all_counties_are_told_by_what_their_towns_add_up_to() -> None:
    table = made(Wanted(year=2023))

    assert table.columns == COUNTY_COLUMNS
    first = dict(zip(table.columns, table.rows[0], strict=True))
    assert (first["县（区、市）"], first["乡镇数"], first["收录"], first["未收录"]) == ("甲县", 5, 4, 1)
    assert (first["四个部分齐全"], first["有单薄的"], first["有与他镇相同的"], first["晚于时限"]) == (3, 3, 2, 1)


@pytest.mark.parametrize("form", FileFormat)
def test_every_format_can_be_written(form: FileFormat) -> None:
    held = io.BytesIO()

    write_table(made(form=form), form, held)

    assert held.tell() > 1000


@pytest.mark.parametrize("form", [FileFormat.DOCX, FileFormat.MARKDOWN])
def test_what_is_read_has_few_columns_and_every_row_and_link_that_they_can_hold(form: FileFormat) -> None:
    table, whole = made(form=form), made()

    rows = [dict(zip(whole.columns, row, strict=True)) for row in whole.rows]
    assert table.columns == READ_COLUMNS
    assert table.rows == tuple(tuple(row[name] for name in READ_COLUMNS) for row in rows)
    told = {(at, READ_COLUMNS[column]): address for (at, column), address in table.links.items()}
    assert told == {
        (at, COLUMNS[column]): address
        for (at, column), address in whole.links.items()
        if COLUMNS[column] in READ_COLUMNS
    }


def test_the_spreadsheet_holds_every_row_of_the_wall_in_its_order() -> None:
    held = io.BytesIO()
    write_table(made(), FileFormat.XLSX, held)

    sheet = load_workbook(held)["表"]

    found = review(holding(*county()), WALL)
    verdicts = [(row[1], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert verdicts[: len(found.rows)] == [(row.town, sum_up_row(row)) for row in found.rows]


@pytest.mark.parametrize(("share", "said"), [(1.0, "100%"), (0.9999, "99%"), (0.29, "29%"), (0.0, "0%")])
def test_a_share_is_rounded_down_so_that_all_is_all(share: float, said: str) -> None:
    assert percent(share) == said


def test_a_late_day_is_said_with_the_day_it_was_due_before() -> None:
    (late,) = (report for report, _ in county() if report.town == "白砾镇")

    assert say_dates(judge_dates(late)) == "成文 2024-03-05 晚于 3 月 1 日"


def test_an_earlier_report_of_another_year_than_the_last_is_named_by_its_year() -> None:
    engine = holding(of("石桥镇", 2021, 主=LONG), of("石桥镇", 2023, 主=LONG))

    (row, *_) = tabulate(review(engine, Wanted(year=2023)), FileFormat.CSV, made=MADE, ways=None).rows

    assert "与本镇2021年相同 100%" in str(row[COLUMNS.index("主要举措和成效")])


def test_the_reports_that_say_the_same_as_last_year_are_counted_and_named() -> None:
    engine = holding(*county())

    found = find_copied_reports(engine)

    assert (found.paths, found.compared, found.of) == (("甲县石桥镇2023.txt",), 1, 1)
    assert say_copied(found) == "与上年相同 80% 以上的报告：1 份：甲县石桥镇2023.txt"


def test_every_mark_that_holds_is_summed_up() -> None:
    (row,) = (each for each in review(holding(*county()), WALL).rows if each.town == "石桥镇")

    assert row.check is not None
    assert row.check.marks == {Mark.PRESENT, Mark.FROM_OTHERS, Mark.FROM_OWN, Mark.THIN} - {Mark.PRESENT}
    assert sum_up_row(row).count("不足和原因") == 3


def test_from_where_on_a_part_is_thin_is_said_of_each_part() -> None:
    thin = next(each for each in explain() if each.startswith("单薄："))

    assert thin.startswith("单薄：第一责任人履职不到 50 字、主要举措和成效不到 300 字")
