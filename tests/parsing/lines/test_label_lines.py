"""Facts: labels and values of a page's head, however they were pasted, and what only looks like them."""

from datetime import date

import pytest

from search_app.model import Report
from search_app.parsing import parse
from search_app.parsing.lines.label_lines import find_bare_label, find_day, find_facts
from tests.parsing.reading import lines

TITLE = "石岭镇2023年法治政府建设年度报告"
BODY = "一、主要举措\n全镇开展普法宣传活动，群众反响良好。\n二、存在不足\n部分村干部学法不深入，办法不多。"


def report(text: str) -> Report:
    return parse(lines(text), path="a.txt")[0]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("发布日期：2024-02-05", {"发布日期": "2024-02-05"}),
        ("• 索 引 号：SL01-2024-01", {"索引号": "SL01-2024-01"}),
        ("- [ 发布机构 ] 石岭镇人民政府", {"发布机构": "石岭镇人民政府"}),
        ("[ 成文日期 ] 2024-01-08 [ 发布日期 ]", {"成文日期": "2024-01-08", "发布日期": ""}),
        ("发布机构石岭镇人民政府", {"发布机构": "石岭镇人民政府"}),
        ("发布日期2024-02-05", {"发布日期": "2024-02-05"}),
        ("责任部门 石岭镇 公开形式 主动公开", {"责任部门": "石岭镇", "公开形式": "主动公开"}),
        ("来源：党政办 发布时间：2024-02-05 09:10", {"来源": "党政办", "发布时间": "2024-02-05 09:10"}),
        ("发布机构和责任部门要各负其责，抓好落实。", None),
        ("关键词出现在标题里的不多。", None),
    ],
)
def test_labels_and_values_are_told_apart(line: str, facts: dict[str, str] | None) -> None:
    assert find_facts(line) == facts


def test_a_label_alone_is_known_as_one() -> None:
    assert [find_bare_label(line) for line in ("- 文 号：", "有效性", "来源", "[发布日期]")] == [
        "文号", "有效性", None, "发布日期",
    ]  # fmt: skip


def test_a_day_is_taken_from_a_line_that_says_little_else() -> None:
    assert find_day("石岭县人民政府 发布时间: 2024-02-05 09:36") == "2024-02-05"
    assert find_day("2024年2月5日，镇里召开会议，发布了更新的清单。") is None


@pytest.mark.parametrize(
    "head",
    [
        "- [ 索引号 ] 12345/2024-00004\n- [ 有效性 ]\n-\n大\n中\n小\n- 分享到 :",
        "索引号ab/2024-00001\n-\n文号\n-\n时效性有效",
        "网站首页 政府信息公开 互动交流\n县司法局>专题专栏>工作报告",
        "正文内容区域请使用tab按钮切换浏览",
        "语音播报\n语音合成中，请耐心等待...\n退出播报模式",
    ],
)
def test_what_a_page_puts_above_a_title_is_no_part_of_it(head: str) -> None:
    found = report(f"{head}\n{TITLE}\n{BODY}")

    assert (found.title, [entry.heading for entry in found.outline]) == (TITLE, ["一、主要举措", "二、存在不足"])


def test_a_title_that_the_page_repeats_below_its_strip_of_facts_is_no_heading() -> None:
    found = report(f"{TITLE}\n石岭县人民政府 发布时间：2024-02-05 09:36\n石岭镇2023年度法治政府建设报告\n{BODY}")

    assert [entry.level for entry in found.outline] == [1, 1]
    assert (found.title, found.issued) == (TITLE, date(2024, 2, 5))


def test_a_day_behind_the_title_is_the_day_of_publication() -> None:
    found = report(f"{TITLE} 2024-02-05\n{BODY}")

    assert (found.title, found.issued) == (TITLE, date(2024, 2, 5))


def test_an_office_above_the_page_s_breadcrumb_is_no_part_of_the_title() -> None:
    found = report(f"石岭县人民政府\n首页 >> 乡镇信息公开 >> 石岭镇\n2023年度法治政府建设情况报告\n{BODY}")

    assert found.title == "2023年度法治政府建设情况报告"


def test_a_report_pasted_as_one_line_has_its_title_and_headings() -> None:
    long = "全乡各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核"
    text = (
        f"2016年乡依法行政工作总结报告 2016年以来，我乡依法行政工作有序推进，{long}。"
        f"一、主要工作 (一)抓好学习 1、干部学法。{long}。"
        f"2、群众普法。{long}。(二)规范执法 {long}。二、存在问题 {long}。"
    )

    found = report(text)

    assert found.title == "2016年乡依法行政工作总结报告"
    assert [(entry.heading, entry.level) for entry in found.outline][:4] == [
        ("一、主要工作", 1), ("(一)抓好学习", 2), ("1、干部学法", 3), ("2、群众普法", 3),
    ]  # fmt: skip
    assert ("二、存在问题", 1) in [(entry.heading, entry.level) for entry in found.outline]
