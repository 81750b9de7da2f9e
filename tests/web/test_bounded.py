"""Pages that cost are bounded and stand in line; what costs nothing never waits behind them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Semaphore, Thread

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from search_app import checking
from search_app.engines import open_engine
from search_app.model import SECTIONS, TOPICS, Aside, OutlineEntry, Passage, Report
from search_app.settings import Settings
from search_app.web import create_app, state
from search_app.web.security import Busy, Gate, takes_long
from search_app.web.view_models import beside_view
from search_app.web.view_models.links import LEAF
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
#: What is answered without a place: nothing of it asks the engine more than its name.
FREE = {"site.health", "site.metrics", "site.opensearch", "site.robots", "static", "api.description", "api.unknown"}
#: Baskets ask the engine where they hold something: see test_basket_page.
FREE |= {"basket.basket", "basket.shared", "basket.edit"}
FREE |= {f"basket_api.{each}" for each in ("basket", "baskets_of_browser", "whole_basket", "edit")}
#: A form alone, and a check, which stands in line where something is sent: see test_draft_page.
FREE |= {"drafts.empty_draft", "drafts.check_draft", "draft_api.draft"}
LONG = sample.report_id("长.txt")


def long_report(count: int) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report of so many short paragraphs, each below a heading of its own, each with what is searched for."""
    passages = tuple(
        Passage(id=f"{LONG}-{number}", report=LONG, number=number, text=f"调解矛盾纠纷{number}件。")
        for number in range(1, count + 1)
    )
    outline = tuple(OutlineEntry(heading=f"第{each.number}节", level=1, passages=(each.id,)) for each in passages)
    asides = tuple(Aside(text=f"页{number}", reason="页码") for number in range(400))
    return Report(id=LONG, path="长.txt", title="长报告", outline=outline, asides=asides), passages


@contextmanager
def long_app(folder: Path, count: int) -> Iterator[Flask]:
    engine = open_engine(folder / "index")
    with engine.writing() as writer:
        writer.put(*long_report(count))
    yield create_app(sample.settings(folder), engine=engine)
    engine.close()


@pytest.fixture(scope="module")
def long_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with long_app(tmp_path_factory.mktemp("long"), 2 * LEAF + 1) as app:
        yield app.test_client()


# ---- long reports ----


def test_a_long_report_is_shown_leaf_by_leaf(long_one: FlaskClient) -> None:
    shown = [page(long_one.get(f"/reports/{LONG}?leaf={leaf}")) for leaf in (1, 2, 3)]
    numbers = [int(str(each)[2:]) for tree in shown for each in tree.xpath("//section/@id")]

    assert numbers == list(range(1, 2 * LEAF + 2))
    assert "分 3 部分显示，这是第 2 部分" in text(shown[1], "//p[@class='notice']")


