"""Sentences about invented places that a hasty reader would count wrongly, and what is certain in each."""

import pytest

from search_app.labelling.figures.extraction import find_counts

MEDIATED, RATE, VISITED = "化解矛盾纠纷", "调解成功率", "接待来访群众"


def counted(text: str, *, section: str = "主要举措和成效", year: int | None = 2023) -> list[tuple[str, float, str]]:
    return [(one.what, one.number, one.unit) for one in find_counts(text, section, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年调解矛盾纠纷38件，成功率97.4%。", [(MEDIATED, 38, "件"), (RATE, 97.4, "%")]),
        ("全年共化解各类矛盾纠纷三十二件。", [(MEDIATED, 32, "件")]),
        ("组织普法宣传活动二十余场。", [("普法宣传活动", 20, "场")]),
        ("发放宣传资料1.3万余份。", [("发放宣传资料", 13000, "份")]),
        ("发放宣传资料12,500份。", [("发放宣传资料", 12500, "份")]),
        ("调解成功率：98%。", [(RATE, 98, "%")]),
        ("调解成功率由91%提高到98%。", [(RATE, 98, "%")]),
        ("接访群众37批82人次。", [("接待来访批次", 37, "批"), (VISITED, 82, "人次")]),
        ("签约1名专职律师担任镇政府法律顾问。", [("法律顾问", 1, "名")]),
        ("审查合同31份、文件8件。", [("合法性审查合同协议", 31, "份"), ("合法性审查文件", 8, "件")]),
        ("配备12名法律明白人。", [("法律明白人", 12, "名")]),
        ("发放反诈、禁毒、防溺水等宣传资料600份。", [("发放宣传资料", 600, "份")]),
        ("全年无行政复议案件，行政应诉案件2件。", [("行政复议案件", 0, "件"), ("行政诉讼(应诉)案件", 2, "件")]),
    ],
)
def test_what_a_sentence_counts_is_found(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "力争调解矛盾纠纷达到50件。",
        "计划开展普法宣传活动12场。",
        "下一步，开展普法宣传活动12场，调解矛盾纠纷40件。",
        "确保调解成功率达到98%以上。",
        "要求每村配备人民调解员3名。",
        "每名网格员每月调解矛盾纠纷3件。",
        "调解矛盾纠纷较上年的38件有所减少。",
        "2022年调解矛盾纠纷38件。",
        "调解成功率提高12个百分点。",
        "调解成功率提高12%。",
        "调解矛盾纠纷同比增加38件。",
        "因调解不力引发纠纷3件。",
        "未化解矛盾纠纷5件。",
        "参与调解纠纷61件。",
        "指导调解纠纷61件。",
        "聘请法治监督员、人民调解员、网格员共121名。",
        "评选优秀人民调解员5名。",
        "表彰优秀网格员3名、人民调解员2名。",
        "评选好媳妇16人、调解员45名。",
        "各村各配备人民调解员1名。",
        "调解矛盾纠纷3至5件。",
        "办理第14条规定的行政处罚案件。",
        "一名人民调解员调解一件纠纷。",
        "成功率97%。",
        "满意率达到99%。",
        "全年未发生一起因行政复议引发的信访案件。",
        "发布预警信息46条。",
        "调解纠纷的38名干部受到表扬。",
        "开展12项普法宣传活动之外的工作。",
        "法律顾问制度实施3年。",
        "村村配有法律顾问，12个村（社区）全部签约。",
        "调解矛盾纠纷分别为12件、15件。",
        "人均调解矛盾纠纷12件。",
        "调解矛盾纠纷目标40件。",
        "执法平台录入检查记录312条、案件58件。",
        "推动增配执法车辆两辆、执法人员五名。",
    ],
)
def test_what_is_no_result_of_the_year_or_not_certain_is_left_out(text: str) -> None:
    assert counted(text) == []


def test_plans_for_the_next_year_have_no_figures() -> None:
    assert counted("调解矛盾纠纷38件。", section="下年度安排") == []


@pytest.mark.parametrize(
    ("text", "part", "cumulative", "qualifier"),
    [
        ("调解矛盾纠纷38件。", False, False, ""),
        ("其中调解矛盾纠纷38件。", True, False, ""),
        ("调解劳动纠纷38件。", True, False, ""),
        ("5月调解矛盾纠纷38件。", True, False, ""),
        ("截至目前，调解矛盾纠纷38件。", False, True, ""),
        ("近三年调解矛盾纠纷38件。", False, True, ""),
        ("自2019年以来调解矛盾纠纷38件。", False, True, ""),
        ("累计调解矛盾纠纷38件。", False, True, ""),
        ("全年累计调解矛盾纠纷38件。", False, False, ""),
        ("今年以来调解矛盾纠纷38件。", False, False, ""),
        ("2023年以来调解矛盾纠纷38件。", False, False, ""),
        ("调解矛盾纠纷38余件。", False, False, "余"),
        ("调解矛盾纠纷近40件。", False, False, "近"),
        ("调解矛盾纠纷约40件。", False, False, "约"),
        ("调解矛盾纠纷超过40件。", False, False, "超"),
        ("调解矛盾纠纷40件以上。", False, False, "以上"),
        ("调解矛盾纠纷40件左右。", False, False, "约"),
    ],
)
def test_how_much_of_what_is_counted_is_marked(text: str, part: bool, cumulative: bool, qualifier: str) -> None:
    (found,) = find_counts(text, "主要举措和成效", 2023)

    assert (found.part, found.cumulative, found.qualifier) == (part, cumulative, qualifier)


def test_a_short_word_is_read_with_the_clause_that_says_of_what() -> None:
    text = "队伍稳定。全年调解纠纷38件，成功37件，成功率97.4%。"

    spans = [text[one.clause_start : one.clause_end] for one in find_counts(text, "主要举措和成效", 2023)]

    assert spans == ["全年调解纠纷38件", "全年调解纠纷38件，成功37件", "全年调解纠纷38件，成功37件，成功率97.4%"]


def test_of_a_table_the_column_of_the_reports_year_is_read() -> None:
    table = "项目 | 2022年 | 2023年 | 变化\n调解纠纷（件） | 466 | 528 | 上升13.3%\n名单（人） | 3 | 4 | 增加1人"

    assert counted(table) == [(MEDIATED, 528, "件")]


def test_a_table_without_the_reports_year_has_no_figures() -> None:
    assert counted("项目 | 2020年 | 2021年\n调解纠纷（件） | 466 | 528") == []
