"""Security: which requests are let in, and what every answer tells the browser to refuse.

Pages hold text that strangers wrote into reports, so besides escaping, browsers are told to run no script and load
nothing but our own files. The surprise: a Host header that is an IP address is always accepted, because a clerk opens
the page under whatever address a colleague's machine has, and an attack by rebinding a name needs a name.
"""

import ipaddress
import socket
from threading import BoundedSemaphore

from flask import Flask, Request, Response, abort, request

from search_app.errors import SearchAppError
from search_app.settings import Settings

MAX_BODY = 64 * 1024
#: A question of 256 characters with 250 ticked values is far below this.
MAX_ADDRESS = 32 * 1024
#: Seconds that a search waits for its turn before the visitor is asked to come back.
PATIENCE = 5.0
METHODS = frozenset({"GET", "HEAD"})

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
    """Lets only so many searches run at once; the others wait a little, then are sent away with a 503."""

    def __init__(self, places: int, *, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(places)
        self._patience = patience

    def __enter__(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            raise Busy("现在检索的人较多，暂时排不上")

    def __exit__(self, *_: object) -> None:
        self._places.release()


def guard(app: Flask, settings: Settings) -> None:
    """Check every request of the app before it is answered, and dress every answer in the headers."""
    names = frozenset({"localhost", settings.host.lower(), socket.gethostname().lower(), *settings.hosts})
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )

    @app.before_request
    def check() -> None:
        if not trusted(request.host, names):
            abort(400, "host")
        if request.method not in METHODS:
            abort(405)
        if (request.content_length or 0) > MAX_BODY:
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


def trusted(host: str, names: frozenset[str]) -> bool:
    """Tell whether a Host header names this machine: an IP address, or one of its names, with or without a port."""
    name = host.lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


def wants_json(asked: Request) -> bool:
    """Tell whether errors of this request are answered as JSON."""
    return asked.path.startswith("/api/") or asked.path == "/healthz"
