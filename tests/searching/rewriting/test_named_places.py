"""Named places: a bare name leads to the town or county, and it is said; where it is a word, the place is offered."""

import pytest

from search_app.engines.base import Engine
from search_app.model import Collapse
from search_app.searching import Request, Results, search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

REPORTS = (
    filed("1.txt", "人民调解十件。", town="石桥镇", county="甲县", city="丙市", year=2023),
    filed("2.txt", "人民调解九件。", town="石桥镇", county="乙区", city="丙市", year=2023),
    filed("3.txt", "人民调解八件。", town="湖口乡", county="甲县", city="丙市", year=2023),
    filed("4.txt", "人民调解七件，平安建设有序。", town="云溪街道", county="枕河区", city="丙市", year=2023),
    filed("5.txt", "人民调解六件，平安。", town="平安镇", county="枕河区", city="丙市", year=2023),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    put(made, *REPORTS)
    return made


def asked(engine: Engine, text: str, *, literal: bool = False) -> Results:
    return search(engine, Request(text=text, collapse=Collapse.NONE, literal=literal))


def paths(results: Results) -> set[str]:
    return {hit.match.report.path for hit in results.hits if not hit.near}


def said(results: Results, kind: str) -> list[str]:
    return [note.message for note in results.notes if note.kind == kind]


@pytest.mark.parametrize("name", ["湖口", "云溪", "枕河"])
@pytest.mark.parametrize("saying", ["{} 调解", "调解 {}", "{}的调解", "{} 2023 调解"])
def test_a_bare_name_leads_to_the_town_or_county_and_it_is_said(engine: Engine, saying: str, name: str) -> None:
    found = asked(engine, saying.format(name))

    places = {hit.match.report.town or "" for hit in found.hits} | {hit.match.report.county or "" for hit in found.hits}
    assert any(place.startswith(name) for place in places)
    assert paths(found) == {"湖口": {"3.txt"}, "云溪": {"4.txt"}, "枕河": {"4.txt", "5.txt"}}[name]
    assert any(f"“{name}”按地名理解" in message for message in said(found, "placed"))


def test_a_name_of_several_places_says_which_and_each_can_be_chosen(engine: Engine) -> None:
    found = asked(engine, "石桥 调解")

    assert said(found, "placed") == ["“石桥”按地名理解，指甲县石桥镇、乙区石桥镇。"]
    offered = [note.query for note in found.notes if note.kind == "narrow" and note.query]
    assert [paths(asked(engine, query)) for query in offered] == [{"1.txt"}, {"2.txt"}]


def test_literal_searches_the_name_as_text(engine: Engine) -> None:
    found = asked(engine, "湖口 调解", literal=True)

    assert (paths(found), said(found, "placed")) == (set(), [])


def test_a_name_that_other_places_use_as_a_word_is_one_and_the_place_is_offered(engine: Engine) -> None:
    found = asked(engine, "平安 调解")

    assert "4.txt" in paths(found)
    assert [note.query for note in found.notes if note.kind == "narrow"] == ["调解 镇:枕河区平安镇"]


def test_a_name_inside_another_word_is_none(engine: Engine) -> None:
    assert not said(asked(engine, "新湖口岸"), "placed")


@pytest.mark.parametrize("typed", ["湖口镇23年的不足", "23年 湖口镇", "23年度湖口镇"])
def test_a_year_of_two_figures_is_a_year_at_the_beginning_or_behind_a_place(typed: str) -> None:
    engine = ScanningEngine()
    reports = (
        filed(
            f"湖口镇20{year}.txt",
            "普法的针对性不强。",
            town="湖口镇",
            county="甲县",
            year=2000 + year,
            section="不足和原因",
        )
        for year in (22, 23)
    )
    put(engine, *reports)

    found = search(engine, Request(text=typed))

    assert [hit.match.report.path for hit in found.hits if not hit.near] == ["湖口镇2023.txt"]


@pytest.mark.parametrize("typed", ["23年来的变化", "23年老案", "历时23年", "积了23年的案子"])
def test_a_span_of_years_is_no_year(typed: str) -> None:
    engine = ScanningEngine()
    put(engine, filed("湖口镇2023.txt", "普法。", town="湖口镇", county="甲县", year=2023))

    assert "Years" not in repr(search(engine, Request(text=typed)).chosen)


@pytest.mark.parametrize("typed", ["2022年以来 普法", "2022年至今的普法"])
def test_since_a_year_means_that_year_and_those_after_it(typed: str) -> None:
    engine = ScanningEngine()
    put(
        engine,
        *(filed(f"{year}.txt", "普法三十场。", town="湖口镇", county="甲县", year=year) for year in (2021, 2022, 2023)),
    )

    found = search(engine, Request(text=typed, collapse=Collapse.NONE))

    assert {hit.match.report.path for hit in found.hits if not hit.near} == {"2022.txt", "2023.txt"}
