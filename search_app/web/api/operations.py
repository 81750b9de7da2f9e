"""Operations of the description: what every address says of its parameters and answers."""

from search_app.exporting.file_formats import FileFormat
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Collapse, Facet, Sort
from search_app.query import MAX_PASTED, MAX_QUERY, MAX_WINDOW
from search_app.web.api.schema_parts import TEXT, Json, one_of, ref
from search_app.web.parameters import NOT, ORDER, ORDERED, Arrangement
from search_app.web.urls import MAX_PAGE, SIZES


def operation(summary: str, answer: str, parameters: list[Json], *errors: int) -> Json:
    """Return an address that is read: what answers, and what else may come back."""
    responses = {"200": {"description": summary, "content": content(answer)}}
    for status in (*errors, "default"):  # the default: 405, 413, 414, 500
        responses[str(status)] = {"description": "不能回答，原因见 error", "content": content("Error")}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def file_operation(summary: str, parameters: list[Json]) -> Json:
    """Describe what is answered as a file, in the format that is named."""
    formats = {"enum": [form.value for form in FileFormat]}
    form = {"name": "format", "in": "query", "required": True, "schema": formats, "description": "文件格式"}
    binary = {"schema": {"type": "string", "format": "binary"}}
    told = operation(summary, "Error", [form, *parameters], 400, 404, 503)
    told["get"]["responses"]["200"] = {
        "description": "文件；名称见 Content-Disposition",
        "headers": {"Content-Disposition": {"schema": TEXT}},
        "content": {form.media_type: binary for form in FileFormat},
    }
    return told


def content(name: str) -> Json:
    """Return the content of an answer in JSON, by the name of its schema."""
    return {"application/json": {"schema": ref(name)}}


def parameter(name: str, schema: Json, description: str) -> Json:
    """Return a parameter of the query string."""
    said = {"name": name, "in": "query", "schema": schema, "description": description}
    return said | {"allowEmptyValue": True}  # as forms send them: nothing is asked by it


def in_path(name: str, description: str) -> Json:
    """Return a parameter that is part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": TEXT, "description": description}


def filters() -> list[Json]:
    """Return the filters of every facet, and what excludes their values."""
    years = {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, {"const": UNKNOWN}]}
    schemas: Json = {facet.value: years if FACETS[facet].chronological else TEXT for facet in Facet}
    several = {name: {"type": "array", "items": schema} for name, schema in schemas.items()}
    return [
        *(parameter(name, schema, "可重复，之间是“或”") for name, schema in several.items()),
        *(
            parameter(f"{NOT}{name}", schema, "不要这些值；可重复，有其中任一个的都不列")
            for name, schema in several.items()
        ),
        all_genres(),
    ]


def all_genres() -> Json:
    """Return what undoes that an index of several genres is searched for annual reports alone."""
    said = "1 = 全部文种都查；不写时，资料里有几种文件的，只查年度报告（指定了 genre 的除外）"
    return parameter("all_genres", {"enum": ["0", "1"]}, said)


def orders() -> list[Json]:
    """Return in which order the values of facets are listed."""
    said = "name = 这一类值按名称排列（地名按拼音），否则按段数"
    return [parameter(f"{ORDER}{facet.value}", one_of(Arrangement), said) for facet in ORDERED]


def sort() -> Json:
    """Return the order of the passages."""
    return parameter("sort", one_of(Sort), "排序；town = 按县、镇的拼音，同一个镇里新的年度在前")


def question() -> list[Json]:
    """Return what is asked for."""
    switch = {"enum": ["0", "1"]}
    return [
        parameter(
            "q",
            TEXT,
            f"检索词，写法与网页相同；超过 {MAX_QUERY} 个字的，或成句的一段话，"
            f"当作粘贴的文字，找说法与它相同或相近的段落，最多用 {MAX_PASTED} 个字",
        ),
        *filters(),
        parameter("exemplary", switch, "1 = 只看典型做法"),
        parameter("also", switch, "0 = 只搜原词，不搜同义说法，也不列内容相近的段落"),
        parameter("literal", switch, "1 = 照原样检索：不改错字，不猜意思，不列内容相近的段落"),
        parameter("since", TEXT, "只要这一代索引之后新增的段落；能写哪些代，见 /api/v1/status 的 generations"),
    ]


def listing() -> list[Json]:
    """Return how what is found is listed."""
    return [
        sort(),
        parameter("collapse", one_of(Collapse), "折叠方式"),
        *orders(),
        *paging(),
    ]


def paging() -> list[Json]:
    """Return which page is meant, and how long it is."""
    return [
        parameter(
            "page",
            {"type": "integer", "minimum": 1, "maximum": MAX_WINDOW // min(SIZES)},
            f"页码；只能翻看前 {MAX_WINDOW} 段",
        ),
        parameter("size", {"enum": list(SIZES)}, "每页条数"),
    ]


def leaf() -> Json:
    """Return the number of a page of a fixed length."""
    return parameter("page", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}, "页码")
