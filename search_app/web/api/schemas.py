"""The schemas of the JSON interface: what each answer looks like, name by name (JSON Schema as OpenAPI 3.1 has it)."""

from search_app.model import Collapse, Facet, Sort
from search_app.score import ExplanationPart
from search_app.web.api.basket_schemas import basket_schemas
from search_app.web.api.care_schemas import care_schemas, last_run_schema
from search_app.web.api.compare_schemas import compare_schemas
from search_app.web.api.draft_schemas import draft_schemas
from search_app.web.api.figures_schemas import figures_schemas
from search_app.web.api.history_schemas import history_schemas
from search_app.web.api.picture_schemas import picture_schemas
from search_app.web.api.review_schemas import copied_schema, review_schemas
from search_app.web.api.schema_parts import (
    CODE,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    WHOLE,
    WHOLE_OR_NULL,
    YES_NO,
    Json,
    list_of,
    object_of,
    one_of,
    ref,
)
from search_app.web.api.years_schemas import years_schemas

_GENERATION: Json = {"type": "string", "pattern": "^gen-[0-9]{6,}$"}


_CONFIDENCE: Json = {"enum": ["high", "medium", "low", "none"]}


def schemas() -> Json:
    """Return every schema by its name."""
    return {
        "Error": object_of(error=object_of(code=TEXT, message=TEXT, hint=TEXT)),
        **_reports(),
        **_answers(),
        **_neighbours(),
        **_narrowings(),
        **_states(),
        **basket_schemas(),
        **review_schemas(),
        **years_schemas(),
        **compare_schemas(),
        **draft_schemas(),
        **figures_schemas(),
        **history_schemas(),
        **picture_schemas(),
        **care_schemas(),
    }


