"""The order of the strategies: each applies where its sentence says so, and the first that finds something wins."""

from collections.abc import Callable

import pytest

from search_app.engines.base import Engine
from search_app.query import NoteKind
from search_app.searching import Request, search
from search_app.searching.rewriting import relaxation, strategies
from search_app.searching.rewriting.strategies import STRATEGIES
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

ONE = filed(
    "甲县/湖口镇2022.txt",
    "推进政务公开，公开政府信息120条，群众满意。",
    "开展人民调解，调解矛盾纠纷28起。",
    town="湖口镇",
    county="甲县",
    year=2022,
)
OTHER = filed("甲县/松岭乡2023.txt", "聘请法律顾问3名，审查合同42份。", town="松岭乡", county="甲县", year=2023)


@pytest.fixture
def engine() -> Engine:
    made = ScanningEngine()
    put(made, ONE, OTHER)
    return made


def kinds(engine: Engine, text: str) -> list[NoteKind]:
    """Return the kinds of the notes of an answer."""
    return [note.kind for note in search(engine, Request(text=text)).notes]


def test_every_strategy_says_in_one_sentence_when_it_applies() -> None:
    for strategy in STRATEGIES:
        assert (strategy.__doc__ or "").startswith("Apply where "), strategy.__name__
        assert (strategy.__doc__ or "").count("\n") == 0, strategy.__name__


def test_what_is_held_as_typed_is_searched_as_typed(engine: Engine) -> None:
    assert NoteKind.CORRECTED not in kinds(engine, "政务公开")


def test_a_slip_is_corrected_before_any_word_is_let_go(engine: Engine) -> None:
    found = kinds(engine, "政务工开")

    assert NoteKind.CORRECTED in found
    assert NoteKind.RELAXED not in found


def test_another_place_is_shown_before_any_word_is_let_go(engine: Engine) -> None:
    found = kinds(engine, "湖口镇 法律顾问")

    assert NoteKind.ELSEWHERE in found
    assert NoteKind.RELAXED not in found


def test_words_are_let_go_where_nothing_holds_all_of_them(engine: Engine) -> None:
    assert NoteKind.RELAXED in kinds(engine, "人民调解 法律顾问")


def test_a_corrected_query_that_nothing_holds_as_a_whole_is_relaxed_and_both_are_said(engine: Engine) -> None:
    found = kinds(engine, "政务工开 法律顾问")

    assert found[0] is NoteKind.CORRECTED
    assert NoteKind.RELAXED in found


def test_the_last_strategy_always_says_something(engine: Engine) -> None:
    assert NoteKind.NO_MATCH in kinds(engine, "qqqqqq")


def test_an_empty_index_says_how_to_fill_it() -> None:
    engine = ScanningEngine()
    put(engine)

    assert kinds(engine, "调解") == [NoteKind.EMPTY]


@pytest.mark.parametrize("text", ["政务工开", "湖口镇 法律顾问", "人民调解 法律顾问", "qqqqqq"])
def test_milder_queries_are_counted_once_however_many_strategies_ask(
    engine: Engine, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    relaxed: list[object] = []
    relax: Callable[..., object] = relaxation.relax

    def counted(counter: object, query: object) -> object:
        relaxed.append(query)
        return relax(counter, query)

    monkeypatch.setattr(strategies, "relax", counted)
    search(engine, Request(text=text))

    assert len(relaxed) == len(set(relaxed))


@pytest.mark.parametrize(("typed", "meant"), [("补帖", "补贴"), ("人民调节员 补帖", "人民调解员 补贴")])
def test_a_correction_that_is_only_likely_is_searched_for_where_the_page_would_be_empty(typed: str, meant: str) -> None:
    engine = ScanningEngine()
    put(engine, OTHER, *(filed(f"{number}.txt", f"第{number}村发放种粮补贴{number}0元。") for number in range(1, 6)))

    found = search(engine, Request(text=typed))

    assert [note.message for note in found.notes if note.kind is NoteKind.CORRECTED] == [
        f"没有找到“{typed}”，已改搜“{meant}”。"
    ]
    assert found.hits


def test_a_slip_is_corrected_though_a_part_of_it_finds_something() -> None:
    engine = ScanningEngine()
    put(engine, *(filed(f"{number}.txt", f"人民调解员{number}名，调解员参加培训。") for number in range(1, 6)))

    found = search(engine, Request(text="人名调解员 培训"))

    assert [note.query for note in found.notes if note.kind is NoteKind.CORRECTED] == ["人民调解员 培训"]


def test_a_short_form_that_stands_nowhere_is_found_by_the_name_it_is_short_for(engine: Engine) -> None:
    put(
        engine,
        filed("甲县/石湾镇2023.txt", "组建综合行政执法队，全年办案12件。", town="石湾镇", county="甲县", year=2023),
    )

    found = search(engine, Request(text="综执队"))

    assert [hit.match.passage.text for hit in found.hits][:1] == ["组建综合行政执法队，全年办案12件。"]
    assert any(note.kind is NoteKind.ALSO and "综合行政执法队" in note.message for note in found.notes)


def test_a_name_that_stands_nowhere_is_found_without_the_word_for_what_it_names(engine: Engine) -> None:
    told = "深化“石桥四步调解”，半年结案126宗。"
    put(engine, filed("1.txt", "三步调解矛盾，调解员28名。"), filed("2.txt", told))

    found = search(engine, Request(text="石桥四步调解法"))

    assert [hit.match.passage.text for hit in found.hits][:1] == [told]
    assert any(note.kind is NoteKind.ALSO and "“石桥四步调解”" in note.message for note in found.notes)


def test_where_nothing_is_near_the_nearest_few_are_shown_and_said_to_be_no_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strategies, "_NEAR", 0.9)
    put(
        engine,
        filed("1.txt", "派出所、司法所联合坐班，治安案件与民间纠纷分流。"),
        filed("2.txt", "印发防汛预案，转移群众六十人。"),
    )

    found = search(engine, Request(text="打麻将"))

    assert [hit.match.report.path for hit in found.hits][:1] == ["1.txt"]
    assert [note.kind for note in found.notes] == [NoteKind.NEAR]
    assert "不一定相关" in found.notes[0].message
    assert found.found.total == 0


def test_no_passage_is_shown_for_words_that_mean_nothing_here(engine: Engine) -> None:
    assert not search(engine, Request(text="碳达峰")).hits
