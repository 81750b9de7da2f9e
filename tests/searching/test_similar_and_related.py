"""Likeness: what says nearly the same is listed with what differs, and what others did on the same thing is found."""

from collections.abc import Callable, Iterable

import pytest

from search_app.engines.base import Engine
from search_app.errors import NoSuchPage, NoSuchPassage, NoSuchReport
from search_app.model import Match, Passage, Report, Sort
from search_app.query import Search, Selection
from search_app.searching import Request, find_related, find_similar, search
from search_app.searching.related_passages import TELLING, pick_telling_words
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
        practice("云栈镇", "网格员排查邻里纠纷，调解员到场。"),
        practice("青蒲街道", "排查纠纷并调解的网格员受到表扬。", topics=("队伍建设",)),
    )

    shown = find_related(engine, own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_of_related_passages_that_say_nearly_the_same_one_is_listed() -> None:
    own = practice("望杉镇", "网格员每周上门排查邻里纠纷，当场调解。")
    others = [practice(town, f"老船工在码头评理，排查停靠纠纷{at}件，当天调解。") for at, town in enumerate(TOWNS[1:])]
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
    engine = holding(own, *(practice(f"{text[0]}{text[9]}镇", text) for text in texts))
    pages = [find_related(engine, own[1][0].id, Search(page=page, size=20)) for page in (1, 2)]

    listed = [hit.match.passage.id for each in pages for hit in each.hits]
    assert len(listed) == len(set(listed)) == pages[0].found.listed == pages[1].found.listed > 20


def test_related_can_be_narrowed() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。", year=2021)
    engine = holding(own, practice("白砾乡", "网格员调解。", year=2022), practice("云栈镇", "邻里纠纷。", year=2023))
    shown = find_related(engine, own[1][0].id, Search(selection=Selection(year=(2023,))))

    assert towns_of(hit.match for hit in shown.hits) == ["云栈镇"]


def test_a_passage_without_a_telling_word_has_none_related() -> None:
    own = practice("望杉镇", "1 | 2 | 3")
    shown = find_related(holding(own, practice("白砾乡", "网格员调解。")), own[1][0].id)

    assert (shown.hits, shown.found.total) == ((), 0)


def test_a_town_that_is_not_known_is_no_hindrance() -> None:
    own = filed("无名.txt", "网格员排查邻里纠纷。")
    shown = find_related(holding(own, practice("白砾乡", "网格员排查邻里纠纷，调解。")), own[1][0].id)

    assert towns_of(hit.match for hit in shown.hits) == ["白砾乡"]


def test_telling_words_are_those_of_the_heading_first_and_no_figures_or_places_of_its_own() -> None:
    report = Report(id="0" * 12, path="a.txt", town="望杉镇", county="澄岭县")
    passage = Passage(
        id=f"{'0' * 12}-1",
        report="0" * 12,
        number=1,
        headings=("一、主要举措", "（二）政务公开"),
        text="望杉镇公开事项2023件，的确在人民调解委员会公布。",
    )
    found = pick_telling_words(passage, report)

    assert found[0] in ("政务", "公开", "政务公开")
    assert "人民调解" in found
    assert not {"望杉镇", "望杉", "2023", "的", "在"} & set(found)


def test_a_long_passage_is_sought_by_few_words() -> None:
    report, passages = filed(
        "a.txt", "".join(f"{one}{other}办公室" for one in "甲乙丙丁戊己庚" for other in "东南西北中前后")
    )

    assert len(pick_telling_words(passages[0], report)) == TELLING


def test_a_town_of_the_same_name_in_another_county_is_another_town() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    engine = holding(
        own, practice("望杉镇", "网格员排查邻里纠纷，调解。", county="沅坪县"), practice("白砾乡", "邻里纠纷。")
    )
    shown = find_related(engine, own[1][0].id)

    assert {(hit.match.report.county, hit.match.report.town) for hit in shown.hits} == {
        ("沅坪县", "望杉镇"),
        ("澄岭县", "白砾乡"),
    }
