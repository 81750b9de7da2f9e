"""The schemas of what is drawn in the JSON interface: topics over the years, towns beside their county, coverage."""

from search_app.web.api.schema_parts import SHARE, TEXT, TEXT_OR_NULL, WHOLE, YEAR_OR_NULL, Json, object_of


def picture_schemas() -> Json:
    """Return the schemas of what is drawn by their names."""
    year = object_of(year={"type": "integer"}, passages=WHOLE, reports=WHOLE, held=WHOLE, share=SHARE)
    history = object_of(topic=TEXT, passages=WHOLE, reports=WHOLE, years=_list(year))
    share = object_of(topic=TEXT, passages=WHOLE, share=SHARE, median=SHARE, writers=WHOLE)
    held = object_of(county=TEXT_OR_NULL, town=TEXT_OR_NULL, year=YEAR_OR_NULL, reports=_list(TEXT), passages=WHOLE)
    return {
        "TopicHistories": object_of(county=TEXT_OR_NULL, topics=_list(history), generation=TEXT),
        "TopicProfile": object_of(
            county=TEXT,
            town=TEXT,
            year=YEAR_OR_NULL,
            passages=WHOLE,
            reports=WHOLE,
            towns=WHOLE,
            years=_list({"type": "integer"}),
            topics=_list(share),
            generation=TEXT,
        ),
        "Coverage": object_of(held=_list(held), generation=TEXT),
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}
