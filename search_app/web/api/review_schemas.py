"""The schemas of reviews in the JSON interface."""

from search_app.reviewing.deadlines import Act, InTime
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Reason
from search_app.reviewing.report_check import Mark
from search_app.reviewing.wall import Standing
from search_app.web.api.schema_parts import SHARE, TEXT, TEXT_OR_NULL, WHOLE, YEAR_OR_NULL, Json, object_of, ref

_DAY: Json = {"type": "string", "format": "date"}
_COUNTS = (
    "towns", "held", "absent", "pending", "complete", "clean", "thin", "copied_from_own", "copied_from_others", "late",
    "undated",
)  # fmt: skip


def review_schemas() -> Json:
    """Return the schemas of reviews by their names."""
    by_part = object_of(**dict.fromkeys(PARTS, WHOLE))
    return {
        "ReviewTotals": object_of(**dict.fromkeys(_COUNTS, WHOLE), missing=by_part),
        "NamedReport": object_of(id=TEXT, path=TEXT, county=TEXT_OR_NULL, town=TEXT_OR_NULL, year=YEAR_OR_NULL),
        "SharedWording": {"anyOf": [object_of(report=ref("NamedReport"), share=SHARE), {"type": "null"}]},
        "ReviewPart": object_of(
            section={"enum": list(PARTS)},
            marks={"type": "array", "items": {"enum": [mark.value for mark in Mark]}},
            letters=WHOLE,
            passage=TEXT_OR_NULL,
            heading_only={"type": "boolean"},
            mentioned=TEXT_OR_NULL,
            own=ref("SharedWording"),
            others=ref("SharedWording"),
        ),
        "ReviewRow": _row(),
        "Review": object_of(
            year=YEAR_OR_NULL,
            county=TEXT_OR_NULL,
            town=TEXT_OR_NULL,
            years=_list(object_of(year={"type": "integer"}, reports=WHOLE)),
            totals=ref("ReviewTotals"),
            rows=_list(ref("ReviewRow")),
            counties=_list(object_of(county=TEXT, totals=ref("ReviewTotals"))),
            apart=_list(
                object_of(county=TEXT, reason={"enum": [reason.value for reason in Reason]}, report=ref("Report"))
            ),
            rules=object_of(thin=by_part, copied=SHARE, signed_before=TEXT, published_before=TEXT),
            generation=TEXT,
        ),
    }


def copied_schema() -> Json:
    """Return what is told of reports that say mostly the same as last year's."""
    return object_of(share=SHARE, reports=WHOLE, compared=WHOLE, of=WHOLE, paths=_list(TEXT))


def _row() -> Json:
    return object_of(
        county=TEXT,
        town=TEXT,
        year={"type": "integer"},
        standing={"enum": [standing.value for standing in Standing]},
        report={"anyOf": [ref("Report"), {"type": "null"}]},
        parts=_list(ref("ReviewPart")),
        preceding=ref("SharedWording"),
        dates=_list(
            object_of(
                act={"enum": [act.value for act in Act]},
                day=_DAY,
                due=_DAY,
                state={"enum": [state.value for state in InTime]},
            )
        ),
        late={"type": "boolean"},
        older=_list(ref("NamedReport")),
        years=_list({"type": "integer"}),
    )


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}
