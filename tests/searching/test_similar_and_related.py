"""Likeness: what says nearly the same is listed with what differs, and what others did on the same thing is found."""

from collections.abc import Callable, Iterable

import pytest

from search_app.engines.base import Engine
from search_app.errors import NoSuchPage, NoSuchPassage, NoSuchReport
from search_app.language import cut_terms
from search_app.model import Match, Passage, Report, Sort
from search_app.query import Search, Selection
from search_app.searching import Request, find_related, find_similar, search
from search_app.searching.telling_terms import LEVELS, MOST, Part, pick_telling_terms
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine

COPIED = "聘请法律顾问{}名，全年审查合同{}份，提出意见{}条。"
LETTERS = "东南西北上下左右前后内外春夏秋冬梅兰竹菊"
TOWNS = ("望杉镇", "白砾乡", "云栈镇", "青蒲街道")


def holding(*several: Filed) -> ScanningEngine:
    """Return an engine with these reports."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)
    return engine


def copies() -> list[Filed]:
    """Return four reports of four towns and years that say nearly the same, and one that does not."""
    several = [
        filed(f"{town}.txt", COPIED.format(at + 1, 12 + at, 40), town=town, county="澄岭县", year=2020 + at)
        for at, town in enumerate(TOWNS)
    ]
    return [*several, filed("石桥.txt", "法律顾问坐班，合同先审后签。", town="石桥镇", county="澄岭县", year=2023)]


def practice(town: str, text: str, **fields: object) -> Filed:
    """Return a report of a town with one passage on resolving disputes."""
    given = {"topics": ("矛盾化解",), "section": "主要举措和成效", "county": "澄岭县"} | fields
    return filed(f"{town}{len(text)}.txt", text, town=town, **given)


def towns_of(matches: Iterable[Match]) -> list[str | None]:
    return [match.report.town for match in matches]


def test_those_that_say_nearly_the_same_are_listed_newest_first_without_the_passage_itself() -> None:
    several = copies()
    shown = find_similar(holding(*several), several[0][1][0].id)

    assert towns_of(each.match for each in shown.variants) == ["青蒲街道", "云栈镇", "白砾乡"]
    assert (shown.found.total, shown.found.reports) == (3, 3)
    assert shown.subject.passage.similar == 3


def test_each_says_what_it_words_otherwise() -> None:
    several = copies()
    shown = find_similar(holding(*several), several[0][1][0].id)

    (newest, *_) = shown.variants
    assert "".join(part.text for part in newest.parts) == newest.match.passage.text
    assert [(part.text, part.instead) for part in newest.parts if part.instead is not None] == [
        ("4", "1"),
        ("15", "12"),
    ]


def test_what_is_folded_in_a_list_is_what_is_shown_within_that_search() -> None:
    several = copies()
    engine = holding(*several)
    asked = Request(text="法律顾问", selection=Selection(year=(2021, 2022, 2023)), sort=Sort.OLDEST)
    results = search(engine, asked)
    behind = [
        find_similar(engine, hit.match.passage.id, Search(query=results.asked.query, selection=asked.selection))
        for hit in results.hits
    ]

    assert [each.found.total for each in behind] == [hit.match.stands_for for hit in results.hits]
    assert sum(each.found.total for each in behind) == 2


def test_the_list_goes_over_pages_and_ends() -> None:
    several = copies()
    engine, name = holding(*several), several[0][1][0].id
    pages = [find_similar(engine, name, Search(page=page, size=2)) for page in (1, 2)]

    assert [len(each.variants) for each in pages] == [2, 1]
    assert {each.pages for each in pages} == {2}
    with pytest.raises(NoSuchPage):
        find_similar(engine, name, Search(page=3, size=2))


@pytest.mark.parametrize("ask", [find_similar, find_related])
def test_a_passage_that_is_not_held_is_said_to_be_so(ask: Callable[[Engine, str], object]) -> None:
    several = copies()
    engine = holding(*several)

    with pytest.raises(NoSuchPassage):
        ask(engine, f"{several[0][0].id}-7")
    with pytest.raises(NoSuchReport):
        ask(engine, "ffffffffffff-1")


def test_related_are_other_towns_on_the_same_topic_and_no_copies() -> None:
    text = "设立“板凳议事会”，网格员每周上门排查邻里纠纷，当场调解{}件。"
    own = practice("望杉镇", text.format(42), year=2023)
    engine = holding(
        own,
        practice("白砾乡", text.format(38)),
        practice("望杉镇", "村里排查邻里纠纷，网格员调解。", year=2022),
        practice("云栈镇", "网格员上门排查邻里纠纷，调解员到场。"),
        practice("青蒲街道", "排查纠纷并调解的网格员受到表扬。", topics=("队伍建设",)),
    )

    shown = find_related(engine, own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_of_related_passages_that_say_nearly_the_same_one_is_listed() -> None:
    own = practice("望杉镇", "网格员每周上门排查邻里纠纷，当场调解。")
    others = [practice(town, f"老船工每周上门排查停靠纠纷{at}件，当天评理调解。") for at, town in enumerate(TOWNS[1:])]
    shown = find_related(holding(own, *others), own[1][0].id)

    assert (len(shown.hits), shown.found.total) == (1, 3)


def test_related_passages_of_the_same_part_of_a_report_come_first() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。", section="不足和原因")
    text = "网格员排查邻里纠纷还要加强，人手不够用。"
    engine = holding(own, practice("白砾乡", text), practice("云栈镇", text + "经费少。", section="不足和原因"))
    shown = find_related(engine, own[1][0].id)

    assert [hit.match.passage.section for hit in shown.hits][:1] == ["不足和原因"]


def test_related_passages_that_share_half_the_wording_come_after_those_that_do_not() -> None:
    common = "严格执行重大行政决策程序规定，坚持集体讨论、民主决策，"
    own = practice("望杉镇", common + "全年法律顾问参与合同审查二十六件，有效防范了风险。")
    half = practice("白砾乡", common + "渡口搬迁先征求村民意见，方案改了三回才定下来。")
    otherwise = practice("云栈镇", "重大决策先问法律顾问，合同审查走“三张单”，程序缺一步就退回重来，集体讨论有记录。")
    shown = find_related(holding(own, half, otherwise), own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇", "白砾乡"]


def test_pages_of_related_passages_hold_each_once() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    texts = [
        f"{one * 6}网格员{other * 6}排查{one * 4}邻里{other * 4}" for one in LETTERS[:6] for other in LETTERS[6:12]
    ]
    strangers = [practice(f"{letter}川镇", f"查{letter}山茶摊。") for letter in LETTERS]
    engine = holding(own, *(practice(f"{text[0]}{text[9]}镇", text) for text in texts), *strangers)
    pages = [find_related(engine, own[1][0].id, Search(page=page, size=20)) for page in (1, 2)]

    listed = [hit.match.passage.id for each in pages for hit in each.hits]
    assert len(listed) == len(set(listed)) == pages[0].found.listed == pages[1].found.listed > 20


def test_what_shares_routine_words_alone_is_not_related_and_not_counted() -> None:
    text = "开展专项整治行动，全年清理河道采砂船{}艘，销毁采砂设备。"
    own = practice("望杉镇", text.format(9), topics=("行政执法",))
    fitting = practice("云栈镇", "河道里的采砂船拖走了，采砂设备封存，采砂的人另找活干。", topics=("行政执法",))
    others = [
        practice(f"{letter}川镇", f"全年开展专项整治行动，查{letter}山茶摊{at}家。", topics=("行政执法",))
        for at, letter in enumerate(LETTERS)
    ]
    shown = find_related(holding(own, fitting, *others), own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]
    assert shown.found.total == 1


def test_where_nothing_fits_nothing_is_listed() -> None:
    own = practice("望杉镇", "清理河道采砂船九艘，销毁采砂设备。", topics=("行政执法",))
    others = [
        practice(f"{letter}川镇", f"全年查{letter}山茶摊{at}家。", topics=("行政执法",))
        for at, letter in enumerate(LETTERS)
    ]
    shown = find_related(holding(own, *others), own[1][0].id)

    assert (shown.hits, shown.found.total) == ((), 0)


def test_a_passage_filed_under_another_topic_is_related_where_it_shares_the_subject() -> None:
    own = practice("望杉镇", "外卖骑手工伤纠纷上门调解，骑手小站调解岗。")
    other = practice("云栈镇", "外卖骑手驿站，骑手工伤找得到人。", topics=("政务服务",))
    strangers = [practice(f"{letter}川镇", f"查{letter}山茶摊。") for letter in LETTERS]
    shown = find_related(holding(own, other, *strangers), own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_related_can_be_narrowed() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。", year=2021)
    engine = holding(own, practice("白砾乡", "网格员调解。", year=2022), practice("云栈镇", "邻里纠纷。", year=2023))
    shown = find_related(engine, own[1][0].id, Search(selection=Selection(year=(2023,))))

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_a_passage_without_a_telling_word_has_none_related() -> None:
    own = practice("望杉镇", "1 | 2 | 3")
    shown = find_related(holding(own, practice("白砾乡", "网格员调解。")), own[1][0].id)

    assert (shown.hits, shown.found.total) == ((), 0)


def test_a_town_that_is_not_known_is_no_hindrance_and_not_that_of_another_report_without_one() -> None:
    own = filed("无名.txt", "网格员排查邻里纠纷。", "网格员还排查邻里纠纷的苗头。")
    others = [practice("白砾乡", "网格员排查邻里纠纷，调解。"), filed("佚名.txt", "邻里纠纷由网格员排查到户。")]
    shown = find_related(holding(own, *others), own[1][0].id)

    assert {hit.match.report.path for hit in shown.hits} == {others[0][0].path, "佚名.txt"}


def test_what_half_of_the_words_tell_is_related_whatever_its_part_of_the_report() -> None:
    own = practice("望杉镇", "外卖骑手工伤纠纷，骑手小站上门调解。")
    other = practice("云栈镇", "骑手小站没有人，骑手工伤、外卖纠纷调解不了。", section="不足和原因")
    shown = find_related(
        holding(own, other, *(practice(f"{each}川镇", f"查{each}山茶摊。") for each in LETTERS)), own[1][0].id
    )

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_two_words_in_common_by_chance_in_another_part_make_nothing_related() -> None:
    own = practice("望杉镇", "清理河道采砂船，销毁采砂设备，补种护岸柳树，移交公安追责，赔偿渔网损失。")
    other = practice("云栈镇", "设备旧了，公安派人修。", section="不足和原因", topics=("队伍建设",))
    shown = find_related(
        holding(own, other, *(practice(f"{each}川镇", f"查{each}山茶摊。") for each in LETTERS)), own[1][0].id
    )

    assert shown.found.total == 0


def told(passage: Passage, held: dict[str, int], *, town: str | None = None, size: int = 1000) -> dict[str, int]:
    """Return the telling terms of a passage and how much each tells."""
    report = Report(id="0" * 12, path="a.txt", town=town)
    return {term.text: term.level for term in pick_telling_terms(passage, report, held, size)}


def one_passage(text: str, *headings: str) -> Passage:
    return Passage(id=f"{'0' * 12}-1", report="0" * 12, number=1, headings=headings, text=text)


def test_telling_terms_are_rare_words_of_the_matter_and_no_figures_or_places_of_its_own() -> None:
    text = "望杉镇开展专项行动2023次，全部查处到位，清理河道采砂船。"
    held = dict.fromkeys(("河道", "采砂船", "采砂"), 9) | dict.fromkeys(("开展", "全部", "行动", "专项"), 600)
    found = told(one_passage(text), held | {"望杉镇": 9, "2023": 9}, town="望杉镇")

    assert LEVELS in (found["河道"], found.get("采砂", 0), found.get("采砂船", 0))
    assert found.get("开展", 0) <= 2 >= found.get("全部", 0)
    assert not {"望杉镇", "望杉", "2023"} & set(found)


def test_what_the_heading_above_says_too_tells_more() -> None:
    held = dict.fromkeys(("调解", "信访"), 40)
    plain = told(one_passage("信访和调解同台。"), held)
    named = told(one_passage("信访和调解同台。", "（三）抓调解"), held)

    assert named["调解"] / named["信访"] > plain["调解"] / plain["信访"]


def test_what_people_say_of_anything_tells_less_though_few_reports_say_it() -> None:
    found = told(one_passage("老板失联，欠薪进入仲裁。"), dict.fromkeys(("老板", "失联", "欠薪", "进入", "仲裁"), 5))

    assert found["欠薪"] > found["仲裁"] > found.get("进入", 0)


def test_what_is_said_again_tells_more() -> None:
    held = dict.fromkeys(("违建", "秸秆"), 9)
    once = told(one_passage("巡查秸秆和违建。"), held)
    again = told(one_passage("巡查秸秆和违建，登记违建，回访违建。"), held)

    assert again["违建"] / again["秸秆"] > once["违建"] / once["秸秆"]


def test_a_rare_wording_of_what_many_say_otherwise_tells_no_more_than_that() -> None:
    """讨薪 says the same as 欠薪."""
    text = "上门讨薪，核查窝棚。"
    alone = told(one_passage(text), {"讨薪": 3, "窝棚": 3})
    one_of_many = told(one_passage(text), {"讨薪": 3, "窝棚": 3, "欠薪": 600})

    assert one_of_many["讨薪"] / one_of_many["窝棚"] < alone["讨薪"] / alone["窝棚"]


def test_how_well_and_when_it_went_does_not_tell() -> None:
    text = "上年签约率和满意率同比上升，每周三公示。"
    found = told(one_passage(text), dict.fromkeys(cut_terms(text), 9))

    assert "公示" in found
    assert not {"上年", "签约率", "满意率", "同比", "每周三"} & set(found)


def test_a_word_that_nothing_else_holds_finds_nothing_and_does_not_tell() -> None:
    assert "凉亭" not in told(one_passage("拆除抢搭的凉亭，清理杂物。"), {"拆除": 9, "凉亭": 1})


def test_figures_in_words_and_times_do_not_tell() -> None:
    text = "今年八个寨子三十年来一起拆除河道围网。"

    assert not {"今年", "八个", "三十年", "一起"} & set(told(one_passage(text), dict.fromkeys(cut_terms(text), 9)))


def test_what_is_said_all_over_the_same_part_of_the_reports_tells_less() -> None:
    text = "存在河道围网拆除不够的问题。"
    held = dict.fromkeys(cut_terms(text), 30)
    passage, report = one_passage(text), Report(id="0" * 12, path="a.txt")
    part = Part(size=100, count=lambda word: 90 if word in {"存在", "不够", "问题"} else 30)

    def levels(part: Part | None) -> dict[str, int]:
        return {term.text: term.level for term in pick_telling_terms(passage, report, held, 1000, part)}

    assert levels(None)["存在"] > levels(part).get("存在", 0) < levels(part)["河道"]


def test_telling_terms_share_no_characters() -> None:
    text = "人民调解委员会开展矛盾纠纷排查化解，特殊人群和社区矫正对象一人一档。"
    found = told(one_passage(text), dict.fromkeys(cut_terms(text), 30))

    assert all(text.count(term) for term in found)
    assert sum(map(len, found)) <= len(text)
    assert not [(one, other) for one in found for other in found if one != other and one in other]


def test_a_long_passage_is_sought_by_few_terms() -> None:
    text = "".join(f"{one}{other}办公室，" for one in "甲乙丙丁戊己庚" for other in "东南西北中前后")
    found = told(one_passage(text), dict.fromkeys(cut_terms(text), 30))

    assert 0 < len(found) <= MOST


def test_a_town_of_the_same_name_in_another_county_is_another_town() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    engine = holding(
        own, practice("望杉镇", "网格员排查邻里纠纷，调解。", county="沅坪县"), practice("白砾乡", "排查邻里纠纷。")
    )
    shown = find_related(engine, own[1][0].id)

    assert {(hit.match.report.county, hit.match.report.town) for hit in shown.hits} == {
        ("沅坪县", "望杉镇"),
        ("澄岭县", "白砾乡"),
    }
