"""Sections: the words of a heading say what a part is; the year in it only hints."""

import pytest

from search_app.labelling.sections import heading_roles
from search_app.model import OutlineEntry


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
    role = heading_roles((OutlineEntry(heading=heading, level=1),), 2023)[0]

    assert role.section == section
