"""A report leaves whole: every passage, every heading in its level, and what stands outside the body."""

from dataclasses import replace

from search_app.exporting.collection import Heading, Item, Read, Remark
from search_app.exporting.whole_report import collect_reports
from search_app.model import Aside, Copy, Passage, Report
from tests.exporting.collections import MADE
from tests.web import sample

HELD = sample.ordinary("澄岭县", "望杉镇", 2023)


def collected(*held: tuple[Report, tuple[Passage, ...]]) -> tuple[str, dict[str, str], tuple[Item, ...]]:
    made = collect_reports(held, made=MADE, generation="gen-7", address=lambda each: f"/p/{each.id}")
    return made.title, {fact.label: fact.text for fact in made.about}, made.items


def test_headings_and_passages_stand_as_in_the_report() -> None:
    title, _, items = collected(HELD)

    said = [
        (item.level, item.text) if isinstance(item, Heading) else item.passage.number
        for item in items
        if not isinstance(item, Remark)
    ]
    assert title == "澄岭县望杉镇2023年度法治政府建设情况报告"
    assert said == [1, (1, "一、主要举措和成效"), 2, (2, "（二）规范行政执法"), 3, 4, (1, "二、存在的不足和原因"), 5]


def test_a_heading_that_runs_into_its_passage_is_its_lead_and_said_once() -> None:
    _, _, items = collected(HELD)

    leads = {item.passage.number: item.passage.text[: item.lead] for item in items if isinstance(item, Read)}
    assert leads == {1: "", 2: "（一）化解矛盾纠纷。", 3: "", 4: "", 5: ""}


def test_the_head_names_place_year_file_copies_and_generation() -> None:
    report = replace(HELD[0], copies=(Copy(path="副本.txt", fingerprint="x"),), warnings=("没有落款",))

    _, head, _ = collected((report, HELD[1]))

    assert head["乡镇（街道）"] == "澄岭县望杉镇"
    assert head["报告年度"] == "2023年度"
    assert head["成文日期"] == "2024年1月15日"
    assert head["源文件"] == "澄岭县/望杉镇/2023.txt"
    assert head["同样内容的文件"] == "副本.txt"
    assert head["提醒"] == "没有落款"
    assert head["索引代"] == "gen-7"


def test_what_stands_outside_the_body_comes_last_with_the_reason() -> None:
    report = replace(HELD[0], asides=(Aside(text="望杉镇人民政府", reason="落款"),))

    _, _, items = collected((report, HELD[1]))

    assert items[-2:] == (Heading(text="正文之外的文字（不参加检索）"), Remark(text="落款：望杉镇人民政府"))


def test_several_reports_follow_each_other_below_their_titles() -> None:
    title, head, items = collected(HELD, sample.bare())

    tops = [item.text for item in items if isinstance(item, Heading) and item.level == 1]
    assert title == "报告汇编（2份）"
    assert head["报告"] == "2 份"
    assert tops == ["澄岭县望杉镇2023年度法治政府建设情况报告", "无标题（无名.txt）"]
    assert sum(isinstance(item, Read) for item in items) == 6
