"""Spoken reports as a whole: read, parted and labelled, each passage stands in the part that its words tell."""

import pytest

from search_app.labelling import label
from search_app.labelling.reasons import give_reasons
from search_app.model import REPORT_KIND, Passage, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "镇里把各村的台账收上来逐页核对，对不上的当场问清楚，年底由司法所抽查，结果贴在院墙上，谁都看得见。"
ASKED = f"""柳坝镇2023年依法行政情况问答

编者按：今年请群众出题，镇里照实答。
问：镇长自己学法吗？
答（党政办）：学。{LONG}
问：借了邻居的牛不还，找谁？
答（司法所）：找调解员。{LONG}
问：还有哪些短处？
答（镇长）：三条。一是人少；二是证少；三是车少，下村查案还要向邻镇借。
问：往后怎么打算？
答（镇长）：招两个人，考两个证，买一辆车，把乡道上的夜查做起来。
"""
COUNTED = f"""柳坝乡2023年法治政府建设情况汇报

各位代表都在，我照实摆一摆。
一
头一桩是修桥。{LONG}
二
毛病也有。两个村的合同没审就签了，赔了一万二。
三
明年的想法：合同先送司法所看，看过再盖章，一份也不漏。
讲完了，请大家提意见。
"""


def read(text: str) -> tuple[Report, tuple[Passage, ...]]:
    return label(*parse(lines(text), path="a.txt"))


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (ASKED, ["导语", "主要举措和成效", "主要举措和成效", "不足和原因", "下年度安排"]),
        (COUNTED, ["导语", "主要举措和成效", "不足和原因", "下年度安排", "其他"]),
    ],
)
def test_each_passage_of_a_spoken_report_stands_in_the_part_that_its_words_tell(text: str, sections: list[str]) -> None:
    report, passages = read(text)

    assert report.kind == REPORT_KIND
    assert [passage.section for passage in passages] == sections


def test_a_number_alone_has_the_part_of_what_stands_below_it_and_says_why() -> None:
    report, passages = read(COUNTED)

    assert [(entry.heading, entry.section) for entry in report.outline] == [
        ("一", "主要举措和成效"), ("二", "不足和原因"), ("三", "下年度安排"),
    ]  # fmt: skip
    reasons = give_reasons(report, passages)
    assert reasons.headings[1].section == "标题只有序号，按下面的文字判断"
    assert reasons.passages[2].section == "开头是“毛病也有”"
