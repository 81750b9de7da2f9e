"""Sections: the words of a heading say what a part is; the year in it only hints."""

import pytest

from search_app.labelling.sections import Role, adapt_to_kind, find_heading_roles, find_sections
from search_app.model import REPORT_KIND, OutlineEntry, Passage, Report


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
    role = find_heading_roles((OutlineEntry(heading=heading, level=1),), 2023)[0]

    assert role.section == section


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("三、未完全达标的七项", "不足和原因"),
        ("三、需要改进的地方", "不足和原因"),
        ("二、检视查摆", "不足和原因"),
        ("二、当前制约因素", "不足和原因"),
        ("二、失分项和原因", "不足和原因"),
        ("二、尚未解决的问题", "不足和原因"),
        ("四、整改提升方向", "下年度安排"),
        ("四、努力的方向和改进的措施", "下年度安排"),
        ("二、主官履责情况", "第一责任人履职"),
        ("二、书记镇长抓法治情况", "第一责任人履职"),
        ("二、主要领导履行法治建设职责", "第一责任人履职"),
        ("五、着力解决突出问题", "主要举措和成效"),
        ("五、书记抓党建促乡村振兴", "主要举措和成效"),
        ("五、依法处置土地问题", "主要举措和成效"),
        ("努力方向", "下年度安排"),
        ("四、工作设想", "下年度安排"),
        ("四、下年度主要工作安排", "下年度安排"),
        ("三、其他工作", "主要举措和成效"),
        ("五、有关建议", "其他"),
        ("附件：各村法治工作情况统计", "其他"),
        ("二、落实述法考评制度", "主要举措和成效"),
    ],
)
def test_a_heading_of_the_first_level_is_read_by_its_words(heading: str, section: str) -> None:
    role = find_heading_roles((OutlineEntry(heading=heading, level=1),), None)[0]

    assert role.section == section


def test_after_the_problems_a_heading_with_a_year_is_a_plan_even_where_the_year_reported_on_is_unknown() -> None:
    headings = ("一、主要举措", "二、存在问题", "三、2025年重点工作")

    roles = find_heading_roles(tuple(OutlineEntry(heading=heading, level=1) for heading in headings), None)

    assert [role.section for role in roles] == ["主要举措和成效", "不足和原因", "下年度安排"]


@pytest.mark.parametrize(
    ("kind", "title", "section"),
    [
        ("政策解读", None, "其他"),
        ("工作方案", None, "其他"),
        ("新闻", None, "其他"),
        ("法规文件", None, "其他"),
        ("工作总结", None, "其他"),
        ("政府工作报告", None, "其他"),
        ("其他文件", None, "其他"),
        ("镇里自编的专报", None, "主要举措和成效"),
        ("自查报告", None, "主要举措和成效"),
        ("述法报告", None, "第一责任人履职"),
        (REPORT_KIND, "2024年党委主要负责人履行推进法治建设第一责任人职责情况的报告", "第一责任人履职"),
        (REPORT_KIND, "2024年法治政府建设情况及主要负责人履行第一责任人职责情况的报告", "主要举措和成效"),
    ],
)
def test_what_was_done_is_told_by_the_kind_of_document(kind: str, title: str | None, section: str) -> None:
    given = adapt_to_kind("主要举措和成效", Report(id="", path="", kind=kind, title=title))

    assert given == section


@pytest.mark.parametrize("text", ["以上报告如有不妥，请批评指正。", "特此报告。"])
def test_a_closing_sentence_belongs_to_no_part(text: str) -> None:
    assert find_sections((passage(text),), (0,), (Role(section="下年度安排"),)) == ("其他",)


@pytest.mark.parametrize("who", ["镇党委、政府主要负责人", "街道党工委、办事处主要负责人", "乡党委书记"])
def test_a_passage_that_opens_with_the_heads_doing_their_duty_is_theirs_below_another_heading(
    who: str,
) -> None:
    text = f"{who}履行第一责任人职责，年内听了五次汇报。"

    assert find_sections((passage(text),), (0,), (Role(section="主要举措和成效", stated=False),)) == ("第一责任人履职",)


def test_success_conceding_problems_at_the_end_is_about_problems() -> None:
    text = "一年来，工作虽有进步，但也清醒看到还有不少薄弱环节。"

    assert find_sections((passage(text),), (0,), (Role(section="主要举措和成效"),)) == ("不足和原因",)


def passage(text: str) -> Passage:
    return Passage(id="1", report="", number=1, text=text)


