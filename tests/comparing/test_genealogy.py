"""The genealogy of a passage: a tree that never guesses, whose parents are found again by brute force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.comparing import genealogy
from search_app.comparing.genealogy import Genealogy, Kinship, is_earlier, is_same_town, trace
from search_app.errors import NoSuchPassage
from search_app.language.similarity.shared_wording import Wording, measure_overlap
from search_app.query import Search
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine

SAID = "推行板凳议事会制度，由老支书老教师轮流坐堂，每周到村里收集邻里纠纷，当场说理当场调解，说定的事写进议事簿{}。"
_ENDS = st.sampled_from(("", "，年底公开", "，年底公开并由司法所逐件回访", "，由司法所逐件回访", "8次"))
_DATES = st.sampled_from((None, date(2023, 1, 5), date(2023, 2, 1)))


def over(*several: Filed) -> ScanningEngine:
    """Return an engine that holds these reports."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)
    return engine


def of_town(town: str, year: int | None, *ends: str, **fields: object) -> Filed:
    """Return a report of a town whose passages say nearly the same, each with an end of its own."""
    given = {"county": "澄岭县", "town": town, "year": year} | fields
    return filed(f"{town}{year}.txt", *(SAID.format(end) for end in ends or ("",)), **given)


@st.composite
def clusters(draw: st.DrawFn) -> tuple[Filed, ...]:
    """Draw reports of a few towns and years, some of them unknown, that all say nearly the same."""
    return tuple(
        filed(
            f"{number}.txt",
            *(SAID.format(draw(_ENDS)) for _ in range(draw(st.integers(1, 2)))),
            county=draw(st.sampled_from((None, "澄岭县"))),
            town=draw(st.sampled_from((None, "望杉镇", "白砾乡", "云栈镇"))),
            year=draw(st.sampled_from((None, 2021, 2022, 2023))),
            issued=draw(_DATES),
        )
        for number in range(draw(st.integers(1, 6)))
    )


def traced(several: tuple[Filed, ...]) -> Genealogy:
    return trace(over(*several), several[0][1][0].id)


# ---- the tree, over random clusters ----


@given(clusters())
def test_every_passage_of_the_cluster_is_a_member_once(several: tuple[Filed, ...]) -> None:
    engine, subject = over(*several), several[0][1][0].id
    found = trace(engine, subject)

    near = engine.search(Search(like=subject, size=100))
    assert sorted(member.id for member in found.members) == sorted(
        {subject, *(each.passage.id for each in near.matches)}
    )
    assert found.total == near.total + 1 == len(found.members)


@given(clusters())
def test_a_parent_is_known_to_be_earlier_so_no_chain_comes_back(several: tuple[Filed, ...]) -> None:
    found = traced(several)

    for member in found.members:
        seen = {member.id}
        while member.parent is not None:
            parent = found.by_id[member.parent]
            assert is_earlier(parent.report, member.report)
            assert parent.id not in seen
            seen.add(parent.id)
            member = parent


@given(clusters())
def test_a_parent_holds_more_of_the_wording_than_any_other_earlier_member(several: tuple[Filed, ...]) -> None:
    found = traced(several)

    for member in found.members:
        text = member.match.passage.text
        earlier = [each for each in found.members if is_earlier(each.report, member.report)]
        shared = {each.id: measure_overlap(text, Wording([each.match.passage.text])) for each in earlier}
        most = max((each.shared for each in shared.values()), default=0)
        if member.parent is None:
            assert most == 0
        else:
            assert (member.shared, member.letters) == (most, shared[member.parent].letters)
            assert [each.shared for each in shared.values()].count(most) == member.rivals + 1


@given(clusters())
def test_of_those_that_share_as_much_the_own_town_comes_before_others(several: tuple[Filed, ...]) -> None:
    found = traced(several)

    for member in found.members:
        if member.kinship in (Kinship.TAKEN, Kinship.DERIVED):
            text = member.match.passage.text
            own = [each for each in found.members if is_same_town(each.report, member.report)]
            assert all(
                measure_overlap(text, Wording([each.match.passage.text])).shared < member.shared
                for each in own
                if is_earlier(each.report, member.report)
            )


