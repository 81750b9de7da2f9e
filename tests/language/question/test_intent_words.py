"""Intents: what is asked is told from how it is asked, and terms stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language.question.intent_words import (
    DEEDS,
    HEAD,
    OPENING,
    PLANS,
    PROBLEMS,
    find_intent_words,
)

TEXTS = st.lists(
    st.sampled_from(
        [
            "普法",
            "矛盾调解",
            "怎么写",
            "案例",
            "存在的问题",
            "2024年",
            "打算",
            "不足",
            "有哪些",
            "典型案例",
            "的",
            " ",
            "情况",
        ]
    )
    | st.text(max_size=3),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("普法怎么写", "普法"),
        ("普法有哪些好做法", "普法"),
        ("矛盾调解 案例", "矛盾调解"),
        ("别的镇怎么做普法", "普法"),
        ("如何化解矛盾", "化解矛盾"),
        ("政务公开范文", "政务公开"),
        ("合法性审查具体怎么操作？", "合法性审查"),
        ("信访工作开展情况", "信访工作"),
        ("今年普法情况", "普法"),
        ("优化营商环境有什么好的经验做法吗？", "优化营商环境"),
    ],
)
def test_words_that_say_how_something_is_asked_are_not_searched(typed: str, searched: str) -> None:
    assert find_intent_words(typed).text == searched


@pytest.mark.parametrize(
    "typed",
    [
        "典型案例", "以案释法", "枫桥经验", "案例教学", "问题整改", "历史遗留问题", "困难群众", "人手不足",
        "执法力量不足", "强制措施", "计划生育", "八五普法规划", "情况通报", "经验交流",
    ],
)  # fmt: skip
def test_terms_stay_whole(typed: str) -> None:
    assert find_intent_words(f"镇级{typed}").text == f"镇级{typed}"


@pytest.mark.parametrize("typed", ["怎么写", "范文", "不足", "主要做法", "明年打算", "2023"])
def test_a_word_stays_when_it_is_all_that_was_typed(typed: str) -> None:
    assert find_intent_words(typed).text == typed


def test_a_question_of_nothing_but_such_words_is_bare() -> None:
    assert find_intent_words("其他乡镇是怎么写不足的").bare
    assert not find_intent_words("普法不足").bare


@pytest.mark.parametrize("typed", ["调解 案例", "调解经验", "调解怎么做", "典型案例", "赋权执法亮点工作"])
def test_who_asks_for_cases_or_how_it_is_done_wants_concrete_practice(typed: str) -> None:
    assert find_intent_words(typed).practice


@pytest.mark.parametrize("typed", ["怎样让大家愿意来听课", "赶集天普法怎么安排", "如何发动商户", "咋把人请来"])
def test_a_question_may_ask_how_whatever_it_asks_of(typed: str) -> None:
    assert find_intent_words(typed).how


def test_a_term_asks_nothing() -> None:
    assert not find_intent_words("调解办法").how


def test_who_asks_how_it_is_written_wants_wording() -> None:
    assert not find_intent_words("调解怎么写").practice


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("执法 不足", PROBLEMS),
        ("普法存在的问题和原因", PROBLEMS),
        ("队伍建设短板", PROBLEMS),
        ("人手不足", PROBLEMS),
        ("宣传形式单一", PROBLEMS),
        ("普法 下一步打算", PLANS),
        ("明年怎么抓信访", PLANS),
        ("执法工作计划", PLANS),
        ("书记述法", HEAD),
        ("第一责任人", HEAD),
        ("普法成效", DEEDS),
    ],
)
def test_words_lean_to_the_part_of_a_report_that_they_name(typed: str, section: str) -> None:
    assert find_intent_words(typed).sections == (section,)


@given(
    st.sampled_from([("存在问题", PROBLEMS), ("不足", PROBLEMS), ("下一步打算", PLANS), ("工作计划", PLANS)]),
    st.sampled_from(["里", "中", "部分", "这一部分里", "一节"]),
    st.sampled_from(["", "关于", "有没有"]),
    st.sampled_from(["执法队伍", "网格员", "法律顾问"]),
)
def test_a_part_named_as_such_before_the_matter_is_meant_and_not_searched(
    part: tuple[str, str], named: str, joining: str, matter: str
) -> None:
    asked = find_intent_words(f"{part[0]}{named}{joining}{matter}")

    assert (asked.text, asked.sections) == (matter, (part[1],))


@pytest.mark.parametrize(
    "typed", ["报告开头怎么写", "引言", "导语部分", "报告的前言", "第一段怎么写", "报告开头一段怎么写", "开头的那段话"]
)
def test_the_opening_of_a_report_is_a_part_like_others(typed: str) -> None:
    asked = find_intent_words(typed)

    assert (asked.bare, asked.sections) == (True, (OPENING,))


@pytest.mark.parametrize("typed", ["法治公园前言墙", "民生问题中的调解", "执法人员不足5人"])
def test_what_only_sounds_like_the_name_of_a_part_is_none(typed: str) -> None:
    asked = find_intent_words(typed)

    assert (asked.text, asked.sections) == (typed, ())


@pytest.mark.parametrize("typed", ["一年开几次党委会", "每年召开多少次党委会", "全年要开几次党委会"])
def test_who_asks_how_often_a_year_asks_for_the_matter(typed: str) -> None:
    assert find_intent_words(typed).text == "党委会"


@pytest.mark.parametrize("typed", ["普法", "历史遗留问题", "信访问题", "困难群众", "村书记", "人手不足怎么解决"])
def test_other_words_lean_nowhere(typed: str) -> None:
    assert find_intent_words(typed).sections == ()


@pytest.mark.parametrize(
    "typed", ["2024年计划", "2024年普法工作安排", "2024 执法 打算", "二〇二四年打算", "２０２４年度思路"]
)
def test_a_plan_for_a_year_names_that_year(typed: str) -> None:
    found = find_intent_words(typed)

    assert found.planned == 2024
    assert found.sections == (PLANS,)
    assert "4" not in found.text


@pytest.mark.parametrize("typed", ["2023年下一步打算", "2023年 明年计划", "2021-2025年规划", "2023年普法", "明年打算"])
def test_a_year_that_is_not_the_planned_one_is_left_alone(typed: str) -> None:
    assert find_intent_words(typed).planned is None


@given(TEXTS)
def test_what_is_left_stands_in_the_text_in_the_same_order(typed: str) -> None:
    rest = iter(typed)

    assert all(char in rest for char in find_intent_words(typed).text if not char.isspace())


@given(TEXTS)
def test_nothing_that_was_typed_becomes_an_empty_search(typed: str) -> None:
    assert bool(find_intent_words(typed).text) == bool(typed.strip())


@given(TEXTS)
def test_words_left_out_stand_in_the_text(typed: str) -> None:
    assert all(word in typed for word in find_intent_words(typed).dropped)


def test_a_pasted_sentence_asks_nothing() -> None:
    pasted = (
        "每月末随机抽取执法案卷、调解卷宗和救助档案各一份投在大屏上，请全体干部挑错，"
        "挑出一处记一分，被挑得最多的站所由负责人当场说明原因。"
    )

    found = find_intent_words(pasted)

    assert found.text == pasted
    assert not found.sections


@pytest.mark.parametrize("typed", ["领导干部年底述法是怎么安排的？", "述法如何部署"])
def test_who_asks_how_something_was_arranged_does_not_ask_for_plans(typed: str) -> None:
    assert PLANS not in find_intent_words(typed).sections


def test_who_asks_how_the_next_year_is_arranged_does() -> None:
    assert PLANS in find_intent_words("普法明年怎么安排").sections


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("禁毒 短板在哪里", "禁毒"),
        ("公车管理哪里没管好", "公车管理"),
        ("应急演练还差什么", "应急演练"),
        ("村账公开有哪些毛病", "村账公开"),
        ("调解队伍还有哪些地方做得不够", "调解队伍"),
        ("复议多是因为啥", "复议多"),
        ("听证会的毛病", "听证会"),
    ],
)
def test_a_lack_asked_for_in_spoken_words_is_the_part_on_problems(typed: str, searched: str) -> None:
    asked = find_intent_words(typed)

    assert (asked.text, asked.sections) == (searched, (PROBLEMS,))


@pytest.mark.parametrize("typed", ["网格员缺编", "普法宣传流于形式", "档案管理跟不上"])
def test_words_of_a_lack_lean_to_the_problems_and_are_searched(typed: str) -> None:
    asked = find_intent_words(typed)

    assert (asked.text, asked.sections) == (typed, (PROBLEMS,))


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("往后禁毒怎么抓", "禁毒"), ("河道巡查 以后咋弄", "河道巡查"), ("大厅窗口明年准备添什么", "大厅窗口")],
)
def test_what_comes_next_asked_in_spoken_words_is_the_part_on_plans(typed: str, searched: str) -> None:
    asked = find_intent_words(typed)

    assert (asked.text, asked.sections, asked.practice) == (searched, (PLANS,), False)


@pytest.mark.parametrize("typed", ["审计发现的问题 改正到哪一步了", "巡察反馈的问题整改得怎么样"])
def test_what_was_put_right_is_told_as_done_or_among_the_problems(typed: str) -> None:
    assert set(find_intent_words(typed).sections) == {DEEDS, PROBLEMS}


@pytest.mark.parametrize(
    "typed",
    ["为什么要搞网格", "拆了以后怎么办", "检查出了哪些毛病", "执法中发现的问题", "怎样让演练不走过场", "缺人怎么补上"],
)
def test_what_only_sounds_like_a_lack_or_a_plan_leans_nowhere(typed: str) -> None:
    assert find_intent_words(typed).sections == ()


@pytest.mark.parametrize(
    "typed",
    [
        "存在问题的原因分析",
        "执法队伍薄弱 原因分析",
        "工作没做好的原因分析",
        "信访为什么多",
        "这么多纠纷是什么原因",
    ],
)
def test_who_asks_what_lacks_come_from_asks_for_causes(typed: str) -> None:
    asked = find_intent_words(typed)

    assert asked.causes
    assert PROBLEMS in asked.sections


@pytest.mark.parametrize("typed", ["存在问题", "执法队伍薄弱", "矛盾纠纷原因排查", "为什么聘请法律顾问"])
def test_who_asks_for_lacks_or_reasons_of_doing_asks_for_no_causes(typed: str) -> None:
    assert not find_intent_words(typed).causes


@pytest.mark.parametrize(
    "typed", ["书记镇长亲自抓法治", "镇长带头学法", "一把手责任", "党政主要负责人履职", "乡长述法"]
)
def test_heads_who_lead_are_told_of_in_their_own_part(typed: str) -> None:
    assert HEAD in find_intent_words(typed).sections


@pytest.mark.parametrize(
    "typed", ["镇长要不要出庭", "书记接访", "主要负责人出庭应诉", "镇长任组长，办公室设在司法所", "村书记换届"]
)
def test_what_heads_do_elsewhere_leans_nowhere(typed: str) -> None:
    assert HEAD not in find_intent_words(typed).sections


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("执法队伍存在的问题", PROBLEMS),
        ("干部法治意识不强的问题", PROBLEMS),
        ("合法性审查 不足", PROBLEMS),
        ("合法性审核哪里没做到位", PROBLEMS),
        ("法律援助 困难", PROBLEMS),
        ("公共法律服务 接下来", PLANS),
        ("村规民约 以后怎么弄", PLANS),
        ("来年化解纠纷的安排", PLANS),
        ("2025年普法计划", PLANS),
    ],
)
def test_a_part_is_surely_named_where_nothing_else_can_be_meant(text: str, part: str) -> None:
    assert find_intent_words(text).surely == (part,)


@pytest.mark.parametrize(
    "text",
    [
        "欠薪问题",
        "土地问题",
        "资金困难",
        "学法计划",
        "出庭安排",
        "群众办事难问题怎么解决",
        "执法不规范的问题整治",
        "普法",
    ],
)
def test_words_that_end_the_name_of_a_matter_name_no_part_surely(text: str) -> None:
    assert find_intent_words(text).surely == ()


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("罚了多少钱", "罚了多少钱"),
        ("除了司法所还有谁参加调解", "除了司法所 参加调解"),
        ("之所以调解员留不住", "调解员留不住"),
    ],
)
def test_what_asks_is_left_out_but_where_it_is_part_of_an_everyday_form(typed: str, left: str) -> None:
    assert find_intent_words(typed).text == left


@pytest.mark.parametrize(
    "asked",
    [
        "{}还存在哪些问题",
        "{}的问题主要是什么",
        "{}主要存在什么问题",
        "{}存在哪些困难和问题",
        "{}做得不够的地方",
        "{}这块还差什么",
        "{}还有哪些短板弱项",
        "{}遇到的难题",
        "{}的堵点难点",
        "别的镇{}存在什么问题",
        "其他乡镇写的{}的不足",
        "报告里{}的问题怎么写",
    ],
)
def test_the_problems_of_a_matter_are_asked_for_in_many_ways(asked: str) -> None:
    found = find_intent_words(asked.format("执法队伍"))

    assert (found.text, found.sections) == ("执法队伍", (PROBLEMS,))


@pytest.mark.parametrize(
    "asked",
    [
        "{}下阶段重点",
        "接下来{}准备怎么干",
        "{}未来规划",
        "{}的改进方向",
        "{}的改进措施",
        "{}下一步打算",
        "明年{}的工作计划",
    ],
)
def test_the_plans_for_a_matter_are_asked_for_in_many_ways(asked: str) -> None:
    found = find_intent_words(asked.format("执法队伍"))

    assert (found.text, found.surely) == ("执法队伍", (PLANS,))


@pytest.mark.parametrize("text", ["解决难题", "信访难题化解", "困难群众", "遇到困难的群众", "有问题找律师"])
def test_a_problem_that_somebody_has_or_that_is_helped_names_no_part_surely(text: str) -> None:
    assert find_intent_words(text).surely == ()
