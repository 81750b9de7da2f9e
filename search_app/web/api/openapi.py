"""The description of the JSON interface (OpenAPI 3.1), written by hand; a test holds every answer against it."""

from typing import Any

from search_app import __version__
from search_app.facets import FACETS
from search_app.model import REPORT_KIND, UNKNOWN, Collapse, Facet, Sort
from search_app.query import MAX_PASTED, MAX_QUERY, MAX_WINDOW
from search_app.web.api.schemas import TEXT, one_of, ref, schemas
from search_app.web.urls import SIZES

Json = dict[str, Any]


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
        "components": {"schemas": schemas()},
    }


def _paths() -> Json:
    question = [*_question(), *_listing()]
    named = {"name": "report_id", "in": "path", "required": True, "schema": TEXT, "description": "报告编号"}
    facet = {"name": "name", "in": "path", "required": True, "schema": one_of(Facet)}
    passage = {"name": "passage_id", "in": "path", "required": True, "schema": TEXT, "description": "段落编号"}
    explain = _parameter("explain", {"enum": ["0", "1"]}, "1 = 每段附上得分由哪几项得来")
    find = _parameter("find", TEXT, "只要含这些字的值")
    typed = _parameter("q", TEXT, "正在输入的字")
    return {
        "/api/v1/search": _get("检索段落", "Results", [*question, explain], 400, 404, 503),
        "/api/v1/reports": _get("全部报告", "Reports", [], 400, 503),
        "/api/v1/reports/{report_id}": _get("一份报告的目录和段落", "WholeReport", [named], 400, 404, 503),
        "/api/v1/passages/{passage_id}/similar": _get(
            "与一段表述相近的段落，以及不同的字", "Similar", [passage, *question], 400, 404, 503
        ),
        "/api/v1/passages/{passage_id}/related": _get(
            "其他乡镇讲同一件事的段落", "Related", [passage, *_filters(), *_paging()], 400, 404, 503
        ),
        "/api/v1/passages/{passage_id}/why": _get(
            "一段在这次检索里为什么排在这里：得分由哪几项得来", "Explained", [passage, *question], 400, 404, 503
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
    years = {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, {"const": UNKNOWN}]}
    schemas: Json = {facet.value: years if FACETS[facet].chronological else TEXT for facet in Facet}
    return [
        _parameter(name, {"type": "array", "items": schema}, "可重复，之间是“或”") for name, schema in schemas.items()
    ]


def _question() -> list[Json]:
    switch = {"enum": ["0", "1"]}
    return [
        _parameter(
            "q",
            TEXT,
            f"检索词，写法与网页相同；超过 {MAX_QUERY} 个字的，或成句的一段话，"
            f"当作粘贴的文字，找说法与它相同或相近的段落，最多用 {MAX_PASTED} 个字",
        ),
        *_filters(),
        _parameter("exemplary", switch, "1 = 只看典型做法"),
        _parameter("also", switch, "0 = 只搜原词，不搜同义说法，也不列内容相近的段落"),
        _parameter("literal", switch, "1 = 照原样检索：不改错字，不猜意思，不列内容相近的段落"),
    ]


def _listing() -> list[Json]:
    return [
        _parameter("sort", one_of(Sort), "排序"),
        _parameter("collapse", one_of(Collapse), "折叠方式"),
        *_paging(),
    ]


def _paging() -> list[Json]:
    return [
        _parameter(
            "page",
            {"type": "integer", "minimum": 1, "maximum": MAX_WINDOW // min(SIZES)},
            f"页码；只能翻看前 {MAX_WINDOW} 段",
        ),
        _parameter("size", {"enum": list(SIZES)}, "每页条数"),
    ]


def _get(summary: str, answer: str, parameters: list[Json], *errors: int) -> Json:
    responses = {"200": {"description": summary, "content": _content(answer)}}
    for status in (*errors, "default"):  # the default: 405, 413, 414, 500
        responses[str(status)] = {"description": "不能回答，原因见 error", "content": _content("Error")}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _content(name: str) -> Json:
    return {"application/json": {"schema": ref(name)}}


def _parameter(name: str, schema: Json, description: str) -> Json:
    said = {"name": name, "in": "query", "schema": schema, "description": description}
    return said | {"allowEmptyValue": True}  # as forms send them: nothing is asked by it