@given(clusters())
def test_the_first_are_those_before_which_nothing_is_known_to_stand(several: tuple[Filed, ...]) -> None:
    found = traced(several)

    expected = [
        each.id
        for each in found.members
        if each.report.year is not None and not any(is_earlier(other.report, each.report) for other in found.members)
    ]
    assert [member.id for member in found.firsts] == expected


@given(clusters())
def test_members_stand_by_their_years_those_without_one_last(several: tuple[Filed, ...]) -> None:
    years = [member.report.year or 9999 for member in traced(several).members]

    assert years == sorted(years)


# ---- what it says ----


def test_what_a_town_wrote_before_is_kept_and_what_another_wrote_is_taken() -> None:
    first, kept = of_town("望杉镇", 2021), of_town("望杉镇", 2022, "8次")
    taken = of_town("白砾乡", 2023, "，年底公开")

    found = trace(over(first, kept, taken), taken[1][0].id)

    assert [(member.report.town, member.kinship) for member in found.members] == [
        ("望杉镇", Kinship.ALONE),
        ("望杉镇", Kinship.KEPT),
        ("白砾乡", Kinship.TAKEN),
    ]
    assert [member.report.year for member in found.lineage] == [2021, 2022, 2023]


def test_two_of_one_year_without_both_dates_are_both_the_first() -> None:
    one, other = of_town("望杉镇", 2021, issued=date(2022, 1, 5)), of_town("白砾乡", 2021)

    found = trace(over(one, other), one[1][0].id)

    assert len(found.firsts) == 2
    assert not found.is_first_known
    assert {member.parent for member in found.members} == {None}


def test_two_of_one_year_are_told_apart_by_the_dates_of_their_issue() -> None:
    late, early = of_town("望杉镇", 2021, issued=date(2022, 3, 5)), of_town("白砾乡", 2021, issued=date(2022, 1, 5))

    found = trace(over(late, early), late[1][0].id)

    assert [member.report.town for member in found.firsts] == ["白砾乡"]
    assert found.by_id[late[1][0].id].kinship is Kinship.TAKEN


def test_a_report_that_says_it_twice_had_it_first_all_the_same() -> None:
    found = trace(over(twice := of_town("望杉镇", 2021, "", "8次")), twice[1][0].id)

    assert len(found.firsts) == 2
    assert found.is_first_known


def test_a_passage_without_a_year_has_no_place_in_time() -> None:
    known, unknown = of_town("望杉镇", 2021), of_town("白砾乡", None)

    found = trace(over(known, unknown), unknown[1][0].id)

    assert [member.kinship for member in found.members] == [Kinship.ALONE, Kinship.UNDATED]
    assert [member.id for member in found.lineage] == [unknown[1][0].id]


def test_where_a_town_is_not_known_neither_keeping_nor_taking_is_claimed() -> None:
    found = trace(over(of_town("望杉镇", 2021), later := filed("无.txt", SAID.format(""), year=2022)), later[1][0].id)

    assert found.by_id[later[1][0].id].kinship is Kinship.DERIVED


def test_of_too_many_the_oldest_are_compared_and_the_subject_always(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [of_town("望杉镇", year) for year in (2019, 2020, 2021, 2022, 2023)]
    monkeypatch.setattr(genealogy, "MOST", 3)

    found = trace(over(*several), several[-1][1][0].id)

    assert [member.report.year for member in found.members] == [2019, 2020, 2023]
    assert found.total == 5


def test_of_too_many_letters_the_oldest_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [of_town("望杉镇", year) for year in (2019, 2020, 2021)]
    monkeypatch.setattr(genealogy, "MOST_LETTERS", 2 * len(SAID))

    found = trace(over(*several), several[-1][1][0].id)

    assert [member.report.year for member in found.members] == [2019, 2021]


def test_a_passage_that_is_not_held_is_refused() -> None:
    held = of_town("望杉镇", 2021)

    with pytest.raises(NoSuchPassage):
        trace(over(held), f"{held[0].id}-9")