@pytest.mark.parametrize(
    ("kind", "section"), [("新闻", "其他"), ("通知", "其他"), ("政策解读", "导语"), ("工作方案", "导语")]
)
def test_what_opens_news_is_no_opening_of_a_report(kind: str, section: str) -> None:
    assert adapt_to_kind("导语", Report(id="", path="", kind=kind)) == section


@pytest.mark.parametrize(
    "heading",
    [
        "（一）发挥法治建设第一责任人作用，夯实组织基础",
        "（一）当好第一责任人，高位推动法治建设",
        "（一）扛牢推进法治建设第一责任",
        "（一）压实第一责任人职责",
        "（一）强化第一责任人担当",
        "（一）党政主要领导亲自挂帅、履职尽责",
        "（一）“一把手”履责到位",
    ],
)
def test_the_first_responsible_person_is_known_in_other_words(heading: str) -> None:
    outline = (OutlineEntry(heading="一、主要举措和成效", level=1), OutlineEntry(heading=heading, level=2))

    assert find_heading_roles(outline, 2024)[1].section == "第一责任人履职"


@pytest.mark.parametrize(
    "heading", ["（一）压实工作责任，狠抓落实", "（一）落实行政执法责任制", "（一）主要领导带头学法"]
)
def test_duties_of_others_and_learning_are_what_was_done(heading: str) -> None:
    outline = (OutlineEntry(heading="一、主要举措和成效", level=1), OutlineEntry(heading=heading, level=2))

    assert find_heading_roles(outline, 2024)[1].section == "主要举措和成效"


def roles_of(*headings: str, year: int | None = 2023) -> tuple[Role, ...]:
    return find_heading_roles(tuple(OutlineEntry(heading=heading, level=1) for heading in headings), year)


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("问：这一年哪里没做好？", "不足和原因"),
        ("问：还有什么不足？", "不足和原因"),
        ("五、毛病", "不足和原因"),
        ("五、自己身上的毛病", "不足和原因"),
        ("五、差在哪儿", "不足和原因"),
        ("六、做得孬的", "不足和原因"),
        ("【短处】", "不足和原因"),
        ("【不足】", "不足和原因"),
        ("◆不足", "不足和原因"),
        ("问：明年打算做什么？", "下年度安排"),
        ("【问】来年准备干啥？", "下年度安排"),
        ("八、往后", "下年度安排"),
        ("八、开年的事", "下年度安排"),
        ("【安排】", "下年度安排"),
        ("三、小毛病先提醒后处罚", "主要举措和成效"),
        ("三、吵了架咋办", "主要举措和成效"),
        ("三、应急准备做得怎样", "主要举措和成效"),
        ("三、开春第一课", "主要举措和成效"),
        ("三、给老机器治毛病", "主要举措和成效"),
        ("问：邻居反映的问题怎么办？", "主要举措和成效"),
    ],
)
def test_spoken_names_of_parts_are_known(heading: str, section: str) -> None:
    assert roles_of(heading)[0].section == section


@pytest.mark.parametrize("heading", ["一、年度重点任务落实", "一、重点任务完成情况", "一、年初目标完成对照"])
def test_tasks_that_were_carried_out_are_what_was_done(heading: str) -> None:
    assert roles_of(heading, "二、行政执法")[0].section == "主要举措和成效"


def test_the_tasks_that_are_named_after_the_problems_are_those_to_come() -> None:
    assert [role.section for role in roles_of("一、做法", "二、问题", "三、主要任务和措施")][-1] == "下年度安排"


def test_plans_that_come_first_of_all_leave_what_follows_where_it_belongs() -> None:
    found = roles_of("一、工作思路", "二、办理案件", "三、调解", "四、不足", "五、明年打算", "六、有关事项")

    assert [role.section for role in found] == [
        "下年度安排", "主要举措和成效", "主要举措和成效", "不足和原因", "下年度安排", "其他",
    ]  # fmt: skip


def test_who_asks_may_turn_back_to_what_was_done_after_the_plans() -> None:
    found = roles_of("问：谁来管夜市？", "问：明年还管吗？", "问：小区的狗谁来管？")

    assert [role.section for role in found] == ["主要举措和成效", "下年度安排", "主要举措和成效"]


def told(*texts: str, owners: tuple[int, ...] | None = None, headings: tuple[str, ...] = ()) -> list[str]:
    passages = tuple(passage(text) for text in texts)
    return list(find_sections(passages, owners or (-1,) * len(texts), roles_of(*headings), 2023))


