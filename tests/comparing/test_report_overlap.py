"""Report overlap: what stands in last year's report, and which report that is."""

from dataclasses import replace
from datetime import date

import pytest

from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.report_overlap import measure_last_year, measure_report_overlap
from search_app.model import Passage, Report
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

KEPT = "镇司法所牵头成立了矛盾纠纷联合接待室，每逢赶集日由律师和调解员轮流坐班，全年共受理纠纷48件。"
OLD = "组织开展村级法律明白人培训三期，每名学员须在本村讲一堂课，由驻村干部打分并公布结果。"
NEW = "新建了乡镇综合执法指挥平台，把巡查发现的问题按网格派单，限期办结之后回访当事人。"


def report_of(year: int, *texts: str, town: str = "望杉镇", path: str = "") -> tuple[Report, tuple[Passage, ...]]:
    """Return a town's report of a year with these passages."""
    report, passages = filed(path or f"{town}{year}.txt", *texts)
    return replace(report, county="澄岭县", town=town, year=year), passages


def test_figures_alone_make_no_difference_and_new_passages_do() -> None:
    engine = ScanningEngine()
    put(engine, report_of(2022, KEPT, OLD), report_of(2023, KEPT.replace("48", "61"), NEW))

    measured = measure_last_year(engine, engine.reports()[1])

    assert measured is not None
    assert [overlap.share for overlap in measured.passages.values()] == [1.0, 0.0]
    assert 0.4 < measured.total.share < 0.6


def test_the_report_of_two_years_before_is_not_last_years() -> None:
    engine = ScanningEngine()
    put(engine, report_of(2021, KEPT), report_of(2023, KEPT))
    now = engine.reports()[1]

    preceding = town_years_of(engine).preceding(now)

    assert measure_last_year(engine, now) is None
    assert preceding is not None
    assert preceding.year == 2021


@pytest.mark.parametrize("place", [{"county": "沅坪县"}, {"town": "白砾乡"}, {"town": None}, {"year": None}])
def test_another_town_or_an_unknown_year_has_no_last_year_here(place: dict[str, object]) -> None:
    engine = ScanningEngine()
    (report, passages) = report_of(2023, KEPT)
    put(engine, report_of(2022, KEPT), (replace(report, **place), passages))  # type: ignore[arg-type]

    assert measure_last_year(engine, engine.reports()[1]) is None


def test_of_two_reports_of_a_town_and_year_the_newer_is_last_years() -> None:
    engine = ScanningEngine()
    older, newer = report_of(2022, OLD, path="b.txt"), report_of(2022, KEPT, path="a.txt")
    put(
        engine,
        (replace(older[0], issued=date(2023, 1, 5)), older[1]),
        (replace(newer[0], issued=date(2023, 2, 5)), newer[1]),
        report_of(2023, KEPT, path="c.txt"),
    )

    measured = measure_last_year(engine, engine.reports()[2])

    assert measured is not None
    assert measured.other.path == "a.txt"
    assert measured.total.share == 1


def test_a_report_that_changed_is_measured_anew() -> None:
    engine = ScanningEngine()
    put(engine, report_of(2022, KEPT), report_of(2023, KEPT))
    one, other = engine.reports()
    before = measure_report_overlap(engine, other, one)

    put(engine, report_of(2022, OLD))

    assert [before.total.share, measure_report_overlap(engine, *reversed(engine.reports())).total.share] == [1.0, 0.0]
