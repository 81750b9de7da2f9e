"""Leftovers: years and places of another text are found in drafts that were judged by hand, and nothing else is."""

from collections import Counter

import pytest

from search_app.parsing.place.gazetteer import gazetteer
from search_app.reviewing.draft import PartKind, Stated, read_typed
from search_app.reviewing.draft_head import settle_head
from search_app.reviewing.place_leftovers import find_place_leftovers, places_around
from search_app.reviewing.year_leftovers import Leftover, find_year_leftovers
from tests.reviewing.leftover_drafts import FRESH, KNOWN, Judged
from tests.web import sample

REPORTS = tuple(report for report, _ in sample.reports())
#: What is found, and how much of it is right. Those written after the rules are the honest ones: 14 of 16 found with
#: place and year stated and nothing wrong; 13 of 16 and 2 wrong where the draft alone must say what it is about.
FLOORS = {("known", True): (1.0, 1.0), ("fresh", True): (1.0, 0.87), ("fresh", False): (0.86, 0.81)}


def find(judged: Judged, *, stated: bool = True) -> list[Leftover]:
    said = Stated(town=judged.town, county=judged.county, year=judged.year) if stated else Stated(county=judged.county)
    draft, head = settle_head(read_typed(judged.text, said), REPORTS, gazetteer())
    found = list(find_year_leftovers(draft, head.year)) if head.year else []
    return [*found, *find_place_leftovers(draft, places_around(draft.report, REPORTS, gazetteer()), {})]


def words_of(leftovers: list[Leftover]) -> Counter[str]:
    """Return the words found; a date names its year."""
    return Counter(
        f"{each.words.rstrip('年')}年"
        if each.part.kind is PartKind.SIGNATURE and each.words[0].isdigit()
        else each.words
        for each in leftovers
    )


def score(drafts: tuple[Judged, ...], *, stated: bool) -> tuple[float, float]:
    """Return precision and recall."""
    right = found = wanted = 0
    for judged in drafts:
        got, want = words_of(find(judged, stated=stated)), Counter(judged.wrong)
        right, found, wanted = right + (got & want).total(), found + got.total(), wanted + want.total()
    return right / found, right / wanted


@pytest.mark.parametrize(("name", "stated"), FLOORS)
def test_leftovers_are_found_as_often_and_as_rightly_as_before(name: str, stated: bool) -> None:
    drafts = KNOWN if name == "known" else FRESH

    precision, recall = score(drafts, stated=stated)

    least = FLOORS[name, stated]
    assert (precision >= least[0], recall >= least[1]) == (True, True), (precision, recall)


@pytest.mark.parametrize("judged", [each for each in (*KNOWN, *FRESH) if not each.wrong], ids=lambda each: each.name)
def test_what_is_rightly_there_is_no_leftover(judged: Judged) -> None:
    assert find(judged) == []


@pytest.mark.parametrize(
    "done",
    [
        "作为全市2024年度法治乡镇，我镇在推进会上交流发言。",
        "2024年度全县优秀调解员、2024年度十佳案例各一。",
        "编印口袋书2100册，沅坪县有3个乡镇来信索要。",
    ],
)
def test_an_award_for_a_year_and_a_place_that_writes_to_the_town_are_no_leftovers(done: str) -> None:
    text = f"柳溪镇2025年法治政府建设年度报告\n一、主要举措和成效\n{done}\n二、存在的不足\n执法人员少。\n"

    assert find(Judged(name="award", text=text, town="柳溪镇", county="澄岭县", year=2025)) == []


def test_there_are_forty_judged_drafts_half_of_them_without_anything_left_over() -> None:
    drafts = (*KNOWN, *FRESH)

    assert (len(drafts), sum(not each.wrong for each in drafts)) == (40, 20)


def test_what_is_said_to_be_left_over_stands_there() -> None:
    found = [each for judged in (*KNOWN, *FRESH) for each in find(judged)]

    assert all(each.words and each.part.text[each.start : each.end] == each.words for each in found)