@pytest.mark.parametrize(
    "text",
    [
        "毛病也不是没有。有两个村还是先盖章后看合同。",
        "毛病也有。有两个村还是先盖章后看合同。",
        "存在的毛病：会写文书的少，肯出门的也少。",
        "不足：会写文书的少，肯出门的也少。",
        "不足的是：会写文书的少，肯出门的也少。",
        "做得不好的也要讲。会写文书的少。",
        "没做好的有三样，头一样是文书。",
        "难：会写文书的少。",
    ],
)
def test_a_passage_without_heading_turns_to_what_fell_short_in_spoken_words(text: str) -> None:
    assert told("全乡六个村。", "调解了十二件。", text)[-1] == "不足和原因"


@pytest.mark.parametrize(
    "text",
    [
        "明年的盼头：把渡口的棚子修好。",
        "明年子要做的事情：把渡口的棚子修好。",
        "下步：把渡口的棚子修好。",
        "下一年：把渡口的棚子修好。",
        "目标：渡口不再有人吵架。",
        "开年后要把渡口的棚子修好。",
        "2024年：把渡口的棚子修好。",
        "2024年，先把渡口的棚子修好。",
        "2024年重点是修渡口的棚子。",
    ],
)
def test_a_passage_without_heading_turns_to_the_plans_in_spoken_words(text: str) -> None:
    assert told("全乡六个村。", "调解了十二件。", text)[-1] == "下年度安排"


@pytest.mark.parametrize(
    "text",
    [
        "2023年，镇里主要抓了三件事，要紧的是渡口。",
        "2022年计划修的渡口，今年修成了。",
        "2024年1月县里来人抽查，要看的台账都在。",
        "问题线索一件一件查，查实六件。",
        "开年头一件事是学法，镇里开了大会。",
        "往后山送法的路走了四十里。",
    ],
)
def test_what_was_done_is_no_plan_and_no_problem_by_a_year_or_a_word_alone(text: str) -> None:
    assert told("全乡六个村。", text)[-1] == "主要举措和成效"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("不足的是：两个村没有调解室。", "不足和原因"),
        ("毛病：两个村没有调解室。", "不足和原因"),
        ("2024年，重点是给两个村建调解室。", "下年度安排"),
        ("下步：给两个村建调解室。", "下年度安排"),
        ("问题：两个村没有调解室。办法：邻村先借一间。", "主要举措和成效"),
        ("目标：每个村一间调解室，已经建成六间。", "主要举措和成效"),
    ],
)
def test_a_label_turns_to_another_part_below_the_last_heading_of_what_was_done(text: str, section: str) -> None:
    assert told(text, owners=(0,), headings=("四是调解到村",)) == [section]


def test_above_the_first_heading_only_the_beginning_opens_a_report() -> None:
    listed = ("1. 学法六次。", "2. 审合同九份。", "3. 办案十一件。")

    found = told("全街道八个社区。", *listed, "两个社区没有调解室。", owners=(-1, -1, -1, -1, 0), headings=("不足",))

    assert found == ["导语", *["主要举措和成效"] * 3, "不足和原因"]


def test_a_preface_may_have_a_second_paragraph_and_any_up_to_the_one_that_leads_to_the_report() -> None:
    preface = ("全街道八个社区，山多路远。", "一年来以群众满意为准绳，稳步推进。")

    assert told(*preface, "学了法。", owners=(-1, -1, 0), headings=("一、做法",))[:2] == ["导语", "导语"]
    assert told(
        *preface, "县里年初交办十二件，办结十二件。", "现将情况报告如下：", "学了法。",
        owners=(-1, -1, -1, -1, 0), headings=("一、做法",),
    )[:4] == ["导语"] * 4  # fmt: skip


def test_below_a_number_alone_each_passage_tells_its_part_itself() -> None:
    texts = (
        "全乡六个村。",
        "今年头一桩是修渡口。",
        "毛病也有。棚子漏雨。",
        "明年的事：把棚子修好。",
        "汇报完了，请批评。",
    )

    found = told(*texts, owners=(-1, 0, 1, 2, 2), headings=("一", "二", "三"))

    assert found == ["导语", "主要举措和成效", "不足和原因", "下年度安排", "其他"]


def test_a_number_alone_inside_a_part_belongs_to_that_part() -> None:
    outline = (OutlineEntry(heading="二、存在的不足", level=1), OutlineEntry(heading="（一）", level=2))

    assert find_sections((passage("棚子漏雨。"),), (1,), find_heading_roles(outline, 2023), 2023) == ("不足和原因",)


