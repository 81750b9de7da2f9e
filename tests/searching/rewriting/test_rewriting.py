"""Understanding: what is searched beside the words typed, how it is said, and that a click takes it back."""

import pytest

from search_app.language import synonym_words
from search_app.model import Collapse, Facet, Sort
from search_app.query import BestOf, In, Node, Selection, Words
from search_app.searching import Request, Results, search, suggest
from tests.engines.building import Filed, filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

DEEDS, LACKS, PLANS = "主要举措和成效", "不足和原因", "下年度安排"


def library(*several: Filed) -> ScanningEngine:
    engine = ScanningEngine()
    put(engine, *several)
    return engine


OTHERS = tuple(filed(f"别的{number}.txt", f"第{number}次会议研究信访和预算。") for number in range(8))


def paths(results: Results) -> list[str]:
    return [hit.match.report.path for hit in results.hits]


def said(results: Results, kind: str) -> list[str]:
    return [note.message for note in results.notes if note.kind == kind]


def test_what_the_report_calls_it_is_found_by_what_the_clerk_calls_it_and_said_so() -> None:
    engine = library(filed("1.txt", "便民服务中心设十个窗口。"), filed("2.txt", "修订预案一份。"))

    found = search(engine, Request(text="服务大厅"))

    assert paths(found) == ["1.txt"]
    assert "便民服务中心" in said(found, "also")[0]


def test_other_wordings_are_left_out_on_request() -> None:
    engine = library(filed("1.txt", "便民服务中心设十个窗口。"), filed("2.txt", "服务大厅设五个窗口。"))

    found = search(engine, Request(text="服务大厅", also=False))

    assert paths(found)[0] == "2.txt"
    assert not said(found, "also")


def test_what_was_typed_comes_before_what_means_the_same() -> None:
    engine = library(filed("1.txt", "合法性审核十件。"), filed("2.txt", "合法性审查十件。"))

    assert paths(search(engine, Request(text="合法性审查"))) == ["2.txt", "1.txt"]


@pytest.mark.parametrize("text", ["十二个村", "12个村"])
def test_figures_are_found_however_they_are_written(text: str) -> None:
    engine = library(
        filed("1.txt", "覆盖12个村。"), filed("2.txt", "覆盖十二个村。"), filed("3.txt", "覆盖三个村。"), *OTHERS
    )

    assert set(paths(search(engine, Request(text=text, collapse=Collapse.NONE)))[:2]) == {"1.txt", "2.txt"}


def test_traditional_characters_find_simplified_ones() -> None:
    engine = library(filed("1.txt", "化解矛盾纠纷。"))

    assert paths(search(engine, Request(text="矛盾糾紛"))) == ["1.txt"]


@pytest.mark.parametrize("text", ["任民调解", "renmin tiaojie", "rmtj"])
def test_a_slip_that_finds_nothing_is_mended_and_said_so(text: str) -> None:
    engine = library(*(filed(f"{number}.txt", "人民调解，调解纠纷。") for number in range(30)))

    found = search(engine, Request(text=text))

    assert len(paths(found)) > 0
    assert "已改搜“人民调解”" in said(found, "corrected")[0]


def test_what_was_typed_is_searched_literally_on_request() -> None:
    engine = library(*(filed(f"{number}.txt", "人民调解，调解纠纷。") for number in range(30)))

    found = search(engine, Request(text="tiaojie", literal=True))

    assert (found.found.total, said(found, "corrected")) == (0, [])


def test_the_words_of_asking_are_not_searched() -> None:
    engine = library(filed("1.txt", "普法十场。"), filed("2.txt", "材料怎么写由党政办指导。"))

    assert paths(search(engine, Request(text="普法怎么写"))) == ["1.txt"]


def test_a_question_about_shortcomings_is_answered_by_their_section() -> None:
    engine = library(filed("1.txt", "普法很多。", section=DEEDS), filed("2.txt", "普法很少。", section=LACKS))

    found = search(engine, Request(text="普法 不足"))

    assert paths(found) == ["2.txt"]
    assert said(found, "leaning") == [f"只列“{LACKS}”里的段落。"]


