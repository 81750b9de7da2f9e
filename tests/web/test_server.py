"""Serving: the address is said, a taken port is said, and the server answers."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from search_app.errors import ConfigError
from search_app.settings import Settings
from search_app.web import serve
from search_app.web.app import templates

SERVE = """
import sys
import time
from pathlib import Path
from search_app.settings import Settings
from search_app.web import server, create_app
from tests.web import sample

def slow():
    print("asked", file=sys.stderr, flush=True)
    time.sleep(1)
    return "answered"

def with_slow(settings):
    app = create_app(settings, engine=sample.engine())
    app.add_url_rule("/slow", view_func=slow)
    return app

server.create_app = with_slow
server.serve(Settings(corpus=Path(sys.argv[1]), port=int(sys.argv[2])))
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(corpus: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server; yield it and the address that it says."""
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "ignore", "-c", SERVE, str(corpus), str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, encoding="utf-8") as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            address = re.search(r"http://\S+/", said)
            assert address, said
            yield server, address.group()
        finally:
            server.kill()


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310
        return str(response.read().decode())


def test_the_address_is_printed_and_answers(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as (_, address):
        assert '"status":"ok"' in fetched(address + "healthz")

    assert address == f"http://127.0.0.1:{port}/"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in one way only")
def test_what_is_under_way_is_answered_when_the_server_is_told_to_end(tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as (server, address), ThreadPoolExecutor() as browser:
        answer = browser.submit(fetched, address + "slow")
        assert server.stderr is not None
        assert "asked\n" in iter(server.stderr.readline, "")
        server.terminate()
        server.terminate()

        assert answer.result() == "answered"
        assert server.wait(timeout=20) == 0


def test_a_taken_port_is_said_in_plain_words_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError) as refused:
            serve(Settings(port=port))

    assert f"端口 {port} 已被别的程序占用" in refused.value.message
    assert "--port" in refused.value.hint


def test_a_host_that_is_not_ours_is_said_in_plain_words() -> None:
    with pytest.raises(ConfigError) as refused:
        serve(Settings(host="192.0.2.1", port=free_port()))

    assert "不能用" in refused.value.message


def test_the_pages_of_the_checkout_are_found() -> None:
    assert (templates() / "search.html").is_file()


def raw(address: str, *sent: bytes) -> str:
    """Return what the server answers to bytes that no browser would send."""
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for piece in sent:
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


HEAD = b"HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("line", "status", "way_on"),
    [
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400, "重新查起"),
        (b"GET /".ljust(256 * 1024, b"a"), 431, "请减少检索词"),
        (b"POST /draft HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "普通浏览器"),
    ],
)
def test_what_the_server_refuses_itself_is_said_in_plain_words(
    line: bytes, status: int, way_on: str, tmp_path: Path
) -> None:
    with serving(tmp_path, free_port()) as (_, address):
        answer = raw(address, line)

    assert answer.startswith(f"HTTP/1.{answer[7]} {status} ")
    assert way_on in answer


def test_an_upload_far_too_large_is_answered_and_not_cut_off(tmp_path: Path) -> None:
    size = 60 * 2**20
    with serving(tmp_path, free_port()) as (_, address):
        answer = raw(address, b"POST /draft %sContent-Length: %d\r\n\r\n" % (HEAD, size), *[b"x" * 2**20] * 60)

    assert answer.startswith("HTTP/1.1 413 ")
    assert "文件太大，一次最多 10 MB" in answer


def test_an_address_with_unescaped_letters_is_taken_as_if_escaped(tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as (_, address):
        answers = [raw(address, b"GET /%s %s\r\n" % (name, HEAD)) for name in ("没有".encode(), b"%E6%B2%A1%E6%9C%89")]

    assert [answer[:12] for answer in answers] == ["HTTP/1.1 404"] * 2
