"""The practice jump: 典型做法 leads to its page, narrowed by the topic, place or year typed beside it."""

import pytest

from search_app.query import Selection, parse
from search_app.searching.catalogue import catalogue_of
from search_app.searching.practice_jump import PracticeJump, find_practice_jump
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine


def jump(text: str) -> PracticeJump | None:
    engine = ScanningEngine()
    put(engine, filed("1.txt", "普法十场。", town="石桥镇", county="澄岭县", year=2023))
    return find_practice_jump(catalogue_of(engine), parse(text).query)


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("典型做法", Selection()),
        ("典型做法 矛盾化解", Selection(topic=("矛盾化解",))),
        ("矛盾化解的典型做法", Selection(topic=("矛盾化解",))),
        ("石桥镇2023年典型做法", Selection(town=("石桥镇",), year=(2023,))),
        ("澄岭县 典型做法 普法宣传", Selection(county=("澄岭县",), topic=("普法宣传",))),
    ],
)
def test_topics_places_and_years_beside_it_narrow(text: str, selection: Selection) -> None:
    assert jump(text) == PracticeJump(selection=selection)


def test_other_words_are_kept_as_words() -> None:
    assert jump("典型做法 板凳议事会 2023年") == PracticeJump(selection=Selection(year=(2023,)), words="板凳议事会")


@pytest.mark.parametrize("text", ["做法", "“典型做法”", "典型做法 -信访", "标题:典型做法", "典型 做法"])
def test_who_does_not_type_it_as_words_is_led_nowhere(text: str) -> None:
    assert jump(text) is None