def test_a_matter_that_is_called_a_problem_is_answered_by_what_was_done_about_it_too() -> None:
    engine = library(filed("1.txt", "欠薪案当天办结。", section=DEEDS), filed("2.txt", "欠薪多发。", section=LACKS))

    assert sorted(paths(search(engine, Request(text="欠薪问题")))) == ["1.txt", "2.txt"]


def test_where_the_section_that_is_named_has_nothing_the_others_answer() -> None:
    engine = library(filed("1.txt", "普法很多。", section=DEEDS), filed("2.txt", "执法很少。", section=LACKS))

    found = search(engine, Request(text="普法 不足"))

    assert paths(found) == ["1.txt"]
    assert said(found, "leaning") == []


@pytest.mark.parametrize(
    "typed",
    ["法治建设存在的问题", "依法行政存在什么问题", "法治工作的短板", "法治建设推不动的原因", "法治工作为什么上不去"],
)
def test_of_what_every_report_is_about_the_whole_part_that_is_named_is_asked_for(typed: str) -> None:
    engine = library(
        filed("1.txt", "法治建设有声有色。", section=DEEDS),
        filed("2.txt", "普法很少。", section=LACKS),
        filed("3.txt", "执法人手不够。", section=LACKS),
    )

    found = search(engine, Request(text=typed))

    assert sorted(paths(found)) == ["2.txt", "3.txt"]
    assert said(found, "leaning") == [f"只列“{LACKS}”里的段落。"]


def test_the_plan_for_a_year_is_looked_for_in_the_report_on_the_year_before() -> None:
    engine = library(
        filed("1.txt", "来年办培训。", section=PLANS, year=2023),
        filed("2.txt", "来年办培训。", section=PLANS, year=2024),
    )

    found = search(engine, Request(text="2024年工作计划"))

    assert paths(found) == ["1.txt"]
    assert "2023 年度" in said(found, "planned")[0]


def test_a_town_and_a_year_in_the_box_narrow_to_its_passages_though_the_text_names_neither() -> None:
    engine = library(
        filed("1.txt", "普法十场。", town="湖口镇", year=2023),
        filed("2.txt", "普法十场以上。", town="云溪乡", year=2023),
        filed("3.txt", "普法八场。", town="湖口镇", year=2022),
    )

    found = search(engine, Request(text="湖口镇2023年普法"))

    assert paths(found) == ["1.txt"]


@pytest.mark.parametrize("text", ["湖口镇和云溪乡 普法", "湖口镇 云溪乡 普法", "湖口镇、云溪乡的普法"])
def test_two_towns_mean_either_of_them(text: str) -> None:
    engine = library(
        filed("1.txt", "普法十场。", town="湖口镇"),
        filed("2.txt", "普法九场。", town="云溪乡"),
        filed("3.txt", "普法八场。", town="石桥镇"),
    )

    found = search(engine, Request(text=text, collapse=Collapse.NONE))

    assert set(paths(found)) == {"1.txt", "2.txt"}
    assert not said(found, "elsewhere")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年和2023年的普法", {2021, 2023}),
        ("普法 2021 2023", {2021, 2023}),
        ("2021-2023年 普法", {2021, 2022, 2023}),
        ("2021年至2023年普法", {2021, 2022, 2023}),
        ("二〇二一年到二〇二二年普法", {2021, 2022}),
    ],
)
def test_several_years_mean_any_of_them_and_a_span_all_between(text: str, years: set[int]) -> None:
    engine = library(*(filed(f"{year}.txt", "普法十场。", year=year) for year in range(2020, 2025)))

    found = search(engine, Request(text=text, collapse=Collapse.NONE))

    assert {hit.match.report.year for hit in found.hits} == years


def test_where_the_town_has_nothing_other_towns_are_shown_and_it_is_said_so() -> None:
    engine = library(filed("1.txt", "信访三件。", town="湖口镇"), filed("2.txt", "普法十场。", town="云溪乡"))

    found = search(engine, Request(text="湖口镇 普法"))

    assert paths(found) == ["2.txt"]
    assert said(found, "elsewhere")