def test_a_leaf_has_the_headings_of_its_own_passages(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/reports/{LONG}?leaf=2"))

    outline = texts(shown, "//nav[@aria-label='目录']//a")
    assert (outline[0], outline[-1]) == (f"第{LEAF + 1}节", f"第{2 * LEAF}节")


def test_matches_are_marked_and_counted_on_the_leaf_that_is_shown(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/reports/{LONG}?hl=纠纷&leaf=3"))

    assert "这一部分有 1 段" in text(shown, "//p[@class='marks-note']")
    assert len(shown.xpath("//mark")) == 1


def test_turning_a_leaf_keeps_what_is_marked_and_the_way_back(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/reports/{LONG}?hl=纠纷&q=纠纷&n=1"))

    (address,) = {str(each) for each in shown.xpath("//nav[@class='pager']//a[contains(., '2')]/@href")}
    turned = page(long_one.get(address))
    assert len(turned.xpath("//mark")) == LEAF
    assert links(turned, "返回结果")


def test_what_is_looked_for_is_counted_on_every_leaf_headings_included(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/reports/{LONG}?find=第1&leaf=2"))

    on_first = sum(str(number).startswith("1") for number in range(1, LEAF + 1))
    assert text(shown, "//span[@id='find-state']") == "没有"
    assert texts(shown, "//p[@id='find-elsewhere']/a") == [f"第 1 部分 {on_first} 处"]


def test_a_result_leads_to_the_leaf_on_which_its_passage_stands(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/?q={2 * LEAF}件&also=0&collapse=none"))

    address, _, anchor = str(shown.xpath("//article//h2/a/@href")[0]).partition("#")
    assert anchor == f"p-{2 * LEAF}"
    assert page(long_one.get(address)).xpath(f"//section[@id='{anchor}']")


def test_the_address_of_a_passage_leads_to_its_leaf(long_one: FlaskClient) -> None:
    assert long_one.get(f"/passages/{LONG}-{LEAF + 1}").headers["Location"] == f"/reports/{LONG}?leaf=2#p-{LEAF + 1}"


def test_a_leaf_behind_the_last_is_not_found(long_one: FlaskClient) -> None:
    assert [long_one.get(f"/reports/{LONG}?leaf={leaf}").status_code for leaf in (3, 4)] == [200, 404]


def test_an_ordinary_report_has_one_leaf_and_says_nothing_of_it(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))

    assert not shown.xpath("//nav[@class='pager']")
    assert all("leaf" not in str(address) for address in shown.xpath("//@href"))


def test_of_the_texts_beside_the_passages_some_hundreds_are_shown(long_one: FlaskClient) -> None:
    shown = page(long_one.get(f"/reports/{LONG}"))

    assert "400 处" in text(shown, "//details[@id='asides']/summary")
    assert len(shown.xpath("//details[@id='asides']//dd")) == 300


def test_long_reports_are_compared_leaf_by_leaf_and_every_passage_stands_on_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_view, "LEAF", 120)
    engine = open_engine(tmp_path / "index")
    report, passages = long_report(900)
    other = replace(report, id="f" * 12, path="又长.txt")
    spread = tuple(
        replace(each, section=SECTIONS[each.number % 4], topics=(TOPICS[each.number % 16],)) for each in passages
    )
    with engine.writing() as writer:
        writer.put(report, spread)
        writer.put(other, tuple(replace(each, id=f"{other.id}-{each.number}", report=other.id) for each in spread[:3]))
    client = create_app(sample.settings(tmp_path), engine=engine).test_client()
    shown = [page(client.get(f"/compare?r={LONG}&r={other.id}&leaf={leaf}")) for leaf in range(1, 5)]
    engine.close()

    on_leaves = [texts(tree, "//article[@class='beside-passage']//a[starts-with(., '第 ')]") for tree in shown]
    beyond = [int(each.split()[1]) for tree in shown for each in texts(tree, "//td/p/a[contains(., '还有')]")]
    assert all(0 < len(each) <= 120 for each in on_leaves)
    assert sum(map(len, on_leaves)) + sum(beyond) == 903
    assert text(shown[0], "//p[@class='notice'][contains(., '部分显示')]") == (
        "这几份报告很长，分 4 部分显示，这是第 1 部分。"
    )


# ---- the gate ----


def test_every_page_that_costs_stands_in_line(app: Flask) -> None:
    gate, client = state.of(app).gate, app.test_client()
    values = {"report_id": REPORT, "passage_id": f"{REPORT}-2", "name": "town", "path": "x", "filename": "app.js"}
    values |= {"which": "warnings"}
    values |= {"code": sample.code("澄岭县/望杉镇/2020.txt", 2)}
    questions = {"pages.search": "?q=调解", "api.suggest": "?q=调解"}
    questions |= dict.fromkeys(("exports.export", "api.export"), "?q=调解&format=md")
    questions |= dict.fromkeys(("review.export", "review_api.export"), "?format=md")
    questions |= dict.fromkeys(("years.export", "years_api.export"), "?format=md")
    questions |= dict.fromkeys(("compared.export", "matrices.export"), "?format=md")
    questions |= dict.fromkeys(("figures.export", "figures_api.export"), "?format=md")
    questions |= dict.fromkeys(("topics.town_profile", "picture_api.town_profile"), "?town=白砾乡")
    questions["histories.export"] = "?format=md"
    answered = set()
    with ExitStack() as visitors, pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_patience", 0.0)
        for _ in range(Settings().threads):
            visitors.enter_context(gate)
        for rule in app.url_map.iter_rules():
            address = rule.rule.replace("<path:", "<")
            for name, value in values.items():
                address = address.replace(f"<{name}>", value)
            with client.get(address + questions.get(rule.endpoint, "")) as response:
                if response.status_code != 503:
                    answered.add(rule.endpoint)

    assert answered - FREE == set()


def test_whoever_finds_the_waiting_room_full_is_sent_away_at_once() -> None:
    gate = Gate(1, waiting=0, patience=60.0)

    with gate, pytest.raises(Busy), gate:
        pass
    with gate:
        pass


def _gated(view: Callable[[], str]) -> tuple[Gate, FlaskClient]:
    """Return a gate with one place and an app whose only page passes through it before it is made."""
    gate, app = Gate(1, waiting=0), Flask("gated")

    @app.get("/")
    def answer() -> str:
        with gate:
            pass
        with gate:
            return view()

    app.teardown_request(gate.leave)
    return gate, app.test_client()


def _is_full(gate: Gate) -> bool:
    """Tell whether somebody else finds no place."""
    found = []

    def ask() -> None:
        try:
            with gate:
                found.append(False)
        except Busy:
            found.append(True)

    visitor = Thread(target=ask)
    visitor.start()
    visitor.join()
    return found == [True]


def test_a_request_keeps_its_place_until_its_page_is_made() -> None:
    gate, client = _gated(lambda: str(_is_full(gate)))

    assert client.get("/").text == "True"
    assert not _is_full(gate)


def test_a_request_that_fails_gives_its_place_back() -> None:
    gate, client = _gated(lambda: str(1 / 0))

    assert client.get("/").status_code == 500
    assert not _is_full(gate)


def test_there_are_threads_left_when_everybody_waits() -> None:
    assert Gate(8).threads > 8 + 32


def test_what_takes_seconds_has_half_of_the_places_and_searches_have_the_others() -> None:
    gate, app, inside, go = Gate(4, waiting=4, patience=0.05), Flask("gated"), Semaphore(0), Event()

    @app.get("/<path:_>")
    def answer(_: str) -> str:
        with gate:
            inside.release()
            return str(go.wait(30))

    @app.errorhandler(Busy)
    def refuse(_: Busy) -> tuple[str, int]:
        return "busy", 503

    app.teardown_request(gate.leave)

    def ask(path: str) -> int:
        return app.test_client().get(path).status_code

    with ThreadPoolExecutor(4) as visitors:
        files = [visitors.submit(ask, "/review/export") for _ in range(2)]
        for _ in files:
            assert inside.acquire(timeout=30)
        third = ask("/export")
        searches = [visitors.submit(ask, "/search") for _ in range(2)]
        for _ in searches:
            assert inside.acquire(timeout=30)
        go.set()

    assert third == 503
    assert [each.result() for each in (*files, *searches)] == [200] * 4
    assert ask("/export") == 200


def test_a_draft_is_what_takes_seconds_and_its_form_is_not() -> None:
    def long(path: str, method: str = "GET") -> bool:
        return takes_long(Request(EnvironBuilder(path, method=method).get_environ()))

    assert [long("/draft", "POST"), long("/api/v1/draft", "POST"), long("/draft"), long("/reports/1/export")] == [
        True,
        True,
        False,
        True,
    ]


# ---- the look at the corpus ----


class _Slow:
    """A look at the corpus that takes until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.go, self.begun, self.looks = Event(), Event(), 0
        look = checking.status

        def slowly(*given: object, **named: object) -> checking.IndexStatus:
            self.looks += 1
            self.begun.set()
            assert self.go.wait(20)
            return look(*given, **named)  # type: ignore[arg-type]

        patch.setattr(checking, "status", slowly)


def test_the_about_page_does_not_wait_for_the_look_at_the_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = _Slow(monkeypatch)
    app = create_app(sample.settings(tmp_path), engine=sample.engine())
    monkeypatch.setattr(state, "PATIENCE", 0.0)
    client = app.test_client()
    first, told = page(client.get("/about")), client.get("/api/v1/status").get_json()
    slow.go.set()
    looking = state.of(app).watch.wait(20)
    after = page(client.get("/about"))

    assert looking
    assert first.xpath("//p[@id='comparing']")
    assert text(first, "//section[1]/p").startswith("17 份报告")
    assert told["compared_at"] is None
    assert slow.looks == 1
    assert not after.xpath("//p[@id='comparing']")


def test_whoever_comes_later_than_the_first_moment_does_not_wait_for_the_look(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = _Slow(monkeypatch)
    watch = state.of(create_app(sample.settings(tmp_path), engine=sample.engine())).watch
    waited: list[float | None] = []
    monkeypatch.setattr(Thread, "join", lambda _, timeout=None: waited.append(timeout))
    now = [0.0]
    monkeypatch.setattr(state, "monotonic", lambda: now[0])
    for now[0] in (0.0, 0.1, 5.0):
        watch.status()
    slow.go.set()

    assert waited == [pytest.approx(each) for each in (state.PATIENCE, state.PATIENCE - 0.1, 0.0)]


def test_a_new_generation_is_described_at_once_while_the_files_are_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine = sample.engine()
    app = create_app(sample.settings(tmp_path), engine=engine)
    monkeypatch.setattr(state, "PATIENCE", 0.0)
    watch = state.of(app).watch
    watch.status()
    assert watch.wait(20)
    with engine.writing() as writer:
        writer.put(*long_report(2))

    assert watch.status().reports == 18


def test_a_look_that_fails_does_not_end_the_looking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = create_app(sample.settings(tmp_path), engine=sample.engine())
    monkeypatch.setattr(state, "PATIENCE", 0.0)
    monkeypatch.setattr(state, "LOOK_AGAIN", 0.0)
    watch = state.of(app).watch
    with monkeypatch.context() as broken:
        broken.setattr(checking, "status", lambda *_, **__: 1 / 0)
        watch.status()
        assert watch.wait(20)
    watch.status()

    assert watch.wait(20)
    assert watch.status().compared_at is not None
