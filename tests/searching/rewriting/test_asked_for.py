"""What a question asks for beside its words is heard and said: practice, what to leave out, and what is not held."""

import re

import pytest

from search_app.engines.base import Engine
from search_app.language import find_whole_words
from search_app.model import Collapse, Exemplary
from search_app.query import NoteKind
from search_app.searching import Request, Results, search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

#: A word that many hold is not so rare that its slip could mean anything.
MANY = tuple(filed(f"多{number}.txt", f"网格员排查矛盾{number}次，调解室调解纠纷。") for number in range(6))
REPORTS = (
    filed("1.txt", "普法宣传，普法讲座，普法活动。"),
    filed("2.txt", "普法进学校，办讲座。"),
    filed("3.txt", "普法进集市，设巷议堂一处。", exemplary=Exemplary(score=95, reasons=())),
    filed("4.txt", "上报恩桥修缮情况，报到登记。"),
    filed("5.txt", "高铁征地引发矛盾，逐户调解。"),
    filed("6.txt", "修路占道，处理及时。"),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    put(made, *REPORTS, *MANY)
    return made


def asked(engine: Engine, text: str, *, exemplary: bool = False, literal: bool = False) -> Results:
    asked_for = Request(text=text, collapse=Collapse.NONE, exemplary=exemplary, literal=literal)
    return search(engine, asked_for)


def paths(results: Results) -> list[str]:
    return [hit.match.report.path for hit in results.hits if not hit.near]


def notes(results: Results, kind: NoteKind) -> list[str]:
    return [note.message for note in results.notes if note.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "普法有什么好做法", "好做法 普法", "普法 好做法", "普法 经验", "普法 典型", "普法典型", "有没有普法的好办法",
        "普法 好点子",
        "普法 妙招", "普法 亮点", "普法怎么做", "普法哪里做得好", "普法 值得借鉴的", "普法 可以学习的", "普法 案例",
        "普法 特色",
        "别的镇怎么开展普法", "普法有哪些好的经验做法", "普法 高招", "普法有啥好办法",
    ],
)  # fmt: skip
def test_who_asks_for_practice_reads_it_first_and_is_told_how_much_of_it_there_is(engine: Engine, text: str) -> None:
    found = asked(engine, text)

    assert paths(found)[0] == "3.txt"
    (message,) = notes(found, NoteKind.PRACTICE)
    only = asked(engine, text, exemplary=True)
    assert re.findall(r"\d+", message) == [str(only.found.total)]


@pytest.mark.parametrize("text", ["普法怎么写", "普法 范文", "典型案例", "普法 人手不足"])
def test_who_asks_for_something_else_is_told_nothing_of_practice(engine: Engine, text: str) -> None:
    assert not notes(asked(engine, text), NoteKind.PRACTICE)


def test_what_is_not_wanted_is_left_out_and_said_and_a_click_brings_it_back(engine: Engine) -> None:
    found = asked(engine, "普法 不要学校")

    assert set(paths(found)) == {"1.txt", "3.txt"}
    assert "“学校”" in notes(found, NoteKind.EXCLUDED)[0]
    assert NoteKind.EXCLUDED.undo.name == "LITERAL"
    assert not notes(asked(engine, "普法 不要学校", literal=True), NoteKind.EXCLUDED)


LAND = (
    filed("1.txt", "调解纠纷，多为山林土地争议。"),
    filed("2.txt", "调解纠纷八起，土地确权三起。"),
    filed("3.txt", "调解纠纷九起，邻里为主。"),
    filed("4.txt", "调解纠纷，受理热线，派发工单。"),
    filed("5.txt", "调解纠纷，接听热线。"),
)


@pytest.mark.parametrize(
    ("excluded", "left", "said"),
    [
        ("土地山林", {"3.txt", "4.txt", "5.txt"}, "“土地山林”（和“土地”、“山林”）"),
        ("热线工单", {"1.txt", "2.txt", "3.txt", "5.txt"}, "同时有“热线”“工单”"),
        ("山林土地", {"2.txt", "3.txt", "4.txt", "5.txt"}, "“山林土地”的段落"),
    ],
    ids=["equals", "one of the other", "held as typed"],
)
def test_a_compound_that_is_not_held_leaves_out_its_parts_and_says_so(excluded: str, left: set[str], said: str) -> None:
    engine = ScanningEngine()
    put(engine, *LAND)
    found = asked(engine, f"调解 不要{excluded}")

    assert set(paths(found)) == left
    assert said in notes(found, NoteKind.EXCLUDED)[0]


def test_a_name_that_is_not_held_is_not_broken_into_pieces_that_match_anywhere(engine: Engine) -> None:
    found = asked(engine, "吹哨报到")

    assert found.found.total == 0
    assert "4.txt" not in [hit.match.report.path for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("网络员", "网格员"), ("网络员排查矛盾", "网格员排查矛盾"), ("调结室", "调解室"), ("网格圆", "网格员")],
)
def test_a_slip_that_can_mean_one_word_only_is_mended(engine: Engine, typed: str, meant: str) -> None:
    found = asked(engine, typed)

    assert notes(found, NoteKind.CORRECTED) == [f"没有找到“{typed}”，已改搜“{meant}”。"]
    assert found.found.total == len(MANY)


