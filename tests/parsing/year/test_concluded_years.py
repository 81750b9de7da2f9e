"""Years that nothing states: named again and again, or the one before a plan's."""

import pytest

from search_app.model import Report
from search_app.parsing import parse
from tests.parsing.reading import lines


def report(text: str) -> Report:
    return parse(lines(text), path="a.txt")[0]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("镇里2023年的案件都已办结，比2022年多。\n2023年的文件都已备案，2023年的合同都已审查。", 2023),
        ("法治观念还要提升。\n2024年我镇将配齐执法记录仪。", 2023),
    ],
)
def test_a_year_told_only_by_the_text_is_concluded_and_said_to_be(text: str, year: int) -> None:
    found = report(f"一、主要举措\n规范执法，我镇法治建设有进步。\n{text}")

    assert (found.year, found.year_source, found.year_confidence) == (year, "inferred", "low")
    assert any("请核对" in warning for warning in found.warnings)


def test_two_years_named_as_often_give_none() -> None:
    found = report("一、主要举措\n规范执法，我镇2022年的案件和2023年的案件、2022年的文件和2023年的文件都已归档。")

    assert found.year is None
