"""The topic profile of a town is what a reading of its county's reports says."""

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.comparing.topic_profile import profile_town
from search_app.comparing.town_year_passages import count_town_year
from search_app.errors import NoSuchPlace
from search_app.model import TOPICS, Passage
from tests.comparing.test_genealogy import over
from tests.engines.building import Filed, corpora, filed

_YEARS = st.sampled_from((None, 2021, 2022))


def passages_of(several: tuple[Filed, ...], county: str, town: str, year: int | None) -> list[Passage]:
    """Return the passages of a town, of one year or of all."""
    return [
        passage
        for report, passages in several
        if (report.county, report.town) == (county, town) and year in (None, report.year)
        for passage in passages
    ]


@given(corpora(), _YEARS)
def test_every_number_equals_a_reading_of_the_reports(drawn: tuple[Filed, ...], year: int | None) -> None:
    # Two counties of one name are one where nothing but the name is asked for: no city tells them apart here.
    own = [
        filed(f"{each}.txt", "调解", county="甲县", town="石桥镇", year=each, topics=TOPICS[:1])
        for each in (2021, 2022)
    ]
    several = (*own, *((replace(report, city=None), passages) for report, passages in drawn))
    of_town = passages_of(several, "甲县", "石桥镇", year)
    names = {report.town for report, _ in several if report.county == "甲县" and report.town}
    towns = {name: held for name in names if (held := passages_of(several, "甲县", name, year))}

    found = profile_town(over(*several), "甲县", "石桥镇", year)

    assert (found.passages, found.towns) == (len(of_town), len(towns))
    assert [each.topic for each in found.topics] == list(TOPICS)
    for share in found.topics:
        counts = {name: sum(share.topic in passage.topics for passage in held) for name, held in towns.items()}
        assert share.passages == counts["石桥镇"]
        assert share.share == pytest.approx(share.passages / len(of_town))
        assert share.median == pytest.approx(median(counts[name] / len(held) for name, held in towns.items()))
        assert share.writers == sum(map(bool, counts.values()))


@given(corpora(), st.sampled_from((None, "甲县")), st.sampled_from((None, "石桥镇")), st.sampled_from((None, 2022)))
def test_the_passages_of_a_town_and_year_are_counted_as_read(
    several: tuple[Filed, ...], county: str | None, town: str | None, year: int | None
) -> None:
    read = sum(len(held) for each, held in several if (each.county, each.town, each.year) == (county, town, year))

    assert count_town_year(over(*several), county, town, year) == read


def test_a_town_of_which_nothing_is_held_is_refused() -> None:
    with pytest.raises(NoSuchPlace):
        profile_town(over(), "甲县", "石桥镇")
