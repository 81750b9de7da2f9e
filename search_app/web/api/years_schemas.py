"""The description of two reports opposite each other in the JSON interface: parameters and schemas."""

from search_app.comparing.alignment import Kind
from search_app.comparing.report_comparison import Lack, Standing
from search_app.model import SECTIONS
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, WHOLE, WHOLE_OR_NULL, Json, list_of, object_of, ref
from search_app.web.years_answers import MAX_LEAF, ROWS, Shown

_PERCENT: Json = {"type": "integer", "minimum": 0, "maximum": 100}


def years_schemas() -> Json:
    """Return the schemas by their names."""
    part = object_of(text=TEXT, instead=TEXT_OR_NULL)
    return {
        "YearsOverlap": object_of(letters=WHOLE, shared=WHOLE, percent=_PERCENT),
        "YearsCounts": object_of(**{kind.value: WHOLE for kind in Kind}),
        "YearsRow": object_of(
            kind={"enum": [kind.value for kind in Kind]},
            section=TEXT,
            moved={"type": "boolean"},
            likeness={"type": "integer", "minimum": 0, "maximum": 1000},
            passages=list_of("Passage"),
            **{"with": list_of("Passage")},
            differs={"type": "array", "items": part},
            differs_with={"type": "array", "items": part},
            figures={"type": "array", "items": object_of(old=TEXT_OR_NULL, new=TEXT_OR_NULL)},
        ),
        "YearsComparison": _comparison(),
    }


def _comparison() -> Json:
    return object_of(
        report=ref("Report"),
        **{"with": _or_null("Report")},
        standing={"enum": [*(each.value for each in Standing), None]},
        lack={"enum": [*(each.value for each in Lack), None]},
        missing_years={"type": "array", "items": {"type": "integer"}},
        overlap=_or_null("YearsOverlap"),
        mostly_the_same={"type": ["boolean", "null"]},
        aligned={"type": "boolean"},
        counts=_or_null("YearsCounts"),
        moved=WHOLE_OR_NULL,
        split_or_merged=WHOLE_OR_NULL,
        sections={
            "type": "array",
            "items": object_of(
                section={"enum": list(SECTIONS)}, overlap=ref("YearsOverlap"), counts=ref("YearsCounts")
            ),
        },
        total=WHOLE,
        leaf=WHOLE,
        leaves=WHOLE,
        rows=list_of("YearsRow"),
        years=list_of("Report"),
        alike={"type": "array", "items": object_of(report=ref("Report"), passages=WHOLE)},
    )


#: The parameters of a comparison: name, schema, what it says.
YEARS_PARAMETERS: tuple[tuple[str, Json, str], ...] = (
    ("with", TEXT, "与哪份报告对照（报告编号）；不写 = 上年的，没有上年的就用更早的最近一年"),
    ("kind", {"enum": [each.value for each in Shown]}, "只要这一类；regrouped = 拆分或合并的"),
    ("section", {"enum": list(SECTIONS)}, "只要这一章节类型的"),
)
#: The parameter that turns its leaves.
LEAF_PARAMETER: tuple[str, Json, str] = (
    "leaf", {"type": "integer", "minimum": 1, "maximum": MAX_LEAF}, f"第几页，每页 {ROWS} 处"
)  # fmt: skip


def _or_null(name: str) -> Json:
    return {"anyOf": [ref(name), {"type": "null"}]}
