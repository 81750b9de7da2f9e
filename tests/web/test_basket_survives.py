"""What was acknowledged is kept: through kill -9 in the middle of edits, a restart, and an index that moved on."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app import checking
from search_app.collecting import was
from search_app.engines import open_engine
from search_app.indexing import report_id, update
from search_app.settings import Settings
from search_app.web import create_app
from tests.web.collecting_from_pages import Program, browser_cookie, close
from tests.web.reading_pages import page, text

_REPORT = """芷川县{town}2023年度法治政府建设情况的报告
2023年，{town}坚持依法行政，现将有关情况报告如下。
一、主要举措和成效
（一）化解矛盾纠纷。建立“茶馆议事角”机制，组织调解员12名，全年调解矛盾纠纷{cases}件，成功率达到98%。
（二）规范行政执法。执法人员全部持证上岗，全年开展行政执法检查三十次，办理案件五件。
（三）普法宣传。编排小品十二个，在集市和学校演出二十场，发放手册三千份。
二、存在的不足
普法宣传形式单一，年轻人参与不多。
芷川县{town}人民政府
2024年1月20日
"""
TOWNS = ("湖口镇", "溪口镇", "岔口镇", "渡口镇")
EDITS = 200
#: A part that comes before what is collected, so that its passages get other numbers.
MORE = "一、履行第一责任人职责\n镇党委书记主持召开法治建设专题会议四次，研究解决问题十二个。\n"


def write(settings: Settings, town: str, *, cases: int = 42, text: str = "") -> None:
    settings.corpus.mkdir(exist_ok=True)
    (settings.corpus / f"{town}.txt").write_text(text or _REPORT.format(town=town, cases=cases), encoding="utf-8")


def index(settings: Settings, *, rebuild: bool = False) -> None:
    engine = open_engine(settings.index)
    update(engine, settings.corpus, index=settings.index, rebuild=rebuild)
    engine.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", time_budget=0)
    for town in TOWNS:
        write(made, town)
    index(made)
    return made


class Remote:
    """A program that edits baskets over a socket, and remembers what was acknowledged."""

    def __init__(self, port: int) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._address = f"http://127.0.0.1:{port}/api/v1"
        self.token = ""

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> Any:
        body = None if fields is None else json.dumps(fields).encode()
        headers = {"Content-Type": "application/json", "X-Basket-Token": self.token}
        with self._opener.open(Request(self._address + path, body, headers), timeout=10) as answer:  # noqa: S310 - ours
            return json.load(answer)

    def start(self) -> None:
        """Wait until the server answers, and take a token."""
        for _ in range(300):
            try:
                self.token = self.ask("/basket")["token"]
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not come up")


def start(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "search_app", "serve", "--port", str(port)]
    command += ["--index", str(settings.index), "--corpus", str(settings.corpus)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.index_folder
def test_a_server_that_is_killed_in_the_middle_of_two_hundred_edits_loses_nothing_acknowledged(
    settings: Settings,
) -> None:
    port, acknowledged = free_port(), []
    server, remote = start(settings, port), Remote(port)
    try:
        remote.start()
        passages = [f"{report_id(f'{town}.txt')}-{number}" for town in TOWNS for number in (1, 2, 3)]
        entries = [remote.ask("/basket", {"do": "add", "passages": [each]})["entry"] for each in passages]
        notes = dict.fromkeys(entries, "")
        killer = Timer(0.02, server.kill)
        for number in range(EDITS):
            if number == EDITS // 3:
                killer.start()
            entry = entries[number % len(entries)]
            edit = {"do": "note", "basket": 1, "entry": entry, "text": f"第{number}次", "was": was(notes[entry])}
            try:
                remote.ask("/basket", edit)
            except (URLError, HTTPException, OSError):  # also half an answer is none
                break
            notes[entry] = f"第{number}次"
            acknowledged.append(number)
        killer.join()
        server.wait(10)
        server = start(settings, port)
        remote.start()

        kept = {each["entry"]: each["collected"]["note"] for each in remote.ask("/baskets/current")["items"]}
        last = f"第{len(acknowledged)}次"  # was perhaps kept, and not acknowledged any more
        assert EDITS // 3 <= len(acknowledged) < EDITS, "killed too late to try anything"
        assert {entry: note for entry, note in kept.items() if note != last} == {
            entry: note for entry, note in notes.items() if kept[entry] != last
        }
        assert set(kept) == set(entries)
    finally:
        server.kill()
        server.wait(10)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    close(made)
    made.extensions["search-app"].engine.close()


def states(program: Program) -> list[tuple[str, str]]:
    items = program.basket()["items"]
    return [(each["collected"]["passage"]["text"][:6], each["collected"]["state"]) for each in items]


def collect_all(client: FlaskClient) -> Program:
    program = Program(client)
    program.add(*(f"{report_id(f'{town}.txt')}-2" for town in TOWNS))
    return program


def test_a_basket_outlives_reports_that_changed_moved_or_went(app: Flask, settings: Settings) -> None:
    program = collect_all(app.test_client())
    before = [each["collected"]["passage"]["text"] for each in program.basket()["items"]]
    write(settings, "溪口镇", cases=57)
    write(settings, "岔口镇", text=_REPORT.format(town="岔口镇", cases=42).replace("一、主要", MORE + "二、主要"))
    (settings.corpus / "渡口镇.txt").unlink()
    index(settings)

    assert [state for _, state in states(program)] == ["same", "changed", "moved", "gone"]
    assert [each["collected"]["passage"]["text"] for each in program.basket()["items"]] == before
    shown = page(program.client.get("/basket"))
    assert text(shown, "//li[2]//span[@class='state is-changed']") == "原文已改动"
    assert text(shown, "//li[2]//details[@class='differs']//del") == "42"
    assert text(shown, "//li[2]//details[@class='differs']//ins") == "57"
    assert text(shown, "//li[4]//span[@class='state is-gone']") == "原文已不在"
    assert len(shown.xpath("//li[@data-entry]//div[@class='text']")) == 4


def test_a_basket_outlives_an_index_that_is_deleted_and_built_anew(app: Flask, settings: Settings) -> None:
    program = collect_all(app.test_client())
    close(app)
    shutil.rmtree(settings.index)
    assert [state for _, state in states(program)] == ["same"] * 4
    index(settings, rebuild=True)

    again = create_app(settings)
    client = again.test_client()
    key = program.client.get_cookie(browser_cookie(app))
    assert key is not None
    client.set_cookie(key.key, key.value)
    found = Program(client)
    assert [state for _, state in states(found)] == ["same"] * 4
    close(again)
    again.extensions["search-app"].engine.close()


def test_the_baskets_beside_an_index_are_no_strangers_to_its_check(app: Flask, settings: Settings) -> None:
    collect_all(app.test_client())

    engine = open_engine(settings.index)
    assert checking.verify(engine, settings.corpus, index=settings.index) == ()
    engine.close()
    assert settings.basket_folder().name == "index.baskets"
