"""Every number of the figures table against a reading of all passages, over random shelves."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import median, quantiles

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.comparing.counted_figures import find_all_levels, find_figures, tell
from search_app.comparing.figure_levels import FENCE, HIGH, LEAST, LOW
from search_app.comparing.figures_table import Narrowing, figures_table_of
from search_app.labelling.figures.extraction import find_counts
from search_app.labelling.figures.things import thing_named
from search_app.model import Passage, Report
from tests.engines.scanning import ScanningEngine

COUNTIES, TOWNS, YEARS = ("甲县", "乙县", None), ("石桥镇", "柳溪乡", "望杉镇", None), (2022, 2023, None)
WHATS = ("化解矛盾纠纷", "调解成功率", "普法宣传活动", "网格")
Filed = tuple[Report, tuple[Passage, ...]]


def sentence(kind: int, number: int) -> str:
    return (
        f"全年调解矛盾纠纷{number}件，成功率{number % 100}%。",
        f"其中调解矛盾纠纷{number}起。",
        f"近三年调解矛盾纠纷{number}件。",
        f"开展普法宣传活动{number}余场次。",
        f"力争调解矛盾纠纷{number}件。",
    )[kind]


sentences = st.builds(sentence, st.integers(0, 4), st.integers(1, 400))


def filed(number: int, county: str | None, town: str | None, year: int | None, texts: Iterable[str]) -> Filed:
    name = f"{number:012x}"
    report = Report(id=name, path=f"{number:03}.txt", title="报告", county=county, town=town, year=year)
    passages = tuple(
        Passage(
            id=f"{name}-{at}",
            report=name,
            number=at,
            text=text,
            section="主要举措和成效",
            figures=find_counts(text, "主要举措和成效", year),
        )
        for at, text in enumerate(texts, 1)
    )
    return report, passages


shelves = st.lists(
    st.tuples(
        st.sampled_from(COUNTIES), st.sampled_from(TOWNS), st.sampled_from(YEARS), st.lists(sentences, max_size=3)
    ),
    max_size=12,
).map(lambda drawn: [filed(number, *one) for number, one in enumerate(drawn)])
narrowings = st.builds(
    Narrowing,
    topic=st.sampled_from((None, "矛盾化解", "普法宣传")),
    what=st.sampled_from((None, *WHATS)),
    year=st.sampled_from((None, 2022, 2023, 1999)),
    county=st.sampled_from((None, "甲县", "丙县")),
    town=st.sampled_from((None, "石桥镇", "甲县石桥镇")),
)


def shelved(held: Iterable[Filed]) -> ScanningEngine:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in held:
            writer.put(report, passages)
    return engine


def newest(held: list[Filed]) -> list[Filed]:
    """Return the reports that count: of one town and year the last by path."""
    kept: dict[object, Filed] = {}
    for report, passages in sorted(held, key=lambda one: one[0].path):
        known = report.town and report.year is not None
        kept[(report.county, report.town, report.year) if known else report.id] = (report, passages)
    return list(kept.values())


def matching(held: list[Filed], wanted: Narrowing) -> list[tuple[str, str, float, bool, bool]]:
    found = []
    for report, passages in newest(held):
        names = (report.town or "", (report.county or "") + (report.town or ""))
        if wanted.year not in (None, report.year) or wanted.county not in (None, report.county or ""):
            continue
        if wanted.town is not None and wanted.town not in names:
            continue
        for passage in passages:
            for one in passage.figures:
                thing = thing_named(one.what)
                assert thing is not None
                if wanted.what in (None, one.what) and wanted.topic in (None, thing.topic):
                    found.append((passage.id, one.what, float(one.number), one.part, one.cumulative))
    return sorted(found)


@given(shelves, narrowings)
@settings(deadline=None, max_examples=20)
def test_what_is_listed_is_what_the_passages_count(held: list[Filed], wanted: Narrowing) -> None:
    engine = shelved(held)

    found = find_figures(engine, wanted)
    told = tell(engine, found.entries())

    assert matching(held, wanted) == sorted(
        (one.passage.id, one.figure.what, float(one.entry.value), one.entry.part, one.entry.cumulative) for one in told
    )
    assert [one.figure.number for one in told] == [one.entry.value for one in told]
    assert [one.figure.qualifier for one in told] == [one.entry.qualifier for one in told]


@given(shelves, narrowings)
@settings(deadline=None, max_examples=20)
def test_the_counts_of_things_are_those_of_the_figures(held: list[Filed], wanted: Narrowing) -> None:
    found = find_figures(shelved(held), wanted)

    by_thing: defaultdict[str, list[Report]] = defaultdict(list)
    reports = {report.id: report for report, _ in held}
    for passage, what, *_ in matching(held, wanted):
        by_thing[what].append(reports[passage.partition("-")[0]])
    assert {one.thing.name: (one.figures, one.towns, one.years) for one in found.things} == {
        what: (
            len(counted),
            len({(one.county, one.town) for one in counted if one.town}),
            tuple(sorted({one.year for one in counted if one.year})),
        )
        for what, counted in by_thing.items()
    }


@given(shelves)
@settings(deadline=None, max_examples=20)
def test_a_level_is_the_one_value_of_a_towns_year(held: list[Filed]) -> None:
    found = find_figures(shelved(held), Narrowing())

    for what in WHATS:
        levels = find_all_levels(found, what)
        values: defaultdict[tuple[str, str, int], set[float]] = defaultdict(set)
        for report, passages in newest(held):
            for one in (figure for passage in passages for figure in passage.figures):
                if one.what == what and report.town and report.year and not one.part and not one.cumulative:
                    values[report.county or "", report.town, report.year].add(float(one.number))
        single = {key: next(iter(each)) for key, each in values.items() if len(each) == 1}
        assert {(*place, year): value for (place, year), value in levels.by_town.items()} == single
        assert levels.several == len(values) - len(single)
        for year, spread in levels.spreads.items():
            of_year = [value for (_, _, each), value in single.items() if each == year]
            assert (spread.towns, spread.median) == (len(of_year), median(of_year))


@given(st.lists(st.integers(1, 5000), min_size=LEAST, max_size=30))
@settings(deadline=None, max_examples=20)
def test_outliers_are_those_outside_tukeys_fences_of_the_logarithms(numbers: list[int]) -> None:
    held = [filed(at, "甲县", f"{at}镇", 2023, [f"调解矛盾纠纷{number}件。"]) for at, number in enumerate(numbers)]
    found = find_figures(shelved(held), Narrowing(what="化解矛盾纠纷"))
    levels = find_all_levels(found, "化解矛盾纠纷")

    logs = [math.log1p(number) for number in numbers]
    first, _, third = quantiles(logs, n=4, method="inclusive")
    low, high = first - FENCE * (third - first), third + FENCE * (third - first)
    for entry in found.entries():
        at = math.log1p(entry.value)
        if min(abs(at - low), abs(at - high)) > 1e-6:
            assert levels.side(entry) == (HIGH if at > high else LOW if at < low else None)


def test_of_too_few_towns_none_stands_apart() -> None:
    held = [filed(at, "甲县", f"{at}镇", 2023, [f"调解矛盾纠纷{10**at}件。"]) for at in range(LEAST - 1)]
    found = find_figures(shelved(held), Narrowing())
    levels = find_all_levels(found, "化解矛盾纠纷")

    assert {levels.side(entry) for entry in found.entries()} == {None}


def test_a_new_generation_reads_only_the_reports_that_changed() -> None:
    held = [
        (replace(report, fingerprint="a"), passages)
        for report, passages in (
            filed(1, "甲县", "石桥镇", 2023, ["调解矛盾纠纷8件。"]),
            filed(2, "甲县", "柳溪乡", 2023, ["调解矛盾纠纷9件。"]),
        )
    ]
    read: list[str] = []

    class Watched(ScanningEngine):
        def report(self, report_id: str) -> Filed:
            read.append(report_id)
            return super().report(report_id)

    engine = Watched()
    with engine.writing() as writer:
        for one in held:
            writer.put(*one)
    find_figures(engine, Narrowing())
    read.clear()
    with engine.writing() as writer:
        changed, passages = filed(2, "甲县", "柳溪乡", 2023, ["调解矛盾纠纷11件。"])
        writer.put(replace(changed, fingerprint="b"), passages)
    found = find_figures(engine, Narrowing())

    assert read == [held[1][0].id]
    assert sorted(entry.value for entry in found.entries()) == [8, 11]


def test_a_report_of_another_kind_counts_nothing() -> None:
    report, passages = filed(1, "甲县", "石桥镇", 2023, ["调解矛盾纠纷8件。"])

    assert len(figures_table_of(shelved([(replace(report, kind="实施方案"), passages)]))) == 0


def test_the_columns_of_a_hundred_thousand_figures_are_small() -> None:
    table = figures_table_of(shelved([filed(1, "甲县", "石桥镇", 2023, ["调解矛盾纠纷8件。"] * 50)]))

    assert table.bytes / len(table) <= 40
    assert np.all(table.columns["value"] == 8)
