"""What a review found, as JSON: the wall with every measure, the counties, what stands apart, the rules."""

from typing import Any, TypeAlias

from search_app.json_shapes.reports import report
from search_app.model import UNKNOWN, Report
from search_app.reviewing.deadlines import PUBLIC_BEFORE, SIGNED_BEFORE, Dated
from search_app.reviewing.part_floors import COPIED, THIN
from search_app.reviewing.register import Apart
from search_app.reviewing.report_check import PartCheck, Shared
from search_app.reviewing.review import Review
from search_app.reviewing.wall import CountySum, Row, Totals

Json: TypeAlias = dict[str, Any]


def review(item: Review) -> Json:
    """Return a review: rows of a county or town, or the counties."""
    return {
        "year": item.year,
        "county": item.county,
        "town": item.town,
        "years": [{"year": year, "reports": reports} for year, reports in item.years],
        "totals": _totals(item.totals),
        "rows": [_row(each) for each in item.rows],
        "counties": [_county(each) for each in item.counties],
        "apart": [_apart(each) for each in item.apart],
        "rules": {
            "thin": dict(THIN),
            "copied": COPIED,
            "signed_before": _month_and_day(SIGNED_BEFORE),
            "published_before": _month_and_day(PUBLIC_BEFORE),
        },
        "generation": item.generation,
    }


def _row(item: Row) -> Json:
    check = item.check
    return {
        "county": item.county or UNKNOWN,
        "town": item.town,
        "year": item.year,
        "standing": item.standing.value,
        "report": None if item.report is None else report(item.report),
        "parts": [] if check is None or item.report is None else [_part(each, item.report) for each in check.parts],
        "preceding": None if check is None else _shared(check.preceding),
        "dates": [_dated(each) for each in item.dates],
        "late": item.is_late,
        "older": [_named(each) for each in item.older],
        "years": list(item.years),
    }


def _part(item: PartCheck, of: Report) -> Json:
    return {
        "section": item.part,
        "marks": [mark.value for mark in item.marks],
        "letters": item.letters,
        "passage": None if item.first is None else f"{of.id}-{item.first}",
        "heading_only": item.heading_only,
        "mentioned": None if item.mentioned is None else f"{of.id}-{item.mentioned}",
        "own": _shared(item.own),
        "others": _shared(item.others),
    }


def _shared(item: Shared | None) -> Json | None:
    return None if item is None else {"report": _named(item.report), "share": round(item.share, 4)}


def _named(item: Report) -> Json:
    return {"id": item.id, "path": item.path, "county": item.county, "town": item.town, "year": item.year}


def _dated(item: Dated) -> Json:
    return {
        "act": item.act.value,
        "day": item.day.isoformat(),
        "due": item.due.isoformat(),
        "state": item.state.value,
    }


def _totals(item: Totals) -> Json:
    return {
        "towns": item.towns,
        "held": item.held,
        "absent": item.absent,
        "pending": item.pending,
        "complete": item.complete,
        "clean": item.clean,
        "missing": dict(item.missing),
        "thin": item.thin,
        "copied_from_own": item.from_own,
        "copied_from_others": item.from_others,
        "late": item.late,
        "undated": item.undated,
    }


def _county(item: CountySum) -> Json:
    return {"county": item.county or UNKNOWN, "totals": _totals(item.totals)}


def _apart(item: Apart) -> Json:
    return {"county": item.county or UNKNOWN, "reason": item.reason.value, "report": report(item.report)}


def _month_and_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"
