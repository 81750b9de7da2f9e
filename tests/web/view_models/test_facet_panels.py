"""Panels: the order, the cut and the links of facet values."""

from dataclasses import replace

from search_app.facets import FACETS
from search_app.model import Facet, FacetValue
from search_app.query import Search, Selection
from search_app.searching import Request
from search_app.searching.catalogue import Catalogue
from search_app.searching.value_sounds import Sounds
from search_app.web import urls
from search_app.web.view_models import facet_panels
from search_app.web.view_models.coverage import MOST_TOWNS, coverage
from tests.web import sample


def no_places() -> Sounds:
    """Return what is known of how places are read: nothing."""
    return Sounds(Catalogue(facets={}, reports=()))


def panel(facet: Facet, values: tuple[FacetValue, ...], request: Request | None = None) -> facet_panels.Panel:
    """Return the panel of an answer whose facet has these values."""
    found = sample.engine().search(Search())
    return facet_panels.panel(
        facet, replace(found, facets={**found.facets, facet: values}), request or Request(), sounds=no_places
    )


def rows_of(facet: Facet, *values: FacetValue) -> tuple[facet_panels.Row, ...]:
    """Return the rows of these values, in their order."""
    return facet_panels.rows(facet, FACETS[facet].arrange(values), Request())


def value(name: str | int | None, count: int, *, selected: bool = False) -> FacetValue:
    """Return a facet value in which every passage is a report of its own."""
    return FacetValue(value=name, count=count, reports=count, selected=selected)


def test_ticked_values_come_first_then_the_largest_then_by_name() -> None:
    values = (
        value("丙", 5),
        value("甲", 5),
        value("乙", 9),
        value("丁", 1, selected=True),
        value(None, 5),
        value("戊", 0),
    )

    assert [row.text for row in rows_of(Facet.TOWN, *values)] == ["丁", "乙", "丙", "甲", "未识别"]


def test_passages_on_no_topic_stand_last_under_a_name_of_their_own() -> None:
    values = (value(None, 50, selected=True), value("信访", 3))
    rows = rows_of(Facet.TOPIC, *values)

    assert [(row.text, row.value) for row in rows] == [("信访", "信访"), ("未归类", "未识别")]
    assert facet_panels.chips(urls.narrow_to(Facet.TOPIC, None))[0].text == "未归类"


def test_a_ticked_value_without_passages_stays() -> None:
    assert [row.text for row in rows_of(Facet.TOWN, value("甲", 0, selected=True))] == ["甲"]


def test_ten_values_are_shown_forty_unfold_and_the_rest_has_a_page() -> None:
    values = tuple(value(f"镇{number:03}", 1) for number in range(130))
    shown = panel(Facet.TOWN, values)

    assert (len(shown.shown), len(shown.unfolded), shown.beyond, shown.distinct) == (10, 40, 80, 130)
    assert shown.url == "/facets/town"


def test_all_ticked_values_are_shown_however_many() -> None:
    values = tuple(value(f"镇{number:03}", 1, selected=number < 14) for number in range(30))
    ticked = Request(selection=Selection(town=[f"镇{number:03}" for number in range(14)]))
    shown = panel(Facet.TOWN, values, ticked)

    assert len(shown.shown) == shown.ticked == 14


def test_excluded_values_stay_in_sight_behind_the_ticked_ones_whatever_the_order() -> None:
    values = tuple(
        FacetValue(value=f"镇{number:03}", count=1, reports=1, selected=number == 20, excluded=number == 25)
        for number in range(30)
    )
    chosen = Request(selection=Selection({Facet.TOWN: ("镇025",)}, town=("镇020",)))

    for request in (chosen, replace(chosen, by_name=(Facet.TOWN,))):
        shown = panel(Facet.TOWN, values, request)
        assert [row.value for row in shown.shown[:3]] == ["镇020", "镇025", "镇000"]
        assert (shown.ticked, shown.excluded, shown.distinct) == (1, 1, 30)


def test_years_run_from_new_to_old_with_empty_ones_between_but_no_endless_gap() -> None:
    def years(*known: int | None) -> list[str]:
        found = rows_of(Facet.YEAR, *(value(year, 1) for year in known))
        return [row.text for row in found]

    assert years(2020, 2023, None) == ["2023", "2022", "2021", "2020", "未识别"]
    assert years(1923, 2023) == ["2023", "1923"]


def test_the_longest_bar_is_the_largest_value() -> None:
    found = rows_of(Facet.YEAR, value(2023, 50), value(2022, 25))

    assert [row.share for row in found] == [100, 50]


def test_a_row_ticks_and_a_ticked_row_unticks() -> None:
    (row,) = facet_panels.rows(Facet.TOWN, (value("甲", 1),), Request(text="调解", page=3))
    (ticked,) = facet_panels.rows(
        Facet.TOWN, (value("甲", 1, selected=True),), urls.narrow_to(Facet.TOWN, "甲", text="调解")
    )

    assert row.url == urls.build(urls.narrow_to(Facet.TOWN, "甲", text="调解"))
    assert ticked.url == urls.build(Request(text="调解"))


def test_ids_of_rows_stay_the_same_and_differ_from_each_other() -> None:
    values = tuple(value(f"镇{number}", 1) for number in range(200))
    once, again = (rows_of(Facet.TOWN, *each) for each in (values, values[::-1]))

    assert {row.text: row.id for row in once} == {row.text: row.id for row in again}
    assert len({row.id for row in once}) == 200


def test_coverage_goes_county_by_county_when_there_are_too_many_towns() -> None:
    one = sample.ordinary("澄岭县", "望杉镇", 2020)[0]
    reports = [replace(one, town=f"{number}镇", county=f"{number % 3}县") for number in range(MOST_TOWNS + 1)]

    assert not coverage(reports, count=lambda *_: 1).shown
    (county,) = coverage(reports, count=lambda *_: 1, county="1县").counties
    assert len(county.rows) == county.towns == 67
