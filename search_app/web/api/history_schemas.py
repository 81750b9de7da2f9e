"""The schemas of genealogies in the JSON interface."""

from search_app.comparing.genealogy import Kinship
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, TEXTS, WHOLE, Json, object_of, ref


def history_schemas() -> Json:
    """Return the schemas of genealogies by their names."""
    kinds = [kind.value for kind in Kinship]
    part = object_of(text=TEXT, instead=TEXT_OR_NULL)
    year = object_of(year={"type": ["integer", "null"]}, passages=WHOLE, reports=WHOLE, **dict.fromkeys(kinds, WHOLE))
    return {
        "Descendant": object_of(
            passage=ref("Passage"),
            report=ref("Report"),
            kinship={"enum": kinds},
            parent=TEXT_OR_NULL,
            letters=WHOLE,
            shared=WHOLE,
            share={"type": "number", "minimum": 0, "maximum": 1},
            rivals=WHOLE,
            differs={"type": "array", "items": part},
        ),
        "Genealogy": object_of(
            passage=ref("Passage"),
            report=ref("Report"),
            total=WHOLE,
            compared=WHOLE,
            first=object_of(decided={"type": "boolean"}, passages=TEXTS),
            lineage=TEXTS,
            years={"type": "array", "items": year},
            members={"type": "array", "items": ref("Descendant")},
            page=WHOLE,
            pages=WHOLE,
            generation=TEXT,
        ),
    }
