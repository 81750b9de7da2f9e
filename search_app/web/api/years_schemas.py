"""The description of two reports opposite each other in the JSON interface: parameters and schemas."""

from typing import Any

from search_app.comparing.alignment import Kind
from search_app.comparing.report_comparison import Lack, Standing
from search_app.model import SECTIONS
from search_app.web.years_answers import MAX_LEAF, ROWS, Shown

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_WHOLE_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 0}
_PERCENT: Json = {"type": "integer", "minimum": 0, "maximum": 100}


def years_schemas() -> Json:
    """Return the schemas by their names."""
    part = _object(text=_TEXT, instead=_TEXT_OR_NULL)
    return {
        "YearsOverlap": _object(letters=_WHOLE, shared=_WHOLE, percent=_PERCENT),
        "YearsCounts": _object(**{kind.value: _WHOLE for kind in Kind}),
        "YearsRow": _object(
            kind={"enum": [kind.value for kind in Kind]},
            section=_TEXT,
            moved={"type": "boolean"},
            likeness={"type": "integer", "minimum": 0, "maximum": 1000},
            passages=_list("Passage"),
            **{"with": _list("Passage")},
            differs={"type": "array", "items": part},
            differs_with={"type": "array", "items": part},
            figures={"type": "array", "items": _object(old=_TEXT_OR_NULL, new=_TEXT_OR_NULL)},
        ),
        "YearsComparison": _comparison(),
    }


def _comparison() -> Json:
    return _object(
        report=_ref("Report"),
        **{"with": _or_null("Report")},
        standing={"enum": [*(each.value for each in Standing), None]},
        lack={"enum": [*(each.value for each in Lack), None]},
        missing_years={"type": "array", "items": {"type": "integer"}},
        overlap=_or_null("YearsOverlap"),
        mostly_the_same={"type": ["boolean", "null"]},
        aligned={"type": "boolean"},
        counts=_or_null("YearsCounts"),
        moved=_WHOLE_OR_NULL,
        split_or_merged=_WHOLE_OR_NULL,
        sections={
            "type": "array",
            "items": _object(
                section={"enum": list(SECTIONS)}, overlap=_ref("YearsOverlap"), counts=_ref("YearsCounts")
            ),
        },
        total=_WHOLE,
        leaf=_WHOLE,
        leaves=_WHOLE,
        rows=_list("YearsRow"),
        years=_list("Report"),
        alike={"type": "array", "items": _object(report=_ref("Report"), passages=_WHOLE)},
    )


#: The parameters of a comparison: name, schema, what it says.
YEARS_PARAMETERS: tuple[tuple[str, Json, str], ...] = (
    ("with", _TEXT, "与哪份报告对照（报告编号）；不写 = 上年的，没有上年的就用更早的最近一年"),
    ("kind", {"enum": [each.value for each in Shown]}, "只要这一类；regrouped = 拆分或合并的"),
    ("section", {"enum": list(SECTIONS)}, "只要这一章节类型的"),
)
#: The parameter that turns its leaves.
LEAF_PARAMETER: tuple[str, Json, str] = (
    "leaf", {"type": "integer", "minimum": 1, "maximum": MAX_LEAF}, f"第几页，每页 {ROWS} 处"
)  # fmt: skip


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _or_null(name: str) -> Json:
    return {"anyOf": [_ref(name), {"type": "null"}]}
