"""The schemas of the draft check in the JSON interface, and of what is sent to it."""

from typing import Any

from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft import MAX_CHARACTERS, PartKind
from search_app.reviewing.draft_findings import FindingKind
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.required_parts import State

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_WHOLE_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 0}
_NUMBERS: Json = {"type": "array", "items": _WHOLE}
_SPANS: Json = {"type": "array", "items": {"type": "array", "items": _WHOLE}}


def draft_schemas() -> Json:
    """Return the schemas of the check by their names."""
    required = _object(
        part={"enum": list(PARTS)}, state={"enum": [state.value for state in State]}, letters=_WHOLE, least=_WHOLE
    )
    shared = _object(
        letters=_WHOLE,
        **{origin.value: _WHOLE for origin in Origin},
        last_year_report={"anyOf": [_ref("Report"), {"type": "null"}]},
    )
    return {
        "DraftFinding": _finding(),
        "DraftCheck": _object(
            draft=_understood(),
            required={"type": "array", "items": required},
            shared=shared,
            findings={"type": "array", "items": _ref("DraftFinding")},
            remarks={"type": "array", "items": _TEXT},
            unfinished=_object(hurried=_NUMBERS, unread=_NUMBERS),
            reports=_WHOLE,
        ),
    }


def _finding() -> Json:
    held = {"passage": _ref("Passage"), "report": _ref("Report")}
    return _object(
        number={"type": "integer", "minimum": 1},
        kind={"enum": [kind.value for kind in FindingKind]},
        fault={"type": "boolean"},
        place=_TEXT_OR_NULL,
        section=_TEXT_OR_NULL,
        words=_TEXT,
        spans=_SPANS,
        share={"type": ["number", "null"], "minimum": 0, "maximum": 1},
        message=_TEXT,
        advice=_TEXT,
        reports=_WHOLE_OR_NULL,
        towns=_WHOLE_OR_NULL,
        sources={"type": "array", "items": _object(**held, spans=_SPANS)},
        examples={"type": "array", "items": _object(**held)},
    )


def describe_draft() -> Json:
    """Return the address of the check: what may be sent to it, and what it answers."""
    told = {"description": "检查结果；spans 是 place 所指那一部分文字里的起止位置", "content": _content("DraftCheck")}
    refused = {"description": "不能回答，原因见 error", "content": _content("Error")}
    return {
        "post": {
            "summary": "检查一份草稿：缺的部分、照抄的句子、没有数据和做法的段落、错留的年份和地名；草稿不保存",
            "requestBody": {"required": True, "content": _sent()},
            "responses": {
                "200": told,
                **{str(status): refused for status in (400, 403, 413, 415, 503)},
                "default": refused,
            },
        }
    }


def _sent() -> Json:
    """Return what may be sent, by its content type."""
    fields = {
        "town": {**_TEXT, "description": "乡镇；不给就按文中所写"},
        "county": {**_TEXT, "description": "县；不给就按文中所写"},
        "year": {"type": ["integer", "string"], "description": "年度，四位数字；不给就按文中所写"},
    }
    text = {**_TEXT, "description": f"草稿全文，最多 {MAX_CHARACTERS:,} 个字"}
    form = {"type": "object", "properties": {"text": text, "file": {**_TEXT, "format": "binary"}, **fields}}
    return {
        "text/plain": {"schema": text},
        "application/json": {
            "schema": {"type": "object", "properties": {"text": text, **fields}, "required": ["text"]}
        },
        "multipart/form-data": {"schema": form},
    }


def _understood() -> Json:
    return _object(
        title=_TEXT_OR_NULL,
        town=_TEXT_OR_NULL,
        town_from=_TEXT_OR_NULL,
        county=_TEXT_OR_NULL,
        county_from=_TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        year_from=_TEXT_OR_NULL,
        parts={
            "type": "array",
            "items": _object(
                id=_TEXT, kind={"enum": [kind.value for kind in PartKind]}, section=_TEXT_OR_NULL, text=_TEXT
            ),
        },
    )


def _content(name: str) -> Json:
    return {"application/json": {"schema": _ref(name)}}


def _object(**properties: Json) -> Json:
    """Return an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
