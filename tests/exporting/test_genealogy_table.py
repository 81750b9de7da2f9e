"""The table of a genealogy holds every member that was compared, and says what it leaves out."""

import pytest

from search_app.comparing.genealogy import trace
from search_app.exporting.genealogy_table import COLUMNS, tabulate
from tests.comparing.test_genealogy import of_town, over
from tests.exporting.collections import MADE


def test_every_member_has_a_row_with_its_parent_and_share() -> None:
    several = [of_town("望杉镇", 2021), of_town("望杉镇", 2022), of_town("白砾乡", 2023)]
    table = tabulate(trace(over(*several), several[0][1][0].id), made=MADE, address=lambda each: f"http://x/{each.id}")

    told = [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]
    assert [(row["年度"], row["乡镇（街道）"], row["关系"], row["相同%"], row["可能来自"]) for row in told] == [
        (2021, "望杉镇", "最早", None, None),
        (2022, "望杉镇", "沿用", 100.0, "2021 年度 望杉镇"),
        (2023, "白砾乡", "采用", 100.0, "2022 年度 望杉镇"),
    ]
    assert [table.links[row, COLUMNS.index("段落")] for row in range(3)] == [
        f"http://x/{each[1][0].id}" for each in several
    ]


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_app.comparing.genealogy.MOST", 2)
    several = [of_town("望杉镇", year) for year in (2021, 2022, 2023)]

    table = tabulate(trace(over(*several), several[0][1][0].id), made=MADE)

    assert "只比了最早的 2 段，较晚的 1 段不在表里" in table.notes[-1]
    assert not table.links
