"""The report scope: a mixed index is searched for annual reports first, says so, and one switch undoes it."""

import gc
from weakref import ref

import pytest

from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.topic_history import follow_topics
from search_app.model import Exemplary, Facet
from search_app.query import NoteKind, Selection
from search_app.searching import Request, Results, find_practices, find_related, list_hits, search, suggest
from search_app.searching.report_scope import is_mixed, reports_in
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine

TOWN = filed(
    "清泉镇.txt",
    "调解矛盾纠纷28起，走村入户。",
    "聘请法律顾问3名。",
    town="清泉镇",
    county="甲县",
    year=2022,
    topics=("信访",),
)
LAW = filed("条例.txt", "调解矛盾纠纷应当自愿。", "行政复议期限为六十日。", kind="法规文件", topics=("信访",))
NEWS = filed("新闻.txt", "某地调解矛盾纠纷受到点赞。", kind="新闻", year=2023, exemplary=Exemplary(score=90))


def holding(*several: Filed) -> ScanningEngine:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)
    return engine


@pytest.fixture
def mixed() -> ScanningEngine:
    return holding(TOWN, LAW, NEWS)


def kinds(results: Results) -> set[str]:
    return {hit.match.report.kind for hit in results.hits}


def said(results: Results) -> list[str]:
    return [note.message for note in results.notes]


def told(results: Results) -> list[NoteKind]:
    return [note.kind for note in results.notes]


def test_a_mixed_index_is_searched_for_reports_and_what_is_left_out_is_said(mixed: ScanningEngine) -> None:
    found = search(mixed, Request(text="调解"))

    assert (kinds(found), found.found.total, found.elsewhere) == ({"法治政府建设年度报告"}, 1, 2)
    assert "只查了年度报告，另有 2 段在其他文种里（新闻 1 段、法规文件 1 段）。" in said(found)
    genres = {each.value: (each.count, each.selected) for each in found.found.facets[Facet.GENRE]}
    assert genres == {"年度报告": (1, False), "法规文件": (1, False), "新闻": (1, False)}


def test_one_switch_searches_every_genre_and_says_so(mixed: ScanningEngine) -> None:
    found = search(mixed, Request(text="调解", all_genres=True))

    assert (found.found.total, found.kept_to_reports, found.elsewhere) == (3, False, 0)
    assert told(found)[0] is NoteKind.ALL_GENRES


@pytest.mark.parametrize(
    "asked",
    [
        Request(text="调解", selection=Selection(genre=("法规文件",))),
        Request(text="调解 文种:法规"),
        Request(text="调解", selection=Selection({Facet.GENRE: ("年度报告", "新闻")})),
    ],
    ids=("ticked", "typed", "excluded"),
)
def test_whoever_names_a_genre_gets_that(mixed: ScanningEngine, asked: Request) -> None:
    found = search(mixed, asked)

    assert (kinds(found), found.kept_to_reports) == ({"法规文件"}, False)


def test_what_no_report_holds_is_shown_from_the_other_genres(mixed: ScanningEngine) -> None:
    found = search(mixed, Request(text="行政复议期限"))

    assert (kinds(found), found.found.total) == ({"法规文件"}, 1)
    (note,) = (note for note in found.notes if note.kind is NoteKind.OTHER_GENRES)
    assert note.selection == Selection(genre=("年度报告",))


def test_what_is_to_be_held_strictly_is_looked_for_nowhere_else(mixed: ScanningEngine) -> None:
    found = search(mixed, Request(text="行政复议期限", strict=True))

    assert (found.found.total, found.elsewhere) == (0, 1)


def test_what_nobody_holds_is_answered_as_if_there_were_reports_alone(mixed: ScanningEngine) -> None:
    asked = Request(text="板凳夜话会")

    found, alone = search(mixed, asked), search(holding(TOWN), asked)

    assert [hit.match.passage for hit in found.hits] == [hit.match.passage for hit in alone.hits]
    assert [note for note in found.notes if note.kind is not NoteKind.REPORTS_ONLY] == list(alone.notes)


def test_an_index_of_one_kind_is_asked_itself_and_answers_as_ever() -> None:
    reports, laws = holding(TOWN), holding(LAW, NEWS)

    assert (reports_in(reports) is reports, reports_in(laws) is laws) == (True, True)
    assert not is_mixed(laws)
    assert search(reports, Request(text="调解")).notes == search(reports, Request(text="调解", all_genres=True)).notes
    assert search(laws, Request(text="调解")).found.total == 2


def test_an_export_has_what_the_page_lists(mixed: ScanningEngine) -> None:
    listing = list_hits(mixed, Request(text="调解"), most=10)

    assert [match.report.path for match in listing.found.matches] == ["清泉镇.txt"]


def test_use_cases_without_words_keep_to_reports_too(mixed: ScanningEngine) -> None:
    practices = find_practices(mixed, Selection())
    related = find_related(mixed, LAW[1][0].id)
    (history,) = follow_topics(mixed, ("信访",))

    assert (practices.found.total, find_practices(mixed, Selection(), all_genres=True).found.total) == (0, 1)
    assert {hit.match.report.path for hit in related.hits} == {"清泉镇.txt"}
    assert (history.passages, history.reports) == (2, 1)
    assert [(each.text, each.count) for each in suggest(mixed, "信")] == [("信访", 2)]


def test_only_papers_of_one_genre_precede_each_other() -> None:
    plan = filed("方案.txt", "工作方案。", town="清泉镇", county="甲县", year=2021, kind="工作方案")
    before = filed("去年.txt", "去年的报告。", town="清泉镇", county="甲县", year=2020)

    years = town_years_of(holding(TOWN, plan, before))

    assert years.last_year(TOWN[0]) is None
    assert getattr(years.preceding(TOWN[0]), "path", None) == before[0].path


def test_the_view_of_the_reports_does_not_keep_its_engine_alive() -> None:
    engine = holding(TOWN, LAW)
    search(engine, Request(text="调解"))
    held = ref(engine)

    del engine
    gc.collect()

    assert held() is None
