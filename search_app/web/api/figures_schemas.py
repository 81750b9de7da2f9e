"""The schemas of figures in the JSON interface, and the parameters of their addresses."""

from typing import Any

from search_app.comparing.figure_levels import HIGH, LOW
from search_app.labelling.figures.things import things
from search_app.model import TOPICS
from search_app.web.figures_answers import Order

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_YEAR: Json = {"type": "integer", "minimum": 1000, "maximum": 9999}
_YEAR_OR_NULL: Json = {"type": ["integer", "null"]}
_NUMBER: Json = {"type": "number"}
_NUMBER_OR_NULL: Json = {"type": ["number", "null"]}


def figures_schemas() -> Json:
    """Return the schemas of figures by their names."""
    return {
        "CountedThing": _object(
            what=_TEXT, topic={"enum": list(TOPICS)}, unit=_TEXT, figures=_WHOLE, towns=_WHOLE, years=_list(_YEAR)
        ),
        "YearSpread": _object(
            year=_YEAR,
            towns=_WHOLE,
            median=_NUMBER,
            first_quartile=_NUMBER_OR_NULL,
            third_quartile=_NUMBER_OR_NULL,
            low_fence=_NUMBER_OR_NULL,
            high_fence=_NUMBER_OR_NULL,
        ),
        "Figure": _figure(),
        "Figures": _object(
            topic=_TEXT_OR_NULL,
            what=_TEXT_OR_NULL,
            year=_YEAR_OR_NULL,
            county=_TEXT_OR_NULL,
            town=_TEXT_OR_NULL,
            total=_WHOLE,
            page=_WHOLE,
            pages=_WHOLE,
            size=_WHOLE,
            things=_list(_ref("CountedThing")),
            spreads=_list(_ref("YearSpread")),
            several={"type": ["integer", "null"]},
            figures=_list(_ref("Figure")),
            generation=_TEXT,
        ),
    }


def _figure() -> Json:
    return _object(
        what=_TEXT,
        topic={"enum": list(TOPICS)},
        number=_NUMBER,
        unit=_TEXT,
        qualifier=_TEXT_OR_NULL,
        part={"type": "boolean"},
        cumulative={"type": "boolean"},
        outlier={"enum": [HIGH, LOW, None]},
        clause=_TEXT,
        passage=_TEXT,
        number_in_report={"type": "integer", "minimum": 1},
        report=_TEXT,
        county=_TEXT_OR_NULL,
        town=_TEXT_OR_NULL,
        year=_YEAR_OR_NULL,
        citation=_TEXT,
        code=_TEXT,
    )


def figures_parameters() -> list[tuple[str, Json, str]]:
    """Return the parameters of the addresses of figures: name, schema, what it is."""
    return [
        ("topic", {"enum": list(TOPICS)}, "主题"),
        ("what", {"enum": [thing.name for thing in things()]}, "数的是什么"),
        ("year", _YEAR, "年度"),
        ("county", _TEXT, "县（区、市）"),
        ("town", _TEXT, "乡镇（街道），可以连着县名写"),
        ("sort", {"enum": [order.value for order in Order]}, "网页上乡镇的排列；这里不起作用"),
        ("page", {"type": "integer", "minimum": 1}, "第几页"),
    ]


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
