"""Headings that lost a mark: the stop before their text, the dot of their number, or that have one too many."""

import pytest

from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核。"


def headings(text: str) -> list[tuple[str, int]]:
    report, _ = parse(lines(text, hard_wrapped=False), path="a.txt")
    return [(entry.heading, entry.level) for entry in report.outline]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("（一）健全决策机制，提升依法履职水平", "健全科学、民主、依法决策机制，凡重大事项都先听取意见。"),
        ("（一）整合执法资源，实现一支队伍管执法", "今年6月完成职能划转，原分散在各站所的47项职权统一行使。"),
        ("（一）压实工作责任，强化督促检查", "全年对各村开展督查2轮，结果与年终绩效挂钩。"),
    ],
)
def test_a_pair_of_slogans_that_text_runs_into_is_a_heading(heading: str, text: str) -> None:
    assert (heading, 2) in headings(f"一、主要举措\n{heading}{text}\n（二）抓好普法。{LONG}")


@pytest.mark.parametrize(
    "words",
    [
        "（一）完善合法性审查工作机制，整合法律顾问、司法所等力量，做到凡文件必审、凡合同必审、凡决策必审",
        "（一）加强组织领导，提升干部依法行政水平和服务群众的能力，推动各项任务落到实处见到成效",
    ],
)
def test_words_that_go_on_are_not_cut(words: str) -> None:
    found = headings(f"一、主要举措\n{words}。{LONG}")

    assert [each for each, _ in found if each.startswith("（一）") and len(each) < len(words)] == []


def test_a_number_without_its_dot_goes_on_from_the_one_before() -> None:
    found = headings(f"一、主要举措\n1.抓好学法。{LONG}\n2优化普法阵地。{LONG}\n3.规范执法。{LONG}")

    assert [each for each in found if each[1] == 2] == [("1.抓好学法", 2), ("2优化普法阵地", 2), ("3.规范执法", 2)]


def test_a_figure_that_opens_a_sentence_is_no_number() -> None:
    assert headings(f"一、主要举措\n1.抓好学法。{LONG}\n2名干部到县里跟班。{LONG}")[-1][0] == "1.抓好学法"


def test_a_part_s_name_with_its_year_and_a_stop_is_a_heading() -> None:
    text = f"一、2024年度推进法治政府建设的主要举措和成效。\n（一）抓好学法。{LONG}\n二、2024年存在的不足。\n{LONG}"

    assert [each for each, level in headings(text) if level == 1] == [
        "一、2024年度推进法治政府建设的主要举措和成效。",
        "二、2024年存在的不足。",
    ]


@pytest.mark.parametrize("subject", ["重大事项集体决定九项", "各村每月对一次账", "执法人员逐个过关"])
def test_a_pair_of_slogans_ends_where_who_or_what_acts_is_named(subject: str) -> None:
    found = headings(f"一、主要举措\n（一）规范决策程序，守住依法行政底线{subject}，{LONG}")

    assert found[-1] == ("（一）规范决策程序，守住依法行政底线", 2)
