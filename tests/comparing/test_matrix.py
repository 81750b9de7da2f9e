"""The matrix over random corpora: every number is the total of the search it leads to, every best its first hit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.comparing import matrix
from search_app.comparing.matrix import ColumnKind, Matrix, RowKind, make_matrix
from search_app.engines.base import Engine
from search_app.model import Collapse, Exemplary, Facet, Sort, Value
from search_app.query import Selection
from search_app.searching import Request, search
from search_app.searching.value_sounds import sounds_of
from tests.engines.building import Filed, corpora, filed, selections
from tests.engines.scanning import ScanningEngine
from tests.sampling import sampled

_ASKED = st.builds(
    Request,
    text=st.sampled_from(("", "", "调解", "调解 审查", "“人民调解”", "不存在的词", "石桥镇 调解")),
    selection=selections,
    exemplary=st.booleans(),
)


def held(reports: tuple[Filed, ...]) -> ScanningEngine:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in reports:
            writer.put(report, passages)
    return engine


def made(engine: Engine, asked: Request, rows: str, across: str, **options: int) -> Matrix:
    facet = Facet(across)
    return make_matrix(
        engine,
        asked,
        rows=RowKind(rows),
        across=ColumnKind(across),
        arrange=lambda values: sounds_of(engine).by_name(facet, values),
        **options,  # type: ignore[arg-type]
    )


def narrowed(asked: Request, facet: Facet, value: Value) -> Request:
    return replace(asked, selection=asked.selection.with_values(facet, (value,)))


def counted(engine: Engine, asked: Request) -> tuple[int, int]:
    found = search(engine, asked).found
    return found.total, found.reports


@pytest.mark.parametrize("rows", list(RowKind))
@pytest.mark.parametrize("across", list(ColumnKind))
@settings(max_examples=sampled(15))
@given(reports=corpora(), asked=_ASKED)
def test_every_number_is_the_total_of_the_search_it_leads_to(
    rows: RowKind, across: ColumnKind, reports: tuple[Filed, ...], asked: Request
) -> None:
    engine = held(reports)
    found = made(engine, asked, rows, across)

    for column in found.columns:
        assert (column.count, column.reports) == counted(engine, narrowed(asked, found.across, column.value))
    for line in found.lines:
        row = narrowed(asked, found.rows, line.value)
        assert (line.passages, line.reports) == counted(engine, row)
        for column, cell in zip(found.columns, line.cells, strict=True):
            assert (cell.passages, cell.reports) == counted(engine, narrowed(row, found.across, column.value))


@settings(max_examples=sampled(25))
@given(reports=corpora(), asked=_ASKED, across=st.sampled_from(ColumnKind))
def test_the_best_of_a_cell_is_what_its_search_lists_first_among_exemplary_practice(
    reports: tuple[Filed, ...], asked: Request, across: ColumnKind
) -> None:
    engine = held(reports)
    found = made(engine, asked, "topic", across)

    for line in found.lines:
        for column, cell in zip(found.columns, line.cells, strict=True):
            wanted = narrowed(narrowed(asked, Facet.TOPIC, line.value), found.across, column.value)
            best = search(
                engine, replace(wanted, exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.NONE, strict=True)
            ).hits
            assert (cell.best.passage.id if cell.best else None) == (best[0].match.passage.id if best else None)


@given(reports=corpora())
def test_all_that_a_column_or_row_holds_is_held_by_the_whole(reports: tuple[Filed, ...]) -> None:
    engine = held(reports)
    found = made(engine, Request(), "topic", "town")

    assert sum(column.count for column in found.columns) == found.results.found.total
    assert all(line.passages <= found.results.found.total for line in found.lines)


def practice(path: str, town: str, score: int) -> Filed:
    text = f"{path}推行{town * 9}议事会{path * 9}。"
    return filed(path, text, town=town, topics=("信访",), exemplary=Exemplary(score=score), year=2023)


def test_the_best_is_found_where_one_town_has_more_practice_than_one_search_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matrix, "_FOR_ALL", 2)
    monkeypatch.setattr(matrix, "_FOR_A_ROW", 2)
    towns = ("甲镇", "乙镇", "丙镇", "丁镇", "戊镇")
    many = [practice(f"{town}{at}.txt", town, 100 - nth) for nth, town in enumerate(towns) for at in range(3)]
    found = made(held(tuple(many)), Request(), "topic", "town")

    (line,) = (each for each in found.lines if each.value == "信访")
    assert [cell.best.report.town for cell in line.cells if cell.best] == [column.value for column in found.columns]


def test_many_towns_are_turned_over_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "MOST_COLUMNS", 2)
    engine = held(tuple(practice(f"{name}.txt", f"{name}镇", 80) for name in "甲乙丙丁戊"))
    leaves = [made(engine, Request(), "topic", "town", leaf=leaf) for leaf in (1, 2, 3)]

    assert [(each.held, each.leaves) for each in leaves] == [(5, 3)] * 3
    assert len({column.value for each in leaves for column in each.columns}) == 5


def test_ticked_towns_alone_make_columns_and_an_excluded_topic_no_row() -> None:
    engine = held(tuple(practice(f"{name}.txt", f"{name}镇", 80) for name in "甲乙丙"))
    found = made(engine, Request(selection=Selection({Facet.TOPIC: ("信访",)}, town=("甲镇", "丙镇"))), "topic", "town")

    assert {column.value for column in found.columns} == {"甲镇", "丙镇"}
    assert "信访" not in [line.value for line in found.lines]
