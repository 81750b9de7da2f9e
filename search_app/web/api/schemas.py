"""The schemas of the JSON interface: what each answer looks like, name by name (JSON Schema as OpenAPI 3.1 has it)."""

from enum import StrEnum
from typing import Any

from search_app.model import Collapse, Facet, Sort
from search_app.score import ExplanationPart
from search_app.web.api.basket_schemas import basket_schemas
from search_app.web.api.care_schemas import care_schemas
from search_app.web.api.compare_schemas import compare_schemas
from search_app.web.api.draft_schemas import draft_schemas
from search_app.web.api.figures_schemas import figures_schemas
from search_app.web.api.history_schemas import history_schemas
from search_app.web.api.picture_schemas import picture_schemas
from search_app.web.api.review_schemas import copied_schema, review_schemas
from search_app.web.api.years_schemas import years_schemas

Json = dict[str, Any]


TEXT: Json = {"type": "string"}


_TEXT_OR_NULL: Json = {"type": ["string", "null"]}


#: A citation code, as it is printed.
CODE: Json = {"type": "string", "pattern": "^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{4}$"}


_WHOLE: Json = {"type": "integer", "minimum": 0}


_YES_NO: Json = {"type": "boolean"}


_TEXTS: Json = {"type": "array", "items": TEXT}


_GENERATION: Json = {"type": "string", "pattern": "^gen-[0-9]{6,}$"}


_CONFIDENCE: Json = {"enum": ["high", "medium", "low", "none"]}


