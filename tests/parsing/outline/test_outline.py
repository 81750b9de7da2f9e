"""The outline and the passages below it: levels by nesting, run-in headings, items, tables."""

from datetime import date

import pytest

from search_app.model import Block, Document, Passage, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核，结果与评先评优挂钩。"


def parsed(text: str) -> tuple[Report, tuple[Passage, ...]]:
    return parse(lines(text), path="a.txt")


def shape(text: str) -> list[tuple[str, int]]:
    return [(entry.heading, entry.level) for entry in parsed(text)[0].outline]


def test_the_report_id_comes_from_the_path_alone() -> None:
    assert parsed("甲")[0].id == parsed("乙")[0].id


def test_a_number_directly_below_the_first_level_is_the_second_level() -> None:
    found = shape(f"一、举措\n1.抓学习\n{LONG}\n二、不足\n（一）人手少\n1.专职少\n{LONG}")

    assert found == [("一、举措", 1), ("1.抓学习", 2), ("二、不足", 1), ("（一）人手少", 2), ("1.专职少", 3)]


def test_wrong_brackets_inside_a_series_do_not_change_the_level() -> None:
    found = shape(f"一、举措\n（1）抓学习\n{LONG}\n（二）抓宣传\n{LONG}\n(3)抓执法\n{LONG}\n四)抓调解\n{LONG}")

    assert [level for _, level in found] == [1, 2, 2, 2, 2]


def test_a_run_in_heading_is_in_the_outline_and_opens_its_passage() -> None:
    report, passages = parsed(f"一、举措\n（一）加强组织领导。{LONG}")

    assert report.outline[1].heading == "（一）加强组织领导"
    assert passages[0].text.startswith("（一）加强组织领导。")
    assert passages[0].headings == ("一、举措", "（一）加强组织领导")


def test_a_long_numbered_paragraph_is_no_heading() -> None:
    report, passages = parsed(f"一、举措\n(一)认真抓实法治机构建设,成立领导小组,{LONG}")

    assert (len(report.outline), passages[0].headings) == (1, ("一、举措",))


def test_a_decimal_number_or_a_date_opens_no_numbered_paragraph() -> None:
    report, _ = parsed("一、举措\n1.5万名群众参加了活动，气氛热烈。\n4.15国家安全教育日期间开展了宣传活动。")

    assert len(report.outline) == 1


def test_items_of_one_paragraph_become_passages() -> None:
    items = "".join(f"{number}是抓好第{number}项工作，{LONG * 2}" for number in "一二三")

    _, passages = parsed(f"一、举措\n{items}")

    assert [passage.text[:2] for passage in passages] == ["一是", "二是", "三是"]


def test_a_very_long_paragraph_is_cut_at_sentence_ends() -> None:
    _, passages = parsed("一、举措\n" + LONG * 20)

    assert all(len(passage.text) <= 400 and passage.text.endswith("。") for passage in passages)


def test_a_plan_that_follows_in_the_same_paragraph_becomes_its_own_passage() -> None:
    _, passages = parsed(f"一、问题和打算\n部分干部学法不够深入，{LONG * 2}下一步，我镇将加强培训，{LONG * 2}")

    assert passages[-1].text.startswith("下一步")


def test_a_table_gives_its_rows_as_lines() -> None:
    rows = (("村名", "调解件数"), ("东村", "12"), ("西村", "9"))
    table = Block(kind="table", text="\n".join(" | ".join(row) for row in rows), rows=rows)
    document = Document(format="docx", blocks=(Block(text="一、举措"), table))

    _, passages = parse(document, path="a.docx")

    assert passages[0].text == "村名 | 调解件数\n东村 | 12\n西村 | 9"


def test_levels_of_styles_are_used_where_there_are_no_numbers() -> None:
    blocks = (
        Block(kind="heading", level=2, text="工作成效"),
        Block(kind="heading", level=3, text="执法"),
        Block(text=LONG),
        Block(kind="heading", level=2, text="存在不足"),
        Block(text=LONG),
    )

    report, _ = parse(Document(format="docx", blocks=blocks), path="a.docx")

    assert [(entry.heading, entry.level) for entry in report.outline] == [("工作成效", 1), ("执法", 2), ("存在不足", 1)]


