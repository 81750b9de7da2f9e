"""Metrics and request records: what is counted and written down of an answer, and what is never told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from search_app.errors import IndexMissing
from search_app.indexing import Tally
from search_app.indexing.last_run import record_run
from search_app.keeping.log_file import logging_to
from search_app.settings import Settings
from search_app.web import create_app, state
from search_app.web.answered import Answered, telling, write_down, write_down_with_query
from search_app.web.processes import COUNTED_IN
from tests.engines.scanning import ScanningEngine
from tests.web import sample

REPORT = "/reports/<report_id>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "index").mkdir()
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", metrics=True)


@pytest.fixture
def counted(settings: Settings) -> Flask:
    return create_app(settings, engine=sample.engine())


def told(app: Flask) -> dict[str, float]:
    """Return what /metrics says: names with their labels -> numbers."""
    text = app.test_client().get("/metrics").get_data(as_text=True)
    families = text_string_to_metric_families(text)
    samples = [sample for family in families for sample in family.samples]
    return {f"{each.name}{sorted(each.labels.items())}": each.value for each in samples}


def asking(app: Flask, heard: list[Answered]) -> Client:
    return Client(telling(app, heard.append))


def test_there_are_no_metrics_unless_they_are_asked_for(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_the_library_of_metrics_is_loaded_only_where_they_are_asked_for(tmp_path: Path) -> None:
    code = (
        "import sys; from search_app.settings import Settings; from search_app.web import create_app;"
        f"create_app(Settings(index={str(tmp_path)!r})); print('prometheus_client' in sys.modules)"
    )
    code = code.replace(repr(str(tmp_path)), f"__import__('pathlib').Path({str(tmp_path)!r})")

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "False"


def test_the_index_is_told_as_it_is(counted: Flask) -> None:
    current = state.of(counted).engine.status().current

    found = told(counted)

    assert found["search_app_reports[]"] == current.reports
    assert found["search_app_passages[]"] == current.passages
    assert found["search_app_generation[]"] == int(current.name.removeprefix("gen-"))
    assert found["search_app_index_built_timestamp_seconds[]"] == pytest.approx(current.built_at.timestamp())
    assert found["search_app_index_age_seconds[]"] > 0
    assert found["search_app_index_usable[]"] == 1


def test_the_last_run_is_told_once_there_was_one(counted: Flask, settings: Settings) -> None:
    assert "search_app_last_run_ok[]" not in told(counted)
    record_run(settings.index, Tally(added=("a", "b"), changed=("c",), removed=("d",), seconds=2.5))

    found = told(counted)

    assert found["search_app_last_run_ok[]"] == 1
    assert found["search_app_last_run_read_files[]"] == 3
    assert found["search_app_last_run_duration_seconds[]"] == 2.5
    assert found["search_app_failed_files[]"] == 0


def test_an_index_that_cannot_be_used_is_told_and_no_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScanningEngine()

    def missing() -> None:
        raise IndexMissing("还没有建立索引")

    monkeypatch.setattr(engine, "status", missing)

    found = told(create_app(settings, engine=engine))

    assert found["search_app_index_usable[]"] == 0
    assert "search_app_reports[]" not in found


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_the_memory_of_the_process_is_told(counted: Flask) -> None:
    assert told(counted)["process_resident_memory_bytes[]"] > 10_000_000


def test_answers_are_counted_by_kind_of_page_and_status(counted: Flask) -> None:
    metrics = state.of(counted).metrics
    assert metrics is not None
    client = Client(telling(counted, metrics.count))
    for address in ("/healthz", "/healthz", "/reports/ffffffffffff", "/nowhere/at/all"):
        client.get(address, base_url="http://127.0.0.1/", buffered=True)

    found = told(counted)

    counts = {name: value for name, value in found.items() if name.startswith("search_app_request_seconds_count")}
    assert counts == {
        "search_app_request_seconds_count[('page', 'site.health'), ('status', '200')]": 2,
        "search_app_request_seconds_count[('page', 'reports.report'), ('status', '404')]": 1,
        "search_app_request_seconds_count[('page', 'unknown'), ('status', '404')]": 1,
    }


def test_an_answer_is_told_by_its_rule_once_it_was_handed_over(counted: Flask) -> None:
    heard: list[Answered] = []

    answer = asking(counted, heard).get("/reports/ffffffffffff", base_url="http://127.0.0.1/", buffered=True)

    assert [(each.method, each.rule, each.status, each.size) for each in heard] == [
        ("GET", REPORT, 404, len(answer.get_data()))
    ]
    assert heard[0].seconds > 0


@pytest.mark.parametrize(("write", "written"), [(write_down, False), (write_down_with_query, True)])
def test_what_is_searched_for_is_written_down_only_where_that_is_asked_for(
    write: object, written: bool, counted: Flask, tmp_path: Path
) -> None:
    heard: list[Answered] = []
    asking(counted, heard).get(
        "/?q=坐过牢的人%0d%0a2026-01-01T00:00:00%2B0800 INFO", base_url="http://127.0.0.1/", buffered=True
    )

    with logging_to(tmp_path / "a.log"):
        assert callable(write)
        write(heard[0])

    (line,) = (tmp_path / "a.log").read_text(encoding="utf-8").splitlines()
    assert ("坐过牢的人" in line) == written
    assert "request GET / status=200 " in line


@pytest.mark.parametrize(
    "address", ["/basket/Secret-Token", "/c/7K3QF-9ZM2X-2XAB", "/Secret-Token", "/export?basket=Secret-Token"]
)
def test_an_address_is_never_written_down_as_it_is(address: str, counted: Flask, tmp_path: Path) -> None:
    heard: list[Answered] = []
    asking(counted, heard).get(address, base_url="http://127.0.0.1/", buffered=True)

    with logging_to(tmp_path / "a.log", with_queries=True):
        write_down_with_query(heard[0])

    written = (tmp_path / "a.log").read_text(encoding="utf-8")
    assert "request GET " in written
    assert "Secret-Token" not in written
    assert "7K3QF" not in written


_ONE_OF_SEVERAL = """
from pathlib import Path
from search_app.web.answered import Answered
from search_app.web.metrics import Metrics
from tests.web import sample

metrics = Metrics(sample.engine, Path("none"))
metrics.count(Answered(method="GET", page="pages.search", rule="/", status=200, size=1, seconds=0.01, typed=""))
print(metrics.tell().decode())
"""


def test_whichever_of_several_processes_is_asked_tells_of_all_of_them(tmp_path: Path) -> None:
    environment = {**os.environ, COUNTED_IN: str(tmp_path)}
    command = [sys.executable, "-c", _ONE_OF_SEVERAL]
    for _ in range(2):
        last = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment)

    assert 'search_app_request_seconds_count{page="pages.search",status="200"} 2.0' in last.stdout
    assert last.stdout.count("\nsearch_app_info{") == last.stdout.count("\nsearch_app_passages ") == 1
