"""A server on this machine that answers as a cluster would that is in trouble: what a real one is hardly made to do."""

import json
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ROOT = {"version": {"distribution": "opensearch", "number": "2.19.6"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer: a status, what it says, after how many seconds; ``cut`` ends the connection without a word."""

    status: int = 200
    body: Any = field(default_factory=dict)
    after: float = 0.0
    cut: bool = False


def failed(status: int, kind: str, reason: str = "") -> Said:
    """Return an answer in which OpenSearch says what went wrong."""
    return Said(status=status, body={"error": {"type": kind, "reason": reason, "root_cause": []}, "status": status})


@dataclass(slots=True, kw_only=True)
class Fake:
    """Where the server is and what it was asked: method, path, headers; the root is answered apart."""

    url: str
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def fake_cluster(*answers: Said, root: Said | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Fake]:
    """Run a server that gives these answers in turn, the last of them again and again."""
    fake = Fake(url="")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake, answers, root or Said(body=ROOT)))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    fake.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    ended.clear()
    try:
        yield fake
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


#: Set when a slow answer need not be waited for any longer.
ended = threading.Event()


def _handler(fake: Fake, answers: Sequence[Said], root: Said) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            self.rfile.read(size)
            if self.path == "/":
                said = root
            else:
                said = answers[min(len(fake.asked), len(answers) - 1)]
                fake.asked.append((self.command, self.path, dict(self.headers)))
            ended.wait(said.after)
            if said.cut:
                self.close_connection = True
                return
            body = said.body.encode() if isinstance(said.body, str) else json.dumps(said.body).encode()
            self.send_response(said.status)
            self.send_header("content-type", "text/html" if isinstance(said.body, str) else "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - the library calls them so

        def handle(self) -> None:
            try:
                super().handle()
            except (OSError, ssl.SSLError):  # who asks did not trust us
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
