"""The description of the JSON interface (OpenAPI 3.1), written by hand; a test holds every answer against it."""

from typing import Any

from search_app import __version__
from search_app.facets import FACETS
from search_app.model import REPORT_KIND, UNKNOWN, Collapse, Facet, Sort
from search_app.query import MAX_QUERY
from search_app.web.urls import MAX_PAGE, SIZES

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_YES_NO: Json = {"type": "boolean"}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_CONFIDENCE: Json = {"enum": ["high", "medium", "low", "none"]}


def document(server: str) -> Json:
    """Return the whole description, for a server at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{REPORT_KIND}检索",
            "version": __version__,
            "description": "与网页相同的内容，以 JSON 给出；只读，只用 GET。网页上的检索条件在这里同名同义。",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def _paths() -> Json:
    question = [*_question(), *_listing()]
    named = {"name": "report_id", "in": "path", "required": True, "schema": _TEXT, "description": "报告编号"}
    facet = {"name": "name", "in": "path", "required": True, "schema": _one_of(Facet)}
    passage = {"name": "passage_id", "in": "path", "required": True, "schema": _TEXT, "description": "段落编号"}
    find = _parameter("find", _TEXT, "只要含这些字的值")
    typed = _parameter("q", _TEXT, "正在输入的字")
    return {
        "/api/v1/search": _get("检索段落", "Results", question, 400, 404, 503),
        "/api/v1/reports": _get("全部报告", "Reports", [], 400, 503),
        "/api/v1/reports/{report_id}": _get("一份报告的目录和段落", "WholeReport", [named], 400, 404, 503),
        "/api/v1/passages/{passage_id}/similar": _get(
            "与一段表述相近的段落，以及不同的字", "Similar", [passage, *question], 400, 404, 503
        ),
        "/api/v1/passages/{passage_id}/related": _get(
            "其他乡镇讲同一件事的段落", "Related", [passage, *_filters(), *_paging()], 400, 404, 503
        ),
        "/api/v1/exemplary": _get("各主题的典型做法", "Practices", _filters(), 400, 503),
        "/api/v1/facets": _get("一次检索的全部筛选值", "Facets", question, 400, 404, 503),
        "/api/v1/facets/{name}": _get("一次检索的一类筛选值", "FacetValues", [facet, find, *question], 400, 404, 503),
        "/api/v1/suggest": _get("输入提示：主题、地名和常用说法", "Suggestions", [typed], 400, 503),
        "/api/v1/status": _get("收录和索引状况", "Status", [], 400, 503),
        "/api/v1/openapi.json": {"get": {"summary": "本说明", "responses": {"200": {"description": "本说明"}}}},
        "/healthz": _get("是否能检索", "Health", [], 400, 503),
    }


def _filters() -> list[Json]:
    years = {"anyOf": [{"type": "integer"}, {"const": UNKNOWN}]}
    schemas: Json = {facet.value: years if FACETS[facet].chronological else _TEXT for facet in Facet}
    return [
        _parameter(name, {"type": "array", "items": schema}, "可重复，之间是“或”") for name, schema in schemas.items()
    ]


def _question() -> list[Json]:
    switch = {"enum": ["0", "1"]}
    return [
        _parameter("q", {"type": "string", "maxLength": MAX_QUERY}, "检索词，写法与网页相同"),
        *_filters(),
        _parameter("exemplary", switch, "1 = 只看典型做法"),
        _parameter("also", switch, "0 = 只搜原词，不搜同义说法，也不列内容相近的段落"),
        _parameter("literal", switch, "1 = 照原样检索：不改错字，不猜意思，不列内容相近的段落"),
    ]


def _listing() -> list[Json]:
    return [
        _parameter("sort", _one_of(Sort), "排序"),
        _parameter("collapse", _one_of(Collapse), "折叠方式"),
        *_paging(),
    ]


def _paging() -> list[Json]:
    return [
        _parameter("page", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}, "页码"),
        _parameter("size", {"enum": list(SIZES)}, "每页条数"),
    ]


def _schemas() -> Json:
    return {
        "Error": _object(error=_object(code=_TEXT, message=_TEXT, hint=_TEXT)),
        **_reports(),
        **_answers(),
        **_neighbours(),
        **_narrowings(),
        **_states(),
    }


def _reports() -> Json:
    return {
        "Report": _object(
            id={"type": "string", "pattern": "^[0-9a-f]{12}$"},
            path=_TEXT,
            title=_TEXT_OR_NULL,
            town=_TEXT_OR_NULL,
            county=_TEXT_OR_NULL,
            city=_TEXT_OR_NULL,
            province=_TEXT_OR_NULL,
            year={"type": ["integer", "null"]},
            year_source=_TEXT,
            place_source=_TEXT,
            year_confidence=_CONFIDENCE,
            place_confidence=_CONFIDENCE,
            issued={"type": ["string", "null"], "format": "date"},
            kind=_TEXT,
            warnings=_TEXTS,
        ),
        "Passage": _object(
            id=_TEXT,
            number={"type": "integer", "minimum": 1},
            headings=_TEXTS,
            section=_TEXT,
            topics=_TEXTS,
            text=_TEXT,
            exemplary=_object(score={"type": "integer", "minimum": 0, "maximum": 100}, reasons=_TEXTS),
            similar=_WHOLE,
        ),
        "OutlineEntry": _object(heading=_TEXT, level=_WHOLE, section=_TEXT, topics=_TEXTS, passages=_TEXTS),
        "WholeReport": _object(
            report=_ref("Report"),
            outline=_list("OutlineEntry"),
            passages=_list("Passage"),
            asides={"type": "array", "items": _object(text=_TEXT, reason=_TEXT)},
            copies=_TEXTS,
        ),
        "Reports": _object(reports=_list("Report")),
    }


def _answers() -> Json:
    piece = _object(text=_TEXT, match=_YES_NO)
    return {
        "Hit": _object(
            passage=_ref("Passage"),
            report=_ref("Report"),
            snippets={"type": "array", "items": {"type": "array", "items": piece}},
            score={"type": "number"},
            stands_for=_WHOLE,
        ),
        "FacetValue": _object(
            value={"type": ["string", "integer", "null"]}, count=_WHOLE, reports=_WHOLE, selected=_YES_NO
        ),
        "AllFacets": _object(**{facet.value: _list("FacetValue") for facet in Facet}),
        "Note": _object(kind=_TEXT, message=_TEXT, query=_TEXT_OR_NULL),
        "Results": _object(
            query=_TEXT,
            understood=_TEXT_OR_NULL,
            total=_WHOLE,
            reports=_WHOLE,
            listed=_WHOLE,
            page=_WHOLE,
            pages=_WHOLE,
            size=_WHOLE,
            sort=_one_of(Sort),
            collapse=_one_of(Collapse),
            exemplary=_YES_NO,
            also=_YES_NO,
            literal=_YES_NO,
            relaxed=_YES_NO,
            hits=_list("Hit"),
            facets=_ref("AllFacets"),
            notes=_list("Note"),
            without={"type": "array", "items": _object(facet=_TEXT, total=_WHOLE)},
            direct=_list("Report"),
            took_ms={"type": "number"},
            generation=_TEXT,
        ),
    }


def _neighbours() -> Json:
    """Return what the answers about a passage's neighbours and about exemplary practice hold."""
    beside = {
        "passage": _ref("Passage"),
        "report": _ref("Report"),
        "total": _WHOLE,
        "reports": _WHOLE,
        "listed": _WHOLE,
        "pages": _WHOLE,
        "generation": _TEXT,
    }
    part = _object(text=_TEXT, instead=_TEXT_OR_NULL)
    return {
        "Variant": _object(passage=_ref("Passage"), report=_ref("Report"), differs={"type": "array", "items": part}),
        "Similar": _object(**beside, hits=_list("Variant")),
        "Related": _object(**beside, hits=_list("Hit")),
        "Topic": _object(topic=_TEXT, total=_WHOLE, reports=_WHOLE, hits=_list("Hit")),
        "Practices": _object(
            total=_WHOLE, reports=_WHOLE, topics=_list("Topic"), facets=_ref("AllFacets"), generation=_TEXT
        ),
    }


