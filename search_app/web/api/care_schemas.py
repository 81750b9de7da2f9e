"""The schemas of the last run, and of the lists of failures, copies and warnings, in the JSON interface."""

from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, WHOLE, Json, object_of
from search_app.web.view_models.care_lists import Care


def care_schemas() -> Json:
    """Return the schemas by their names."""
    entry = object_of(path=TEXT, text=TEXT, hint=TEXT, report=TEXT_OR_NULL, of=TEXT_OR_NULL)
    return {
        "CareList": object_of(
            list={"enum": [each.value for each in Care]},
            total=WHOLE,
            matching=WHOLE,
            leaf=WHOLE,
            leaves=WHOLE,
            size=WHOLE,
            kinds={"type": "array", "items": object_of(text=TEXT, count=WHOLE)},
            entries={"type": "array", "items": entry},
        )
    }


def last_run_schema() -> Json:
    """Return the schema of what the last run of the indexer did."""
    return object_of(
        ended_at={"type": "string", "format": "date-time"},
        seconds={"type": "number", "minimum": 0},
        **dict.fromkeys(("read", "added", "changed", "unchanged", "removed", "failed"), WHOLE),
        error=TEXT_OR_NULL,
    )
