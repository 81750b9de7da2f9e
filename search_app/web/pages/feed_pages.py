"""The Atom feed of a question: whoever subscribes to it learns of new passages without searching again."""

from dataclasses import replace
from hashlib import sha256

from flask import Blueprint, Response, make_response, render_template, request

from search_app import __version__
from search_app.engines.base import Status
from search_app.engines.lineage import find_generation
from search_app.errors import BadSearch
from search_app.model import Collapse, Sort
from search_app.searching import Request
from search_app.web import urls
from search_app.web.answers import answer
from search_app.web.security import Busy
from search_app.web.state import site
from search_app.web.view_models.feed import view_feed
from search_app.web.view_models.find_again import FEED, feed_url

feeds = Blueprint("feeds", __name__)

#: So many passages are listed.
ENTRIES = 50
#: What lists are ordered and cut by; a feed has an order of its own.
_OF_LISTS = ("sort", "collapse", "page", "size")


@feeds.get(FEED)
def feed() -> Response:
    """List what a question finds, newest first: what holds all that is asked for, nothing that is only near."""
    parameters = request.args.to_dict(flat=False)
    for name in _OF_LISTS:
        if name in parameters:
            hint = f"请去掉“{name}”；订阅总是新收录的在前，列出最新的 {ENTRIES} 段。"
            raise BadSearch(f"订阅的网址里不能写“{name}”", hint=hint)
    asked = urls.parse(parameters).request
    status = site().engine.status()
    if asked.since is not None:
        find_generation(asked.since, status)  # what is refused is so whatever the reader holds
    tag = _tag(asked, status)
    if request.if_none_match.contains_weak(tag):
        return _dressed(Response(status=304), tag, status)
    listing = replace(asked, strict=True, sort=Sort.ADDED, collapse=Collapse.NONE, size=ENTRIES)
    results = answer(listing)
    if results.partial:  # a feed that leaves something out would never tell of it
        raise Busy("时间用完了，没有来得及查完", hint="请过一会儿再读这个订阅，或请管理员把 time_budget 调大。")
    shown = view_feed(results, asked, status, host=request.host_url.rstrip("/"))
    response = make_response(render_template("feed.xml", feed=shown))
    response.mimetype = "application/atom+xml"
    _dressed(response, tag, status).make_conditional(request)
    return response


def _tag(asked: Request, status: Status) -> str:
    """Return what changes when the feed may: the generation, the question, the address of the server, the program."""
    what = (status.current.id, feed_url(asked), request.host_url, __version__)
    return sha256("\n".join(what).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _dressed(response: Response, tag: str, status: Status) -> Response:
    response.set_etag(tag, weak=True)  # a strong one would be another one compressed, and never come back as given
    response.last_modified = status.current.built_at
    return response
