"""A comparison as a table: a row for each row, what became of it in words, and what it is compared with above it."""

import pytest

from search_app.comparing.report_comparison import compare_reports
from search_app.exporting.comparison_table import kind_words, lay_side_by_side, tabulate_comparison
from search_app.exporting.overlap_wording import MOSTLY_SAID
from search_app.exporting.table import Table
from tests.exporting.collections import MADE
from tests.web import years_sample as sample


def tabulated(year: int, other: str | None = None) -> Table:
    found = compare_reports(sample.engine(), sample.report_id("望杉镇", year), other)
    assert found.alignment is not None
    return tabulate_comparison(
        found, found.alignment.rows, made=MADE, shown="全部", address=lambda each: f"http://x/{each.id}"
    )


def test_each_row_says_what_became_of_its_passages() -> None:
    table = tabulated(2023)

    assert [row[0] for row in table.rows] == [
        "一字未改，换了地方", "一字未改", "只改了数字", "改写", "删去", "新写", "一字未改，拆成 2 段",
    ]  # fmt: skip
    assert [row[3] for row in table.rows] == ["6", "1", "2", "3", "4", None, "5"]
    assert [row[5] for row in table.rows] == ["1", "2", "3", "4", None, "5", "6、7"]
    assert [row[7] is not None for row in table.rows] == [False, False, True, False, False, False, False]


def test_each_side_leads_to_its_passage() -> None:
    table = tabulated(2023)

    for (row, column), address in table.links.items():
        assert address.rpartition("-")[2] == str(table.rows[row][column]).partition("、")[0]
    assert len(table.links) == sum(row[at] is not None for row in table.rows for at in (3, 5))


def test_above_it_stand_both_reports_the_share_and_the_years_that_are_missing() -> None:
    notes = "\n".join(tabulated(2022).notes)

    assert "《望杉镇2022年度法治政府建设情况报告》（澄岭县望杉镇，2022年度）" in notes
    assert "《望杉镇2019年度法治政府建设情况报告》（澄岭县望杉镇，2019年度）" in notes
    assert "缺 2020、2021 年度" in notes
    assert "与2019年度相同 " in notes


def test_to_be_read_both_texts_stand_beside_each_other_with_their_numbers() -> None:
    found = compare_reports(sample.engine(), sample.report_id("望杉镇", 2023))
    assert found.alignment is not None

    table = lay_side_by_side(found, found.alignment.rows, made=MADE, shown="全部")

    assert table.columns == ("变化", "上年的报告", "本报告")
    assert table.rows[1] == (
        "一字未改。主要举措和成效。一、主要举措和成效", f"〔第1段〕{sample.KEPT}", f"〔第2段〕{sample.KEPT}",
    )  # fmt: skip
    assert (table.rows[4][2], table.rows[5][1]) == (None, None)
    assert str(table.rows[2][0]).startswith("只改了数字。数字 ")


@pytest.mark.parametrize(("other", "word"), [(("望杉镇", 2022), "新写"), (("云栈镇", 2023), "只有本报告有")])
def test_only_of_an_earlier_report_of_the_town_is_it_said_that_something_was_written_anew(
    other: tuple[str, int], word: str
) -> None:
    found = compare_reports(sample.engine(), sample.report_id("望杉镇", 2023), sample.report_id(*other))

    assert word in kind_words(found).values()


def test_the_word_for_nearly_all_is_that_of_the_threshold() -> None:
    assert MOSTLY_SAID == "八成以上"