@pytest.mark.parametrize("first", ["1. 学法六次。", "一是学法六次。", "（一）学法六次。"])
def test_a_report_that_begins_with_its_list_has_no_opening(first: str) -> None:
    assert told(first, "2. 审合同九份。") == ["主要举措和成效"] * 2


def test_other_matters_belong_to_what_was_done_before_the_problems_and_to_no_part_after_the_plans() -> None:
    found = roles_of("一、执法", "二、其他事项", "三、不足", "四、明年打算", "五、其他事项", "六、其他需要报告的事项")

    assert [role.section for role in found][1::3] == ["主要举措和成效", "其他"]
    assert found[-1].section == "其他"


def below_done(text: str, *, year: int = 2023) -> str:
    """Return the section of a passage amid what was done, which is the same in a report without headings."""
    texts = ("全乡六个村。", "劝好架九回。", text, "修路两里。", "栽树三百棵。")
    passages = tuple(passage(one) for one in texts)
    headed = find_sections(passages, (-1, 0, 0, 0, 0), roles_of("一、主要做法", year=year), year)
    bare = find_sections(passages, (-1,) * 5, (), year)
    assert headed[2] == bare[2]
    assert headed[3] == "主要举措和成效"
    return headed[2]


@pytest.mark.parametrize(
    "text",
    [
        "2024年下半年，将进一步管好夜市。",
        "2024年下一季度，将继续管好夜市。",
        "2024年四季度，计划搬夜市。",
        "下一季度：管好夜市。",
    ],
)
def test_a_report_on_half_a_year_plans_the_rest_of_it(text: str) -> None:
    assert below_done(text, year=2024) == "下年度安排"


@pytest.mark.parametrize(
    "text", ["2024年下半年，夜市搬了家。", "2024年下半年，继续巡查31次。", "2024年四季度，办案31件。"]
)
def test_what_was_done_in_the_second_half_is_no_plan(text: str) -> None:
    assert below_done(text, year=2024) == "主要举措和成效"


@pytest.mark.parametrize(
    "text",
    [
        "短板有效补齐。新招调解员3名。",
        "难点有突破。拆掉违建12处。",
        "没办好的件全部重办。回头看一遍，办结率100%。",
        "困难：赶集日收到的困难件86件，全部办结。",
        "难处：岛上办证要坐船，干部上岛办，化解率100%。",
        "缺：材料缺项的，一次说清，容缺受理。",
    ],
)
def test_a_lack_that_was_put_right_is_what_was_done_and_so_is_what_follows(text: str) -> None:
    assert below_done(text) == "主要举措和成效"


@pytest.mark.parametrize(
    "text",
    [
        "不足：积案化解率不高。",
        "不足：缺少有效手段。",
        "困难：老案子虽已化解，但人还在吵。",
        "短板：村里的调解室未全部建成。",
        "缺：会写文书的人。",
    ],
)
def test_a_lack_that_is_left_stays_one(text: str) -> None:
    assert told("全乡六个村。", "劝好架九回。", text)[-1] == "不足和原因"
    assert told(text, owners=(0,), headings=("一、主要做法",)) == ["不足和原因"]


@pytest.mark.parametrize(
    "text",
    [
        "下一年度预算编制：已按程序编好，人大会上通过。",
        "今后五年规划：已编制完成，送县里备案。",
        "下一步骤：全年理顺流程12个。",
        "今后办证只跑一次：全年办证860件。",
    ],
)
def test_a_label_of_times_to_come_above_what_is_done_already_is_no_plan(text: str) -> None:
    assert below_done(text) == "主要举措和成效"


@pytest.mark.parametrize("text", ["明年的盼头：全年办成3件事。", "下步：完成3个村的调解室。"])
def test_what_shall_be_done_in_all_the_coming_year_is_a_plan(text: str) -> None:
    assert told(text, owners=(0,), headings=("一、主要做法",)) == ["下年度安排"]


@pytest.mark.parametrize("text", ["请群众提意见。全年开院坝会12次。", "欢迎店家提意见，街口设了意见箱。"])
def test_asking_people_for_their_views_in_the_midst_of_a_report_is_no_closing(text: str) -> None:
    assert below_done(text) == "主要举措和成效"


LED = "在县委、县政府的坚强领导下，乡党委、政府依法办事，各项工作稳步推进。"


def test_a_preface_of_several_paragraphs_without_doings_stays_the_opening() -> None:
    plain = ("全乡六个村。", "山多路远，出门打工的多。", LED)

    assert told(*plain, "学法九次。", owners=(-1, -1, -1, 0), headings=("一、做法",))[:3] == ["导语"] * 3
    assert told(
        *plain, "一年到头事多。", "大家齐心。", "老少都来。", "现将情况报告如下：", "学法九次。",
        owners=(-1,) * 7 + (0,), headings=("一、做法",),
    ) == ["导语"] * 7 + ["主要举措和成效"]  # fmt: skip


