"""The whole chain, from files to answers, as a process: five real reports, the bad files beside them, and a kill."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search_app.checking import verify
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.language import squeeze
from search_app.model import Facet
from search_app.searching import Request, search

REAL = Path(__file__).parents[3] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not shipped with the sources")


def program(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = "from search_app.cli import main; main()"
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for file in REAL.glob("*.txt"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("real") / "index")
    update(engine, REAL)
    yield engine
    engine.close()


@pytest.mark.usefixtures("corpus")
def test_five_of_five_are_read_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = program("index", "--json", cwd=tmp_path)
    second = program("index", "--json", cwd=tmp_path)

    assert (first.returncode, len(answer(first)["added"]), answer(first)["failed"]) == (0, 5, [])
    assert (second.returncode, len(answer(second)["unchanged"])) == (0, 5)
    assert answer(second)["generation"] == answer(first)["generation"]


def test_bad_files_are_listed_with_reasons_and_the_rest_is_searchable(corpus: Path, tmp_path: Path) -> None:
    (corpus / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    (corpus / "什么.xyz").write_text("x", encoding="utf-8")

    done = program("index", "--json", cwd=tmp_path)

    assert done.returncode == 1
    assert {each["path"] for each in answer(done)["failed"]} == {"坏.docx", "什么.xyz"}
    assert all(each["error"] and each["hint"] for each in answer(done)["failed"])
    assert answer(program("search", "法律顾问", "--json", cwd=tmp_path))["total"] > 0


def test_a_common_topic_is_answered_from_most_reports_with_true_facets(held: Engine) -> None:
    found = search(held, Request(text="法律顾问", size=100)).found

    assert found.reports >= 4
    for facet in (Facet.YEAR, Facet.TOWN, Facet.COUNTY, Facet.SECTION):
        assert sum(value.count for value in found.facets[facet]) == found.total


def test_a_quoted_name_is_found_exactly_where_it_stands(held: Engine) -> None:
    found = search(held, Request(text='"老娘舅茶室"')).found

    assert (found.total, found.reports) == (1, 1)


def test_random_quoted_substrings_are_found_with_full_recall_and_precision(held: Engine) -> None:
    passages = [passage for report in held.reports() for passage in held.report(report.id)[1]]
    texts = {passage.id: squeeze(passage.text) for passage in passages}
    above = {passage.id: [squeeze(heading) for heading in passage.headings] for passage in passages}
    dice = random.Random(7)
    for _ in range(100):
        text = dice.choice([text for text in texts.values() if len(text) > 20])
        start = dice.randrange(len(text) - 8)
        wanted = text[start : start + dice.randint(2, 8)].replace('"', "")
        curly = wanted.count("“") == wanted.count("”") and "”" not in wanted.partition("“")[0]

        hits = search(held, Request(text=f"“{wanted}”" if curly else f'"{wanted}"', size=100)).hits

        assert {hit.match.passage.id for hit in hits if not hit.near} == {
            each for each, text in texts.items() if any(wanted in one for one in (text, *above[each]))
        }


def test_a_killed_indexer_leaves_the_old_answers_and_the_next_run_completes(corpus: Path, tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "index")
    update(engine, corpus)
    before = search(engine, Request(text="调解")).found.total
    (corpus / "新.txt").write_text(
        "溪口镇2023年法治政府建设年度报告\n一、主要举措\n调解矛盾纠纷四十二件。", encoding="utf-8"
    )
    code = "from search_app.cli import main; main()"
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for step in range(4):
        with subprocess.Popen([sys.executable, "-c", code, "index"], cwd=tmp_path, env=environ) as running:
            time.sleep(0.2 + 0.3 * step)
            running.kill()

        assert search(engine, Request(text="调解")).found.total in {before, before + 1}

    update(engine, corpus)
    assert search(engine, Request(text="调解")).found.total == before + 1
    assert verify(engine, corpus) == ()
    engine.close()
