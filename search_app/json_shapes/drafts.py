"""The check of a draft as JSON. Places are those of the text that is returned with it: nothing of it is kept."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from search_app.json_shapes.reports import passage, report
from search_app.model import Match
from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft_check import DraftCheck
from search_app.reviewing.draft_findings import Finding, list_findings, list_remarks
from search_app.reviewing.source_search import Source

Json: TypeAlias = dict[str, Any]


def draft_check(check: DraftCheck) -> Json:
    """Return all that a check found, the draft as it was understood beside it."""
    head, copies = check.head, check.copies
    return {
        "draft": {
            "title": check.draft.report.title,
            "town": head.town,
            "town_from": head.town_from or None,
            "county": head.county,
            "county_from": head.county_from or None,
            "year": head.year,
            "year_from": head.year_from or None,
            "parts": [
                {"id": part.id, "kind": part.kind.value, "section": part.section or None, "text": part.text}
                for part in check.draft.parts()
            ],
        },
        "required": [
            {"part": part.name, "state": part.state.value, "letters": part.letters, "least": part.floor}
            for part in check.parts
        ],
        "shared": {
            "letters": copies.letters,
            **{origin.value: copies.total(origin).shared for origin in Origin},
            "last_year_report": report(copies.last_year) if copies.last_year is not None else None,
        },
        "findings": [_finding(each) for each in list_findings(check)],
        "remarks": list(list_remarks(check)),
        "unfinished": {"hurried": list(copies.hurried), "unread": list(copies.unread)},
        "reports": check.reports,
    }


def _finding(each: Finding) -> Json:
    return {
        "number": each.number,
        "kind": each.kind.value,
        "fault": each.kind.is_fault,
        "place": each.place or None,
        "section": each.section or None,
        "words": each.words,
        "spans": [list(span) for span in each.spans],
        "share": round(each.share, 4) if each.share is not None else None,
        "message": each.message,
        "advice": each.advice,
        "reports": each.spread.reports if each.spread is not None else None,
        "towns": each.spread.towns if each.spread is not None else None,
        "sources": _sources(each.sources),
        "examples": [_held(match) for match in each.examples],
    }


def _sources(sources: Sequence[Source]) -> list[Json]:
    return [{**_held(each.match), "spans": [list(span) for span in each.spans]} for each in sources]


def _held(match: Match) -> Json:
    return {"passage": passage(match.passage, match.report), "report": report(match.report)}
