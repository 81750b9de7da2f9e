"""Requests that nobody means well by, drawn from our OpenAPI description and the pages' rules, and what may come back.

``python -m tests.web.fuzzing 10000`` asks so many over the shipped engine and prints what came back and how long the
slowest took; the suite asks a few hundred. (Written here rather than taken from schemathesis: pages are asked like the
JSON, and a dozen further locked dependencies are saved.)
"""

import argparse
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple
from urllib.parse import quote

from flask.testing import FlaskClient
from lxml import etree

from search_app.engines import open_engine
from search_app.exporting import citation
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.web import sample
from tests.web.schema import Json, faults

ALLOWED = {200, 302, 308, 400, 403, 404, 405, 413, 414, 503}
#: Seconds of processor time that no request may take.
MOST = 2.0
FOREIGN = "evil.example"
#: Every page, with the parameters that its rule takes from the path, and those that it knows.
PAGES = {
    "/": "question",
    "/reports/{report_id}": "question hl n leaf",
    "/reports/{report_id}/file": "",
    "/reports/{report_id}/years": "with kind section leaf",
    "/reports/{report_id}/years/export": "with kind section format",
    "/basket": "basket ask",
    "/basket/{share}": "",
    "/passages/{passage_id}": "",
    "/passages/{passage_id}/similar": "question",
    "/passages/{passage_id}/related": "filters sort back n",
    "/passages/{passage_id}/why": "question",
    "/passages/{passage_id}/history": "page",
    "/passages/{passage_id}/history/export": "format",
    "/topics": "topic county",
    "/profile": "county town year",
    "/exemplary": "filters",
    "/export": "question format report basket",
    "/c/{code}": "",
    "/feed": "subscription",
    "/facets/{name}": "question find leaf to order apply",
    "/about": "county",
    "/review": "year county town",
    "/review/export": "year county town format",
    "/compare": "p r base q leaf",
    "/compare/export": "p r base format",
    "/matrix": "question rows columns leaf best",
    "/matrix/export": "question rows columns leaf best format",
    "/draft": "",
    "/figures": "topic what year county town sort page",
    "/figures/export": "topic what year county town format",
    "/about/{which}": "find leaf",
    "/opensearch.xml": "",
    "/robots.txt": "",
    "/static/app.js": "v",
}
_FILTERS = ("year", "county", "town", "section", "topic")
_NARROWING = (*_FILTERS, *(f"not.{name}" for name in _FILTERS), "order.town", "order.topic")
_QUESTION = ("q", *_NARROWING, "exemplary", "also", "explain", "literal", "sort", "collapse", "page", "size", "since")
_SUBSCRIPTION = ("q", *_NARROWING, "exemplary", "also", "literal", "since")
#: Longer than any bound of ours, deeper than any nesting, and what means something to somebody else.
TEXTS = (
    "", " ", "调解", "矛盾纠纷 调解", "“三项制度”", '"', "“", "(", ")" * 200, "(" * 3000, "-", "- -", "或",
    "或 或 调解", "*", "a*", "NOT NOT NOT", "标题:", "年:2023..2019", "年:99999999999999999999", "镇:“",
    "主题:(信访 或", "-" * 5000, "调解 " * 2000,
    "\x00", "\ufffe", "\u202e倒", "\ud800", "%s%n{0}{{7*7}}${7*7}", sample.HOSTILE,
    "'; DROP TABLE x; --", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "javascript:alert(1)", "//evil.example/",
    "\r\nSet-Cookie: a=b", "１２", "-1", "0", "1e9", "9" * 400, "true", "null", "[]", "未识别", "法" * 300,
    "tiaojie", "tj", "调解 " + "或 调解 " * 40, "\U0001f600", "e\u0301", "\t\n",
)  # fmt: skip


