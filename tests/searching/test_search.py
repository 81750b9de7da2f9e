"""Searching: what is asked of the engine, what is said when nothing matches, and where pages end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app import searching
from search_app.errors import BadSearch, IndexMissing, NoSuchPage, NothingToSearch
from search_app.model import Collapse, Facet, Found, Sort
from search_app.query import MAX_SIZE, MAX_WINDOW, NoteKind, Phrase, Search, Selection, parse
from search_app.searching import Request, Results, suggest
from search_app.searching.pasted_text import is_pasted
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine


class Counting(ScanningEngine):
    """Counts the questions it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Search] = []

    def search(self, search: Search) -> Found:
        self.asked.append(search)
        return super().search(search)


def search(engine: ScanningEngine, request: Request) -> Results:
    """Search for the words typed alone; what else they may mean is in test_understanding.py."""
    return searching.search(engine, replace(request, also=False))


def kinds(results: Results) -> list[str]:
    return [note.kind for note in results.notes]


def towns(results: Results) -> set[str | None]:
    return {hit.match.report.town for hit in results.hits}


def test_an_empty_request_lists_everything(engine: ScanningEngine) -> None:
    results = search(engine, Request())

    assert (results.found.total, results.found.reports) == (5, 3)
    assert results.notes == ()


def test_a_hit_carries_a_snippet_with_its_marks(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="法律顾问 合同"))

    marked = [piece.text for fragment in results.hits[0].snippet.fragments for piece in fragment if piece.match]
    assert marked == ["法律顾问", "合同"]


def test_similar_passages_are_folded_unless_a_phrase_is_quoted(engine: ScanningEngine) -> None:
    assert search(engine, Request(text="调解")).collapse is Collapse.SIMILAR
    assert search(engine, Request(text="“调解” 或 法律")).collapse is Collapse.NONE
    assert search(engine, Request(text="法律 -“调解”")).collapse is Collapse.SIMILAR


def test_a_chosen_collapse_is_kept(engine: ScanningEngine) -> None:
    assert search(engine, Request(text="“调解”", collapse=Collapse.REPORT)).collapse is Collapse.REPORT


def test_sort_and_filters_reach_the_engine(engine: ScanningEngine) -> None:
    request = Request(selection=Selection(county=("芷川县",)), sort=Sort.OLDEST, exemplary=False)

    results = search(engine, request)

    assert [hit.match.report.year for hit in results.hits] == [2022, 2023, 2023]


@pytest.mark.parametrize("request_", [Request(size=0), Request(size=MAX_SIZE + 1), Request(page=0), Request(page=-3)])
def test_a_page_or_size_out_of_bounds_is_refused(engine: ScanningEngine, request_: Request) -> None:
    with pytest.raises(BadSearch) as refused:
        search(engine, request_)

    assert refused.value.http_status == 400


def test_a_page_beyond_the_window_is_refused(engine: ScanningEngine) -> None:
    with pytest.raises(BadSearch):
        search(engine, Request(page=MAX_WINDOW // 10 + 1))


def test_a_page_after_the_last_names_the_last(engine: ScanningEngine) -> None:
    with pytest.raises(NoSuchPage) as refused:
        search(engine, Request(page=4, size=2))

    assert refused.value.last == 3


def test_pages_count_what_is_listed(engine: ScanningEngine) -> None:
    assert search(engine, Request(size=2)).pages == 3
    assert search(engine, Request(size=2, collapse=Collapse.REPORT)).pages == 2
    assert search(engine, Request(text="葡萄酒庄")).pages == 0


def test_a_missing_index_is_said_to_be_missing() -> None:
    with pytest.raises(IndexMissing):
        search(ScanningEngine(), Request())


def test_when_no_passage_holds_all_words_those_with_most_are_shown(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="法律顾问 案卷 葡萄酒庄"))

    assert results.relaxed
    assert kinds(results) == ["relaxed"]
    assert "没有同时包含全部词的段落" in results.notes[0].message
    assert "葡萄酒庄" in results.notes[0].message
    assert results.hits[0].match.passage.text == "聘请法律顾问一名，参与行政执法案卷评查。"


def test_words_that_never_stand_together_are_searched_in_smaller_company(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="合同 案卷 公示"))

    assert results.relaxed
    assert (results.found.total, results.near_total) == (0, 3)


def test_one_long_run_of_words_is_relaxed_by_its_words(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="法律顾问葡萄酒庄案卷评查"))

    assert results.relaxed
    assert results.hits[0].match.report.town == "杉岭乡"


def test_relaxing_keeps_exclusions(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="法律顾问 葡萄酒庄 -合同"))

    assert results.relaxed
    assert towns(results) == {"杉岭乡"}


def test_alternatives_that_find_nothing_are_left_alone(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="葡萄酒庄 或 帆船港口"))

    assert not results.relaxed
    assert results.found.total == 0


def test_relaxing_asks_a_bounded_number_of_questions() -> None:
    engine = Counting()
    report = make_report("a.txt", town="湖口镇")
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    with engine.writing() as writer:
        writer.put(report, make_passages(report, *letters))

    results = search(engine, Request(text=" ".join(letters)))

    assert results.relaxed
    assert (results.found.total, results.near_total) == (0, 16)
    assert len(engine.asked) < 60