def test_a_town_without_its_kind_is_no_town_where_the_reports_use_the_word() -> None:
    engine = library(
        filed("1.txt", "平安建设有序。", town="云溪乡"),
        filed("2.txt", "普法十场。", town="平安镇"),
        filed("3.txt", "平安。"),
    )

    assert "2.txt" not in paths(search(engine, Request(text="平安")))


def test_few_full_answers_are_followed_by_what_is_near_which_is_counted_apart() -> None:
    engine = library(
        filed("1.txt", "成立征迁服务站，调解补偿争议。"),
        filed("2.txt", "征迁工作有序。"),
        filed("3.txt", "服务站调解补偿争议。"),
        filed("4.txt", "修订预案。"),
    )

    found = search(engine, Request(text="征迁服务站"))

    assert paths(found)[0] == "1.txt"
    assert "3.txt" in paths(found)
    assert "4.txt" not in paths(found)
    assert [hit.near for hit in found.hits] == [False, *(True for _ in found.hits[1:])]
    assert (found.found.total, found.near_total) == (1, len(found.hits) - 1)


NEAR = (
    filed("1.txt", "成立征迁服务站，调解补偿争议。"),
    filed("2.txt", "成立征迁服务站，调解补偿的争议。"),
    filed("3.txt", "服务站调解补偿争议。", town="湖口镇"),
    filed("4.txt", "服务站讲解搬迁政策。", year=2022),
)


@pytest.fixture(scope="module")
def near() -> ScanningEngine:
    return library(*NEAR, *OTHERS)


@pytest.mark.parametrize("collapse", Collapse)
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 2, 100])
def test_how_much_is_near_depends_on_no_way_of_listing_it(
    near: ScanningEngine, collapse: Collapse, sort: Sort, size: int
) -> None:
    found, usual = (
        search(near, asked)
        for asked in (Request(text="征迁服务站", collapse=collapse, sort=sort, size=size), Request(text="征迁服务站"))
    )

    assert (found.found.total, found.near_total) == (usual.found.total, usual.near_total)


def test_a_mended_question_is_followed_by_what_is_near_and_its_own_passages_are_counted() -> None:
    engine = library(filed("1.txt", "推行政务公开，设置公开栏。"), filed("2.txt", "设置公开栏。"), *OTHERS)

    found = search(engine, Request(text="政务工开"))

    assert said(found, "corrected")
    assert found.found.total == 1
    assert not found.hits[0].near


def test_a_mistyped_word_beside_one_that_is_not_held_is_mended_all_the_same() -> None:
    engine = library(filed("1.txt", "推行政务公开，设置公开栏。", year=2023), *OTHERS)

    found = search(engine, Request(text="政务工开 2019"))

    assert paths(found)[0] == "1.txt"
    assert said(found, "corrected") == ["没有找到“政务工开 2019”，已改搜“政务公开 2019”。"]
    assert "2019" in said(found, "relaxed")[0]


def test_a_town_and_a_year_of_which_nothing_is_held_are_named() -> None:
    engine = library(filed("1.txt", "普法十场。", town="湖口镇", year=2023))

    found = search(engine, Request(text="云溪乡 2019"))

    assert said(found, "not_held") == ["库里没有 2019 年的报告，现有 2023 至 2023 年。", "库里没有“云溪乡”。"]


def test_a_place_in_traditional_characters_is_offered_as_it_is_held() -> None:
    engine = library(filed("1.txt", "普法十场。", town="云溪鄉", year=2023), filed("2.txt", "普法。", town="龙门镇"))

    offered = [note for note in search(engine, Request(text="鎮:龍門鎮")).notes if note.query is not None]

    assert [note.query for note in offered] == ["镇:龙门镇"]


def test_where_most_of_the_words_are_searched_what_is_near_is_told_from_what_holds_them() -> None:
    engine = library(*NEAR, *OTHERS)

    found = search(engine, Request(text="征迁服务站 量子"))

    assert said(found, "relaxed")
    assert found.found.total == 0
    assert found.hits
    assert all(hit.near for hit in found.hits)


@pytest.mark.parametrize(
    "request_",
    [Request(text="信访不足", sort=Sort.NEWEST), Request(text="信访不足", selection=Selection(section=(DEEDS,)))],
)
def test_no_note_tells_of_an_order_that_is_not_there(request_: Request) -> None:
    engine = library(filed("1.txt", "信访力量不足。", section=LACKS), filed("2.txt", "信访三件。", section=DEEDS))

    assert not said(search(engine, request_), "leaning")


