"""Report comparison: a report opposite last year's, or any other, paragraph by paragraph and part by part.

In: an engine, a report's id, and the id of another one where it is not to be last year's. Out: a :class:`Comparison`;
where there is nothing to compare with, it says why. What is copied is told by ``report_overlap``, what stands opposite
each other by ``alignment``. The surprise: of two reports that are very long together only what is copied is told,
because an alignment holds each passage of the one against each of the other.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add

from search_app.comparing.alignment import Alignment, Kind, align
from search_app.comparing.preceding_reports import town_years_of
from search_app.comparing.report_overlap import ReportOverlap, measure_report_overlap
from search_app.engines.base import Engine
from search_app.errors import BadSearch
from search_app.language.similarity.shared_wording import Overlap
from search_app.model import SECTIONS, Passage, Report

#: So many pairs of passages are held against each other; two reports of a thousand passages have as many.
MOST_PAIRS = 1_000_000
#: So many reports are named that resemble one.
MOST_ALIKE = 5


class Standing(StrEnum):
    """What the other report is to the one that is compared."""

    LAST_YEAR = "last_year"
    EARLIER = "earlier"
    LATER = "later"
    SAME_YEAR = "same_year"
    SAME_TOWN = "same_town"
    ELSEWHERE = "elsewhere"


class Lack(StrEnum):
    """Why there is no other report."""

    PLACE = "place"
    YEAR = "year"
    EARLIER = "earlier"


class SameReport(BadSearch):
    """A report is to be compared with itself."""

    code = "same_report"
    default_hint = "请换一份报告来对照。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the report: how much of it stands in the other report, and its rows by kind."""

    section: str
    overlap: Overlap
    counts: Mapping[Kind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another report of which so many passages say nearly the same."""

    report: Report
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A report opposite another one; ``alignment`` is None where the two together are too long.

    ``missing`` are the years between the two that are not held. ``others`` are the other reports of the town by year,
    the newest first, ``alike`` those of other towns of the county that resemble it most.
    """

    report: Report
    passages: tuple[Passage, ...]
    other: Report | None = None
    standing: Standing | None = None
    lack: Lack | None = None
    missing: tuple[int, ...] = ()
    overlap: ReportOverlap | None = None
    alignment: Alignment | None = None
    others: tuple[Report, ...] = ()
    alike: tuple[Alike, ...] = ()

    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the report in their order, those that only the other report has too."""
        if self.overlap is None or self.alignment is None:
            return ()
        counted = Counter((row.section, row.kind) for row in self.alignment.rows)
        made = []
        for section in SECTIONS:
            counts = {kind: counted[section, kind] for kind in Kind}
            mine = (self.overlap.passages[each.id] for each in self.passages if each.section == section)
            if any(counts.values()):
                made.append(Part(section=section, overlap=reduce(add, mine, Overlap()), counts=counts))
        return tuple(made)


def compare_reports(engine: Engine, report_id: str, other_id: str | None = None) -> Comparison:
    """Return a report opposite another one, or last year's, or the latest earlier one of its town.

    Raises NoSuchReport, SameReport, IndexProblem.
    """
    report, passages = engine.report(report_id)
    years = town_years_of(engine)
    others = tuple(each for _, each in sorted(years.of_place(report).items(), reverse=True) if each.id != report.id)
    comparison = Comparison(
        report=report, passages=passages, others=others, alike=find_alike(engine, report), lack=_lack(report, others)
    )
    if other_id == report.id:
        raise SameReport("两边是同一份报告，没有可对照的")
    chosen = years.preceding(report) if other_id is None else engine.report(other_id)[0]
    if chosen is None:
        return comparison
    return _opposite(engine, comparison, chosen)


def find_alike(engine: Engine, report: Report, *, most: int = MOST_ALIKE) -> tuple[Alike, ...]:
    """Return the reports of other towns of the county that most passages say nearly the same as, the most first."""
    counted = Counter(other for near in engine.near_duplicates(report.id).values() for other in near)
    if not counted:
        return ()
    held = (each for each in engine.reports() if each.id in counted)
    of_county = [
        Alike(report=each, passages=counted[each.id])
        for each in held
        if (each.province, each.city, each.county) == (report.province, report.city, report.county)
        and each.county is not None
        and each.town != report.town
    ]
    of_county.sort(key=lambda each: (-each.passages, each.report.year != report.year, each.report.path))
    return tuple(of_county[:most])


def _lack(report: Report, others: tuple[Report, ...]) -> Lack | None:
    if report.town is None:
        return Lack.PLACE
    if report.year is None:
        return Lack.YEAR
    earlier = any(each.year is not None and each.year < report.year for each in others)
    return None if earlier else Lack.EARLIER


def _opposite(engine: Engine, comparison: Comparison, chosen: Report) -> Comparison:
    report, passages = comparison.report, comparison.passages
    other, theirs = engine.report(chosen.id)
    fits = len(passages) * len(theirs) <= MOST_PAIRS
    standing = _standing(report, other)
    held = {each.year for each in comparison.others}
    between = _between(report, other) if standing in (Standing.EARLIER, Standing.LATER) else range(0)
    return Comparison(
        report=report,
        passages=passages,
        other=other,
        standing=standing,
        lack=comparison.lack,
        missing=tuple(year for year in between if year not in held),
        overlap=measure_report_overlap(engine, report, other),
        alignment=align(passages, theirs) if fits else None,
        others=comparison.others,
        alike=comparison.alike,
    )


def _between(report: Report, other: Report) -> range:
    """Return the years between two reports; none where either year is not known."""
    if report.year is None or other.year is None:
        return range(0)
    return range(min(report.year, other.year) + 1, max(report.year, other.year))


def _standing(report: Report, other: Report) -> Standing:
    place = (report.province, report.city, report.county, report.town)
    if report.town is None or place != (other.province, other.city, other.county, other.town):
        return Standing.ELSEWHERE
    if report.year is None or other.year is None:
        return Standing.SAME_TOWN
    if other.year == report.year - 1:
        return Standing.LAST_YEAR
    if other.year == report.year:
        return Standing.SAME_YEAR
    return Standing.EARLIER if other.year < report.year else Standing.LATER
