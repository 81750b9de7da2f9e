"""The schemas of genealogies in the JSON interface."""

from typing import Any

from search_app.comparing.genealogy import Kinship

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}


def history_schemas() -> Json:
    """Return the schemas of genealogies by their names."""
    kinds = [kind.value for kind in Kinship]
    part = _object(text=_TEXT, instead=_TEXT_OR_NULL)
    year = _object(year={"type": ["integer", "null"]}, passages=_WHOLE, reports=_WHOLE, **dict.fromkeys(kinds, _WHOLE))
    return {
        "Descendant": _object(
            passage=_ref("Passage"),
            report=_ref("Report"),
            kinship={"enum": kinds},
            parent=_TEXT_OR_NULL,
            letters=_WHOLE,
            shared=_WHOLE,
            share={"type": "number", "minimum": 0, "maximum": 1},
            rivals=_WHOLE,
            differs={"type": "array", "items": part},
        ),
        "Genealogy": _object(
            passage=_ref("Passage"),
            report=_ref("Report"),
            total=_WHOLE,
            compared=_WHOLE,
            first=_object(decided={"type": "boolean"}, passages=_TEXTS),
            lineage=_TEXTS,
            years={"type": "array", "items": year},
            members={"type": "array", "items": _ref("Descendant")},
            page=_WHOLE,
            pages=_WHOLE,
            generation=_TEXT,
        ),
    }


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
