"""Names of any bytes in every address that there is, in files that are exported, and in names that downloads get."""

import csv
import io
import os
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.exporting import citation
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.cli.test_process import program
from tests.sampling import drawn
from tests.web.collecting_from_pages import Program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are a matter of Linux")

NAMES = (
    "望杉镇报告".encode("gbk") + b".txt",
    "石臺鎮報告".encode("big5") + b".txt",
    b"\xff\xfe\x80.txt",
    "换\n行\r\t.txt".encode(),
    b"\x1b[31m\x07\x7f\x01.txt",
    "倒\u202e转\u2067\u200f.txt".encode(),
    "分\u2028行\u0085\u2029.txt".encode(),
    "\ufffe\ufeff\u200b无字.txt".encode(),
    b"=1+1.txt",
    b"-rf --json.txt",
    b"\"><script>alert(1)</script>'&#%3f.txt".replace(b"/", b""),
    b" .txt",
    "\U0001f600e\u0301.txt".encode(),
    "长".encode() * 83 + b".txt",
)
FOLDERS = (b".", "县".encode("gbk"), "县\n\u202e".encode())
#: What turns the reading direction, and what no page, file or name of a file may hold.
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("everywhere")
    for number, (inner, name) in enumerate((inner, name) for inner in FOLDERS for name in NAMES):
        file = root / "corpus" / os.fsdecode(inner) / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"一、主要举措\n调解矛盾纠纷{number + 20}件，组织普法{number + 5}场。", encoding="utf-8")
    bad = root / "corpus" / os.fsdecode("打不开".encode("gbk") + b"\n.docx")
    bad.write_bytes(b"no document")
    with zipfile.ZipFile(root / "corpus" / os.fsdecode("包".encode("gbk") + b".zip"), "w") as bundle:
        bundle.writestr("坏\u202e名\x1b.txt", "一、主要举措\n调解矛盾纠纷八百件，组织普法六百场。")
    engine = open_engine(root / "index")
    update(engine, root / "corpus", index=root / "index")
    engine.close()
    return root


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    found = open_engine(folder / "index")
    yield found
    found.close()


@pytest.fixture(scope="module")
def app(folder: Path, engine: Engine) -> Flask:
    return create_app(Settings(corpus=folder / "corpus", index=folder / "index"), engine=engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def addresses(app: Flask, engine: Engine) -> Iterator[str]:
    """Yield every address of the app that is read, filled with each report that is drawn."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    for report in drawn(engine.reports()):
        passage = engine.report(report.id)[1][0]
        known = {
            "report_id": report.id,
            "passage_id": passage.id,
            "code": citation.code(passage, report),
            "name": "town",
            "key": "current",
            "format": "csv",
        }
        for rule in rules:
            path = rule.rule
            for name in rule.arguments:
                path = re.sub(rf"<(\w+:)?{name}>", quote(known.get(name, "x")), path)
            yield path
    for query in ("q=调解", "q=调解&collapse=none&size=50", "q=文件&format=md", "r=x", "page=2"):
        yield from (f"{rule.rule}?{query}" for rule in rules if not rule.arguments)


def test_no_address_breaks_at_any_name(app: Flask, client: FlaskClient, engine: Engine) -> None:
    broken = []
    for address in dict.fromkeys(addresses(app, engine)):
        with client.get(address) as response:
            told = response.get_data()
        kind = response.mimetype or ""
        if response.status_code >= 500:
            broken.append((address, response.status))
        elif kind.startswith("text/") or "json" in kind or ("xml" in kind and not address.endswith("/file")):
            told.decode("utf-8")
            if kind == "text/html" and (found := TURNS.search(told.decode()) or CONTROLS.search(told.decode())):
                broken.append((address, ascii(found.group())))

    assert broken == []


def test_every_report_of_any_name_is_held_and_its_file_reached(client: FlaskClient, engine: Engine) -> None:
    names = []
    for report in engine.reports():
        with client.get(f"/reports/{report.id}/file") as response:
            assert response.status_code == 200
            assert "调解矛盾纠纷".encode() in response.get_data()
            names.append(unquote(response.headers["Content-Disposition"]))

    assert len(names) == len(NAMES) * len(FOLDERS) + 1
    assert not any(
        TURNS.search(unquote(name)) or CONTROLS.search(unquote(name)) or "\n" in unquote(name) for name in names
    )


def test_every_export_of_a_report_of_any_name_is_a_sound_file(client: FlaskClient, engine: Engine) -> None:
    for report in engine.reports():
        for form in ("docx", "xlsx", "csv", "md"):
            response = client.get(f"/export?report={report.id}&format={form}")
            name = unquote(response.headers["Content-Disposition"])

            assert response.status_code == 200
            assert not CONTROLS.search(name)
            assert not TURNS.search(name)
            hold(response.get_data(), form)


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "md"])
def test_a_list_of_results_with_any_names_is_a_sound_file(client: FlaskClient, form: str) -> None:
    response = client.get(f"/export?q=调解&collapse=none&format={form}")

    assert response.status_code == 200
    hold(response.get_data(), form)


def hold(content: bytes, form: str) -> None:
    """Hold the bytes of an exported file against what its format is and what no file may hold."""
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            texts = [parts.read(name).decode("utf-8") for name in parts.namelist()]
        for each in texts:
            etree.fromstring(each.encode())
    else:
        texts = [content.decode("utf-8-sig")]
    assert not any(TURNS.search(each) or CONTROLS.search(each) for each in texts)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(texts[0])))
        assert not any(cell[:1] in ("=", "+", "@") for row in rows for cell in row)
        assert len({len(row) for row in rows if len(row) > 2}) == 1


def test_the_feed_of_any_names_is_sound(client: FlaskClient) -> None:
    told = client.get("/feed?q=调解").get_data()

    etree.fromstring(told)
    assert not TURNS.search(told.decode("utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("search", "调解", "--collapse", "none"),
        ("verify",),
        ("index", "--dry-run"),
        ("index", "--rebuild"),
    ],
)
def test_no_name_commands_a_terminal(folder: Path, arguments: tuple[str, ...]) -> None:
    done = program(*arguments, cwd=folder)
    told = (done.stdout + done.stderr).decode("utf-8")

    assert "Traceback" not in told
    assert not [sign for sign in set(told) if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]
    assert not TURNS.search(told)


def test_a_basket_takes_passages_of_any_names_and_gives_them_out(client: FlaskClient, engine: Engine) -> None:
    wanted = [f"{report.id}-1" for report in engine.reports()]
    collector = Program(client)
    for passage in wanted:
        assert collector.edit(do="add", passages=[passage]).status_code == 200

    shown = client.get("/basket").get_data(as_text=True)
    held = client.get("/api/v1/baskets/current")

    assert not TURNS.search(shown)
    assert not CONTROLS.search(shown)
    assert len(held.get_json()["items"]) == len(wanted)
    for form in ("docx", "xlsx", "csv", "md"):
        hold(client.get(f"/export?basket=current&format={form}").get_data(), form)
