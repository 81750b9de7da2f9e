"""Exemplary practice: concrete passages pass the floor with true reasons, boilerplate and plans do not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.labelling import rule_tables
from search_app.labelling.exemplary import terms
from search_app.labelling.exemplary.evidence import Evidence, evidence
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.labelling.exemplary.score import features, quote_proofs, rate

CONCRETE = (
    "打造“老槐树下议事角”，由村支书、老党员和法律明白人每周三轮流坐班，先听诉求、再讲法理、后签协议，"
    "全年化解邻里纠纷63件，调解成功率98.4%，做法在全县推广。"
)
EMPTY = (
    "高度重视法治政府建设工作，坚持以习近平法治思想为指导，进一步加强组织领导，不断提高依法行政水平，"
    "切实增强责任意识，营造良好法治氛围。"
)
DONE = "主要举措和成效"


def test_a_concrete_practice_passes_the_floor() -> None:
    assert rate(CONCRETE, DONE).score >= EXEMPLARY_FLOOR


def test_boilerplate_stays_far_below_the_floor() -> None:
    assert rate(EMPTY, DONE).score < EXEMPLARY_FLOOR / 2


def test_a_plan_is_no_practice_yet_however_concrete() -> None:
    rated = rate(CONCRETE, "下年度安排")

    assert rated.score < EXEMPLARY_FLOOR
    assert rated.reasons == ("讲的是打算或不足，不是做成的事",)


def test_a_slogan_in_quotes_is_no_practice_of_its_own() -> None:
    assert "有自己的名称" not in reasons("坚持新时代“枫桥经验”，落实“谁执法谁普法”，推进“放管服”改革。")


def test_every_reason_quotes_the_passage() -> None:
    for reason in rate(CONCRETE, DONE).reasons:
        for words in reason.partition("：")[2].replace("；", "、").split("、"):
            assert words in CONCRETE


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_the_score_is_between_0_and_100_for_any_text(text: str) -> None:
    assert 0 <= rate(text, DONE).score <= 100


@pytest.mark.parametrize(
    "text",
    [
        "审查平均用时2.5个工作日，群众满意率由78.5%提高到89%，投诉下降12个百分点。",
        "推行先讲险情、再讲责任、后讲预案的办法，由网格员每周上门，2.组织演练3场次，接待群众65人次。",
    ],
)
def test_every_reason_quotes_whole_words_of_the_passage(text: str) -> None:
    quoted = [word for reason in proofs(text) for word in re.split("[、；]", reason.split("：", 1)[1])]
    bare = text.replace("、", "")
    assert quoted
    assert all(word.strip("“”") in bare or word in text for word in quoted)
    assert not any(re.search(r"\d$|^率|个$", word) for word in quoted)


@pytest.mark.parametrize("text", ["逐案梳理，定期回访，限时办结。", "做了一些工作。", "值守电话24小时开通。"])
def test_what_proves_nothing_stays_below_the_floor_and_shows_no_reason(text: str) -> None:
    rated = rate(text, DONE)

    assert rated.score < EXEMPLARY_FLOOR
    assert rated.reasons == ()


def proofs(text: str) -> tuple[str, ...]:
    return tuple(quote_proofs(evidence(text, rule_tables.exemplary_rule())))


def reasons(text: str) -> str:
    return " ".join(proofs(text))


@pytest.mark.parametrize(
    "text",
    [
        "根据县委发〔2021〕15号文件第4条和第11条，自2022年5月1日起，对标“十四五”目标认真落实。",
        "实行24小时值班，宣传“4·15”“12·4”，畅通12345热线。",
        "做到让群众最多跑1次、不跑第2次。",
    ],
)
def test_dates_numbers_of_documents_and_ordinals_are_no_figures(text: str) -> None:
    assert "有数据" not in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "积极争创全省法治示范乡镇，力争获评全市先进单位。",
        "组织干部赴外县参观全省首个无讼村，学习获评全国先进的经验。",
        "推荐2名同志参评全市最美调解员，申报省级民主法治示范村。",
        "在全社区首个网格开展巡查。",
    ],
)
def test_what_is_striven_for_or_seen_elsewhere_is_no_honour(text: str) -> None:
    assert "首创或获奖" not in reasons(text)


@pytest.mark.parametrize("text", ["开出全市餐饮油烟执法第一单。", "镇司法所荣获全省模范司法所称号。"])
def test_a_first_or_an_award_of_this_town_is_an_honour(text: str) -> None:
    assert "首创或获奖" in reasons(text)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("占道投诉由上年的57件降到9件。", True),
        ("群众满意率由81%升至93%。", True),
        ("群众满意率由93%降至81%。", False),
        ("信访投诉比上年上升21%。", False),
        ("确保矛盾化解率达到98%。", False),
        ("下发责令整改通知书43份。", False),
        ("法律顾问覆盖率达100%。", False),
    ],
)
def test_only_a_change_for_the_better_is_a_result(text: str, better: bool) -> None:
    assert ("有成效" in reasons(text)) is better


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("法律顾问列席镇长办公会。", True),
        ("由分管副镇长带队上门测量。", True),
        ("为行动不便的群众上门服务。", False),
        ("健全法律顾问审查制度。", False),
        ("给执法人员配齐执法记录仪。", False),
        ("在便民服务中心公示。", False),
        ("退回不应由社区盖章登记的任务。", False),
    ],
)
def test_who_is_served_or_named_in_a_rule_does_nothing(text: str, does: bool) -> None:
    assert ("写明由谁怎么做" in reasons(text)) is does


@pytest.mark.parametrize("name", ["开展“百日攻坚”行动。", "依托“浙里办”平台办件。", "学习外地“乡贤评理堂”的做法。"])
def test_a_campaign_a_province_s_platform_and_another_town_s_practice_are_no_names_of_its_own(name: str) -> None:
    assert "有自己的名称" not in reasons(name)


def test_a_planned_sentence_in_a_report_on_what_was_done_speaks_for_nothing() -> None:
    planned = "下一步，将推行“律师驻村”机制，由每名律师联系3个村，每周二到村坐班。"

    assert rate(planned, DONE).score == 0
    assert rate(CONCRETE + planned, DONE).score == rate(CONCRETE, DONE).score


def test_a_table_of_figures_is_no_practice() -> None:
    assert rate("项目 | 2022年 | 2023年\n调解纠纷（件） | 203 | 187", DONE).score == 0


def test_a_condition_is_quoted_with_what_follows_from_it() -> None:
    assert "三天内没有回话的，由镇纪委问原因" in reasons("三天内没有回话的，由镇纪委问原因。")


@given(counts=st.fixed_dictionaries({name: st.integers(0, 6) for name in Evidence.__slots__ if name != "told"}))
def test_one_more_find_never_lowers_the_points(counts: dict[str, int]) -> None:
    def points(numbers: dict[str, int]) -> float:
        found = Evidence(**{name: tuple(map(str, range(number))) for name, number in numbers.items()})  # type: ignore[arg-type]
        counted = features(found, slogans=(), routine=())
        return sum(terms.weights()[0].get(terms.FIND + name, 0) * number for name, number in counted.items())

    for name in counts.keys() - {"figures"}:
        assert points({**counts, name: counts[name] + 1}) >= points(counts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"谁": None}, "缺少这些行：谁"),
        ({"是谁": []}, "不认识这些行：是谁"),
        ({"谁": "司法所"}, "“谁”应当是一串加引号的词"),
        ({"谁": ["司法(所"]}, "“谁”里，“司法(所”写法有误"),
    ],
)
def test_a_mistake_in_the_table_is_named(change: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: dict[str, object] = {key: [] for key in rule_tables._EXEMPLARY_ROWS.values()} | change
    monkeypatch.setattr(
        rule_tables, "_read", lambda _: {key: words for key, words in rows.items() if words is not None}
    )

    with pytest.raises(ConfigError, match=re.escape(said)):
        rule_tables.exemplary_rule.__wrapped__()


def test_a_table_of_empty_rows_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_tables, "_read", lambda _: {key: [] for key in rule_tables._EXEMPLARY_ROWS.values()})

    rule = rule_tables.exemplary_rule.__wrapped__()

    assert not any(getattr(rule, name).search(CONCRETE) for name in ("rules", "posts", "firsts", "planned", "slogans"))
