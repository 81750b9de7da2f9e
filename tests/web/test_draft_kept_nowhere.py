"""A draft is kept nowhere: no file holds any of it, after a check, a failed reading, or a server that was killed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from search_app.settings import Settings
from tests.readers.ole_files import ole
from tests.web.test_basket_survives import TOWNS, free_port, index, write

#: Nobody writes this by chance; a file of any kind that holds it has kept a draft.
SECRET = "绝密字句甲乙丙丁戊己庚辛壬癸"  # noqa: S105 - words of a draft
DRAFT = f"渡口镇2024年法治政府建设年度报告\n一、主要举措和成效\n{SECRET}，全年走访42户。\n"
#: No reader of ours takes this apart: where the corpus holds such a file, an office suite converts a copy of it.
WORD_95 = ole({"WordDocument": b"\xdc\xa5\x68\x00" + DRAFT.encode("gb18030") * 20})
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


class Server:
    """The program as it is run, in folders of its own for all that it might write."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.log = folder / "server.log"
        (folder / "tmp").mkdir()
        command = [sys.executable, "-m", "search_app", "serve", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--index", str(folder / "index"), "--corpus", str(folder / "corpus")],
                cwd=folder, stdout=log, stderr=log,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "tmp"))},
            )  # fmt: skip

    def send(self, body: bytes, kind: str, *, wait: bool = True) -> int:
        """Send a draft and return the status; without waiting, 0."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/api/v1/draft", body, {"Content-Type": kind})
        status = connection.getresponse().status if wait else 0
        connection.close()
        return status

    def wait(self) -> None:
        for _ in range(300):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                return
            finally:
                connection.close()
        raise AssertionError("the server does not come up")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    for town in TOWNS:
        write(settings, town)
    index(settings)
    found = Server(tmp_path)
    found.wait()
    yield found
    found.process.kill()
    found.process.wait()


def form(name: str, data: bytes, beside: bytes = b"") -> tuple[bytes, str]:
    """Return a form with a file in it, another beside it, and its content type."""
    head = '--x\r\nContent-Disposition: form-data; name="{}"; filename="{}"\r\n\r\n'
    parts = head.format("file", name).encode() + data + b"\r\n" + head.format("beside", "b").encode() + beside
    return parts + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def holding(folder: Path) -> list[Path]:
    """Return the files below a folder that hold any of the draft."""
    secrets = [SECRET.encode(each) for each in ENCODINGS]
    files = (each for each in folder.rglob("*") if each.is_file())
    return [each for each in files if any(secret in each.read_bytes() for secret in secrets)]


@pytest.mark.index_folder
def test_no_file_holds_anything_of_a_draft_that_was_checked_or_could_not_be_read(server: Server) -> None:
    large = DRAFT.encode() * 30_000  # more than a server holds in memory where it is not told otherwise
    statuses = [
        server.send(DRAFT.encode(), "text/plain"),
        server.send(*form("a.txt", DRAFT.encode(), large)),
        server.send(*form("a.docx", b"PK\x03\x04" + DRAFT.encode())),
        server.send(*form("a.exe", DRAFT.encode())),
        server.send(*form("a.doc", WORD_95)),
    ]

    assert statuses[:2] == [200, 200]
    assert set(statuses[2:]) <= {400, 415}
    assert holding(server.folder) == []
    assert [each.name for each in (server.folder / "tmp").rglob("*") if each.is_file()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which files a program has open")
def test_the_answer_is_held_in_memory_while_a_slow_browser_fetches_it(server: Server) -> None:
    file, kind = form("a.txt", DRAFT.encode())
    typed = SECRET * 40_000  # what stood in the box beside a file comes back with the answer
    body = f'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n{typed}\r\n'.encode() + file
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        head = f"POST /draft HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        slow.sendall(head.encode() + body)
        answer = HTTPResponse(slow)
        answer.begin()  # and no byte of the page is read
        time.sleep(0.5)
        answer.close()
        opened = [
            str(each.readlink()) for each in Path(f"/proc/{server.process.pid}/fd").iterdir() if each.is_symlink()
        ]

    assert int(answer.headers["Content-Length"]) > 1 << 20
    assert [each for each in opened if str(server.folder / "tmp") in each] == []


def test_a_server_that_is_killed_while_it_checks_leaves_nothing_of_the_draft(server: Server) -> None:
    body, kind = form("a.txt", DRAFT.encode() * 500)

    for _ in range(3):
        server.send(body, kind, wait=False)
    server.process.kill()
    server.process.wait()

    assert holding(server.folder) == []
    assert [each.name for each in (server.folder / "tmp").rglob("*") if each.is_file()] == []
