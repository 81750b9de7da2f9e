import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.comparing.alignment import Kind
from search_app.comparing.report_comparison import MOST_PAIRS, Lack, SameReport, Standing, compare_reports
from search_app.comparing.report_overlap import MOSTLY, measure_last_year, measure_last_years, measure_report_overlap
from search_app.errors import NoSuchReport
from search_app.model import Passage, Report
from tests.comparing.copied import copied, letters
from tests.comparing.writing import file_passages, refigure, write_paragraph
from tests.engines.scanning import ScanningEngine

TEXTS = tuple(write_paragraph(number) for number in range(6))


def report(name: str, town: str | None = "甲镇", year: int | None = 2023, county: str | None = "丙县") -> Report:
    return Report(id=name * 12, path=f"{name}.txt", town=town, county=county, year=year, fingerprint=name)


def engine_of(*held: tuple[Report, list[str]]) -> ScanningEngine:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for each, texts in held:
            writer.put(each, tuple(file_passages(texts, report=each.id)))
    return engine


NOW, BEFORE, LONG_AGO = report("a"), report("b", year=2022), report("c", year=2020)


def test_a_report_is_compared_with_last_years_where_that_is_held() -> None:
    engine = engine_of((NOW, [*TEXTS[:2]]), (BEFORE, [*TEXTS[1:3]]), (LONG_AGO, [TEXTS[0]]))

    found = compare_reports(engine, NOW.id)

    assert found.other is not None
    assert (found.other.id, found.standing, found.missing) == (BEFORE.id, Standing.LAST_YEAR, ())
    assert [each.id for each in found.others] == [BEFORE.id, LONG_AGO.id]


def test_where_last_years_is_missing_the_latest_earlier_one_is_taken_and_the_years_between_are_said() -> None:
    engine = engine_of((NOW, [*TEXTS]), (LONG_AGO, [*TEXTS]))

    found = compare_reports(engine, NOW.id)

    assert (found.standing, found.missing, found.lack) == (Standing.EARLIER, (2021, 2022), None)


@pytest.mark.parametrize(
    ("alone", "lack"),
    [(NOW, Lack.EARLIER), (replace(NOW, town=None), Lack.PLACE), (replace(NOW, year=None), Lack.YEAR)],
)
def test_it_is_said_why_there_is_nothing_to_compare_with(alone: Report, lack: Lack) -> None:
    found = compare_reports(engine_of((alone, [*TEXTS])), alone.id)

    assert (found.other, found.lack, found.overlap, found.alignment, found.parts()) == (None, lack, None, None, ())


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        (report("b", year=2022), Standing.LAST_YEAR),
        (report("b", year=2021), Standing.EARLIER),
        (report("b", year=2024), Standing.LATER),
        (report("b", year=2023), Standing.SAME_YEAR),
        (report("b", year=None), Standing.SAME_TOWN),
        (report("b", town="乙镇", year=2022), Standing.ELSEWHERE),
        (report("b", county="丁县", year=2022), Standing.ELSEWHERE),
        (report("b", town=None), Standing.ELSEWHERE),
    ],
)
def test_any_two_reports_are_compared_and_it_is_said_what_the_other_is(other: Report, standing: Standing) -> None:
    found = compare_reports(engine_of((NOW, [*TEXTS]), (other, [*TEXTS])), NOW.id, other.id)

    assert found.other is not None
    assert (found.other.id, found.standing) == (other.id, standing)
    assert found.overlap is not None
    assert found.overlap.total.percent == 100


def test_a_report_is_not_compared_with_itself_nor_with_one_that_is_not_held() -> None:
    engine = engine_of((NOW, [*TEXTS]))

    with pytest.raises(SameReport):
        compare_reports(engine, NOW.id, NOW.id)
    with pytest.raises(NoSuchReport):
        compare_reports(engine, NOW.id, BEFORE.id)
    with pytest.raises(NoSuchReport):
        compare_reports(engine, BEFORE.id)


def test_a_report_of_which_the_year_alone_was_changed_is_wholly_last_years_and_differs_in_figures_alone() -> None:
    last = [f"2022年，{text}" for text in TEXTS]
    now = [text.replace("2022", "2023") for text in last]

    found = compare_reports(engine_of((NOW, now), (BEFORE, last)), NOW.id)

    assert found.overlap is not None
    assert found.alignment is not None
    assert (found.overlap.total.percent, found.overlap.mostly) == (100, True)
    assert found.alignment.counts == {**dict.fromkeys(Kind, 0), Kind.FIGURES: len(TEXTS)}
    assert {row.figures() for row in found.alignment.rows} == {(("2022", "2023"),)}


