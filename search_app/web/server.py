"""The server: the app on a production WSGI server that runs wherever Python does."""

import errno
import gc
import logging
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask

from search_app import __version__
from search_app.errors import ConfigError
from search_app.keeping.log_file import logging_to, record
from search_app.settings import Settings
from search_app.system_reasons import why_no_address
from search_app.web import state
from search_app.web.answered import telling, write_down, write_down_with_query
from search_app.web.app import create_app
from search_app.web.processes import answer_in_processes, ended_in_order
from search_app.web.security import MAX_DRAFT
from search_app.web.warming import keep_warm

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: More than the answer to any draft: longer ones are put into a file for slow browsers.
MAX_ANSWER = 64 * 1024 * 1024
#: Connections that one process holds open: browsers keep theirs, and whoever finds none waits without being told.
CONNECTIONS = 1_000
#: Connections that may wait to be taken.
BACKLOG = 1_024
#: Seconds that a thread computes before another has its turn (Python's own are 5 ms): the thread that reads and writes
#: at all sockets needs a turn for each, behind all that compute.
TURN = 0.001
#: So many new objects are made before Python looks for rings of garbage among them (its own are 700; processes that are
#: started for answers begin with those): an answer makes tens of thousands, and nearly all go by themselves.
NEW_OBJECTS = 100_000


def serve(settings: Settings) -> None:
    """Answer requests until interrupted. Raises ConfigError where the address cannot be used."""
    with logging_to(settings.log_file, with_queries=settings.log_queries):
        app = create_app(settings)  # even where others answer: what is wrong with the settings is said once, and here
        listener = _listener(settings)
        print(f"检索页面已就绪：{_shown(settings)}（按 Ctrl+C 停止）", file=sys.stderr, flush=True)
        record(f"serve started version={__version__} address={settings.host}:{settings.port}")
        try:
            if settings.workers == 1:
                with ended_in_order():
                    _answer(app, settings, listener)
            else:
                answer_in_processes(settings, listener, answer)
        finally:
            record("serve ended")


def answer(settings: Settings, listener: socket.socket) -> None:
    """Answer at a socket in this process, one of several, until interrupted."""
    with logging_to(settings.log_file, with_queries=settings.log_queries):
        _answer(create_app(settings), settings, listener)


def _answer(app: Flask, settings: Settings, listener: socket.socket) -> None:
    from waitress.server import create_server

    from search_app.web.wire_refusals import Channel

    logging.basicConfig()
    _forbid_core_dumps()
    sys.setswitchinterval(TURN)
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    keep_warm(app)
    try:
        server = create_server(
            _told(app, settings),
            sockets=[listener],
            threads=state.of(app).gate.threads,
            connection_limit=CONNECTIONS,
            backlog=BACKLOG,
            ident="search-app",
            max_request_body_size=2 * MAX_DRAFT,  # the app refuses from less on, in its own words
            inbuf_overflow=2 * MAX_DRAFT,  # what is sent stays in memory: of a draft nothing is written to the disk,
            outbuf_overflow=MAX_ANSWER,  # nor of the answer, which holds the draft, while a slow browser fetches it
            clear_untrusted_proxy_headers=True,
        )
        server.channel_class = Channel
        server.run()
    finally:
        state.of(app).last_years.end()


def _told(app: Flask, settings: Settings) -> "WSGIApplication":
    """Return the app as the server calls it: what it answers is written down and counted where that is asked for."""
    listeners = []
    if settings.log_file is not None:
        listeners.append(write_down_with_query if settings.log_queries else write_down)
    counted = state.of(app).metrics
    if counted is not None:
        listeners.append(counted.count)
    return telling(app, *listeners) if listeners else app


def _forbid_core_dumps() -> None:
    """Have the system write no image of the memory, which may hold a draft, should this process crash."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _listener(settings: Settings) -> socket.socket:
    """Return a socket that listens at the address, opened here so that a failure can be said in plain words."""
    where = f"{settings.host}:{settings.port}"
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
    except OSError as error:
        raise ConfigError(f"地址 {where} 不能用：{why_no_address(error)}", hint="请检查 --host。") from error
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise ConfigError(
                f"端口 {settings.port} 已被别的程序占用",
                hint=f"请换一个端口，例如 --port {settings.port % 65000 + 1}。",
            ) from error
        raise ConfigError(f"地址 {where} 不能用：{why_no_address(error)}", hint="请检查 --host 和 --port。") from error
    return listener


def _shown(settings: Settings) -> str:
    host = settings.host
    if host in ("0.0.0.0", "::"):  # noqa: S104 - recognised, not bound
        return f"http://127.0.0.1:{settings.port}/ ，同网的电脑请用本机的 IP 地址或 http://{socket.gethostname()}:{settings.port}/"
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
