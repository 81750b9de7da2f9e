"""A way to a real cluster that breaks where a test wants it to: before a request arrives, or before its answer does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

import urllib3


class Breaks(StrEnum):
    """Where the way breaks."""

    BEFORE = auto()
    AFTER = auto()


#: method, path -> where the way breaks for this request, None = nowhere.
Breaking: TypeAlias = Callable[[str, str], Breaks | None]


class Way:
    """The address to ask at, and where the way breaks; a test may change it at any time."""

    def __init__(self, breaking: Breaking) -> None:
        self.url = ""
        self.breaking = breaking


@contextmanager
def broken_way(url: str, breaking: Breaking) -> Iterator[Way]:
    """Run a server that hands every request on to the cluster, and every answer back, as far as it may."""
    way = Way(breaking)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(way, urllib3.PoolManager(), url))
    server.daemon_threads = True
    way.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield way
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def first(breaks: Breaks, *, method: str, path: str) -> Breaking:
    """Return a way that breaks for the first request of a kind only."""
    broken: list[str] = []

    def breaking(asked: str, at: str) -> Breaks | None:
        if asked == method and path in at and not broken:
            broken.append(at)
            return breaks
        return None

    return breaking


def _handler(way: Way, pool: urllib3.PoolManager, url: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits for word that its head has come

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            breaks = way.breaking(self.command, self.path)
            if breaks is Breaks.BEFORE:
                self.close_connection = True
                return
            kind = {"content-type": self.headers.get("content-type") or "application/json"}
            told = pool.request(self.command, url + self.path, body=body, headers=kind, retries=False)
            if breaks is Breaks.AFTER:
                self.close_connection = True
                return
            self.send_response(told.status)
            self.send_header("content-type", told.headers.get("content-type", "application/json"))
            self.send_header("content-length", str(len(told.data)))
            self.end_headers()
            self.wfile.write(told.data)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the library calls them so

        def do_HEAD(self) -> None:
            told = pool.request("HEAD", url + self.path, retries=False)
            self.send_response(told.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