def test_a_line_that_ends_in_a_comma_goes_on_in_the_next() -> None:
    _, passages = parsed("一、举措\n镇政府组织司法所、\n派出所开展排查。")

    assert passages[0].text == "镇政府组织司法所、派出所开展排查。"


def test_a_paragraph_that_lost_its_line_breaks_is_split_at_its_numbers() -> None:
    found = shape(f"一、举措\n（一）抓学习。{LONG}（二）抓宣传。{LONG}（三）抓调解。{LONG}")

    assert [heading for heading, _ in found] == ["一、举措", "（一）抓学习", "（二）抓宣传", "（三）抓调解"]


def test_levels_follow_the_order_in_which_this_document_nests_its_numbers() -> None:
    found = shape(
        f"一、举措\n（1）抓学习\n1.学法\n{LONG}\n2.考法\n{LONG}\n（2）抓执法\n1.培训\n{LONG}\n2.检查\n{LONG}\n二、不足\n{LONG}"
    )

    assert [level for _, level in found] == [1, 2, 3, 3, 2, 3, 3, 1]


def test_an_item_that_announces_a_list_of_its_own_is_a_heading() -> None:
    found = shape(
        f"一、举措\n一是健全机制\n{LONG}\n二是推行透明服务。一是公开流程，张贴上墙；二是公开时限，超时说明；三是公开结果。"
    )

    assert ("二是推行透明服务", 2) in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"*.抓学习。{LONG}\n*.抓执法。{LONG}", [("*.抓学习", 1), ("*.抓执法", 1)]),
        (f"一、举措\n（*）抓学习\n{LONG}", [("一、举措", 1), ("（*）抓学习", 2)]),
        (f"—、举措\n（—）抓学习\n{LONG}", [("—、举措", 1), ("（—）抓学习", 2)]),
        (f"一 举措\n{LONG}\n二 不足\n{LONG}", [("一 举措", 1), ("二 不足", 1)]),
        (f"1 举措\n1.1 抓学习\n{LONG}\n1.2 抓执法\n{LONG}", [("1 举措", 1), ("1.1 抓学习", 2), ("1.2 抓执法", 2)]),
        (f"一、做了什么？\n{LONG}\n二、还差什么？\n{LONG}", [("一、做了什么？", 1), ("二、还差什么？", 1)]),
        (f"一、打算\n（一）补人。{LONG}\n（二）补课。{LONG}", [("一、打算", 1), ("（一）补人", 2), ("（二）补课", 2)]),
        (f"【普法】\n{LONG}", [("【普法】", 1)]),
        (f"【普法宣传】{LONG}\n【行政执法】{LONG}", [("【普法宣传】", 1), ("【行政执法】", 1)]),
    ],
)  # fmt: skip
def test_headings_are_found_however_they_are_numbered(text: str, found: list[tuple[str, int]]) -> None:
    assert shape(text) == found


def test_a_part_that_is_named_at_the_beginning_of_a_paragraph_has_a_heading() -> None:
    found = shape(f"主要做法：{LONG}\n存在的问题和困难：{LONG}\n下一步工作思路：{LONG}")

    assert found == [("主要做法", 1), ("存在的问题和困难", 1), ("下一步工作思路", 1)]


def test_a_sentence_that_opens_like_the_name_of_a_part_has_none() -> None:
    assert shape(f"一、举措\n工作中发现的问题：{LONG}\n主要解决三个问题。{LONG}") == [("一、举措", 1)]


def test_the_name_of_a_part_stands_beside_numbers_that_are_the_outermost() -> None:
    found = shape(f"1.抓学习。{LONG}\n2.抓执法。{LONG}\n存在不足：{LONG}")

    assert [level for _, level in found] == [1, 1, 1]


def test_numbered_names_without_text_below_are_a_list_and_no_headings() -> None:
    found = shape(f"一、学法\n学习以下内容：\n1.行政处罚法\n2.信访工作条例\n二、执法\n{LONG}")

    assert found == [("一、学法", 1), ("二、执法", 1)]


