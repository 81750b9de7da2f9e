"""The schemas of comparisons and matrices in the JSON interface, and their addresses."""

from typing import Any

from search_app.comparing.matrix import ColumnKind, RowKind

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": "integer", "minimum": 1}
_YES_NO: Json = {"type": "boolean"}
_VALUE: Json = {"type": ["string", "integer", "null"]}


def compare_schemas() -> Json:
    """Return the schemas of comparisons and matrices by their names."""
    return {**_comparisons(), **_matrices()}


def _comparisons() -> Json:
    run = _object(start=_WHOLE, end=_WHOLE)
    overlap = _object(letters=_WHOLE, shared=_WHOLE, share={"type": "number", "minimum": 0, "maximum": 1})
    return {
        "Overlap": overlap,
        "ComparedPassage": _object(
            passage=_ref("Passage"),
            report=_ref("Report"),
            overlap=_ref("Overlap"),
            shared={"type": "array", "items": run},
            figures=_TEXTS,
            only=_object(topics=_TEXTS, reasons=_TEXTS, figures=_TEXTS),
        ),
        "ComparedRow": _object(
            topic=_TEXT_OR_NULL,
            heading=_TEXT_OR_NULL,
            cells={"type": "array", "items": _object(passages=_list("Passage"), elsewhere=_TEXTS)},
        ),
        "ComparedPart": _object(section=_TEXT, present={"type": "array", "items": _YES_NO}, rows=_list("ComparedRow")),
        "Compared": _object(
            kind={"enum": ["passages", "reports"]},
            base=_TEXT,
            repeated=_YES_NO,
            passages=_list("ComparedPassage"),
            reports={"type": "array", "items": _object(report=_ref("Report"), overlap=_ref("Overlap"))},
            parts=_list("ComparedPart"),
        ),
    }


def _matrices() -> Json:
    best = _object(passage=_TEXT, report=_TEXT, headings=_TEXTS, score=_WHOLE, reasons=_TEXTS)
    cell = _object(passages=_WHOLE, reports=_WHOLE, best={"anyOf": [best, {"type": "null"}]})
    line = _object(value=_VALUE, passages=_WHOLE, reports=_WHOLE, cells={"type": "array", "items": cell})
    return {
        "Matrix": _object(
            rows={"enum": [each.value for each in RowKind]},
            columns={"enum": [each.value for each in ColumnKind]},
            query=_TEXT,
            passages=_WHOLE,
            reports=_WHOLE,
            held=_WHOLE,
            leaf=_NUMBER,
            leaves=_NUMBER,
            across={"type": "array", "items": _object(value=_VALUE, passages=_WHOLE, reports=_WHOLE)},
            lines={"type": "array", "items": line},
            notes=_list("Note"),
            partial=_YES_NO,
            generation=_TEXT,
        )
    }


def compared_names() -> list[tuple[str, Json, str]]:
    """Return the parameters of a comparison: name, schema, what it says."""
    several = {"type": "array", "items": _TEXT}
    return [
        ("p", several, "段落编号或引用码，2 至 4 个；不能与 r 一起写"),
        ("r", several, "报告编号，2 至 4 个"),
        ("base", _TEXT, "以其中哪一个为准，默认第一个"),
    ]


def matrix_names() -> list[tuple[str, Json, str]]:
    """Return the parameters of a matrix beside those that narrow."""
    return [
        ("rows", {"enum": [each.value for each in RowKind]}, "行：topic 主题（默认）、section 章节类型"),
        ("columns", {"enum": [each.value for each in ColumnKind]}, "列：town 乡镇（默认）、county 县、year 年度"),
        ("best", {"enum": ["0", "1"]}, "0 = 不找各格的典型做法"),
        ("leaf", _NUMBER, "列多时分组，第几组"),
    ]


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
