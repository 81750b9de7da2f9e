"""Security: which requests are let in, and what every answer tells the browser to refuse.

Pages hold text that strangers wrote into reports, so besides escaping, browsers are told to run no script and load
nothing but our own files. Which Host headers name this machine is asked in ``own_addresses``.
"""

import re
from threading import BoundedSemaphore

from flask import Flask, Request, Response, abort, g, has_request_context, request

from search_app.errors import SearchAppError
from search_app.settings import Settings
from search_app.web.own_addresses import OwnAddresses

MAX_BODY = 64 * 1024
#: An edit may be larger: a note that is far too long comes back with how much is too much, and nothing typed is lost.
MAX_EDIT = 512 * 1024
#: A pasted paragraph of 2,000 characters with a few ticked values is below this.
MAX_ADDRESS = 32 * 1024
#: So many characters the search box takes: more than are used, so that the answer says what was left out.
MAX_SENT = 3_000
#: Seconds that a request waits for its turn before the visitor is asked to come back: what is answered is to be there
#: within a second.
PATIENCE = 0.5
#: Requests that wait for their turn at most, and threads kept for what costs nothing: to tell a watcher that all is
#: well, and visitors that there is no room, at once, however many come.
WAITING, SPARE = 32, 16
METHODS = frozenset({"GET", "HEAD"})
#: A draft to be checked: a file of an office program with some photographs in it.
MAX_DRAFT = 10 * 1024 * 1024
#: Of a form's fields besides the file: a text of as many characters as can be checked is far below this.
MAX_DRAFT_TEXT = 2 * 1024 * 1024
#: Where something is kept: baskets, edited by forms and by programs. What may be edited is asked in ``visitor``.
EDITED = re.compile(r"/(api/v1/)?basket")
#: Where a draft is sent to be checked; nothing of it is kept.
CHECKED = re.compile(r"/(api/v1/)?draft")

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Busy(SearchAppError):
    """More searches are under way than this machine answers in good time."""

    http_status = 503
    code = "busy"
    default_hint = "请过十秒再试。"


class Gate:
    """Lets only so many requests that cost run at once; some wait a little for their turn, the others are sent away.

    A request that was let in keeps its place until :meth:`leave`, which the app calls at its end: making the page costs
    as much as the search, and nobody who was let in is sent away halfway. Outside requests a place is kept for the
    block. What takes seconds (files, drafts) has at most half of the places, so that searches are never all kept out.
    Whoever waits holds a thread of the server, so there are threads for all that run and wait and :data:`SPARE` more:
    what costs nothing, such as telling a watcher that all is well, never stands in line behind what does.
    """

    def __init__(self, places: int, *, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self.threads = places + waiting + SPARE
        self._places = BoundedSemaphore(places)
        self._long = BoundedSemaphore(max(1, places // 2))
        self._room = BoundedSemaphore(places + waiting)
        self._patience = patience

    def __enter__(self) -> None:
        if has_request_context():
            if not g.get("let_in", False):
                long = takes_long(request)
                self._let_in(long=long)
                g.let_in, g.is_long = True, long
        else:
            self._let_in()

    def __exit__(self, *_: object) -> None:
        if not has_request_context():
            self._let_out()

    def leave(self, _: BaseException | None = None) -> None:
        """Give back the place of the current request, which ends."""
        if g.pop("let_in", False):
            self._let_out(long=g.is_long)

    def _let_in(self, *, long: bool = False) -> None:
        if not self._room.acquire(blocking=False):
            raise Busy("现在检索的人太多，暂时排不上")
        if long and not self._long.acquire(timeout=self._patience):
            self._room.release()
            raise Busy("现在导出文件、检查草稿的人较多，暂时排不上")
        if not self._places.acquire(timeout=self._patience):
            self._let_out_of_line(long=long)
            raise Busy("现在检索的人较多，暂时排不上")

    def _let_out(self, *, long: bool = False) -> None:
        self._places.release()
        self._let_out_of_line(long=long)

    def _let_out_of_line(self, *, long: bool) -> None:
        if long:
            self._long.release()
        self._room.release()


def guard(app: Flask, settings: Settings) -> None:
    """Check every request of the app before it is answered, and dress every answer in the headers."""
    own = OwnAddresses(settings)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )

    @app.before_request
    def check() -> None:
        if not own.hold(request.host):
            abort(400, "host")
        if request.method not in METHODS and not (request.method == "POST" and takes_post(request.path)):
            abort(405)
        drafted = request.method == "POST" and CHECKED.fullmatch(request.path) is not None
        most = MAX_DRAFT if drafted else MAX_EDIT if request.method == "POST" else MAX_BODY
        request.max_content_length = most
        request.max_form_memory_size = min(most, MAX_DRAFT_TEXT)
        if (request.content_length or 0) > most:
            abort(413)
        if len(request.full_path) > MAX_ADDRESS:
            abort(414)

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        return response


def takes_long(asked: Request) -> bool:
    """Tell whether a request may take seconds: a file of all that is found, a draft that is checked."""
    return asked.path.endswith("/export") or (asked.method == "POST" and CHECKED.fullmatch(asked.path) is not None)


def takes_post(path: str) -> bool:
    """Tell whether something may be sent to an address: an edit, or a draft to be checked."""
    return EDITED.fullmatch(path) is not None or CHECKED.fullmatch(path) is not None


def wants_json(asked: Request) -> bool:
    """Tell whether errors of this request are answered as JSON."""
    return asked.path.startswith("/api/") or asked.path == "/healthz"
