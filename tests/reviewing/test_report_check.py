"""A report's check says what a reading letter by letter says, and every share is that of the two reports alone."""

import pytest
from hypothesis import HealthCheck, given, settings

from search_app.engines.base import Engine
from search_app.genres import find_genre
from search_app.model import REPORT_KIND, Report
from search_app.reviewing import checked_reports
from search_app.reviewing.checked_reports import checked_reports_of
from search_app.reviewing.part_floors import COPIED, PARTS, THIN
from search_app.reviewing.report_check import Mark, PartCheck, ReportCheck
from tests.engines.building import Filed
from tests.reviewing.building import LONG, OTHER, holding, of
from tests.reviewing.corpora import reviewed
from tests.reviewing.reading import county_of, part_of, shared


def check(engine: Engine, report: Report) -> ReportCheck:
    return checked_reports_of(engine).check(engine, report)


def part(found: ReportCheck, name: str) -> PartCheck:
    return next(each for each in found.parts if each.part == name)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_what_is_said_of_every_part_is_what_a_reading_by_letters_says(corpus: tuple[Filed, ...]) -> None:
    engine = holding(*corpus)
    by_id = {report.id: (report, passages) for report, passages in corpus}

    for report, passages in corpus:
        for found in check(engine, report).parts:
            texts = part_of(passages, found.part)
            size = sum(map(len, texts))
            assert found.letters == size
            assert (Mark.MISSING in found.marks) == (size == 0)
            told = [each.number for each in passages if "第一责任人" in each.text]
            assert found.mentioned == (min(told, default=None) if found.part == PARTS[0] and not texts else None)
            assert (Mark.THIN in found.marks) == (0 < size < THIN[found.part])
            for named, mark in ((found.own, Mark.FROM_OWN), (found.others, Mark.FROM_OTHERS)):
                share = 0.0 if named is None else shared(texts, by_id[named.report.id])
                assert named is None or named.share == pytest.approx(share)
                assert (mark in found.marks) == (share >= COPIED)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_the_other_town_that_is_named_has_most_of_all_that_say_anything_in_nearly_the_same_words(
    corpus: tuple[Filed, ...],
) -> None:
    engine = holding(*corpus)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checked_reports, "CANDIDATES", len(corpus))
        for held in corpus:
            report, passages = held
            place = county_of(held, corpus), report.town
            asked = [each.id for each in passages if each.section in PARTS]
            near = engine.near_duplicates(report.id)
            alike = {other for passage in asked for other in near[passage]}
            eligible = [
                other
                for other in corpus
                if other[0].id in alike
                and other[0].town
                and (county_of(other, corpus), other[0].town) != place
                and other[0].year is not None
                and report.year is not None
                and other[0].year <= report.year
            ]
            for found in check(engine, report).parts:
                texts = part_of(passages, found.part)
                best = max((shared(texts, other) for other in eligible), default=0.0)
                assert (found.others.share if found.others else 0.0) == pytest.approx(best)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=reviewed())
def test_a_report_is_held_against_the_one_of_its_town_before_it(corpus: tuple[Filed, ...]) -> None:
    engine = holding(*corpus)

    for held in corpus:
        report, passages = held
        place = county_of(held, corpus), report.town
        earlier = [
            other
            for other in corpus
            if report.town
            and (county_of(other, corpus), other[0].town) == place
            and other[0].year is not None
            and report.year is not None
            and other[0].year < report.year
            and find_genre(other[0].kind) == find_genre(report.kind)
        ]
        newest = max((other[0].year or 0 for other in earlier), default=None)
        of_year = [other for other in earlier if other[0].year == newest]
        before = (
            max(of_year, key=lambda each: (each[0].kind == REPORT_KIND, str(each[0].issued or ""), each[0].path))
            if of_year
            else None
        )
        found = check(engine, report)
        whole = [text for passage in passages for text in part_of([passage], passage.section)]
        assert (found.preceding and found.preceding.report.id) == (before and before[0].id)
        if before is not None and found.preceding is not None:
            assert found.preceding.share == pytest.approx(shared(whole, before))
            for each in found.parts:
                least = shared(part_of(passages, each.part), before)
                assert (each.own.share if each.own else 0.0) >= least - 1e-9


def test_a_part_may_be_thin_and_copied_from_its_own_town_and_from_another() -> None:
    text = "普法形式单一，年轻人参与不多，村里的法律明白人也还太少。"
    engine = holding(of("石桥镇", 2022, 不=text), of("云溪乡", 2021, 不=text), mine := of("石桥镇", 2023, 不=text))

    found = part(check(engine, mine[0]), "不足和原因")

    assert found.marks == (Mark.FROM_OTHERS, Mark.FROM_OWN, Mark.THIN)
    assert found.others is not None
    assert found.own is not None
    assert (found.others.report.town, found.own.report.year) == ("云溪乡", 2022)


def test_a_report_of_which_only_year_and_figures_were_changed_is_the_same_in_full() -> None:
    text = "{}年，全年调解矛盾纠纷{}件，老支书、老教师和热心人轮流坐堂，有话当面说、有理当面讲。"
    engine = holding(of("石桥镇", 2022, 主=text.format(2022, 31)), mine := of("石桥镇", 2023, 主=text.format(2023, 48)))

    found = check(engine, mine[0])

    assert found.preceding is not None
    assert found.preceding.share == 1.0
    assert part(found, "主要举措和成效").own == found.preceding


def test_a_later_report_of_another_town_is_never_named_as_the_source() -> None:
    engine = holding(mine := of("石桥镇", 2022, 主=LONG), of("云溪乡", 2023, 主=LONG))

    assert part(check(engine, mine[0]), "主要举措和成效").others is None


def test_of_two_towns_that_say_the_same_the_earlier_is_named() -> None:
    engine = holding(of("松岭乡", 2022, 主=LONG), of("云溪乡", 2021, 主=LONG), mine := of("石桥镇", 2023, 主=LONG))

    found = part(check(engine, mine[0]), "主要举措和成效").others

    assert found is not None
    assert found.report.town == "云溪乡"


def test_the_year_before_last_is_named_where_it_has_more_than_last_year() -> None:
    engine = holding(of("石桥镇", 2021, 主=LONG), of("石桥镇", 2022, 主=OTHER), mine := of("石桥镇", 2023, 主=LONG))

    found = check(engine, mine[0])
    own = part(found, "主要举措和成效").own

    assert found.preceding is not None
    assert (found.preceding.report.year, found.preceding.share) == (2022, 0.0)
    assert own is not None
    assert (own.report.year, own.share) == (2021, 1.0)


def test_a_check_is_remembered_until_a_report_that_it_names_changes() -> None:
    before, mine = of("石桥镇", 2022, 主=LONG), of("石桥镇", 2023, 主=LONG)
    engine = holding(before, mine)
    first = check(engine, mine[0])

    with engine.writing() as writer:
        writer.put(*of("松岭乡", 2023, 主=OTHER))
    second = check(engine, mine[0])
    with engine.writing() as writer:
        writer.put(*of("石桥镇", 2022, 主=OTHER))
    third = check(engine, mine[0])

    assert part(second, "主要举措和成效") is part(first, "主要举措和成效")
    assert third.preceding is not None
    assert third.preceding.share == 0.0
