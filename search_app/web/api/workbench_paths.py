"""Paths of the workbench: the addresses of what comes after finding, from baskets to figures."""

from search_app.model import TOPICS
from search_app.web.api.basket_schemas import edit_schema
from search_app.web.api.compare_schemas import compared_names, matrix_names
from search_app.web.api.figures_schemas import figures_parameters
from search_app.web.api.operations import content, file_operation, operation, parameter, question
from search_app.web.api.schema_parts import TEXT, Json
from search_app.web.api.years_schemas import LEAF_PARAMETER, YEARS_PARAMETERS


def years_paths(named: Json) -> Json:
    """Return the addresses of two reports opposite each other."""
    path, asked = "/api/v1/reports/{report_id}/years", [parameter(*each) for each in YEARS_PARAMETERS]
    rows = [named, *asked, parameter(*LEAF_PARAMETER)]
    return {
        path: operation("一份报告与上年的（或另一份）逐段对照", "YearsComparison", rows, 400, 404, 503),
        f"{path}/export": file_operation("对照的结果，导出为文件", [named, *asked]),
    }


def baskets_paths() -> Json:
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
    edit = operation("改动素材夹：一次一件，做完才回答", "BasketDone", [token], 400, 403, 404, 503)["get"]
    edit["requestBody"] = {"required": True, "content": {"application/json": {"schema": edit_schema()}}}
    edit["responses"]["409"] = {"description": "别处已改过，没有覆盖", "content": content("BasketConflict")}
    return {
        "/api/v1/basket": {
            **operation("正在用的素材夹收了哪些段落，以及改动要带的 token", "BasketMarks", [], 400, 503),
            "post": edit,
        },
        "/api/v1/baskets": operation(
            "这个浏览器的全部素材夹，以及移出后七天内能用 undo 撤销的", "Baskets", [], 400, 503
        ),
        "/api/v1/baskets/{key}": operation("一个素材夹的全部内容，按收进时的文字", "Basket", [key], 400, 404, 503),
    }


def reviews_paths() -> Json:
    """Return the addresses of the county wall."""
    asked = [
        parameter("year", {"type": "integer", "minimum": 1000, "maximum": 9999}, "年度；不写就是最近有报告的一年"),
        parameter("county", TEXT, "县（区、市）；不写就列各县的合计，只有一个县时就是它"),
        parameter("town", TEXT, "乡镇（街道）：列它的各个年度"),
    ]
    return {
        "/api/v1/review": operation(
            "报告体检：各乡镇的四个部分有没有、单薄不单薄、与谁相同，按时没有；pending 是还没有核对的",
            "Review",
            asked,
            400,
            404,
            503,
        ),
        "/api/v1/review/export": file_operation("报告体检，导出为文件", asked),
    }


def comparisons_paths() -> Json:
    """Return the addresses of what stands side by side."""
    compared, axes = ([parameter(*each) for each in names] for names in (compared_names(), matrix_names()))
    return {
        "/api/v1/compare": operation("几段或几份报告并排对照", "Compared", compared, 400, 404, 503),
        "/api/v1/matrix": operation("主题 × 乡镇、县或年度各有几段", "Matrix", [*axes, *question()], 400, 404, 503),
    }


def figures_paths() -> Json:
    """Return the addresses of what the reports count."""
    asked = [parameter(*one) for one in figures_parameters()]
    return {
        "/api/v1/figures": operation(
            "报告里数的是什么、有多少：各种数据的条数，以及一页一页的数、原句和出处", "Figures", asked, 400, 404, 503
        ),
        "/api/v1/figures/export": file_operation("报告里的数据，导出为文件，一行一个数", asked),
    }


def pictures_paths() -> Json:
    """Return the addresses of what pages draw."""
    county = parameter("county", TEXT, "只看一个县（区、市）")
    year = parameter("year", {"type": "integer", "minimum": 1000, "maximum": 9999}, "只看一年")
    town = parameter("town", TEXT, "乡镇（街道）；几个县都有同名的镇时再写 county")
    topic = parameter("topic", {"enum": ["", *TOPICS]}, "只看一个主题")
    return {
        "/api/v1/topics": operation("各主题历年有多少报告写到", "TopicHistories", [topic, county], 400, 404, 503),
        "/api/v1/profile": operation(
            "一个镇各主题写了多少，与同县各乡镇的中位数比", "TopicProfile", [county, town, year], 400, 404, 503
        ),
        "/api/v1/coverage": operation("收录了哪些镇、哪些年，各有多少段", "Coverage", [county], 400, 404, 503),
    }