def _report(**more: Json) -> Json:
    """Return what is told of a report wherever one is named, and what is told of it besides."""
    return object_of(
        id={"type": "string", "pattern": "^[0-9a-f]{12}$"},
        path=TEXT,
        title=TEXT_OR_NULL,
        town=TEXT_OR_NULL,
        county=TEXT_OR_NULL,
        city=TEXT_OR_NULL,
        province=TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        year_source=TEXT,
        place_source=TEXT,
        year_confidence=_CONFIDENCE,
        place_confidence=_CONFIDENCE,
        issued={"type": ["string", "null"], "format": "date"},
        published={"type": ["string", "null"], "format": "date"},
        document_number=TEXT_OR_NULL,
        issuer=TEXT_OR_NULL,
        indexed_at={"type": ["string", "null"], "format": "date-time"},
        checksum={"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
        kind=TEXT,
        recognised=YES_NO,
        recognition_confidence={"type": ["integer", "null"], "minimum": 0, "maximum": 100},
        warnings=TEXTS,
        **more,
    )


def _reports() -> Json:
    return {
        "Report": _report(),
        "MeasuredReport": _report(same_as_last_year={"type": ["integer", "null"], "minimum": 0, "maximum": 100}),
        "Passage": object_of(
            id=TEXT,
            number={"type": "integer", "minimum": 1},
            headings=TEXTS,
            section=TEXT,
            topics=TEXTS,
            text=TEXT,
            exemplary=object_of(
                score={"type": "integer", "minimum": 0, "maximum": 100}, reasons=TEXTS, stamped={"type": "boolean"}
            ),
            similar=WHOLE,
            citation=TEXT,
            code=CODE,
        ),
        "OutlineEntry": object_of(heading=TEXT, level=WHOLE, section=TEXT, topics=TEXTS, passages=TEXTS),
        "WholeReport": object_of(
            report=ref("MeasuredReport"),
            outline=list_of("OutlineEntry"),
            passages=list_of("Passage"),
            asides={"type": "array", "items": object_of(text=TEXT, reason=TEXT)},
            copies=TEXTS,
        ),
        "Reports": object_of(reports=list_of("Report")),
    }


def _explanations() -> Json:
    return {
        "Explanation": object_of(
            part=one_of(ExplanationPart),
            value={"type": "number"},
            how={"enum": ["sum", "product", "max", "given"]},
            message=TEXT,
            parts=list_of("Explanation"),
        ),
        "Explained": object_of(
            query=TEXT, passage=ref("Passage"), report=ref("Report"), explanation=ref("Explanation")
        ),
    }


def _hits() -> Json:
    piece = object_of(text=TEXT, match=YES_NO)
    return {
        "Hit": object_of(
            passage=ref("Passage"),
            report=ref("MeasuredReport"),
            snippets={"type": "array", "items": {"type": "array", "items": piece}},
            score={"type": "number"},
            stands_for=WHOLE,
            added=_GENERATION,
            near=YES_NO,
            other_wordings=TEXTS,
            why=TEXT,
            explanation={"anyOf": [ref("Explanation"), {"type": "null"}]},
        ),
        **_explanations(),
        **_citations(),
    }


def _citations() -> Json:
    standing = object_of(passage=ref("Passage"), report=ref("Report"), code=CODE, citation=TEXT, url=TEXT)
    return {
        "Standing": standing,
        "Cited": object_of(code=CODE, here=list_of("Standing"), elsewhere=list_of("Standing")),
    }


def _values() -> Json:
    return {
        "FacetValue": object_of(
            value={"type": ["string", "integer", "null"]},
            count=WHOLE,
            reports=WHOLE,
            selected=YES_NO,
            excluded=YES_NO,
        ),
        "AllFacets": object_of(**{facet.value: list_of("FacetValue") for facet in Facet}),
        "Note": object_of(kind=TEXT, message=TEXT, query=TEXT_OR_NULL),
    }


def _answers() -> Json:
    return {
        **_hits(),
        **_values(),
        "Results": object_of(
            query=TEXT,
            understood=TEXT_OR_NULL,
            total=WHOLE,
            reports=WHOLE,
            listed=WHOLE,
            near_total=WHOLE,
            near_listed=WHOLE,
            page=WHOLE,
            pages=WHOLE,
            size=WHOLE,
            sort=one_of(Sort),
            collapse=one_of(Collapse),
            exemplary=YES_NO,
            also=YES_NO,
            literal=YES_NO,
            since=TEXT_OR_NULL,
            all_genres=YES_NO,
            kept_to_reports=YES_NO,
            elsewhere=WHOLE,
            relaxed=YES_NO,
            pasted=YES_NO,
            hits=list_of("Hit"),
            facets=ref("AllFacets"),
            notes=list_of("Note"),
            without={"type": "array", "items": object_of(facet=TEXT, total=WHOLE)},
            direct=list_of("Report"),
            partial=YES_NO,
            looked_at=WHOLE,
            held=WHOLE,
            took_ms={"type": "number"},
            generation=TEXT,
        ),
    }


def _neighbours() -> Json:
    """Return what the answers about a passage's neighbours and about exemplary practice hold."""
    beside = {
        "passage": ref("Passage"),
        "report": ref("Report"),
        "total": WHOLE,
        "reports": WHOLE,
        "listed": WHOLE,
        "pages": WHOLE,
        "partial": YES_NO,
        "looked_at": WHOLE,
        "held": WHOLE,
        "generation": TEXT,
    }
    part = object_of(text=TEXT, instead=TEXT_OR_NULL)
    return {
        "Variant": object_of(passage=ref("Passage"), report=ref("Report"), differs={"type": "array", "items": part}),
        "Similar": object_of(**beside, hits=list_of("Variant")),
        "Related": object_of(**beside, hits=list_of("Hit"), facets=ref("AllFacets")),
        "Topic": object_of(topic=TEXT, total=WHOLE, reports=WHOLE, hits=list_of("Hit")),
        "Practices": object_of(
            total=WHOLE,
            reports=WHOLE,
            topics=list_of("Topic"),
            facets=ref("AllFacets"),
            partial=YES_NO,
            generation=TEXT,
        ),
    }


def _narrowings() -> Json:
    return {
        "Facets": object_of(facets=ref("AllFacets"), total=WHOLE, near_total=WHOLE, partial=YES_NO, generation=TEXT),
        "FacetValues": object_of(
            facet=one_of(Facet),
            values=list_of("FacetValue"),
            total=WHOLE,
            near_total=WHOLE,
            partial=YES_NO,
            generation=TEXT,
        ),
        "Suggestions": object_of(
            suggestions={"type": "array", "items": object_of(kind=TEXT, text=TEXT, count=WHOLE, url=TEXT)}
        ),
    }


def _states() -> Json:
    """Return what the answers about the index hold."""
    counted = object_of(value={"type": ["string", "integer", "null"]}, count=WHOLE, reports=WHOLE)
    return {
        "Health": object_of(status={"const": "ok"}, generation=TEXT),
        "Status": object_of(
            generation=TEXT_OR_NULL,
            older=TEXTS,
            generations={
                "type": "array",
                "items": object_of(name=_GENERATION, mark=TEXT, built_at={"type": "string", "format": "date-time"}),
            },
            reports=WHOLE,
            passages=WHOLE,
            built_at={"type": ["string", "null"], "format": "date-time"},
            age_seconds=WHOLE_OR_NULL,
            last_run={"anyOf": [last_run_schema(), {"type": "null"}]},
            compared_at={"type": ["string", "null"], "format": "date-time"},
            needs_reindex=YES_NO,
            reasons=TEXTS,
            problem=TEXT_OR_NULL,
            fallen_back=TEXT_OR_NULL,
            counts=object_of(**{facet.value: {"type": "array", "items": counted} for facet in Facet}),
            warnings={"type": "array", "items": object_of(path=TEXT, warning=TEXT)},
            failed={"type": "array", "items": object_of(path=TEXT, error=TEXT, hint=TEXT)},
            duplicates={"type": "array", "items": object_of(path=TEXT, of=TEXT)},
            copied={"anyOf": [copied_schema(), {"type": "null"}]},
            kept={"type": "array", "items": object_of(folder=TEXT, reports=WHOLE)},
            warnings_total=WHOLE,
            failed_total=WHOLE,
            duplicates_total=WHOLE,
            sanitiser=YES_NO,
        ),
    }
