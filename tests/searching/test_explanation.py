"""Why a passage stands where it stands: the parts of its score, as the answer to the same request has it."""

from collections.abc import Callable, Iterator
from math import fsum, isclose, prod

import pytest

from search_app.engines.base import Engine
from search_app.errors import NoSuchPassage
from search_app.model import Collapse, Sort
from search_app.query import Selection
from search_app.score import Explanation, ExplanationPart
from search_app.searching import Request, explain, search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

JOINED: dict[str, Callable[[list[float]], float]] = {"sum": fsum, "product": prod, "max": max}
HELD = tuple(
    filed(
        f"甲县/{town}{year}.txt",
        f"开展人民调解，调解矛盾纠纷{year - 2000}起。",
        "推进政务公开，群众满意。",
        town=town,
        county="甲县",
        year=year,
        section="主要举措和成效",
    )
    for town in ("湖口镇", "松岭乡")
    for year in (2022, 2023)
)


@pytest.fixture
def engine() -> Engine:
    made = ScanningEngine()
    put(made, *HELD)
    return made


def walk(explanation: Explanation) -> Iterator[Explanation]:
    """Yield all parts, outermost first."""
    yield explanation
    for part in explanation.parts:
        yield from walk(part)


@pytest.mark.parametrize(
    "request_",
    [
        Request(text="人民调解"),
        Request(text="矛盾纠纷怎么调解"),
        Request(text="政务工开"),
        Request(text="湖口镇 调解", selection=Selection(year=(2023,))),
        Request(text="“政务公开”", sort=Sort.NEWEST),
        Request(),
    ],
    ids=lambda request: request.text or "everything",
)
def test_the_parts_make_up_the_score_that_the_answer_lists(engine: Engine, request_: Request) -> None:
    listed = search(engine, request_).hits
    assert listed

    for hit in listed:
        found = explain(engine, request_, hit.match.passage.id).explanation
        assert isclose(found.value, hit.match.score, abs_tol=1e-9)
        for part in walk(found):
            values = [each.value for each in part.parts]
            assert part.how == "given" or isclose(JOINED[part.how](values), part.value, abs_tol=1e-9), part
            assert part.message.endswith("。"), part


def test_a_hit_has_its_explanation_only_where_it_is_asked_for(engine: Engine) -> None:
    assert all(hit.explanation is None for hit in search(engine, Request(text="调解")).hits)
    for hit in search(engine, Request(text="调解", explain=True)).hits:
        assert hit.explanation == explain(engine, Request(text="调解"), hit.match.passage.id).explanation


def test_the_second_passage_of_a_town_says_that_others_stand_before_it(engine: Engine) -> None:
    unfolded = Request(text="调解", collapse=Collapse.NONE)
    last = search(engine, unfolded).hits[-1]

    found = explain(engine, unfolded, last.match.passage.id).explanation

    spread = next(part for part in walk(found) if part.part is ExplanationPart.SPREAD)
    assert spread.value < 1
    assert "同一个镇的 1 段" in spread.message


def test_a_passage_that_is_not_found_has_nothing_to_explain(engine: Engine) -> None:
    with pytest.raises(NoSuchPassage):
        explain(engine, Request(text="调解"), f"{HELD[0][0].id}-2")