def test_doings_end_a_preface_and_so_does_a_body_without_headings_above_the_lacks() -> None:
    told_of = ("全乡六个村。", "山多路远。", "办案31件。", "学法。")
    body = ("全乡六个村。", "渡口修好了。", "夜市管住了。", "桥没修。")

    assert told(*told_of, owners=(-1, -1, -1, 0), headings=("一、做法",))[2] == "主要举措和成效"
    assert told(*body, owners=(-1, -1, -1, 0), headings=("存在的不足",))[2] == "主要举措和成效"


@pytest.mark.parametrize("heading", ["三、存在的问题怎么改", "三、存在的问题如何整改", "三、问题怎么改"])
def test_how_the_problems_are_put_right_is_told_passage_by_passage(heading: str) -> None:
    texts = ("老旧小区的围墙修得不够，管得不到位。", "下一步，将进一步修围墙。")

    assert told(*texts, owners=(0, 0), headings=(heading,))[0] == "不足和原因"
    assert find_sections(
        tuple(passage(text) for text in ("学法。", *texts)), (0, 1, 1), roles_of("一、做法", heading), 2023
    ) == ("主要举措和成效", "不足和原因", "下年度安排")


@pytest.mark.parametrize(
    "heading", ["四、往后院子里搬的调解室", "六、群众的毛病群众治", "五、短板有效补齐", "三、邻里的问题怎么办"]
)
def test_words_of_other_parts_in_the_name_of_a_deed_move_it_nowhere(heading: str) -> None:
    assert roles_of("一、做法", heading)[-1].section == "主要举措和成效"


def test_problems_named_inside_a_part_make_no_plans_of_the_tasks_that_follow() -> None:
    outline = (
        OutlineEntry(heading="一、工作情况", level=1),
        OutlineEntry(heading="（一）存在的问题", level=2),
        OutlineEntry(heading="二、主要工作措施和重点任务", level=1),
    )

    assert find_heading_roles(outline, 2023)[-1].section == "主要举措和成效"


@pytest.mark.parametrize("name", ["其他事项", "其他几项工作"])
def test_other_matters_that_say_there_are_none_belong_to_no_part(name: str) -> None:
    headings, owners = ("一、做法", f"二、{name}", "三、明年打算"), (0, 1, 2)

    for text, section in (("本乡无需要报告的其他事项。", "其他"), ("夜市搬进了棚子。", "主要举措和成效")):
        assert told("学法九次。", text, "修桥。", owners=owners, headings=headings)[1] == section


def test_what_stands_below_a_number_alone_is_told_by_what_weighs_more() -> None:
    weak = "调解队伍专业化水平不高，力量薄弱，形式单一，村民参与不足。"
    ahead = "将进一步充实调解队伍，加大培训，持续办好夜校。"

    found = told("全乡六个村。", "劝好架9件。", weak, ahead, owners=(-1, 0, 1, 2), headings=("一", "二", "三"))

    assert found == ["导语", "主要举措和成效", "不足和原因", "下年度安排"]
    listed = "一是人手不足。二是夜校的水平不高。三是经费有限。"
    assert told("全乡六个村。", "劝好架9件。", listed, owners=(-1, 0, 1), headings=("一", "二"))[-1] == "不足和原因"
    assert told("全乡六个村。", "劝好架9件。", weak, owners=(-1, 0, 0), headings=("一",))[-1] == "主要举措和成效"


@pytest.mark.parametrize(
    ("heading", "told", "section"),
    [
        ("（一）下一年度预算编制", "已按程序编好，人大会上通过。", "主要举措和成效"),
        ("（一）今后办证只跑一次", "全年办证860件。", "主要举措和成效"),
        ("（一）存在的问题", "县里点名的六件全部整改。", "主要举措和成效"),
        ("（一）今后五年规划", "把三个渡口都修好。", "下年度安排"),
        ("（一）存在的问题", "渡口的棚子没修。", "不足和原因"),
    ],
)
def test_a_heading_inside_what_was_done_is_read_with_what_follows_upon_it(
    heading: str, told: str, section: str
) -> None:
    outline = (
        OutlineEntry(heading="一、主要做法", level=1),
        OutlineEntry(heading=heading, level=2, passages=("1",)),
    )

    assert find_heading_roles(outline, 2023, {"1": f"{heading}：{told}"})[1].section == section
