"""Other wordings from both tables: the longer entry counts, and what both know is said once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import find_synonyms, find_wordings, synonym_words
from search_app.language.question.everyday import everyday_words
from search_app.language.question.wordings import MOST

WORDS = sorted(synonym_words() | everyday_words())
#: Headings and matters of reports in every topic.
HEADINGS = [
    "合法性审查",
    "重大行政决策",
    "规范性文件清理",
    "行政执法三项制度",
    "综合行政执法",
    "执法培训",
    "行政处罚",
    "执法案卷评查",
    "首违不罚",
    "执法监督",
    "矛盾纠纷排查",
    "人民调解",
    "调解员培训",
    "信访工作",
    "领导接访",
    "信访积案化解",
    "枫桥经验",
    "多元化解",
    "诉源治理",
    "司法确认",
    "社区矫正",
    "安置帮教",
    "禁毒宣传",
    "反诈宣传",
    "平安建设",
    "网格化管理",
    "扫黑除恶",
    "社会治安防控",
    "普法宣传",
    "法律七进",
    "青少年法治教育",
    "法治副校长",
    "法律明白人",
    "宪法宣传周",
    "民法典宣传",
    "法治文化阵地",
    "法律顾问",
    "公职律师",
    "公共法律服务",
    "法律援助",
    "村规民约",
    "移风易俗",
    "村务公开",
    "民主法治示范村",
    "四议两公开",
    "政务公开",
    "政府信息公开",
    "行政复议",
    "行政应诉",
    "负责人出庭应诉",
    "人大代表建议",
    "政协提案",
    "审计监督",
    "党风廉政建设",
    "便民服务中心",
    "优化营商环境",
    "证明事项告知承诺",
    "行政审批",
    "权责清单",
    "应急预案",
    "应急演练",
    "安全生产",
    "消防安全",
    "森林防火",
    "防汛抗旱",
    "食品安全",
    "道路交通安全",
    "违法建设",
    "耕地保护",
    "宅基地审批",
    "河长制",
    "人居环境整治",
    "劳动争议",
    "欠薪",
    "邻里纠纷",
    "婚姻家庭纠纷",
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=8).map("".join)


def entries(text: str) -> list[tuple[str, bool]]:
    return [(text[each.start : each.end], each.spoken) for each in find_wordings(text)]


def others(text: str) -> set[str]:
    return {other.text for each in find_wordings(text) for other in each.others}


def test_a_spoken_form_counts_as_a_whole_and_not_by_the_words_in_it() -> None:
    assert entries("偷着盖房子") == [("偷着盖房子", True)]


def test_the_longer_entry_counts_whichever_table_has_it() -> None:
    assert entries("行政机关负责人出庭应诉") == [("行政机关负责人出庭应诉", False)]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("坐过牢的人", "安置帮教"),
        ("违章盖房子", "违法建设"),
        ("打官司", "诉前调解"),
        ("讨工钱", "欠薪"),
        ("吸毒的人回村", "社区戒毒"),
        ("疯子打人", "严重精神障碍"),
        ("找人评理", "人民调解"),
        ("镇里请律师", "法律顾问"),
        ("头一回犯错饶不饶", "首违不罚"),
        ("夜里拉河沙", "非法采砂"),
        ("儿子都不想养老娘", "赡养纠纷"),
        ("牧民夜里偷着放羊", "禁牧"),
        ("渔网缠在一起争渔场", "涉渔纠纷"),
    ],
)
def test_what_people_say_leads_to_what_reports_write(said: str, written: str) -> None:
    assert written in others(said)


@pytest.mark.parametrize("written", ["安置帮教", "违法建设", "欠薪", "社区戒毒", "村规民约"])
def test_what_reports_write_does_not_lead_to_what_people_say(written: str) -> None:
    assert others(written).isdisjoint(everyday_words() - synonym_words())


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("律师", "法律顾问"),
        ("行政调解", "行政裁决"),
        ("法制审核", "合法性审查"),
        ("合法性审查", "法制审核"),
        ("禁毒", "社区戒毒"),
        ("宣传标语", "拉横幅"),
        ("积案", "老户"),
    ],
)
def test_what_is_only_near_is_no_other_wording(word: str, other: str) -> None:
    assert other not in {wording.text for each in find_synonyms(word) for wording in each.others}


@pytest.mark.parametrize(
    ("short", "element"),
    [
        ("一规划两纲要", "法治社会建设实施纲要"),
        ("四所一庭", "自然资源所"),
        ("三重一大", "大额资金"),
        ("四议两公开", "张榜公布"),
        ("一盔一带", "道路交通安全"),
        ("两轻一免", "首违不罚"),
    ],
)
def test_what_is_abbreviated_leads_to_each_of_its_elements(short: str, element: str) -> None:
    assert element in others(short)


@pytest.mark.parametrize(
    ("specific", "head"),
    [
        ("危化品", "安全生产"),
        ("设施农用地", "耕地保护"),
        ("枫桥式司法所", "司法所"),
        ("散埋乱葬", "移风易俗"),
        ("履职清单", "权责清单"),
        ("校车", "道路交通安全"),
        ("渔业纠纷", "水上纠纷"),
    ],
)
def test_a_specific_term_leads_to_the_head_of_its_topic_and_the_head_not_to_it(specific: str, head: str) -> None:
    assert head in others(specific)
    assert specific not in others(head)


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_reports_have_as_a_heading_is_no_everyday_wording(heading: str) -> None:
    assert not any(spoken for _, spoken in entries(heading))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("两代表一委员", "党代表、人大代表、政协委员"),
        ("两微一端", "微博、微信、客户端"),
        ("放管服", "简政放权、放管结合、优化服务"),
        ("三重一大", "重大决策、重要人事任免、重大项目安排和大额资金使用"),
        ("综治", "社会治安综合治理"),
        ("一村一顾问", "一村一法律顾问"),
    ],
)
def test_what_is_abbreviated_and_what_is_written_in_full_lead_to_each_other(short: str, full: str) -> None:
    assert full in others(short)
    assert short in others(full)


@given(TEXTS)
def test_entries_are_in_order_and_apart_and_inside_the_text(text: str) -> None:
    spans = [(each.start, each.end) for each in find_wordings(text)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_a_query_has_a_bounded_number_of_other_wordings_each_lighter_than_what_was_typed(text: str) -> None:
    found = find_wordings(text)

    assert sum(len(each.others) for each in found) <= MOST
    assert all(0 < other.weight < 1 for each in found for other in each.others)


@given(TEXTS)
def test_without_spoken_forms_the_synonyms_are_left(text: str) -> None:
    assert [(each.start, each.end) for each in find_wordings(text, spoken=False)] == [
        (each.start, each.end) for each in find_synonyms(text)
    ]


def test_the_name_of_a_practice_is_a_word_of_reports_although_it_leads_to_what_it_is_about() -> None:
    (entry,) = find_wordings("吹哨报到")

    assert "联动机制" in {each.text for each in entry.others}
    assert not entry.spoken