def _narrowings() -> Json:
    return {
        "Facets": _object(facets=_ref("AllFacets"), total=_WHOLE, generation=_TEXT),
        "FacetValues": _object(facet=_one_of(Facet), values=_list("FacetValue"), total=_WHOLE, generation=_TEXT),
        "Suggestions": _object(
            suggestions={"type": "array", "items": _object(kind=_TEXT, text=_TEXT, count=_WHOLE, url=_TEXT)}
        ),
    }


def _states() -> Json:
    """Return what the answers about the index hold."""
    counted = _object(value={"type": ["string", "integer", "null"]}, count=_WHOLE, reports=_WHOLE)
    return {
        "Health": _object(status={"const": "ok"}, generation=_TEXT),
        "Status": _object(
            generation=_TEXT_OR_NULL,
            older=_TEXTS,
            reports=_WHOLE,
            passages=_WHOLE,
            built_at={"type": ["string", "null"], "format": "date-time"},
            needs_reindex=_YES_NO,
            reasons=_TEXTS,
            problem=_TEXT_OR_NULL,
            counts=_object(**{facet.value: {"type": "array", "items": counted} for facet in Facet}),
            warnings={"type": "array", "items": _object(path=_TEXT, warning=_TEXT)},
            failed={"type": "array", "items": _object(path=_TEXT, error=_TEXT, hint=_TEXT)},
            duplicates={"type": "array", "items": _object(path=_TEXT, of=_TEXT)},
        ),
    }


def _get(summary: str, answer: str, parameters: list[Json], *errors: int) -> Json:
    responses = {"200": {"description": summary, "content": _content(answer)}}
    for status in (*errors, "default"):  # the default: 405, 413, 414, 500
        responses[str(status)] = {"description": "不能回答，原因见 error", "content": _content("Error")}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _content(name: str) -> Json:
    return {"application/json": {"schema": _ref(name)}}


def _parameter(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _object(**properties: Json) -> Json:
    """Return an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _one_of(kind: type[Facet] | type[Sort] | type[Collapse]) -> Json:
    return {"enum": [item.value for item in kind]}
