"""The description of the JSON interface (OpenAPI 3.1), written by hand; a test holds every answer against it."""

from search_app import __version__
from search_app.exporting.collection import MOST
from search_app.model import REPORT_KIND, Facet
from search_app.web.api.draft_schemas import describe_draft
from search_app.web.api.operations import (
    file_operation,
    filters,
    in_path,
    leaf,
    listing,
    operation,
    orders,
    paging,
    parameter,
    question,
    sort,
)
from search_app.web.api.schema_parts import TEXT, Json, one_of
from search_app.web.api.schemas import schemas
from search_app.web.api.workbench_paths import (
    baskets_paths,
    comparisons_paths,
    figures_paths,
    pictures_paths,
    reviews_paths,
    years_paths,
)
from search_app.web.parameters import Arrangement
from search_app.web.view_models.care_lists import Care


def document(server: str) -> Json:
    """Return the whole description, for a server at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{REPORT_KIND}检索",
            "version": __version__,
            "description": "与网页相同的内容，以 JSON 给出，只用 GET；只有素材夹可以用 POST 改动，"
            "草稿用 POST 送来检查（不保存）。"
            "网页上的检索条件在这里同名同义。"
            "不认识的参数不起作用；认识的参数写了不能用的值，或只能写一个的写了几个，是 400。",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": schemas()},
    }


def _paths() -> Json:
    asked = [*question(), *listing()]
    named = in_path("report_id", "报告编号")
    facet = {"name": "name", "in": "path", "required": True, "schema": one_of(Facet)}
    code = in_path("code", "引用码，如 7K3QF-9ZM2X-2XAB")
    explain = parameter("explain", {"enum": ["0", "1"]}, "1 = 每段附上得分由哪几项得来")
    find = parameter("find", TEXT, "只要含这些字，或读音是它（拼音、首字母）的值")
    order = parameter("order", one_of(Arrangement), "count 按段数；name 按名称，地名按拼音")
    typed = parameter("q", TEXT, "正在输入的字")
    return {
        "/api/v1/search": operation("检索段落", "Results", [*asked, explain], 400, 404, 503),
        "/api/v1/reports": operation("全部报告", "Reports", [], 400, 503),
        "/api/v1/reports/{report_id}": operation("一份报告的目录和段落", "WholeReport", [named], 400, 404, 503),
        **years_paths(named),
        **_neighbours(asked),
        **pictures_paths(),
        "/api/v1/c/{code}": operation("引用码所指的文字现在在哪些报告里", "Cited", [code], 400, 404, 503),
        "/api/v1/exemplary": operation("各主题的典型做法", "Practices", [*filters(), *orders()], 400, 503),
        "/api/v1/export": _download(asked),
        "/api/v1/facets": operation("一次检索的全部筛选值", "Facets", asked, 400, 404, 503),
        "/api/v1/facets/{name}": operation(
            "一次检索的一类筛选值", "FacetValues", [facet, find, order, *asked], 400, 404, 503
        ),
        "/api/v1/suggest": operation("输入提示：主题、地名和常用说法", "Suggestions", [typed], 400, 503),
        "/api/v1/status": operation("收录和索引状况；清单各列前一百条，共多少见 …_total", "Status", [], 400, 503),
        "/api/v1/status/{which}": _care(),
        "/api/v1/openapi.json": {"get": {"summary": "本说明", "responses": {"200": {"description": "本说明"}}}},
        **baskets_paths(),
        **reviews_paths(),
        **comparisons_paths(),
        "/api/v1/draft": describe_draft(),
        **figures_paths(),
        "/metrics": _metrics(),
        "/healthz": operation("是否能检索", "Health", [], 400, 503),
    }


def _neighbours(asked: list[Json]) -> Json:
    """Return the addresses of what stands beside a passage, and of why it stands where it stands."""
    passage = in_path("passage_id", "段落编号")
    return {
        "/api/v1/passages/{passage_id}/similar": operation(
            "与一段表述相近的段落，以及不同的字", "Similar", [passage, *asked], 400, 404, 503
        ),
        "/api/v1/passages/{passage_id}/related": operation(
            "其他乡镇讲同一件事的段落",
            "Related",
            [passage, *filters(), sort(), *orders(), *paging()],
            400,
            404,
            503,
        ),
        "/api/v1/passages/{passage_id}/history": operation(
            "一段的来历：最早是谁写的，谁可能取自谁，各改了什么；kinship 是 kept 沿用本镇早年的，taken 可能来自别的镇，"
            "derived 来自更早的一段而乡镇未识别，alone 之前没有相近的，undated 年度未识别",
            "Genealogy",
            [passage, leaf()],
            400,
            404,
            503,
        ),
        "/api/v1/passages/{passage_id}/why": operation(
            "一段在这次检索里为什么排在这里：得分由哪几项得来", "Explained", [passage, *asked], 400, 404, 503
        ),
    }


def _care() -> Json:
    """Describe the lists of what failed, what is a copy and what was remarked."""
    which = {"name": "which", "in": "path", "required": True, "schema": one_of(Care)}
    find = parameter("find", TEXT, "只要文件名或提醒里含这些字的，几个词用空格隔开")
    leaf = parameter("leaf", {"type": "integer", "minimum": 1}, "第几页")
    return operation(
        "读不出来的、内容相同的文件，读取时的提醒：全部，分页", "CareList", [which, find, leaf], 400, 404, 503
    )


def _metrics() -> Json:
    """Describe the metrics, which are text."""
    told = operation("运行状况的数字，Prometheus 的文本格式；没有打开 metrics 设置时是 404", "Error", [], 400, 404)
    text = {"description": "每行一个数", "content": {"text/plain": {"schema": TEXT}}}
    told["get"]["responses"]["200"] = text
    return told


def _download(asked: list[Json]) -> Json:
    """Describe the files: of a search by its parameters, of a report or basket by its name alone."""
    named = [
        parameter("report", TEXT, "报告编号：整份报告；写了它就不能再写检索条件"),
        parameter("basket", TEXT, "current、编号或分享网址里的最后一段：整个素材夹；写了它就不能再写检索条件"),
    ]
    told = f"检索结果（最多 {MOST} 段）、一份报告或一个素材夹，导出为文件"
    return file_operation(told, [*named, *asked])
