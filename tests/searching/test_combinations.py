"""Why nothing is held: the true reason is named where places, years and parts are held, but not together."""

import pytest

from search_app.engines.base import Engine
from search_app.query import Note, Selection
from search_app.searching import Request, search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

DEEDS, LACKS = "主要举措和成效", "不足和原因"
SHELF = (
    filed("1.txt", "普法十场。", town="石桥镇", county="澄岭县", year=2023, section=DEEDS, topics=("普法宣传",)),
    filed("2.txt", "信访三件。", town="云溪乡", county="沅坪县", year=2022, section=LACKS, topics=("信访",)),
    filed("3.txt", "普法五场。", town="松岭乡", county="沅坪县", year=2021, section=DEEDS, topics=("普法宣传",)),
    filed("4.txt", "普法六场。", town="松岭乡", county="沅坪县", year=2022, section=DEEDS, topics=("普法宣传",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    put(made, *SHELF)
    return made


def reasons(engine: Engine, text: str = "", /, **ticked: tuple[str | int, ...]) -> list[Note]:
    found = search(engine, Request(text=text, selection=Selection(**ticked)))
    return [note for note in found.notes if note.kind == "not_held"]


@pytest.mark.parametrize("text", ["石桥镇 2022", "石桥镇2022年", "镇:石桥镇 年:2022", "石桥镇 2022 普法"])
def test_a_year_that_a_town_has_no_report_on_is_named_with_those_that_it_has(engine: Engine, text: str) -> None:
    first = reasons(engine, text)[0]

    assert first.message == "石桥镇只收录了 2023 年度的报告，没有 2022 年度的。"
    assert first.query is not None
    assert search(engine, Request(text=first.query)).found.total == 1


def test_the_same_is_said_of_what_is_ticked_and_mended_by_other_ticks(engine: Engine) -> None:
    first = reasons(engine, "普法", town=("石桥镇",), year=(2022,))[0]

    assert first.message == "石桥镇只收录了 2023 年度的报告，没有 2022 年度的。"
    assert first.selection == Selection(town=("石桥镇",), year=(2023,))


def test_a_year_that_no_report_is_on_is_named_for_the_town_too(engine: Engine) -> None:
    assert reasons(engine, "石桥镇 2019年")[0].message == "石桥镇只收录了 2023 年度的报告，没有 2019 年度的。"


def test_years_held_are_told_as_spans(engine: Engine) -> None:
    assert "松岭乡只收录了 2021 至 2022 年度的报告" in reasons(engine, "松岭乡 2023")[0].message


def test_a_county_without_reports_on_a_year_is_named(engine: Engine) -> None:
    assert reasons(engine, county=("澄岭县",), year=(2021,))[0].message.startswith("澄岭县只收录了 2023 年度")


def test_a_town_that_lies_in_another_county_is_named_with_that_county(engine: Engine) -> None:
    first = reasons(engine, town=("石桥镇",), county=("沅坪县",))[0]

    assert first.message == "沅坪县没有石桥镇，收录的石桥镇在澄岭县。"
    assert first.selection == Selection(town=("石桥镇",), county=("澄岭县",))


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ({"section": (LACKS,)}, "石桥镇的报告里没有“不足和原因”这一部分的段落。"),
        ({"topic": ("信访",)}, "石桥镇的报告里没有“信访”这个主题的段落。"),
    ],
)
def test_a_part_or_topic_that_a_report_does_not_have_is_named(
    engine: Engine, ticked: dict[str, tuple[str | int, ...]], said: str
) -> None:
    first = reasons(engine, town=("石桥镇",), **ticked)[0]

    assert first.message == said
    assert first.selection == Selection(town=("石桥镇",))


def test_a_part_that_has_nothing_on_a_topic_is_named_where_both_are_held(engine: Engine) -> None:
    first = reasons(engine, section=("主要举措和成效",), topic=("信访",))[0]

    assert first.message == "收录的报告里，“主要举措和成效”这一部分没有讲“信访”的段落。"
    assert first.selection == Selection(section=("主要举措和成效",))


def test_nothing_is_said_of_what_is_held_together(engine: Engine) -> None:
    assert not reasons(engine, "石桥镇 2023 普法")
    assert not reasons(engine, "葡萄酒庄", town=("松岭乡",), year=(2022,))


def test_a_town_that_is_not_held_is_named_as_before(engine: Engine) -> None:
    assert "库里没有“望杉镇”。" in [note.message for note in reasons(engine, "望杉镇 2022年")]
