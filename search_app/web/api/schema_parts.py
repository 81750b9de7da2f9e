"""Parts of schemas: what the schemas of the JSON interface are made of (JSON Schema as OpenAPI 3.1 has it)."""

from enum import StrEnum
from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
TEXT_OR_NULL: Json = {"type": ["string", "null"]}
TEXTS: Json = {"type": "array", "items": TEXT}
WHOLE: Json = {"type": "integer", "minimum": 0}
WHOLE_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 0}
YES_NO: Json = {"type": "boolean"}
YEAR_OR_NULL: Json = {"type": ["integer", "null"]}
SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
#: A citation code, as it is printed.
CODE: Json = {"type": "string", "pattern": "^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{4}$"}


def object_of(**properties: Json) -> Json:
    """Return an object that has exactly these keys."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def ref(name: str) -> Json:
    """Return a reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(name: str) -> Json:
    """Return a list of what a schema describes."""
    return {"type": "array", "items": ref(name)}


def one_of(kind: type[StrEnum]) -> Json:
    """Return one of an enum's values."""
    return {"enum": [item.value for item in kind]}
