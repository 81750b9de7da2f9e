"""The schemas of reviews in the JSON interface."""

from typing import Any

from search_app.reviewing.deadlines import Act, InTime
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Reason
from search_app.reviewing.report_check import Mark
from search_app.reviewing.wall import Standing

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_YEAR_OR_NULL: Json = {"type": ["integer", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_DAY: Json = {"type": "string", "format": "date"}
_COUNTS = (
    "towns", "held", "absent", "pending", "complete", "clean", "thin", "copied_from_own", "copied_from_others", "late",
    "undated",
)  # fmt: skip


def review_schemas() -> Json:
    """Return the schemas of reviews by their names."""
    by_part = _object(**dict.fromkeys(PARTS, _WHOLE))
    return {
        "ReviewTotals": _object(**dict.fromkeys(_COUNTS, _WHOLE), missing=by_part),
        "NamedReport": _object(id=_TEXT, path=_TEXT, county=_TEXT_OR_NULL, town=_TEXT_OR_NULL, year=_YEAR_OR_NULL),
        "SharedWording": {"anyOf": [_object(report=_ref("NamedReport"), share=_SHARE), {"type": "null"}]},
        "ReviewPart": _object(
            section={"enum": list(PARTS)},
            marks={"type": "array", "items": {"enum": [mark.value for mark in Mark]}},
            letters=_WHOLE,
            passage=_TEXT_OR_NULL,
            heading_only={"type": "boolean"},
            own=_ref("SharedWording"),
            others=_ref("SharedWording"),
        ),
        "ReviewRow": _row(),
        "Review": _object(
            year=_YEAR_OR_NULL,
            county=_TEXT_OR_NULL,
            town=_TEXT_OR_NULL,
            years=_list(_object(year={"type": "integer"}, reports=_WHOLE)),
            totals=_ref("ReviewTotals"),
            rows=_list(_ref("ReviewRow")),
            counties=_list(_object(county=_TEXT, totals=_ref("ReviewTotals"))),
            apart=_list(
                _object(county=_TEXT, reason={"enum": [reason.value for reason in Reason]}, report=_ref("Report"))
            ),
            rules=_object(thin=by_part, copied=_SHARE, signed_before=_TEXT, published_before=_TEXT),
            generation=_TEXT,
        ),
    }


def copied_schema() -> Json:
    """Return what is told of reports that say mostly the same as last year's."""
    return _object(share=_SHARE, reports=_WHOLE, compared=_WHOLE, of=_WHOLE, paths=_list(_TEXT))


def _row() -> Json:
    return _object(
        county=_TEXT,
        town=_TEXT,
        year={"type": "integer"},
        standing={"enum": [standing.value for standing in Standing]},
        report={"anyOf": [_ref("Report"), {"type": "null"}]},
        parts=_list(_ref("ReviewPart")),
        preceding=_ref("SharedWording"),
        dates=_list(
            _object(
                act={"enum": [act.value for act in Act]},
                day=_DAY,
                due=_DAY,
                state={"enum": [state.value for state in InTime]},
            )
        ),
        late={"type": "boolean"},
        older=_list(_ref("NamedReport")),
        years=_list({"type": "integer"}),
    )


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
