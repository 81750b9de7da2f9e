"""Value sounds: facet values are found by how they are read, and places stand in the order of their sound."""

import pytest

from search_app.language.analysis.pinyin import to_initials, to_letters
from search_app.model import Facet, FacetValue, Value
from search_app.searching.value_sounds import Sounds, read_keys, sounds_of
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    """Return what is read of four towns, two of which share their name."""
    places = (("甲县", "石桥镇"), ("乙县", "石桥镇"), ("甲县", "绿洲乡"), ("甲县", "阿里镇"))
    engine = ScanningEngine()
    with engine.writing() as writer:
        for county, town in places:
            writer.put(*filed(f"{county}{town}.txt", "一段话。", county=county, town=town))
    return sounds_of(engine)


def values(*names: Value) -> list[FacetValue]:
    return [FacetValue(value=name, count=1, reports=1) for name in names]


TOWNS = values("甲县石桥镇", "乙县石桥镇", "绿洲乡", "阿里镇", None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("石桥", ["甲县石桥镇", "乙县石桥镇"]),
        ("sqz", ["甲县石桥镇", "乙县石桥镇"]),
        ("shiqiao", ["甲县石桥镇", "乙县石桥镇"]),
        ("ShiQiao", ["甲县石桥镇", "乙县石桥镇"]),
        ("shi'qiao zh", ["甲县石桥镇", "乙县石桥镇"]),
        ("jxsq", ["甲县石桥镇"]),
        ("lvzhou", ["绿洲乡"]),
        ("lüzhou", ["绿洲乡"]),
        ("iqiao", []),
        ("石桥zhen", []),
        ("", ["甲县石桥镇", "乙县石桥镇", "绿洲乡", "阿里镇", None]),
        ("wsb", [None]),
    ],
)
def test_towns_are_found_by_characters_pinyin_and_initials(sounds: Sounds, typed: str, found: list[Value]) -> None:
    assert [each.value for each in sounds.find(Facet.TOWN, TOWNS, typed)] == found


def test_topics_are_found_by_pinyin_too(sounds: Sounds) -> None:
    assert [each.value for each in sounds.find(Facet.TOPIC, values("信访", "普法宣传"), "pfxc")] == ["普法宣传"]


def test_places_stand_in_the_order_of_their_sound_the_unknown_one_last(sounds: Sounds) -> None:
    ordered = sounds.by_name(Facet.TOWN, TOWNS)

    assert [each.value for each in ordered] == ["阿里镇", "甲县石桥镇", "绿洲乡", "乙县石桥镇", None]


def test_years_and_sections_stand_in_their_own_order(sounds: Sounds) -> None:
    years = sounds.by_name(Facet.YEAR, values(2021, 2023, None))
    sections = sounds.by_name(Facet.SECTION, values("其他", "不足和原因", "导语"))

    assert [each.value for each in years] == [2023, 2022, 2021, None]
    assert [each.value for each in sections] == ["导语", "不足和原因", "其他"]


def test_what_holds_nothing_and_is_not_chosen_is_not_listed(sounds: Sounds) -> None:
    empty = FacetValue(value="阿里镇", count=0, reports=0)
    chosen = FacetValue(value="绿洲乡", count=0, reports=0, excluded=True)

    assert sounds.by_name(Facet.TOWN, [empty, chosen]) == [chosen]


@pytest.mark.parametrize("name", ["石桥镇", "绿洲乡", "A4·街道 'x' <b>", "　"])
def test_keys_are_letters_and_figures_alone(name: str) -> None:
    keys = read_keys(name)

    assert all(syllable.isalnum() for syllable in keys.syllables)
    if name.isalnum():
        assert ("".join(keys.syllables), keys.initials) == (to_letters(name), to_initials(name))
