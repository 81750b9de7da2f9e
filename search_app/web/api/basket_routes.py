"""The API of baskets: the same edits as the forms, as JSON; whoever edits first asks for a token and sends it along."""

from flask import Blueprint, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from search_app import json_shapes
from search_app.errors import BadBasket, BasketConflict, ForgedEdit
from search_app.web import baskets, visitor
from search_app.web.edits import perform, read_edit
from search_app.web.state import site

basket_api = Blueprint("basket_api", __name__, url_prefix="/api/v1")

TOKEN = "X-Basket-Token"  # noqa: S105 - the name of a header
_HOW = f"先用 GET 取 /api/v1/basket，把答复里的 token 写进 {TOKEN}，连同答复给的 cookie 一起发送。"


@basket_api.get("/basket")
def basket() -> ResponseReturnValue:
    """Return which passages the basket in use holds, and the token that an edit must carry."""
    browser = visitor.keep_browser()
    return jsonify(json_shapes.marks(site().baskets.marks(browser), visitor.token()))


@basket_api.get("/baskets")
def baskets_of_browser() -> ResponseReturnValue:
    """Return all baskets of this browser, and what can be brought back into them."""
    browser = visitor.browser()
    if browser is None:
        return jsonify(json_shapes.labels((), ()))
    return jsonify(json_shapes.labels(site().baskets.labels(browser), site().baskets.removals(browser)))


@basket_api.get("/baskets/<key>")
def whole_basket(key: str) -> ResponseReturnValue:
    """Return a basket with all it holds: ``current``, one of this browser's, or a shared one by its token."""
    found = baskets.find_basket(key)
    return jsonify(json_shapes.basket(found, baskets.stand(found), shared=key == found.share))


@basket_api.post("/basket")
def edit() -> ResponseReturnValue:
    """Do one edit; what it is done to, and with what, stands in a JSON object under the names of the forms' fields."""
    token = request.headers.get(TOKEN, "")
    if not token and not visitor.is_foreign():  # a program that has not read how; our pages always send one
        raise ForgedEdit(f"没有改动：请求没有带令牌（{TOKEN}）", hint=_HOW)
    visitor.check_edit(token)
    fields = request.get_json(silent=True)
    if not isinstance(fields, dict):
        raise BadBasket("请求里没有 JSON 对象", hint='例如 {"do": "add", "passages": ["0123456789ab-1"]}。')
    try:
        done = perform(read_edit(fields))
    except BasketConflict as conflict:
        error = {"code": conflict.code, "message": conflict.message, "hint": conflict.hint}
        return make_response(jsonify({"error": error, "current": conflict.current}), conflict.http_status)
    marks = json_shapes.marks(site().baskets.marks(visitor.keep_browser()), visitor.token())
    return jsonify(
        json_shapes.edited(done.message, marks, of=done.basket, entry=done.entry, removal=done.removal, was=done.was)
    )
