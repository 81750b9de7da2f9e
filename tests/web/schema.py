"""Holds JSON against the part of JSON Schema that our description uses; a word it does not know is an error."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
_KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "pattern", "minimum",
    "maximum", "maxLength", "format", "$ref",
}  # fmt: skip


def faults(value: object, schema: Json, document: Json, where: str = "answer") -> list[str]:
    """Return in what a value differs from its schema; empty = nothing."""
    return list(_faults(value, schema, document, where))


def _faults(value: object, schema: Json, document: Json, where: str) -> Iterator[str]:
    assert set(schema) <= _KNOWN, f"the schema of {where} uses a word this checker does not know: {schema}"
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        yield from _faults(value, document["components"]["schemas"][name], document, where)
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{where} is {value!r}, not {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r}, none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{where} is {value!r}, not {schema['const']!r}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} is {value!r}, not like {schema['pattern']}"
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where} is {value}, out of bounds"
    if isinstance(value, list) and "items" in schema:
        for place, item in enumerate(value):
            yield from _faults(item, schema["items"], document, f"{where}[{place}]")
    if isinstance(value, dict):
        yield from _object_faults(value, schema, document, where)


def _object_faults(value: Json, schema: Json, document: Json, where: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    yield from (f"{where} lacks {name}" for name in schema.get("required", ()) if name not in value)
    for name, item in value.items():
        if name in properties:
            yield from _faults(item, properties[name], document, f"{where}.{name}")
        elif others is False:
            yield f"{where} has an undescribed {name}"
        elif isinstance(others, dict):
            yield from _faults(item, others, document, f"{where}.{name}")


def _is(value: object, kinds: str | list[str]) -> bool:
    names = [kinds] if isinstance(kinds, str) else kinds
    return any(isinstance(value, _KINDS[name]) and (name == "boolean" or value is not True) for name in names)


def filled(value: object, schema: Json, document: Json, where: str = "answer") -> Iterator[str]:
    """Yield each described place, by its schema's name and key, that a value puts something into."""
    if "anyOf" in schema and isinstance(value, dict):
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        where = schema["$ref"].rsplit("/", 1)[-1]
        schema = document["components"]["schemas"][where]
    if isinstance(value, list):
        for item in value:
            yield from filled(item, schema.get("items", {}), document, where)
    elif isinstance(value, dict):
        for name, item in value.items():
            if item not in (None, [], {}, ""):
                yield f"{where}.{name}"
            yield from filled(item, schema.get("properties", {}).get(name, {}), document, f"{where}.{name}")


def described_places(schema: Json, where: str) -> Iterator[str]:
    """Yield each place that a schema describes, named as ``filled`` names it."""
    if "items" in schema:
        yield from described_places(schema["items"], where)
    for name, inner in schema.get("properties", {}).items():
        yield f"{where}.{name}"
        yield from described_places(inner, f"{where}.{name}")