def test_a_quoted_phrase_is_never_widened_nor_mended() -> None:
    engine = library(filed("1.txt", "人民调解。"), filed("2.txt", "调解纠纷。"))

    found = search(engine, Request(text="“人民调解”"))

    assert paths(found) == ["1.txt"]
    assert not {note.kind for note in found.notes} & {"also", "widened", "corrected"}


def test_what_is_excluded_stays_out_in_other_wordings_only_if_typed() -> None:
    engine = library(filed("1.txt", "普法，服务大厅。"), filed("2.txt", "普法，便民服务中心。"))

    assert paths(search(engine, Request(text="普法 -服务大厅"))) == ["2.txt"]


def test_the_marks_show_other_wordings_too() -> None:
    engine = library(filed("1.txt", "便民服务中心设十个窗口。"))

    snippet = search(engine, Request(text="服务大厅")).hits[0].snippet

    assert [piece.text for fragment in snippet.fragments for piece in fragment if piece.match] == ["便民服务中心"]


@pytest.mark.parametrize("typed", ["调", "tiaoj", "tj"])
def test_words_of_the_index_are_suggested_by_characters_pinyin_and_initials(typed: str) -> None:
    engine = library(filed("1.txt", "调解纠纷。"), filed("2.txt", "调解矛盾。"))

    assert ("常用说法", "调解", 2) in [(each.kind, each.text, each.count) for each in suggest(engine, typed)]


def test_the_table_of_other_wordings_knows_words_of_every_day() -> None:
    assert {"服务大厅", "便民服务中心", "政务热线", "合法性审核"} <= synonym_words()


def nodes_of(node: Node | None) -> list[Node]:
    match node:
        case BestOf(children=ways):
            return [inner for way in ways for inner in nodes_of(way.node)]
        case None:
            return []
        case _:
            return [node, *(inner for child in getattr(node, "children", ()) for inner in nodes_of(child))]


def test_a_place_is_asked_for_as_typed_and_as_a_place() -> None:
    engine = library(filed("1.txt", "湖口镇来人交流。", town="云溪乡"), filed("2.txt", "普法。", town="湖口镇"))

    held = nodes_of(search(engine, Request(text="湖口镇")).rewritten)

    assert any(isinstance(node, In) and node.value == "湖口镇" for node in held)
    assert Words(text="湖口镇", whole=True) in held


@pytest.mark.parametrize("text", ["征迁服务站", "葡萄酒庄 调解", "服务站 补偿 窗口"])
def test_a_facets_counts_are_what_ticking_it_gives_though_near_passages_follow(text: str) -> None:
    engine = library(
        filed("1.txt", "成立征迁服务站，调解补偿争议。", town="湖口镇", year=2022),
        filed("2.txt", "征迁工作有序。", "服务站设十个窗口。", town="云溪乡", year=2023),
        filed("3.txt", "服务站调解补偿争议。", "修订预案。", town="湖口镇", year=2023),
    )
    whole = search(engine, Request(text=text))

    for facet in (Facet.TOWN, Facet.YEAR):
        for value in whole.found.facets[facet]:
            narrowed = search(engine, Request(text=text, selection=Selection(**{facet.value: (value.value,)})))
            assert narrowed.found.total == value.count


def test_where_no_word_is_found_what_is_near_in_meaning_is_shown_and_it_is_said_so() -> None:
    engine = library(filed("1.txt", "便民服务中心设综合窗口，代办事项帮办。"), *OTHERS)

    found = search(engine, Request(text="好差评"))

    assert paths(found) == ["1.txt"]
    assert said(found, "near") == ["没有“好差评”的原词，以下是意思相近的段落。"]


def test_a_figure_is_a_whole_one() -> None:
    engine = library(filed("1.txt", "覆盖912个村。"), filed("2.txt", "覆盖12个村。"), *OTHERS)

    found = search(engine, Request(text="12个村", also=False))

    assert paths(found) == ["2.txt"]
