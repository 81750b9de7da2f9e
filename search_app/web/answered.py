"""Answered requests: what every answer was and how long it took, for whoever writes it down or counts it.

In: the app as the server calls it. Out: the same, and one :class:`Answered` for each request, once its last byte was
handed over. Of the address only the rule is told (``/reports/<report_id>``): what stands in an address may be what
somebody searches for, or the secret of a basket that is shared. What an app asks of itself to get warm is not told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Request
from werkzeug.wsgi import ClosingIterator

from search_app.keeping import log_file

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: What is told of an address that no rule fits.
UNKNOWN = "unknown"
#: Of what was searched for so many characters are written down.
_MOST_TYPED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request that was answered: ``page`` is the kind of page (the endpoint), ``size`` bytes, None where not told.

    ``typed`` is what was searched for.
    """

    method: str
    page: str
    rule: str
    status: int
    size: int | None
    seconds: float
    typed: str


def telling(app: "WSGIApplication", *listeners: Callable[[Answered], None]) -> "WSGIApplication":
    """Return an app that answers as this one does and tells the listeners of every answer."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = perf_counter()
        head: dict[str, Any] = {"status": 500, "headers": {}, "asked": None}

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            named = {name.lower(): value for name, value in headers}
            # The request is asked for now: what made the answer forgets it before the last byte is handed over.
            head.update(status=int(status[:3]), headers=named, asked=environ.get("werkzeug.request"))
            return start_response(status, headers, *rest)

        def tell() -> None:
            method = str(environ.get("REQUEST_METHOD", ""))
            told = _described(method=method, seconds=perf_counter() - began, **head)
            for listener in listeners:
                listener(told)

        return ClosingIterator(app(environ, start), [tell])

    return answer


def _described(
    *, method: str, status: int, headers: Mapping[str, str], asked: Request | None, seconds: float
) -> Answered:
    rule = asked.url_rule if asked is not None else None
    size = headers.get("content-length", "")
    return Answered(
        method=method,
        page=rule.endpoint if rule is not None else UNKNOWN,
        rule=rule.rule if rule is not None else UNKNOWN,
        status=status,
        size=int(size) if size.isdecimal() else None,
        seconds=seconds,
        typed=asked.args.get("q", "") if asked is not None else "",
    )


def write_down(told: Answered) -> None:
    """Write an answer into the log file, without what was searched for."""
    log_file.record(_line(told))


def write_down_with_query(told: Answered) -> None:
    """Write an answer into the log file, with the beginning of what was searched for."""
    log_file.record(_line(told) + (f" q={told.typed[:_MOST_TYPED]}" if told.typed else ""))


def _line(told: Answered) -> str:
    size = "-" if told.size is None else told.size
    return f"request {told.method} {told.rule} status={told.status} bytes={size} seconds={told.seconds:.3f}"
