"""Parallel headings: slogans of one length that text follows upon without a mark, and what else opens a part."""

import pytest

from search_app.labelling import label
from search_app.parsing import parse
from tests.parsing.reading import lines

PARTS = (
    ("建强执法队伍", "组织新招人员到邻县跟班一个月，回来先独立办一件小案，由老队员坐在旁边看着办完。"),
    ("用好科技手段", "在三家砂石厂门口装了称重和抓拍，超载车辆的照片当晚传到值班手机上，次日上门核对。"),
    ("筑牢安全防线", "深入推进隐患排查，每个网格每月走一遍沿街门店，把看到的问题写在门店自己的本子上。"),
    ("规范文件管理", "认真执行备案规定，凡以镇政府名义印发的文件都先编号、再审查、后公布，缺一步不盖章。"),
)


def headings(*paragraphs: str) -> list[tuple[str, int]]:
    opening = ("芦花镇2023年度法治政府建设情况报告", "2023年，我镇依法履职，现将情况报告如下：")
    report, _ = parse(lines("\n".join((*opening, *paragraphs)), hard_wrapped=False), path="芦花镇.txt")
    return [(entry.heading, entry.level) for entry in report.outline]


def numbered(parts: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"（{'一二三四'[at]}）{''.join(part)}" for at, part in enumerate(parts)]


def test_slogans_of_one_length_are_headings_though_no_mark_follows_them() -> None:
    found = headings("一、主要工作", *numbered(PARTS))

    assert found[1:] == [(f"（{'一二三四'[at]}）{name}", 2) for at, (name, _) in enumerate(PARTS)]


def test_items_that_only_happen_to_begin_alike_are_no_headings() -> None:
    items = [
        "（一）组织执法队伍开展培训2次，参训40人。",
        "（二）召开推进会议3次，研究事项12件，全部办结。",
        "（三）印发年度计划，明确任务19项，按月通报进度。",
    ]

    assert headings("一、主要工作", *items) == [("一、主要工作", 1)]


def test_names_with_a_dash_behind_them_open_parts() -> None:
    found = headings(
        "领导重视——镇党委每季度听取一次汇报，逐项对照清单销号，未完成的在下次会上先说。",
        "普法教育——用赶集日把戏台让出来，请法律明白人把邻里的事编成小戏演给大家看。",
        "主要问题——执法文书填写不够规范，有两份卷宗缺了送达回证，评查时才发现。",
    )

    assert [name for name, _ in found] == ["领导重视", "普法教育", "主要问题"]


def test_a_series_in_han_brackets_goes_on_after_one_in_arabic_brackets_inside_it() -> None:
    found = headings(
        "一、主要工作",
        "（一）决策更稳",
        "凡花钱超过五万元的事先贴十天，有人不赞成就再议一次，两次都议不下来的放到明年。",
        "（二）制度更全",
        "1.定规矩",
        "（1）理清事权",
        "把镇里能管的事项逐条写明，由司法所核对后张贴在大厅入口。",
        "（2）配齐装备",
        "给每个中队配两台记录仪，当天的录像当天导出，保存三年。",
        "（三）治理更实",
        "每月逢五的日子在村口摆桌子，有什么话当面说，能办的当场写回条。",
    )

    assert found[-1] == ("（三）治理更实", 2)


def test_a_reporters_byline_is_no_heading() -> None:
    line = "竹溪县融媒体中心讯（记者 甲 2024年6月12日）"

    assert line not in [name for name, _ in headings("一、概况", line, PARTS[0][1])]


@pytest.mark.parametrize("heading", ["二、难点与对策", "二、问题和下一步", "二、短处及改进办法"])
def test_a_part_on_both_tells_problems_from_plans_passage_by_passage(heading: str) -> None:
    texts = (
        "芦花镇2023年度法治政府建设情况报告",
        "2023年，我镇依法履职，现将情况报告如下：",
        "一、主要工作",
        PARTS[0][1],
        heading,
        "一是人手不稳。一年里换了两任队长，遇上茶季常常抽不出身，有三件案子拖过了期限。",
        "对策：与县局商定三名专职人员两年内不调岗，茶季前把排班表贴到村里。",
    )
    _, passages = label(*parse(lines("\n".join(texts), hard_wrapped=False), path="芦花镇.txt"))

    assert [passage.section for passage in passages[-2:]] == ["不足和原因", "下年度安排"]
