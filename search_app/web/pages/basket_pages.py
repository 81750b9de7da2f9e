"""Basket pages: one's own basket, a shared one, and every edit as a form that works without scripts.

An edit answers with the way back to the page it came from, where the next page tells what was done. What cannot be done
is answered with a page that still shows what was typed, ready to be sent again.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search_app.collecting import limits, was
from search_app.errors import BadBasket, BasketConflict, ForgedEdit, SearchAppError
from search_app.web import baskets, urls, visitor
from search_app.web.baskets import find_basket
from search_app.web.edits import Done, Edit, perform, read_edit
from search_app.web.errors import describe
from search_app.web.state import site
from search_app.web.view_models import basket_view, export_links
from search_app.web.visitor import Said

collected = Blueprint("basket", __name__, url_prefix="/basket")

#: The fields of an edit that a page sends again by itself.
_SENT_AGAIN = ("do", "basket", "entry", "before", "to", "passages", "share")
#: What is asked once more before it is done.
ASKED = ("empty", "delete")


@collected.get("")
def basket() -> ResponseReturnValue:
    """Show a basket of this browser, the one in use where none is named, or ask before it is emptied or deleted."""
    named, ask = request.args.get("basket", ""), request.args.get("ask", "")
    if ask not in ("", *ASKED):
        raise BadBasket(f"不知道要问什么：{urls.clean(ask)[:20]}", hint="请打开素材夹重新来。")
    browser = visitor.browser()
    labels = site().baskets.labels(browser) if browser is not None else ()
    found = find_basket(named or baskets.CURRENT) if named or labels else None
    if ask and found is not None:
        return render_template("basket_ask.html", asked=found, ask=ask, text="")
    shown = basket_view.view(found, baskets.stand(found)) if found is not None else None
    removals = site().baskets.removals(browser) if browser is not None else ()
    return render_template(
        "basket.html",
        shown=shown,
        labels=labels,
        others=basket_view.others(labels, shown.number) if shown is not None else (),
        exports=export_links.of_basket(str(shown.number)) if shown is not None else None,
        tampered=visitor.tampered(),
        recalled=len(visitor.recall()) if not labels else 0,
        removals=[(each.number, basket_view.say_removal(each), each.at) for each in removals],
        limits=limits,
        own=True,
        text="",
    )


@collected.get("/<share>")
def shared(share: str) -> ResponseReturnValue:
    """Show a basket that somebody shared, to be read only."""
    found = site().baskets.shared(share)
    response = make_response(
        render_template(
            "basket.html",
            shown=basket_view.view(found, baskets.stand(found)),
            share=share,
            exports=export_links.of_basket(share),
            limits=limits,
            own=False,
            text="",
        )
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@collected.post("")
def edit() -> ResponseReturnValue:
    """Do one edit and lead back to where it was asked for."""
    fields = request.form.to_dict()
    back, asked = way_back(fields.get("back", "")), None
    try:
        visitor.check_edit(fields.get("token", ""))
        asked = read_edit(fields)
        done = perform(asked)
    except SearchAppError as error:
        return _refuse(error, fields, back)
    response = make_response(redirect(_landing(asked, done, back), 303))
    return visitor.say(response, Said(text=done.message, removal=done.removal))


def way_back(address: str) -> str:
    """Return an address of ours to lead back to: what could lead elsewhere is the basket instead."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/basket"
    safe = address.startswith("/") and "//" not in address.partition("?")[0] and not parts.scheme and not parts.netloc
    plain = address.isascii() and address.isprintable() and not set(address) & set('\\ "<>')
    return address.partition("#")[0] if safe and plain and not address.startswith("/api/") else "/basket"


def _landing(asked: Edit, done: Done, back: str) -> str:
    """Return the address of the place where an edit was asked for."""
    if asked.do == "adopt":
        return f"/basket?basket={done.basket}"
    if back.partition("?")[0] != "/basket":
        return f"{back}#c-{asked.passages[0]}" if asked.passages else back
    if done.basket is None:
        return "/basket"
    place = done.near or done.entry
    return f"/basket?basket={done.basket}" + (f"#e-{place}" if place is not None else "")


def _refuse(error: SearchAppError, fields: dict[str, str], back: str) -> Response:
    """Answer what cannot be done: with what was typed, and where it may be sent again, a form that does so."""
    problem = describe(error)
    typed, current = fields.get("text", ""), error.current if isinstance(error, BasketConflict) else None
    foreign = isinstance(error, ForgedEdit) and not fields.get("token")
    again = {name: value for name, value in fields.items() if name in _SENT_AGAIN}
    if current is not None:
        again |= {"do": again["do"] if again.get("do") == "rename" else "note", "was": was(current)}
    elif "was" in fields:
        again["was"] = fields["was"]
    response = make_response(
        render_template(
            "basket_refused.html",
            problem=problem,
            typed=typed,
            current=current,
            again=None if foreign or (problem.status in (404, 503) and not typed) else again,
            back_to=back,
            text="",
        ),
        problem.status,
    )
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response
