"""The schemas of comparisons and matrices in the JSON interface, and their addresses."""

from search_app.comparing.matrix import ColumnKind, RowKind
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, TEXTS, WHOLE, YES_NO, Json, list_of, object_of, ref

_NUMBER: Json = {"type": "integer", "minimum": 1}
_VALUE: Json = {"type": ["string", "integer", "null"]}


def compare_schemas() -> Json:
    """Return the schemas of comparisons and matrices by their names."""
    return {**_comparisons(), **_matrices()}


def _comparisons() -> Json:
    run = object_of(start=WHOLE, end=WHOLE)
    overlap = object_of(letters=WHOLE, shared=WHOLE, share={"type": "number", "minimum": 0, "maximum": 1})
    return {
        "Overlap": overlap,
        "ComparedPassage": object_of(
            passage=ref("Passage"),
            report=ref("Report"),
            overlap=ref("Overlap"),
            shared={"type": "array", "items": run},
            figures=TEXTS,
            only=object_of(topics=TEXTS, reasons=TEXTS, figures=TEXTS),
        ),
        "ComparedRow": object_of(
            topic=TEXT_OR_NULL,
            heading=TEXT_OR_NULL,
            cells={"type": "array", "items": object_of(passages=list_of("Passage"), elsewhere=TEXTS)},
        ),
        "ComparedPart": object_of(
            section=TEXT, present={"type": "array", "items": YES_NO}, rows=list_of("ComparedRow")
        ),
        "Compared": object_of(
            kind={"enum": ["passages", "reports"]},
            base=TEXT,
            repeated=YES_NO,
            passages=list_of("ComparedPassage"),
            reports={"type": "array", "items": object_of(report=ref("Report"), overlap=ref("Overlap"))},
            parts=list_of("ComparedPart"),
        ),
    }


def _matrices() -> Json:
    best = object_of(passage=TEXT, report=TEXT, headings=TEXTS, score=WHOLE, reasons=TEXTS)
    cell = object_of(passages=WHOLE, reports=WHOLE, best={"anyOf": [best, {"type": "null"}]})
    line = object_of(value=_VALUE, passages=WHOLE, reports=WHOLE, cells={"type": "array", "items": cell})
    return {
        "Matrix": object_of(
            rows={"enum": [each.value for each in RowKind]},
            columns={"enum": [each.value for each in ColumnKind]},
            query=TEXT,
            passages=WHOLE,
            reports=WHOLE,
            held=WHOLE,
            leaf=_NUMBER,
            leaves=_NUMBER,
            across={"type": "array", "items": object_of(value=_VALUE, passages=WHOLE, reports=WHOLE)},
            lines={"type": "array", "items": line},
            notes=list_of("Note"),
            partial=YES_NO,
            generation=TEXT,
        )
    }


def compared_names() -> list[tuple[str, Json, str]]:
    """Return the parameters of a comparison: name, schema, what it says."""
    several = {"type": "array", "items": TEXT}
    return [
        ("p", several, "段落编号或引用码，2 至 4 个；不能与 r 一起写"),
        ("r", several, "报告编号，2 至 4 个"),
        ("base", TEXT, "以其中哪一个为准，默认第一个"),
    ]


def matrix_names() -> list[tuple[str, Json, str]]:
    """Return the parameters of a matrix beside those that narrow."""
    return [
        ("rows", {"enum": [each.value for each in RowKind]}, "行：topic 主题（默认）、section 章节类型"),
        ("columns", {"enum": [each.value for each in ColumnKind]}, "列：town 乡镇（默认）、county 县、year 年度"),
        ("best", {"enum": ["0", "1"]}, "0 = 不找各格的典型做法"),
        ("leaf", _NUMBER, "列多时分组，第几组"),
    ]
