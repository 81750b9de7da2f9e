"""Coverage: every cell holds the reports and passages of its town and year, shaded by how many there are."""

from hypothesis import given

from search_app.comparing.town_year_passages import count_town_year
from search_app.web.view_models.coverage import coverage
from tests.comparing.test_genealogy import over
from tests.engines.building import Filed, corpora


@given(corpora())
def test_every_cell_holds_what_a_reading_of_the_reports_says(several: tuple[Filed, ...]) -> None:
    engine = over(*several)
    found = coverage(engine.reports(), count=lambda *key: count_town_year(engine, *key))

    cells = {
        (group.name, row.town, year): cell
        for group in found.counties
        for row in group.rows
        for year, cell in zip(found.years, row.cells, strict=True)
    }
    for report, _ in several:
        key = (report.county or "县未识别", report.town or "乡镇未识别", report.year)
        same = [each for each in several if (each[0].county, each[0].town, each[0].year) == (
            report.county, report.town, report.year)]  # fmt: skip
        assert {each.id for each in cells[key].reports} == {each.id for each, _ in same}
        assert cells[key].passages == sum(len(passages) for _, passages in same)
    assert sum(len(cell.reports) for cell in cells.values()) == len(several)


@given(corpora())
def test_shades_rise_with_the_passages_and_nothing_has_none(several: tuple[Filed, ...]) -> None:
    engine = over(*several)
    found = coverage(engine.reports(), count=lambda *key: count_town_year(engine, *key))

    cells = sorted(
        (cell for group in found.counties for row in group.rows for cell in row.cells), key=lambda cell: cell.passages
    )
    steps = [cell.step for cell in cells]
    assert steps == sorted(steps)
    assert all((cell.step == 0) == (cell.passages == 0) for cell in cells)
    known = {step.number: step for step in found.steps}
    assert all(known[each.step].first <= each.passages <= known[each.step].last for each in cells if each.step)


@given(corpora())
def test_the_sums_of_a_county_count_its_towns_and_reports(several: tuple[Filed, ...]) -> None:
    found = coverage(over(*several).reports(), count=lambda *_: 1)

    for group in found.counties:
        for year, each in zip(found.years, group.sums, strict=True):
            held = [
                report for report, _ in several if (report.county or "县未识别") == group.name and report.year == year
            ]
            assert (each.towns, each.reports) == (len({report.town for report in held}), len(held))