def test_a_few_short_first_sentences_among_longer_siblings_are_no_headings() -> None:
    long = "组织村干部、网格员、法律明白人分片包户开展了多轮次的法治宣传教育和矛盾纠纷排查化解，效果明显。"
    found = shape(f"一、举措\n（一）{long}{LONG}\n（二）{long}{LONG}\n（三）调解有力。{LONG}")

    assert found == [("一、举措", 1)]


def test_a_longer_first_sentence_among_headings_is_one_too() -> None:
    long = "围绕村级事务公开、集体资产处置、宅基地审批等群众关心的事项健全监督机制"
    found = shape(f"一、举措\n（一）抓学习。{LONG}\n（二）{long}。{LONG}\n（三）抓执法。{LONG}")

    assert (f"（二）{long}", 2) in found


def test_a_table_of_contents_is_set_aside() -> None:
    contents = "目录\n一、举措\n二、不足\n三、打算\n"
    body = f"一、举措\n{LONG}\n二、不足\n{LONG}\n三、打算\n{LONG}"

    report, _ = parsed(f"石岭镇2023年法治政府建设年度报告\n{contents}{body}")

    assert [entry.heading for entry in report.outline] == ["一、举措", "二、不足", "三、打算"]
    assert [aside.text for aside in report.asides if aside.reason == "目录"] == [
        "目录",
        "一、举措",
        "二、不足",
        "三、打算",
    ]


def test_an_attachment_below_the_signature_is_a_part_of_its_own() -> None:
    report, _ = parsed(
        f"一、举措\n{LONG}\n二、打算\n{LONG}\n石岭镇人民政府\n2024年1月3日\n附件1\n执法情况统计表\n办案 4 件"
    )

    assert (report.issued, report.outline[-1].heading, report.outline[-1].level) == (date(2024, 1, 3), "附件1", 1)


def test_a_list_of_attachments_above_the_signature_is_set_aside() -> None:
    report, _ = parsed(f"一、举措\n{LONG}\n附件：1.执法统计表\n2.学法统计表\n石岭镇人民政府\n2024年1月3日")

    assert [aside.reason for aside in report.asides] == ["附件", "附件", "落款", "日期"]


def test_headings_that_text_follows_without_any_mark_end_where_a_sentence_begins() -> None:
    items = f"1.推动学法走深走实石岭镇每月组织学法，{LONG}\n2.严格落实决策程序我镇修订规则，{LONG}"
    text = f"石岭镇2023年法治政府建设年度报告\n一、举措\n{items}"

    assert shape(text) == [("一、举措", 1), ("1.推动学法走深走实", 2), ("2.严格落实决策程序", 2)]


def test_a_sentence_that_speaks_of_the_town_is_no_heading() -> None:
    found = shape(f"一、举措\n1.积极组织召开我镇法治工作推进会议，{LONG}\n2.司法所牵头制定了工作方案，{LONG}")

    assert found == [("一、举措", 1)]


def test_unnumbered_paragraphs_that_all_open_with_a_short_sentence_have_headings() -> None:
    found = shape(
        f"一、举措\n2023年，我镇抓好以下工作，{LONG}\n健全领导机制。{LONG}\n深化学法用法。{LONG}\n二、不足\n{LONG}"
    )

    assert found == [("一、举措", 1), ("健全领导机制", 2), ("深化学法用法", 2), ("二、不足", 1)]


def test_one_short_first_sentence_among_other_paragraphs_is_no_heading() -> None:
    assert shape(f"一、举措\n健全领导机制。{LONG}\n{LONG}\n{LONG}") == [("一、举措", 1)]


def test_the_same_kind_of_number_directly_below_itself_is_a_level_deeper() -> None:
    found = shape(f"一、主要举措\n一、抓学习\n{LONG}\n二、抓执法\n{LONG}\n二、存在问题\n{LONG}\n三、下步打算\n{LONG}")

    assert [level for _, level in found] == [1, 2, 2, 1, 1]