def test_reports_of_other_towns_of_the_county_are_named_by_how_many_passages_they_share() -> None:
    near, nearer, elsewhere = report("d", "乙镇"), report("e", "丁镇", 2021), report("f", "己镇", county="戊县")
    engine = engine_of(
        (NOW, [*TEXTS]),
        (BEFORE, [*TEXTS]),
        (near, [refigure(TEXTS[0])]),
        (nearer, [*TEXTS[2:5]]),
        (elsewhere, [*TEXTS]),
    )

    found = compare_reports(engine, NOW.id)

    assert [(each.report.id, each.passages) for each in found.alike] == [(nearer.id, 3), (near.id, 1)]


def test_two_reports_that_are_too_long_together_are_measured_and_not_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_app.comparing.report_comparison.MOST_PAIRS", 35)
    assert MOST_PAIRS > 400 * 400

    found = compare_reports(engine_of((NOW, [*TEXTS]), (BEFORE, [*TEXTS])), NOW.id)

    assert found.overlap is not None
    assert (found.alignment, found.overlap.total.percent, found.parts()) == (None, 100, ())


def edited(seed: int) -> tuple[list[str], list[str]]:
    """Return last year's paragraphs, and this year's with some kept, refigured, cut, joined with others, or new."""
    draw = random.Random(seed)
    last = [write_paragraph(draw.randrange(40), sentences=draw.randrange(1, 4)) for _ in range(draw.randrange(1, 8))]
    now = []
    for text in last:
        match draw.randrange(6):
            case 0:
                now.append(refigure(text))
            case 1:
                now.append(text[: draw.randrange(1, len(text))])
            case 2:
                now.append(write_paragraph(draw.randrange(50, 90), sentences=1) + text[draw.randrange(len(text)) :])
            case 3:
                now.append(write_paragraph(draw.randrange(50, 90)))
            case 4:
                now.append(text)
    return last, now or [write_paragraph(99)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000))
def test_the_percentages_are_those_of_looking_for_every_run_in_every_text(seed: int) -> None:
    last, now = edited(seed)

    found = compare_reports(engine_of((NOW, now), (BEFORE, last)), NOW.id)

    assert found.overlap is not None
    assert found.alignment is not None
    expected = [copied(text, last) for text in now]
    assert [each.shared for each in found.overlap.passages.values()] == expected
    total = sum(len(letters(text)) for text in now)
    assert found.overlap.total.percent == 100 * sum(expected) // total
    assert found.overlap.mostly is (found.overlap.total.percent >= MOSTLY)
    for part in found.parts():
        mine = [at for at, each in enumerate(found.passages) if each.section == part.section]
        assert part.overlap.shared == sum(expected[at] for at in mine)
        assert part.overlap.letters == sum(len(letters(now[at])) for at in mine)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1_000_000))
def test_the_parts_together_count_every_row_once(seed: int) -> None:
    last, now = edited(seed)

    found = compare_reports(engine_of((NOW, now), (BEFORE, last)), NOW.id)

    assert found.alignment is not None
    counted = Counter[Kind]()
    for part in found.parts():
        counted.update(part.counts)
    assert {kind: counted[kind] for kind in Kind} == found.alignment.counts
    assert sum(counted.values()) == len(found.alignment.rows)


def test_what_was_measured_changes_with_either_report() -> None:
    engine = engine_of((NOW, [TEXTS[0]]), (BEFORE, [TEXTS[0]]))
    first = measure_last_year(engine, engine.report(NOW.id)[0])
    with engine.writing() as writer:
        writer.put(replace(BEFORE, fingerprint="other"), (Passage(id="x", report=BEFORE.id, number=1, text=TEXTS[1]),))

    second = measure_last_year(engine, engine.report(NOW.id)[0])

    assert first is not None
    assert second is not None
    assert (first.total.percent, second.total.percent) == (100, 0)


def test_reports_are_measured_together_as_they_are_one_by_one_those_without_last_year_left_out() -> None:
    engine = engine_of((NOW, [*TEXTS]), (BEFORE, [*TEXTS[:3]]), (LONG_AGO, [TEXTS[0]]))
    held = engine.reports()

    found = measure_last_years(engine, [*held, *held])

    assert found == {NOW.id: measure_report_overlap(engine, held[0], held[1])}
