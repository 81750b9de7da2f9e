"""The wall has every town and every report in its place, and its totals are what its cells add up to."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from search_app.errors import BadSearch, NoSuchPlace
from search_app.model import REPORT_KIND, UNKNOWN
from search_app.query import Deadline
from search_app.reviewing.deadlines import Act, InTime, judge_dates
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Reason, enter
from search_app.reviewing.report_check import Mark
from search_app.reviewing.review import Review, Wanted, review
from search_app.reviewing.wall import Row, Standing, Totals, sum_up
from tests.engines.building import Filed, filed
from tests.reviewing.building import LONG, OTHER, holding, of
from tests.reviewing.corpora import reviewed
from tests.reviewing.reading import county_of


def recount(rows: Iterable[Row]) -> Totals:
    """Return what rows add up to, counted one by one from what their cells say."""
    counted: dict[str, int] = dict.fromkeys(
        ("towns", "absent", "pending", "complete", "clean", "thin", "from_own", "from_others", "late", "undated"), 0
    )
    missing = dict.fromkeys(PARTS, 0)
    for row in rows:
        counted["towns"] += 1
        if row.report is None:
            counted["absent"] += 1
            continue
        late = any(each.state is InTime.LATE for each in row.dates)
        counted["late"] += late
        counted["undated"] += not row.dates
        if row.check is None:
            counted["pending"] += 1
            continue
        said = {mark for part in row.check.parts for mark in part.marks}
        counted["complete"] += Mark.MISSING not in said
        counted["clean"] += said == {Mark.PRESENT} and not late
        for name, mark in (("thin", Mark.THIN), ("from_own", Mark.FROM_OWN), ("from_others", Mark.FROM_OTHERS)):
            counted[name] += mark in said
        for part in row.check.parts:
            missing[part.part] += Mark.MISSING in part.marks
    return Totals(missing=missing, **counted)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_every_report_stands_in_a_row_or_behind_one_or_apart_with_the_true_reason(corpus: tuple[Filed, ...]) -> None:
    register = enter(report for report, _ in corpus)

    entered = {
        report.id: (county, town, year)
        for county, towns in register.counties.items()
        for town, held in towns.items()
        for year, reports in held.by_year.items()
        for report in reports
    }
    apart = {each.report.id: each.reason for each in register.apart}
    for report, _ in corpus:
        if report.kind != REPORT_KIND:
            assert apart[report.id] is Reason.OTHER_KIND
        elif report.town is None:
            assert apart[report.id] is Reason.NO_TOWN
        elif report.year is None:
            assert apart[report.id] is Reason.NO_YEAR
        else:
            assert entered[report.id] == (county_of((report, ()), corpus), report.town, report.year)
    assert len(entered) + len(apart) == len(corpus)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_totals_are_what_the_cells_add_up_to(corpus: tuple[Filed, ...]) -> None:
    engine = holding(*corpus)
    found = review(engine, Wanted(year=2022))

    assert sum_up(found.rows) == recount(found.rows)
    every: list[Row] = list(found.rows)
    for each in found.counties:
        rows = review(engine, Wanted(year=2022, county=each.county or UNKNOWN)).rows
        assert each.totals == recount(rows)
        every += rows
    assert found.totals == recount(every)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_every_town_has_one_row_and_the_newest_of_a_year_counts(corpus: tuple[Filed, ...]) -> None:
    engine = holding(*corpus)
    entered = [
        (county_of(held, corpus), held[0])
        for held in corpus
        if held[0].kind == REPORT_KIND and held[0].town and held[0].year
    ]

    for county in {county for county, _ in entered}:
        rows = review(engine, Wanted(year=2022, county=county or UNKNOWN)).rows
        towns = {report.town for own, report in entered if own == county}
        assert sorted(row.town for row in rows) == sorted(filter(None, towns))
        for row in rows:
            held = [report for own, report in entered if (own, report.town, report.year) == (county, row.town, 2022)]
            newest = max(held, key=lambda each: (each.issued or date.min, each.path), default=None)
            assert (row.report and row.report.id) == (newest and newest.id)
            assert {each.id for each in row.older} == {each.id for each in held} - {newest.id if newest else ""}


def town_names(found: Review) -> list[str]:
    return [row.town for row in found.rows]


def test_what_needs_a_look_comes_first() -> None:
    engine = holding(
        of("甲镇", 2023, 主=f"{LONG * 7}甲", 第=OTHER + "甲", 不=f"{OTHER[::-1]}甲", 下=f"{LONG[::-1]}甲"),
        of("乙镇", 2023, 主="只有一句话。", 第="只有半句。"),
        of("丙镇", 2023, 主="也只有一句。", 第="也是半句。", 下="还有计划。"),
        of("丁镇", 2022, 主=LONG),
    )

    assert town_names(review(engine, Wanted(year=2023)))[:3] == ["丁镇", "乙镇", "丙镇"]


def test_a_town_without_a_report_in_the_year_is_told_apart_from_missing_parts() -> None:
    engine = holding(of("石桥镇", 2022, 主=LONG), of("云溪乡", 2023, 主=OTHER))

    absent, held = review(engine, Wanted(year=2023)).rows

    assert (absent.town, absent.standing, absent.years, absent.check) == ("石桥镇", Standing.ABSENT, (2022,), None)
    assert (held.town, held.standing, held.lacks("不足和原因")) == ("云溪乡", Standing.CHECKED, True)


def test_the_latest_year_and_the_only_county_are_chosen_where_nothing_is_asked() -> None:
    found = review(holding(of("石桥镇", 2022, 主=LONG), of("石桥镇", 2023, 主=OTHER)), Wanted())

    assert (found.year, found.county, found.only, found.years) == (2023, "甲县", True, ((2023, 1), (2022, 1)))


def test_a_town_has_a_row_for_every_year_from_its_first_to_its_last() -> None:
    found = review(holding(of("石桥镇", 2020, 主=LONG), of("石桥镇", 2022, 主=OTHER)), Wanted(town="石桥镇"))

    assert [(row.year, row.standing) for row in found.rows] == [
        (2022, Standing.CHECKED),
        (2021, Standing.ABSENT),
        (2020, Standing.CHECKED),
    ]


def test_a_town_is_found_by_its_name_with_the_county_before_it() -> None:
    engine = holding(of("石桥镇", 2023, 主=LONG))

    for wanted in (Wanted(town="甲县石桥镇"), Wanted(county="甲县", town="甲县石桥镇")):
        assert (review(engine, wanted).county, review(engine, wanted).town) == ("甲县", "石桥镇")


def test_a_town_of_two_counties_must_be_named_with_its_county() -> None:
    other, _ = filed("乙.txt", LONG, county="乙县", town="石桥镇", year=2023)
    engine = holding(of("石桥镇", 2023, 主=LONG), (other, ()))

    with pytest.raises(BadSearch, match="甲县、乙县都有“石桥镇”"):
        review(engine, Wanted(town="石桥镇"))


def test_a_county_whose_reports_cannot_be_entered_is_told_of_with_them() -> None:
    odd, _ = filed("乙.txt", LONG, county="乙县", town="松岭乡")
    engine = holding(of("石桥镇", 2023, 主=LONG), (odd, ()))

    found = review(engine, Wanted(county="乙县"))

    assert (found.rows, [each.reason for each in found.apart]) == ((), [Reason.NO_YEAR])


def test_what_stands_apart_of_a_town_is_its_own_or_of_no_known_town() -> None:
    engine = holding(
        of("石桥镇", 2023, 主=LONG),
        of("石桥镇", None, 主=OTHER),
        of("云溪乡", None, 主=OTHER[::-1]),
        of("某镇", 2023, {"town": None}, 主=LONG[::-1]),
    )

    apart = review(engine, Wanted(county="甲县", town="石桥镇")).apart

    assert {each.report.town for each in apart} == {"石桥镇", None}


def test_a_town_whose_reports_name_no_year_is_said_to_have_reports() -> None:
    engine = holding(of("石桥镇", 2023, 主=LONG), of("云溪乡", None, 主=OTHER))

    with pytest.raises(NoSuchPlace, match="收录了报告"):
        review(engine, Wanted(town="云溪乡"))


@pytest.mark.parametrize("wanted", [Wanted(county="丙县"), Wanted(town="无此镇"), Wanted(county="甲县", town="无此镇")])
def test_a_place_that_is_not_held_is_said_to_be_so(wanted: Wanted) -> None:
    with pytest.raises(NoSuchPlace):
        review(holding(of("石桥镇", 2023, 主=LONG)), wanted)


def test_what_there_was_no_time_for_is_pending_and_whoever_asks_again_gets_further() -> None:
    engine = holding(*(of(town, 2023, 主=LONG) for town in ("甲镇", "乙镇", "丙镇")))
    over = Deadline(0.0, lambda: 1.0)

    pending = [review(engine, Wanted(), deadline=over).totals.pending for _ in range(4)]

    assert pending == [2, 1, 0, 0]


def test_what_is_pending_is_counted_as_neither_good_nor_bad() -> None:
    engine = holding(*(of(town, 2023, 主=LONG) for town in ("甲镇", "乙镇")))

    totals = review(engine, Wanted(), deadline=Deadline(0.0, lambda: 1.0)).totals

    assert (totals.held, totals.pending, totals.complete, sum(totals.missing.values())) == (2, 1, 0, 3)


def test_an_index_without_reports_has_an_empty_wall() -> None:
    found = review(holding(), Wanted())

    assert (found.year, found.rows, found.counties, found.totals) == (None, (), (), Totals())


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({"issued": date(2024, 2, 29)}, [(Act.SIGNED, InTime.IN_TIME)]),
        ({"issued": date(2024, 3, 1)}, [(Act.SIGNED, InTime.LATE)]),
        ({"issued": date(2023, 12, 20)}, [(Act.SIGNED, InTime.IN_TIME)]),
        ({"issued": date(2022, 12, 31)}, [(Act.SIGNED, InTime.ODD)]),
        ({"published": date(2024, 3, 31)}, [(Act.PUBLISHED, InTime.IN_TIME)]),
        ({"published": date(2024, 4, 1)}, [(Act.PUBLISHED, InTime.LATE)]),
        (
            {"issued": date(2024, 2, 1), "published": date(2024, 5, 1)},
            [(Act.SIGNED, InTime.IN_TIME), (Act.PUBLISHED, InTime.LATE)],
        ),
        ({}, []),
        ({"year": None, "issued": date(2024, 3, 5)}, []),
        ({"year": 9999, "issued": date(2024, 3, 5)}, []),
    ],
)
def test_a_report_is_late_from_the_day_on_before_which_it_was_due(
    fields: dict[str, object], judged: list[tuple[Act, InTime]]
) -> None:
    report, _ = filed("a.txt", **({"year": 2023} | fields))

    assert [(each.act, each.state) for each in judge_dates(report)] == judged
