"""What is drawn, as JSON: the histories of topics, the profile of a town, what is held of each town and year."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, TypeAlias

from search_app.comparing.topic_history import TopicHistory, TopicYear
from search_app.comparing.topic_profile import TopicProfile
from search_app.model import Report

Json: TypeAlias = dict[str, Any]


def topic_histories(found: Iterable[TopicHistory], *, county: str | None, generation: str) -> Json:
    """Return the histories of topics, in the reports of one county or of all."""
    return {
        "county": county,
        "topics": [
            {
                "topic": each.topic,
                "passages": each.passages,
                "reports": each.reports,
                "years": [
                    {
                        "year": of.year,
                        "passages": of.passages,
                        "reports": of.reports,
                        "held": of.held,
                        "share": of.share,
                    }
                    for of in each.years
                ],
            }
            for each in found
        ],
        "generation": generation,
    }


def _year(year: TopicYear) -> Json:
    return {
        "year": year.year,
        "passages": year.passages,
        "reports": year.reports,
        "held": year.held,
        "share": year.share,
    }


def topic_profile(found: TopicProfile, *, generation: str) -> Json:
    """Return what a town writes about beside the towns of its county."""
    return {
        "county": found.county,
        "town": found.town,
        "year": found.year,
        "passages": found.passages,
        "reports": found.reports,
        "towns": found.towns,
        "years": list(found.years),
        "topics": [
            {
                "topic": each.topic,
                "passages": each.passages,
                "share": each.share,
                "median": each.median,
                "writers": each.writers,
            }
            for each in found.topics
        ],
        "generation": generation,
    }


def coverage(
    reports: Iterable[Report], count: Callable[[str | None, str | None, int | None], int], *, generation: str
) -> Json:
    """Return what is held of each town and year, with how many passages."""
    ordered = sorted(reports, key=lambda each: tuple(map(str, _place(each))))
    return {
        "held": [
            {
                "county": county,
                "town": town,
                "year": year,
                "reports": [each.id for each in held],
                "passages": count(county, town, year),
            }
            for (county, town, year), held in groupby(ordered, _place)
        ],
        "generation": generation,
    }


def _place(report: Report) -> tuple[str | None, str | None, int | None]:
    return report.county, report.town, report.year