def test_nothing_is_offered_that_does_not_stand_in_the_index(engine: Engine) -> None:
    for typed in ("案件子", "调解释", "普法圆", "网格原件", "报恩侨", "征地矛顿"):
        for note in asked(engine, typed).notes:
            if note.kind in {NoteKind.CORRECTED, NoteKind.DID_YOU_MEAN}:
                assert note.query
                words = [word.text for word in find_whole_words(note.query)]
                assert all(asked(engine, f"“{word}”").found.total for word in words), (typed, note.query)


def test_leftover_words_of_asking_do_not_decide(engine: Engine) -> None:
    found = asked(engine, "修路修高铁征地引起的矛盾怎么处理")

    assert found.hits[0].match.report.path == "5.txt"


def test_in_the_part_that_is_named_what_holds_more_of_the_words_comes_first() -> None:
    lacking = ("队伍不稳，人手紧。", "执法队伍不稳，人手紧。", "人手紧，队伍不稳，执法偏软。", "人员紧张，来了又走。")
    engine = ScanningEngine()
    put(
        engine,
        *(
            filed(f"{number}.txt", text, section="不足和原因", topics=("队伍建设",))
            for number, text in enumerate(lacking)
        ),
    )

    found = paths(asked(engine, "执法队伍 偏软 不足"))

    assert found.index("2.txt") < found.index("1.txt") < found.index("3.txt")


@pytest.mark.parametrize("typed", ["LED屏", "led屏", "ＬＥＤ屏", "LED 屏", "LED显示屏", "电子屏"])
def test_letters_beside_characters_are_read_alike_in_any_case_width_and_spacing(typed: str) -> None:
    engine = ScanningEngine()
    put(engine, filed("1.txt", "在电子屏滚动播放标语。"), filed("2.txt", "开展讲座。"))

    assert paths(asked(engine, typed)) == ["1.txt"]


@pytest.mark.parametrize("typed", ["XR群", "xr群", "ＸＲ群", "xr 群"])
def test_a_lone_character_beside_letters_that_nothing_holds_is_looked_for(typed: str) -> None:
    engine = ScanningEngine()
    put(engine, filed("1.txt", "建议事群3个。"), filed("2.txt", "开展讲座。"))

    hits = asked(engine, typed).hits

    assert [hit.match.report.path for hit in hits][:1] == ["1.txt"]


def test_who_asks_how_reads_what_was_done_before_what_is_lacking() -> None:
    made = ScanningEngine()
    told = "赶集天在桥头摆普法摊，讲身边的案子，一年办普法讲座十二场，来听的一千多人。"
    put(
        made,
        filed("1.txt", "普法讲座少，普法不够。", section="不足和原因"),
        filed("2.txt", told, section="主要举措和成效"),
    )

    assert paths(asked(made, "普法讲座怎样安排"))[0] == "2.txt"
    assert paths(asked(made, "普法讲座 不足"))[0] == "1.txt"


CAUSES = (
    filed("甲.txt", "案卷质量不高，主要是办案的人练手少。", section="不足和原因"),
    filed("乙.txt", "普法针对性不强，原因是事先没有摸底。", section="不足和原因"),
    filed("丙.txt", "矛盾纠纷排查不够及时。", section="不足和原因"),
)


@pytest.mark.parametrize("typed", ["存在问题的原因分析", "工作没做好的原因", "不足 原因"])
def test_who_asks_what_lacks_come_from_reads_first_where_that_is_told(typed: str) -> None:
    engine = ScanningEngine()
    put(
        engine,
        *CAUSES,
        *(filed(f"{number}.txt", f"执法装备缺{number}套。", section="不足和原因") for number in range(20)),
    )

    assert [hit.match.report.path for hit in asked(engine, typed).hits][:1] == ["乙.txt"]


def test_a_heading_that_names_causes_tells_none() -> None:
    engine = ScanningEngine()
    lacks = [f"{what}工作做得不深。" for what in ("排查", "宣传", "审查", "培训", "公开")]
    put(
        engine,
        *(
            filed(f"{at}.txt", text, section="不足和原因", headings=("三、存在的不足和原因",))
            for at, text in enumerate(lacks)
        ),
        filed("丁.txt", "台账记得不全，主要原因是人手少。", section="不足和原因", headings=("三、差距",)),
    )

    assert paths(asked(engine, "存在问题的原因分析"))[:1] == ["丁.txt"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("没有发生行政诉讼或者复议", {"诉.txt", "议.txt"}),
        ("行政诉讼或复议的情况", {"诉.txt", "议.txt", "办.txt"}),
        ("律师或者法律明白人进村", {"律.txt", "明.txt"}),
        ("宅基地或者水塘的争执", {"宅.txt", "塘.txt"}),
        ("行政诉讼或者复议或者坐班", {"诉.txt", "议.txt", "办.txt", "律.txt"}),
    ],
)
def test_either_of_two_words_will_do_with_what_is_said_of_both(typed: str, found: set[str]) -> None:
    engine = ScanningEngine()
    put(
        engine,
        filed("诉.txt", "全年没有发生行政诉讼。"),
        filed("议.txt", "没有发生被申请复议的案件。"),
        filed("办.txt", "办理复议案件两件。"),
        filed("律.txt", "律师每月进村坐班。"),
        filed("明.txt", "法律明白人进村讲法。"),
        filed("或.txt", "村民或者商户都能进村部办事。"),
        filed("宅.txt", "宅基地争执三起。"),
        filed("塘.txt", "水塘争执一起。"),
        filed("地.txt", "宅基地审批十户。"),
    )

    assert {hit.match.report.path for hit in asked(engine, typed).hits if not hit.near} == found


