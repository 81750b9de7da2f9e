"""Server processes: several answer at one address, none stays away, all end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

_PATIENCE = 60.0


@contextmanager
def telling(workers: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server of so many processes; yield it and its port."""
    command = [sys.executable, "-m", "tests.web.telling_processes", str(workers)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        try:
            assert server.stdout is not None
            yield server, int(server.stdout.readline())
        finally:
            server.kill()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)


def two_numbers(port: int) -> set[str]:
    """Return the numbers of two processes: each holds a connection while the other is asked."""
    with connect(port) as one, connect(port) as other:
        one.sendall(b"who")
        other.sendall(b"who")
        return {one.recv(16).decode(), other.recv(16).decode()}


def all_numbers(port: int) -> set[str]:
    """Return the numbers of all processes that take one of two connections, once both do."""
    until = time.monotonic() + _PATIENCE
    while len(seen := two_numbers(port)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    return seen


def is_refused(port: int) -> bool:
    """Tell whether nobody listens any more, after waiting for it."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(TimeoutError):
            try:
                connect(port).close()
            except ConnectionRefusedError:
                return True
            except ConnectionResetError:  # whoever listened is ending
                pass
        time.sleep(0.05)
    return False


def test_several_processes_answer_and_one_that_dies_is_replaced() -> None:
    with telling(2) as (_, port):
        first = all_numbers(port)
        with connect(port) as one:
            one.sendall(b"die")
        then = all_numbers(port)

    assert len(first) == len(then) == 2
    assert len(first & then) == 1


def test_all_processes_end_when_the_server_is_told_to() -> None:
    with telling(2) as (server, port):
        all_numbers(port)
        server.terminate()
        server.wait(_PATIENCE)

        assert is_refused(port)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in one way only")
def test_what_is_under_way_is_answered_where_all_processes_are_told_to_end() -> None:
    with telling(2) as (server, port), connect(port) as one:
        one.sendall(b"slow")
        taken_by = int(one.recv(16))
        os.kill(taken_by, signal.SIGTERM)
        assert one.recv(16) == b"told"
        server.terminate()

        assert one.recv(16) == b"whole"
        assert server.wait(_PATIENCE) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in one way only")
def test_no_process_outlives_a_server_that_is_killed() -> None:
    with telling(2) as (server, port):
        all_numbers(port)
        os.kill(server.pid, signal.SIGKILL)
        server.wait(_PATIENCE)

        assert is_refused(port)


def test_processes_that_keep_dying_end_the_server_with_a_reason() -> None:
    with telling(0) as (server, _):
        _, said = server.communicate(timeout=_PATIENCE)

    assert server.returncode == 1
    assert "应答进程反复退出" in said
