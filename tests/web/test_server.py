"""Serving: the address is said, a taken port is said, and the server answers."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from search_app.errors import ConfigError
from search_app.settings import Settings
from search_app.web import serve
from search_app.web.app import templates

SERVE = """
import sys
from pathlib import Path
from search_app.settings import Settings
from search_app.web import server, create_app
from tests.web import sample
server.create_app = lambda settings: create_app(settings, engine=sample.engine())
server.serve(Settings(corpus=Path(sys.argv[1]), port=int(sys.argv[2])))
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_address_is_printed_and_answers(tmp_path: Path) -> None:
    root, port = Path(__file__).parents[2], free_port()
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "ignore", "-c", SERVE, str(tmp_path), str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, encoding="utf-8") as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            address = re.search(r"http://\S+/", said)
            assert address, said
            with urllib.request.urlopen(address.group() + "healthz", timeout=20) as response:  # noqa: S310
                assert response.status == 200
        finally:
            server.terminate()

    assert address.group() == f"http://127.0.0.1:{port}/"


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