def schemas() -> Json:
    """Return every schema by its name."""
    return {
        "Error": _object(error=_object(code=TEXT, message=TEXT, hint=TEXT)),
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
    return _object(
        id={"type": "string", "pattern": "^[0-9a-f]{12}$"},
        path=TEXT,
        title=_TEXT_OR_NULL,
        town=_TEXT_OR_NULL,
        county=_TEXT_OR_NULL,
        city=_TEXT_OR_NULL,
        province=_TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        year_source=TEXT,
        place_source=TEXT,
        year_confidence=_CONFIDENCE,
        place_confidence=_CONFIDENCE,
        issued={"type": ["string", "null"], "format": "date"},
        published={"type": ["string", "null"], "format": "date"},
        document_number=_TEXT_OR_NULL,
        issuer=_TEXT_OR_NULL,
        indexed_at={"type": ["string", "null"], "format": "date-time"},
        checksum={"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
        kind=TEXT,
        recognised=_YES_NO,
        recognition_confidence={"type": ["integer", "null"], "minimum": 0, "maximum": 100},
        warnings=_TEXTS,
        **more,
    )


def _reports() -> Json:
    return {
        "Report": _report(),
        "MeasuredReport": _report(same_as_last_year={"type": ["integer", "null"], "minimum": 0, "maximum": 100}),
        "Passage": _object(
            id=TEXT,
            number={"type": "integer", "minimum": 1},
            headings=_TEXTS,
            section=TEXT,
            topics=_TEXTS,
            text=TEXT,
            exemplary=_object(score={"type": "integer", "minimum": 0, "maximum": 100}, reasons=_TEXTS),
            similar=_WHOLE,
            citation=TEXT,
            code=CODE,
        ),
        "OutlineEntry": _object(heading=TEXT, level=_WHOLE, section=TEXT, topics=_TEXTS, passages=_TEXTS),
        "WholeReport": _object(
            report=ref("MeasuredReport"),
            outline=_list("OutlineEntry"),
            passages=_list("Passage"),
            asides={"type": "array", "items": _object(text=TEXT, reason=TEXT)},
            copies=_TEXTS,
        ),
        "Reports": _object(reports=_list("Report")),
    }


def _explanations() -> Json:
    return {
        "Explanation": _object(
            part=one_of(ExplanationPart),
            value={"type": "number"},
            how={"enum": ["sum", "product", "max", "given"]},
            message=TEXT,
            parts=_list("Explanation"),
        ),
        "Explained": _object(query=TEXT, passage=ref("Passage"), report=ref("Report"), explanation=ref("Explanation")),
    }


def _hits() -> Json:
    piece = _object(text=TEXT, match=_YES_NO)
    return {
        "Hit": _object(
            passage=ref("Passage"),
            report=ref("MeasuredReport"),
            snippets={"type": "array", "items": {"type": "array", "items": piece}},
            score={"type": "number"},
            stands_for=_WHOLE,
            added=_GENERATION,
            near=_YES_NO,
            other_wordings=_TEXTS,
            explanation={"anyOf": [ref("Explanation"), {"type": "null"}]},
        ),
        **_explanations(),
        **_citations(),
    }


def _citations() -> Json:
    standing = _object(passage=ref("Passage"), report=ref("Report"), code=CODE, citation=TEXT, url=TEXT)
    return {"Standing": standing, "Cited": _object(code=CODE, here=_list("Standing"), elsewhere=_list("Standing"))}


def _values() -> Json:
    return {
        "FacetValue": _object(
            value={"type": ["string", "integer", "null"]},
            count=_WHOLE,
            reports=_WHOLE,
            selected=_YES_NO,
            excluded=_YES_NO,
        ),
        "AllFacets": _object(**{facet.value: _list("FacetValue") for facet in Facet}),
        "Note": _object(kind=TEXT, message=TEXT, query=_TEXT_OR_NULL),
    }


def _answers() -> Json:
    return {
        **_hits(),
        **_values(),
        "Results": _object(
            query=TEXT,
            understood=_TEXT_OR_NULL,
            total=_WHOLE,
            reports=_WHOLE,
            listed=_WHOLE,
            near_total=_WHOLE,
            near_listed=_WHOLE,
            page=_WHOLE,
            pages=_WHOLE,
            size=_WHOLE,
            sort=one_of(Sort),
            collapse=one_of(Collapse),
            exemplary=_YES_NO,
            also=_YES_NO,
            literal=_YES_NO,
            since=_TEXT_OR_NULL,
            relaxed=_YES_NO,
            pasted=_YES_NO,
            hits=_list("Hit"),
            facets=ref("AllFacets"),
            notes=_list("Note"),
            without={"type": "array", "items": _object(facet=TEXT, total=_WHOLE)},
            direct=_list("Report"),
            partial=_YES_NO,
            looked_at=_WHOLE,
            held=_WHOLE,
            took_ms={"type": "number"},
            generation=TEXT,
        ),
    }


def _neighbours() -> Json:
    """Return what the answers about a passage's neighbours and about exemplary practice hold."""
    beside = {
        "passage": ref("Passage"),
        "report": ref("Report"),
        "total": _WHOLE,
        "reports": _WHOLE,
        "listed": _WHOLE,
        "pages": _WHOLE,
        "partial": _YES_NO,
        "looked_at": _WHOLE,
        "held": _WHOLE,
        "generation": TEXT,
    }
    part = _object(text=TEXT, instead=_TEXT_OR_NULL)
    return {
        "Variant": _object(passage=ref("Passage"), report=ref("Report"), differs={"type": "array", "items": part}),
        "Similar": _object(**beside, hits=_list("Variant")),
        "Related": _object(**beside, hits=_list("Hit"), facets=ref("AllFacets")),
        "Topic": _object(topic=TEXT, total=_WHOLE, reports=_WHOLE, hits=_list("Hit")),
        "Practices": _object(
            total=_WHOLE,
            reports=_WHOLE,
            topics=_list("Topic"),
            facets=ref("AllFacets"),
            partial=_YES_NO,
            generation=TEXT,
        ),
    }


def _narrowings() -> Json:
    return {
        "Facets": _object(facets=ref("AllFacets"), total=_WHOLE, near_total=_WHOLE, partial=_YES_NO, generation=TEXT),
        "FacetValues": _object(
            facet=one_of(Facet),
            values=_list("FacetValue"),
            total=_WHOLE,
            near_total=_WHOLE,
            partial=_YES_NO,
            generation=TEXT,
        ),
        "Suggestions": _object(
            suggestions={"type": "array", "items": _object(kind=TEXT, text=TEXT, count=_WHOLE, url=TEXT)}
        ),
    }


def _states() -> Json:
    """Return what the answers about the index hold."""
    counted = _object(value={"type": ["string", "integer", "null"]}, count=_WHOLE, reports=_WHOLE)
    return {
        "Health": _object(status={"const": "ok"}, generation=TEXT),
        "Status": _object(
            generation=_TEXT_OR_NULL,
            older=_TEXTS,
            generations={
                "type": "array",
                "items": _object(name=_GENERATION, mark=TEXT, built_at={"type": "string", "format": "date-time"}),
            },
            reports=_WHOLE,
            passages=_WHOLE,
            built_at={"type": ["string", "null"], "format": "date-time"},
            compared_at={"type": ["string", "null"], "format": "date-time"},
            needs_reindex=_YES_NO,
            reasons=_TEXTS,
            problem=_TEXT_OR_NULL,
            counts=_object(**{facet.value: {"type": "array", "items": counted} for facet in Facet}),
            warnings={"type": "array", "items": _object(path=TEXT, warning=TEXT)},
            failed={"type": "array", "items": _object(path=TEXT, error=TEXT, hint=TEXT)},
            duplicates={"type": "array", "items": _object(path=TEXT, of=TEXT)},
            copied={"anyOf": [copied_schema(), {"type": "null"}]},
            kept={"type": "array", "items": _object(folder=TEXT, reports=_WHOLE)},
            warnings_total=_WHOLE,
            failed_total=_WHOLE,
            duplicates_total=_WHOLE,
        ),
    }


def _object(**properties: Json) -> Json:
    """Return an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(name: str) -> Json:
    return {"type": "array", "items": ref(name)}


def ref(name: str) -> Json:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(kind: type[StrEnum]) -> Json:
    """Return the schema of an enumeration."""
    return {"enum": [item.value for item in kind]}
