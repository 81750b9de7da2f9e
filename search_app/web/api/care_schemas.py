"""The schema of the lists of failures, copies and warnings in the JSON interface."""

from typing import Any

from search_app.web.view_models.care_lists import Care

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}


def care_schemas() -> Json:
    """Return the schemas by their names."""
    entry = _object(path=_TEXT, text=_TEXT, hint=_TEXT, report=_TEXT_OR_NULL, of=_TEXT_OR_NULL)
    return {
        "CareList": _object(
            list={"enum": [each.value for each in Care]},
            total=_WHOLE,
            matching=_WHOLE,
            leaf=_WHOLE,
            leaves=_WHOLE,
            size=_WHOLE,
            kinds={"type": "array", "items": _object(text=_TEXT, count=_WHOLE)},
            entries={"type": "array", "items": entry},
        )
    }


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
