"""Two browsers with two windows each edit while the server is killed again and again: nothing acknowledged is lost."""

import random
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError

import pytest

from search_app.collecting import was
from search_app.indexing import report_id
from search_app.settings import Settings
from tests.web.test_basket_survives import TOWNS, Remote, free_port, index, start, write

EDITS, KILLS = 60, 4


class Window(Thread):
    """Adds headings and writes notes to an entry of its own; what was not acknowledged it looks up and goes on from."""

    def __init__(self, remote: Remote, name: str, basket: int, entry: int) -> None:
        super().__init__(daemon=True)
        self.remote, self.basket, self.entry, self.name = remote, basket, entry, name
        self.headings: list[str] = []
        self.note, self.cut_off = "", 0
        self.wrong: list[str] = []

    def run(self) -> None:
        for number in range(EDITS):
            text = f"{self.name} {number}"
            try:
                if number % 2:
                    self._edit(do="heading", text=text)
                    self.headings.append(text)
                else:
                    self._edit(do="note", entry=self.entry, text=text, was=was(self.note))
                    self.note = text
            except (URLError, ConnectionError, TimeoutError, HTTPException):
                self.cut_off += 1
                self.remote.start()
                self._look_up(text)

    def _edit(self, **fields: Any) -> None:
        self.remote.ask("/basket", {"basket": self.basket, **fields})

    def _look_up(self, attempted: str) -> None:
        kept = notes(items(self.remote, self.basket))[self.entry]
        if kept not in (self.note, attempted):
            self.wrong.append(f"{kept} instead of {self.note}")
        self.note = kept


def items(remote: Remote, basket: int) -> list[Any]:
    for _ in range(300):
        try:
            found: list[Any] = remote.ask(f"/baskets/{basket}")["items"]
        except (URLError, ConnectionError, TimeoutError, HTTPException):  # killed again just now
            time.sleep(0.1)
        else:
            return found
    raise AssertionError("the server does not come up")


def notes(found: list[Any]) -> dict[int, str]:
    return {each["entry"]: each["collected"]["note"] for each in found if each["collected"]}


def opened(port: int, name: str) -> list[Window]:
    """Return the two windows of a new browser that has collected two passages."""
    remote = Remote(port)
    remote.start()
    done = [remote.ask("/basket", {"do": "add", "passages": [f"{report_id(f'{TOWNS[0]}.txt')}-{at}"]}) for at in (1, 2)]
    return [Window(remote, f"{name}{each['entry']}", each["basket"], each["entry"]) for each in done]


@pytest.mark.index_folder
def test_windows_of_two_browsers_lose_nothing_acknowledged_however_often_the_server_is_killed(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", time_budget=0)
    write(settings, TOWNS[0])
    index(settings)
    port, moments = free_port(), random.Random(12)
    server = start(settings, port)
    try:
        windows = [*opened(port, "甲"), *opened(port, "乙")]
        for window in windows:
            window.start()
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.05, 0.3))
            server.kill()
            server.wait(10)
            server = start(settings, port)
            Remote(port).start()
        for window in windows:
            window.join(60)

        assert sum(window.cut_off for window in windows), "killed too late to try anything"
        for window in windows:
            found = items(window.remote, window.basket)
            kept = Counter(each["heading"] for each in found if not each["collected"])
            assert not window.is_alive()
            assert window.wrong == []
            assert [kept[heading] for heading in window.headings] == [1] * len(window.headings)
            assert notes(found)[window.entry] == window.note
    finally:
        server.kill()
        server.wait(10)
