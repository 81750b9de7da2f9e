"""A question on a figure with a bound (98%以上) finds the figure itself first, then what fulfils it."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.language import find_figure_conditions
from search_app.model import Collapse
from search_app.query import NoteKind
from search_app.searching import Request, Results, search
from search_app.searching.rewriting.held_figures import MOST_FIGURES, find_held_figures
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

RATES = ("90%", "95.5%", "97.9%", "98%", "98.0%", "98.5%", "99.07%", "100%", "9.85%", "198%")
COUNTS = (5, 12, 28, 30, 31, 39, 40, 88, 95, 99, 100, 104, 110, 111, 150, 1500)


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    put(
        made,
        *(filed(f"率{rate}.txt", f"纠纷调解成功率{rate}，群众放心。") for rate in RATES),
        *(filed(f"件{count}.txt", f"全年调处纠纷{count}件。") for count in COUNTS),
        *(filed(f"场{count}.txt", f"全年开讲座{count}场。") for count in COUNTS),
        filed("率多.txt", "培训合格率99%，纠纷调解成功率91%。"),
    )
    return made


def asked(engine: Engine, text: str, *, also: bool = True) -> Results:
    return search(engine, Request(text=text, size=50, also=also, collapse=Collapse.NONE))


def found(results: Results, kind: str) -> list[str]:
    paths = [hit.match.report.path for hit in results.hits if not hit.near]
    assert all(path.startswith(kind) for path in paths)
    return [path.removeprefix(kind).removesuffix(".txt") for path in paths]


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("纠纷100件以上", 100, 9999), ("纠纷超过100件", 101, 9999), ("纠纷不少于100件", 100, 9999),
        ("纠纷30件以下", 0, 30), ("纠纷不到30件", 0, 29), ("纠纷100件左右", 90, 110),
        ("纠纷近100件", 90, 100), ("纠纷30余件", 30, 39),
        ("纠纷三十余起", 30, 39),
    ],
)  # fmt: skip
def test_exactly_what_fulfils_a_condition_on_the_same_unit_is_found(
    engine: Engine, typed: str, least: int, most: int
) -> None:
    numbers = sorted(map(int, found(asked(engine, typed), "件")))

    assert numbers == [count for count in COUNTS if least <= count <= most]


def test_the_figure_itself_comes_first_then_what_fulfils_it_beside_the_word(engine: Engine) -> None:
    rates = found(asked(engine, "调解成功率98%以上"), "率")

    assert rates[0] == "98%"
    assert set(rates[1:-1]) == {"98.0%", "98.5%", "99.07%", "100%"}
    assert rates[-1] == "多"


def test_a_figure_without_a_bound_asks_for_itself(engine: Engine) -> None:
    assert found(asked(engine, "调解成功率100%"), "率") == ["100%"]


def test_the_figures_that_were_looked_for_too_are_told(engine: Engine) -> None:
    notes = [note.message for note in asked(engine, "调解成功率98%以上").notes if note.kind is NoteKind.ALSO]

    assert any("“98.5%”" in note for note in notes)


def test_without_other_wordings_only_the_figure_itself_is_found(engine: Engine) -> None:
    assert found(asked(engine, "调解成功率98%以上", also=False), "率") == ["98%"]


CONDITIONS = ("98%以上", "不低于90%", "100人左右", "30余起", "近50场", "10件以下", "不到20次", "三百多名", "2万人以上")
NUMERALS = st.decimals(0, 2_000, places=1).map(str) | st.integers(0, 99_999).map(str)


@given(st.sampled_from(CONDITIONS), st.lists(NUMERALS, max_size=30, unique=True))
def test_the_figures_of_a_condition_are_all_that_fulfil_it_the_nearest_first(typed: str, numerals: list[str]) -> None:
    (condition,) = find_figure_conditions(typed)
    engine = ScanningEngine()
    put(engine, filed("1.txt", "开展普法。"))
    with patch.object(engine, "numerals", return_value=numerals, create=True):
        found = find_held_figures(engine, lambda _: True)(condition)

    valued = [(float(each), each) for each in numerals]
    valued += [(value * 10_000, f"{each}万") for value, each in valued]
    meant = sorted((abs(value - condition.value), each) for value, each in valued if condition.is_fulfilled(value))
    signs = ("",) if condition.units == ("%",) else ("", "余", "多")
    ways = [f"{each}{sign}{unit}" for _, each in meant for unit in condition.units for sign in signs]
    tried = [way for way in ways if way != condition.figure]
    assert list(found) == tried[: len(found)]
    assert len(found) == min(len(tried), MOST_FIGURES)
