"""The check of a draft as a whole: its parts, its head, what it is held against, and examples for what is empty."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from search_app.engines.base import Engine
from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft import Stated, read_typed
from search_app.reviewing.draft_check import DraftCheck, check_draft
from search_app.reviewing.draft_findings import FindingKind, list_findings, list_remarks
from search_app.reviewing.empty_passages import is_empty
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.required_parts import State
from tests.web.drafts import BAD, CLEAN, engine

Check = Callable[..., DraftCheck]


@pytest.fixture(scope="module")
def shelf() -> Engine:
    return engine()


@pytest.fixture(scope="module")
def check(shelf: Engine) -> Check:
    """Return what checks a draft with all the time it needs; the oracle takes its time, so each is checked once."""

    @cache
    def checked(text: str, **stated: Any) -> DraftCheck:
        return check_draft(shelf, read_typed(text, Stated(**stated)), seconds=None)

    return checked


def test_every_required_part_is_told_of_as_missing_thin_or_there(check: Check) -> None:
    bad, clean = check(BAD), check(CLEAN)

    assert [part.name for part in bad.parts] == list(PARTS)
    assert [part.state for part in bad.parts] == [State.MISSING, State.THIN, State.THIN, State.MISSING]
    assert {part.state for part in clean.parts} == {State.PRESENT}


def test_of_a_draft_without_faults_nothing_is_said(check: Check) -> None:
    assert [each for each in list_findings(check(CLEAN)) if each.kind.is_fault] == []


def test_findings_are_numbered_in_the_order_in_which_they_matter(check: Check) -> None:
    found = list_findings(check(BAD))

    rank = {kind: at for at, kind in enumerate(FindingKind)}
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert [rank[each.kind] for each in found] == sorted(rank[each.kind] for each in found)


def test_the_towns_last_report_before_the_drafts_year_is_what_it_is_held_against(check: Check) -> None:
    held = [check(BAD, year=year).copies.last_year for year in (2021, 2023, 2024)]

    assert [each.year if each else None for each in held] == [2020, 2022, 2023]


def test_where_the_last_report_is_not_last_years_that_is_said(check: Check) -> None:
    assert any("是与2020年的比的" in each for each in list_remarks(check(BAD, year=2022)))


def test_a_report_of_this_very_town_and_year_is_named_and_not_held_against_the_draft(check: Check) -> None:
    found = check(BAD)

    assert found.same_year is not None
    assert found.same_year.year == found.head.year == 2023
    assert all(source.match.report.id != found.same_year.id for each in found.copies.shared for source in each.sources)


def test_where_several_places_speak_against_the_title_they_are_believed(check: Check) -> None:
    text = CLEAN.replace("青蒲街道2021年度法治", "望杉镇2020年度法治", 1)

    found = check(text)

    assert (found.head.town, found.head.year) == ("青蒲街道", 2021)
    assert {each.words for each in found.leftovers} == {"望杉镇", "2020年"}


def test_shares_are_those_of_the_passages_together(check: Check) -> None:
    copies = check(BAD).copies

    for origin in Origin:
        assert copies.total(origin).shared == sum(
            each.overlap.shared for each in copies.shared if each.origin is origin
        )
    assert sum(copies.total(origin).shared for origin in Origin) <= copies.letters


def test_examples_are_of_other_towns_each_of_another_and_strongest_first(check: Check) -> None:
    (empty,) = check(BAD).empty

    towns = [(match.report.county, match.report.town) for match in empty.examples]
    scores = [match.passage.exemplary.score for match in empty.examples]
    assert towns
    assert ("澄岭县", "望杉镇") not in towns
    assert len(set(towns)) == len(towns)
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("不断提升工作质量和水平，推动形成人人关心、人人参与的良好局面。", True),
        ("坚持统筹兼顾、突出重点，把各项要求贯穿于工作全过程。", True),
        ("全年调解矛盾纠纷42件，调解成功率98%。", False),
        ("由退休教师每周六轮流坐堂，先听双方陈述，再到现场查看，当场写成协议。", False),
    ],
)
def test_a_passage_is_empty_where_nothing_can_be_counted_or_copied(text: str, empty: bool) -> None:
    assert is_empty(text) is empty


def test_when_time_is_up_what_was_not_looked_at_is_said(shelf: Engine) -> None:
    found = check_draft(shelf, read_typed(BAD, Stated()), seconds=0.0)

    assert found.copies.unread == tuple(passage.number for passage in found.draft.passages)
    assert [each.looked for each in found.empty] == [False]
    assert len([each for each in list_remarks(found) if each.startswith("时间用完了")]) == 2
