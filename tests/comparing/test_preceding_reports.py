"""Which report precedes which: of the same town, though only some of its reports say which city it lies in."""

from datetime import date

from search_app.comparing.county_names import CountyNames
from search_app.comparing.preceding_reports import town_years_of
from search_app.model import Report
from tests.engines.building import Filed, filed
from tests.reviewing.building import holding


def report(path: str, year: int, **fields: object) -> Filed:
    return filed(path, "调解纠纷。", **({"county": "甲县", "town": "石桥镇", "year": year} | fields))


def last_year(*held: Filed) -> Report | None:
    return town_years_of(holding(*held)).last_year(held[0][0])


def test_a_town_is_one_though_only_one_of_its_reports_names_the_city() -> None:
    before = report("a.txt", 2022)

    found = last_year(report("b.txt", 2023, city="东市", province="云岭省"), before)

    assert found is not None
    assert found.id == before[0].id


def test_towns_of_counties_of_one_name_in_two_cities_are_two() -> None:
    assert last_year(report("b.txt", 2023, city="东市"), report("a.txt", 2022, city="西市")) is None


def test_a_county_is_named_with_its_city_where_two_cities_have_it() -> None:
    reports = [report(f"{city}.txt", 2023, city=city)[0] for city in ("东市", "西市", None)]

    assert [CountyNames(reports).name(each) for each in reports] == ["东市甲县", "西市甲县", "未识别甲县"]
    assert [CountyNames(reports[:1]).name(each) for each in reports[:1]] == ["甲县"]


def test_of_two_reports_of_a_year_the_newest_counts() -> None:
    old, new = report("z.txt", 2022, issued=date(2023, 1, 1)), report("a.txt", 2022, issued=date(2023, 2, 1))

    found = last_year(report("b.txt", 2023), old, new)

    assert found is not None
    assert found.path == "a.txt"


def test_an_annual_report_counts_before_what_is_of_another_kind() -> None:
    other = report("z.txt", 2022, kind="述职述廉报告", issued=date(2023, 3, 1))

    found = last_year(report("b.txt", 2023), report("a.txt", 2022, issued=date(2023, 1, 1)), other)

    assert found is not None
    assert found.path == "a.txt"
