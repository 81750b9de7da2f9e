"""The schemas of figures in the JSON interface, and the parameters of their addresses."""

from search_app.comparing.figure_levels import HIGH, LOW
from search_app.labelling.figures.things import things
from search_app.model import TOPICS
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, WHOLE, YEAR_OR_NULL, Json, object_of, ref
from search_app.web.figures_answers import Order

_YEAR: Json = {"type": "integer", "minimum": 1000, "maximum": 9999}
_NUMBER: Json = {"type": "number"}
_NUMBER_OR_NULL: Json = {"type": ["number", "null"]}


def figures_schemas() -> Json:
    """Return the schemas of figures by their names."""
    return {
        "CountedThing": object_of(
            what=TEXT, topic={"enum": list(TOPICS)}, unit=TEXT, figures=WHOLE, towns=WHOLE, years=_list(_YEAR)
        ),
        "YearSpread": object_of(
            year=_YEAR,
            towns=WHOLE,
            median=_NUMBER,
            first_quartile=_NUMBER_OR_NULL,
            third_quartile=_NUMBER_OR_NULL,
            low_fence=_NUMBER_OR_NULL,
            high_fence=_NUMBER_OR_NULL,
        ),
        "Figure": _figure(),
        "Figures": object_of(
            topic=TEXT_OR_NULL,
            what=TEXT_OR_NULL,
            year=YEAR_OR_NULL,
            county=TEXT_OR_NULL,
            town=TEXT_OR_NULL,
            total=WHOLE,
            page=WHOLE,
            pages=WHOLE,
            size=WHOLE,
            things=_list(ref("CountedThing")),
            spreads=_list(ref("YearSpread")),
            several={"type": ["integer", "null"]},
            figures=_list(ref("Figure")),
            generation=TEXT,
        ),
    }


def _figure() -> Json:
    return object_of(
        what=TEXT,
        topic={"enum": list(TOPICS)},
        number=_NUMBER,
        unit=TEXT,
        qualifier=TEXT_OR_NULL,
        part={"type": "boolean"},
        cumulative={"type": "boolean"},
        outlier={"enum": [HIGH, LOW, None]},
        clause=TEXT,
        passage=TEXT,
        number_in_report={"type": "integer", "minimum": 1},
        report=TEXT,
        county=TEXT_OR_NULL,
        town=TEXT_OR_NULL,
        year=YEAR_OR_NULL,
        citation=TEXT,
        code=TEXT,
    )


def figures_parameters() -> list[tuple[str, Json, str]]:
    """Return the parameters of the addresses of figures: name, schema, what it is."""
    return [
        ("topic", {"enum": list(TOPICS)}, "主题"),
        ("what", {"enum": [thing.name for thing in things()]}, "数的是什么"),
        ("year", _YEAR, "年度"),
        ("county", TEXT, "县（区、市）"),
        ("town", TEXT, "乡镇（街道），可以连着县名写"),
        ("sort", {"enum": [order.value for order in Order]}, "网页上乡镇的排列；这里不起作用"),
        ("page", {"type": "integer", "minimum": 1}, "第几页"),
    ]


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}
