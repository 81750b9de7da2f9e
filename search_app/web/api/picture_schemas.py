"""The schemas of what is drawn in the JSON interface: topics over the years, towns beside their county, coverage."""

from typing import Any

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_YEAR_OR_NULL: Json = {"type": ["integer", "null"]}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}


def picture_schemas() -> Json:
    """Return the schemas of what is drawn by their names."""
    year = _object(year={"type": "integer"}, passages=_WHOLE, reports=_WHOLE, held=_WHOLE, share=_SHARE)
    history = _object(topic=_TEXT, passages=_WHOLE, reports=_WHOLE, years=_list(year))
    share = _object(topic=_TEXT, passages=_WHOLE, share=_SHARE, median=_SHARE, writers=_WHOLE)
    held = _object(county=_TEXT_OR_NULL, town=_TEXT_OR_NULL, year=_YEAR_OR_NULL, reports=_list(_TEXT), passages=_WHOLE)
    return {
        "TopicHistories": _object(county=_TEXT_OR_NULL, topics=_list(history), generation=_TEXT),
        "TopicProfile": _object(
            county=_TEXT,
            town=_TEXT,
            year=_YEAR_OR_NULL,
            passages=_WHOLE,
            reports=_WHOLE,
            towns=_WHOLE,
            years=_list({"type": "integer"}),
            topics=_list(share),
            generation=_TEXT,
        ),
        "Coverage": _object(held=_list(held), generation=_TEXT),
    }


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}
