"""The entrance: every example is held and is what it is said to be; of an empty index there is none."""

from dataclasses import replace

from hypothesis import given

from search_app.comparing.entrance import Entrance, entrance_of
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.model import Exemplary, Figure
from tests.comparing.test_genealogy import of_town, over
from tests.engines.building import Filed, corpora, filed


def exemplary(held: Filed, topic: str = "矛盾化解") -> Filed:
    """Return a report whose passages are good practice on a topic."""
    report, passages = held
    return report, tuple(replace(each, topics=(topic,), exemplary=Exemplary(score=90)) for each in passages)


def test_of_an_empty_index_there_are_no_examples() -> None:
    assert entrance_of(over()) == Entrance()


@given(corpora())
def test_every_example_is_held_and_is_what_it_is_said_to_be(several: tuple[Filed, ...]) -> None:
    engine = over(*several)
    found = entrance_of(engine)

    held = {passage.id for _, passages in several for passage in passages}
    for match in (*found.pair, *filter(None, (found.practice,))):
        assert match.passage.id in held
        assert match.passage.exemplary.score >= EXEMPLARY_FLOOR
    assert len(found.pair) in (0, 2)
    assert all(found.topic in match.passage.topics for match in found.pair)
    assert len({(match.report.county, match.report.town) for match in found.pair}) == len(found.pair)


@given(corpora())
def test_the_county_is_the_one_with_most_towns_in_the_latest_year(several: tuple[Filed, ...]) -> None:
    found = entrance_of(over(*several)).county_year

    known = [each for each, _ in several if each.county and each.town and each.year]
    if found is None:
        assert not known
    else:
        latest = max(each.year or 0 for each in known)
        towns = {(each.county, each.town) for each in known if each.year == latest}
        assert found.year == latest
        assert found.towns == max(sum(county == each for each, _ in towns) for county, _ in towns)
        assert found.towns == sum(county == found.county for county, _ in towns)


def test_two_of_one_year_are_compared_where_there_are_two() -> None:
    said = {
        "望杉镇": "老支书轮流坐堂，邻里纠纷当场说清。",
        "白砾乡": "律师逢集进村，合同逐件审查把关。",
        "云栈镇": "船工巡河讲法，渡口设点收集诉求。",
    }
    several = [
        exemplary(filed(f"{town}.txt", said[town], county="澄岭县", town=town, year=year))
        for town, year in (("望杉镇", 2021), ("白砾乡", 2022), ("云栈镇", 2021))
    ]

    pair = entrance_of(over(*several)).pair

    assert {match.report.year for match in pair} == {2021}


def test_the_town_that_kept_most_of_its_last_report_is_named() -> None:
    own = [of_town("望杉镇", 2021), of_town("望杉镇", 2022), of_town("白砾乡", 2022)]

    found = entrance_of(over(*own)).county_year

    assert found is not None
    assert found.copied is not None
    assert (found.copied.town, found.share) == ("望杉镇", 1.0)


def test_a_figure_that_tells_exactly_of_the_whole_is_an_example() -> None:
    counts = (
        Figure(what="网格员", number=9, unit="名", part=True, start=0, end=2, clause_start=0, clause_end=2),
        Figure(what="网格员", number=31, unit="名", start=2, end=4, clause_start=0, clause_end=4),
    )
    report, passages = exemplary(filed("a.txt", "网格员轮流入户。", county="澄岭县", town="望杉镇", year=2022))

    found = entrance_of(over((report, tuple(replace(each, figures=counts) for each in passages)))).counted

    assert found is not None
    assert (found[0].report.town, found[1].number) == ("望杉镇", 31)
