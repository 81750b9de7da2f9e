"""Deadlines: whether a report was signed and made public in time, as far as it says when.

The national rule 《法治政府建设与责任落实督察工作规定》 (2019) wants the reports of local governments, at every level,
made public before 1 April of the following year, and local governments to report to the level above before 1 March. The
day on which a report was signed stands for the day on which it was handed in: nothing else is known of that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from search_app.model import Report

#: Month and day of the following year before which a report is to be signed, and to be public.
SIGNED_BEFORE, PUBLIC_BEFORE = (3, 1), (4, 1)


class Act(StrEnum):
    """What was done with a report on a day."""

    SIGNED = "signed"
    PUBLISHED = "published"


class InTime(StrEnum):
    """How a day stands to its deadline; ``ODD`` is one before the year that is reported on."""

    IN_TIME = "in_time"
    LATE = "late"
    ODD = "odd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day on which something was done with a report, and the day before which it was due."""

    act: Act
    day: date
    due: date
    state: InTime


def judge_dates(report: Report) -> tuple[Dated, ...]:
    """Return what is known of when a report was signed and made public; nothing where its year is not known."""
    return tuple(_judged(report))


def _judged(report: Report) -> Iterator[Dated]:
    if report.year is None or not date.min.year < report.year + 1 <= date.max.year:
        return
    for act, day, before in (
        (Act.SIGNED, report.issued, SIGNED_BEFORE),
        (Act.PUBLISHED, report.published, PUBLIC_BEFORE),
    ):
        if day is not None:
            due = date(report.year + 1, *before)
            state = InTime.ODD if day.year < report.year else InTime.LATE if day >= due else InTime.IN_TIME
            yield Dated(act=act, day=day, due=due, state=state)
