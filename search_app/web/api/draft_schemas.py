"""The schemas of the draft check in the JSON interface, and of what is sent to it."""

from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft import MAX_CHARACTERS, PartKind
from search_app.reviewing.draft_findings import FindingKind
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.required_parts import State
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, WHOLE, WHOLE_OR_NULL, Json, object_of, ref

_NUMBERS: Json = {"type": "array", "items": WHOLE}
_SPANS: Json = {"type": "array", "items": {"type": "array", "items": WHOLE}}


def draft_schemas() -> Json:
    """Return the schemas of the check by their names."""
    required = object_of(
        part={"enum": list(PARTS)}, state={"enum": [state.value for state in State]}, letters=WHOLE, least=WHOLE
    )
    shared = object_of(
        letters=WHOLE,
        **{origin.value: WHOLE for origin in Origin},
        last_year_report={"anyOf": [ref("Report"), {"type": "null"}]},
    )
    return {
        "DraftFinding": _finding(),
        "DraftCheck": object_of(
            draft=_understood(),
            required={"type": "array", "items": required},
            shared=shared,
            findings={"type": "array", "items": ref("DraftFinding")},
            remarks={"type": "array", "items": TEXT},
            unfinished=object_of(hurried=_NUMBERS, unread=_NUMBERS),
            reports=WHOLE,
        ),
    }


def _finding() -> Json:
    held = {"passage": ref("Passage"), "report": ref("Report")}
    return object_of(
        number={"type": "integer", "minimum": 1},
        kind={"enum": [kind.value for kind in FindingKind]},
        fault={"type": "boolean"},
        place=TEXT_OR_NULL,
        section=TEXT_OR_NULL,
        words=TEXT,
        spans=_SPANS,
        share={"type": ["number", "null"], "minimum": 0, "maximum": 1},
        message=TEXT,
        advice=TEXT,
        reports=WHOLE_OR_NULL,
        towns=WHOLE_OR_NULL,
        sources={"type": "array", "items": object_of(**held, spans=_SPANS)},
        examples={"type": "array", "items": object_of(**held)},
    )


def describe_draft() -> Json:
    """Return the address of the check: what may be sent to it, and what it answers."""
    told = {"description": "检查结果；spans 是 place 所指那一部分文字里的起止位置", "content": _content("DraftCheck")}
    refused = {"description": "不能回答，原因见 error", "content": _content("Error")}
    return {
        "post": {
            "summary": "检查一份草稿：缺的部分、照抄的句子、没有数据、做法笼统的段落、错留的年份和地名；草稿不保存",
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
        "town": {**TEXT, "description": "乡镇；不给就按文中所写"},
        "county": {**TEXT, "description": "县；不给就按文中所写"},
        "year": {"type": ["integer", "string"], "description": "年度，四位数字；不给就按文中所写"},
    }
    text = {**TEXT, "description": f"草稿全文，最多 {MAX_CHARACTERS:,} 个字"}
    form = {"type": "object", "properties": {"text": text, "file": {**TEXT, "format": "binary"}, **fields}}
    return {
        "text/plain": {"schema": text},
        "application/json": {
            "schema": {"type": "object", "properties": {"text": text, **fields}, "required": ["text"]}
        },
        "multipart/form-data": {"schema": form},
    }


def _understood() -> Json:
    return object_of(
        title=TEXT_OR_NULL,
        town=TEXT_OR_NULL,
        town_from=TEXT_OR_NULL,
        county=TEXT_OR_NULL,
        county_from=TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        year_from=TEXT_OR_NULL,
        parts={
            "type": "array",
            "items": object_of(
                id=TEXT, kind={"enum": [kind.value for kind in PartKind]}, section=TEXT_OR_NULL, text=TEXT
            ),
        },
    )


def _content(name: str) -> Json:
    return {"application/json": {"schema": ref(name)}}