@pytest.mark.parametrize("typed", ["行政处罚案件比上年多还是少", "行政处罚案件跟去年比少了"])
def test_more_or_fewer_than_the_year_before_is_a_comparison(typed: str) -> None:
    engine = ScanningEngine()
    put(engine, filed("1.txt", "行政处罚案件187件，同比下降。"), filed("2.txt", "行政处罚案件203件。"))

    assert paths(asked(engine, typed))[:1] == ["1.txt"]


def test_either_of_two_words_will_do_where_that_is_typed(engine: Engine) -> None:
    assert set(paths(asked(engine, "征地或者占道"))) == {"5.txt", "6.txt"}
    assert paths(asked(engine, "征地或者占道 逐户")) == ["5.txt"]


def test_a_sentence_whose_words_are_said_elsewhere_is_not_answered_by_what_is_done_best() -> None:
    engine = ScanningEngine()
    best = Exemplary(score=95, reasons=())
    put(
        engine,
        filed("佳.txt", "合同送审前，律师先看，签订合同有台账，时间留足。", exemplary=best),
        filed("同.txt", "个别站所临签合同才送审，留给律师的时间不足一天。"),
    )
    typed = "个别站所快签合同了才送审，律师看的时间不到一天"

    assert [hit.match.report.path for hit in asked(engine, typed).hits][:1] == ["同.txt"]


def test_a_pasted_sentence_is_not_kept_to_the_year_since_which_something_was_done() -> None:
    engine = ScanningEngine()
    put(
        engine,
        filed("湖口镇2019.txt", "开展普法三十场。", town="湖口镇", county="甲县", year=2019),
        filed(
            "松岭乡2024.txt",
            "把2019年起的强制执行案卷逐件回看，文书重做十份，没有一件复议。",
            town="松岭乡",
            county="甲县",
            year=2024,
        ),
    )
    typed = "镇上把2019年以来的强制执行案卷都找出来回看，重做文书十来份"

    assert [hit.match.report.path for hit in asked(engine, typed).hits][:1] == ["松岭乡2024.txt"]


def test_what_holds_one_of_many_words_as_typed_does_not_stand_before_what_is_nearer() -> None:
    engine = ScanningEngine()
    put(
        engine,
        filed("远.txt", "村里清理合同台账，逐份登记。"),
        filed("近.txt", "便民服务中心一窗受理，村级代办点收件代办。"),
    )

    assert [hit.match.report.path for hit in asked(engine, "办事不用跑县城 在村里就能办").hits][:1] == ["近.txt"]


def test_where_less_is_asked_for_than_was_typed_what_is_near_in_meaning_is_listed_too() -> None:
    engine = ScanningEngine()
    many = (filed(f"推{number}.txt", f"推广说法团{number}处。") for number in range(40))
    put(engine, filed("近.txt", "进村入户宣传防范电信网络诈骗。"), *many)

    found = search(engine, Request(text="反诈骗 推广", size=50, collapse=Collapse.NONE))

    assert "近.txt" in [hit.match.report.path for hit in found.hits][:1]


LONG = (
    filed("校.txt", "进学校普法三十场，具体做法是办模拟法庭。", town="湖口镇", county="甲县", year=2023),
    filed("集.txt", "进集市普法三十场，具体做法是摆摊说法。", town="松岭乡", county="甲县", year=2022),
    filed("缺.txt", "执法人手不足，持证的只有两名。", town="松岭乡", county="甲县", year=2022, section="不足和原因"),
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("普法宣传活动的具体做法，不要学校里面的", "集.txt"),
        ("松岭乡2022年的普法宣传活动，特别是进集市的普法", "集.txt"),
        ("执法方面存在的主要问题，特别是人手不足这一方面", "缺.txt"),
    ],
)
def test_exclusions_places_and_parts_are_heard_in_questions_of_several_clauses(typed: str, first: str) -> None:
    engine = ScanningEngine()
    put(engine, *LONG)
    listed = [hit.match.report.path for hit in asked(engine, typed).hits]

    assert listed[0] == first
    assert "学校" not in typed or "校.txt" not in listed
