"""The history of a topic is what a reading of every report says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.comparing.topic_history import follow_topics
from search_app.model import TOPICS
from tests.comparing.test_genealogy import over
from tests.engines.building import Filed, corpora


@given(corpora(), st.sampled_from((None, "甲县", "乙县")))
def test_every_number_equals_a_reading_of_the_reports(several: tuple[Filed, ...], county: str | None) -> None:
    read = [(report, passages) for report, passages in several if county in (None, report.county) and passages]

    for history in follow_topics(over(*several), TOPICS[:3], county):
        on_topic = [(report, [each for each in passages if history.topic in each.topics]) for report, passages in read]
        assert history.passages == sum(len(found) for _, found in on_topic)
        assert history.reports == sum(bool(found) for _, found in on_topic)
        assert [each.year for each in history.years] == sorted({each.year for each, _ in read if each.year is not None})
        for year in history.years:
            of_year = [found for report, found in on_topic if report.year == year.year]
            assert (year.passages, year.reports, year.held) == (
                sum(map(len, of_year)),
                sum(map(bool, of_year)),
                len(of_year),
            )
            assert year.share == pytest.approx(sum(map(bool, of_year)) / len(of_year))