def test_a_phrase_that_stands_in_a_heading_finds_what_is_below_it_and_says_so(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="“多元化解纠纷”"))

    assert (results.found.total, results.near_total) == (2, 0)
    assert {hit.why for hit in results.hits} == {"在标题里"}


def test_a_phrase_that_no_text_and_no_heading_holds_is_looked_for_in_titles(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="“年法治政府建设”"))

    assert kinds(results) == ["phrase_in_heading"]
    assert results.chosen == Phrase(text="年法治政府建设", field="heading")
    assert {hit.why for hit in results.hits} == {"在报告的题目里"}


def test_a_phrase_found_nowhere_offers_the_search_without_quotes(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="“法律顾问审查合同”"))

    assert kinds(results) == ["unquote"]
    assert results.notes[0].query == "法律顾问审查合同"
    assert not results.relaxed
    assert results.found.total == 0


def test_filters_that_leave_nothing_are_named_with_what_they_hide(engine: ScanningEngine) -> None:
    request = Request(text="调解", selection=Selection(year=(2022,), town=("湖口镇",)))

    results = search(engine, request)

    assert kinds(results) == ["filters"]
    assert not results.relaxed
    assert {each.name: each.total for each in results.without} == {"year": 1, "all": 1}


def test_what_is_excluded_is_named_apart_where_it_hides_everything(engine: ScanningEngine) -> None:
    selection = Selection({Facet.YEAR: (2023,), Facet.TOWN: ("没有的镇",)}, town=("湖口镇",))

    results = search(engine, Request(text="调解", selection=selection))

    assert kinds(results) == ["filters"]
    assert {each.name: each.total for each in results.without} == {"not.year": 1, "all": 1}


def test_a_page_far_beyond_a_small_answer_names_its_last_page(engine: ScanningEngine) -> None:
    with pytest.raises(NoSuchPage) as refused:
        search(engine, Request(page=MAX_WINDOW, size=2))

    assert refused.value.last == 3


def test_the_exemplary_filter_is_a_filter_too(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="公示", exemplary=True))

    assert {each.name: each.total for each in results.without} == {"exemplary": 1}


def test_words_are_relaxed_inside_filters_that_are_not_to_blame(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="法律顾问 葡萄酒庄", selection=Selection(county=("芷川县",))))

    assert results.relaxed
    assert towns(results) == {"湖口镇"}


@pytest.mark.parametrize(("text", "said"), [("镇:云岭乡", "云岭乡"), ("年:1999", "1999"), ("年:..2001", "2001")])
def test_a_place_or_year_that_is_not_held_is_said_so(engine: ScanningEngine, text: str, said: str) -> None:
    results = search(engine, Request(text=text))

    assert kinds(results) == ["not_held"]
    assert said in results.notes[0].message


def test_a_town_named_in_part_gets_its_full_name_offered(engine: ScanningEngine) -> None:
    assert "湖口镇" in search(engine, Request(text="镇:湖口")).notes[0].message


def test_a_ticked_place_that_is_not_held_is_said_so(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="调解", selection=Selection(town=("湖口",))))

    assert kinds(results) == ["filters", "not_held"]
    assert "湖口镇" in results.notes[1].message


def test_notes_of_the_parser_come_first(engine: ScanningEngine) -> None:
    assert kinds(search(engine, Request(text="（法律顾问 葡萄酒庄"))) == ["unbalanced_parenthesis", "relaxed"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("湖口镇", [2023, 2022]),
        ("湖口镇 2022", [2022]),
        ("芷川县湖口镇2023年法治政府建设年度报告", [2023]),
        ("镇:湖口镇 年:2022", [2022]),
        ("湖口镇 1999", []),
        ("湖口镇 调解", []),
        ("湖口", []),
        ("-湖口镇", []),
        ("", []),
    ],
)
def test_a_town_by_its_name_leads_straight_to_its_reports(engine: ScanningEngine, text: str, years: list[int]) -> None:
    assert [report.year for report in search(engine, Request(text=text)).direct] == years


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("湖口镇 调解", "镇:湖口镇 调解"),
        ("2022 学法", "年:2022 学法"),
        ("柘川市 2023年 执法", "县:柘川市 年:2023 执法"),
        ("学法 2022 2023", "(年:2022 或 年:2023) 学法"),
        ("普法 镇", None),
        ("学法 1999", None),
        ("镇:湖口镇 学法", None),
    ],
)
def test_a_place_or_year_among_the_words_is_offered_as_a_restriction(
    engine: ScanningEngine, text: str, mended: str | None
) -> None:
    notes = {note.kind: note.query for note in search(engine, Request(text=text)).notes}

    assert notes.get(NoteKind.NARROW) == mended


def test_an_empty_answer_is_never_silent(engine: ScanningEngine) -> None:
    assert kinds(search(engine, Request(text="葡萄酒庄 或 帆船港口"))) == ["no_match"]


