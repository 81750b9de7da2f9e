"""The description of the JSON interface (OpenAPI 3.1), written by hand; a test holds every answer against it."""

from typing import Any

from search_app import __version__
from search_app.exporting.collection import MOST
from search_app.exporting.file_formats import FileFormat
from search_app.facets import FACETS
from search_app.model import REPORT_KIND, UNKNOWN, Collapse, Facet, Sort
from search_app.query import MAX_PASTED, MAX_QUERY, MAX_WINDOW
from search_app.web.api.basket_schemas import edit_schema
from search_app.web.api.schemas import TEXT, one_of, ref, schemas
from search_app.web.parameters import NOT, ORDER, ORDERED, Arrangement
from search_app.web.urls import SIZES
from search_app.web.view_models.care_lists import Care

Json = dict[str, Any]


def document(server: str) -> Json:
    """Return the whole description, for a server at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{REPORT_KIND}检索",
            "version": __version__,
            "description": "与网页相同的内容，以 JSON 给出，只用 GET；只有素材夹可以用 POST 改动。"
            "网页上的检索条件在这里同名同义。"
            "不认识的参数不起作用；认识的参数写了不能用的值，或只能写一个的写了几个，是 400。",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": schemas()},
    }


def _paths() -> Json:
    question = [*_question(), *_listing()]
    named = _in_path("report_id", "报告编号")
    facet = {"name": "name", "in": "path", "required": True, "schema": one_of(Facet)}
    code = _in_path("code", "引用码，如 7K3QF-9ZM2X-2XAB")
    explain = _parameter("explain", {"enum": ["0", "1"]}, "1 = 每段附上得分由哪几项得来")
    find = _parameter("find", TEXT, "只要含这些字，或读音是它（拼音、首字母）的值")
    order = _parameter("order", one_of(Arrangement), "count 按段数；name 按名称，地名按拼音")
    typed = _parameter("q", TEXT, "正在输入的字")
    return {
        "/api/v1/search": _get("检索段落", "Results", [*question, explain], 400, 404, 503),
        "/api/v1/reports": _get("全部报告", "Reports", [], 400, 503),
        "/api/v1/reports/{report_id}": _get("一份报告的目录和段落", "WholeReport", [named], 400, 404, 503),
        **_neighbours(question),
        "/api/v1/c/{code}": _get("引用码所指的文字现在在哪些报告里", "Cited", [code], 400, 404, 503),
        "/api/v1/exemplary": _get("各主题的典型做法", "Practices", [*_filters(), *_orders()], 400, 503),
        "/api/v1/export": _download(question),
        "/api/v1/facets": _get("一次检索的全部筛选值", "Facets", question, 400, 404, 503),
        "/api/v1/facets/{name}": _get(
            "一次检索的一类筛选值", "FacetValues", [facet, find, order, *question], 400, 404, 503
        ),
        "/api/v1/suggest": _get("输入提示：主题、地名和常用说法", "Suggestions", [typed], 400, 503),
        "/api/v1/status": _get("收录和索引状况；清单各列前一百条，共多少见 …_total", "Status", [], 400, 503),
        "/api/v1/status/{which}": _care(),
        "/api/v1/openapi.json": {"get": {"summary": "本说明", "responses": {"200": {"description": "本说明"}}}},
        **_baskets(),
        "/healthz": _get("是否能检索", "Health", [], 400, 503),
    }


def _neighbours(question: list[Json]) -> Json:
    """Return the addresses of what stands beside a passage, and of why it stands where it stands."""
    passage = _in_path("passage_id", "段落编号")
    return {
        "/api/v1/passages/{passage_id}/similar": _get(
            "与一段表述相近的段落，以及不同的字", "Similar", [passage, *question], 400, 404, 503
        ),
        "/api/v1/passages/{passage_id}/related": _get(
            "其他乡镇讲同一件事的段落",
            "Related",
            [passage, *_filters(), _sort(), *_orders(), *_paging()],
            400,
            404,
            503,
        ),
        "/api/v1/passages/{passage_id}/why": _get(
            "一段在这次检索里为什么排在这里：得分由哪几项得来", "Explained", [passage, *question], 400, 404, 503
        ),
    }


def _care() -> Json:
    """Describe the lists of what failed, what is a copy and what was remarked."""
    which = {"name": "which", "in": "path", "required": True, "schema": one_of(Care)}
    find = _parameter("find", TEXT, "只要文件名或提醒里含这些字的，几个词用空格隔开")
    leaf = _parameter("leaf", {"type": "integer", "minimum": 1}, "第几页")
    return _get("读不出来的、内容相同的文件，读取时的提醒：全部，分页", "CareList", [which, find, leaf], 400, 404, 503)


def _in_path(name: str, description: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": TEXT, "description": description}


def _download(question: list[Json]) -> Json:
    """Describe the files: of a search by its parameters, of a report or basket by its name alone."""
    formats = {"enum": [form.value for form in FileFormat]}
    named = [
        _parameter("report", TEXT, "报告编号：整份报告；写了它就不能再写检索条件"),
        _parameter("basket", TEXT, "current、编号或分享网址里的最后一段：整个素材夹；写了它就不能再写检索条件"),
    ]
    form = {"name": "format", "in": "query", "required": True, "schema": formats, "description": "文件格式"}
    binary = {"schema": {"type": "string", "format": "binary"}}
    told = _get(
        f"检索结果（最多 {MOST} 段）、一份报告或一个素材夹，导出为文件",
        "Error",
        [form, *named, *question],
        400,
        404,
        503,
    )
    told["get"]["responses"]["200"] = {
        "description": "文件；名称见 Content-Disposition",
        "headers": {"Content-Disposition": {"schema": TEXT}},
        "content": {form.media_type: binary for form in FileFormat},
    }
    return told


def _baskets() -> Json:
    """Return the addresses of baskets: cookies say whose they are, a token that an edit comes from who read them."""
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": TEXT,
        "description": "current = 正在用的；编号 = 这个浏览器的；或分享网址里的最后一段",
    }
    token = {"name": "X-Basket-Token", "in": "header", "required": True, "schema": TEXT}
    token["description"] = "GET 得到的 token，连同那时得到的 cookie"
    edit = _get("改动素材夹：一次一件，做完才回答", "BasketDone", [token], 400, 403, 404, 503)["get"]
    edit["requestBody"] = {"required": True, "content": {"application/json": {"schema": edit_schema()}}}
    edit["responses"]["409"] = {"description": "别处已改过，没有覆盖", "content": _content("BasketConflict")}
    return {
        "/api/v1/basket": {
            **_get("正在用的素材夹收了哪些段落，以及改动要带的 token", "BasketMarks", [], 400, 503),
            "post": edit,
        },
        "/api/v1/baskets": _get("这个浏览器的全部素材夹，以及移出后七天内能用 undo 撤销的", "Baskets", [], 400, 503),
        "/api/v1/baskets/{key}": _get("一个素材夹的全部内容，按收进时的文字", "Basket", [key], 400, 404, 503),
    }


def _filters() -> list[Json]:
    years = {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, {"const": UNKNOWN}]}
    schemas: Json = {facet.value: years if FACETS[facet].chronological else TEXT for facet in Facet}
    several = {name: {"type": "array", "items": schema} for name, schema in schemas.items()}
    return [
        *(_parameter(name, schema, "可重复，之间是“或”") for name, schema in several.items()),
        *(
            _parameter(f"{NOT}{name}", schema, "不要这些值；可重复，有其中任一个的都不列")
            for name, schema in several.items()
        ),
    ]


def _orders() -> list[Json]:
    said = "name = 这一类值按名称排列（地名按拼音），否则按段数"
    return [_parameter(f"{ORDER}{facet.value}", one_of(Arrangement), said) for facet in ORDERED]


def _sort() -> Json:
    return _parameter("sort", one_of(Sort), "排序；town = 按县、镇的拼音，同一个镇里新的年度在前")


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
        _parameter("since", TEXT, "只要这一代索引之后新增的段落；能写哪些代，见 /api/v1/status 的 generations"),
    ]


def _listing() -> list[Json]:
    return [
        _sort(),
        _parameter("collapse", one_of(Collapse), "折叠方式"),
        *_orders(),
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