def test_a_line_that_announces_what_follows_is_no_heading() -> None:
    assert shape(f"现将工作情况汇报如下：\n一、举措\n{LONG}\n二、不足\n存在的问题主要有：\n{LONG}") == [
        ("一、举措", 1), ("二、不足", 1),
    ]  # fmt: skip


def test_the_names_of_parts_below_a_line_that_names_both_are_inside_it() -> None:
    found = shape(f"一、举措\n{LONG}\n二、存在不足及下年安排\n主要不足：{LONG}\n下年度安排：{LONG}")

    assert found == [("一、举措", 1), ("二、存在不足及下年安排", 1), ("主要不足", 2), ("下年度安排", 2)]


def test_a_table_named_in_the_middle_is_no_attachment() -> None:
    assert shape(f"一、举措\n{LONG}\n附表：执法统计\n办案4件\n二、不足\n{LONG}") == [("一、举措", 1), ("二、不足", 1)]


@pytest.mark.parametrize("end", ["和成效", "及工作成效"])
def test_a_heading_may_end_on_a_second_line(end: str) -> None:
    found = shape(f"一、推进法治政府建设的主要举措\n{end}\n{LONG}\n二、不足\n{LONG}")

    assert found == [(f"一、推进法治政府建设的主要举措{end}", 1), ("二、不足", 1)]


@pytest.mark.parametrize("mark", ["亮点{}：", "其{}，", "第{}，"])
def test_items_counted_in_words_open_with_headings(mark: str) -> None:
    one, two = mark.format("一"), mark.format("二")

    assert shape(f"一、举措\n{one}板凳调解。{LONG}\n{two}夜间法庭。{LONG}") == [
        ("一、举措", 1), (f"{one}板凳调解", 2), (f"{two}夜间法庭", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["【板凳调解】{}", "典型做法\n{}", "存在的问题：{}"])
def test_an_unnumbered_heading_among_numbers_that_go_on_does_not_move_them(line: str) -> None:
    found = shape(f"一、举措\n（一）抓学习\n{LONG}\n{line.format(LONG)}\n（二）抓执法\n{LONG}\n二、不足\n{LONG}")

    assert [level for _, level in found] == [1, 2, 3, 2, 1]


def test_a_heading_of_plans_may_be_a_year_and_one_word() -> None:
    found = shape(f"主要举措和成效\n{LONG}\n问题和原因\n{LONG}\n2025年安排\n{LONG}")

    assert found == [("主要举措和成效", 1), ("问题和原因", 1), ("2025年安排", 1)]


def test_a_first_line_that_is_an_unfinished_title_is_no_heading() -> None:
    found = shape(f"石岭街道办事处2023年工作\n我街道推进法治建设，{LONG}\n一、举措\n{LONG}\n二、不足\n{LONG}")

    assert [level for _, level in found] == [1, 1]


def test_a_heading_that_tells_something_with_nothing_below_it_is_a_passage_too() -> None:
    text = (
        "一、化解矛盾纠纷\n司法所逢集日在渡口设点，全年调解纠纷42件，当事人当场签字确认，事后逐件回访。\n"
        "二、规范行政执法，全年办理案件十七件\n三、存在的问题\n四、下一步打算\n继续推行渡口调解，把回访做到每一件。\n"
    )

    report, passages = parsed(text)

    assert [passage.text for passage in passages if passage.headings[-1].startswith("二")] == [
        "二、规范行政执法，全年办理案件十七件"
    ]
    assert [len(entry.passages) for entry in report.outline] == [1, 1, 0, 1]
    assert [passage.number for passage in passages] == [1, 2, 3]


@pytest.mark.parametrize("turn", ["虽然取得了一定成绩，但还存在一些问题：", "但与上级要求相比还有差距，"])
def test_a_short_paragraph_that_turns_to_what_fell_short_is_joined_to_none_before_it(turn: str) -> None:
    _, passages = parsed(f"一、工作情况\n（一）抓队伍。执法人员全部持证上岗。\n{turn}一是执法力量薄弱；二是普法面窄。")

    assert [passage.text[:4] for passage in passages] == ["（一）抓", turn[:4]]