def test_suggestions_are_topics_and_places_that_contain_the_text(engine: ScanningEngine) -> None:
    assert [(each.kind, each.text, each.count) for each in suggest(engine, "湖")] == [("镇", "湖口镇", 3)]
    assert [each.text for each in suggest(engine, "化解")] == ["矛盾化解"]
    assert [each.text for each in suggest(engine, "川")] == ["芷川县", "柘川市"]


@pytest.mark.parametrize("text", ["", "  ", "没有这个"])
def test_nothing_is_suggested_for_nothing(engine: ScanningEngine, text: str) -> None:
    assert suggest(engine, text) == ()


def test_suggestions_stop_at_the_limit(engine: ScanningEngine) -> None:
    assert len(suggest(engine, "川", limit=1)) == 1


def test_suggestions_ask_the_engine_once_per_generation() -> None:
    engine = Counting()
    report = make_report("a.txt", town="湖口镇")
    with engine.writing() as writer:
        writer.put(report, make_passages(report, "一段"))
    suggest(engine, "湖")
    suggest(engine, "口")
    asked = len(engine.asked)
    with engine.writing() as writer:
        writer.put(replace(report, town="沙洲镇"), make_passages(report, "一段"))

    assert asked == 1
    assert [each.text for each in suggest(engine, "沙洲")] == ["沙洲镇"]


def small_engine() -> ScanningEngine:
    engine = ScanningEngine()
    report = make_report("a.txt", town="湖口镇")
    with engine.writing() as writer:
        writer.put(report, make_passages(report, "调解矛盾，聘请法律顾问。", "“三室”联动。", headings=("一、信访",)))
    return engine


SMALL = small_engine()
PARTS = st.sampled_from(
    [*'调解法律顾三室信访的“”"()（）-|：', "或", " ", " ", "镇:", "年:2023", "湖口镇", "标题:", "NOT "]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=40), st.lists(PARTS, max_size=14).map("".join)), st.booleans())
def test_any_text_is_answered_and_an_empty_answer_is_explained(text: str, filtered: bool) -> None:
    selection = Selection(year=(1999,)) if filtered else Selection()

    if parse(text).query is None and parse(text).notes and not is_pasted(text):
        with pytest.raises(NothingToSearch):
            search(SMALL, Request(text=text, selection=selection))
        return
    results = search(SMALL, Request(text=text, selection=selection))

    assert results.hits or results.notes
    assert all(note.message for note in results.notes)


def test_every_facet_is_answered(engine: ScanningEngine) -> None:
    assert set(search(engine, Request()).found.facets) == set(Facet)


def test_a_compound_that_nothing_holds_is_searched_by_the_words_it_is_made_of(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="人民调解"))

    assert results.relaxed
    assert kinds(results) == ["relaxed"]
    assert "没有“人民调解”" in results.notes[0].message
    assert towns(results) == {"湖口镇"}
    assert (results.found.total, results.near_total) == (0, 1)


def test_a_compound_among_other_words_is_broken_too(engine: ScanningEngine) -> None:
    results = search(engine, Request(text="人民调解 成功率 葡萄酒庄"))

    assert "“调解”" in results.notes[0].message
    assert "找不到：葡萄酒庄" in results.notes[0].message
    assert (results.found.total, results.near_total) == (0, 1)


@pytest.mark.parametrize("text", ["别的镇是怎么做普法的", "怎么做 普法", "如何写普法"])
def test_words_of_asking_do_not_count(engine: ScanningEngine, text: str) -> None:
    results = search(engine, Request(text=text))

    assert [hit.match.report.year for hit in results.hits] == [2022]
    assert [p.text for fragment in results.hits[0].snippet.fragments for p in fragment if p.match] == ["普法"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("镇:湖口", "镇:湖口镇"),
        ("县:川 调解", "(县:芷川县 或 县:柘川市) 调解"),
        ("乡:杉岭 -调解", "镇:杉岭乡 -调解"),
    ],
)
def test_a_place_named_in_part_is_mended_in_the_query_that_is_offered(
    engine: ScanningEngine, text: str, mended: str
) -> None:
    notes = {note.kind: note.query for note in search(engine, Request(text=text)).notes}

    assert notes[NoteKind.NOT_HELD] == mended


def test_an_index_built_anew_under_the_same_name_is_another_one(
    engine: ScanningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine.status()
    suggest(engine, "湖")
    report = make_report("a.txt", town="沙洲镇")
    with engine.writing(rebuild=True) as writer:
        writer.put(report, make_passages(report, "一段"))
    now = replace(before.current, built_at=datetime(2030, 1, 1, tzinfo=UTC))
    monkeypatch.setattr(engine, "status", lambda: replace(before, current=now))

    assert [each.text for each in suggest(engine, "沙洲")] == ["沙洲镇"]


def test_an_index_without_reports_says_where_to_put_them() -> None:
    engine = ScanningEngine()
    with engine.writing():
        pass

    results = [search(engine, Request(text=text)) for text in ("", "调解", "湖口镇 2023")]

    assert [kinds(each) for each in results] == [["empty"]] * 3
