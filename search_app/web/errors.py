"""Errors as answers: every error as a page or as JSON, with the status and the way on.

Nothing of the machine's inside comes out: an error that nobody foresaw is logged and answered with one plain sentence.
"""

import logging
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from search_app.errors import (
    BadSearch,
    IndexProblem,
    NoSuchGeneration,
    NoSuchPage,
    NoSuchText,
    NothingToSearch,
    SearchAppError,
)
from search_app.searching import Request
from search_app.web import urls
from search_app.web.leaves import NoSuchLeaf
from search_app.web.parameters import LABELS, BadParameter
from search_app.web.refusals import Refusals
from search_app.web.security import CHECKED, MAX_DRAFT, Busy, takes_post, wants_json

#: Of a page with pages, what its links keep beside the question.
_PASSED_ON = ("back", "n")

log = logging.getLogger(__name__)

#: Seconds after which a visitor may try again: an index takes a while to build, a queue does not.
RETRY_INDEX, RETRY_BUSY = 60, 10

_HTTP = {
    400: ("bad_request", "这个请求看不懂", "请回到检索页重新查起。"),
    404: ("not_found", "没有这个页面", "请检查网址，或回到检索页。"),
    405: ("method_not_allowed", "这里只能查看，不能提交", "请用普通链接或检索框打开页面。"),
    413: ("too_large", "提交的内容太大", "检索只需要几个词，一条备注最多 2,000 个字。请返回上一页，缩短后再提交。"),
    414: ("address_too_long", "网址太长", "请减少检索词或筛选条件；粘贴的文字一次最多 2,000 个字。"),
    503: ("unavailable", "暂时不能检索", "请稍后再试。"),
}
_HOST = (
    "untrusted_host",
    "网址里的主机名或地址不是本服务的",
    "请用运行本服务的电脑的 IP 地址或本机名访问。要用别的名字或地址（例如经过反向代理、端口转发），"
    '请管理员把它写进 search-app.toml：hosts = ["主机名或地址"]，或设环境变量 SEARCH_APP_HOSTS，再重新启动。',
)
_LARGE_DRAFT = (
    "draft_too_large",
    f"文件太大，一次最多 {MAX_DRAFT // 2**20} MB",
    "请只留报告正文、去掉照片后另存，或把正文复制出来，直接粘贴到框里。按浏览器的“后退”可以回到刚才的页面。",
)
_FAULT = ("internal", "程序出了意外的错误", "请回到检索页再试；若反复出现，请把时间和操作告诉管理员，日志里有详情。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, as a visitor reads it; ``way_on`` is the address that helps most."""

    status: int
    code: str
    message: str
    hint: str = ""
    way_on: str | None = None
    way_on_text: str = ""
    retry_after: int | None = None
    allow: str | None = None


def register(app: Flask) -> None:
    """Let the app answer errors with our pages and our JSON."""
    refusals = Refusals()

    @app.errorhandler(SearchAppError)
    def known(error: SearchAppError) -> Response:
        if error.http_status >= 500:
            refusals.tell(error.code, error.message)
        return answer(describe(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        code, message, hint = _HTTP.get(status, _FAULT if status >= 500 else _HTTP[400])
        if error.description == "host":
            code, message, hint = _HOST
        draft = status == 413 and CHECKED.fullmatch(request.path) is not None
        if draft:
            code, message, hint = _LARGE_DRAFT
        allow = ("GET, HEAD, POST" if takes_post(request.path) else "GET, HEAD") if status == 405 else None
        problem = Problem(status=status, code=code, message=message, hint=hint, allow=allow)
        return answer(replace(problem, way_on="/draft", way_on_text="回到查稿") if draft else problem)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("unforeseen error at %s", request.url_rule, exc_info=error)  # an address may hold what is secret
        code, message, hint = _FAULT
        return answer(Problem(status=500, code=code, message=message, hint=hint))


def describe(error: SearchAppError) -> Problem:
    """Return one of our own errors as a visitor reads it."""
    problem = Problem(status=error.http_status, code=error.code, message=error.message, hint=error.hint)
    if isinstance(error, NoSuchLeaf):
        return replace(problem, way_on=error.url, way_on_text=f"去最后一页（第 {error.last} 页）")
    if isinstance(error, NoSuchPage):
        return replace(problem, way_on=_last_page(error.last), way_on_text=f"去最后一页（第 {error.last} 页）")
    if isinstance(error, NoSuchGeneration):
        return replace(problem, way_on=_whenever(), way_on_text="不管什么时候收录的，都列出来")
    if isinstance(error, NoSuchText):
        typed = urls.clean(request.path.rpartition("/")[2])
        way_on = urls.build(Request(text=typed, literal=True))
        return replace(problem, way_on=way_on, way_on_text=f"把“{typed}”当普通文字检索")
    if isinstance(error, BadParameter):
        return replace(problem, way_on=_without(error.name), way_on_text="去掉这一项，其余照旧")
    if isinstance(error, NothingToSearch):
        return problem
    if isinstance(error, BadSearch):
        bare = None if "q" in request.args else _bare_page()
        if bare is not None:
            return replace(problem, way_on=bare, way_on_text="去掉全部条件，重新看这一页")
        return replace(problem, way_on=_words_only(), way_on_text="去掉全部条件，只按检索词重新查")
    if isinstance(error, Busy):
        return replace(problem, retry_after=RETRY_BUSY)
    if isinstance(error, IndexProblem):
        return replace(problem, retry_after=RETRY_INDEX)
    return problem


def answer(problem: Problem) -> Response:
    """Return the problem as a page, or as JSON where JSON was asked for."""
    if wants_json(request):
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        response = make_response(jsonify({"error": error}), problem.status)
    else:
        text = urls.clean(request.args.get("q", ""))
        response = make_response(render_template("error.html", problem=problem, text=text), problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.allow is not None:
        response.headers["Allow"] = problem.allow
    return response


def _last_page(last: int) -> str | None:
    try:
        asked = urls.parse(request.args.to_dict(flat=False), allowed=_PASSED_ON)
    except BadSearch:
        return None
    return urls.build(replace(asked.request, page=max(last, 1)), path=request.path, **asked.extra)


def _without(wrong: str) -> str:
    """Return the address that was asked for without the parameter that is wrong, and without what we do not know."""
    given = request.args.to_dict(flat=False)
    kept = [(name, urls.clean(text)) for name, texts in given.items() for text in texts]
    query = urlencode([(name, text) for name, text in kept if name in LABELS and name != wrong])
    return request.path + (f"?{query}" if query else "")


def _whenever() -> str | None:
    asked = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "since"}
    try:
        return urls.build(urls.parse(asked).request)
    except BadSearch:
        return _words_only()


def _bare_page() -> str | None:
    """Return the page that was asked for (that of a file, where one was) without parameters; None at the search."""
    return request.path.removesuffix("/export").rstrip("/") or None


def _words_only() -> str:
    return urls.build(Request(text=urls.clean(request.args.get("q", ""))))