class Asked(NamedTuple):
    """One request."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    rule: str


class World(NamedTuple):
    """A server to ask, what it may be asked for, and where its files lie, which no answer may tell."""

    client: FlaskClient
    reports: tuple[str, ...]
    passages: tuple[str, ...]
    codes: tuple[str, ...]
    document: Json
    folder: Path


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Index reports with hostile texts, names and sidecars in a folder, and serve them."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, name in enumerate((b"a.txt", "望杉镇".encode("gbk") + b".txt", "换\n行.txt".encode(), b"<b>&'.md")):
        path = corpus / os.fsdecode(name)
        path.write_text(f"{sample.HOSTILE}\n一、主要举措\n调解矛盾纠纷{number}件。{sample.HOSTILE}", encoding="utf-8")
        sidecar = f"title = '{sample.HOSTILE}'\ntown = '{sample.HOSTILE}'\nyear = {2020 + number}\n"
        Path(f"{path.with_suffix('')}.meta.toml").write_text(sidecar, encoding="utf-8")
    engine = open_engine(folder / "index")
    update(engine, corpus, index=folder / "index")
    with engine.writing() as writer:
        for report, passages in sample.reports():
            writer.put(report, passages)
    client = create_app(Settings(corpus=corpus, index=folder / "index"), engine=engine).test_client()
    held = engine.reports()
    every = [(passage, report) for report in held for passage in engine.report(report.id)[1]]
    found, codes = tuple(passage.id for passage, _ in every), tuple(citation.code(*each) for each in every)
    document = client.get("/api/v1/openapi.json").get_json()
    yield World(client, tuple(report.id for report in held), found, codes, document, folder)
    engine.close()


def draw(chance: random.Random, at: World) -> Asked:
    """Draw a request: a rule, parameters of it or of another, values that it takes or that it never would."""
    described = at.document["paths"]
    rule = chance.choice([*described, *PAGES])
    known = (
        [each for each in described[rule].get("get", {}).get("parameters", ()) if each["in"] == "query"]
        if rule in described
        else []
    )
    names = [each["name"] for each in known] or _names(PAGES.get(rule, ""))
    schemas = {each["name"]: each["schema"] for each in known}
    path = rule
    for name, values in (
        ("report_id", at.reports),
        ("passage_id", at.passages),
        ("code", at.codes),
        ("name", (*_FILTERS, "x")),
        ("which", ("failed", "copies", "warnings", "x")),
        ("share", ("x",)),
        ("key", ("current", "1")),
    ):
        value = chance.choice(values) if chance.random() < 0.8 else chance.choice(TEXTS)
        path = path.replace(f"{{{name}}}", quote(value, safe="", errors="replace"))
    pairs = []
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        name = (
            chance.choice(names)
            if names and chance.random() < 0.9
            else chance.choice(("utm_source", "x", "页", *_QUESTION))
        )
        pairs.append(f"{_quoted(name)}={_quoted(_value(chance, name, schemas.get(name), at))}")
    if chance.random() < 0.03:
        pairs.append(chance.choice(("%ff%fe=%80", "&&==&", "q=%00", "q=%", "x" * 40_000)))
    method = (
        "GET"
        if chance.random() < 0.93
        else chance.choice(("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"))
    )
    headers = {"X-Forwarded-Host": FOREIGN, "Referer": f"http://{FOREIGN}/", "Forwarded": f"host={FOREIGN}"}
    if chance.random() < 0.02:
        headers["Host"] = chance.choice((FOREIGN, "8.8.8.8", "a b", "localhost:x"))
    body = b"x" * chance.choice((1, 70_000)) if chance.random() < 0.03 else b""
    return Asked(method, path + ("?" + "&".join(pairs) if pairs else ""), headers, body, rule)


def _names(words: str) -> list[str]:
    every = {"question": _QUESTION, "subscription": _SUBSCRIPTION, "filters": (*_NARROWING, "page", "size")}
    return [name for word in words.split() for name in every.get(word, (word,))]


def _value(chance: random.Random, name: str, schema: Json | None, at: World) -> str:
    """Return a value as the schema has it most of the time, else any text."""
    if chance.random() < 0.35:
        return chance.choice(TEXTS)
    if name in ("p", "r", "base"):
        return chance.choice(at.reports if name == "r" else (*at.passages, *at.codes))
    if name in ("rows", "columns", "format"):
        return chance.choice(("topic", "section", "town", "year", "county", "docx", "md", "csv", "xlsx"))
    kind: Json = (schema or {}).get("items", schema or {})
    if "anyOf" in kind:
        kind = chance.choice(kind["anyOf"])
    if "enum" in kind or "const" in kind:
        return str(chance.choice(kind.get("enum", [kind.get("const")])))
    if kind.get("type") == "integer" or name in ("n", "leaf", "page"):
        return str(chance.choice((1, 2, 3, 50, 2020, 2023, 9999, 10_000, 10_001)))
    if name in ("exemplary", "also", "explain", "literal", "best"):
        return chance.choice("01")
    if name == "since":
        return chance.choice(("gen-000001", "gen-000002", "gen-000009", "gen-000001-00000000"))
    return chance.choice(
        ("调解", "法治 矛盾", "“调解”", "望杉镇", "矛盾化解", "不足和原因", "望杉镇 2022年 矛盾怎么写", *TEXTS[:6])
    )


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")


def wrong(asked: Asked, at: World, clock: Callable[[], float] = process_time) -> tuple[int, float, list[str]]:
    """Ask, and return the status, the seconds it took, and what of the answer must not be."""
    started = clock()
    with at.client.open(asked.url, method=asked.method, headers=asked.headers, data=asked.body) as response:
        body = response.get_data()
    took = clock() - started
    told = body.decode("utf-8", "replace") + str(response.headers)
    found = [] if response.status_code in ALLOWED else [f"status {response.status_code}"]
    found += [f"took {took:.1f} s"] if took > MOST else []
    inside = (str(at.folder), "Traceback", "site-packages", 'File "/', FOREIGN)
    # what was asked for may be said again, so an answer is only held to what the question does not hold
    found += [f"tells {word}" for word in inside if word in told and quote(word, safe="") not in asked.url]
    if response.is_json and asked.method != "HEAD":
        found += _unlike(response.get_json(), asked, response.status_code, at)
    if response.mimetype == "application/atom+xml" and body:
        etree.fromstring(body)  # raises where it is no XML
    if not response.headers.get("Content-Security-Policy", "").startswith("default-src"):
        found.append("no policy")
    return response.status_code, took, found


def _unlike(told: Any, asked: Asked, status: int, at: World) -> list[str]:
    responses = at.document["paths"].get(asked.rule, {}).get("get", {}).get("responses", {})
    described = responses.get(str(status), responses.get("default", {}))
    if "content" not in described:
        return []
    return faults(told, described["content"]["application/json"]["schema"], at.document)


def main() -> None:
    """Ask, and print what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, statuses, slowest, bad = random.Random(given.seed), Counter[int](), (0.0, ""), 0
    with tempfile.TemporaryDirectory() as name, world(Path(name)) as at:
        for _ in range(given.times):
            asked = draw(chance, at)
            status, took, found = wrong(asked, at)
            statuses[status] += 1
            slowest = max(slowest, (took, asked.url[:200]))
            if found:
                bad += 1
                print(asked.method, asked.url[:300], *found, sep="\n    ")
    print(f"{given.times} requests, {bad} answered wrongly; slowest {slowest[0]:.2f} s: {slowest[1]}")
    print(*(f"{status}: {count}" for status, count in sorted(statuses.items())), sep="\n")


if __name__ == "__main__":
    main()
